"""Shifts and who takes part: seats, lists to choose from, what a host sees, what waits for the organiser."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.lib.retention import CLASSES, ended_before
from buurtdraad.placements.access import placements_of as own_placements
from buurtdraad.placements.access import shifts_to_choose
from buurtdraad.placements.models import Host, Placement, Shift
from buurtdraad.placements.rules import ATTENDANCE_DAYS, CALL_HOST, DAY, opens_to_staff_on
from buurtdraad.placements.states import OVER, SEATED, ShiftStage, Stage
from buurtdraad.places import queries as places

SEEN_BY_HOST = frozenset({Stage.AGREED, Stage.CONFIRMED, Stage.ATTENDED, Stage.NO_SHOW})
TAKEN = Count("placements", filter=Q(placements__stage__in=sorted(SEATED)))


@dataclass(frozen=True)
class Seats:
    """How many seats of a shift are taken and free, and how many people wait."""

    taken: int
    free: int
    waiting: int


@dataclass(frozen=True)
class Choice:
    """A shift as a colleague sees it. Who takes part is not there; `opens_on` is set while staff cannot sign up yet."""

    shift: Shift
    seats: Seats
    place: str
    opens_on: datetime.date | None = None


def seats_of(shifts: Iterable[Shift]) -> dict[int, Seats]:
    """The seats of many shifts, by their id. One query."""
    shifts = list(shifts)
    counts: dict[int, Counter] = {shift.pk: Counter() for shift in shifts}
    for pk, stage, number in (
        Placement.objects.filter(shift__in=counts).order_by().values_list("shift", "stage").annotate(number=Count("pk"))
    ):
        counts[pk]["taken" if stage in SEATED else stage] += number
    return {
        shift.pk: Seats(taken := counts[shift.pk]["taken"], max(0, shift.seats - taken), counts[shift.pk][Stage.WAITING])
        for shift in shifts
    }


def opens_on(shift: Shift, on: datetime.date) -> datetime.date | None:
    """The day from which staff can sign up, while that is still to come."""
    day = opens_to_staff_on(timezone.localdate(shift.starts_at), shift.host.others_first)
    return day if day and day > on else None


def to_choose(
    *, at: datetime.datetime, code: str = "", day: datetime.date | None = None, physical: str = "", language: str = ""
) -> QuerySet[Shift]:
    """Shifts that are still to come, the next one first: in an area (also what lies in it), on a day, where the work asks this of a
    body, where this language is spoken."""
    found = shifts_to_choose().filter(stage=ShiftStage.OFFERED, starts_at__gt=at)
    if code:
        found = found.filter(host__area__code__in={code} | places.inside([code])[code])
    if day:
        found = found.annotate(on=TruncDate("starts_at")).filter(on=day)
    if physical:
        found = found.filter(host__physical__contains=[physical])
    if language:
        found = found.filter(host__languages__icontains=language)
    return found


def choices(shifts: Iterable[Shift], *, on: datetime.date) -> list[Choice]:
    """These shifts with their seats and places. Two queries."""
    shifts = list(shifts)
    seats, names = seats_of(shifts), places.names_of(shift.host.area.code for shift in shifts)
    return [Choice(one, seats[one.pk], names.get(one.host.area.code, one.host.area.code), opens_on(one, on)) for one in shifts]


def areas_with_shifts(at: datetime.datetime) -> list[tuple[str, str]]:
    """Code and name of the areas, and of what they lie in, where a shift is still to come; by name."""
    codes = set(Shift.objects.filter(stage=ShiftStage.OFFERED, starts_at__gt=at).values_list("host__area__code", flat=True))
    around = places.touched_by(codes) if codes else set()
    return sorted(places.names_of(around).items(), key=lambda pair: pair[1])


def placements_of(person: Person) -> QuerySet[Placement]:
    """A person's own placements, the last one first."""
    return own_placements(person)


def going_on_then(person: Person, shift: Shift) -> Placement | None:
    """What a person asked for, or goes to, at the time of a shift."""
    mine = own_placements(person).exclude(stage__in=sorted(OVER))
    return mine.filter(shift__starts_at__lt=shift.ends_at, shift__ends_at__gt=shift.starts_at).first()


def place_in_line(placement: Placement) -> int:
    """Where somebody stands on the waiting list, from 1; 0 for who is not on it."""
    if placement.stage != Stage.WAITING:
        return 0
    before = Q(since__lt=placement.since) | Q(since=placement.since, pk__lte=placement.pk)
    return Placement.objects.filter(before, shift=placement.shift_id, stage=Stage.WAITING).count()


# --- of a host --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Guest:
    """Who comes, as the host sees it: a first name and a department, and no more.

    Two of one name in one shift have a number where their department is the same too; `called` says the department where it differs.
    """

    placement: Placement
    name: str
    called: str

    @property
    def department(self) -> str:
        return self.placement.department


