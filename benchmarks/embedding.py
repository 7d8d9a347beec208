"""The input layer against two lookups and a sum by hand, a plain copy, and one-hot rows."""

from functools import partial

import torch
from torch import nn

from benchmarks.findings import OURS, Finding, Goal, Results, cost, write_bytes
from benchmarks.measure import Way, race
from benchmarks.memory import measure_memory
from benchmarks.texts import Scale
from helpers.embedding import InputEmbedding

BY_HAND, COPY, ONE_HOT = "lookups and sum by hand", "plain copy of the result", "one-hot rows"
RUNS = 10  # one takes milliseconds, too short to be timed alone
VOCAB_SIZE, CONTEXT_SIZE, EMBED_DIM = 50257, 1024, 768
Shape = tuple[int, int]  # batch_size, sequence


def run(scale: Scale) -> Results:
    """Compare and time all with GPT-2 small's sizes; one-hot rows for a small batch only."""
    vocab_size, large, small = VOCAB_SIZE, (8, CONTEXT_SIZE), (4, 64)
    if scale.quick:
        vocab_size, large, small = 500, (2, 64), (2, 8)
    layer, token_ids = prepare(large, vocab_size)
    few_ids = prepare(small, vocab_size)[1]
    with torch.no_grad():
        result = layer(token_ids)
        timings = race(_ways(layer, token_ids, result), 3 * scale.rounds, torch.equal)
        contrast = race(_contrast(layer, few_ids), scale.rounds, torch.allclose)
    findings = [
        cost(f"input embedding of {large} ids", timings, BY_HAND, at_most=1.1),
        cost(f"input embedding of {large} ids", timings, COPY),
        cost(f"one-hot rows for {small} ids", contrast, OURS, ours=ONE_HOT),
    ]
    return Results("Embedding", findings + ([] if scale.quick else _compare_memory(large, small)))


def prepare(shape: Shape, vocab_size: int = VOCAB_SIZE) -> tuple[InputEmbedding, torch.Tensor]:
    """Make a layer and random ids; look a few up, so that torch has set itself up."""
    generator = torch.Generator().manual_seed(123)
    layer = InputEmbedding(vocab_size, CONTEXT_SIZE, EMBED_DIM)
    token_ids = torch.randint(vocab_size, shape, generator=generator)  # (batch_size, sequence)
    look_up((layer, token_ids[:, :2]))
    embed_one_hot((layer, token_ids[:1, :1]))
    return layer, token_ids


def look_up(prepared: tuple[InputEmbedding, torch.Tensor]) -> torch.Tensor:
    """Ask the layer."""
    layer, token_ids = prepared
    return layer(token_ids)


def add_by_hand(prepared: tuple[InputEmbedding, torch.Tensor]) -> torch.Tensor:
    """Do what the article does: look up ids and positions, and add."""
    layer, token_ids = prepared
    return layer.wte(token_ids) + layer.wpe(torch.arange(token_ids.shape[-1]))


def embed_one_hot(prepared: tuple[InputEmbedding, torch.Tensor]) -> torch.Tensor:
    """Multiply rows that are 0 but for a single 1 by the table."""
    layer, token_ids = prepared
    rows = nn.functional.one_hot(token_ids, layer.wte.num_embeddings).float()
    return rows @ layer.wte.weight + layer.wpe.weight[: token_ids.shape[-1]]


def _repeat(function, *arguments) -> torch.Tensor:
    for _ in range(RUNS):
        result = function(*arguments)
    return result


def _ways(layer: InputEmbedding, token_ids: torch.Tensor, result: torch.Tensor) -> list[Way]:
    prepared = layer, token_ids
    return [
        Way(OURS, lambda _: _repeat(look_up, prepared)),
        Way(BY_HAND, lambda _: _repeat(add_by_hand, prepared)),
        Way(COPY, lambda _: _repeat(torch.clone, result)),
    ]


def _contrast(layer: InputEmbedding, token_ids: torch.Tensor) -> list[Way]:
    prepared = layer, token_ids
    return [
        Way(OURS, lambda _: look_up(prepared)),
        Way(ONE_HOT, lambda _: embed_one_hot(prepared)),
    ]


def _compare_memory(large: Shape, small: Shape) -> list[Finding]:
    ours = measure_memory(partial(prepare, large), look_up).peak
    by_hand = measure_memory(partial(prepare, large), add_by_hand).peak
    one_hot = measure_memory(partial(prepare, small), embed_one_hot).peak
    few = measure_memory(partial(prepare, small), look_up).peak
    return [
        Finding(
            f"input embedding of {large} ids, highest memory",
            BY_HAND,
            ours / by_hand,
            "× the memory",
            Goal(at_most=1.1),
            f"{OURS} {write_bytes(ours)}, {BY_HAND} {write_bytes(by_hand)}",
        ),
        Finding(
            f"one-hot rows for {small} ids, highest memory",
            OURS,
            one_hot / few,
            "× the memory",
            note=f"{ONE_HOT} {write_bytes(one_hot)}, {OURS} {write_bytes(few)}",
        ),
    ]
