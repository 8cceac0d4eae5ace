"""Tables of CBS by OData version 4: one row for each value, measures with codes that stay the same over the years.

Empty cells are simply not there, so nothing is said about them.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from buurtdraad.figures import catalogue
from buurtdraad.figures.models import Missing
from buurtdraad.figures.sources.files import beside, parts_of, rows_in
from buurtdraad.figures.sources.odata import digits_of, filtered, origin_of, refuse_other_than_table
from buurtdraad.figures.sources.rows import FigureRow, Read, as_value, as_year, filled_row
from buurtdraad.figures.sources.web import Service
from buurtdraad.figures.sources.wide import AREA, area_column, as_code
from buurtdraad.lib.bad_source import BadSource

CBS = Service("https://datasets.cbs.nl")
ENTITY = "Observations"
FOLLOW = "@odata.nextLink"


def read(path: Path, *, year: int | None = None) -> Read:
    """Recorded Observations (one page or several), with Properties beside them where they are there."""
    files, start = parts_of(path, ENTITY)
    return opened(files[0].name, beside(files[0], start, "Properties") or {}, rows_in(files, follow=FOLLOW), year=year)


def fetch(
    table: str,
    municipality: str | None = None,
    *,
    year: int | None = None,
    service: Service = CBS,
    progress: Callable[[int], None] | None = None,
) -> Read:
    """The table live, of one municipality with its districts and neighbourhoods, or whole."""
    refuse_other_than_table(table)
    wanted = f"?{of_municipality(municipality)}" if municipality is not None else ""
    root = f"{service.base}/odata/v1/CBS/{table}"
    properties = service.get(f"{root}/Properties")
    rows = service.rows(
        f"{root}/{ENTITY}{wanted}",
        follow=FOLLOW,
        table=table,
        municipality=municipality,
        promised=properties.get("ObservationCount"),
        progress=progress,
    )
    return opened(table, properties, rows, year=year)


def of_municipality(code: str) -> str:
    """The filter for one municipality."""
    digits = digits_of(code)
    return filtered(f"startswith({AREA},'{level}{digits}')" for level in ("GM", "WK", "BU"))


def opened(file: str, properties: dict[str, Any], rows: list[dict[str, Any]], *, year: int | None) -> Read:
    area = area_column(rows[0], file)
    if not any(catalogue.by_measure(str(row.get("Measure"))) for row in rows):
        raise BadSource(file, None, "not one of its measures is a key figure that the product knows")
    said = as_year(properties.get("TemporalCoverage"), file=file, given=year)
    return Read(origin_of(properties, file), observed(rows, area=area, year=said, file=file))


def observed(rows: Iterable[dict[str, Any]], *, area: str, year: int, file: str) -> Iterator[FigureRow]:
    """The values of the measures that the catalogue knows."""
    for number, row in enumerate(rows, start=1):
        entry = catalogue.by_measure(str(row.get("Measure")))
        if entry is None:
            continue
        code = as_code(row.get(area), file=file, row=number)
        value = as_value(row.get("Value"), file=file, row=number, column=entry.code)
        empty = Missing.NOT_APPLICABLE if row.get("ValueAttribute") == "Impossible" else Missing.SECRET
        yield filled_row(entry.code, code, year, value, factor=entry.factor, empty=empty)
