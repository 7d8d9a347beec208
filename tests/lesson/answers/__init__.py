"""Right and wrong answers to all exercises, a module a notebook.

RIGHT holds pairs of a check and an answer, WRONG also words of the hint that the answer gets.
"""

from importlib import import_module

from notebook_files import NAMES

_MODULES = [import_module(f"answers.n{name}") for name in NAMES]
RIGHT = [each for module in _MODULES for each in module.RIGHT]
WRONG = [each for module in _MODULES for each in module.WRONG]
