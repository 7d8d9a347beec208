import json
import pickle
import re
import sys
import tracemalloc
import warnings
from datetime import timedelta
from pathlib import Path
from subprocess import run

import numpy as np
import pytest
import tiktoken
import torch
from hypothesis import example, given
from hypothesis import strategies as st
from torch import distributed, multiprocessing
from torch.utils.data import ConcatDataset, DataLoader, Dataset, Subset

from helpers.data import load_text, use_bundled_vocabulary
from helpers.dataset import GPTDatasetV1, dataloader_v1, make_dataloader
from helpers.token_files import write_token_file
from notebook_files import ROOT


class GivenIds:
    """A tokenizer that gives the ids it was made with, whatever the text."""

    name, n_vocab, eot_token = "given", 50_257, 50_256

    def __init__(self, token_ids):
        self.token_ids = token_ids

    def encode(self, text):
        return self.token_ids


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


def windows_by_hand(token_ids, context_size, stride):
    """Lists only: whole windows, from the left, as long as there is a target."""
    start = 0
    while start + context_size + 1 <= len(token_ids):
        window = token_ids[start : start + context_size + 1]
        yield window[:-1], window[1:]
        start += stride


def numbered(n_windows):
    """Windows of 2 ids whose first id is the window's number: [0, 1], [1, 2], ..."""
    return GPTDatasetV1.from_token_ids(range(n_windows + 2), context_size=2, stride=1)


def numbers(loader):
    """The numbers of the windows, batch by batch."""
    return [inputs[:, 0].tolist() for inputs, _ in loader]


def as_lists(pairs):
    return [(inputs.tolist(), targets.tolist()) for inputs, targets in pairs]


def in_processes(n_processes, function, *args):
    """Run function(rank, *args) in each; forked on Linux, so that torch is there already."""
    method = "fork" if sys.platform == "linux" else "spawn"
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*fork", DeprecationWarning)  # Python 3.12, see FORKS
        multiprocessing.start_processes(function, args, nprocs=n_processes, start_method=method)


# ---- windows


def test_by_hand():
    dataset = GPTDatasetV1("text", GivenIds([10, 11, 12, 13, 14, 15]), context_size=3, stride=2)
    assert as_lists(dataset) == [
        ([10, 11, 12], [11, 12, 13]),
        ([12, 13, 14], [13, 14, 15]),
    ]
    assert len(dataset) == 2


def test_the_last_window_needs_one_id_more_for_its_target():
    assert len(GPTDatasetV1.from_token_ids([1, 2, 3, 4], context_size=3, stride=1)) == 1
    assert len(GPTDatasetV1.from_token_ids([1, 2, 3, 4, 5], context_size=3, stride=1)) == 2


SIZES = st.tuples(st.integers(1, 60), st.integers(1, 12), st.integers(1, 15)).filter(
    lambda sizes: sizes[0] > sizes[1]
)


@given(sizes=SIZES, first=st.sampled_from([0, 2**16 - 30, 2**32 - 60]))
@example(sizes=(2, 1, 1), first=0)
@example(sizes=(60, 12, 13), first=2**32 - 60)
def test_equals_the_windows_cut_by_hand(sizes, first):
    n, context_size, stride = sizes
    token_ids = list(range(first, first + n))
    expected = list(windows_by_hand(token_ids, context_size, stride))
    dataset = GPTDatasetV1("", GivenIds(token_ids), context_size, stride)
    assert len(dataset) == len(expected) == len(range(0, n - context_size, stride))
    assert as_lists(dataset) == expected
    batch = dataset.__getitems__(range(len(dataset)))
    assert list(zip(*(rows.tolist() for rows in batch), strict=True)) == expected


def test_the_first_batch_of_the_article():
    inputs, targets = next(iter(dataloader_v1(load_text())))
    assert inputs.tolist() == [
        [7454, 2402, 257, 640, 612],
        [257, 640, 612, 547, 1440],
        [612, 547, 1440, 1310, 22502],
    ]
    assert targets.tolist() == [
        [2402, 257, 640, 612, 547],
        [640, 612, 547, 1440, 1310],
        [547, 1440, 1310, 22502, 896],
    ]


