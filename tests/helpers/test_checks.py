import pytest

from helpers.checks import require_at_least_one


def test_sizes_from_one_on_pass():
    require_at_least_one(stride=1, context_size=1024)


@pytest.mark.parametrize("size", [0, -3])
def test_a_size_below_one_is_named(size):
    with pytest.raises(ValueError, match=f"^stride must be at least 1, but {size} came$"):
        require_at_least_one(context_size=5, stride=size)
