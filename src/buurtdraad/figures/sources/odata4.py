"""Tables of CBS by OData version 4: one row for each value, measures with codes that stay the same over the years.

Empty cells are simply not there, so nothing is said about them.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from buurtdraad.figures import catalogue
from buurtdraad.figures.models import Missing
from buurtdraad.figures.sources.files import beside, parts_of, rows_in
from buurtdraad.figures.sources.odata3 import MUNICIPALITY, STATLINE, TABLE
from buurtdraad.figures.sources.rows import FigureRow, Origin, Read, as_value, as_year, filled_row
from buurtdraad.figures.sources.web import Service
from buurtdraad.figures.sources.wide import AREA, OTHER_AREAS, as_code
from buurtdraad.lib.bad_source import BadSource

BASE = "https://datasets.cbs.nl"
ENTITY = "Observations"
FOLLOW = "@odata.nextLink"
CONTEXT_TABLE = re.compile(r"/CBS/(\w+)/")


def read(path: Path, *, year: int | None = None) -> Read:
    """Recorded Observations (one page or several), with Properties beside them where they are there."""
    files, start = parts_of(path, ENTITY)
    if not files:
        raise BadSource(path.name, None, f"there are no {ENTITY} in it")
    return opened(files[0].name, beside(files[0], start, "Properties") or {}, rows_in(files, follow=FOLLOW), year=year)


def fetch(
    table: str,
    municipality: str | None = None,
    *,
    base: str = BASE,
    year: int | None = None,
    service: Service | None = None,
    progress: Callable[[int], None] | None = None,
) -> Read:
    """The table live, of one municipality with its districts and neighbourhoods, or whole."""
    if not TABLE.fullmatch(table):
        raise BadSource(table, None, "this is not the number of a table (such as 84799NED)")
    root = f"{base}/odata/v1/CBS/{table}"
    service = service or Service(base)
    properties = service.get(f"{root}/Properties")
    rows: list[dict[str, Any]] = []
    for page in service.pages(f"{root}/{ENTITY}{of_municipality(municipality)}", follow=FOLLOW):
        rows += page
        if progress:
            progress(len(rows))
    if municipality is None and properties.get("ObservationCount") not in {None, len(rows)}:
        raise BadSource(table, None, f"{len(rows)} values came of the {properties['ObservationCount']} that it has")
    return opened(table, properties, rows, year=year)


def of_municipality(code: str | None) -> str:
    if code is None:
        return ""
    if not MUNICIPALITY.fullmatch(code):
        raise BadSource(code, None, "this is not the code of a municipality (such as GM0344)")
    number = code.removeprefix("GM")
    parts = [f"startswith({AREA},'{level}{number}')" for level in ("GM", "WK", "BU")]
    return f"?$filter={' or '.join(parts)}".replace(" ", "%20")


def opened(file: str, properties: dict[str, Any], rows: list[dict[str, Any]], *, year: int | None) -> Read:
    if not rows:
        raise BadSource(file, None, "there are no values in it")
    area = next((name for name in (AREA, *OTHER_AREAS) if name in rows[0]), None)
    if area is None or "Measure" not in rows[0]:
        raise BadSource(file, None, f"its rows have no {AREA} or no Measure")
    if not any(catalogue.by_measure(str(row.get("Measure"))) for row in rows):
        raise BadSource(file, None, "not one of its measures is a key figure that the product knows")
    table = str(properties.get("Identifier") or "")
    origin = Origin(
        source="CBS",
        table=table,
        file="" if file == table else file,
        source_url=f"{STATLINE}{table}" if table else "",
        modified=str(properties.get("Modified") or "")[:40],
    )
    said = as_year(properties.get("TemporalCoverage"), file=file, given=year)
    return Read(origin, observed(rows, area=area, year=said, file=file))


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
