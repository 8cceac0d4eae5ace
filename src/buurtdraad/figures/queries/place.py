"""The area that figures are asked for, and what is around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from buurtdraad.places.models import Area, AreaChange, AreaYear, Change, Membership

MOVED = (Change.BORDER_MOVED, Change.SPLIT, Change.JOINED)


class Beside(NamedTuple):
    """A district or municipality that an area lies in."""

    id: int
    code: str
    name: str


@dataclass(frozen=True)
class Place:
    """An area as figures need it: what it lies in, what belongs to it, and the years in which its border moved."""

    id: int
    code: str
    kind: str
    name: str
    parent: Beside | None
    municipality: Beside | None
    members: Sequence[int]
    moved: Sequence[int]


def place_of(area_code: str) -> Place | None:
    """The area as it stands in its last year, with its district and municipality (2 queries); None for an unknown code."""
    area = (
        Area.objects.filter(code=area_code)
        .annotate(
            members_ids=ArraySubquery(Membership.objects.filter(working_area=OuterRef("pk")).values("neighbourhood_id")),
            moved=ArraySubquery(AreaChange.objects.filter(to_area=OuterRef("pk"), kind__in=MOVED).values("year")),
        )
        .first()
    )
    if area is None:
        return None
    named = {
        f"{above}_name": AreaYear.objects.filter(area=OuterRef(above)).order_by("-year").values("name")[:1]
        for above in ("parent", "municipality")
    }
    stood = AreaYear.objects.filter(area=area).select_related("parent", "municipality").annotate(**named)
    now = stood.defer("boundary", "outline").order_by("-year").first()
    return Place(
        id=area.pk,
        code=area.code,
        kind=area.kind,
        name=now.name if now else area.code,
        parent=beside(area, now, "parent"),
        municipality=beside(area, now, "municipality"),
        members=area.members_ids,
        moved=area.moved,
    )


def beside(area: Area, now: AreaYear | None, which: str) -> Beside | None:
    """The district or municipality of an area; None where it has none or is it itself."""
    above = getattr(now, which, None)
    if above is None or above.pk == area.pk:
        return None
    return Beside(above.pk, above.code, getattr(now, f"{which}_name") or above.code)
