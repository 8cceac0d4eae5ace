"""CSV files with a row for each area: the key figures of CBS as it names them (`a_inw`), and any other table with a mapping."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from buurtdraad.figures import catalogue
from buurtdraad.figures.models import Missing
from buurtdraad.figures.sources.mapping import Mapping
from buurtdraad.figures.sources.rows import FigureRow, Origin, Read, as_value, as_year, filled_row
from buurtdraad.figures.sources.wide import Wanted, as_code, empty_means, wanted_columns
from buurtdraad.lib.bad_source import BadSource

CODE_COLUMNS = ("gwb_code_10", "gwb_code", "code", "buurtcode", "wijkcode", "gemeentecode", "WijkenEnBuurten", "Codering_3")
NOT_UTF_8 = "it is not in UTF-8"
YEAR_COLUMNS = ("jaar", "year")


def read(path: Path, *, mapping: Mapping | None = None, year: int | None = None) -> Read:
    """Open a CSV: comma or semicolon (then decimals follow a comma), UTF-8, one line of names.

    A dot is secret. An empty cell is what the mapping says, else secret, for many programs write the dot of CBS as
    nothing; a column without any value is not published yet. The year comes from a column, the mapping or `year`.
    """
    mapping = mapping or Mapping()
    name = path.name
    columns, comma = header_of(path)
    code = column_for(mapping.code, CODE_COLUMNS, columns)
    if code is None:
        raise BadSource(name, 1, f"there is no column with codes of areas ({mapping.code or ', '.join(CODE_COLUMNS[:4])})")
    year_column = column_for(mapping.year_column, YEAR_COLUMNS, columns)
    fixed = None if year_column else as_year(mapping.year, file=name, given=year)
    wanted = mapped_columns(columns, name, mapping)
    origin = Origin(
        source=mapping.source,
        file=name,
        source_url=mapping.source_url or (catalogue.STATLINE if mapping.source == "CBS" else ""),
        licence=mapping.licence,
        indicators=mapping.indicators,
    )
    rows = rows_of(path, comma=comma, wanted=wanted, code=code, year_column=year_column, fixed=fixed, given=year, empty=mapping.empty)
    return Read(origin, rows)


def header_of(path: Path) -> tuple[list[str], bool]:
    """The names of the columns, and whether the file is the kind with semicolons and decimal commas."""
    with opened(path) as file:
        try:
            first = file.readline()
        except UnicodeDecodeError as wrong:
            raise BadSource(path.name, None, NOT_UTF_8) from wrong
    comma = first.count(";") > first.count(",")
    columns = [name.strip() for name in next(csv.reader([first], delimiter=";" if comma else ","), [])]
    if not any(columns):
        raise BadSource(path.name, 1, "the first line holds no names of columns")
    if len(set(columns)) < len(columns):
        double = sorted({name for name in columns if columns.count(name) > 1})
        raise BadSource(path.name, 1, f"a column stands there twice: {', '.join(double)}")
    return columns, comma


def opened(path: Path) -> TextIO:
    try:
        return path.open(encoding="utf-8-sig", newline="")
    except OSError as wrong:
        raise BadSource(path.name, None, f"it cannot be read: {wrong.strerror}") from wrong


def column_for(said: str, usual: tuple[str, ...], columns: list[str]) -> str | None:
    """The column that the mapping names, or the first usual one that is there."""
    if said:
        return said if said in columns else None
    return next((name for name in usual if name in columns), None)


def mapped_columns(columns: list[str], name: str, mapping: Mapping) -> list[Wanted]:
    """The columns to read: those of the mapping (each has to be there), or those that the catalogue knows."""
    if not mapping.columns:
        return wanted_columns(columns, name)
    if absent := [column for column in mapping.columns if column not in columns]:
        raise BadSource(name, 1, f"columns of the mapping are missing: {', '.join(absent)}")
    known = catalogue.BY_CODE
    return [Wanted(column, code, known[code].factor if code in known else 1) for column, code in mapping.columns.items()]


def records_of(path: Path, *, comma: bool) -> Iterator[tuple[int, dict[str, str]]]:
    """Every line as a record with its line number; one with too few or too many cells is refused."""
    with opened(path) as file:
        lines = csv.DictReader(file, delimiter=";" if comma else ",", strict=True)
        try:
            for record in lines:
                if None in record or None in record.values():
                    raise BadSource(path.name, lines.line_num, "it has another number of cells than the first line")
                yield lines.line_num, {key.strip(): cell for key, cell in record.items()}
        except csv.Error as wrong:
            raise BadSource(path.name, lines.line_num, f"it breaks off or is not CSV: {wrong}") from wrong
        except UnicodeDecodeError as wrong:
            raise BadSource(path.name, lines.line_num, NOT_UTF_8) from wrong


def rows_of(
    path: Path,
    *,
    comma: bool,
    wanted: list[Wanted],
    code: str,
    year_column: str | None,
    fixed: int | None,
    given: int | None,
    empty: str,
) -> Iterator[FigureRow]:
    """Read the file twice: first for columns without any value, then for the rows."""
    name = path.name
    without = {one.column for one in wanted}
    lines = 0
    for lines, record in records_of(path, comma=comma):  # noqa: B007 (used after the loop)
        without = {column for column in without if empty_means([record[column]]) == Missing.NOT_YET}
    if not lines:
        raise BadSource(name, None, "there are no rows in it")
    for number, record in records_of(path, comma=comma):
        year = fixed if fixed is not None else as_year(record[year_column or ""], file=name, row=number, given=given)
        area = as_code(record[code], file=name, row=number)
        for one in wanted:
            value = as_value(record[one.column], file=name, row=number, column=one.column, comma=comma)
            if one.column in without:
                value = Missing.NOT_YET.value
            yield filled_row(one.code, area, year, value, factor=one.factor, empty=empty)