def test_every_batch_of_the_story_is_the_articles():
    use_bundled_vocabulary()
    token_ids = tiktoken.get_encoding("gpt2").encode(load_text())
    article = DataLoader(ArticleDataset(token_ids, 5, 2), batch_size=3, drop_last=True)
    assert as_lists(dataloader_v1(load_text())) == as_lists(article)
    assert len(article) == 257


@pytest.mark.parametrize("token_ids", [[5, 6, 7, 8], [5, 6, 7, 100_000]])
def test_tensors_are_contiguous_int64_and_the_callers_own(token_ids):
    dataset = GPTDatasetV1("", GivenIds(token_ids), context_size=2, stride=1)
    for tensor in (*dataset[0], *dataset.__getitems__([0, 1])):
        assert tensor.dtype == torch.int64
        assert tensor.is_contiguous()
        tensor += 1  # a change of a batch leaves the ids alone
    assert as_lists(dataset)[0] == ([5, 6], [6, 7])


def test_a_negative_index_counts_from_the_end():
    dataset = numbered(4)
    assert as_lists([dataset[-1], dataset[-4]]) == as_lists([dataset[3], dataset[0]])
    assert dataset.__getitems__([-1, 0])[0].tolist() == [[3, 4], [0, 1]]


@pytest.mark.parametrize("index", [4, -5])
def test_an_index_outside_is_refused(index):
    expected = rf"no such window: index {index} is out of bounds.*4 windows are numbered 0 to 3"
    with pytest.raises(IndexError, match=expected):
        numbered(4)[index]
    with pytest.raises(IndexError, match=expected):
        numbered(4).__getitems__([0, index])


# ---- where ids come from


@pytest.mark.parametrize(
    ("largest", "dtype"), [(2**16 - 1, np.uint16), (2**16, np.uint32), (2**32 - 1, np.uint32)]
)
@pytest.mark.parametrize("kind", [list, np.array, torch.tensor], ids=lambda kind: kind.__name__)
def test_ids_are_held_in_the_smallest_type_that_fits(kind, largest, dtype):
    dataset = GPTDatasetV1.from_token_ids(kind([0, 1, largest]), context_size=2, stride=1)
    assert dataset.token_ids.dtype == dtype
    assert as_lists(dataset) == [([0, 1], [1, largest])]


@pytest.mark.parametrize("dtype", [np.uint16, np.uint32])
def test_a_compact_array_is_not_copied(dtype):
    token_ids = np.arange(9).astype(dtype)
    assert GPTDatasetV1.from_token_ids(token_ids, 2, 1).token_ids is token_ids


def test_a_token_file_gives_the_windows_of_the_text(tmp_path):
    use_bundled_vocabulary()
    tokenizer = tiktoken.get_encoding("gpt2")
    write_token_file([load_text()], tmp_path / "story.ids", tokenizer, progress=False)
    from_file = GPTDatasetV1.from_token_file(tmp_path / "story.ids", 5, 2, tokenizer=tokenizer)
    assert as_lists(from_file) == as_lists(GPTDatasetV1(load_text(), tokenizer, 5, 2))


def test_a_dataset_knows_no_other_tokenizer_than_its_files(tmp_path):
    write_token_file(["text"], tmp_path / "a.ids", GivenIds([1, 2, 3]), progress=False)
    use_bundled_vocabulary()
    with pytest.raises(ValueError, match=r"ids of the tokenizer 'given'.*'gpt2'.* is to read it"):
        GPTDatasetV1.from_token_file(
            tmp_path / "a.ids", 2, 1, tokenizer=tiktoken.get_encoding("gpt2")
        )


# ---- what is refused


@pytest.mark.parametrize("size", ["context_size", "stride", "batch_size"])
@pytest.mark.parametrize("value", [0, -1])
def test_a_size_below_one_is_named(size, value):
    with pytest.raises(ValueError, match=f"{size} must be at least 1, but {value} came"):
        dataloader_v1(load_text(), **{size: value})


