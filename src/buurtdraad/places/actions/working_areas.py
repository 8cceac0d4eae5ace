"""Working areas: any set of neighbourhoods that a team works in, drawn for every year that its members are known in."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused
from buurtdraad.places import geometry
from buurtdraad.places.models import Area, AreaYear, Kind, Membership
from buurtdraad.places.queries import touched_by

COMPARED = ("name", "boundary", "outline", "area_ha", "schematic", "municipality_id", "source")
SLUG = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")


class NotAWorkingArea(Refused):
    """The slug, the name or the neighbourhoods of a working area are not right; the text says which."""


@transaction.atomic
def make_working_area(
    slug: str, name: str, neighbourhood_codes: Collection[str], *, by: UUID | None, at: datetime.datetime, channel: str = ""
) -> Area:
    """A working area of these neighbourhoods of one municipality, or the one with this slug made so.

    Its boundary in each year is the union of its members. The same call twice changes and records nothing.
    Raises `NotAWorkingArea`.
    """
    members = _members(slug, name, neighbourhood_codes)
    area, is_new = Area.objects.get_or_create(code=slug, defaults={"kind": Kind.WORKING_AREA})
    if area.kind != Kind.WORKING_AREA:
        raise NotAWorkingArea(f"{slug} is the code of another kind of area.")
    before = set(Membership.objects.filter(working_area=area).values_list("neighbourhood__code", flat=True))
    renamed = AreaYear.objects.filter(area=area).exclude(name=name).update(name=name, loaded_at=at)
    if before == set(members) and not is_new and not renamed:
        return area
    Membership.objects.filter(working_area=area).exclude(neighbourhood__in=members.values()).delete()
    Membership.objects.bulk_create(
        [Membership(working_area=area, neighbourhood=member) for code, member in members.items() if code not in before]
    )
    AreaYear.objects.filter(area=area).exclude(year__in=AreaYear.objects.filter(area__in=members.values()).values("year")).delete()
    redraw_working_areas([slug], at=at, name=name)
    record(
        "working_area.made" if is_new else "working_area.changed",
        room="places",
        thing=f"area:{slug}",
        by=by,
        at=at,
        channel=channel,
        touches=touched_by({slug, *members, *before}),
        payload={"members": sorted(members)},
    )
    return area


def _members(slug: str, name: str, codes: Collection[str]) -> dict[str, Area]:
    if not SLUG.match(slug) or len(slug) > 60:
        raise NotAWorkingArea(f"{slug!r} is not a short name of small letters, digits and hyphens, such as zuilen-oost.")
    if not name.strip() or len(name) > 120:
        raise NotAWorkingArea("A working area needs a name of at most 120 characters.")
    members = {area.code: area for area in Area.objects.filter(code__in=set(codes), kind=Kind.NEIGHBOURHOOD)}
    unknown = sorted(set(codes) - set(members))
    if unknown or not members:
        raise NotAWorkingArea(
            f"These are not neighbourhoods that are known: {', '.join(unknown)}." if unknown else "It has no neighbourhoods."
        )
    if len({code[:6] for code in members}) > 1:
        raise NotAWorkingArea("The neighbourhoods of a working area lie in one municipality.")
    return members


def redraw_working_areas(
    slugs: Iterable[str], *, at: datetime.datetime, years: Collection[int] | None = None, name: str | None = None
) -> list[str]:
    """Draw these working areas again in these years (or in all that their members are known in); the slugs of those that changed."""
    changed = []
    for area in Area.objects.filter(code__in=set(slugs), kind=Kind.WORKING_AREA).order_by("code"):
        members = AreaYear.objects.filter(area__working_areas__working_area=area).select_related("area")
        known = {here.year: here for here in AreaYear.objects.filter(area=area)}
        title = name or next((known[year].name for year in sorted(known, reverse=True)), area.code)
        for year in sorted({member.year for member in members} if years is None else years):
            in_year = [member for member in members if member.year == year]
            wanted = _drawn(AreaYear(area=area, name=title, year=year, loaded_at=at), in_year)
            if _kept(wanted, known.get(year)):
                changed.append(area.code)
    return sorted(set(changed))


def _drawn(wanted: AreaYear, members: list[AreaYear]) -> AreaYear | None:
    """How a working area stands in a year by its members then; None when it has none."""
    import shapely

    if not members:
        return None
    wanted.parent_id = wanted.municipality_id = members[0].municipality_id
    wanted.area_ha = sum((member.area_ha or Decimal(0) for member in members), Decimal(0))
    wanted.schematic = any(member.schematic for member in members)
    wanted.source = members[0].source
    shapes = geometry.from_stored(member.boundary for member in members if member.boundary is not None)
    if shapes:
        whole = shapely.normalize(geometry.joined(shapes))
        wanted.boundary = shapely.to_wkb(whole)
        wanted.latitude, wanted.longitude = geometry.point_inside(whole)
        wanted.outline, frame = geometry.outline(_simplified(members))
        wanted.frame = list(frame)
    return wanted


def _kept(wanted: AreaYear | None, known: AreaYear | None) -> bool:
    """Write it, unless it stood so already; whether it was written."""
    if wanted is None:
        return bool(known and known.delete())
    if known and all(_plain(getattr(known, name)) == _plain(getattr(wanted, name)) for name in COMPARED):
        return False
    wanted.pk = known.pk if known else None
    wanted.save()
    return True


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


def _simplified(members: list[AreaYear]):
    """The union of the members as the overview map draws them, so that lines lie on each other."""
    first = members[0]
    around = AreaYear.objects.filter(municipality=first.municipality_id, year=first.year, area__kind=Kind.NEIGHBOURHOOD)
    boundaries = dict(around.filter(boundary__isnull=False).order_by("area__code").values_list("area_id", "boundary"))
    shapes = geometry.simplified_together(geometry.from_stored(boundaries.values()))
    mine = {member.area_id for member in members}
    return geometry.joined([shape for area_id, shape in zip(boundaries, shapes, strict=True) if area_id in mine])
