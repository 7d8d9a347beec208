"""Training as a curve: the loss against the step."""

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes

from lesson.figures.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    MEDIUM,
    ORANGE,
    SMALL,
    TeachingFigure,
    chart,
)

# Each curve has its own dashes as well as its colour.
STROKES = ((BLUE, "-"), (ORANGE, (0, (5, 1.5))), (GREEN, (0, (1.5, 1))))


def plot_losses(
    losses: Mapping[str, Sequence[float]], levels: Mapping[str, float] | None = None
) -> TeachingFigure:
    """Draw how the loss falls while models are trained, and lines to compare it with.

    Args:
        losses: name of the model to its loss at each step; at most 3 models, all of them
            trained for as many steps.
        levels: name of a line across the chart to its height.

    Returns:
        A figure of 10 x 4.6 inches.

    Raises:
        ValueError: there is no model or more than 3, one has fewer than two losses, or the
            models differ in the number of steps.

    Example:
        >>> plot_losses({"small": [6.0, 2.5]}, {"blind": 6}).alt
        'The loss over 2 steps. small: from 6.00 to 2.50. Lines to compare with: blind, 6.00.'
    """
    levels = levels or {}
    _check_losses(losses)
    n_steps = len(next(iter(losses.values())))
    alt = _describe_losses(losses, levels, n_steps)
    figure, axes = chart(10, 4.6, alt, "training step", "loss")
    figure.get_layout_engine().set(w_pad=0.1)
    for (name, curve), (color, dashes) in zip(losses.items(), STROKES, strict=False):
        axes.plot(range(1, n_steps + 1), curve, color=color, ls=dashes, lw=3)
        _note(axes, f"{name}: {curve[-1]:.2f}", (n_steps, curve[-1]), (8, 0), "left", color)
    for name, height in levels.items():
        axes.plot((1, n_steps), (height, height), color=GREY, ls=":", lw=1.8)
        _note(axes, f"{name}: {height:.2f}", (n_steps, height), (0, -10), "right", INK)
    heights = [height for curve in losses.values() for height in curve] + list(levels.values())
    axes.set(xlim=(-0.02 * n_steps, 1.02 * n_steps), ylim=(0, 1.08 * max(heights)))
    return figure


def _note(
    axes: Axes,
    text: str,
    point: tuple[float, float],
    offset: tuple[float, float],
    align: str,
    ink: str,
) -> None:
    """Write beside a point; the offset is in typographic points."""
    axes.annotate(
        text,
        point,
        offset,
        textcoords="offset points",
        ha=align,
        va="center",
        fontsize=MEDIUM if align == "left" else SMALL,
        fontweight="bold" if align == "left" else "normal",
        color=ink,
        annotation_clip=False,
    )


def _describe_losses(
    losses: Mapping[str, Sequence[float]], levels: Mapping[str, float], n_steps: int
) -> str:
    curves = "; ".join(
        f"{name}: from {curve[0]:.2f} to {curve[-1]:.2f}" for name, curve in losses.items()
    )
    lines = "; ".join(f"{name}, {height:.2f}" for name, height in levels.items())
    start = f"The loss over {n_steps} steps. {curves}."
    return f"{start} Lines to compare with: {lines}." if lines else start


def _check_losses(losses: Mapping[str, Sequence[float]]) -> None:
    lengths = {name: len(curve) for name, curve in losses.items()}
    if not 1 <= len(losses) <= len(STROKES):
        raise ValueError(f"expected 1 to {len(STROKES)} models, but {len(losses)} came")
    if min(lengths.values()) < 2 or len(set(lengths.values())) != 1:
        raise ValueError(
            f"expected two or more losses a model, as many for each, but {lengths} came"
        )
