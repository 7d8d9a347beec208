import pickle
import sys
import tracemalloc
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest
import tiktoken
import torch
from hypothesis import example, given
from hypothesis import strategies as st
from torch import distributed
from torch.utils.data import ConcatDataset, DataLoader, Dataset, StackDataset, Subset, random_split

from helpers.data import load_text, use_bundled_vocabulary
from helpers.dataset import GPTDatasetV1, dataloader_v1, make_dataloader
from helpers.token_files import write_token_file
from notebook_files import ROOT


def giving(token_ids):
    """A tokenizer that gives these ids, whatever the text."""
    return SimpleNamespace(n_vocab=50_257, eot_token=50_256, encode=lambda text: token_ids)


class ArticleDataset(Dataset):
    """The article's way: two lists of tensors, every window a copy."""

    def __init__(self, token_ids, context_size, stride):
        starts = range(0, len(token_ids) - context_size, stride)
        self.inputs = [torch.tensor(token_ids[i : i + context_size]) for i in starts]
        self.targets = [torch.tensor(token_ids[i + 1 : i + context_size + 1]) for i in starts]

    def __len__(self):
        return len(self.inputs)

    def __getitem__(self, index):
        return self.inputs[index], self.targets[index]


class Masked(GPTDatasetV1):
    """As a reader might: no loss for the first target."""

    def __getitem__(self, index):
        inputs, targets = super().__getitem__(index)
        targets[0] = -100
        return inputs, targets


def numbered(n_windows, dataset_class=GPTDatasetV1):
    """Windows of 2 ids whose first id is the window's number: [0, 1], [1, 2], ..."""
    return dataset_class.from_token_ids(range(n_windows + 2), context_size=2, stride=1)


def numbers(loader):
    """The numbers of the windows, batch by batch."""
    return [inputs[:, 0].tolist() for inputs, _ in loader]


def as_lists(pairs):
    return [(inputs.tolist(), targets.tolist()) for inputs, targets in pairs]


@pytest.fixture(scope="module")
def gpt2():
    use_bundled_vocabulary()
    return tiktoken.get_encoding("gpt2")


# ---- windows


def test_by_hand():
    dataset = GPTDatasetV1("text", giving([10, 11, 12, 13, 14, 15]), context_size=3, stride=2)
    assert as_lists(dataset) == [([10, 11, 12], [11, 12, 13]), ([12, 13, 14], [13, 14, 15])]
    assert as_lists([dataset[-2]]) == as_lists([dataset[np.int64(0)]]) == as_lists(dataset)[:1]


SIZES = st.tuples(st.integers(1, 60), st.integers(1, 12), st.integers(1, 15)).filter(
    lambda sizes: sizes[0] > sizes[1]
)


@given(sizes=SIZES, first=st.sampled_from([0, 2**8 - 30, 2**16 - 30, 2**32 - 60]))
@example(sizes=(2, 1, 1), first=0)
@example(sizes=(60, 12, 13), first=2**32 - 60)
def test_one_by_one_and_in_batches_the_windows_are_the_articles(sizes, first):
    n, context_size, stride = sizes
    token_ids = list(range(first, first + n))
    expected = as_lists(ArticleDataset(token_ids, context_size, stride))
    dataset = GPTDatasetV1("", giving(token_ids), context_size, stride)
    assert as_lists(dataset) == expected
    assert len(dataset) == len(expected)
    for loader in (
        make_dataloader(dataset, batch_size=4, drop_last=False),
        DataLoader(dataset, 4),
    ):
        rows = [pair for batch in loader for pair in zip(*batch, strict=True)]
        assert as_lists(rows) == expected


@pytest.mark.parametrize("shuffle", [False, True])
def test_every_batch_of_the_story_is_the_articles(gpt2, shuffle):
    """Shuffled too: torch's seed is used up in the same way."""

    def batches(loader):
        torch.manual_seed(123)
        return as_lists(loader), as_lists(loader)  # two epochs

    windows = ArticleDataset(gpt2.encode(load_text()), 5, 2)
    article = DataLoader(windows, batch_size=3, shuffle=shuffle, drop_last=True)
    loader = dataloader_v1(load_text(), shuffle=shuffle)
    assert batches(loader) == batches(article)
    assert len(loader) == 257


