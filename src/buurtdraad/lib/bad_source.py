"""A file or service that does not say what it should, and how a command tells of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from buurtdraad.lib.refusal import Refused


class Problem(NamedTuple):
    """One thing that is wrong with a source, told so that its owner can find it.

    `file` is a file's name or a service's address; `row` is its number, or words for another place (`page 2`).
    """

    file: str
    row: int | str | None
    cause: str

    def __str__(self) -> str:
        """`file, row 8: cause`, on one line whatever the source has put in it."""
        row = f"row {self.row}" if isinstance(self.row, int) else self.row
        place = ", ".join(part for part in (self.file, row) if part)
        line = f"{place}: {self.cause}" if place else self.cause
        return "".join(letter if letter.isprintable() else " " for letter in line)


class BadSource(Refused):
    """A source that cannot be used; `problems` holds everything that is wrong with it. Nothing of the source was kept."""

    def __init__(self, file: object = "", row: int | str | None = None, cause: str = "", *, problems: Iterable[Problem] = ()) -> None:
        self.problems = list(problems) or [Problem(str(file), row, cause)]
        super().__init__("\n".join(map(str, self.problems)))


def nothing_is_loaded(refusal: Refused, *, most: int = 20) -> str:
    """What a command says when it refuses a source: that nothing of it is loaded, and the first problems, a line each."""
    lines = str(refusal).splitlines()
    more = [f"... and {len(lines) - most} more"] if len(lines) > most else []
    return "\n".join(["Nothing is loaded.", *lines[:most], *more])
