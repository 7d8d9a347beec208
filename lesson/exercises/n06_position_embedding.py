"""Checks of the exercises in notebook 06: a vector for each position."""

from collections.abc import Sequence
from math import cos, sin
from typing import Any

import torch

from lesson.exercises.feedback import Feedback, check_function, check_value, plain
from lesson.exercises.progress import remember

TABLE = torch.arange(16.0).reshape(8, 2)  # row 3 is 6, 7


@remember
def check_bags(answer: Any) -> Feedback:
    """Right: three of the four sentences are one bag, so there are 2."""
    return check_value(
        answer,
        2,
        form="a whole number",
        praise="Three of the sentences fill the same bag. The fourth has fish twice and no you.",
        slips={
            "Four sentences, but a bag has no order: which of them have the same words?": 4,
            "The last sentence has other words than the first three: is it the same bag?": 1,
            "A bag holds three vectors. How many different bags are there?": 3,
        },
        otherwise="Sort the words of each sentence, and count how many different ones are left.",
    )


@remember
def check_table_rows(answer: Any) -> Feedback:
    """Right: the rows of the token table and of the position table, (50, 8)."""
    return check_value(
        answer,
        (50, 8),
        form="two numbers, (rows of the token table, rows of the position table)",
        praise="A row for each id, and a row for each place in the input.",
        slips={
            "The other way round: the first is the table that the ids look up.": (8, 50),
            "There are 50 ids, but an input has fewer places than that.": (50, 50),
            "7 is the last position. Counted from 0, how many are there?": (50, 7),
            "16 is the number of columns, in both tables.": lambda rows: 16 in rows,
        },
        otherwise="Give two numbers: how many ids there are, and how many places in an input.",
    )


@remember
def check_rows(answer: Any) -> Feedback:
    """Right: the positions of the four ids, [0, 1, 2, 3]."""
    return check_value(
        answer,
        [0, 1, 2, 3],
        form="a list of whole numbers",
        praise="The first four rows, whatever the ids are.",
        slips={
            "These are the ids, the rows of the token table. Here only the places count.": [
                4,
                2,
                4,
                0,
            ],
            "Positions are counted from 0.": [1, 2, 3, 4],
            "The id 4 is there twice, at two positions: each has a row.": [0, 1, 0, 3],
            "Four ids, so four positions: equal ids share none.": [0, 1, 2],
        },
        otherwise="Give the place of each of the four ids, counted from 0.",
    )


@remember
def check_unmoved(answer: Any) -> Feedback:
    """Right: the words that stand at the same place in both sentences, in any order."""
    return check_value(
        _sort_words(answer),
        ["now", "sees"],
        form="a list of strings",
        praise="They have not moved: the same two vectors are added in both sentences.",
        slips={
            "These are the two that have changed places.": ["fox", "hen"],
            "That would be so without the position vectors.": ["fox", "hen", "now", "sees"],
            "One more word has not moved: it is missing.": (
                lambda words: words in (["now"], ["sees"])
            ),
        },
        otherwise="Find the words that stand at the same position in both sentences.",
    )


@remember
def check_far_token(answer: Any) -> Feedback:
    """Right: the row of token 21 in inputs of 8 tokens, 5."""
    return check_value(
        answer,
        5,
        form="a whole number",
        praise="Its input begins at token 16, and positions are counted from there.",
        slips={
            "21 is its place in the text. At which token does its input begin?": 21,
            "Positions are counted from 0, also in the third input.": 6,
            "That is the input that the token is in. Where in this input does it stand?": 2,
            "Tokens and positions are both counted from 0: the first input has the tokens 0 to "
            "7.": 4,
        },
        otherwise="The inputs begin at the tokens 0, 8 and so on. Which one holds token 21?",
    )


