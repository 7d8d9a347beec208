"""Every figure of the series: plot_... takes data and returns a matplotlib Figure."""

from helpers.figures.pipeline import plot_pipeline
from helpers.figures.tokens import plot_split

__all__ = ["plot_pipeline", "plot_split"]
