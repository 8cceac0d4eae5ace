"""Reading figures from the files and services that have them. Every source gives `FigureRow`s lazily, or raises `BadSource`."""

from pathlib import Path

from buurtdraad.figures.sources import kwb, odata3, odata4, parquet
from buurtdraad.figures.sources.mapping import Mapping
from buurtdraad.figures.sources.rows import FigureRow, Origin, Read
from buurtdraad.lib.bad_source import BadSource

__all__ = ["FigureRow", "Origin", "Read", "open_file"]


def open_file(path: Path, *, mapping: Mapping | None = None, year: int | None = None, all_columns: bool = False) -> Read:
    """Open a file or folder by what it is: CSV, Parquet, or recorded OData of version 3 or 4."""
    if not path.exists():
        raise BadSource(path, None, "it is not there")
    kind = path.suffix.lower()
    if kind in {".csv", ".txt"}:
        return kwb.read(path, mapping=mapping, year=year)
    if mapping:
        raise BadSource(path.name, None, "a mapping is for CSV files; other files say themselves what they hold")
    if kind == ".parquet":
        return parquet.read(path, year=year, all_columns=all_columns)
    if path.is_dir() or kind == ".json":
        return odata4.read(path, year=year) if is_version_4(path) else odata3.read(path, year=year, all_columns=all_columns)
    raise BadSource(path.name, None, "this is no CSV, JSON or Parquet file")


def is_version_4(path: Path) -> bool:
    """Whether a file or folder holds recorded OData of version 4: `Observations` instead of `TypedDataSet`."""
    if path.is_file():
        return odata4.ENTITY in path.name
    third, fourth = (any(path.glob(f"*{entity}*.json")) for entity in (odata3.ENTITY, odata4.ENTITY))
    if third and fourth:
        raise BadSource(path.name, None, "it holds tables of version 3 and of version 4; name the file")
    return fourth