@pytest.mark.parametrize("size", ["context_size", "stride"])
def test_a_dataset_refuses_a_size_below_one(size):
    sizes = {"context_size": 2, "stride": 1, size: 0}
    with pytest.raises(ValueError, match=f"{size} must be at least 1, but 0 came"):
        GPTDatasetV1.from_token_ids(range(9), **sizes)


@pytest.mark.parametrize("n_ids", [0, 1, 5])
def test_a_text_too_short_is_counted(n_ids):
    expected = rf"it has {n_ids} ids, and a window of context_size 5 needs 6"
    with pytest.raises(ValueError, match=expected):
        GPTDatasetV1("", GivenIds([7] * n_ids), context_size=5, stride=2)


@pytest.mark.parametrize("wrong", [[0, -1, 2], [0, 1, 2**32], np.array([-5, 0, 1])])
def test_an_id_that_no_type_fits_is_refused(wrong):
    with pytest.raises(ValueError, match=r"from 0 to 2\*\*32 - 1, but -?\d+ to \d+ came"):
        GPTDatasetV1.from_token_ids(wrong, 2, 1)


@pytest.mark.parametrize("wrong", [[0.5, 1.5, 2.5], [[1, 2], [3, 4]], ["a", "b", "c"], 3])
def test_anything_but_a_row_of_integers_is_refused(wrong):
    with pytest.raises(TypeError, match="expected token ids, integers in one dimension, but"):
        GPTDatasetV1.from_token_ids(wrong, 2, 1)


# ---- batches


def test_a_loader_without_our_collate_gives_the_same():
    plain = DataLoader(numbered(7), batch_size=3)
    assert as_lists(plain) == as_lists(make_dataloader(numbered(7), batch_size=3, drop_last=False))
    assert numbers(plain) == [[0, 1, 2], [3, 4, 5], [6]]
    assert as_lists(plain)[2] == ([[6, 7]], [[7, 8]])


def test_parts_and_chains_of_datasets_can_be_dealt_out():
    part = Subset(numbered(9), [8, 0, 4])
    assert numbers(make_dataloader(part, batch_size=3)) == [[8, 0, 4]]
    chain = ConcatDataset([numbered(2), numbered(2)])
    assert numbers(make_dataloader(chain, batch_size=4)) == [[0, 1, 0, 1]]


@given(
    n_windows=st.integers(1, 30),
    batch_size=st.integers(1, 9),
    shuffle=st.booleans(),
    drop_last=st.booleans(),
)
def test_each_window_comes_once_but_for_what_is_dropped(n_windows, batch_size, shuffle, drop_last):
    loader = make_dataloader(
        numbered(n_windows), batch_size=batch_size, shuffle=shuffle, drop_last=drop_last, seed=1
    )
    batches = numbers(loader)
    seen = [number for batch in batches for number in batch]
    whole, over = divmod(n_windows, batch_size)
    assert [len(batch) for batch in batches[:whole]] == [batch_size] * whole
    assert [len(batch) for batch in batches[whole:]] == ([over] if over and not drop_last else [])
    assert len(set(seen)) == len(seen)
    assert len(loader) == len(batches)
    if not shuffle:
        assert seen == list(range(len(seen)))


def test_a_shuffle_follows_torchs_seed_as_the_articles_does():
    def order(loader):
        torch.manual_seed(123)
        return as_lists(loader)

    text = "one two three four five six seven eight nine ten " * 9
    use_bundled_vocabulary()
    token_ids = tiktoken.get_encoding("gpt2").encode(text)
    article = DataLoader(ArticleDataset(token_ids, 5, 2), 3, shuffle=True, drop_last=True)
    loader = dataloader_v1(text, shuffle=True)
    assert order(loader) == order(loader) == order(article)
    assert order(loader) != as_lists(dataloader_v1(text))


def test_a_seed_of_its_own_repeats_the_run_but_not_the_epoch():
    def two_epochs(seed):
        torch.manual_seed(torch.seed())  # whatever torch's own seed is
        loader = make_dataloader(numbered(50), batch_size=5, shuffle=True, seed=seed)
        return numbers(loader), numbers(loader)

    first, second = two_epochs(7)
    assert first != second
    assert (first, second) == two_epochs(7) != two_epochs(8)


