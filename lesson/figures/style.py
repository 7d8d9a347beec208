"""What every picture is drawn on: the figure with its description, its axes, its words."""

import io
from collections.abc import Iterable

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from lesson.figures.palette import INK, MEDIUM, PAPER, SMALL

DPI = 150  # stored at 150 and shown at 96: sharp on a projector
SHOWN_DPI = 96

Point = tuple[float, float]


class TeachingFigure(Figure):
    """A matplotlib figure that brings its own description along.

    As the last expression of a cell it shows itself as one PNG. The description is stored
    as the image's alt text and as the output's plain text, so a page without images, and
    a comparison of outputs, still has what the figure says. Lengths are in inches; a page is
    10 wide.
    """

    def __init__(self, width: float, height: float, alt: str):
        super().__init__(figsize=(width, height), facecolor=PAPER)
        self.alt = alt

    def _repr_mimebundle_(self, include=None, exclude=None):
        shown = {"alt": self.alt, "width": round(self.get_figwidth() * SHOWN_DPI)}
        return {"image/png": self._to_png(), "text/plain": self.alt}, {"image/png": shown}

    def _to_png(self) -> bytes:
        # A palette of colours is all a drawing needs, and keeps the notebooks small. This way of
        # choosing one takes half the time of Pillow's usual one, and no colour is far off.
        pixels, png = io.BytesIO(), io.BytesIO()
        self.savefig(pixels, format="png", dpi=DPI)
        image = Image.open(pixels).convert("RGB")
        image = image.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        image.save(png, format="png")
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
    figure, (axes,) = panels(width, height, alt, 1)
    _dress(axes, x_label, y_label, MEDIUM)
    return figure, axes


def panels(width: float, height: float, alt: str, n: int) -> tuple[TeachingFigure, list[Axes]]:
    """Return a figure and the axes of n panels side by side."""
    figure = TeachingFigure(width, height, alt)
    figure.set_layout_engine("constrained")
    return figure, list(figure.subplots(1, n, squeeze=False)[0])


def dress_panel(axes: Axes, title: str, x_label: str, y_label: str) -> None:
    """Give one of several panels its title, its labels and the look of all the others."""
    axes.set_title(title, fontsize=MEDIUM, fontweight="bold", color=INK)
    _dress(axes, x_label, y_label, SMALL)


def _dress(axes: Axes, x_label: str, y_label: str, size: float) -> None:
    axes.set_xlabel(x_label, fontsize=size, color=INK)
    axes.set_ylabel(y_label, fontsize=size, color=INK)
    axes.tick_params(labelsize=SMALL, colors=INK)
    axes.spines[["top", "right"]].set_visible(False)


def write_thousands(axes: Axes) -> None:
    """Write 1,000 at the ticks, and not ten to a power."""
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.yaxis.set_major_formatter("{x:,.0f}")


def quote(texts: Iterable[str]) -> str:
    """Return the texts in quotation marks, with commas between them, for a description."""
    return ", ".join(f"“{text}”" for text in texts)


def shorten(text: str, longest: int) -> str:
    """Cut a text that is too long; an ellipsis takes the place of its last letter."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
