"""Byte pair encoding, GPT-2's way: train a vocabulary of bytes, encode a text, decode it.

Each module is one step up from those before it. Read them in this order:

1. `glyphs`: bytes as characters that can be seen.
2. `words`: a text is cut into words, and no merge crosses a cut.
3. `pairs`: the pairs of neighbouring tokens, best first: the heart of it.
4. `merging`: one word to token ids, in three ways.
5. `numbering`: which token has which id.
6. `specials`: marks that are no text, such as the end of a text.
7. `vocabulary`: words as bytes to ids, and ids back to text.
8. `files`: a tokenizer on disk, and GPT-2's own merges.
9. `tokenizer`: `BytePairTokenizer`, text to ids and back.
10. `training`: `train_bpe` learns the merges.
"""

from helpers.bpe.glyphs import bytes_to_glyphs
from helpers.bpe.specials import END_OF_TEXT
from helpers.bpe.tokenizer import BytePairTokenizer
from helpers.bpe.training import train_bpe
from helpers.bpe.words import GPT2_PATTERN, split_words

__all__ = [
    "END_OF_TEXT",
    "GPT2_PATTERN",
    "BytePairTokenizer",
    "bytes_to_glyphs",
    "split_words",
    "train_bpe",
]