# Python 3.12 warns where a process with threads, such as torch's, is forked; torch warns of
# more workers than cores.
FORKS = "ignore:.*fork:DeprecationWarning"
FEW_CORES = "ignore:This DataLoader will create:UserWarning"


@pytest.mark.filterwarnings(FORKS, FEW_CORES)
@pytest.mark.parametrize("shuffle", [False, True])
def test_workers_change_neither_the_batches_nor_their_order(shuffle):
    def batches(num_workers):
        torch.manual_seed(5)
        sizes = {"batch_size": 4, "context_size": 8, "stride": 3}
        return as_lists(
            dataloader_v1(load_text()[:900], shuffle=shuffle, num_workers=num_workers, **sizes)
        )

    assert batches(num_workers=2) == batches(num_workers=0)


# ---- memory


def test_a_million_ids_stay_small_whatever_the_overlap():
    token_ids = (np.arange(1_000_000) % 50_257).tolist()
    tracemalloc.start()
    dataset = GPTDatasetV1("", GivenIds(token_ids), context_size=1_024, stride=1)
    inputs, _ = next(iter(make_dataloader(dataset, batch_size=8, shuffle=False)))
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert inputs[:, 0].tolist() == list(range(8))
    assert dataset.token_ids.nbytes == 2_000_000
    assert held < 1.1 * dataset.token_ids.nbytes + 400_000  # the batch in hand is in it
    assert peak < 20_000_000
    assert len(pickle.dumps(dataset)) < 1.1 * dataset.token_ids.nbytes


def test_a_pickled_dataset_gives_the_same_windows():
    dataset = numbered(20)
    dataset.note = "kept"  # as a subclass might
    copy = pickle.loads(pickle.dumps(dataset))
    assert as_lists(copy) == as_lists(dataset)
    assert copy.note == "kept"


def test_a_token_file_is_not_pickled_but_mapped_again(tmp_path, monkeypatch):
    tokenizer = GivenIds(np.arange(50_000))
    write_token_file(["text"], tmp_path / "a.ids", tokenizer, progress=False)
    monkeypatch.chdir(tmp_path)
    dataset = GPTDatasetV1.from_token_file("a.ids", context_size=100, stride=50)
    packed = pickle.dumps(dataset)
    monkeypatch.chdir(ROOT)  # a worker may run elsewhere
    assert len(packed) < 1_000
    assert as_lists(pickle.loads(packed)) == as_lists(dataset)


SPARE = 48_000_000  # bytes that a process may take beside what it has; the corpus has 128 MB


def read_under_a_limit(rank, path):
    # RLIMIT_DATA counts what a process can write to: its heap and private maps. RLIMIT_AS
    # would count the mapped file itself, which takes addresses and no memory.
    import resource

    status = Path("/proc/self/status").read_text()
    limit = int(re.search(r"VmData:\s+(\d+) kB", status)[1]) * 1024 + SPARE
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))

    with pytest.raises(MemoryError):
        np.fromfile(path, dtype=np.uint16)

    dataset = GPTDatasetV1.from_token_file(path, context_size=256, stride=256)
    chosen = torch.randperm(len(dataset))[:800]
    assert chosen.min() < 0.1 * len(dataset)
    assert chosen.max() > 0.9 * len(dataset)
    starts = []
    for inputs, targets in make_dataloader(Subset(dataset, chosen.tolist()), batch_size=8):
        assert torch.equal(inputs[:, 1:], targets[:, :-1])
        starts += inputs[:, 0].tolist()
    places = chosen * dataset.stride % 1_000_001  # a text and a separator
    assert starts == torch.where(places == 1_000_000, 50_256, places % 50_000).tolist()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process's data so")
def test_a_corpus_larger_than_memory_is_read_from_everywhere(tmp_path):
    path = tmp_path / "large.ids"
    tokenizer = GivenIds(np.arange(1_000_000) % 50_000)
    tokenizer.encode_ordinary = tokenizer.encode
    write_token_file(("text" for _ in range(64)), path, tokenizer, progress=False)
    in_processes(1, read_under_a_limit, path)


