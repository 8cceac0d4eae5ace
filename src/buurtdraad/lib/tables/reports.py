"""What became of each row of a table: the same report for the look beforehand (dry run) and for the deed."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from buurtdraad.lib.tables.faults import Faults
from buurtdraad.lib.tables.reading import Line, RowRefused, Table


class Outcome(TextChoices):
    ADDED = "added", _("new")
    CHANGED = "changed", _("changed")
    SAME = "same", _("already so")
    REFUSED = "refused", _("not taken in")


class Difference(NamedTuple):
    """One thing that a row changes, in words: what it is, how it is now, and how it will be. Empty is nothing."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class RowReport:
    """One row: its number in the file, what it is about, what became of it, why not, and what it changes where a room says so."""

    number: int
    name: str
    outcome: Outcome
    why: str = ""
    changes: tuple[Difference, ...] = ()


@dataclass
class Report:
    """What became of a file. `str(report)` is one line for a command."""

    rows: list[RowReport] = field(default_factory=list)
    ignored: tuple[str, ...] = ()

    @property
    def counts(self) -> Counter[Outcome]:
        return Counter(row.outcome for row in self.rows)

    @property
    def changes(self) -> int:
        """How many rows change something."""
        return self.counts[Outcome.ADDED] + self.counts[Outcome.CHANGED]

    @property
    def counted(self) -> list[tuple[str, int]]:
        """The outcomes that are there in words, each with its number of rows."""
        return [(str(outcome.label), number) for outcome in Outcome if (number := self.counts[outcome])]

    def of(self, outcome: Outcome) -> list[RowReport]:
        return [row for row in self.rows if row.outcome == outcome]

    def __str__(self) -> str:
        return ", ".join(f"{self.counts[outcome]} {outcome.value}" for outcome in Outcome)


def as_line(faults: Faults) -> Line:
    return faults.line


def fit_each(
    table: Table, fit: Callable[[Any], tuple[str, Outcome]], *, read: Callable[[Faults], Any] = as_line, lines: Iterable[Line] | None = None
) -> Report:
    """Fit each line into what is there. `fit` gives a name and an outcome, or raises `RowRefused`. `lines` says in which order.

    `read` makes of a line what `fit` takes, and tells all that is wrong with it; it writes nothing. A row with a fault is never
    fitted. The report is in the order of the file.
    """
    rows = []
    for line in table.lines if lines is None else lines:
        faults = Faults(line)
        try:
            row = read(faults)
            faults.tell()
            name, outcome = fit(row)
            rows.append(RowReport(line.number, name, outcome))
        except RowRefused as refusal:
            name = next((cell for cell in line.cells.values() if cell), "")
            rows.append(RowReport(line.number, name[:80], Outcome.REFUSED, str(refusal)))
    return Report(sorted(rows, key=lambda row: row.number), table.ignored)


def differences(thing: object, wanted: dict[str, object]) -> dict[str, object]:
    """Which of these attributes differ from how the thing is: what has to be changed in it."""
    return {name: value for name, value in wanted.items() if getattr(thing, name) != value}


def refused_lines(report: Report, *, most: int = 20) -> str:
    """What a command says of the rows that were not taken in: the first ones, a line each; empty when there are none."""
    refused = report.of(Outcome.REFUSED)
    lines = [f"row {row.number}: {row.why}" for row in refused[:most]]
    more = [f"... and {len(refused) - most} more"] if len(refused) > most else []
    return "\n".join([f"{len(refused)} rows are not loaded.", *lines, *more]) if refused else ""
