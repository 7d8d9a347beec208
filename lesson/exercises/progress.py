"""How many questions and exercises of a notebook are solved, at its end."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from lesson.exercises.feedback import RIGHT, Feedback

VERDICTS: dict[str, str] = {}  # the last one of each check, in the order in which they were run


def remember(check: Callable[[Any], Feedback]) -> Callable[[Any], Feedback]:
    """Let a check leave its verdict for `show_progress`."""

    @wraps(check)
    def run(answer: Any) -> Feedback:
        feedback = check(answer)
        VERDICTS[check.__name__] = feedback.verdict
        return feedback

    return run


class Progress(dict):
    """The verdict on each check, by its name; a notebook shows how many are right."""

    def __repr__(self) -> str:
        still_open = [name for name, verdict in self.items() if verdict != RIGHT]
        n_right = len(self) - len(still_open)
        lines = [f"{'■' * n_right}{'□' * len(still_open)}  {n_right} of {len(self)} right"]
        lines += [f"    open: {name}" for name in still_open]
        return "\n".join(lines)


def show_progress() -> Progress:
    """Return what the checks that were run have said last."""
    return Progress(VERDICTS)
