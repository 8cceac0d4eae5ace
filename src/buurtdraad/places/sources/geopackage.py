"""Areas from a GeoPackage as CBS publishes it each year (layers buurten, wijken, gemeenten), in RD or WGS84.

Read by SQLite itself; only the header before each boundary (GeoPackage 1.3, 2.1.3) is ours.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from buurtdraad.lib.bad_source import BadSource, Problem
from buurtdraad.places.models import Kind
from buurtdraad.places.sources.features import Feature, area_rows
from buurtdraad.places.sources.rows import AreaRow

LAYERS = {"gemeente": Kind.MUNICIPALITY, "wijk": Kind.DISTRICT, "buurt": Kind.NEIGHBOURHOOD}
WGS84, RD = 4326, 28992
# Bytes of the bounds in a header, by the indicator in its flags.
BOUNDS = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}


@dataclass(frozen=True)
class Layer:
    """One table of areas: its level, its column of boundaries and the numbers (EPSG) of their coordinates."""

    table: str
    kind: Kind
    column: str
    srs: int


def read(path: Path, *, municipality: str = "", source: str = "") -> list[AreaRow]:
    """All areas in the file, or those of one municipality. Raises `BadSource` with all that is wrong."""
    rows: list[AreaRow] = []
    problems: list[Problem] = []
    try:
        with path.open("rb") as file:
            if file.read(15) != b"SQLite format 3":
                raise BadSource(path.name, None, "it is not a GeoPackage")
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    except (OSError, sqlite3.Error) as wrong:
        raise BadSource(path.name, None, f"it cannot be read: {wrong}") from None
    try:
        for layer in _layers(connection, path.name):
            features = list(_features(connection, layer, path.name, municipality, problems))
            found, more = area_rows(features, file=path.name, source=source or path.name, kind=layer.kind)
            rows += found
            problems += more
    except sqlite3.Error as wrong:
        raise BadSource(path.name, None, f"the file is cut off or broken: {wrong}") from None
    finally:
        connection.close()
    if problems:
        raise BadSource(problems=problems)
    return rows


def _layers(connection: sqlite3.Connection, file: str) -> list[Layer]:
    """The layers of areas, by the beginning of their names: `buurten`, `buurten_2025`, `cbs_buurten` and so on."""
    found = connection.execute("SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns ORDER BY table_name").fetchall()
    layers: dict[Kind, Layer] = {}
    for table, column, srs in found:
        words = table.lower().replace("wijkenbuurten", "").replace("wijken_en_buurten", "")
        kind = next((kind for word, kind in LAYERS.items() if word in words), None)
        if kind is None:
            continue
        if kind in layers:
            raise BadSource(file, table, f"there are two layers of this level: {layers[kind].table} and {table}")
        if srs not in {WGS84, RD}:
            raise BadSource(file, table, f"its coordinates are in EPSG:{srs}, expected EPSG:28992 or EPSG:4326")
        layers[kind] = Layer(table, kind, column, srs)
    if not layers:
        raise BadSource(
            file, None, f"there is no layer buurten, wijken or gemeenten; found: {', '.join(row[0] for row in found) or 'none'}"
        )
    return list(layers.values())


def _features(connection: sqlite3.Connection, layer: Layer, file: str, municipality: str, problems: list[Problem]) -> Iterator[Feature]:
    import shapely

    to_wgs84 = _transformer(layer.srs)
    cursor = connection.execute(f'SELECT * FROM "{layer.table.replace(chr(34), chr(34) * 2)}"')  # noqa: S608 (a name cannot be a parameter; quoted)
    names = [column[0].lower() for column in cursor.description]
    for number, values in enumerate(cursor, start=1):
        facts = dict(zip(names, values, strict=True))
        blob = facts.pop(layer.column.lower(), None)
        if municipality and str(facts.get("gemeentecode") or "").strip() != municipality:
            continue
        row = f"{layer.table} row {facts.get('fid', number)}"
        try:
            boundary = None if blob is None else to_wgs84(shapely.from_wkb(wkb(blob)))
        except (ValueError, shapely.errors.GEOSException) as wrong:
            problems.append(Problem(file, row, f"the boundary cannot be read: {wrong}"))
            continue
        yield Feature(row, facts, boundary)


def wkb(blob: bytes) -> bytes:
    """The well-known binary after the header of a GeoPackage boundary. Raises ValueError when there is no such header."""
    if len(blob) < 8 or blob[:2] != b"GP":
        raise ValueError("it does not begin as a GeoPackage boundary does")
    indicator = (blob[3] >> 1) & 0b111
    if indicator not in BOUNDS:
        raise ValueError(f"its header has the unknown form {indicator}")
    return blob[8 + BOUNDS[indicator] :]


def _transformer(srs: int) -> Callable:
    """From the coordinates of the file to longitude and latitude, rounded to 6 decimals (0.1 m)."""
    import numpy
    import shapely

    if srs == WGS84:
        return lambda boundary: boundary
    import pyproj

    from_rd = pyproj.Transformer.from_crs(RD, WGS84, always_xy=True)

    def to_wgs84(boundary):
        if not shapely.get_coordinates(boundary).size:
            return boundary
        return shapely.transform(boundary, lambda at: numpy.round(numpy.column_stack(from_rd.transform(at[:, 0], at[:, 1])), 6))

    return to_wgs84
