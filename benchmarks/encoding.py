"""Encoding with GPT-2's vocabulary against tiktoken, GPT-2's first encoder and `tokenizers`."""

import tiktoken

from benchmarks.findings import OURS, Growth, Results, cost, speed
from benchmarks.measure import Timings, Way, race
from benchmarks.peers import gpt2_encoder, hugging_face
from benchmarks.texts import Scale, make_text, name_size
from helpers import bpe
from helpers.data import use_bundled_vocabulary

TIKTOKEN, FIRST, COMPILED = "tiktoken", "GPT-2's first encoder", "tokenizers"


def run(scale: Scale) -> Results:
    """Compare and time all; the goals are for the text of middle size."""
    cold = {size: race(_cold_ways(make_text(size)), scale.rounds_on(size)) for size in scale.sizes}
    middle = scale.sizes[1]
    warm = race(_warm_ways(make_text(middle)), scale.rounds)
    what = f"encode {name_size(middle)}"
    findings = [
        speed(f"{what}, cold", cold[middle], FIRST, at_least=4),
        cost(f"{what}, cold", cold[middle], TIKTOKEN, at_most=4),
        cost(f"{what}, warm", warm, TIKTOKEN, at_most=4),
        cost(f"{what}, cold", cold[middle], COMPILED),
        cost(f"{what}, warm", warm, COMPILED),
    ]
    return Results("Encoding", findings, _growth(cold))


def _cold_ways(text: str) -> list[Way]:
    """A new tokenizer each time, nothing remembered; making it is not timed."""
    return [
        Way(TIKTOKEN, lambda tokenizer: tokenizer.encode_ordinary(text), _load_tiktoken),
        Way(OURS, lambda tokenizer: tokenizer.encode_ordinary(text), bpe.BytePairTokenizer.gpt2),
        Way(FIRST, lambda tokenizer: tokenizer.encode(text), gpt2_encoder.load),
        Way(COMPILED, lambda tokenizer: tokenizer.encode(text).ids, hugging_face.load_gpt2),
    ]


def _warm_ways(text: str) -> list[Way]:
    """One tokenizer for all runs; the comparison before them has warmed it."""
    theirs, ours, compiled = (way.prepare() for way in _cold_ways(text) if way.name != FIRST)
    return [
        Way(TIKTOKEN, lambda _: theirs.encode_ordinary(text)),
        Way(OURS, lambda _: ours.encode_ordinary(text)),
        Way(COMPILED, lambda _: compiled.encode(text).ids),
    ]


def _load_tiktoken() -> tiktoken.Encoding:
    use_bundled_vocabulary()
    return tiktoken.get_encoding("gpt2")


def _growth(cold: dict[int, Timings]) -> Growth:
    names = (OURS, TIKTOKEN, FIRST, COMPILED)
    seconds = {name: {n: timings.median(name) for n, timings in cold.items()} for name in names}
    return Growth("encode a text with a new tokenizer", seconds)
