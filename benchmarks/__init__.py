"""Speed and memory of `helpers` beside its peers; each module measures the helper of its name."""
