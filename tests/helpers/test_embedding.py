import re

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.overrides import TorchFunctionMode

from helpers.embedding import InputEmbedding

# Two tables that are told apart at once, under the keys of a base model.
TABLES = {
    "wte.weight": torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]),
    "wpe.weight": torch.tensor([[0.5, 0.0], [0.0, 0.25]]),
}


@pytest.fixture(scope="module")
def layer():
    torch.manual_seed(123)
    return InputEmbedding(vocab_size=10, context_size=5, embed_dim=4)


def test_by_hand():
    layer = InputEmbedding(vocab_size=3, context_size=2, embed_dim=2)
    layer.load_state_dict(TABLES)
    assert layer(torch.tensor([2, 0])).tolist() == [[5.5, 6.0], [1.0, 2.25]]


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


def test_all_integer_types_are_taken(layer):
    token_ids = torch.tensor([9, 0, 3])
    for name in ("uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32"):
        assert torch.equal(layer(token_ids.to(getattr(torch, name))), layer(token_ids)), name


def test_the_rest_of_a_sequence_gets_the_positions_it_had_in_the_whole(layer):
    whole = layer(torch.tensor([[7, 2, 9, 2, 1]]))
    assert torch.equal(layer(torch.tensor([[2, 1]]), start=3), whole[:, 3:])


def test_a_start_of_numpys_small_types_does_not_overflow():
    layer = InputEmbedding(vocab_size=10, context_size=300, embed_dim=4)
    token_ids = torch.arange(10)
    assert torch.equal(layer(token_ids, start=np.uint8(255)), layer(token_ids, start=255))


def test_both_tables_learn(layer):
    layer.zero_grad()
    layer(torch.tensor([[1, 2, 1]])).sum().backward()
    assert layer.wte.weight.grad[:, 0].tolist() == [0, 2, 1, 0, 0, 0, 0, 0, 0, 0]
    assert layer.wpe.weight.grad[:, 0].tolist() == [1, 1, 1, 0, 0]


def test_nothing_is_made_without_the_device_of_the_ids(layer):
    class NoneElsewhere(TorchFunctionMode):
        def __torch_function__(self, function, types, args=(), kwargs=None):
            result = function(*args, **(kwargs or {}))
            assert not isinstance(result, torch.Tensor) or result.device.type == "cpu", function
            return result

    token_ids = torch.zeros(2, 3, dtype=torch.int16)
    with torch.device("meta"), NoneElsewhere():  # meta is where all else would be made
        layer(token_ids, start=1)


def test_a_gpu_need_not_wait_until_the_ids_were_looked_at(layer, monkeypatch):
    token_ids = torch.tensor([[7, 2, 9]])
    expected = layer(token_ids)
    for name in ("__bool__", "__int__", "__index__", "item", "tolist", "cpu", "numpy"):
        monkeypatch.setattr(torch.Tensor, name, None)
    made = layer(token_ids)
    monkeypatch.undo()
    assert torch.equal(made, expected)


def test_dropout_sets_a_share_to_zero_in_training_only():
    torch.manual_seed(0)
    layer = InputEmbedding(vocab_size=10, context_size=100, embed_dim=50, dropout=0.5)
    token_ids = torch.zeros(100, dtype=torch.int64)
    assert 0.45 < (layer(token_ids) == 0).float().mean() < 0.55
    assert (layer.eval()(token_ids) == 0).sum() == 0


def test_the_tables_can_begin_with_the_spread_of_gpt2():
    torch.manual_seed(0)
    layer = InputEmbedding(400, 300, 64, gpt2_spread=True)
    assert layer.wte.weight.std().item() == pytest.approx(0.02, rel=0.03)
    assert layer.wpe.weight.std().item() == pytest.approx(0.01, rel=0.03)


def test_from_gpt2_finds_both_tables_under_any_prefix():
    for prefix in ("", "transformer.", "_orig_mod.transformer."):
        state = {f"{prefix}{name}": table for name, table in TABLES.items()}
        others = {f"{prefix}h.0.attn.bias": torch.ones(1), "lm_head.weight": torch.ones(3, 2)}
        layer = InputEmbedding.from_gpt2({**others, **state})
        assert layer(torch.tensor([2, 0])).tolist() == [[5.5, 6.0], [1.0, 2.25]], prefix


