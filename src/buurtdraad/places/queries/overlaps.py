"""The land that neighbourhoods of two years share."""

from buurtdraad.places import geometry
from buurtdraad.places.models import AreaYear, Kind
from buurtdraad.places.rules import Overlap


def overlaps(from_year: int, to_year: int, *, municipality: str | None = None) -> tuple[list[Overlap], dict[str, str], dict[str, str]]:
    """Which old and new neighbourhoods share land and how much, and the names by code of both years.

    With a municipality: its old neighbourhoods against all new ones, for a merger gives them another. Only boundaries
    that a source gave count, not those drawn from points.
    """
    import shapely

    old, new = _boundaries(from_year, municipality), _boundaries(to_year, None)
    tree = shapely.STRtree([shape for _, _, shape in new])
    found = []
    for code, _, shape in old:
        for number in sorted(tree.query(shape, predicate="intersects")):
            other_code, _, other = new[number]
            shared = shape.area if shape.equals_exact(other) else shape.intersection(other).area
            if shared > 0:
                found.append(Overlap(code, other_code, min(1.0, shared / shape.area), min(1.0, shared / other.area)))
    return found, {code: name for code, name, _ in old}, {code: name for code, name, _ in new}


def _boundaries(year: int, municipality: str | None) -> list[tuple]:
    found = AreaYear.objects.filter(year=year, area__kind=Kind.NEIGHBOURHOOD, boundary__isnull=False, schematic=False)
    if municipality:
        found = found.filter(municipality__code=municipality)
    rows = list(found.order_by("area__code").values_list("area__code", "name", "boundary"))
    shapes = geometry.in_frame(geometry.from_stored(row[2] for row in rows)) if rows else []
    return [(code, name, shape) for (code, name, _), shape in zip(rows, shapes, strict=True)]
