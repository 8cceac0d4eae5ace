"""All that is wrong with one row, gathered while it is read: who brought it hears it at once, and mends it once."""

import datetime
from collections.abc import Callable

from buurtdraad.lib.tables.reading import Line, RowRefused


class Faults:
    """Begins with what the table says of the cells themselves. What is wrong reads as None: `tell` before you make anything of a row.

    What hangs on a wrong cell is not told: nobody can know it yet. `is_right` says whether cells can be looked at together.
    """

    def __init__(self, line: Line) -> None:
        self.line = line
        self.said: list[str] = list(line.problems.values())
        # A column may be one of several for the same thing: `area:1`.
        self.wrong: set[str] = {key.partition(":")[0] for key in line.problems}

    def of[**P, T](self, key: str, look: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """What `look` makes of the cell `key`; None when that cell is wrong already, or `look` raises `RowRefused`."""
        if key in self.wrong:
            return None
        try:
            return look(*args, **kwargs)
        except RowRefused as refusal:
            self.say(key, *refusal.said)
            return None

    def day(self, key: str) -> datetime.date | None:
        """A date; None for an empty cell too."""
        return self.of(key, self.line.day, key)

    def say(self, key: str, *sentences: str) -> None:
        """This is wrong with the cell `key`."""
        self.said += sentences
        self.wrong.add(key)

    def is_right(self, *keys: str) -> bool:
        """Whether nothing is known to be wrong with these cells."""
        return self.wrong.isdisjoint(keys)

    def tell(self) -> None:
        """Raises `RowRefused` with all that is wrong, each once, when anything is."""
        if self.said:
            raise RowRefused(*dict.fromkeys(self.said))
