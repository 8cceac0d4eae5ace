"""Exit checks that the product answers itself: a number for an area, since the day on which its run began.

What counts for an area is what lies in it and what is of it (`codes_of`); of the whole city that is everything.
"""

import datetime
from collections.abc import Callable, Iterable

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from buurtdraad.agendas.agenda.models import Agreement, Owner, Topic
from buurtdraad.agendas.agenda.states import Following, Role, Stage, VersionStage
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.states import Stage as MeetingStage
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.method.models import Lesson
from buurtdraad.method.states import Measure
from buurtdraad.partners.models import AccordVersion
from buurtdraad.partners.queries.organisations import found
from buurtdraad.partners.states import AccordStage
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area, Kind

type Codes = frozenset[str] | None


def codes_of(area: Area) -> Codes:
    """The areas whose things count for this one: itself, the neighbourhoods in it, and of a district or neighbourhood also the working
    areas that hold one of those. A working area across two districts counts in both. None, for all, of the city.
    """
    if area.kind == Kind.MUNICIPALITY:
        return None
    here = {area.code} | places.inside([area.code])[area.code]
    return frozenset(here if area.kind == Kind.WORKING_AREA else here | places.working_areas_with(here))


def value_of(measure: str, area: Area, since: datetime.date) -> int:
    """What the data say now of one measure; `since` is the day on which the run began."""
    return values_of([measure], area, since)[measure]


def values_of(measures: Iterable[str], area: Area, since: datetime.date) -> dict[str, int]:
    """What the data say now of each of these measures. One query for each, and three for what lies in the area."""
    wanted = sorted(set(measures))
    codes = codes_of(area) if wanted else None
    return {measure: MEASURES[Measure(measure)](area, codes, since) for measure in wanted}


def here(codes: Codes, field: str = "area") -> Q:
    return Q() if codes is None else Q(**{f"{field}__code__in": codes})


def topics_chosen(_area: Area, codes: Codes, since: datetime.date) -> int:
    """Topics of the agenda that counts or is being made, with on record how they were chosen, chosen since.

    Without a day of choosing the day of adoption counts; a topic that goes on in a draft counts once.
    """
    goes_on = Q(version__stage=VersionStage.DRAFT, follows__how=Following.CONTINUED)
    stands = Topic.objects.filter(here(codes, "version__area"), version__stage__in=[VersionStage.DRAFT, VersionStage.ADOPTED])
    adopted = Q(version__adopted_at__isnull=True) | Q(version__adopted_at__date__gte=since)
    chosen = stands.exclude(method="").filter(Q(chosen_on__gte=since) | Q(chosen_on__isnull=True) & adopted)
    return chosen.exclude(goes_on).count()


def wishes(_area: Area, codes: Codes, since: datetime.date) -> int:
    """Wishes told since, those that were joined to another too."""
    return Wish.objects.within(codes).filter(given_at__date__gte=since).count()


def wishes_answered(_area: Area, codes: Codes, since: datetime.date) -> int:
    """Of the wishes told since: how many per cent have an answer, rounded down. Where nothing was told: 0, for nobody got an answer."""
    told = Wish.objects.heads().within(codes).filter(given_at__date__gte=since)
    counted = told.aggregate(all=Count("pk"), answered=Count("pk", filter=Q(answered_at__isnull=False)))
    return counted["answered"] * 100 // counted["all"] if counted["all"] else 0


def meetings_held(_area: Area, codes: Codes, since: datetime.date) -> int:
    """Meetings that began since and are rounded off."""
    return Meeting.objects.within(codes).filter(stage=MeetingStage.CLOSED, starts_at__date__gte=since).count()


def agreements_accepted(_area: Area, codes: Codes, since: datetime.date) -> int:
    """Agreements, but for stopped ones, to which who sees to it said yes since."""
    said_yes = Owner.objects.filter(agreement=OuterRef("pk"), role=Role.OWNER, accepted_at__date__gte=since)
    return Agreement.objects.public().filter(here(codes), Exists(said_yes)).exclude(stage=Stage.STOPPED).count()


def agreements_done(_area: Area, codes: Codes, since: datetime.date) -> int:
    """Agreements that were done since, and still are."""
    return Agreement.objects.public().filter(here(codes), stage=Stage.DONE, done_on__gte=since).count()


def partners(area: Area, _codes: Codes, _since: datetime.date) -> int:
    """Organisations that work in the area today, in what it lies in, or in what lies in it; doubles count as their whole."""
    return found(on=timezone.localdate(), code=area.code).count()


def accords(area: Area, _codes: Codes, _since: datetime.date) -> int:
    """Agreements between partners that are in force today, for the area, what it lies in, or what lies in it."""
    around, today = places.touched_by([area.code]) | places.inside([area.code])[area.code], timezone.localdate()
    in_force = AccordVersion.objects.filter(Q(over_on__isnull=True) | Q(over_on__gte=today), stage=AccordStage.IN_FORCE)
    return in_force.filter(accord__areas__code__in=around).distinct().count()


def lessons(_area: Area, codes: Codes, since: datetime.date) -> int:
    """Lessons of runs here, written down since."""
    return Lesson.objects.filter(here(codes, "run__area"), run__isnull=False, at__date__gte=since).count()


MEASURES: dict[Measure, Callable[[Area, Codes, datetime.date], int]] = {
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
