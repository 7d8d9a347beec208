"""How many questions and exercises of a notebook are solved, at its end."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from lesson.exercises.feedback import RIGHT, Feedback


class Progress(dict):
    """The last verdict of each check that was run, by its name."""

    def __repr__(self) -> str:
        still_open = [name for name, verdict in self.items() if verdict != RIGHT]
        n_right = len(self) - len(still_open)
        lines = [f"{'■' * n_right}{'□' * len(still_open)}  {n_right} of {len(self)} right"]
        lines += [f"    open: {name}" for name in still_open]
        return "\n".join(lines)


def show_progress(typed: Sequence[str], shown: Mapping[int, Any]) -> Progress:
    """Read from a notebook's `In` and `Out` which checks have said "Right".

    Example:
        >>> show_progress(["", "check_pieces(answer)"], {1: Feedback(RIGHT, "Three pieces.")})
        ■  1 of 1 right
    """
    verdicts = Progress()
    for number, output in sorted(shown.items()):
        called = re.search(r"^(check_\w+)\(", typed[number], re.MULTILINE)
        if called and isinstance(output, Feedback):
            verdicts[called[1]] = output.verdict
    return verdicts
