"""What a run would begin with: the dates and partners that are proposed, before anything is made."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils import timezone

from buurtdraad.method.models import MethodStep, MethodVersion, Run
from buurtdraad.method.queries.runs import going_on
from buurtdraad.method.rules import first_days
from buurtdraad.partners.models import Organisation
from buurtdraad.partners.queries.organisations import found
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area, Kind


@dataclass(frozen=True)
class Beginning:
    """A run that is not there yet: its steps with a first date each, and the partners that are proposed.

    `both` work in both areas; `alike` are of the same kind as a partner of the other run that does not work here, or of a kind that
    the method names where there is no other run. `around` are runs under way in areas in which this one lies, `inside` in areas that
    lie in it, each with `place`: of the nearest one residents read.
    """

    area: Area
    version: MethodVersion
    like: Run | None
    steps: list[tuple[MethodStep, datetime.date]]
    both: list[Organisation] = field(default_factory=list)
    alike: list[Organisation] = field(default_factory=list)
    around: list[Run] = field(default_factory=list)
    inside: list[Run] = field(default_factory=list)

    @property
    def partners(self) -> list[Organisation]:
        return [*self.both, *self.alike]


def beginning(area: Area, version: MethodVersion, like: Run | None, first_on: datetime.date) -> Beginning:
    """What a run would begin with. Ten queries at most."""
    steps = list(version.steps.all())
    days = first_days(first_on, [(step.weeks_least, step.weeks_most) for step in steps])
    both, alike = partners_like(area, like) if like else ([], of_kinds(area, {kind for step in steps for kind in step.kinds}))
    around, inside = runs_near(area)
    return Beginning(area, version, like, list(zip(steps, days, strict=True)), both, alike, around, inside)


def runs_near(area: Area) -> tuple[list[Run], list[Run]]:
    """Runs under way in areas in which this one lies, and in areas that lie in it, each with `place`. Five queries at most."""
    if area.kind == Kind.MUNICIPALITY:
        return [], [run for run in going_on() if run.area_id != area.pk]
    within = places.inside([area.code])[area.code]
    if area.kind == Kind.WORKING_AREA:
        holders = places.touched_by(within) - within - {area.code}
        larger = going_on().filter(area__code__in=holders, area__kind=Kind.DISTRICT)
    else:
        holders = places.touched_by([area.code]) - {area.code}
        larger = going_on().filter(area__code__in=holders).exclude(area__kind=Kind.MUNICIPALITY)
        within |= places.working_areas_with(within)
    return list(larger), list(going_on().filter(area__code__in=within))


def partners_here(area: Area) -> QuerySet[Organisation]:
    """Organisations that work here today, in what the area lies in or in what lies in it; of doubles only the whole."""
    return found(on=timezone.localdate(), code=area.code)


def of_kinds(area: Area, kinds: Iterable[str]) -> list[Organisation]:
    return list(partners_here(area).filter(kind__in=kinds))


def partners_like(area: Area, like: Run) -> tuple[list[Organisation], list[Organisation]]:
    """Of the partners that take part in another run: those that work here too, and others here of the kinds of those that do not."""
    theirs = [one.organisation.whole for one in like.partners.filter(takes_part=True).select_related("organisation__joined_to")]
    here = list(partners_here(area))
    both = [one for one in here if one in theirs]
    missing = {one.kind for one in theirs if one not in both}
    return both, [one for one in here if one.kind in missing and one not in both]
