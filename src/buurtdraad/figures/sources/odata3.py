"""StatLine by OData version 3: from files, or live. Columns are found by their stem, the year in the table's own description."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from buurtdraad.figures.sources.files import beside, parts_of, rows_in
from buurtdraad.figures.sources.rows import Origin, Read, as_year
from buurtdraad.figures.sources.web import Service
from buurtdraad.figures.sources.wide import AREA, area_column, further_columns, wanted_columns, wide_rows
from buurtdraad.lib.bad_source import BadSource

BASE = "https://opendata.cbs.nl"
ENTITY = "TypedDataSet"
FOLLOW = "odata.nextLink"
STATLINE = "https://opendata.cbs.nl/statline/#/CBS/nl/dataset/"
TABLE = re.compile(r"\d{5}[A-Za-z]{3}")
MUNICIPALITY = re.compile(r"GM\d{4}")


def read(path: Path, *, year: int | None = None, all_columns: bool = False) -> Read:
    """A recorded TypedDataSet, or the folder that holds it with TableInfos and DataProperties beside it."""
    files, start = parts_of(path, ENTITY)
    if not files:
        raise BadSource(path.name, None, f"there is no {ENTITY} in it")
    infos, properties = beside(files[0], start, "TableInfos"), beside(files[0], start, "DataProperties")
    return opened(files[0].name, infos or {}, properties, rows_in(files, follow=FOLLOW), year=year, all_columns=all_columns)


def fetch(
    table: str,
    municipality: str | None = None,
    *,
    base: str = BASE,
    year: int | None = None,
    all_columns: bool = False,
    service: Service | None = None,
    progress: Callable[[int], None] | None = None,
) -> Read:
    """The table live, of one municipality with its districts and neighbourhoods, or whole. By the feed, which gives pages."""
    if not TABLE.fullmatch(table):
        raise BadSource(table, None, "this is not the number of a table (such as 84799NED)")
    feed = f"{base}/ODataFeed/odata/{table}"
    service = service or Service(base)
    infos = service.get(f"{feed}/TableInfos?$format=json")
    properties = service.get(f"{feed}/DataProperties?$format=json")
    rows: list[dict[str, Any]] = []
    for page in service.pages(f"{feed}/{ENTITY}?$format=json{of_municipality(municipality)}", follow=FOLLOW):
        rows += page
        if progress:
            progress(len(rows))
    described = first_of(infos)
    if not rows:
        raise BadSource(table, None, f"it has no rows{f' of {municipality}' if municipality else ''}")
    if municipality is None and described.get("RecordCount") not in {None, len(rows)}:
        raise BadSource(table, None, f"{len(rows)} rows came of the {described['RecordCount']} that it has")
    return opened(table, infos, properties, rows, year=year, all_columns=all_columns)


def of_municipality(code: str | None) -> str:
    """The filter for one municipality. Codes are padded to ten characters; a search for "0344" would find BU03940344 too."""
    if code is None:
        return ""
    if not MUNICIPALITY.fullmatch(code):
        raise BadSource(code, None, "this is not the code of a municipality (such as GM0344)")
    number = code.removeprefix("GM")
    parts = [f"{AREA} eq '{code:<10}'", f"startswith({AREA},'WK{number}')", f"startswith({AREA},'BU{number}')"]
    return f"&$filter={' or '.join(parts)}".replace(" ", "%20")


def first_of(answer: dict[str, Any]) -> dict[str, Any]:
    """TableInfos stands there as a list of one, or by itself."""
    rows = answer.get("value")
    return rows[0] if isinstance(rows, list) and rows else answer


def opened(
    file: str, infos: dict[str, Any], properties: dict[str, Any] | None, rows: list[dict[str, Any]], *, year: int | None, all_columns: bool
) -> Read:
    described = first_of(infos)
    by_key = {row["Key"]: row for row in (properties or {}).get("value", []) if row.get("Key")}
    columns = list(rows[0])
    wanted = wanted_columns(columns, file, by_key)
    further = further_columns(numbers_in(columns, rows, by_key), wanted, by_key) if all_columns else []
    table = str(described.get("Identifier") or "").strip()
    origin = Origin(
        source="CBS",
        table=table,
        file="" if file == table else file,
        source_url=f"{STATLINE}{table}" if table else "",
        modified=str(described.get("Modified") or "")[:40],
        indicators=tuple(fields for _, fields in further),
    )
    said = as_year(described.get("Period"), file=file, given=year)
    return Read(origin, wide_rows(rows, [*wanted, *(one for one, _ in further)], area=area_column(columns, file), year=said, file=file))


def numbers_in(columns: list[str], rows: list[dict[str, Any]], by_key: dict[str, dict]) -> list[str]:
    """The columns that hold numbers: by DataProperties, or else by what stands in them."""
    if by_key:
        return [column for column in columns if (by_key.get(column) or {}).get("Datatype") in {"Long", "Double", "Integer", "Float"}]
    return [column for column in columns if column != "ID" and not any(isinstance(row.get(column), str) for row in rows)]
