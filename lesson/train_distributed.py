"""Train a small next-token model on several processes, each with its share of the windows.

    torchrun --nproc-per-node 2 lesson/train_distributed.py

It reads the story; --token-file reads a corpus of any size that
`helpers.token_files.write_token_file` wrote. The first process prints the loss.
"""

import argparse

import tiktoken
import torch
from torch import distributed, nn
from torch.utils.data import DataLoader

from helpers.data import load_text, use_bundled_vocabulary
from helpers.dataset import GPTDatasetV1, make_dataloader
from helpers.embedding import InputEmbedding
from helpers.token_files import read_description

CONTEXT_SIZE = 16
EMBED_DIM = 32
LEARNING_RATE = 3


def read_options() -> argparse.Namespace:
    """Read the command line; refuse to start without torchrun."""
    parser = argparse.ArgumentParser(description="Train a small model on several processes.")
    parser.add_argument("--token-file", help="instead of the story")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--batch-size", type=int, default=8, help="windows, for each process")
    parser.add_argument("--seed", type=int, default=123)
    options = parser.parse_args()
    if not distributed.is_torchelastic_launched():
        parser.error("start it with: torchrun --nproc-per-node 2 lesson/train_distributed.py")
    return options


def load_windows(token_file: str | None) -> tuple[GPTDatasetV1, int]:
    """Return the windows of the story or of a token file, and the size of the vocabulary."""
    if token_file is None:
        use_bundled_vocabulary()
        tokenizer = tiktoken.get_encoding("gpt2")
        return GPTDatasetV1(load_text(), tokenizer, CONTEXT_SIZE, CONTEXT_SIZE), tokenizer.n_vocab
    windows = GPTDatasetV1.from_token_file(token_file, CONTEXT_SIZE, CONTEXT_SIZE)
    return windows, read_description(token_file)["vocab_size"]


def train_one_epoch(model: nn.Module, loader: DataLoader) -> float:
    """Go once through this process's share; return the mean loss of all processes."""
    losses = []
    for inputs, targets in loader:
        logits = model(inputs)  # (batch_size, context_size, vocab_size)
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten())
        model.zero_grad()
        loss.backward()
        step_together(model)
        losses.append(loss.detach())
    return average(torch.stack(losses).mean()).item()


def step_together(model: nn.Module) -> None:
    """Take one step against the mean gradient of all processes: so their models stay the same.

    DistributedDataParallel averages in this way too, while the gradients are still computed.
    """
    with torch.no_grad():
        for numbers in model.parameters():
            numbers -= LEARNING_RATE * average(numbers.grad)


def average(numbers: torch.Tensor) -> torch.Tensor:
    """Return the mean over all processes, of which each calls this with numbers of its own."""
    distributed.all_reduce(numbers)  # their sum, in place
    return numbers / distributed.get_world_size()


def train(options: argparse.Namespace) -> None:
    """Train and print the loss of each epoch from the first process."""
    windows, vocab_size = load_windows(options.token_file)
    # drop_last=False: few windows on many processes still make a step for each.
    loader = make_dataloader(
        windows, batch_size=options.batch_size, shuffle=True, drop_last=False, seed=options.seed
    )
    torch.manual_seed(options.seed)  # the models of all processes begin with the same numbers
    layers = InputEmbedding(vocab_size, CONTEXT_SIZE, EMBED_DIM), nn.Linear(EMBED_DIM, vocab_size)
    model = nn.Sequential(*layers)
    for epoch in range(options.epochs):
        loader.sampler.set_epoch(epoch)  # another order, the same in all processes
        loss = train_one_epoch(model, loader)
        if distributed.get_rank() == 0:
            print(f"epoch {epoch + 1}: {len(loader)} steps a process, loss {loss:.3f}", flush=True)


def main() -> None:
    """Join the other processes, train, part."""
    options = read_options()
    distributed.init_process_group("gloo")
    try:
        train(options)
    finally:
        distributed.destroy_process_group()


if __name__ == "__main__":
    main()
