"""Checks of notebook 04 and its further notebooks: windows that slide over a row of ids."""

from typing import Any

from helpers.data import load_text
from helpers.tokenizer import SimpleTokenizerV1, build_vocab
from lesson.exercises.feedback import Feedback, check_function, check_value
from lesson.exercises.progress import remember


@remember
def check_next_id(answer: Any) -> Feedback:
    """Right: the id that follows [22502, 896, 11] in the story."""
    return check_value(
        answer,
        290,
        form="one id, a whole number",
        praise="After the comma, 11, the story goes on with 290, “ and”.",
        slips={
            "11 is the last id of the context: the model sees it. What stands after it?": 11,
            "That is two steps on. The model must name the very next id.": 511,
        },
        otherwise="Find 22502, 896, 11 among the first 15 ids. Which id stands after the 11?",
    )


@remember
def check_questions_in_window(answer: Any) -> Feedback:
    """Right: how many questions a window of 9 ids holds."""
    return check_value(
        answer,
        8,
        form="a whole number",
        praise="8: every id but the first is asked for once.",
        slips={
            "A window of 9 ids has an input of 8. Nothing stands before its first id, so the "
            "model cannot be asked for it.": 9,
            "A window has one id more than its input, not one less.": 10,
            "One more. Our window of 6 ids holds 5 questions.": 7,
        },
        otherwise="Our window of 6 ids holds 5 questions. And a window of 9?",
    )


@remember
def check_last_position(answer: Any) -> Feedback:
    """Right: where the target of row 2 ends, with a context_size of 4 and a stride of 3."""
    return check_value(
        answer,
        10,
        form="a position, a whole number",
        praise="Row 2 starts at 6; its input has the positions 6 to 9, its target 7 to 10.",
        slips={
            "There the input ends. The target is shifted by one.": 9,
            "That is one too many. Row 2 starts at 6, and its target has four positions: 7, "
            "8 and so on.": 11,
            "That is row 1. Rows are counted from 0, so row 2 is the third one.": 7,
            "With a stride of 3, row 2 starts at position 6, not at 8.": 12,
        },
        otherwise="Row 0 starts at 0, row 1 at 3. Where does row 2 start? From there, write "
        "down the four positions of its input, and then those of its target.",
    )


@remember
def check_guesses(answer: Any) -> Feedback:
    """Right: how many next tokens a model guesses in a batch of 8 rows and 16 columns."""
    return check_value(
        answer,
        8 * 16,
        form="a whole number",
        praise="8 rows, and in each of them 16 questions.",
        slips={
            "These are the rows. How many questions does each row hold?": 8,
            "That is one row. The batch has 8 of them.": 16,
            "The rows count for themselves: 16 in each of 8 rows.": 24,
            "The columns are those of the input: 16 ids, with a target of 16 ids. The one id "
            "more is in the window already.": lambda count: count in (8 * 15, 8 * 17),
        },
        otherwise="Our batch of 3 rows and 5 columns has 15 guesses, one for each id in targets.",
    )


@remember
def check_window_count(answer: Any) -> Feedback:
    """Right: how many windows 96 ids give, with a context_size and a stride of 8."""
    return check_value(
        answer,
        len(cut_windows(list(range(96)), context_size=8, stride=8)),
        form="a whole number",
        praise="The starts are 0, 8, ..., 80. A twelfth window would lack its last id.",
        slips={
            "96 / 8 is 12, but a window needs one id more than its input. Are there 9 ids from "
            "position 88 on?": 12,
            "Nearly. The starts are 0, 8, 16 and so on. Is there room for 9 ids from position "
            "80 on?": 10,
            "That many starts have room, if you take each of them. With a stride of 8, you "
            "take every eighth.": 88,
            "A window has 9 ids, not 8; and with a stride of 8 you take every eighth start.": 89,
        },
        otherwise="Write down the starts, 0, 8, 16, ..., and stop when fewer than 9 ids are left.",
    )


