"""What writes a draft: chapters of lines, in which each number is a mark that remembers what it counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtdraad.reports.queries.figures import Counting, Row, mark_of
from buurtdraad.reports.states import SectionKind

BRACES = str.maketrans("{}", "()")
MOST_LETTERS = 300


@dataclass(frozen=True)
class Line:
    """A sentence. By its key drafting again finds it; `part` says where in the chapter of an ambition it stands."""

    key: str
    text: str
    part: str = ""


@dataclass(frozen=True)
class Chapter:
    kind: SectionKind
    title: str
    lines: list[Line] = field(default_factory=list)
    subject: str = ""


@dataclass
class Pen:
    """Marks of numbers, and which number each stands for."""

    counting: Counting
    names: dict[str, str] = field(default_factory=dict)
    figures: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)

    def mark(self, name: str, **parameters: str) -> str:
        """The number as a sentence holds it."""
        mark = mark_of(name, **parameters)
        asked = (name, {key: value for key, value in parameters.items() if value})
        if self.figures.setdefault(mark, asked) != asked:
            raise ValueError(f"{mark} stands for two numbers")
        return f"{{{mark}}}"

    def number(self, name: str, **parameters: str) -> int:
        """How much it is, for the grammar of the sentence."""
        return int(self.counting.count(name, **parameters).value or 0)

    def said(self, line: Line, *names: str, **parameters: str) -> list[Line]:
        """The line, where one of these numbers is more than nothing: of what is not there a report is silent."""
        return [line] if any(self.number(name, **parameters) for name in names) else []

    def behind(self, name: str, **parameters: str) -> list[Row]:
        return self.counting.behind(name, **parameters)

    def place(self, row: Row) -> str:
        return place_of(row.codes, self.names)


def place_of(codes: Iterable[str], names: Mapping[str, str]) -> str:
    """The names of the areas in which something lies."""
    return ", ".join(sorted({names.get(code, code) for code in codes})) or _("the whole city")


def plain(text: str) -> str:
    """Words of somebody else on one line, in which nothing is a mark, without the stop at the end."""
    line = " ".join(text.translate(BRACES).split())
    return (line if len(line) <= MOST_LETTERS else f"{line[: MOST_LETTERS - 1]}…").rstrip(".")


def day(row: Row) -> str:
    return date_format(row.on, "j F Y") if row.on else ""