@pytest.mark.parametrize("token_ids", [[5, 6, 7, 8], [5, 6, 7, 100_000], np.array([5, 6, 7, 8])])
def test_tensors_are_contiguous_int64_and_the_callers_own(token_ids):
    dataset = GPTDatasetV1("", giving(token_ids), context_size=2, stride=1)
    for inputs, targets in (dataset[0], next(iter(make_dataloader(dataset, batch_size=2)))):
        assert inputs.dtype == targets.dtype == torch.int64
        assert inputs.is_contiguous() == targets.is_contiguous() == True  # noqa: E712
        before = targets.clone()
        inputs += 1  # leaves the targets and the ids alone
        assert torch.equal(targets, before)
    assert as_lists(dataset)[0] == ([5, 6], [6, 7])


# ---- how the ids are held


@pytest.mark.parametrize(
    ("largest", "dtype"),
    [(255, np.uint8), (256, np.uint16), (2**16, np.uint32), (2**32 - 1, np.uint32)],
)
@pytest.mark.parametrize("kind", [list, torch.tensor], ids=lambda kind: kind.__name__)
def test_a_list_is_held_in_the_smallest_type_that_fits(kind, largest, dtype):
    dataset = GPTDatasetV1.from_token_ids(kind([0, 1, largest]), context_size=2, stride=1)
    assert dataset.token_ids.dtype == dtype
    assert as_lists(dataset) == [([0, 1], [1, largest])]