def test_from_gpt2_keeps_the_type_and_copies_the_numbers():
    state = {name: table.half() for name, table in TABLES.items()}
    layer = InputEmbedding.from_gpt2(state, dropout=0.1)
    layer(torch.tensor([2])).sum().backward()  # it can be trained
    assert (layer.wte.weight.dtype, layer.drop.p) == (torch.float16, 0.1)
    torch.nn.init.zeros_(layer.wte.weight)
    assert torch.equal(state["wte.weight"], TABLES["wte.weight"].half())


@pytest.mark.parametrize("missing", TABLES)
def test_from_gpt2_names_the_table_that_is_missing(missing):
    state = {name: table for name, table in TABLES.items() if name != missing}
    with pytest.raises(KeyError, match=rf"one table '{missing}' .*begins with \['w.e.weight'\]"):
        InputEmbedding.from_gpt2(state)


def test_from_gpt2_refuses_two_models_in_one_state_and_a_model():
    two = {f"{part}.{name}": table for part in ("a", "b") for name, table in TABLES.items()}
    with pytest.raises(KeyError, match=r"has \['a.wte.weight', 'b.wte.weight'\]"):
        InputEmbedding.from_gpt2(two)
    with pytest.raises(TypeError, match=r"but a Linear came: give the model's state_dict()"):
        InputEmbedding.from_gpt2(torch.nn.Linear(1, 1))


def test_from_gpt2_takes_numpys_tables_and_passes_over_keys_of_another_kind():
    state = {0: None} | {name: table.numpy() for name, table in TABLES.items()}
    layer = InputEmbedding.from_gpt2(state)
    assert layer(torch.tensor([2, 0])).tolist() == [[5.5, 6.0], [1.0, 2.25]]


@pytest.mark.parametrize("shape", [(2, 3), (2,), ()])
def test_from_gpt2_refuses_tables_that_do_not_fit_together(shape):
    state = {**TABLES, "wpe.weight": torch.ones(shape)}
    came = f"but torch.Size([3, 2]), torch.Size({[*shape]}) came"
    with pytest.raises(ValueError, match=f"expected two tables of one width, {re.escape(came)}"):
        InputEmbedding.from_gpt2(state)


@pytest.mark.parametrize("wrong", [10, -1])
def test_an_id_outside_the_table_is_named_with_the_rows(layer, wrong):
    with pytest.raises(IndexError, match=rf"id {wrong} has no vector: .* has 10 rows.* 0 to 9"):
        layer(torch.tensor([[1, wrong, 2]]))


def test_a_position_outside_the_table_is_named_with_the_rows(layer):
    with pytest.raises(IndexError, match=r"position 5 has no vector: .* 6 ids, and .* 5 rows"):
        layer(torch.zeros(2, 6, dtype=torch.int64))
    with pytest.raises(IndexError, match=r"position 5 .* 2 ids from position 4 on, and .* 5 rows"):
        layer(torch.zeros(2, dtype=torch.int64), start=4)


@pytest.mark.parametrize(
    ("wrong", "came"),
    [
        (torch.tensor([1.0, 2.0]), "torch.float32 of shape (2,)"),
        (torch.tensor([True]), "torch.bool of shape (1,)"),
        (torch.tensor(3), "torch.int64 of shape ()"),
        ([1, 2], "a list"),
    ],
    ids=str,
)
def test_anything_but_a_sequence_of_integers_is_refused(layer, wrong, came):
    with pytest.raises(TypeError, match=rf"expected a .* of ids.* but {re.escape(came)} came"):
        layer(wrong)


@pytest.mark.parametrize(
    ("name", "wrong"), [("vocab_size", 0), ("context_size", 2.5), ("embed_dim", "many")]
)
def test_a_size_that_is_not_a_whole_number_of_at_least_one_is_named(name, wrong):
    sizes = {"vocab_size": 10, "context_size": 5, "embed_dim": 4, name: wrong}
    message = f"{name} must be a whole number of at least 1, but {wrong!r} came"
    with pytest.raises(ValueError, match=message):
        InputEmbedding(**sizes)


def test_a_start_below_zero_and_a_dropout_above_one_are_refused(layer):
    with pytest.raises(ValueError, match=r"start must be a whole .* at least 0, but -1 came"):
        layer(torch.tensor([1]), start=-1)
    with pytest.raises(ValueError, match=r"has to be between 0 and 1, but got 1.5"):
        InputEmbedding(10, 5, 4, dropout=1.5)
