"""Every figure of the series: `plot_...` takes data and returns a matplotlib Figure."""

from helpers.figures.counts import plot_cuts, plot_growth, plot_ranks
from helpers.figures.curves import plot_losses
from helpers.figures.glyphs import plot_glyphs
from helpers.figures.order import plot_word_order
from helpers.figures.pipeline import plot_pipeline
from helpers.figures.planes import plot_groups, plot_plane
from helpers.figures.positions import plot_position_tables, plot_turns
from helpers.figures.shares import plot_ledger, plot_parameter_shares
from helpers.figures.subwords import plot_merges, plot_pieces, plot_text_lengths
from helpers.figures.sums import plot_broadcast, plot_sum
from helpers.figures.tables import plot_gradient, plot_lookup
from helpers.figures.target_counts import plot_target_counts
from helpers.figures.tokens import plot_split
from helpers.figures.viewer import view_ids, view_tokens
from helpers.figures.vocabulary import plot_vocabulary_lookup
from helpers.figures.windows import plot_contexts, plot_windows

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
