"""Speed and memory of `helpers`, each figure beside that of a peer measured in the same run.

`python -m benchmarks` from the project's root measures everything. A peer is another way to
the same result: the article's code, a public algorithm written anew from its description, or
a package. What a peer computes is compared with ours before anything is timed.
"""
