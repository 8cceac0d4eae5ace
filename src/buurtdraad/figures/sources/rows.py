"""What every source gives, and how a cell becomes a value or a reason."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from buurtdraad.figures.models import Missing
from buurtdraad.lib.bad_source import BadSource


class FigureRow(NamedTuple):
    """One value of one indicator in one area and year; or None with the reason in `missing` (a value of `models.Missing`)."""

    indicator_code: str
    area_code: str
    year: int
    value: Decimal | float | int | None
    missing: str = ""


@dataclass(frozen=True)
class Origin:
    """Where figures come from; `indicators` are the fields of indicators that the source brings itself."""

    source: str
    table: str = ""
    file: str = ""
    source_url: str = ""
    modified: str = ""
    licence: str = "CC BY 4.0"
    indicators: tuple[dict, ...] = ()

    @property
    def name(self) -> str:
        """How an error names it."""
        return self.file or self.table or self.source


class Read(NamedTuple):
    """A source that was opened: where its figures come from, and its rows, still to be read."""

    origin: Origin
    rows: Iterable[FigureRow]


FIRST_YEAR, LAST_YEAR = 1900, 2100
# In tables: unknown, unreliable or secret. In maps of CBS (PDOK): secret, later, no longer published, and the old form of secret.
SIGNS: dict[str, str] = {
    ".": Missing.SECRET,
    "x": Missing.SECRET,
    "-99997": Missing.SECRET,
    "-99999999": Missing.SECRET,
    "-99995": Missing.NOT_YET,
    "-99991": Missing.NOT_APPLICABLE,
}


def as_value(cell: Any, *, file: str, row: int, column: str, comma: bool = False) -> Decimal | float | int | str | None:
    """A number; or the reason why there is none (a `Missing`); or None for an empty cell. `comma`: decimals follow a comma.

    Raises `BadSource` for anything else.
    """
    if cell is None:
        return None
    if isinstance(cell, str):
        text = cell.strip()
        if not text or text in SIGNS:
            return SIGNS.get(text)
        try:
            number = Decimal(text.replace(".", "").replace(",", ".") if comma else text)
        except InvalidOperation:
            raise BadSource(file, row, f"{column}: {text[:40]!r} is not a number") from None
        if number.is_finite():
            return number
    elif isinstance(cell, int | float | Decimal) and not isinstance(cell, bool) and math.isfinite(cell):
        return SIGNS.get(str(cell)) or cell
    raise BadSource(file, row, f"{column}: {str(cell)[:40]!r} is not a number")


def as_year(text: Any, *, file: str, row: int | None = None, given: int | None = None) -> int:
    """The year that the source itself names, or the one that was given where it names none. Never guessed from a file name."""
    said = str(text or "").strip()
    named = int(said) if len(said) == 4 and said.isdecimal() else None
    year = named or given
    if year is None:
        raise BadSource(file, row, f"it does not say which year it is about ({said or 'nothing'}); give it with --year")
    if named and given and named != given:
        raise BadSource(file, row, f"it says that it is about {named}, not about {given}")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadSource(file, row, f"{year} is not a year")
    return year


def filled_row(
    code: str, area: str, year: int, value: Decimal | float | int | str | None, *, factor: int = 1, empty: str = Missing.SECRET
) -> FigureRow:
    """The row of a value, of a reason, or of an empty cell (then `empty` is the reason)."""
    if value is None or isinstance(value, str):
        return FigureRow(code, area, year, None, value or empty)
    return FigureRow(code, area, year, value if factor == 1 else value * factor)