@remember
def check_window_pairs(answer: Any) -> Feedback:
    """Right: a function that cuts ids into pairs (input, target), one for each whole window."""
    return check_function(
        answer,
        cut_windows,
        [
            (list(range(10)), 4, 3),
            (list(range(20, 40)), 5, 2),
            (list(range(20, 33)), 4, 4),
            (list(range(20, 40)), 3, 5),
            (list(range(20, 26)), 5, 1),
            (encode_story(), 5, 2),
            (encode_story(), 8, 8),
        ],
        praise="With overlap, edge to edge, with gaps, a single window, and the whole story.",
        slips={
            "Your targets are shifted by the stride, not by 1.": lambda ids, size, stride: cut_at(
                ids, size, starts(ids, size, stride), stride
            ),
            "Stop earlier: the last of your windows are not whole.": lambda ids, size, stride: [
                (ids[i : i + size + 1][:-1], ids[i + 1 : i + size + 1])
                for i in range(0, len(ids), stride)
            ],
            "Stop earlier: your last window lacks its last id.": lambda ids, size, stride: [
                (ids[i : i + size + 1][:-1], ids[i + 1 : i + size + 1])
                for i in range(0, len(ids) - size + 1, stride)
            ],
            "A window has context_size + 1 ids; yours have one less.": lambda ids, size, stride: (
                cut_at(ids, size - 1, starts(ids, size, stride))
            ),
            "All inputs, then all targets: pair them by window.": lambda ids, size, stride: zip(
                *cut_windows(ids, size, stride), strict=True
            ),
        },
    )


@remember
def check_each_id_once(answer: Any) -> Feedback:
    """Right: a function that cuts windows so that each id but the first is a target once."""

    def cut_edge_to_edge(token_ids, context_size):
        return cut_windows(token_ids, context_size, context_size)

    return check_function(
        answer,
        cut_edge_to_edge,
        [(list(range(13)), 4), (list(range(20, 34)), 4), (list(range(9)), 1), (encode_story(), 8)],
        praise="Three windows, and their targets stand edge to edge.",
        slips={
            "Your windows still move on by context_size + 1. Which stride puts the *targets* "
            "edge to edge?": lambda ids, size: cut_windows(ids, size, size + 1),
            "Your windows overlap: an id stands in more than one target.": lambda ids, size: (
                cut_windows(ids, size, 1)
            ),
            "You have shortened the windows; they were right. It is the stride that is "
            "wrong.": lambda ids, size: cut_at(ids, size - 1, starts(ids, size, size)),
        },
    )


@remember
def check_batch_to_questions(answer: Any) -> Feedback:
    """Right: a function that lists all pairs of context and next id of a batch."""

    def list_exercises(inputs, targets):
        return list_each(inputs, targets, lambda row, i: row[: i + 1])

    def batch(n_rows, context_size, stride):
        pairs = cut_windows(encode_story(), context_size, stride)[:n_rows]
        return [row for row, _ in pairs], [row for _, row in pairs]

    small = ([[1, 2], [3, 4]], [[2, 3], [4, 5]])
    return check_function(
        answer,
        list_exercises,
        [small, ([[7]], [[8]]), batch(3, 5, 2), batch(4, 8, 8), batch(1, 16, 1)],
        praise="Each row gives as many questions as it has columns.",
        slips={
            "Your contexts are one id too short: the id that stands above the next id is part "
            "of the context.": lambda inputs, targets: list_each(
                inputs, targets, lambda row, i: row[:i]
            ),
            "Your contexts are always the whole input. It should grow from one id on: else the "
            "model sees the answers.": lambda inputs, targets: list_each(
                inputs, targets, lambda row, i: row
            ),
            "Your contexts have only one id each. They should hold all that stands before the "
            "next id.": lambda inputs, targets: list_each(
                inputs, targets, lambda row, i: [row[i]]
            ),
            "The questions of the first row only: go through all of them.": lambda *batch: (
                list_exercises(*(rows[:1] for rows in batch))
            ),
        },
    )


@remember
def check_left_out(answer: Any) -> Feedback:
    """Right: how many windows of 90 ids, cut every 9, are in no batch of 4."""
    return check_value(
        answer,
        len(cut_windows(list(range(90)), context_size=9, stride=9)) % 4,
        form="a whole number",
        praise="9 windows; two batches take 8 of them.",
        slips={
            "90 / 9 is 10, but is there room for a tenth window, which has 10 ids?": 2,
            "So many windows are in a batch. How many are in none?": 8,
            "So many windows are there. How many of them do full batches of 4 take?": 9,
        },
        otherwise="First count the windows, each of 10 ids. Then put them into groups of 4.",
    )


