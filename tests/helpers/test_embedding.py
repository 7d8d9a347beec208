import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from helpers.embedding import InputEmbedding


@pytest.fixture(scope="module")
def layer():
    torch.manual_seed(123)
    return InputEmbedding(vocab_size=10, context_size=5, embed_dim=4)


def test_by_hand():
    layer = InputEmbedding(vocab_size=3, context_size=2, embed_dim=2)
    layer.load_state_dict(
        {
            "wte.weight": torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]),
            "wpe.weight": torch.tensor([[0.5, 0.0], [0.0, 0.25]]),
        }
    )
    assert layer(torch.tensor([2, 0])).tolist() == [[5.5, 6.0], [1.0, 2.25]]


def test_the_state_carries_the_names_of_gpt2(layer):
    shapes = {key: tuple(value.shape) for key, value in layer.state_dict().items()}
    assert shapes == {"wte.weight": (10, 4), "wpe.weight": (5, 4)}


ROWS = st.integers(1, 5).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 9), min_size=n, max_size=n), min_size=1, max_size=4)
)


@given(rows=ROWS)
def test_equals_the_two_tables_added_by_hand(layer, rows):
    token_ids = torch.tensor(rows)  # (batch, sequence)
    positions = torch.arange(token_ids.shape[1])
    by_hand = layer.wte.weight[token_ids] + layer.wpe.weight[positions]
    assert torch.equal(layer(token_ids), by_hand)
    assert torch.equal(layer(token_ids[0]), by_hand[0]), "a single sequence"
    assert torch.equal(layer(token_ids.int()), by_hand), "int32 ids"


def test_both_tables_learn(layer):
    layer.zero_grad()
    layer(torch.tensor([[1, 2, 1]])).sum().backward()
    assert layer.wte.weight.grad[:, 0].tolist() == [0, 2, 1, 0, 0, 0, 0, 0, 0, 0]
    assert layer.wpe.weight.grad[:, 0].tolist() == [1, 1, 1, 0, 0]


def test_dropout_sets_a_share_to_zero_in_training_only():
    torch.manual_seed(0)
    layer = InputEmbedding(vocab_size=10, context_size=100, embed_dim=50, dropout=0.5)
    token_ids = torch.zeros(100, dtype=torch.int64)
    assert 0.45 < (layer(token_ids) == 0).float().mean() < 0.55
    assert (layer.eval()(token_ids) == 0).sum() == 0


@pytest.mark.parametrize("wrong", [10, -1, 50256])
@pytest.mark.parametrize("shape", [(3,), (1, 3)])
def test_an_id_outside_the_table_is_named_with_the_rows(layer, wrong, shape):
    token_ids = torch.tensor([1, wrong, 2]).reshape(shape)
    with pytest.raises(IndexError, match=rf"id {wrong} has no vector: .* has 10 rows.* 0 to 9"):
        layer(token_ids)


def test_a_position_outside_the_table_is_named_with_the_rows(layer):
    with pytest.raises(IndexError, match=r"position 5 has no vector: .* 6 ids.* 5 rows"):
        layer(torch.zeros(2, 6, dtype=torch.int64))


@pytest.mark.parametrize("wrong", [torch.tensor([1.0, 2.0]), torch.tensor(3)])
def test_anything_but_a_sequence_of_integers_is_refused(layer, wrong):
    with pytest.raises(TypeError, match=r"expected a sequence of ids.* came"):
        layer(wrong)


@pytest.mark.parametrize("size", ["vocab_size", "context_size", "embed_dim"])
def test_a_size_below_one_is_named(size):
    sizes = {"vocab_size": 10, "context_size": 5, "embed_dim": 4, size: 0}
    with pytest.raises(ValueError, match=f"{size} must be at least 1, but 0 came"):
        InputEmbedding(**sizes)