@dataclass(frozen=True)
class HostShift:
    """A shift with what the host has to know and do."""

    shift: Shift
    seats: Seats
    asking: list[Guest] = field(default_factory=list)
    expected: list[Guest] = field(default_factory=list)
    noted: list[Guest] = field(default_factory=list)
    began: bool = False


def first_name(person: Person | None) -> str:
    """The first word of somebody's name; empty for who was forgotten."""
    return person.name.split(" ")[0] if person and person.name else ""


def told_apart(placements: Iterable[Placement]) -> list[Guest]:
    """The guests of one shift, each with a name that no other has; none for who was forgotten."""
    named = [(one, first_name(one.person) or (_("A colleague") if one.person else "")) for one in placements]
    of_name = Counter(name for _one, name in named)
    of_both = Counter((name, one.department) for one, name in named)
    numbers: Counter[tuple[str, str]] = Counter()
    found = []
    for one, name in named:
        both = name, one.department
        numbers[both] += 1
        numbered = f"{name} {numbers[both]}" if name and of_both[both] > 1 else name
        called = f"{numbered} ({one.department})" if name and of_name[name] > of_both[both] else numbered
        found.append(Guest(one, numbered, called))
    return found


def guest(placement: Placement) -> Guest:
    """One of them, called as on the page of the host."""
    others = Placement.objects.filter(shift=placement.shift_id, stage__in=sorted(SEEN_BY_HOST | {Stage(placement.stage)}))
    return next(one for one in told_apart(others.select_related("person").order_by("pk")) if one.placement == placement)


def shifts_of_host(host: Host, *, at: datetime.datetime) -> list[HostShift]:
    """The shifts of a host that are to come, or were in the last weeks, each with who comes. Three queries."""
    since = at - 5 * ATTENDANCE_DAYS * DAY
    shifts = list(host.shifts.filter(ends_at__gt=since).exclude(stage=ShiftStage.CANCELLED, starts_at__lt=at))
    seats = seats_of(shifts)
    there: dict[int, list[Placement]] = {}
    for one in Placement.objects.filter(shift__in=shifts, stage__in=sorted(SEEN_BY_HOST)).select_related("person").order_by("pk"):
        there.setdefault(one.shift_id, []).append(one)
    guests = {pk: told_apart(ones) for pk, ones in there.items()}
    return [host_shift(shift, seats[shift.pk], guests.get(shift.pk, []), at) for shift in shifts]


def host_shift(shift: Shift, seats: Seats, guests: list[Guest], at: datetime.datetime) -> HostShift:
    def those(*stages: Stage) -> list[Guest]:
        return [guest for guest in guests if guest.placement.stage in stages]

    came = those(Stage.ATTENDED, Stage.NO_SHOW)
    return HostShift(shift, seats, those(Stage.AGREED), those(Stage.CONFIRMED), came, began=shift.starts_at <= at)


def asked_of(hosts: QuerySet[Host]) -> list[tuple[Host, int]]:
    """Hosts of whom a yes or no is asked, and about how many people. One query."""
    asking = Q(shifts__placements__stage=Stage.AGREED)
    return [(host, host.asked) for host in hosts.annotate(asked=Count("shifts__placements", filter=asking)).filter(asked__gt=0)]


# --- for the organiser ------------------------------------------------------------------------------


def asking_for_organiser(at: datetime.datetime) -> QuerySet[Shift]:
    """Shifts of which nobody noted within a week who was there, and those that begin soon while the host said nothing. One query."""
    inside = Placement.objects.filter(shift=OuterRef("pk"))
    unnoted, unsaid = inside.filter(stage=Stage.CONFIRMED), inside.filter(stage=Stage.AGREED)
    found = Shift.objects.annotate(unnoted=Exists(unnoted), unsaid=Exists(unsaid), place=places.last_name("host__area"))
    late = Q(ends_at__lt=at - ATTENDANCE_DAYS * DAY, unnoted=True)
    soon = Q(starts_at__gt=at, starts_at__lt=at + CALL_HOST, unsaid=True, stage=ShiftStage.OFFERED)
    return found.filter(late | soon).select_related("host").order_by("starts_at", "id")


# --- past their time --------------------------------------------------------------------------------


def people_due(on: datetime.date) -> QuerySet[Placement]:
    """Placements that still say who, of shifts that ended (`ended_at`) so long ago that we may forget it."""
    known = Placement.objects.filter(Q(person__isnull=False) | ~Q(manager_email="") | ~Q(motivation="") | ~Q(why=""))
    return known.filter(shift__ends_at__date__lt=ended_before(CLASSES["placement"], on)).annotate(ended_at=F("shift__ends_at"))


def placements_due(on: datetime.date) -> QuerySet[Placement]:
    """Placements without a person that were counted long enough."""
    limit = ended_before(CLASSES["event or training"], on)
    return Placement.objects.filter(person=None, shift__ends_at__date__lt=limit).annotate(ended_at=F("shift__ends_at"))
