"""Finding the parts of one OData table in a folder: its rows, in one file or several, and what describes them."""

from pathlib import Path
from typing import Any

from buurtdraad.figures.sources.odata import as_object, rows_of
from buurtdraad.lib.bad_source import BadSource


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object in a file. Raises `BadSource`."""
    try:
        return as_object(path.read_bytes(), path.name)
    except OSError as wrong:
        raise BadSource(path.name, None, f"it cannot be read: {wrong.strerror}") from wrong


def parts_of(path: Path, entity: str) -> tuple[list[Path], str]:
    """The files with the rows (`entity` is in their name) and the start of the name that all parts of the table share.

    A folder holds one table; beside a file stand its other pages. There is at least one file, or `BadSource` is raised.
    """
    if path.is_file():
        start = path.name.split(entity, maxsplit=1)[0] if entity in path.name else path.stem
        beside = sorted(path.parent.glob(f"{start}{entity}*.json")) if entity in path.name and "_p" in path.stem else []
        return beside or [path], start
    files = sorted(path.glob(f"*{entity}*.json"))
    starts = {file.name.split(entity, maxsplit=1)[0] for file in files}
    if len(starts) > 1:
        raise BadSource(path.name, None, f"it holds more than one table ({', '.join(sorted(starts))}); name the file")
    if not starts:
        raise BadSource(path.name, None, f"there is no {entity} in it")
    return files, starts.pop()


def rows_in(files: list[Path], *, follow: str) -> list[dict[str, Any]]:
    """All rows of the pages; refused when the last page says that more follows."""
    rows: list[dict[str, Any]] = []
    page: dict[str, Any] = {}
    for file in files:
        page = read_object(file)
        rows += rows_of(page, file.name)
    if page.get(follow):
        raise BadSource(files[-1].name, None, "more pages follow, and they are not there")
    if not rows:
        raise BadSource(files[-1].name, None, "there are no rows in it")
    return rows


def beside(file: Path, start: str, entity: str) -> dict[str, Any] | None:
    """What a file beside the rows holds (TableInfos, DataProperties...), or None where there is none."""
    found = file.parent / f"{start}{entity}.json"
    return read_object(found) if found.is_file() else None
