"""Two things in the same place within 12 months: by their shapes (shapely), or by the street that both name.

Only the worker and the command come here: shapely, and with it numpy, stay out of the web.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.states import OPEN as OPEN_PLANS
from buurtdraad.places import geometry
from buurtdraad.reports import rules
from buurtdraad.reports.queries.doing import Doing
from buurtdraad.reports.queries.seen import Seen
from buurtdraad.reports.states import FindingKind
from buurtdraad.works.models import Work
from buurtdraad.works.states import OPEN, WorkKind

PLAN = "residents"


@dataclass(frozen=True)
class Digging:
    """Something with a place and a period, as much as comparing needs."""

    thing: str
    title: str
    department: str
    kind: str
    period: tuple
    places: tuple[int, ...]
    streets: frozenset[str]
    shape: bytes | None = None
    point: tuple[float, float] | None = None


def same_place(doing: Doing) -> Iterator[Seen]:
    """Pairs of open works, and of a work and a plan of residents, in one place with at most 12 months between them.

    Place: shapes that touch or lie within 15 m (80 m from the point of a plan, which is rounded), or the name of the same street in words
    in a neighbourhood that both lie in. Two pieces of upkeep of one department are left out: that department plans them itself.
    It says nothing of works without a shape or street, nor whether doing both at once would be better.
    """
    every = diggings(doing)
    pairs = set(near(every)) | set(in_one_street(every))
    for first, second in sorted(pairs):
        one, other = every[first], every[second]
        if worth_a_look(one, other):
            yield as_seen(one, other)


def worth_a_look(one: Digging, other: Digging) -> bool:
    if one.kind == other.kind == PLAN or (one.kind == other.kind == WorkKind.MAINTENANCE and one.department == other.department):
        return False
    return rules.days_between(one.period, other.period) <= rules.APART_DAYS


def as_seen(one: Digging, other: Digging) -> Seen:
    one, other = sorted((one, other), key=lambda each: (each.period, each.thing))
    shared = sorted(set(one.places) & set(other.places)) or [*one.places, *other.places]
    facts = {
        "days": rules.days_between(one.period, other.period),
        "streets": sorted(one.streets & other.streets),
        "departments": list(dict.fromkeys(each.department for each in (one, other) if each.department)),
    }
    return Seen(
        FindingKind.SAME_PLACE, rules.pair_key("place", one.thing, other.thing), shared[0] if shared else None, None,
        (one.thing, other.thing), facts,
    )  # fmt: skip


def diggings(doing: Doing) -> list[Digging]:
    """Open works, and plans of residents that say when they do something. Two queries."""
    shapes = dict(Work.objects.filter(stage__in=sorted(OPEN), shape__isnull=False).values_list("pk", "shape"))
    found = [
        Digging(
            one.thing, one.title, one.department, one.kind, one.period, one.places, rules.streets(f"{one.title} {one.where}"),
            bytes(shapes[one.pk] or b"") if one.pk in shapes else None,
        )
        for one in doing.works
    ]  # fmt: skip
    plans = Initiative.objects.on_site().filter(stage__in=sorted(OPEN_PLANS), from_on__isnull=False).order_by("pk")
    for uuid, title, place, first, last, longitude, latitude, area in plans.values_list(
        "uuid", "title", "place", "from_on", "until_on", "longitude", "latitude", "area"
    ):
        point = (longitude, latitude) if longitude is not None and latitude is not None else None
        found.append(
            Digging(
                f"initiative:{uuid}", title, "", PLAN, (first, last or first), doing.ground.of([area]), rules.streets(f"{title} {place}"),
                point=point,
            )
        )  # fmt: skip
    return found


def near(every: list[Digging]) -> Iterator[tuple[int, int]]:
    """Pairs (their numbers in the list) of which the shapes lie close to each other: one tree, one question."""
    import numpy  # noqa: PLC0415 (not in the web)
    import shapely  # noqa: PLC0415

    numbers = [number for number, one in enumerate(every) if one.shape or one.point]
    if len(numbers) < 2:
        return
    shapes = geometry.in_frame(shapes_of([every[number] for number in numbers]))
    reach = numpy.array([rules.POINT_METRES if every[number].point else rules.NEAR_METRES for number in numbers]) / geometry.UNIT_METRES
    left, right = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=reach)
    early = numpy.array([every[number].period[0].toordinal() for number in numbers])
    late = numpy.array([every[number].period[1].toordinal() for number in numbers])
    close = numpy.maximum(early[left], early[right]) - numpy.minimum(late[left], late[right]) <= rules.APART_DAYS
    for one, other in zip(left[close].tolist(), right[close].tolist(), strict=True):
        if one != other:
            yield min(numbers[one], numbers[other]), max(numbers[one], numbers[other])


def shapes_of(every: list[Digging]) -> Any:
    """As geometries; a shape that cannot be read lies nowhere."""
    import numpy  # noqa: PLC0415 (not in the web)
    import shapely  # noqa: PLC0415

    made = shapely.from_wkb([one.shape for one in every], on_invalid="ignore")
    points = numpy.array([shapely.Point(one.point) if one.point else None for one in every], dtype=object)
    return numpy.where(points != None, points, made)  # noqa: E711 (element by element)


def in_one_street(every: list[Digging]) -> Iterator[tuple[int, int]]:
    """Pairs that name the same street, and share a neighbourhood; upkeep with a shape says by that where it is."""
    at: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number, one in enumerate(every):
        if one.shape and one.kind == WorkKind.MAINTENANCE:
            continue
        for street in one.streets:
            for place in one.places:
                at[street, place].append(number)
    for numbers in at.values():
        yield from combinations(numbers, 2)
