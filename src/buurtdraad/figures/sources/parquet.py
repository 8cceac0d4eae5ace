"""A whole table of CBS as a Parquet file. Needs pyarrow (`pip install buurtdraad[parquet]`), which is loaded only here."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from buurtdraad.figures.models import Missing
from buurtdraad.figures.sources.files import beside
from buurtdraad.figures.sources.odata import origin_of
from buurtdraad.figures.sources.odata3 import ENTITY, by_column, first_of
from buurtdraad.figures.sources.rows import FigureRow, Read, as_value, as_year, filled_row
from buurtdraad.figures.sources.wide import Wanted, area_column, as_code, further_columns, wanted_columns
from buurtdraad.lib.bad_source import BadSource


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
    described = first_of(beside(path, start, "TableInfos"))
    by_key = by_column(beside(path, start, "DataProperties"), path.name)
    schema = file.schema_arrow
    area = area_column(schema.names, path.name)
    wanted = wanted_columns(schema.names, path.name, by_key)
    numeric = [
        column.name
        for column in schema
        if column.name != "ID" and (arrow.types.is_integer(column.type) or arrow.types.is_floating(column.type))
    ]
    further = further_columns(numeric, wanted, by_key) if all_columns else []
    origin = origin_of(described, path.name, indicators=(fields for _, fields in further))
    said = as_year(described.get("Period"), file=path.name, given=year)
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
