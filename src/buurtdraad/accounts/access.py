"""Who may act from which duty, where. Every room asks here; a view states its rule with `@allow(with_duty(...))`.

A duty without area, or in a municipality, holds everywhere; in a district also in its neighbourhoods; in a working area
also in its members; in a neighbourhood there alone. A duty of staff counts only in a session that passed a second factor.
The answers cost at most two queries a request: they are kept on the person, of which a request has its own.
"""

import datetime
from dataclasses import dataclass, replace

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone

from buurtdraad.accounts.duties import AT_WORK, STAFF, Duty
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.lib.access import Rule
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area, Kind
from buurtdraad.ui.navigation import address

# The key in the session: when (ISO 8601) it passed a second factor.
SECOND_FACTOR = "second_factor"
HOLDERS = (Kind.DISTRICT, Kind.WORKING_AREA)

type Someone = Person | AnonymousUser


@dataclass(frozen=True)
class Reach:
    """Where somebody may act: everywhere, or in the areas with these codes. `code in reach` asks for one."""

    everywhere: bool = False
    codes: frozenset[str] = frozenset()

    def __contains__(self, code: str) -> bool:
        return self.everywhere or code in self.codes


# --- how somebody is signed in -----------------------------------------------------------------


def strongly_signed_in(request: HttpRequest) -> bool:
    """Whether somebody is signed in, in a session that passed a second factor."""
    return bool(request.user.is_authenticated and request.session.get(SECOND_FACTOR))


# --- duties ------------------------------------------------------------------------------------


def duties_of(person: Someone, *, on: datetime.date) -> list[DutyHeld]:
    """The duties that a person holds on a day, with their areas; none for who is not signed in. Asked once for this object."""
    if isinstance(person, AnonymousUser) or not person.is_active:
        return []
    kept = person.__dict__.setdefault("_duties_on", {})
    if on not in kept:
        kept[on] = list(DutyHeld.objects.on(on).filter(person=person).select_related("area"))
    return kept[on]


def is_staff(person: Someone, *, on: datetime.date | None = None) -> bool:
    """Whether somebody holds a duty for which a second factor is needed, however they are signed in."""
    return any(held.duty in STAFF for held in duties_of(person, on=on or timezone.localdate()))


def works_here(person: Someone) -> bool:
    """Whether somebody works for the municipality, however they are signed in."""
    return any(held.duty in AT_WORK for held in duties_of(person, on=timezone.localdate()))


def duty_for(person: Someone, *duties: Duty, area: Area | str | None = None, on: datetime.date | None = None) -> str:
    """The first of these duties that the person may act from in an area, for the record of the deed; empty when there is none.

    Without an area: anywhere. Somebody who is signed in without a second factor acts from no duty of staff
    (`accounts.acting` marks the person of such a request).
    """
    on = on or timezone.localdate()
    for duty in duties:
        if any(area is None or code_of(area) in reach_of(held, person, on) for held in counting(person, on) if held.duty == duty):
            return str(duty.value)
    return ""


def has_duty(person: Someone, *duties: Duty, area: Area | str | None = None, on: datetime.date | None = None) -> bool:
    """Whether a person may act from one of these duties in an area (or anywhere, without one), today or on another day."""
    return bool(duty_for(person, *duties, area=area, on=on))


def areas_of(person: Someone, *duties: Duty, on: datetime.date | None = None) -> Reach:
    """Where a person may act from one of these duties: for lists, which then need no question per row."""
    on = on or timezone.localdate()
    reaches = [reach_of(held, person, on) for held in counting(person, on) if held.duty in duties]
    if any(reach.everywhere for reach in reaches):
        return Reach(everywhere=True)
    return Reach(codes=frozenset[str]().union(*(reach.codes for reach in reaches)))


def counting(person: Someone, on: datetime.date) -> list[DutyHeld]:
    """The duties that count in this session."""
    weak = isinstance(person, Person) and person.without_second_factor
    return [held for held in duties_of(person, on=on) if not (weak and held.duty in STAFF)]


def reach_of(held: DutyHeld, person: Someone, on: datetime.date) -> Reach:
    if held.area is None or held.area.kind in (Kind.COUNTRY, Kind.MUNICIPALITY):
        return Reach(everywhere=True)
    inside = neighbourhoods(person, on).get(held.area.code, set())
    return Reach(codes=frozenset({held.area.code, *inside}))


def neighbourhoods(person: Someone, on: datetime.date) -> dict[str, set[str]]:
    """What lies inside the districts and working areas in which a person has a duty. Asked once for this object."""
    kept = person.__dict__.setdefault("_inside_on", {})
    if on not in kept:
        codes = {held.area.code for held in duties_of(person, on=on) if held.area and held.area.kind in HOLDERS}
        kept[on] = places.inside(codes) if codes else {}
    return kept[on]


def with_working_areas(reach: Reach, person: Someone) -> Reach:
    """The same, with the working areas that hold one of its neighbourhoods. Asked once for this object, whichever room asks."""
    if reach.everywhere or not reach.codes:
        return reach
    kept = person.__dict__.setdefault("_working_areas", {})
    if reach.codes not in kept:
        kept[reach.codes] = places.working_areas_with(reach.codes)
    return Reach(codes=reach.codes | kept[reach.codes])


def code_of(area: Area | str) -> str:
    return area if isinstance(area, str) else area.code


# --- rules of views ----------------------------------------------------------------------------


SIGNED_IN = Rule("signed in", "Everybody who is signed in.", lambda request: bool(request.user.is_authenticated))


def with_duty(*duties: Duty) -> Rule:
    """The rule of a view for who has one of these duties in any place. The view itself asks `has_duty(..., area=)` for the place.

    Staff who did not pass a second factor are sent to where they set it up.
    """
    staff = [duty for duty in duties if duty in STAFF]

    def holds(request: HttpRequest) -> bool:
        strong = strongly_signed_in(request)
        return has_duty(request.user, *(duty for duty in duties if strong or duty not in STAFF))

    def first(request: HttpRequest) -> str:
        held = {held.duty for held in duties_of(request.user, on=timezone.localdate())}
        return address("accounts:second_factor") if held.intersection(staff) and not strongly_signed_in(request) else ""

    names = " or ".join(duty.value.replace("_", " ") for duty in duties)
    strength = ", signed in with a second factor" if len(staff) == len(duties) else ""
    return Rule(names, f"Who has the duty {names}{strength}.", holds, first)


ADMINISTRATOR = with_duty(Duty.ADMINISTRATOR)
STAFF_MEMBER = replace(
    with_duty(*sorted(STAFF)), name="staff", says="Who has any duty of staff (see below), signed in with a second factor."
)

AT_WORK_HERE = replace(
    with_duty(*sorted(AT_WORK)),
    name="staff or employee",
    says="Who works for the municipality; who has a duty of staff (see below) signed in with a second factor.",
)


def may_give_duty(person: Someone, *, to: Person) -> bool:
    """Whether somebody may give a duty to a person: an administrator may, to anybody else."""
    return has_duty(person, Duty.ADMINISTRATOR) and person.pk != to.pk
