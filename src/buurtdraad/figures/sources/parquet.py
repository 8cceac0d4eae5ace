"""A whole table of CBS as a Parquet file. Needs pyarrow (`pip install buurtdraad[parquet]`), which is loaded only here."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from buurtdraad.figures.models import Missing
from buurtdraad.figures.sources.files import beside
from buurtdraad.figures.sources.odata3 import STATLINE, first_of
from buurtdraad.figures.sources.rows import FigureRow, Origin, Read, as_value, as_year, filled_row
from buurtdraad.figures.sources.wide import Wanted, area_column, as_code, further_columns, wanted_columns
from buurtdraad.lib.bad_source import BadSource

ENTITY = "TypedDataSet"


def read(path: Path, *, year: int | None = None, all_columns: bool = False) -> Read:
    """The key figures that the catalogue knows, or with `all_columns` every column that holds numbers.

    TableInfos.json and DataProperties.json beside it are used where they are there; else the year has to be given.
    """
    try:
        import pyarrow as arrow  # noqa: PLC0415 (33 MB, for whole countries only)
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        raise BadSource(path.name, None, "reading Parquet needs pyarrow: install buurtdraad[parquet]") from None
    try:
        file = parquet.ParquetFile(path)
    except (OSError, arrow.ArrowInvalid) as wrong:
        raise BadSource(path.name, None, f"it breaks off or is not Parquet: {str(wrong).splitlines()[0]}") from wrong
    start = path.name.split(ENTITY, maxsplit=1)[0]
    infos, properties = beside(path, start, "TableInfos") or {}, beside(path, start, "DataProperties") or {}
    by_key = {row["Key"]: row for row in properties.get("value", []) if row.get("Key")}
    schema = file.schema_arrow
    area = area_column(schema.names, path.name)
    wanted = wanted_columns(schema.names, path.name, by_key)
    numeric = [
        column.name
        for column in schema
        if column.name != "ID" and (arrow.types.is_integer(column.type) or arrow.types.is_floating(column.type))
    ]
    further = further_columns(numeric, wanted, by_key) if all_columns else []
    table = str(first_of(infos).get("Identifier") or "").strip()
    origin = Origin(
        source="CBS",
        table=table,
        file=path.name,
        source_url=f"{STATLINE}{table}" if table else "",
        modified=str(first_of(infos).get("Modified") or "")[:40],
        indicators=tuple(fields for _, fields in further),
    )
    said = as_year(first_of(infos).get("Period"), file=path.name, given=year)
    return Read(origin, column_by_column(file, [*wanted, *(one for one, _ in further)], area=area, year=said, name=path.name))


def column_by_column(file: Any, wanted: Sequence[Wanted], *, area: str, year: int, name: str) -> Iterator[FigureRow]:
    """One column after another, so that memory holds two columns and not the whole table."""
    codes = [as_code(cell, file=name, row=number) for number, cell in enumerate(cells_of(file, area), start=1)]
    for one in wanted:
        cells = cells_of(file, one.column)
        empty = Missing.SECRET if any(cell is not None for cell in cells) else Missing.NOT_YET
        for number, (code, cell) in enumerate(zip(codes, cells, strict=True), start=1):
            value = as_value(cell, file=name, row=number, column=one.column)
            yield filled_row(one.code, code, year, value, factor=one.factor, empty=empty)


def cells_of(file: Any, column: str) -> list[Any]:
    return file.read(columns=[column]).column(0).to_pylist()
