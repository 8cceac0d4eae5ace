"""Tables of CBS with a row for each area and a column for each key figure: OData version 3 and Parquet."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from buurtdraad.figures import catalogue
from buurtdraad.figures.models import SLUG_LENGTH, Kind, Missing, Theme
from buurtdraad.figures.sources.rows import FigureRow, as_value, filled_row
from buurtdraad.lib.bad_source import BadSource

AREA = "WijkenEnBuurten"
OTHER_AREAS = ("Codering_3", "RegioS", "gwb_code")
THOUSAND_EUROS = "x 1 000 euro"


@dataclass(frozen=True)
class Wanted:
    """A column to read, and the indicator that it fills."""

    column: str
    code: str
    factor: int = 1


def area_column(columns: Iterable[str], file: str) -> str:
    """The column with the code of the area."""
    present = set(columns)
    for name in (AREA, *OTHER_AREAS):
        if name in present:
            return name
    raise BadSource(file, None, f"there is no column with codes of areas ({AREA})")


def wanted_columns(columns: Iterable[str], file: str, properties: Mapping[str, dict] | None = None) -> list[Wanted]:
    """The columns that the catalogue knows, by stem; wherever they stand and whatever their number.

    `properties` is DataProperties by key: a share that is no longer in percents, or euros no longer in thousands, is refused.
    """
    wanted, by_code = [], {}
    for column in columns:
        entry = catalogue.by_column(column)
        if entry is None:
            continue
        if entry.code in by_code:
            raise BadSource(file, None, f"two columns could be '{entry.code}': {by_code[entry.code]} and {column}")
        by_code[entry.code] = column
        unit = ((properties or {}).get(column) or {}).get("Unit")
        expected = {Kind.SHARE: "%"}.get(entry.kind) or (THOUSAND_EUROS if entry.factor == 1000 else None)
        if unit and expected and unit != expected:
            raise BadSource(file, None, f"column {column} is in '{unit}'; '{entry.code}' needs '{expected}'")
        wanted.append(Wanted(column, entry.code, entry.factor))
    if not wanted:
        raise BadSource(file, None, "not one of its columns is a key figure that the product knows")
    return wanted


def further_columns(
    numeric: Sequence[str], known: Iterable[Wanted], properties: Mapping[str, dict] | None = None
) -> list[tuple[Wanted, dict]]:
    """All other columns with numbers, as hidden indicators named after their stem: to store a table whole.

    Stems that stand there more than once (electricity and gas both have `Appartement`) are numbered in order.
    """
    taken = {one.column for one in known}
    seen: Counter[str] = Counter()
    found = []
    for column in numeric:
        if column in taken:
            continue
        name = catalogue.stem(column)
        seen[name] += 1
        code = f"cbs-{as_slug(name)}"[: SLUG_LENGTH - 4] + (f"-{seen[name]}" if seen[name] > 1 else "")
        about = (properties or {}).get(column) or {}
        title = str(about.get("Title") or catalogue.NUMBER_BEHIND.sub("", column)).strip()
        fields = {
            "code": code,
            "theme": Theme.OTHER,
            "kind": Kind.SHARE if about.get("Unit") == "%" else Kind.COUNT,
            "name": title[:120],
            "unit": str(about.get("Unit") or "")[:40],
            "decimals": about.get("Decimals") or 0,
            "compared": False,
            "shown": False,
        }
        found.append((Wanted(column, code), fields))
    return found


def as_slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def wide_rows(records: Sequence[Mapping[str, Any]], wanted: Sequence[Wanted], *, area: str, year: int, file: str) -> Iterator[FigureRow]:
    """One row for each area and wanted column. A column that is empty everywhere is not published yet; else an empty cell is secret."""
    empty = {one.column: empty_means(record.get(one.column) for record in records) for one in wanted}
    for number, record in enumerate(records, start=1):
        code = as_code(record.get(area), file=file, row=number)
        for one in wanted:
            if one.column not in record:
                raise BadSource(file, number, f"column {one.column} is missing")
            value = as_value(record[one.column], file=file, row=number, column=one.column)
            yield filled_row(one.code, code, year, value, factor=one.factor, empty=empty[one.column])


def empty_means(cells: Iterable[Any]) -> str:
    """Why a cell of this column is empty: CBS leaves a whole column empty until it is published."""
    return Missing.SECRET if any(cell is not None and str(cell).strip() not in {"", "."} for cell in cells) else Missing.NOT_YET


def as_code(cell: Any, *, file: str, row: int) -> str:
    """The code of an area: CBS pads codes with spaces to ten characters."""
    code = str(cell or "").strip()
    if not code:
        raise BadSource(file, row, "it has no code of an area")
    return code
