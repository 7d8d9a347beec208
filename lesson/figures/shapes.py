"""What stands in a picture: boxes, labels, notes beside a point, arrows."""

from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, Rectangle

from lesson.figures.palette import (
    BLUE,
    GREEN,
    GREY,
    INK,
    MEDIUM,
    ORANGE,
    PALE_BLUE,
    PALE_GREEN,
    PALE_GREY,
    PALE_ORANGE,
    PALE_PURPLE,
    PAPER,
    PURPLE,
)
from lesson.figures.style import Point


class Look(NamedTuple):
    """How a box is drawn; borders and letters tell the kinds apart without colour."""

    fill: str = PAPER
    edge: str = GREY
    line_width: float = 1.2
    ink: str = INK
    bold: bool = False
    dashed: bool = False


PLAIN, FADED = Look(), Look(ink=GREY)
BLUE_BOX, ORANGE_BOX = Look(PALE_BLUE, BLUE), Look(PALE_ORANGE, ORANGE)
GREEN_BOX, PURPLE_BOX = Look(PALE_GREEN, GREEN), Look(PALE_PURPLE, PURPLE)
GREY_BOX = Look(PALE_GREY, GREY)


def box(
    axes: Axes,
    left: float,
    bottom: float,
    width: float,
    height: float,
    text: str = "",
    look: Look = PLAIN,
    **font,
) -> None:
    """Draw a rectangle with a text in its middle; lengths in the axes' units."""
    style = {"facecolor": look.fill, "edgecolor": look.edge, "lw": look.line_width}
    axes.add_patch(Rectangle((left, bottom), width, height, **style))
    font |= {"ink": look.ink, "bold": look.bold}
    label(axes, left + width / 2, bottom + height / 2, text, **font)


def label(
    axes: Axes, x: float, y: float, text: str, *, align: str = "center", upright=False, **font
) -> None:
    """Write a text at a point; the font has an `ink` and a `size`, may be `bold` and `mono`."""
    axes.text(x, y, text, ha=align, rotation=90 if upright else 0, **_set_font(**font))


def note(
    axes: Axes, text: str, point: Point, offset: Point, *, align="left", led=False, **font
) -> None:
    """Write beside a point of a chart; the offset is in typographic points.

    With `led`, a thin line leads from the text to its point.
    """
    line = {"arrowstyle": "-", "color": GREY} if led else None
    style = {"textcoords": "offset points", "annotation_clip": False, "ha": align}
    axes.annotate(text, point, offset, arrowprops=line, **style, **_set_font(**font))


def _set_font(ink: str = INK, size: float = MEDIUM, bold=False, mono=False) -> dict:
    return {
        "color": ink,
        "fontsize": size,
        "fontweight": "bold" if bold else "normal",
        "family": "DejaVu Sans Mono" if mono else "DejaVu Sans",
        "va": "center",
        "parse_math": False,  # a dollar sign is a dollar sign
    }


def arrow(
    axes: Axes, start: Point, end: Point, color: str = GREY, *, heads="-|>", line_width=1.8
) -> None:
    """Draw a straight arrow from one point to another; `heads="<|-|>"` gives it two."""
    style = {"arrowstyle": heads, "mutation_scale": 16, "shrinkA": 0, "shrinkB": 0}
    axes.add_patch(FancyArrowPatch(start, end, color=color, lw=line_width, **style))
