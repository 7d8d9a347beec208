"""Sizes at a glance: the parts of a model, and the shapes of tensors axis by axis."""

from collections.abc import Iterable, Mapping, Sequence
from math import prod

from matplotlib.axes import Axes

from lesson.figures.style import (
    BLUE,
    GREY,
    ORANGE,
    PALE_BLUE,
    PALE_GREY,
    PALE_ORANGE,
    PALE_PURPLE,
    PURPLE,
    TeachingFigure,
    box,
    canvas,
    label,
)

Shape = Sequence[int | None]

LONGEST_NAME = 20  # characters in front of a row
LARGEST = 999_999_999  # fits into a box of the ledger

# plot_parameter_shares, in inches.
BAR_LEFT, LONGEST_BAR, BAR_STEP, BAR_HEIGHT = 2.9, 4.3, 0.58, 0.42

# plot_ledger, in inches: the box of the last axis begins at LAST_LEFT, the others before it.
ROW_STEP, ROW_HEIGHT, AXIS_STEP, AXIS_WIDTH, LAST_LEFT = 0.62, 0.44, 1.75, 1.4, 6.1
AXIS_LOOKS = ((PALE_BLUE, BLUE), (PALE_ORANGE, ORANGE), (PALE_PURPLE, PURPLE))  # from the last


def plot_parameter_shares(
    counts: Mapping[str, int], marked: Sequence[str] = (), marked_as: str = "marked"
) -> TeachingFigure:
    """Draw how many parameters each part of a model has, and which share of all that is.

    Args:
        counts: name of the part, at most 20 characters, to its number of parameters.
        marked: the parts to hatch and to add up, such as those that the lesson has built.
        marked_as: what the marked parts are called, at most 20 characters.

    Returns:
        A figure 10 inches wide; its height grows with the number of parts.

    Raises:
        ValueError: there is no part, a name is too long, a count below 1, or a marked part
            has no count.

    Example:
        >>> plot_parameter_shares({"table": 300_000, "rest": 900_000}, ["table"]).alt
        '1.2 million parameters. table: 0.3 million, 25.0%; rest: 0.9 million, 75.0%; hatched: \
marked, together 0.3 million, 25.0%.'
    """
    _require_parts(counts, marked, marked_as)
    total = sum(counts.values())
    summary = _summarise(counts, marked, marked_as)
    height = 0.7 + BAR_STEP * len(counts)
    figure, axes = canvas(10, height, _describe_shares(counts, summary))
    title = f"{_write_count(total)} parameters"
    label(axes, 0.1, height - 0.3, title, bold=True, align="left")
    if summary:
        label(axes, 9.9, height - 0.3, summary, align="right")
    for row, (name, count) in enumerate(counts.items()):
        middle = height - 0.65 - BAR_STEP * (row + 0.4)
        length = LONGEST_BAR * count / max(counts.values())
        _draw_part(axes, middle, length, name, name in marked)
        label(axes, BAR_LEFT + length + 0.12, middle, _write_share(count, total), align="left")
    return figure


def plot_ledger(
    shapes: Mapping[str, Shape], axes_names: Sequence[str] = ("rows", "positions", "numbers")
) -> TeachingFigure:
    """Draw shapes under each other, flush right, so that the same axis stands in one column.

    Args:
        shapes: name, at most 20 characters, to the sizes of its axes in the order of
            `axes_names`; None where it has no such axis.
        axes_names: what an axis counts, one to three names of at most 10 characters.

    Returns:
        A figure 10 inches wide; its height grows with the number of shapes.

    Raises:
        ValueError: there is no shape, or one that does not fit the names of the axes; a name
            is too long; a size is below 1, or their product has more than nine digits.

    Example:
        >>> plot_ledger({"batch of ids": (3, 1024, None)}).alt
        'Shapes, axis by axis. batch of ids: 3 rows × 1,024 positions = 3,072.'
    """
    _require_axes(axes_names)
    _require_shapes(shapes, len(axes_names))
    height = 0.75 + ROW_STEP * len(shapes)
    figure, axes = canvas(10, height, _describe_ledger(shapes, axes_names))
    for left, name in zip(_axis_lefts(len(axes_names)), axes_names, strict=True):
        label(axes, left + AXIS_WIDTH / 2, height - 0.3, name, bold=True)
    label(axes, 9.9, height - 0.3, "in all", bold=True, align="right")
    for row, (name, shape) in enumerate(shapes.items()):
        middle = height - 0.65 - ROW_STEP * (row + 0.5)
        _draw_shape(axes, middle, name, shape)
    return figure


