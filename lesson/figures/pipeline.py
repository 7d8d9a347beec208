"""The map under its old name."""

from lesson.figures.road import plot_map as plot_pipeline  # noqa: F401
