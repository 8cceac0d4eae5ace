"""A sentence with marks, as a reader sees it: words, and numbers that lead to what they count."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from buurtdraad.reports.queries.figures import DEFINITIONS
from buurtdraad.ui.euros import euros
from buurtdraad.ui.numbers import as_text

MARK = re.compile(r"\{([a-z0-9]+(?:-[a-z0-9]+)*)\}")


class Number(NamedTuple):
    """How much, and how it is written: `unit` is empty or "euro". None: not known."""

    value: Decimal | None
    unit: str = ""
    decimals: int = 0

    @property
    def words(self) -> str:
        """As people write it; one that is not known says so."""
        if self.value is None:
            return _("not known")
        return euros(self.value) if self.unit == "euro" else as_text(self.value, self.decimals if self.value % 1 else 0)


type Values = Mapping[str, Number]


def number_of(name: str, value: Decimal | None) -> Number:
    """A number as it is defined now; of a definition that is gone it is plain."""
    one = DEFINITIONS.get(name)
    return Number(value, one.unit, one.decimals) if one else Number(value)


@dataclass(frozen=True)
class Piece:
    """Some words, or a number with its mark and where it leads."""

    words: str
    mark: str = ""
    url: str = ""


def marks_in(text: str) -> list[str]:
    """The marks in a sentence, in order, each once."""
    return list(dict.fromkeys(MARK.findall(text)))


def pieces(text: str, values: Values, link: Callable[[str], str] = lambda mark: "") -> list[Piece]:
    """The sentence in pieces. `values` gives the number of each mark; what is no mark stays as it was typed."""
    found: list[Piece] = []
    for place, words in enumerate(MARK.split(text)):
        if place % 2 == 0:
            found += [Piece(words)] if words else []
        elif words in values:
            found.append(Piece(values[words].words, words, link(words)))
        else:
            found.append(Piece(f"{{{words}}}"))
    return found


def in_words(text: str, values: Values) -> str:
    """The sentence as plain words."""
    return "".join(piece.words for piece in pieces(text, values))


def seen_now(text: str, values: Values) -> dict[str, str | None]:
    """The values that a sentence shows now, to know later whether one changed."""
    return {mark: as_kept(values[mark].value) for mark in marks_in(text) if mark in values}


def as_kept(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def changed_since(seen: Mapping[str, str | None], text: str, values: Values) -> bool:
    """Whether a number in a sentence is another one than when it was last looked at."""
    now = seen_now(text, values)
    return any(now[mark] != seen[mark] for mark in now if mark in seen)


def unknown_marks(text: str, known: Iterable[str]) -> list[str]:
    """Marks of which there is no number in this report."""
    return sorted(set(marks_in(text)) - set(known))
