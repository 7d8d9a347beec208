"""Text to words. Without the cut, "dog.", "dog!" and "dog?" would all become tokens."""

import regex

# The branches in the order of trial: the end of a contraction, letters, digits, other marks
# (each of these three after at most one space), white space. White space before a word leaves
# its last space to the word: that is what the (?!\S) is for.
GPT2_PATTERN = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"

# Unicode grows, and the package `regex` follows it. But GPT-2's ids of a text must never change:
# tiktoken 0.14.0 knows the letters and digits of Unicode 16, so GPT-2's pattern sees a mark in
# place of each later one. (Some numbers here have no character yet.)
_LATER_THAN_UNICODE_16 = """
    558 58B-58C 88F C5C CDC 208F 209D-209F A7CE-A7CF A7D2 A7D4 A7DD-A7F1
    AB6C-AB6D 107BB-107BF 10940-10959 10EC5-10EEE 11B0A 11DB0-11DF1 1246F-1247F 12550-12686
    16EA0-16ED3 16FF2-16FF6 187F8-187FF 18CD6-18CDA 18D09-191D2 1B123-1B128 1B168 1D6A6
    1DF1F-1DF24 1DF2B-1DFFF 1E6C0-1E6FF 2B73A-2B73F 2B81E 2CEA2-2CEAD 323B0-3FC3F
"""
_SPANS = [[chr(int(code, 16)) for code in s.split("-")] for s in _LATER_THAN_UNICODE_16.split()]
_LATER = regex.compile(f"[{''.join('-'.join(span) for span in _SPANS)}]")
_MARK = "\uffff"  # neither letter nor digit nor white space in any version


def split_words(text: str, pattern: str = GPT2_PATTERN) -> list[str]:
    """Cut a text into words; a lone surrogate in it, half of a character, becomes U+FFFD.

    The pattern, for the package `regex`, matches one word; groups in it do not matter. What it
    does not match is left out. GPT-2's own matches everything.
    """
    for name, value in (("text", text), ("pattern", pattern)):
        if not isinstance(value, str):
            raise TypeError(f"expected {name} as a str, got {type(value).__name__}: {value!r:.60}")
    try:
        text.encode()
    except UnicodeEncodeError:  # tiktoken does the same
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    compiled = regex.compile(pattern)
    if pattern == GPT2_PATTERN and _LATER.search("".join(set(text))):  # each character once
        masked = _LATER.sub(_MARK, text)  # as long as the text, so the words stand where they did
        return [text[found.start() : found.end()] for found in compiled.finditer(masked)]
    if compiled.groups:  # findall would give the groups in place of the words
        return [found[0] for found in compiled.finditer(text)]
    return compiled.findall(text)
