"""Giving a duty, ending it, and a stand-in for a holiday: each leaves an event at the person whose duty it is."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtdraad.accounts.actions.telling import tell_ended, tell_given, tell_stood_in_for
from buurtdraad.accounts.duties import CITY_WIDE, Duty
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused
from buurtdraad.places.models import Area

ONE_DAY = datetime.timedelta(days=1)


class NotGiven(Refused):
    """A duty cannot be given so; the text says why."""


class NotEnded(Refused):
    """A duty cannot be ended so; the text says why."""


class NotAppointed(Refused):
    """Somebody cannot stand in so; the text says why."""


@transaction.atomic
def give_duty(
    *,
    person: Person,
    duty: Duty,
    area: Area | None,
    from_on: datetime.date,
    until_on: datetime.date | None = None,
    by: Person,
    at: datetime.datetime,
    why: str = "",
) -> DutyHeld:
    """Let a person have a duty in an area (None: in the whole city), from a day until and with a day (None: until further notice).

    Nobody gives one to themselves, and nobody has the same one twice at a time. Raises `NotGiven`.
    """
    if person.pk == by.pk:
        raise NotGiven(_("You cannot give yourself a duty. Ask another administrator."))
    if duty in CITY_WIDE and area is not None:
        raise NotGiven(_("This duty is for the whole city. Choose the whole city as its place."))
    held = DutyHeld(person=person, duty=duty, area=area, from_on=from_on, until_on=until_on, given_by=by, given_at=at)
    check_fits(held, NotGiven)
    held.save()
    write_down("duty.given", held, by=by, at=at, why=why)
    tell_given(held)
    return held


@transaction.atomic
def end_duty(*, held: DutyHeld, last_day: datetime.date | None, by: Person, at: datetime.datetime, why: str = "") -> None:
    """End a duty after its last day; None: at once. Who stands in for it ends with it.

    A duty of which no day has passed is withdrawn: it goes. The last administrator stays. Raises `NotEnded`.
    """
    today = timezone.localtime(at).date()
    if held.duty == Duty.ADMINISTRATOR:
        # Two administrators who end each other at the same moment wait here for one another.
        list(DutyHeld.objects.select_for_update().filter(duty=Duty.ADMINISTRATOR).order_by("pk"))
    now = DutyHeld.objects.select_for_update(of=("self",)).select_related("area", "person").filter(pk=held.pk).first()
    if now is None or (now.until_on and now.until_on < today):
        raise NotEnded(_("This duty has ended already."))
    if last_day and last_day < today:
        raise NotEnded(_("The last day cannot lie in the past."))
    if last_day and now.until_on and last_day > now.until_on:
        raise NotEnded(_("This duty ends sooner already: on %(day)s.") % {"day": date_format(now.until_on)})
    last = last_day or today - ONE_DAY
    if now.duty == Duty.ADMINISTRATOR and not another_administrator(now, after=last):
        raise NotEnded(_("This is the last administrator. Give somebody else this duty first."))
    for stand_in in now.stand_ins.filter(Q(until_on__gt=last)).select_related("area", "person"):
        close(stand_in, last, by=by, at=at, why=why)
    close(now, last, by=by, at=at, why=why)


@transaction.atomic
def appoint_stand_in(
    *, held: DutyHeld, person: Person, from_on: datetime.date, until_on: datetime.date, by: Person, at: datetime.datetime, why: str = ""
) -> DutyHeld:
    """Let a person have the duty of another, in the same area, for the days that the other is away. Raises `NotAppointed`."""
    now = DutyHeld.objects.select_for_update(of=("self",)).select_related("area").filter(pk=held.pk).first()
    if now is None or now.stand_in_for_id:
        raise NotAppointed(_("Nobody can stand in for this duty."))
    if person.pk == now.person_id:
        raise NotAppointed(_("Choose somebody else: nobody stands in for themselves."))
    if person.pk == by.pk:
        raise NotAppointed(_("You cannot give yourself a duty. Ask another administrator."))
    if until_on < timezone.localtime(at).date():
        raise NotAppointed(_("These days are over already."))
    if from_on < now.from_on or (now.until_on and until_on > now.until_on):
        raise NotAppointed(_("These days lie outside the time of the duty itself."))
    stand_in = DutyHeld(
        person=person, duty=now.duty, area=now.area, from_on=from_on, until_on=until_on, given_by=by, given_at=at, stand_in_for=now
    )
    check_fits(stand_in, NotAppointed)
    stand_in.save()
    write_down("duty.stand_in", stand_in, by=by, at=at, why=why, instead_of=str(held.person.uuid))
    tell_given(stand_in)
    tell_stood_in_for(stand_in, held.person)
    return stand_in


def check_fits(held: DutyHeld, refusal: type[Refused]) -> None:
    """Raise the refusal when the days run backwards, the person is none, or has this duty there already on one of the days."""
    if held.until_on and held.until_on < held.from_on:
        raise refusal(_("The last day lies before the first day."))
    # One at a time for each person, so that a double click gives one duty.
    person = Person.objects.select_for_update().get(pk=held.person_id)
    if person.system or not person.is_active:
        raise refusal(_("This account cannot have a duty."))
    still = Q(until_on__isnull=True) | Q(until_on__gte=held.from_on)
    same = DutyHeld.objects.filter(still, person=person, duty=held.duty, area=held.area)
    if (same.filter(from_on__lte=held.until_on) if held.until_on else same).exists():
        raise refusal(_("This person has this duty there already in that time."))


def another_administrator(held: DutyHeld, *, after: datetime.date) -> bool:
    """Whether somebody else is administrator from the next day on, without an end and not as a stand-in."""
    others = DutyHeld.objects.filter(duty=Duty.ADMINISTRATOR, area=None, until_on=None, stand_in_for=None, person__is_active=True)
    return others.filter(from_on__lte=after + ONE_DAY).exclude(person=held.person).exists()


def close(held: DutyHeld, last: datetime.date, *, by: Person, at: datetime.datetime, why: str) -> None:
    tell_ended(held, last, today=timezone.localdate(at))
    held.until_on = last
    if last < held.from_on:
        # The record tells the day itself. The row goes, so that the duty ends at once and can be given anew.
        held.until_on = max(held.from_on, timezone.localdate(at))
        write_down("duty.withdrawn", held, by=by, at=at, why=why)
        held.delete()
    else:
        held.save(update_fields=["until_on"])
        write_down("duty.ended", held, by=by, at=at, why=why)


def write_down(verb: str, held: DutyHeld, *, by: Person, at: datetime.datetime, why: str, **more: str) -> None:
    facts = {
        "duty": held.duty,
        "area": held.area.code if held.area else "",
        "from": held.from_on.isoformat(),
        "until": held.until_on.isoformat() if held.until_on else "",
        "why": why,
    }
    payload = {name: fact for name, fact in (facts | more).items() if fact}
    duty = "" if by.system else Duty.ADMINISTRATOR.value
    record(verb, room="accounts", thing=held.person.thing, by=by.uuid, at=at, duty=duty, payload=payload)