@remember
def check_positions(answer: Any) -> Feedback:
    """Right: a function that numbers tokens from 0, equal ones too."""
    return check_function(
        answer,
        find_positions,
        [
            (["you", "eat", "fish"],),
            (["fish", "eat", "fish"],),
            ([" very", " very", " very", " good"],),
            (["fish"],),
            ([],),
        ],
        praise="Every token gets its own position, equal ones too.",
        slips={
            "A token that was there before still gets its first position.": lambda tokens: [
                tokens.index(token) for token in tokens
            ],
            "Positions are counted from 0.": lambda tokens: list(range(1, len(tokens) + 1)),
            "Equal tokens have a position each: a set keeps only one of them.": lambda tokens: (
                list(range(len(set(tokens))))
            ),
        },
    )


@remember
def check_later_positions(answer: Any) -> Feedback:
    """Right: a function that looks up the rows start to start + n_tokens - 1."""
    return check_function(
        answer,
        look_up_later,
        [(TABLE, start, n_tokens) for start, n_tokens in ((3, 2), (0, 4), (5, 1), (6, 2), (2, 5))],
        praise="The positions go on where the text stopped.",
        slips={
            "The positions begin at 0 again. They should begin at start.": (
                lambda table, start, n_tokens: table[:n_tokens]
            ),
            "The second number of arange is the end, and not how many.": (
                lambda table, start, n_tokens: table[torch.arange(start, n_tokens)]
            ),
            "One row too many: arange leaves the end out.": lambda table, start, n_tokens: table[
                torch.arange(start, start + n_tokens + 1)
            ],
            "These are the positions. Which rows of the table belong to them?": (
                lambda table, start, n_tokens: torch.arange(start, start + n_tokens)
            ),
            "One row too late: the first new token is at position start.": (
                lambda table, start, n_tokens: table[start + 1 : start + n_tokens + 1]
            ),
        },
    )


@remember
def check_pack(answer: Any) -> Feedback:
    """Right: a function that gives the sorted ids, or the sorted pairs (position, id)."""
    texts = ([2, 0, 1], [1, 0, 2], [5, 3, 5, 3], [7], [])
    return check_function(
        answer,
        pack,
        [(token_ids, placed) for token_ids in texts for placed in (False, True)],
        praise="Without positions, order is lost; with them, the bag keeps it.",
        slips={
            "With positions it is right. Without them the ids must be sorted.": (
                lambda token_ids, placed: pack(token_ids, True) if placed else token_ids
            ),
            "The pairs are (position, id), in this order.": lambda token_ids, placed: sorted(
                (token_id, place) if placed else token_id
                for place, token_id in enumerate(token_ids)
            ),
            "Equal ids must all stay in the bag: a set keeps only one of them.": (
                lambda token_ids, placed: (
                    pack(token_ids, True) if placed else sorted(set(token_ids))
                )
            ),
            "Positions are counted from 0.": lambda token_ids, placed: (
                list(enumerate(token_ids, 1)) if placed else sorted(token_ids)
            ),
            "The ids were sorted before they got their positions. Make the pairs first.": (
                lambda token_ids, placed: (
                    list(enumerate(sorted(token_ids))) if placed else sorted(token_ids)
                )
            ),
            "The other way round: the pairs belong to placed = True.": (
                lambda token_ids, placed: pack(token_ids, not placed)
            ),
        },
    )


@remember
def check_changed_words(answer: Any) -> Feedback:
    """Right: the two words that see other words than before, in any order."""
    return check_value(
        _sort_words(answer),
        ["again", "hen"],
        form="a list of strings",
        praise="They have changed places, and see other words now. The first three do not.",
        slips={
            "again is right. Does hen see the same words in both sentences?": ["again"],
            "With the mask, a word sees itself and those before it. Have those of the first three "
            "changed?": lambda words: len(words) > 2,
            "hen is right. Does again see the same words in both sentences?": ["hen"],
        },
        otherwise="Write down for each word what it sees in the one sentence and in the other.",
    )


