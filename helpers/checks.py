"""Checks that several stages share."""


def require_at_least_one(**sizes: int) -> None:
    """Refuse a size below 1, naming it.

    Args:
        sizes: the sizes by name.

    Raises:
        ValueError: one of them is below 1.

    Example:
        >>> require_at_least_one(context_size=5, stride=0)
        Traceback (most recent call last):
        ValueError: stride must be at least 1, but 0 came
    """
    for name, size in sizes.items():
        if size < 1:
            raise ValueError(f"{name} must be at least 1, but {size} came")