# ---- many processes, each with its share


CASES = {  # name: windows, batch_size, shuffle, drop_last
    "even": (24, 4, True, True),
    "in order": (24, 4, False, True),
    "one over": (25, 1, True, True),
    "short batch": (26, 4, True, True),
    "one short": (25, 4, True, False),
}


def deal_out_to_two(rank, folder):
    """Write which windows this process gets in two epochs of each case."""
    distributed.init_process_group(
        "gloo",
        init_method=(folder / "meeting").as_uri(),  # a file: no port that is taken meanwhile
        rank=rank,
        world_size=2,
        timeout=timedelta(seconds=60),
    )
    shares = {}
    for name, (n_windows, batch_size, shuffle, drop_last) in CASES.items():
        options = {"batch_size": batch_size, "shuffle": shuffle, "drop_last": drop_last}
        loader = make_dataloader(numbered(n_windows), seed=3, **options)
        shares[name] = []
        for epoch in range(2):
            loader.sampler.set_epoch(epoch)
            shares[name].append(numbers(loader))
    (folder / f"rank{rank}.json").write_text(json.dumps(shares))
    distributed.destroy_process_group()


@pytest.fixture(scope="module")
def shares(tmp_path_factory):
    """Name -> epoch -> process -> batches of window numbers."""
    folder = tmp_path_factory.mktemp("shares")
    in_processes(2, deal_out_to_two, folder)
    both = [json.loads((folder / f"rank{rank}.json").read_text()) for rank in range(2)]
    return {name: list(zip(*(share[name] for share in both), strict=True)) for name in CASES}


def flat(batches):
    return [number for batch in batches for number in batch]


@pytest.mark.parametrize("name", ["even", "in order"])
def test_together_two_processes_see_each_window_once(shares, name):
    for first, second in shares[name]:
        assert len(first) == len(second) == 3
        assert sorted(flat(first) + flat(second)) == list(range(24))


def test_without_a_shuffle_windows_are_dealt_in_turn(shares):
    first, second = shares["in order"][0]
    assert first == [[0, 2, 4, 6], [8, 10, 12, 14], [16, 18, 20, 22]]
    assert second == [[1, 3, 5, 7], [9, 11, 13, 15], [17, 19, 21, 23]]


def test_the_shuffle_is_torchs_permutation_of_seed_and_epoch(shares):
    for epoch, (first, second) in enumerate(shares["even"]):
        order = torch.randperm(24, generator=torch.Generator().manual_seed(3 + epoch)).tolist()
        assert [flat(first), flat(second)] == [order[0::2], order[1::2]]


def lengths(batches):
    return [len(batch) for batch in batches]


def test_drop_last_leaves_out_what_does_not_divide_evenly(shares):
    for first, second in shares["one over"]:
        assert len(first) == len(second) == 12
        assert len({*flat(first), *flat(second)}) == 24
    for first, second in shares["short batch"]:
        assert lengths(first) == lengths(second) == [4, 4, 4]
        assert len({*flat(first), *flat(second)}) == 24


def test_without_drop_last_the_first_window_comes_twice(shares):
    for first, second in shares["one short"]:
        assert lengths(first) == lengths(second) == [4, 4, 4, 1]
        assert {*flat(first), *flat(second)} == set(range(25))
        assert second[-1] == first[0][:1]


def test_the_example_trains_on_two_processes():
    command = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"]
    script = [str(ROOT / "lesson/train_distributed.py"), "--epochs=2", "--batch-size=16"]
    trained = run([sys.executable, *command, *script], capture_output=True, text=True, timeout=300)
    assert trained.returncode == 0, trained.stderr
    steps, losses = zip(
        *re.findall(r"^epoch \d: (\d) steps a process, loss (\S+)$", trained.stdout, re.M),
        strict=True,
    )
    assert steps == ("3", "3")  # 96 windows, 2 processes, batches of 16
    first, second = map(float, losses)
    assert 9 < first < 13  # guessing blindly gives ln(50,257) = 10.8
    assert second < first - 0.5