@remember
def check_seen_bag(answer: Any) -> Feedback:
    """Right: a function that gives the sorted tokens that the token at a place sees."""
    texts = (["fox", "flees", "hen"], ["hen", "chases", "fox", "again"], ["b", "a", "b"], ["a"])
    return check_function(
        answer,
        see,
        [
            (tokens, place, mask)
            for tokens in texts
            for place in range(len(tokens))
            for mask in (True, False)
        ],
        praise="Exactly what attention gets without positions: a bag, cut off by the mask.",
        slips={
            "The token at the place itself is in the bag too.": (
                lambda tokens, place, mask: sorted(tokens[:place] if mask else tokens)
            ),
            "A bag is given back sorted, with the mask and without it.": (
                lambda tokens, place, mask: tokens[: place + 1] if mask else tokens
            ),
            "The mask hides what comes later, not what came before.": (
                lambda tokens, place, mask: sorted(tokens[place:] if mask else tokens)
            ),
            "It is the other way round: the mask hides, and without it all are seen.": (
                lambda tokens, place, mask: see(tokens, place, not mask)
            ),
        },
    )


@remember
def check_wave(answer: Any) -> Feedback:
    """Right: a function of position, column and embed_dim that gives the sinusoidal table."""
    return check_function(
        answer,
        wave,
        [
            *((position, column, 4) for position in (0, 1, 3) for column in range(4)),
            *((position, column, 8) for position in (1, 5, 40) for column in range(8)),
        ],
        praise="Sine and cosine in turn, and each pair slower than the one before.",
        slips={
            "Both columns of a pair share a speed. The number of the pair is column // 2, rounded "
            "down.": lambda position, column, size: turn(position, column, -column / size),
            "Both columns of a pair share a speed. The number of the pair is "
            "column // 2.": lambda position, column, size: turn(
                position, column, -2 * column / size
            ),
            "Sine and cosine have changed places: the even column holds the "
            "sine.": lambda position, column, size: wave(position, column ^ 1, size),
        },
    )


@remember
def check_prices(answer: Any) -> Feedback:
    """Right: the products less one for each step to the last token."""
    return check_value(
        answer,
        [-1, -1, 2, 1],
        form="a list of whole numbers",
        praise="The last token is its own neighbour at distance 0, and pays nothing.",
        slips={
            "These are the prices. The products are lowered by them.": (
                lambda numbers: numbers in ([3, 2, 1, 0], [-3, -2, -1, 0])
            ),
            "The distance is counted from the last token, which pays nothing.": [2, 0, 1, -2],
            "A token has the distance 0 to itself: the last one pays nothing.": [-2, -2, 1, 0],
            "The price lowers a product.": [5, 3, 4, 1],
        },
        otherwise="Write down the distance of each token to the last one, and take it away.",
    )


def find_positions(tokens: Sequence[str]) -> list[int]:
    """Number the tokens from 0."""
    return list(range(len(tokens)))


def look_up_later(position_table: torch.Tensor, start: int, n_tokens: int) -> torch.Tensor:
    """Take the rows of n_tokens positions, from a start on."""
    return position_table[start : start + n_tokens]


def pack(token_ids: Sequence[int], placed: bool) -> list:
    """Sort ids, or pairs of position and id."""
    return sorted(enumerate(token_ids)) if placed else sorted(token_ids)


def see(tokens: Sequence[str], place: int, mask: bool) -> list[str]:
    """Sort the tokens that attention shows to the token at a place."""
    return sorted(tokens[: place + 1] if mask else tokens)


def wave(position: int, column: int, embed_dim: int) -> float:
    """Give one number of the sinusoidal table."""
    return turn(position, column, -2 * (column // 2) / embed_dim)


def turn(position: int, column: int, power: float) -> float:
    """Turn at a speed of 10,000 to a power; the even columns are sines, the odd ones cosines."""
    angle = position * 10_000**power
    return cos(angle) if column % 2 else sin(angle)


def _sort_words(answer: Any) -> Any:
    """Sort a list of strings, for the order does not matter; leave anything else as it is."""
    words = plain(answer)
    in_words = isinstance(words, list) and all(isinstance(word, str) for word in words)
    return sorted(words) if in_words else answer
