"""Every figure of the series: plot_... takes data and returns a matplotlib Figure."""

from helpers.figures.counts import plot_cuts, plot_growth, plot_ranks
from helpers.figures.pipeline import plot_pipeline
from helpers.figures.subwords import plot_merges, plot_pieces
from helpers.figures.tables import (
    plot_broadcast,
    plot_lookup,
    plot_plane,
    plot_sum,
    plot_word_order,
)
from helpers.figures.tokens import plot_split
from helpers.figures.viewer import view_ids, view_tokens
from helpers.figures.vocabulary import plot_vocabulary_lookup
from helpers.figures.windows import plot_contexts, plot_windows

__all__ = [
    "plot_broadcast",
    "plot_contexts",
    "plot_cuts",
    "plot_growth",
    "plot_lookup",
    "plot_merges",
    "plot_pieces",
    "plot_pipeline",
    "plot_plane",
    "plot_ranks",
    "plot_split",
    "plot_sum",
    "plot_vocabulary_lookup",
    "plot_windows",
    "plot_word_order",
    "view_ids",
    "view_tokens",
]
