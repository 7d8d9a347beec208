"""The simple tokenizer against the article's, which splits and then throws away."""

from benchmarks.findings import OURS, Growth, Results, speed
from benchmarks.measure import Way, race
from benchmarks.peers import article
from benchmarks.texts import Scale, make_text, name_size
from helpers import tokenizer

ARTICLE = "the article's"


def run(scale: Scale) -> Results:
    """Compare and time both on each text; the goal is for the largest."""
    timings = {size: race(_ways(make_text(size)), scale.rounds_on(size)) for size in scale.sizes}
    largest = scale.sizes[-1]
    finding = speed(f"tokenize, {name_size(largest)}", timings[largest], ARTICLE, at_least=1.5)
    names = (OURS, ARTICLE)
    seconds = {name: {n: timings[n].median(name) for n in scale.sizes} for name in names}
    return Results("Words", [finding], Growth("tokenize a text", seconds))


def _ways(text: str) -> list[Way]:
    return [
        Way(OURS, lambda _: tokenizer.tokenize(text)),
        Way(ARTICLE, lambda _: article.tokenize(text)),
    ]
