"""Training byte pair encoding against the plain method and against compiled code.

The plain method takes minutes for 1 MB. So it runs whole on the story only; on the generated
texts it takes single steps, spread over the training, and its whole time is the area under
them. Each of its steps must choose our merge. `--full` runs it whole on 1 MB as well.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from benchmarks.findings import OURS, Finding, Growth, Results, cost, speed
from benchmarks.measure import PeersDifferError, Timings, Way, race, require_same, time_once
from benchmarks.peers import hugging_face, minbpe_style
from benchmarks.texts import Scale, make_text, name_size
from helpers import bpe
from helpers.data import load_text

PLAIN, SAMPLED = "minbpe-style", "minbpe-style, from its sampled steps"
ONE_THREAD, AS_IT_COMES = "tokenizers, one thread", "tokenizers"
SAMPLES = 12  # steps of the plain method
SAMPLED_ROUNDS = 3

Merges = list[tuple[bytes, bytes]]


def run(scale: Scale) -> Results:
    """Compare and time all; the goals are for the text of middle size."""
    small, middle, _ = scale.sizes
    few, many = (40, 60) if scale.quick else (744, 4744)
    story = load_text()[: scale.sizes[-1]]
    require_greedy(_train_compiled(story, few), story)
    whole = race(_whole_ways(story, few), scale.rounds)
    sampled = {size: _sample_plain(size, few, scale) for size in (small, middle)}
    compiled = {size: _race_compiled(size, few, scale) for size in scale.sizes}
    findings = [
        speed(_name(few, "the story"), whole, PLAIN),
        speed(_name(few, name_size(small)), sampled[small], SAMPLED),
        speed(_name(few, name_size(middle)), sampled[middle], SAMPLED, at_least=500),
        *([_measure_full(middle, few)] if scale.full else []),
        speed(_name(many, name_size(middle)), _sample_plain(middle, many, scale), SAMPLED),
        *_against_compiled(_name(few, name_size(middle)), compiled[middle]),
        *_against_compiled(_name(many, name_size(middle)), _race_compiled(middle, many, scale)),
    ]
    return Results("Training", findings, _growth(few, sampled, compiled))


def require_greedy(merges: Merges, text: str) -> None:
    """Check that each merge joins a pair that occurs as often as any.

    That is all that two right trainers share which choose differently among equal counts.

    Args:
        merges: what a trainer learnt.
        text: from this text.

    Raises:
        PeersDifferError: a merge joins a pair that occurs less often than another.
    """
    counted = Counter(bpe.split_words(text))
    words = {word: [bytes([byte]) for byte in word.encode()] for word in counted}
    for number, pair in enumerate(merges):
        counts = Counter()
        for word, tokens in words.items():
            for each in pairwise(tokens):
                counts[each] += counted[word]
        if counts[pair] != max(counts.values()):
            raise PeersDifferError(
                f"{AS_IT_COMES!r} and {OURS!r} differ: merge {number} of the first joins {pair}, "
                f"which occurs {counts[pair]} times, where the most frequent pair occurs "
                f"{max(counts.values())} times"
            )
        words = {word: minbpe_style.merge(t, pair, b"".join(pair)) for word, t in words.items()}


def sampled_steps(n_merges: int) -> list[int]:
    """Choose steps of a training, closer together at its beginning, where they cost most.

    Example:
        >>> sampled_steps(744)
        [0, 1, 2, 5, 10, 19, 36, 66, 122, 223, 407, 743]
    """
    powers = (n_merges ** (i / (SAMPLES - 1)) for i in range(SAMPLES))
    return sorted({round(power) - 1 for power in powers})


def time_step(text: str, merges: Merges, at: int) -> float:
    """Time one step of the plain method.

    Args:
        text: what is trained on.
        merges: what we learnt from it.
        at: how many of them come before the step.

    Returns:
        The seconds of the step.

    Raises:
        PeersDifferError: the step does not choose our next merge.
    """
    tokenizer = bpe.BytePairTokenizer(merges=merges[:at])
    words = bpe.split_words(text)
    encoded = {word: tokenizer.encode_ordinary(word) for word in set(words)}
    ids = [encoded[word].copy() for word in words]  # a list each, as in the plain training
    taken, (_, pair) = time_once(Way(PLAIN, lambda _: minbpe_style.step(ids, 256 + at)))
    chosen = tuple(tokenizer.decode_bytes([token_id]) for token_id in pair)
    require_same(OURS, merges[at], PLAIN, chosen)
    return taken


def area(steps: Sequence[int], seconds: Sequence[float]) -> float:
    """Add up the seconds of all steps, those between two sampled ones on a straight line.

    Args:
        steps: the sampled ones, from 0 to the last.
        seconds: of each.

    Returns:
        The seconds of all steps from the first to the last.

    Example:
        >>> area([0, 4], [5.0, 1.0])  # 5 + 4 + 3 + 2 + 1
        15.0
    """
    between = zip(pairwise(steps), pairwise(seconds), strict=True)
    rest = sum((end - start) * (one + other) / 2 for (start, end), (one, other) in between)
    return rest + (seconds[0] + seconds[-1]) / 2


def _name(n_merges: int, text: str) -> str:
    return f"train to {256 + n_merges:,} ids, {text}"


def _train(text: str, n_merges: int) -> Merges:
    return bpe.train_bpe(text, 256 + n_merges, special_tokens=()).merges


def _train_compiled(text: str, n_merges: int) -> Merges:
    byte_of = {glyph: byte for byte, glyph in bpe.bytes_to_glyphs().items()}
    merges = hugging_face.train(text, n_merges, parallel=True)
    return [tuple(bytes(byte_of[glyph] for glyph in token) for token in pair) for pair in merges]


def _whole_ways(text: str, n_merges: int) -> list[Way]:
    return [
        Way(OURS, lambda _: _train(text, n_merges)),
        Way(PLAIN, lambda _: minbpe_style.train(text, n_merges)),
    ]


def _race_compiled(size: int, n_merges: int, scale: Scale) -> Timings:
    """Time the trainers; that they learn equally many merges is compared here."""
    text = make_text(size)
    ways = [
        Way(OURS, lambda _: len(_train(text, n_merges))),
        Way(ONE_THREAD, lambda _: len(hugging_face.train(text, n_merges, parallel=False))),
        Way(AS_IT_COMES, lambda _: len(hugging_face.train(text, n_merges, parallel=True))),
    ]
    return race(ways, scale.rounds_on(size))


def _against_compiled(what: str, timings: Timings) -> list[Finding]:
    return [cost(what, timings, peer, at_most=1.5) for peer in (ONE_THREAD, AS_IT_COMES)]


def _sample_plain(size: int, n_merges: int, scale: Scale) -> Timings:
    """Time our training, and sampled steps of the plain one, by turns."""
    text, seconds = make_text(size), {OURS: [], SAMPLED: []}
    merges = _train(text, n_merges)
    steps = sampled_steps(len(merges))
    for _ in range(min(scale.rounds, SAMPLED_ROUNDS)):
        ours, plain = [], []
        for at in steps:
            ours.append(time_once(Way(OURS, lambda _: _train(text, n_merges)))[0])
            plain.append(time_step(text, merges, at))
        seconds[OURS].append(median(ours))
        seconds[SAMPLED].append(area(steps, plain))
    return Timings(seconds)


def _measure_full(size: int, n_merges: int) -> Finding:
    ours, plain = (time_once(way) for way in _whole_ways(make_text(size), n_merges))
    require_same(OURS, ours[1], PLAIN, plain[1])
    timings = Timings({OURS: [ours[0]], PLAIN: [plain[0]]})
    return speed(_name(n_merges, name_size(size)), timings, PLAIN, at_least=500)


def _growth(n_merges: int, sampled: dict[int, Timings], compiled: dict[int, Timings]) -> Growth:
    seconds = {
        name: {size: timings.median(name) for size, timings in compiled.items()}
        for name in (OURS, ONE_THREAD)
    }
    seconds[SAMPLED] = {size: timings.median(SAMPLED) for size, timings in sampled.items()}
    return Growth(f"train to {256 + n_merges:,} ids", seconds)
