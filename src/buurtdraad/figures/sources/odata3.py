"""StatLine by OData version 3: from files, or live. Columns are found by their stem, the year in the table's own description."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from buurtdraad.figures.sources.files import beside, parts_of, rows_in
from buurtdraad.figures.sources.odata import digits_of, filtered, origin_of, refuse_other_than_table, rows_of
from buurtdraad.figures.sources.rows import Read, as_year
from buurtdraad.figures.sources.web import Service
from buurtdraad.figures.sources.wide import AREA, area_column, further_columns, wanted_columns, wide_rows

CBS = Service("https://opendata.cbs.nl")
ENTITY = "TypedDataSet"
FOLLOW = "odata.nextLink"


def read(path: Path, *, year: int | None = None, all_columns: bool = False) -> Read:
    """A recorded TypedDataSet, or the folder that holds it with TableInfos and DataProperties beside it."""
    files, start = parts_of(path, ENTITY)
    infos, properties = beside(files[0], start, "TableInfos"), beside(files[0], start, "DataProperties")
    return opened(files[0].name, infos, properties, rows_in(files, follow=FOLLOW), year=year, all_columns=all_columns)


def fetch(
    table: str,
    municipality: str | None = None,
    *,
    year: int | None = None,
    all_columns: bool = False,
    service: Service = CBS,
    progress: Callable[[int], None] | None = None,
) -> Read:
    """The table live, of one municipality with its districts and neighbourhoods, or whole. By the feed, which gives pages."""
    refuse_other_than_table(table)
    wanted = f"&{of_municipality(municipality)}" if municipality is not None else ""
    feed = f"{service.base}/ODataFeed/odata/{table}"
    infos = service.get(f"{feed}/TableInfos?$format=json")
    properties = service.get(f"{feed}/DataProperties?$format=json")
    rows = service.rows(
        f"{feed}/{ENTITY}?$format=json{wanted}",
        follow=FOLLOW,
        table=table,
        municipality=municipality,
        promised=first_of(infos).get("RecordCount"),
        progress=progress,
    )
    return opened(table, infos, properties, rows, year=year, all_columns=all_columns)


def of_municipality(code: str) -> str:
    """The filter for one municipality. Codes are padded to ten characters; a search for "0344" would find BU03940344 too."""
    digits = digits_of(code)
    return filtered([f"{AREA} eq '{code:<10}'", f"startswith({AREA},'WK{digits}')", f"startswith({AREA},'BU{digits}')"])


def first_of(infos: dict[str, Any] | None) -> dict[str, Any]:
    """What TableInfos says of the table: it stands there as a list of one, or by itself. Nothing where there is none."""
    rows = (infos or {}).get("value")
    return rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else infos or {}


def by_column(properties: dict[str, Any] | None, file: str) -> dict[str, dict[str, Any]]:
    """What DataProperties says of each column. Nothing where there is none."""
    return {str(row["Key"]): row for row in rows_of(properties, file) if row.get("Key")} if properties else {}


def opened(
    file: str,
    infos: dict[str, Any] | None,
    properties: dict[str, Any] | None,
    rows: list[dict[str, Any]],
    *,
    year: int | None,
    all_columns: bool,
) -> Read:
    described, columns, by_key = first_of(infos), list(rows[0]), by_column(properties, file)
    wanted = wanted_columns(columns, file, by_key)
    further = further_columns(numbers_in(columns, rows, by_key), wanted, by_key) if all_columns else []
    origin = origin_of(described, file, indicators=(fields for _, fields in further))
    said = as_year(described.get("Period"), file=file, given=year)
    return Read(origin, wide_rows(rows, [*wanted, *(one for one, _ in further)], area=area_column(columns, file), year=said, file=file))


def numbers_in(columns: list[str], rows: list[dict[str, Any]], by_key: dict[str, dict]) -> list[str]:
    """The columns that hold numbers: by DataProperties, or else by what stands in them."""
    if by_key:
        return [column for column in columns if (by_key.get(column) or {}).get("Datatype") in {"Long", "Double", "Integer", "Float"}]
    return [column for column in columns if column != "ID" and not any(isinstance(row.get(column), str) for row in rows)]