@remember
def check_fewest_ids(answer: Any) -> Feedback:
    """Right: a function that says how many ids a number of windows needs at least."""

    def count_ids(n_windows, context_size, stride):
        return context_size + 1 + (n_windows - 1) * stride

    return check_function(
        answer,
        count_ids,
        [(1, 5, 2), (771, 5, 2), (3, 4, 4), (2, 1, 7), (10, 1024, 1024)],
        praise="The first window takes context_size + 1 ids, each further one stride more.",
        slips={
            "One id less than is needed: a window has context_size + 1 ids.": lambda *case: (
                count_ids(*case) - 1
            ),
            "One window too many: the first needs no step.": lambda n, size, stride: count_ids(
                n + 1, size, stride
            ),
            "Is this the least? A text may end right after its last window.": lambda n, size, s: (
                count_ids(n + 1, size, s) - 1
            ),
        },
    )


def encode_story() -> list[int]:
    """Return the ids of the whole words of the story, for the checks to cut."""
    story = load_text()
    return SimpleTokenizerV1(build_vocab(story)).encode(story)


def list_each(inputs: list, targets: list, see) -> list[tuple]:
    """List what `see(row, i)` shows of each input row, with the id it must lead to."""
    rows = zip(inputs, targets, strict=True)
    return [(see(row, i), target[i]) for row, target in rows for i in range(len(row))]


def cut_windows(token_ids: list[int], context_size: int, stride: int) -> list[tuple]:
    """Cut ids into pairs of input and target."""
    return cut_at(token_ids, context_size, starts(token_ids, context_size, stride))


def starts(token_ids: list[int], context_size: int, stride: int) -> range:
    """Say where the whole windows start."""
    return range(0, len(token_ids) - context_size, stride)


def cut_at(token_ids: list[int], size: int, starts: range, shift: int = 1) -> list[tuple]:
    """Cut an input at each start, and its target `shift` further on."""
    return [(token_ids[i : i + size], token_ids[i + shift : i + shift + size]) for i in starts]


@remember
def check_mask_targets(answer: Any) -> Feedback:
    """Right: a function that gives the targets of padded rows, with -100 in the empty places."""
    return check_function(
        answer,
        mask_targets,
        [
            ([[5, 6, 7], [8, 9]],),
            ([[1, 2]],),
            ([[1, 2, 3], [4, 5, 6]],),
            ([[9], [1, 2, 3, 4], [0, 0]],),
        ],
        praise="PyTorch's loss leaves these places out.",
        slips={
            "Those are the inputs. A target begins with the second id.": lambda rows: [
                [*row, *[-100] * (max(map(len, rows)) - len(row))] for row in rows
            ],
            "0 is the id of a token. Empty targets are -100.": lambda rows: [
                [0 if each == -100 else each for each in row] for row in mask_targets(rows)
            ],
        },
    )


@remember
def check_file_size(answer: Any) -> Feedback:
    """Right: the bytes of a token file of a million ids from three times GPT-2's vocabulary."""
    return check_value(
        answer,
        4_000_000,
        form="a whole number",
        praise="Two bytes are too few for such a vocabulary, so each id takes four.",
        slips={
            "Two bytes tell 65,536 ids apart. Are those enough for so many?": 2_000_000,
            "An id takes two bytes or four; it does not grow with the vocabulary.": 6_000_000,
            "Three bytes would be enough, but there is no such number type: four.": 3_000_000,
            "So torch works with them, in a batch. In the file an id takes less.": 8_000_000,
            "These are the ids. How many bytes does each take?": 1_000_000,
        },
        otherwise="First find out how many bytes one id takes; then there are a million of them.",
    )


@remember
def check_share(answer: Any) -> Feedback:
    """Right: a function that lists the windows of one process of several, dealt out in turn."""

    def share(n_windows, n_processes, rank):
        return list(range(rank, n_windows // n_processes * n_processes, n_processes))

    return check_function(
        answer,
        share,
        [(8, 3, 1), (8, 3, 0), (771, 2, 0), (771, 2, 1), (12, 4, 3), (5, 1, 0), (2, 3, 0)],
        praise="No window twice, and for all processes the same number of steps.",
        slips={
            "Your processes do not all get the same number of windows: what is left at the end "
            "belongs to nobody.": lambda n, k, rank: list(range(rank, n, k)),
            "Yours are neighbours, one block a process. Deal them out in turn, like "
            "cards.": lambda n, k, rank: list(range(rank * (n // k), (rank + 1) * (n // k))),
            "Ranks are counted from 0: the first process is rank 0.": lambda n, k, rank: list(
                range(rank - 1, n // k * k, k)
            ),
        },
    )


def mask_targets(rows: list[list[int]]) -> list[list[int]]:
    """Give each row without its first id, filled up with -100 to the length of the longest."""
    longest = max(map(len, rows))
    return [[*row[1:], *[-100] * (longest - len(row))] for row in rows]
