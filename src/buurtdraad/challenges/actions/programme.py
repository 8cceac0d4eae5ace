"""Adding, changing and ending ambitions and challenges, one at a time."""

import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.challenges.actions.records import NotChanged, write_down
from buurtdraad.challenges.models import Ambition, Challenge
from buurtdraad.lib.tables.reports import differences


@transaction.atomic
def add_ambition(
    *,
    name: str,
    number: int,
    text: str = "",
    from_on: datetime.date,
    until_on: datetime.date | None = None,
    by: Person,
    at: datetime.datetime,
) -> Ambition:
    """An ambition; its code is made of its name. Raises `NotChanged` for a number that this programme (first day) has already."""
    ambition = Ambition(code=free_code(Ambition, name), name=name, number=number, text=text, from_on=from_on, until_on=until_on)
    keep(ambition)
    write_down("added", ambition, by=by, at=at)
    return ambition


@transaction.atomic
def add_challenge(
    *,
    ambition: Ambition,
    name: str,
    goal: str = "",
    owner: str = "",
    from_on: datetime.date,
    until_on: datetime.date | None = None,
    by: Person,
    at: datetime.datetime,
) -> Challenge:
    """A challenge under an ambition; its code is made of its name. Raises `NotChanged`."""
    code = free_code(Challenge, name)
    challenge = Challenge(ambition=ambition, code=code, name=name, goal=goal, owner=owner, from_on=from_on, until_on=until_on)
    keep(challenge)
    write_down("added", challenge, by=by, at=at)
    return challenge


@transaction.atomic
def change_ambition(ambition: Ambition, *, by: Person, at: datetime.datetime, **facts: object) -> None:
    """Give an ambition these facts (of `add_ambition`). What is so already is not recorded again. Raises `NotChanged`."""
    change(ambition, facts, by=by, at=at)


@transaction.atomic
def change_challenge(challenge: Challenge, *, by: Person, at: datetime.datetime, **facts: object) -> None:
    """Give a challenge these facts (of `add_challenge`). What is so already is not recorded again. Raises `NotChanged`."""
    change(challenge, facts, by=by, at=at)


@transaction.atomic
def end_ambition(ambition: Ambition, *, last_day: datetime.date, by: Person, at: datetime.datetime) -> None:
    """An ambition and all its challenges end with this day. Raises `NotChanged` for a day before it began, or when it ended sooner."""
    end(ambition, last_day)
    later = ambition.challenges.filter(Q(until_on__isnull=True) | Q(until_on__gt=last_day))
    # What was still to begin has one day left, its first.
    later.filter(from_on__gt=last_day).update(until_on=F("from_on"))
    later.filter(from_on__lte=last_day).update(until_on=last_day)
    write_down("ended", ambition, by=by, at=at, last_day=last_day.isoformat())


@transaction.atomic
def end_challenge(challenge: Challenge, *, last_day: datetime.date, by: Person, at: datetime.datetime) -> None:
    """A challenge ends with this day; what points at it keeps doing so. Raises `NotChanged` as `end_ambition` does."""
    end(challenge, last_day)
    write_down("ended", challenge, by=by, at=at, last_day=last_day.isoformat())


# --- what they share --------------------------------------------------------------------------------


def change(thing: Ambition | Challenge, facts: dict[str, object], *, by: Person, at: datetime.datetime) -> None:
    type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    thing.refresh_from_db()
    changed = differences(thing, facts)
    if not changed:
        return
    for name, value in changed.items():
        setattr(thing, name, value)
    keep(thing)
    write_down("changed", thing, by=by, at=at, fields=sorted(changed))


def end(thing: Ambition | Challenge, last_day: datetime.date) -> None:
    type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    thing.refresh_from_db()
    if thing.until_on and thing.until_on <= last_day:
        raise NotChanged(_("This has ended already."))
    thing.until_on = last_day
    keep(thing)


def keep(thing: Ambition | Challenge) -> None:
    """Save it. Raises `NotChanged` where the database would say no."""
    if thing.until_on and thing.until_on < thing.from_on:
        raise NotChanged(_("The last day lies before the first day."))
    try:
        with transaction.atomic():
            thing.save()
    except IntegrityError:
        raise NotChanged(_("This programme has an ambition with this number already.")) from None


def free_code(model: type[Ambition] | type[Challenge], name: str) -> str:
    """A short name for addresses and files: made of the name, with a number behind it when there is one already."""
    start = slugify(name)[:50].strip("-_") or model.__name__.lower()
    taken = set(model._default_manager.filter(code__startswith=start).values_list("code", flat=True))
    return next(code for number in range(1, len(taken) + 2) if (code := start if number == 1 else f"{start}-{number}") not in taken)
