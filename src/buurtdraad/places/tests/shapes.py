"""Small invented cities for tests: a row of square neighbourhoods, as rows, as features and as files."""

import json

import shapely

from buurtdraad.places.models import Kind
from buurtdraad.places.sources.rows import AreaRow

SIDE = 0.01


def square(column, line=0, west=5.0, south=52.0):
    """A square with sides of about a kilometre, in its column and line of a grid."""
    return shapely.box(west + column * SIDE, south + line * SIDE, west + (column + 1) * SIDE, south + (line + 1) * SIDE)


def row(number=1, *, district="01", municipality="0344", **facts):
    """A neighbourhood of one square; those with another number lie beside it."""
    return AreaRow(
        **{
            "code": f"BU{municipality}{district}{number:02}",
            "kind": Kind.NEIGHBOURHOOD,
            "name": f"Buurt {number}",
            "parent_code": f"WK{municipality}{district}",
            "parent_name": "West",
            "municipality_code": f"GM{municipality}",
            "municipality_name": "Utrecht",
            "year": 2025,
            "geometry": square(number),
            "source": "test",
            "file": "stad.geojson",
            "row": f"feature {number}",
        }
        | facts
    )


def city(count=3, **facts):
    """So many neighbourhoods beside each other in one district."""
    return [row(number, **facts) for number in range(1, count + 1)]


def feature(number=1, *, geometry=None, **facts):
    """The same neighbourhood as a GeoJSON feature with the properties of CBS."""
    code = f"BU034401{number:02}"
    return {
        "type": "Feature",
        "id": code,
        "properties": {
            "buurtcode": code,
            "buurtnaam": f"Buurt {number}",
            "wijkcode": "WK034401",
            "wijknaam": "Wijk 01 West",
            "gemeentecode": "GM0344",
            "gemeentenaam": "Utrecht",
            "jaar": 2025,
            "water": "NEE",
        }
        | facts,
        "geometry": geometry or json.loads(shapely.to_geojson(square(number))),
    }


def collection(*features, **facts):
    """A GeoJSON document of these features."""
    return {"type": "FeatureCollection", "features": list(features)} | facts
