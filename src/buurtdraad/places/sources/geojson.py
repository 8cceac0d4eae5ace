"""Areas from a GeoJSON file (RFC 7946, also gzipped) with the properties of CBS and PDOK."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from buurtdraad.lib.bad_source import BadSource, Problem
from buurtdraad.places.sources.features import Feature, area_rows
from buurtdraad.places.sources.rows import AreaRow

# No file of areas is larger; the whole of the Netherlands in full detail is about 120 MB.
LARGEST = 1_000_000_000


def read(path: Path, *, source: str = "") -> list[AreaRow]:
    """All areas in a file of neighbourhoods, districts or municipalities. Raises `BadSource` with all that is wrong."""
    document = parsed(_bytes(path), file=path.name)
    problems: list[Problem] = []
    features = list(features_of(document, file=path.name, problems=problems))
    rows, more = area_rows(features, file=path.name, source=source or path.name)
    if problems or more:
        raise BadSource(problems=problems + more)
    return rows


def parsed(content: bytes, *, file: str) -> dict:
    """The GeoJSON document in these bytes. Raises `BadSource`, also for HTML and for half a file."""
    try:
        document = json.loads(content)
    except UnicodeDecodeError as wrong:
        raise BadSource(file, None, f"it is not UTF-8 text (byte {wrong.start})") from None
    except RecursionError:
        raise BadSource(file, None, "it is nested too deep to be GeoJSON") from None
    except json.JSONDecodeError as wrong:
        if content.lstrip()[:1] == b"<":
            raise BadSource(file, None, "it is HTML or XML, not GeoJSON") from None
        # A closing bracket is the last thing in a whole document.
        cut = content.rstrip()[-1:] != b"}"
        cause = "the file is cut off: it ends in the middle" if cut else f"it is not JSON: {wrong.msg}"
        raise BadSource(file, f"line {wrong.lineno}", cause) from None
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection" or not isinstance(document.get("features"), list):
        raise BadSource(file, None, "it is JSON, but not a GeoJSON FeatureCollection")
    crs = document.get("crs")
    name = str(crs.get("properties", {}).get("name", "")) if isinstance(crs, Mapping) and isinstance(crs.get("properties"), Mapping) else ""
    if name and not name.endswith(("CRS84", "4326")):
        raise BadSource(file, None, f"its coordinates are in {name}, expected longitude and latitude (WGS84)")
    return document


def features_of(document: dict, *, file: str, problems: list[Problem]) -> Iterator[Feature]:
    """The features of a document with their boundaries; what is wrong is added to `problems`."""
    for number, feature in enumerate(document["features"], start=1):
        row = f"feature {number}"
        if not isinstance(feature, Mapping) or not isinstance(feature.get("properties"), Mapping):
            problems.append(Problem(file, row, "it is not a feature with properties"))
            continue
        facts = {str(name).lower(): value for name, value in feature["properties"].items()}
        try:
            yield Feature(row, facts, _boundary(feature.get("geometry")))
        except ValueError as wrong:
            code = str(facts.get("buurtcode") or facts.get("wijkcode") or facts.get("gemeentecode") or "")
            problems.append(Problem(file, f"{row} ({code})" if code else row, f"the boundary cannot be read: {wrong}"))


def _boundary(geometry: object):
    """The boundary as shapely knows it; None where there is none. Raises ValueError with the reason."""
    import shapely

    if geometry is None:
        return None
    if not isinstance(geometry, Mapping) or geometry.get("type") not in {"Polygon", "MultiPolygon", "GeometryCollection"}:
        kind = geometry.get("type") if isinstance(geometry, Mapping) else type(geometry).__name__
        raise ValueError(f"it is a {kind}, not a Polygon or MultiPolygon")
    try:
        return shapely.from_geojson(json.dumps(geometry))
    except shapely.errors.GEOSException as wrong:
        raise ValueError(str(wrong).removeprefix("ParseException: ").removeprefix("IllegalArgumentException: ").strip()) from None


def _bytes(path: Path) -> bytes:
    try:
        if path.suffix == ".gz":
            with gzip.open(path) as file:
                content = file.read(LARGEST + 1)
        else:
            with path.open("rb") as file:
                content = file.read(LARGEST + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as wrong:
        raise BadSource(path.name, None, f"the file is cut off or broken: {wrong}") from None
    except OSError as wrong:
        raise BadSource(path.name, None, f"it cannot be read: {wrong.strerror or wrong}") from None
    if len(content) > LARGEST:
        raise BadSource(path.name, None, "it is larger than 1 GB")
    return content
