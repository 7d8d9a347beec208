"""Right and wrong answers to all exercises, a module a notebook.

RIGHT holds pairs of a check and an answer, WRONG also words of the hint that the answer gets.
"""

from answers import embeddings, positions, subwords, vectors, vocabulary, windows, words

_BY_NOTEBOOK = [words, vocabulary, subwords, windows, vectors, positions, embeddings]
RIGHT = [each for module in _BY_NOTEBOOK for each in module.RIGHT]
WRONG = [each for module in _BY_NOTEBOOK for each in module.WRONG]
