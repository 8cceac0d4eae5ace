"""The figures of a bench, as a table for a person and as JSON for a machine."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass
class Figure:
    """One thing measured. `value` is None when it could not be, and `note` says why."""

    name: str
    value: float | None
    unit: str
    goal: float | None = None
    note: str = ""
    # Of a page: CPU against the bare page, queries, bytes in the smallest coding.
    ratio: float | None = None
    queries: int | None = None
    wire: int | None = None

    @property
    def verdict(self) -> str:
        if self.value is None:
            return "not measured"
        if self.goal is None:
            return ""
        return "ok" if self.value <= self.goal else "miss"

    def as_dict(self) -> dict:
        return asdict(self) | {"verdict": self.verdict}


def times(value: float | None, other: float | None) -> float | None:
    """How many times the other; None where one was not measured, or was less than the clock of the system tells apart."""
    return value / other if value is not None and other else None


HEADINGS = ("what", "measured", "goal", "", "x bare", "queries", "bytes (br)", "note")


def table(figures: Iterable[Figure]) -> str:
    """The figures in columns, one a line."""
    rows = [HEADINGS, *(as_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def as_row(figure: Figure) -> tuple[str, ...]:
    return (
        figure.name,
        amount(figure.value, figure.unit),
        amount(figure.goal, figure.unit),
        figure.verdict,
        amount(figure.ratio, ""),
        "" if figure.queries is None else str(figure.queries),
        "" if figure.wire is None else f"{figure.wire:,}",
        figure.note,
    )


def amount(value: float | None, unit: str) -> str:
    """`0.041 ms`: three digits that say something."""
    if value is None:
        return ""
    digits = 0 if value >= 100 or value == int(value) else 3 if value < 1 else 2
    return f"{value:,.{digits}f} {unit}".strip()