def test_a_million_ids_are_held_and_packed_once_whatever_the_overlap():
    token_ids = (np.arange(1_000_000) % 50_257).astype(np.uint16)
    tracemalloc.start()
    dataset = GPTDatasetV1.from_token_ids(token_ids, context_size=1_024, stride=1)
    inputs, _ = next(iter(make_dataloader(dataset, batch_size=8)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert inputs[:, 0].tolist() == list(range(8))
    assert peak < 500_000  # the batch in hand; the ids are the array that came
    assert len(pickle.dumps(dataset)) < 2_100_000


def test_a_file_is_read_where_it_is_looked_at_and_never_copied(tmp_path, monkeypatch):
    write_token_file(["text"], tmp_path / "a.bin", giving(np.arange(500_000) % 50_000))
    monkeypatch.chdir(tmp_path)
    tracemalloc.start()
    dataset = GPTDatasetV1.from_token_file("a.bin", context_size=100, stride=50)
    mapped = np.memmap("a.bin", np.uint16, "r")[50:400_050]  # as nanoGPT would
    part = GPTDatasetV1.from_token_ids(mapped, context_size=100, stride=50)
    packed = pickle.dumps([dataset, part])
    monkeypatch.chdir(ROOT)  # a worker may run elsewhere
    copy, copied_part = pickle.loads(packed)
    places = range(0, len(part), 997)
    assert as_lists(copy[i] for i in places) == as_lists(dataset[i] for i in places)
    assert as_lists(copied_part[i] for i in places) == as_lists(dataset[i + 1] for i in places)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200_000  # of 1,000,000 bytes
    assert len(packed) < 1_000


@pytest.mark.parametrize("text", ["b" * 24, "b" * 25])
def test_a_copy_refuses_a_file_written_anew(tmp_path, text):
    path = tmp_path / "a.bin"
    write_token_file(["a" * 24], path, giving(list(range(24))))
    copy = pickle.loads(pickle.dumps(GPTDatasetV1.from_token_file(path, 4, 1)))
    write_token_file(["b"], path, giving(list(range(len(text)))[::-1]))
    with pytest.raises(ValueError, match=r"a.bin' was written anew or removed after the dataset"):
        copy[0]
    path.unlink()
    with pytest.raises(ValueError, match=r"a.bin' was written anew or removed after the dataset"):
        copy.token_ids  # noqa: B018


@pytest.mark.parametrize("n_ids", [100, 99, 0])
def test_a_map_whose_file_has_another_text_by_now_is_sent_as_it_is(tmp_path, n_ids):
    np.arange(100, dtype=np.uint16).tofile(tmp_path / "a.bin")
    mapped = np.memmap(tmp_path / "a.bin", np.uint16, "r")
    (tmp_path / "a.bin").unlink()
    if n_ids:
        np.arange(1_000, 1_000 + n_ids, dtype=np.uint16).tofile(tmp_path / "a.bin")
    dataset = GPTDatasetV1.from_token_ids(mapped, context_size=2, stride=1)
    assert as_lists(pickle.loads(pickle.dumps(dataset))) == as_lists(dataset)


def test_a_copy_has_its_ids_before_a_window_was_looked_at(tmp_path):
    write_token_file(["a"], tmp_path / "a.bin", giving([5, 6, 7]))
    dataset = GPTDatasetV1.from_token_file(tmp_path / "a.bin", context_size=2, stride=1)
    assert pickle.loads(pickle.dumps(dataset)).token_ids.tolist() == [5, 6, 7]


# ---- torch's contract


@pytest.mark.parametrize("deal", [DataLoader, make_dataloader])
@pytest.mark.parametrize("dataset_class", [GPTDatasetV1, Masked])
def test_every_way_through_torch_gives_what_indexing_gives(dataset_class, deal):
    def items(dataset):
        loader = deal(dataset, batch_size=2, collate_fn=list, drop_last=False)
        return [item for batch in loader for item in batch]

    dataset = numbered(7, dataset_class)
    singles = as_lists(dataset[i] for i in range(7))
    assert as_lists(items(dataset)) == singles
    assert as_lists(items(Subset(dataset, [6, 0]))) == [singles[6], singles[0]]
    assert as_lists(items(ConcatDataset([dataset, dataset]))) == singles + singles
    one, other = random_split(dataset, [4, 3])
    assert sorted(as_lists(items(one) + items(other))) == singles
    stacked = items(StackDataset(dataset, dataset))
    assert [as_lists(both) for both in stacked] == [[each, each] for each in singles]
    batches = as_lists(deal(dataset, batch_size=3, drop_last=True))
    assert batches == as_lists(DataLoader(list(map(dataset.__getitem__, range(6))), 3))


def test_samplers_and_generators_of_ones_own():
    dataset = numbered(9)
    loader = make_dataloader(dataset, batch_size=2, sampler=[8, 0, 4], drop_last=False)
    assert numbers(loader) == [[8, 0], [4]]
    assert loader.dataset is dataset
    for batch_sampler in ([[1, 2], [3]], [(1, 2), torch.tensor([3])]):
        assert numbers(make_dataloader(dataset, batch_sampler=batch_sampler)) == [[1, 2], [3]]

    def shuffled(loader_class, **options):
        generator = torch.Generator().manual_seed(5)
        return numbers(loader_class(dataset, shuffle=True, generator=generator, **options))

    expected = shuffled(DataLoader, batch_size=3)
    assert shuffled(make_dataloader, batch_size=3) == expected
    assert numbers(make_dataloader(dataset, batch_size=3, shuffle=True, seed=5)) == expected
    with pytest.raises(ValueError, match="expected a seed or a generator, but both came"):
        shuffled(make_dataloader, seed=5)
    with pytest.raises(ValueError, match="batch_sampler option is mutually exclusive"):
        make_dataloader(dataset, batch_sampler=[[1, 2]], shuffle=True)


# Python 3.12 warns where a process with threads, such as torch's, is forked; torch warns of
# more workers than cores.
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:This DataLoader will create:UserWarning")
@pytest.mark.parametrize(("method", "count"), [("spawn", 1), ("fork", 2)])
def test_workers_change_neither_the_batches_nor_their_order(tmp_path, gpt2, method, count):
    if method == "fork" and sys.platform != "linux":
        pytest.skip("only Linux forks without harm")
    write_token_file([load_text()], tmp_path / "a.bin", gpt2)
    dataset = GPTDatasetV1.from_token_file(tmp_path / "a.bin", 8, 3, tokenizer=gpt2)
    deal = {"batch_size": 4, "shuffle": True, "seed": 5, "drop_last": False}
    workers = {"num_workers": count, "multiprocessing_context": method, "timeout": 100}
    loader = make_dataloader(dataset, **deal, **workers, persistent_workers=True)
    first, second = as_lists(loader), as_lists(loader)
    assert first == as_lists(make_dataloader(dataset, **deal))
    rows = [sorted(row for inputs, _ in epoch for row in inputs) for epoch in (first, second)]
    assert rows[0] == rows[1] == sorted(inputs.tolist() for inputs, _ in dataset)


# ---- many processes, each with its share


@pytest.mark.parametrize(
    ("n_windows", "batch_size", "drop_last", "first", "second"),
    [
        (8, 2, True, [[0, 2], [4, 6]], [[1, 3], [5, 7]]),
        (10, 2, True, [[0, 2], [4, 6]], [[1, 3], [5, 7]]),
        (9, 2, False, [[0, 2], [4, 6], [8]], [[1, 3], [5, 7], [0]]),
    ],
)
def test_processes_get_their_shares(monkeypatch, n_windows, batch_size, drop_last, first, second):
    monkeypatch.setattr(distributed, "is_initialized", lambda: True)
    monkeypatch.setattr(distributed, "get_world_size", lambda: 2)
    options = {"batch_size": batch_size, "drop_last": drop_last}
    for rank, share in enumerate([first, second]):
        monkeypatch.setattr(distributed, "get_rank", lambda rank=rank: rank)
        assert numbers(make_dataloader(numbered(n_windows), **options)) == share
        loader = make_dataloader(numbered(n_windows), batch_size=1, shuffle=True, seed=3)
        for epoch in range(2):
            loader.sampler.set_epoch(epoch)
            generator = torch.Generator().manual_seed(3 + epoch)
            order = torch.randperm(n_windows, generator=generator).tolist()
            assert numbers(loader) == [[number] for number in order[rank : n_windows // 2 * 2 : 2]]
        own = make_dataloader(numbered(n_windows), batch_size=2, sampler=[5, 3])
        assert numbers(own) == [[5, 3]]


def test_a_launched_program_that_has_not_joined_the_others_is_refused(monkeypatch):
    monkeypatch.setenv("TORCHELASTIC_RUN_ID", "none")
    monkeypatch.setenv("WORLD_SIZE", "2")
    with pytest.raises(
        RuntimeError, match=r"call torch.distributed.init_process_group\(\) before"
    ):
        make_dataloader(numbered(4), batch_size=2)
    assert numbers(make_dataloader(numbered(4), batch_size=2, sampler=[3, 1])) == [[3, 1]]
    monkeypatch.setenv("WORLD_SIZE", "1")
    assert numbers(make_dataloader(numbered(4), batch_size=4)) == [[0, 1, 2, 3]]


# ---- what is refused


@pytest.mark.parametrize("size", ["context_size", "stride", "batch_size"])
def test_a_size_that_is_not_a_whole_number_from_one_on_is_named(size):
    with pytest.raises(
        ValueError, match=f"{size} must be a whole number of at least 1, but 0 came"
    ):
        dataloader_v1(load_text(), **{size: 0})
    for wrong in ("3", None, 2.0):
        with pytest.raises(ValueError, match=f"{size} must be a whole number of at least 1, but"):
            dataloader_v1(load_text(), **{size: wrong})


@pytest.mark.parametrize("kind", [np.uint8, np.int64])
def test_numpys_whole_numbers_are_sizes_too(kind):
    dataset = GPTDatasetV1.from_token_ids(range(600), context_size=kind(255), stride=kind(1))
    assert len(dataset) == 345
    deal = {"batch_size": kind(255), "shuffle": True}
    (inputs, _) = next(iter(make_dataloader(dataset, **deal, seed=kind(200))))
    assert torch.equal(inputs, next(iter(make_dataloader(dataset, **deal, seed=200)))[0])


def test_a_text_and_a_tokenizer_must_come():
    for text in (None, ROOT, ["a text"], b"a text"):
        with pytest.raises(TypeError, match=f"expected a text, a str, but {type(text).__name__} "):
            dataloader_v1(text)
    for tokenizer in (None, "gpt2"):
        said = rf"expected a tokenizer with encode\(text\), but {tokenizer!r} came"
        with pytest.raises(TypeError, match=said):
            GPTDatasetV1("a text", tokenizer, 2, 1)


def test_too_few_ids_are_counted_and_anything_else_is_refused():
    with pytest.raises(ValueError, match="has 5 ids, and a window of context_size 5 needs 6, bec"):
        GPTDatasetV1("", giving([7] * 5), context_size=5, stride=2)
    with pytest.raises(TypeError, match="expected token ids, whole numbers in one row, but"):
        GPTDatasetV1.from_token_ids([[1, 2], [3, 4]], 2, 1)
    with pytest.raises(ValueError, match="expected ids from 0 to 4294967295, but -1 to 2 came"):
        GPTDatasetV1.from_token_ids([0, -1, 2], 2, 1)


def test_only_the_number_of_a_window_is_an_index():
    for index in (4, -5):
        with pytest.raises(IndexError, match=f"no window {index}: expected 0 to 3"):
            numbered(4)[index]
    for index in ((0, 1), slice(2), [0, 1], "0", 1.0):
        with pytest.raises(TypeError, match="the number of one window"):
            numbered(4)[index]


def test_a_special_token_in_the_text_comes_with_advice_that_can_be_followed(gpt2):
    text = "one<|endoftext|>two three four five six"
    with pytest.raises(ValueError, match=r"give|pass the ids to GPTDatasetV1.from_token_ids$"):
        dataloader_v1(text)
    token_ids = gpt2.encode(text, allowed_special="all")
    assert len(GPTDatasetV1.from_token_ids(token_ids, 5, 2)) == 1


IN_A_NOTEBOOK = """
from functools import partial
from multiprocessing import Value
from torch.utils.data import ConcatDataset, Subset
from helpers.dataset import GPTDatasetV1, make_dataloader

class Mine(GPTDatasetV1):
    pass

def mine(batch, size):
    return batch

def say(part, **more):
    options = {"batch_size": 2, "num_workers": 1, "multiprocessing_context": "spawn"}
    try:
        make_dataloader(part, **options, **more)
        print("taken")
    except ValueError as error:
        print(error)

windows, counting, own = (
    kind.from_token_ids(range(9), 2, 1) for kind in (GPTDatasetV1, GPTDatasetV1, Mine)
)
counting.count = Value("i")  # a worker may get it, though pickle refuses it
say(counting)
say(windows, collate_fn=list)
say(own)
say(Subset(own, [0]))
say(ConcatDataset([windows, own]))
say(ConcatDataset([own, windows]))
say(windows, collate_fn=partial(mine, size=2))
"""


def test_a_class_of_a_notebook_is_refused_for_workers_that_only_import(monkeypatch, capsys):
    notebook = ModuleType("__main__")
    monkeypatch.setitem(sys.modules, "__main__", notebook)
    exec(IN_A_NOTEBOOK, vars(notebook))
    said = [line.split(", ")[0] for line in capsys.readouterr().out.splitlines()]
    refused = [f"a worker process cannot import '{name}'" for name in ["Mine"] * 4 + ["mine"]]
    assert said == ["taken", "taken", *refused]


def test_numbers_that_numpy_takes_for_something_else_are_dealt_as_torch_deals_them():
    windows = GPTDatasetV1.from_token_ids(range(21), context_size=2, stride=2)
    mask = [True, False] * 5
    (inputs, _), *_ = make_dataloader(windows, batch_sampler=[mask])
    assert len(inputs) == len(mask)
