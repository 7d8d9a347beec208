"""The memory of a data set against that of the ids it holds, and against the article's."""

from functools import partial
from random import Random

from benchmarks.findings import OURS, Finding, Goal, Results, write_bytes
from benchmarks.memory import Grown, measure_memory
from benchmarks.peers import article
from benchmarks.texts import Scale
from helpers.dataset import GPTDatasetV1

CONTEXT_SIZE = 1024  # and the stride is 1: windows cannot overlap more
MILLION, MANY, FEW = 1_000_000, 4_000_000, 20_000
ID_BYTES, TENSOR_ID_BYTES = 2, 8  # what an id of GPT-2's needs, and what it takes in a tensor
SHAPE = f"data set, context {CONTEXT_SIZE:,}, stride 1"


def run(scale: Scale) -> Results:
    """Measure ours at one million ids and at four, the article's where it fits."""
    findings = [] if scale.quick else [*_measure_ours(), _measure_article()]
    return Results("Memory of windows", findings)


def make_ids(count: int) -> list[int]:
    """Draw ids, in a list, as a tokenizer gives them."""
    return Random(count).choices(range(50257), k=count)


def cut(token_ids: list[int]) -> GPTDatasetV1:
    """Lay our windows."""
    return GPTDatasetV1.from_token_ids(token_ids, CONTEXT_SIZE, 1)


def cut_as_the_article(token_ids: list[int]) -> article.WindowLists:
    """Cut the article's windows."""
    return article.WindowLists(token_ids, CONTEXT_SIZE, 1)


def _measure(count: int, build=cut) -> Grown:
    return measure_memory(partial(make_ids, count), build)


def _measure_ours() -> list[Finding]:
    million, many = _measure(MILLION), _measure(MANY)
    each = (many.held - million.held) / (MANY - MILLION)
    whole = 2 * TENSOR_ID_BYTES * CONTEXT_SIZE * (MILLION - CONTEXT_SIZE)
    return [
        Finding(
            f"{SHAPE}: what each further id takes",
            f"the {ID_BYTES} bytes of the id",
            each / ID_BYTES,
            "× the memory",
            Goal(at_most=1.1),
            f"{each:.2f} bytes an id; {MANY:,} ids {write_bytes(many.held)}",
        ),
        Finding(
            f"{SHAPE}: at most, while {MILLION:,} ids come in",
            "the article's, computed",
            million.peak / MILLION,
            "MB",
            Goal(at_most=20),
            f"{OURS} then holds {write_bytes(million.held)}, the article's {write_bytes(whole)}",
        ),
    ]


def _measure_article() -> Finding:
    held = _measure(FEW, cut_as_the_article).held
    computed = 2 * TENSOR_ID_BYTES * CONTEXT_SIZE * (FEW - CONTEXT_SIZE)
    return Finding(
        f"{SHAPE}: the article's, {FEW:,} ids",
        "the same, computed",
        held / computed,
        "× the memory",
        note=f"measured {write_bytes(held)}, computed {write_bytes(computed)}",
    )
