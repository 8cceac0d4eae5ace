"""In which neighbourhoods lines and areas lie: all shapes of a file at once. For a command or a job: shapely is large."""

from collections.abc import Sequence

from buurtdraad.places import geometry
from buurtdraad.places.models import AreaYear, Kind
from buurtdraad.places.queries.areas import latest_year

# A street that crosses a border by less than this part of it lies on the other side.
PART = 0.05


def areas_under(shapes: Sequence[bytes], municipality: str) -> list[list[str]]:
    """For each shape (WKB, WGS84) the codes of the neighbourhoods of a municipality that hold a part of at least 5 %, by code.

    Nothing for a shape that lies elsewhere. Two queries, however many shapes.
    """
    import numpy
    import shapely

    year = latest_year(municipality)
    answer: list[list[str]] = [[] for _ in shapes]
    if year is None or not shapes:
        return answer
    found = AreaYear.objects.filter(municipality__code=municipality, year=year, area__kind=Kind.NEIGHBOURHOOD, boundary__isnull=False)
    rows = list(found.order_by("area__code").values_list("area__code", "boundary"))
    if not rows:
        return answer
    lines, areas = shapely.from_wkb(list(shapes)), numpy.array(geometry.from_stored(row[1] for row in rows))
    shape, area = shapely.STRtree(areas).query(lines, predicate="intersects")
    order = numpy.lexsort((area, shape))
    shape, area = shape[order], area[order]
    # Only what crosses a border has to be cut.
    crossing = numpy.bincount(shape, minlength=len(lines))[shape] > 1
    sizes = numpy.ones(len(shape))
    sizes[crossing] = measured(shapely.intersection(lines[shape[crossing]], areas[area[crossing]]))
    largest = numpy.zeros(len(lines))
    numpy.maximum.at(largest, shape, sizes)
    for number, place, size in zip(shape, area, sizes, strict=True):
        if size >= PART * largest[number] and (size or not answer[number]):
            answer[number].append(rows[place][0])
    return answer


def measured(shapes):
    """How large each is: its area, for lines their length."""
    import numpy
    import shapely

    areas = shapely.area(shapes)
    return numpy.where(areas > 0, areas, shapely.length(shapes))
