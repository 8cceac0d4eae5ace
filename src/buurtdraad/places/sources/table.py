"""Areas from a table of points without boundaries (CSV): their map is drawn by `geometry.voronoi`, and says so.

Columns: `code`, `name`, `lat`, `lon`, and the district as `parent` or `district_code`; wanted as well:
`district` (its name) and `area_ha`, by which large places get large cells. Rows for districts and the municipality may
be there too, for their names.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from buurtdraad.lib.bad_source import BadSource, Problem
from buurtdraad.places import geometry
from buurtdraad.places.models import Kind
from buurtdraad.places.sources.levels import completed
from buurtdraad.places.sources.rows import AreaRow, district_of, kind_of, municipality_of, plain_name

NEEDED = ("code", "name", "lat", "lon")


def read(path: Path, *, municipality_name: str = "", source: str = "") -> list[AreaRow]:
    """All areas in a CSV file (comma or semicolon, UTF-8), with a schematic map. Raises `BadSource`.

    The municipality's name comes from its own row, else from `municipality_name`, else it is its code.
    """
    rows = _lines(path)
    missing = [column for column in NEEDED if column not in rows[0][1]]
    if missing:
        raise BadSource(path.name, 1, f"the column {', '.join(missing)} is not there; found: {', '.join(rows[0][1])}")
    codes = {municipality_of(row["code"].strip()) for _, row in rows if kind_of(row["code"].strip())}
    if len(codes) != 1:
        raise BadSource(
            path.name, None, f"expected areas of one municipality, found {', '.join(sorted(codes)) or 'no code such as BU03440111'}"
        )
    return areas_from_points(
        [row for _, row in rows],
        municipality_code=codes.pop(),
        municipality_name=municipality_name,
        year=None,
        source=source or path.name,
        file=path.name,
        row_names=[f"row {number}" for number, _ in rows],
    )


def areas_from_points(
    rows: Iterable[Mapping[str, object]],
    *,
    municipality_code: str,
    municipality_name: str,
    year: int | None,
    source: str,
    file: str = "",
    row_names: list[str] | None = None,
) -> list[AreaRow]:
    """Neighbourhoods with schematic cells around their points, their districts and the municipality.

    Each row has the columns that the module names, as text or numbers. The same rows give the same map, in whatever
    order. Raises `BadSource` with everything that is wrong.
    """
    rows = list(rows)
    every = AreaRow("", Kind.NEIGHBOURHOOD, "", municipality_code=municipality_code, year=year, schematic=True, source=source, file=file)
    problems: list[Problem] = []
    found: list[AreaRow] = []
    names = {municipality_code: municipality_name}
    for number, row in enumerate(rows):
        where = row_names[number] if row_names else f"row {number + 1}"
        code, name = _text(row, "code"), plain_name(_text(row, "name"))
        if kind_of(code) in {Kind.DISTRICT, Kind.MUNICIPALITY}:
            names[code] = name
            continue
        try:
            found.append(_neighbourhood(row, replace(every, code=code, name=name, row=where)))
        except ValueError as wrong:
            problems.append(Problem(file, f"{where} ({code})" if code else where, str(wrong)))
    problems += _doubled(found)
    if problems or not found:
        raise BadSource(file, None, "there is no neighbourhood in it", problems=problems)
    found = [_named(row, names) for row in sorted(found, key=lambda row: row.code)]
    return completed(_drawn(found))


def _neighbourhood(row: Mapping[str, object], known: AreaRow) -> AreaRow:
    """The area of one row of the table, beginning with what is known of it. Raises ValueError."""
    if kind_of(known.code) is None:
        raise ValueError(f"{known.code!r} is not a code such as BU03440111")
    if municipality_of(known.code) != known.municipality_code:
        raise ValueError(f"it lies in {municipality_of(known.code)}, not in {known.municipality_code}")
    if not known.name:
        raise ValueError("it has no name")
    latitude, longitude = _number(row, "lat"), _number(row, "lon")
    if latitude is None or longitude is None:
        raise ValueError("it has no point (lat, lon)")
    west, south, east, north = geometry.NETHERLANDS
    if not (south <= latitude <= north and west <= longitude <= east):
        raise ValueError(f"the point (lat {latitude}, lon {longitude}) lies outside the Netherlands: give degrees, WGS84")
    area = _number(row, "area_ha")
    return replace(
        known,
        parent_code=_text(row, "district_code") or _text(row, "parent") or district_of(known.code),
        parent_name=plain_name(_text(row, "district")),
        latitude=latitude,
        longitude=longitude,
        area_ha=area if area and area > 0 else None,
    )


def _named(row: AreaRow, names: Mapping[str, str]) -> AreaRow:
    return replace(row, parent_name=names.get(row.parent_code) or row.parent_name, municipality_name=names.get(row.municipality_code, ""))


def _doubled(rows: list[AreaRow]) -> list[Problem]:
    """A code or a point that stands in the table twice."""
    problems = []
    for what, key in (("code", lambda row: row.code), ("point", lambda row: (row.latitude, row.longitude))):
        first: dict = {}
        for row in rows:
            other = first.setdefault(key(row), row)
            if other is not row:
                problems.append(row.problem(f"the same {what} as {other.row}"))
    return problems


def _drawn(rows: list[AreaRow]) -> list[AreaRow]:
    """The rows with a cell each: within one soft outline around all of them."""
    points = [(row.longitude, row.latitude) for row in rows if row.longitude is not None and row.latitude is not None]
    known = [row.area_ha for row in rows if row.area_ha]
    sizes = known if len(known) == len(rows) else None
    cells = geometry.voronoi(points, geometry.soft_outline(points, sizes), sizes=sizes)
    return [replace(row, geometry=cell) for row, cell in zip(rows, cells, strict=True)]


def _lines(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV file by column name, each with its line number."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise BadSource(path.name, None, f"it is not UTF-8 text (byte {wrong.start})") from None
    except OSError as wrong:
        raise BadSource(path.name, None, f"it cannot be read: {wrong.strerror}") from None
    head = text.split("\n", 1)[0]
    reader = csv.DictReader(text.splitlines(keepends=True), delimiter=";" if head.count(";") > head.count(",") else ",")
    rows = []
    try:
        for row in reader:
            if None in row or None in row.values():
                raise BadSource(path.name, reader.line_num, "it has more or fewer fields than the first line: is the file complete?")
            rows.append((reader.line_num, {(name or "").strip().lower(): value for name, value in row.items()}))
    except csv.Error as wrong:
        raise BadSource(path.name, reader.line_num, str(wrong)) from None
    if not rows:
        raise BadSource(path.name, None, "there is no row in it")
    return rows


def _text(row: Mapping[str, object], column: str) -> str:
    return str(row.get(column) or "").strip()


def _number(row: Mapping[str, object], column: str) -> float | None:
    """The number in a column, written with a point or a comma; None where there is none."""
    text = _text(row, column)
    try:
        return float(text.replace(",", ".")) if text else None
    except ValueError:
        raise ValueError(f"{column} is {text!r}, not a number") from None
