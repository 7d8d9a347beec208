"""Batches of windows against the article's data set, DataLoader's own floor and a plain copy."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import tiktoken
import torch
from torch.utils.data import DataLoader, Dataset

from benchmarks.findings import OURS, Finding, Growth, Results, cost, speed
from benchmarks.measure import Way, race, require_same
from benchmarks.peers import article
from benchmarks.texts import Scale, make_text
from helpers import dataset
from helpers.data import use_bundled_vocabulary
from helpers.token_files import write_token_file

ARTICLE, FROM_FILE, FLOOR = "the article's", "helpers, token file", "DataLoader alone"
COPY, ALONE = "plain copy", "no worker processes"
CONTEXT_SIZE, BATCH_SIZE, STRIDE, SEED = 256, 8, 64, 123

Batch = tuple[torch.Tensor, torch.Tensor]


class ReadyBatch(Dataset):
    """The fastest data set there can be: it hands out the same batch again and again.

    Args:
        batch: inputs and targets.
        n_windows: how many windows it says it has.
    """

    def __init__(self, batch: Batch, n_windows: int):
        self.batch, self.n_windows = batch, n_windows

    def __len__(self) -> int:
        """Return the number of windows."""
        return self.n_windows

    def __getitems__(self, indices: list[int]) -> Batch:
        """Return the batch."""
        return self.batch


def run(scale: Scale) -> Results:
    """Compare and time all; the goals are for the ids of the text of middle size."""
    use_bundled_vocabulary()
    tokenizer = tiktoken.get_encoding("gpt2")
    text = make_text(scale.sizes[1])
    token_ids = tokenizer.encode_ordinary(text)
    with TemporaryDirectory() as folder:
        path = Path(folder, "ids")
        write_token_file([text], path, tokenizer, progress=False)
        findings = [
            *_race_batches(token_ids, path, scale.rounds, shuffle=False),
            *_race_batches(token_ids, path, scale.rounds, shuffle=True),
        ]
    findings.append(_race_copy(token_ids, scale.rounds))
    if not scale.quick:
        findings += _race_workers(token_ids, scale.rounds)
    return Results("Windows", findings, _growth(tokenizer, scale))


def require_same_batches(name: str, loader: DataLoader, other: str, expected: DataLoader) -> None:
    """Go through the batches of two loaders side by side.

    Args:
        name: the one way.
        loader: its batches.
        other: the other way.
        expected: the other's batches.

    Raises:
        PeersDifferError: a batch, or the number of batches, differs.
    """
    require_same(name, len(loader), other, len(expected))
    for batch, wanted in zip(loader, expected, strict=True):
        for tensor, target in zip(batch, wanted, strict=True):
            require_same(name, tensor, other, target, torch.equal)


def _cut(token_ids: list[int]) -> dataset.GPTDatasetV1:
    return dataset.GPTDatasetV1.from_token_ids(token_ids, CONTEXT_SIZE, STRIDE)


def _cut_as_the_article(token_ids: list[int]) -> article.WindowLists:
    return article.WindowLists(token_ids, CONTEXT_SIZE, STRIDE)


def _deal(windows: Dataset, shuffle: bool = False, num_workers: int = 0) -> DataLoader:
    return dataset.make_dataloader(
        windows, batch_size=BATCH_SIZE, shuffle=shuffle, seed=SEED, num_workers=num_workers
    )


def _deal_as_the_article(windows: article.WindowLists, shuffle: bool = False) -> DataLoader:
    generator = torch.Generator().manual_seed(SEED)
    return DataLoader(windows, BATCH_SIZE, shuffle, drop_last=True, generator=generator)


def _count(batches: Iterable[Batch]) -> int:
    """Go through all batches."""
    return sum(1 for _ in batches)


def _counting(loaders: dict[str, DataLoader]) -> list[Way]:
    return [Way(name, lambda _, each=each: _count(each)) for name, each in loaders.items()]


def _race_batches(
    token_ids: list[int], path: Path, rounds: int, *, shuffle: bool
) -> list[Finding]:
    ours = _cut(token_ids)
    mapped = dataset.GPTDatasetV1.from_token_file(path, CONTEXT_SIZE, STRIDE)
    theirs = _cut_as_the_article(token_ids)
    for name, windows in ((OURS, ours), (FROM_FILE, mapped)):
        expected = _deal_as_the_article(theirs, shuffle)
        require_same_batches(name, _deal(windows, shuffle), ARTICLE, expected)
    ready = ReadyBatch(ours.__getitems__(range(BATCH_SIZE)), len(ours))
    loaders = {
        ARTICLE: _deal_as_the_article(theirs, shuffle),
        OURS: _deal(ours, shuffle),
        FROM_FILE: _deal(mapped, shuffle),
        FLOOR: _deal(ready, shuffle),
    }
    timings = race(_counting(loaders), rounds)
    what = "batches, shuffled" if shuffle else "batches, in order"
    return [
        speed(what, timings, ARTICLE, at_least=1.5),
        speed(f"{what}, from a token file", timings, ARTICLE, ours=FROM_FILE, at_least=1.5),
        cost(what, timings, FLOOR),
    ]


def _race_copy(token_ids: list[int], rounds: int) -> Finding:
    """Time the cutting alone, without a DataLoader, against copying one batch as often."""
    windows = _cut(token_ids)
    starts = range(0, len(windows) - BATCH_SIZE, BATCH_SIZE)
    rows = [list(range(start, start + BATCH_SIZE)) for start in starts]
    inputs, targets = windows.__getitems__(rows[0])
    ways = [
        Way(OURS, lambda _: _count(windows.__getitems__(row) for row in rows)),
        Way(COPY, lambda _: _count((inputs.clone(), targets.clone()) for _ in rows)),
    ]
    return cost("cut batches, no DataLoader", race(ways, rounds), COPY)


def _race_workers(token_ids: list[int], rounds: int) -> list[Finding]:
    """Time two worker processes against none: a whole epoch, and after the first batch only."""
    windows = _cut(token_ids)
    loaders = {ALONE: _deal(windows), OURS: _deal(windows, num_workers=2)}
    require_same_batches(OURS, loaders[OURS], ALONE, loaders[ALONE])
    begun = [Way(name, _count, lambda each=each: _begin(each)) for name, each in loaders.items()]
    return [
        cost("an epoch with 2 worker processes", race(_counting(loaders), rounds), ALONE),
        cost("the same, after the first batch", race(begun, rounds), ALONE),
    ]


def _begin(loader: DataLoader) -> Iterator[Batch]:
    batches = iter(loader)
    next(batches)
    return batches


def _growth(tokenizer: tiktoken.Encoding, scale: Scale) -> Growth:
    seconds = {OURS: {}, ARTICLE: {}}
    for size in scale.sizes:
        token_ids = tokenizer.encode_ordinary(make_text(size))
        timings = race(_epoch_ways(token_ids), scale.rounds_on(size))
        for name, times in seconds.items():
            times[size] = timings.median(name)
    return Growth("cut windows and deal them out once", seconds)


def _epoch_ways(token_ids: list[int]) -> list[Way]:
    return [
        Way(OURS, lambda _: _count(_deal(_cut(token_ids)))),
        Way(ARTICLE, lambda _: _count(_deal_as_the_article(_cut_as_the_article(token_ids)))),
    ]
