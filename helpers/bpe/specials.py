"""Special tokens: marks beside the text, such as the end of a text, with ids of their own.

The rules are tiktoken's. A mark that somebody has merely typed into a text must not turn into a
control sign unnoticed: so it is an error, unless the caller says what it shall be.
"""

import re
from collections.abc import Collection

from helpers.bpe.words import replace_surrogates

END_OF_TEXT = "<|endoftext|>"

ALL = "all"


def check_special_tokens(special_tokens: Collection[str]) -> None:
    """Refuse what cannot be the special tokens of a tokenizer.

    Args:
        special_tokens: the marks.

    Raises:
        ValueError: they are no collection of distinct strings with at least one character, or
            one holds a lone surrogate.

    Example:
        >>> check_special_tokens(["<a>", "<a>"])
        Traceback (most recent call last):
        ValueError: expected distinct special tokens, got ['<a>', '<a>']: name each once
    """
    if isinstance(special_tokens, str):
        raise ValueError(
            f"expected a list of special tokens, got the str {special_tokens!r}: "
            f"write [{special_tokens!r}]"
        )
    for token in special_tokens:
        if not isinstance(token, str) or not token:
            raise ValueError(f"expected special tokens as str with characters, got {token!r}")
        if replace_surrogates(token) != token:
            raise ValueError(
                f"the special token {token!r} holds a lone surrogate, half of a character, which "
                "no text can hold: write the whole character"
            )
    if len(set(special_tokens)) < len(special_tokens):
        raise ValueError(
            f"expected distinct special tokens, got {[*special_tokens]}: name each once"
        )


def choose_special_tokens(
    every: Collection[str], allowed: str | Collection[str], disallowed: str | Collection[str]
) -> tuple[set[str], set[str]]:
    """Say which special tokens get their own id, and which are an error.

    Args:
        every: the special tokens of the tokenizer.
        allowed: those that get their own id, or "all".
        disallowed: what must not be in the text, or "all" for every one that is not allowed.

    Returns:
        The allowed ones and the disallowed ones. What is in neither is ordinary text.

    Raises:
        ValueError: a choice is a str other than "all".

    Example:
        >>> choose_special_tokens(["<a>", "<b>"], {"<b>"}, "all")
        ({'<b>'}, {'<a>'})
    """
    for name, choice in (("allowed_special", allowed), ("disallowed_special", disallowed)):
        if isinstance(choice, str) and choice != ALL:
            raise ValueError(
                f"{name} must be {ALL!r} or a set of special tokens, got the str {choice!r}: "
                f"write {{{choice!r}}}"
            )
    chosen = set(every) if allowed == ALL else set(every) & set(allowed)
    refused = set(every) - chosen if disallowed == ALL else set(disallowed)
    return chosen, refused


def refuse_disallowed(text: str, disallowed: Collection[str]) -> None:
    """Refuse a text that holds a disallowed special token.

    Args:
        text: the text to look through.
        disallowed: what must not be in it.

    Raises:
        ValueError: it is; the message names the token, its position and both remedies.
    """
    for token in sorted(disallowed):
        position = text.find(token)
        if position >= 0:
            raise ValueError(
                f"the text holds the disallowed special token {token!r} at position {position}: "
                f"give it its own id by allowed_special={{{token!r}}}, or take it as text by "
                "disallowed_special=()"
            )


def split_at_special_tokens(text: str, allowed: Collection[str]) -> list[str]:
    """Cut a text before and after each special token.

    Args:
        text: any string.
        allowed: the special tokens; where two begin at one place, the longer one is taken.

    Returns:
        The pieces in the order of the text, special tokens among them; joined, they are the text.

    Example:
        >>> split_at_special_tokens("once<a>upon", {"<a>"})
        ['once', '<a>', 'upon']
    """
    if not allowed:
        return [text]
    longest_first = sorted(allowed, key=len, reverse=True)
    names = "|".join(re.escape(token) for token in longest_first)
    return re.split(f"({names})", text)  # the group keeps what the text is cut at
