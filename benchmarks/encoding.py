"""Encoding with GPT-2's vocabulary against tiktoken, GPT-2's first encoder and `tokenizers`."""

import tiktoken

from benchmarks.findings import OURS, Growth, Results, cost, speed
from benchmarks.measure import Timings, Way, race
from benchmarks.peers import gpt2_encoder, hugging_face
from benchmarks.texts import Scale, make_text, name_size
from helpers import bpe
from helpers.data import use_bundled_vocabulary

TIKTOKEN, FIRST = "tiktoken", "GPT-2's first encoder"
ONE_THREAD, AS_IT_COMES = "tokenizers, one thread", "tokenizers"


def run(scale: Scale) -> Results:
    """Compare and time all; the goals are for the text of middle size."""
    timings = {size: race(_ways(make_text(size)), scale.rounds_on(size)) for size in scale.sizes}
    middle = scale.sizes[1]
    what = f"encode {name_size(middle)}"
    findings = [
        speed(what, timings[middle], FIRST, at_least=4),
        cost(what, timings[middle], TIKTOKEN, at_most=4),
        cost(what, timings[middle], ONE_THREAD),
        cost(what, timings[middle], AS_IT_COMES),
    ]
    return Results("Encoding", findings, _growth(timings))


def _ways(text: str) -> list[Way]:
    """A new tokenizer each time, nothing remembered; making it is not timed."""
    return [
        Way(TIKTOKEN, lambda tokenizer: tokenizer.encode_ordinary(text), _load_tiktoken),
        Way(OURS, lambda tokenizer: tokenizer.encode_ordinary(text), bpe.BytePairTokenizer.gpt2),
        Way(FIRST, lambda tokenizer: tokenizer.encode(text), gpt2_encoder.load),
        _compiled(ONE_THREAD, text, parallel=False),
        _compiled(AS_IT_COMES, text, parallel=True),
    ]


def _compiled(name: str, text: str, *, parallel: bool) -> Way:
    return Way(
        name,
        lambda tokenizer: hugging_face.encode(tokenizer, text, parallel=parallel),
        hugging_face.load_gpt2,
    )


def _load_tiktoken() -> tiktoken.Encoding:
    use_bundled_vocabulary()
    return tiktoken.get_encoding("gpt2")


def _growth(timings: dict[int, Timings]) -> Growth:
    names = (OURS, TIKTOKEN, FIRST, ONE_THREAD)
    seconds = {name: {n: timings[n].median(name) for n in timings} for name in names}
    return Growth("encode a text", seconds)
