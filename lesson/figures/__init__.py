"""Every figure of the series: `plot_...` takes data and returns a matplotlib Figure."""

from lesson.figures.counts import plot_cuts, plot_growth, plot_ranks
from lesson.figures.curves import plot_losses
from lesson.figures.glyphs import plot_glyphs
from lesson.figures.order import plot_word_order
from lesson.figures.pipeline import plot_pipeline
from lesson.figures.planes import plot_groups, plot_plane
from lesson.figures.positions import plot_position_tables, plot_turns
from lesson.figures.shares import plot_ledger, plot_parameter_shares
from lesson.figures.subwords import plot_merges, plot_pieces, plot_text_lengths
from lesson.figures.sums import plot_broadcast, plot_sum
from lesson.figures.tables import plot_gradient, plot_lookup
from lesson.figures.target_counts import plot_target_counts
from lesson.figures.tokens import plot_split
from lesson.figures.viewer import view_ids, view_tokens
from lesson.figures.vocabulary import plot_vocabulary_lookup
from lesson.figures.windows import plot_contexts, plot_windows

__all__ = [
    "plot_broadcast",
    "plot_contexts",
    "plot_cuts",
    "plot_glyphs",
    "plot_gradient",
    "plot_groups",
    "plot_growth",
    "plot_ledger",
    "plot_lookup",
    "plot_losses",
    "plot_merges",
    "plot_parameter_shares",
    "plot_pieces",
    "plot_pipeline",
    "plot_plane",
    "plot_position_tables",
    "plot_ranks",
    "plot_split",
    "plot_sum",
    "plot_target_counts",
    "plot_text_lengths",
    "plot_turns",
    "plot_vocabulary_lookup",
    "plot_windows",
    "plot_word_order",
    "view_ids",
    "view_tokens",
]
