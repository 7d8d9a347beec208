"""Windows beside the article's way, which cuts out every window and keeps it as a tensor."""

import tracemalloc
from functools import partial

import tiktoken
import torch
from torch.utils.data import DataLoader, Dataset

from benchmarks.measure import Row, Scale, compare
from benchmarks.texts import take
from helpers.data import use_bundled_vocabulary
from helpers.dataset import GPTDatasetV1, dataloader_v1

CONTEXT_SIZE, STRIDE = 256, 128


class ArticleDataset(Dataset):
    """The article's data set: two tensors for each window, made beforehand."""

    def __init__(self, txt: str, tokenizer: tiktoken.Encoding, context_size: int, stride: int):
        token_ids = tokenizer.encode(txt)
        starts = range(0, len(token_ids) - context_size, stride)
        self.inputs = [torch.tensor(token_ids[i : i + context_size]) for i in starts]
        self.targets = [torch.tensor(token_ids[i + 1 : i + context_size + 1]) for i in starts]

    def __len__(self) -> int:
        """Return the number of windows."""
        return len(self.inputs)

    def __getitem__(self, index: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Return input and target of one window."""
        return self.inputs[index], self.targets[index]


def windows(scale: Scale) -> list[Row]:
    """Deal shuffled batches for one epoch; weigh what a data set holds."""
    use_bundled_vocabulary()
    tokenizer, text = tiktoken.get_encoding("gpt2"), take("English", scale.n_bytes)
    cut_out, rows = ArticleDataset(text, tokenizer, CONTEXT_SIZE, STRIDE), []
    for batch_size in (8, 64):
        ours = dataloader_v1(text, batch_size, CONTEXT_SIZE, STRIDE, shuffle=True)
        theirs = DataLoader(cut_out, batch_size, shuffle=True, drop_last=True)
        what, ways = f"batches of {batch_size}", (partial(_epoch, ours), partial(_epoch, theirs))
        how = {"same": _same, "goal": 1.5, "faster": True}
        rows.append(compare(what, "the article's", *ways, scale.rounds, **how))
    return [*rows, _weigh(text, tokenizer, cut_out)]


def _epoch(loader: DataLoader) -> list[list[torch.Tensor]]:
    torch.manual_seed(123)  # the same order for both
    return list(loader)


def _same(ours: list, theirs: list) -> bool:
    stacked = [[torch.cat(each) for each in zip(*way, strict=True)] for way in (ours, theirs)]
    return all(torch.equal(*each) for each in zip(*stacked, strict=True))


def _weigh(text: str, tokenizer: tiktoken.Encoding, cut_out: ArticleDataset) -> Row:
    n_ids = len(tokenizer.encode(text))
    tracemalloc.start()  # NumPy reports its arrays there
    dataset = GPTDatasetV1(text, tokenizer, CONTEXT_SIZE, STRIDE)
    held = tracemalloc.get_traced_memory()[0] / n_ids
    tracemalloc.stop()
    theirs = sum(tensor.nbytes for tensor in cut_out.inputs + cut_out.targets) / n_ids
    note = f"{held:.3g} bytes an id; the article's {theirs:.3g}"
    what, peer = f"memory of {len(dataset):,} windows", "the ids as uint16"
    return Row(what, peer, [held / 2], goal=1.1, note=note)
