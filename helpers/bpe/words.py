r"""Text to words: no merge ever crosses the border of a word.

GPT-2 cuts a text before anything is counted or merged. Without the cut, `dog.`, `dog!` and
`dog?` would all become tokens, each learned on its own.
"""

import re
from collections import Counter
from collections.abc import Callable
from functools import partial

import regex

# The branches in the order of trial: the end of a contraction, letters, digits, other marks
# (each of these three after at most one space), white space. White space before a word leaves
# its last space to the word: that is what the (?!\S) is for.
GPT2_PATTERN = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"

# Unicode grows. Each version makes letters (\p{L}) and digits (\p{N}) of some code points that
# had no character before, and the package `regex` follows. But the ids that GPT-2's vocabulary
# gives to a text must never change, so its own tokenizer leaves out what came after Unicode 16,
# the version that tiktoken 0.14.0 knows. The code points are written in hexadecimal. Whole
# ranges are named where they hold letters to come: naming a free code point changes nothing.
_LATER_THAN_UNICODE_16 = """
    558 58B-58C 88F C5C CDC 208F 209D-209F A7CE-A7CF A7D2 A7D4 A7DD-A7F1
    AB6C-AB6D 107BB-107BF 10940-10959 10EC5-10EEE 11B0A 11DB0-11DF1 1246F-1247F 12550-12686
    16EA0-16ED3 16FF2-16FF6 187F8-187FF 18CD6-18CDA 18D09-191D2 1B123-1B128 1B168 1D6A6
    1DF1F-1DF24 1DF2B-1DFFF 1E6C0-1E6FF 2B73A-2B73F 2B81E 2CEA2-2CEAD 323B0-3FC3F
"""


def _fix_unicode_version(pattern: str) -> str:
    r"""Narrow each `\p{...}` to Unicode 16: `[\p{L}--[later]]` is `\p{L}` without the later."""
    spans = "".join(_escape(span) for span in _LATER_THAN_UNICODE_16.split())
    # The first half says nothing new, but it lets `regex` pass over most characters quickly.
    later = f"[{_escape('558-3FC3F')}&&[{spans}]]"
    narrowed = re.sub(r"\\p{.}", lambda kind: f"[{kind[0]}--{later}]", pattern)
    return "(?V1)" + narrowed  # version 1 of regex's syntax, which has -- and &&


def _escape(span: str) -> str:
    return "-".join(rf"\U{code:0>8}" for code in span.split("-"))


GPT2_PATTERN_UNICODE_16 = _fix_unicode_version(GPT2_PATTERN)

CUT_AT_SPACES = (GPT2_PATTERN, GPT2_PATTERN_UNICODE_16)  # a word begins where white space begins

# White space, and then everything up to the next white space. The four characters 1C to 1F are
# white space to `re` but not to `regex`, nor to tiktoken: here they count as marks.
_STRETCH = re.compile(r"[^\S\x1C-\x1F]*[\S\x1C-\x1F]+|\s+")


def split_words(text: str, pattern: str = GPT2_PATTERN) -> list[str]:
    """Cut a text into words.

    Args:
        text: any string; a lone surrogate in it becomes U+FFFD.
        pattern: a pattern for the package `regex` that matches one word; groups in it do not
            matter. What it does not match is left out. GPT-2's own matches everything.

    Returns:
        The words in the order of the text.

    Raises:
        TypeError: the text is no str.
        regex.error: the pattern is no pattern.

    Example:
        >>> split_words("They're 4 Rabbits!")
        ['They', "'re", ' 4', ' Rabbits', '!']
    """
    return compile_finder(pattern)(replace_surrogates(text))


def compile_finder(pattern: str) -> Callable[[str], list[str]]:
    """Make a function that cuts into words, for texts that are many.

    Args:
        pattern: matches one word (see `split_words`).

    Returns:
        A function from a text without surrogates to its words. It can be pickled.

    Raises:
        regex.error: the pattern is no pattern.

    Example:
        >>> compile_finder("(a|b)+")("cab, tab")
        ['ab', 'ab']
    """
    compiled = regex.compile(pattern)
    if compiled.groups:  # its own findall would give the groups in place of the words
        return partial(_find_wholes, compiled)
    return compiled.findall


def _find_wholes(compiled: regex.Pattern, text: str) -> list[str]:
    return [found[0] for found in compiled.finditer(text)]


def count_words(text: str, pattern: str = GPT2_PATTERN) -> dict[str, int]:
    """Count the words of a text.

    Args:
        text: any string; a lone surrogate in it becomes U+FFFD.
        pattern: cuts the text into words (see `split_words`).

    Returns:
        How often each word comes, the words in the order in which the text first has them.

    Raises:
        TypeError: the text is no str.
        regex.error: the pattern is no pattern.

    Example:
        >>> count_words("the hen, the hens")
        {'the': 1, ' hen': 1, ',': 1, ' the': 1, ' hens': 1}
    """
    find_words, counts = compile_finder(pattern), {}
    stretches = Counter(cut_stretches(replace_surrogates(text), pattern))
    for stretch, times in stretches.items():
        for word in find_words(stretch):
            counts[word] = counts.get(word, 0) + times
    return counts


def cut_stretches(text: str, pattern: str) -> list[str]:
    """Cut a text into stretches that can be cut into words one by one.

    GPT-2's pattern always begins a new word where white space begins. So the words of a stretch,
    white space and what follows up to the next, are the same inside the text and alone. Most
    stretches come again and again, and one seen before need not be cut into words again: on a
    megabyte that saves about a tenth of the time of encoding, and three tenths of counting the
    words. Nothing is known of other patterns: there the text is one stretch.

    Args:
        text: any string.
        pattern: the pattern that cuts words.

    Returns:
        The stretches in the order of the text; joined, they are the text.

    Example:
        >>> cut_stretches("He'd go,  he'd go.", GPT2_PATTERN)
        ["He'd", ' go,', "  he'd", ' go.']
    """
    if pattern in CUT_AT_SPACES:
        return _STRETCH.findall(text)
    return [text]


def replace_surrogates(text: str) -> str:
    r"""Make a text that has bytes, as tiktoken does: U+FFFD for each lone surrogate.

    A surrogate is half of a character in UTF-16. A str can hold one, but UTF-8 has no bytes for
    it. The two halves of a character, one after the other, become that character.

    Args:
        text: any string.

    Returns:
        The text, without surrogates.

    Raises:
        TypeError: the text is no str.

    Example:
        >>> ascii(replace_surrogates("\ud83d \ud83d\udc07"))
        "'\\ufffd \\U0001f407'"
    """
    if not isinstance(text, str):
        raise TypeError(
            f"expected text as a str, got {type(text).__name__}: bytes become a str by "
            ".decode('utf-8'), and several texts are passed one by one"
        )
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