def _draw_part(axes: Axes, middle: float, length: float, name: str, marked: bool) -> None:
    look = (
        {"color": PALE_ORANGE, "edgecolor": ORANGE, "lw": 2.4, "hatch": "//"}
        if marked
        else {"color": PALE_GREY, "edgecolor": GREY, "lw": 1.2}
    )
    axes.barh(middle, length, BAR_HEIGHT, BAR_LEFT, **look)
    label(axes, BAR_LEFT - 0.12, middle, name, bold=marked, align="right")


def _draw_shape(axes: Axes, middle: float, name: str, shape: Shape) -> None:
    label(axes, 0.1, middle, name, bold=True, align="left")
    lefts = _axis_lefts(len(shape))
    sizes = [(left, size) for left, size in zip(lefts, shape, strict=True) if size is not None]
    looks = dict(zip(reversed(lefts), AXIS_LOOKS, strict=False))
    bottom = middle - ROW_HEIGHT / 2
    for place, (left, size) in enumerate(sizes):
        fill, edge = looks[left]
        box(axes, left, bottom, AXIS_WIDTH, ROW_HEIGHT, f"{size:,}", fill=fill, edge=edge)
        if place > 0:
            label(axes, left - (AXIS_STEP - AXIS_WIDTH) / 2, middle, "×")
    label(axes, 9.9, middle, f"{_count_all(shape):,}", align="right")
    axes.plot((0.1, 9.9), (bottom - 0.09,) * 2, color=PALE_GREY, lw=1)


def _axis_lefts(n_axes: int) -> list[float]:
    return [LAST_LEFT - AXIS_STEP * (n_axes - 1 - axis) for axis in range(n_axes)]


def _count_all(shape: Shape) -> int:
    return prod(size for size in shape if size is not None)


def _write_count(count: int) -> str:
    """Write a large number in millions, a small one in full."""
    return f"{count / 1e6:.1f} million" if count >= 100_000 else f"{count:,}"


def _write_share(count: int, total: int) -> str:
    percent = f"{count / total:.1%}"
    return f"{_write_count(count)}, {'under 0.1%' if percent == '0.0%' else percent}"


def _summarise(counts: Mapping[str, int], marked: Sequence[str], marked_as: str) -> str:
    if not marked:
        return ""
    together = sum(counts[name] for name in marked)
    return f"hatched: {marked_as}, together {_write_share(together, sum(counts.values()))}"


def _describe_shares(counts: Mapping[str, int], summary: str) -> str:
    total = sum(counts.values())
    parts = [f"{name}: {_write_share(count, total)}" for name, count in counts.items()]
    if summary:
        parts.append(summary)
    return f"{_write_count(total)} parameters. {'; '.join(parts)}."


def _describe_ledger(shapes: Mapping[str, Shape], axes_names: Sequence[str]) -> str:
    sentences = []
    for name, shape in shapes.items():
        sizes = zip(shape, axes_names, strict=True)
        product = " × ".join(f"{size:,} {axis}" for size, axis in sizes if size is not None)
        sentences.append(f"{name}: {product} = {_count_all(shape):,}.")
    return " ".join(["Shapes, axis by axis.", *sentences])


def _require_parts(counts: Mapping[str, int], marked: Sequence[str], marked_as: str) -> None:
    if not counts:
        raise ValueError("expected at least one part with its count, but none came")
    _require_short_names([*counts, marked_as])
    for name, count in counts.items():
        if count < 1:
            raise ValueError(f"a count must be at least 1, but that of {name!r} is {count}")
    for name in marked:
        if name not in counts:
            raise ValueError(f"no count for {name!r}: mark one of {', '.join(counts)}")


def _require_axes(axes_names: Sequence[str]) -> None:
    if not 1 <= len(axes_names) <= 3 or any(len(name) > 10 for name in axes_names):
        raise ValueError(
            "expected one to three names of axes, of at most 10 characters each, but "
            f"{list(axes_names)} came"
        )


def _require_shapes(shapes: Mapping[str, Shape], n_axes: int) -> None:
    if not shapes:
        raise ValueError("expected at least one shape, but none came")
    _require_short_names(shapes)
    for name, shape in shapes.items():
        sizes = [size for size in shape if size is not None]
        fits = len(shape) == n_axes and sizes and min(sizes) >= 1
        if not fits or _count_all(shape) > LARGEST:
            raise ValueError(
                f"{name}: expected {n_axes} sizes from 1 up, {LARGEST:,} at most when multiplied, "
                f"None for a missing axis but not for all, but {tuple(shape)} came"
            )


def _require_short_names(names: Iterable[str]) -> None:
    for name in names:
        if len(name) > LONGEST_NAME:
            raise ValueError(
                f"a name may have {LONGEST_NAME} characters, but {name!r} has {len(name)}"
            )
