import io
from itertools import product

import pytest
from matplotlib import colormaps
from matplotlib.colors import to_rgb
from PIL import Image

from lesson.figures import palette, shapes, style
from lesson.figures.n06_position_embedding import SHADES

TINTS = [name for name in vars(palette) if name.startswith("PALE_")] + ["PAPER"]
STRONG = ["BLUE", "ORANGE", "GREEN", "PURPLE"]


def luminance(color):
    """Relative luminance after WCAG 2.1."""
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted([luminance(one), luminance(other)], reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_figure_contrast_by_hand():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_figure_text_can_be_read_on_every_tint():
    for ink, ground in [*product(["INK", "GREY", *STRONG], TINTS), *product(["PAPER"], STRONG)]:
        assert contrast(getattr(palette, ink), getattr(palette, ground)) >= 4.5, (ink, ground)


def test_figure_shades_grow_from_paper_to_ink_and_so_may_be_turned_in_the_dark():
    shades = [luminance(colormaps[SHADES](value)[:3]) for value in range(256)]
    assert shades == sorted(shades, reverse=True)
    assert shades[0] > 0.9
    assert shades[-1] < 0.1


def shown(figure):
    data, metadata = figure._repr_mimebundle_()
    return data, metadata["image/png"]


def test_figure_shows_itself_with_its_description():
    figure, axes = style.canvas(10, 2, "Two boxes.")
    shapes.box(axes, 1, 1, 2, 0.5, "one $ two $ three")
    data, metadata = shown(figure)
    assert data["text/plain"] == metadata["alt"] == "Two boxes."
    image = Image.open(io.BytesIO(data["image/png"]))
    assert image.size == (10 * style.DPI, 2 * style.DPI)
    assert metadata["width"] == 10 * style.SHOWN_DPI


def test_same_figure_gives_the_same_bytes():
    def draw():
        figure, axes = style.chart(5, 3, "A line.", "x", "y")
        axes.plot([0, 1], [0, 1], color=palette.BLUE)
        return shown(figure)[0]["image/png"]

    assert draw() == draw()
