"""Exit checks that the product answers itself: a number for an area, since the day on which its run began.

What counts for an area is what lies in it and what is of it (`codes_of`); of the whole city that is everything.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from buurtdraad.agendas.agenda.models import Agreement, Owner, Topic
from buurtdraad.agendas.agenda.states import Following, Role, Stage, VersionStage
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.states import Stage as MeetingStage
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.method.models import Lesson
from buurtdraad.method.states import Measure
from buurtdraad.partners.models import AccordVersion, Organisation
from buurtdraad.partners.queries.organisations import working_in
from buurtdraad.partners.states import AccordStage
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area, Kind

type Codes = frozenset[str] | None


class Asked(NamedTuple):
    """Measures of one area, since the day on which a run began."""

    measures: Iterable[str]
    area: Area
    since: datetime.date


@dataclass(frozen=True)
class Here:
    """Where is counted: the areas whose things count, and those of which partners and their agreements do; from which moment on."""

    codes: Codes
    around: set[str]
    since: datetime.date

    @property
    def begun(self) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(self.since, datetime.time.min))

    def q(self, field: str = "area") -> Q:
        return Q() if self.codes is None else Q(**{f"{field}__code__in": self.codes})


def codes_of(area: Area) -> Codes:
    """The areas whose things count for this one: itself, the neighbourhoods in it, and of a district or neighbourhood also the working
    areas that hold one of those. A working area across two districts counts in both. None, for all, of the city.
    """
    return counting_in(area, places.surroundings([area.code])[area.code])


def counting_in(area: Area, near: places.Surroundings) -> Codes:
    if area.kind == Kind.MUNICIPALITY:
        return None
    own = {area.code} | near.inside
    return frozenset(own if area.kind == Kind.WORKING_AREA else own | near.working_areas)


def value_of(measure: str, area: Area, since: datetime.date) -> int:
    """What the data say now of one measure; `since` is the day on which the run began."""
    return values_of([measure], area, since)[measure]


def values_of(measures: Iterable[str], area: Area, since: datetime.date) -> dict[str, int]:
    """What the data say now of each of these measures. Four queries."""
    return values_in([Asked(measures, area, since)])[0]


def values_in(asked: Sequence[Asked]) -> list[dict[str, int]]:
    """The same of several areas at once, in their order. Four queries, however many: every number is a column of one row."""
    wanted = [sorted(set(one.measures)) for one in asked]
    near = places.surroundings({one.area.code for one, measures in zip(asked, wanted, strict=True) if measures})
    columns = []
    for one, measures in zip(asked, wanted, strict=True):
        if measures:
            where = Here(counting_in(one.area, near[one.area.code]), near[one.area.code].around, one.since)
            columns += [Coalesce(Subquery(MEASURES[Measure(measure)](where)), 0) for measure in measures]
    row = iter(Area.objects.order_by().values_list(*columns)[0] if columns else ())
    return [{measure: next(row) for measure in measures} for measures in wanted]


def counted(found: QuerySet, number: Any = None) -> QuerySet:
    """How many rows there are (or another number of them), as a query in a query."""
    number = Count("pk") if number is None else number
    return found.order_by().values(one=Value(1)).annotate(number=number).values("number")


def topics_chosen(here: Here) -> QuerySet:
    """Topics of the agenda that counts or is being made, with on record how they were chosen, chosen since.

    Without a day of choosing the day of adoption counts; a topic that goes on in a draft counts once.
    """
    goes_on = Q(version__stage=VersionStage.DRAFT, follows__how=Following.CONTINUED)
    stands = Topic.objects.filter(here.q("version__area"), version__stage__in=[VersionStage.DRAFT, VersionStage.ADOPTED])
    adopted = Q(version__adopted_at__isnull=True) | Q(version__adopted_at__gte=here.begun)
    chosen = stands.exclude(method="").filter(Q(chosen_on__gte=here.since) | Q(chosen_on__isnull=True) & adopted)
    return counted(chosen.exclude(goes_on))


def wishes(here: Here) -> QuerySet:
    """Wishes told since, those that were joined to another too."""
    return counted(Wish.objects.within(here.codes).filter(given_at__gte=here.begun), Count("given_at"))


def wishes_answered(here: Here) -> QuerySet:
    """Of the wishes told since: how many per cent have an answer, rounded down. Where nothing was told: 0, for nobody got an answer."""
    told = Wish.objects.heads().within(here.codes).filter(given_at__gte=here.begun)
    return counted(told, Count("answered_at") * 100 / NullIf(Count("given_at"), 0))


def meetings_held(here: Here) -> QuerySet:
    """Meetings that began since and are rounded off."""
    return counted(Meeting.objects.within(here.codes).filter(stage=MeetingStage.CLOSED, starts_at__gte=here.begun))


def agreements_accepted(here: Here) -> QuerySet:
    """Agreements, but for stopped ones, to which who sees to it said yes since."""
    said_yes = Owner.objects.filter(agreement=OuterRef("pk"), role=Role.OWNER, accepted_at__gte=here.begun)
    return counted(Agreement.objects.public().filter(here.q(), Exists(said_yes)).exclude(stage=Stage.STOPPED))


def agreements_done(here: Here) -> QuerySet:
    """Agreements that were done since, and still are."""
    return counted(Agreement.objects.public().filter(here.q(), stage=Stage.DONE, done_on__gte=here.since))


def partners(here: Here) -> QuerySet:
    """Organisations that work in the area today, in what it lies in, or in what lies in it; doubles count as their whole."""
    return counted(working_in(Organisation.objects.wholes().not_over(timezone.localdate()), here.around))


def accords(here: Here) -> QuerySet:
    """Agreements between partners that are in force today, for the area, what it lies in, or what lies in it."""
    today = timezone.localdate()
    in_force = AccordVersion.objects.filter(Q(over_on__isnull=True) | Q(over_on__gte=today), stage=AccordStage.IN_FORCE)
    return counted(in_force.filter(accord__areas__code__in=here.around), Count("pk", distinct=True))


def lessons(here: Here) -> QuerySet:
    """Lessons of runs here, written down since."""
    return counted(Lesson.objects.filter(here.q("run__area"), run__isnull=False, at__gte=here.begun))


MEASURES: dict[Measure, Callable[[Here], QuerySet]] = {
    Measure.TOPICS_CHOSEN: topics_chosen,
    Measure.WISHES_ANSWERED: wishes_answered,
    Measure.WISHES: wishes,
    Measure.MEETINGS_HELD: meetings_held,
    Measure.AGREEMENTS_ACCEPTED: agreements_accepted,
    Measure.AGREEMENTS_DONE: agreements_done,
    Measure.PARTNERS: partners,
    Measure.ACCORDS: accords,
    Measure.LESSONS: lessons,
}
