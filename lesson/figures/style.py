"""The look of all figures: one palette, one type size, boxes on a canvas in inches."""

import io

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle
from PIL import Image

# Ink on paper, and on each tint, has a contrast of at least 4.5:1 (WCAG 2.1, level AA).
# Hues after Okabe and Ito, which the colour-blind can tell apart; a test checks the contrast.
INK = "#1a1a1a"
GREY = "#595959"
PAPER = "#ffffff"
BLUE = "#005a8e"
ORANGE = "#a84300"
GREEN = "#00664b"
PURPLE = "#7a3b69"
PALE_GREY = "#ececec"
PALE_BLUE = "#d3e9f8"
PALE_ORANGE = "#fde3cf"
PALE_GREEN = "#d2f0e4"
PALE_PURPLE = "#f3dcea"

BIG = 17
MEDIUM = 14
SMALL = 12

DPI = 150  # stored at 150 and shown at 96: sharp on a projector
SHOWN_DPI = 96


class TeachingFigure(Figure):
    """A matplotlib figure that brings its own description along.

    As the last expression of a cell it shows itself as one PNG. The description is stored
    as the image's alt text and as the output's plain text, so a page without images, and
    a comparison of outputs, still has what the figure says.

    Args:
        width: inches; 10 fill a notebook's page.
        height: inches.
        alt: the description, in full sentences.
    """

    def __init__(self, width: float, height: float, alt: str):
        super().__init__(figsize=(width, height), facecolor=PAPER)
        self.alt = alt

    def _repr_mimebundle_(self, include=None, exclude=None):
        shown = {"alt": self.alt, "width": round(self.get_figwidth() * SHOWN_DPI)}
        return {"image/png": self._to_png(), "text/plain": self.alt}, {"image/png": shown}

    def _to_png(self) -> bytes:
        # A palette of 64 colours is all a drawing needs, and keeps the notebooks small.
        pixels, png = io.BytesIO(), io.BytesIO()
        self.savefig(pixels, format="png", dpi=DPI)
        image = Image.open(pixels).convert("RGB").quantize(64, dither=Image.Dither.NONE)
        image.save(png, format="png", optimize=True)
        return png.getvalue()


def canvas(width: float, height: float, alt: str) -> tuple[TeachingFigure, Axes]:
    """Return a figure and bare axes over all of it, measured in inches from the lower left."""
    figure = TeachingFigure(width, height, alt)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(0, height))
    axes.axis("off")
    return figure, axes


def chart(
    width: float, height: float, alt: str, x_label: str, y_label: str
) -> tuple[TeachingFigure, Axes]:
    """Return a figure and axes for a plot of numbers: labelled, no frame at top and right."""
    figure = TeachingFigure(width, height, alt)
    figure.set_layout_engine("constrained")
    axes = figure.add_subplot()
    axes.set_xlabel(x_label, fontsize=MEDIUM, color=INK)
    axes.set_ylabel(y_label, fontsize=MEDIUM, color=INK)
    axes.tick_params(labelsize=SMALL, colors=INK)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def box(
    axes: Axes,
    left: float,
    bottom: float,
    width: float,
    height: float,
    text: str = "",
    *,
    fill: str = PAPER,
    edge: str = GREY,
    ink: str = INK,
    size: float = MEDIUM,
    bold: bool = False,
    line_width: float = 1.2,
    mono: bool = False,
) -> None:
    """Draw a rectangle with a text in its middle; lengths in the axes' units."""
    axes.add_patch(
        Rectangle((left, bottom), width, height, facecolor=fill, edgecolor=edge, lw=line_width)
    )
    label(
        axes, left + width / 2, bottom + height / 2, text, ink=ink, size=size, bold=bold, mono=mono
    )


def label(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    *,
    ink: str = INK,
    size: float = MEDIUM,
    bold: bool = False,
    mono: bool = False,
    align: str = "center",
) -> None:
    """Write a text at a point; a dollar sign is a dollar sign, not mathematics."""
    axes.text(
        x,
        y,
        text,
        color=ink,
        fontsize=size,
        fontweight="bold" if bold else "normal",
        family="DejaVu Sans Mono" if mono else "DejaVu Sans",
        ha=align,
        va="center",
        parse_math=False,
    )


def arrow(
    axes: Axes, start: tuple[float, float], end: tuple[float, float], color: str = GREY
) -> None:
    """Draw a straight arrow from one point to another."""
    axes.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>",
            mutation_scale=16,
            lw=1.8,
            color=color,
            shrinkA=0,
            shrinkB=0,
        )
    )
