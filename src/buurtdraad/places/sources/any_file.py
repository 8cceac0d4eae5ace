"""A file of areas of whatever kind, read by its own source."""

from pathlib import Path

from buurtdraad.lib.bad_source import BadSource
from buurtdraad.places.sources import geojson, geopackage, table
from buurtdraad.places.sources.rows import AreaRow


def read(path: Path, *, municipality: str = "", municipality_name: str = "") -> list[AreaRow]:
    """All areas in a GeoJSON (also gzipped), GeoPackage or CSV file, or those of one municipality. Raises `BadSource`."""
    name = path.name.lower()
    if not path.exists():
        raise BadSource(str(path), None, "there is no such file")
    if name.endswith(".gpkg"):
        rows = geopackage.read(path, municipality=municipality)
    elif name.endswith(".csv"):
        rows = table.read(path, municipality_name=municipality_name)
    elif name.endswith((".geojson", ".json", ".geojson.gz", ".json.gz")):
        rows = geojson.read(path)
    else:
        raise BadSource(path.name, None, "expected a file that ends in .geojson, .json, .geojson.gz, .gpkg or .csv")
    if municipality:
        rows = [row for row in rows if row.municipality_code == municipality]
        if not rows:
            raise BadSource(path.name, None, f"it holds no area of {municipality}")
    return rows
