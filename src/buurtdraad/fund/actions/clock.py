"""What moves the last day of an application. Every deed that does, calls `happened`; the day itself follows from it."""

import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.fund.access import duty_of
from buurtdraad.fund.models import Application, ClockEvent
from buurtdraad.fund.queries import clock
from buurtdraad.fund.states import IN_HAND, ClockEventKind
from buurtdraad.lib.refusal import Refused


class NoMoreTime(Refused):
    """The term cannot be made longer (any more)."""


@transaction.atomic
def happened(
    application: Application,
    kind: ClockEventKind | str,
    *,
    on: datetime.date,
    days: int | None = None,
    why: str = "",
    by: Person | UUID | None,
    at: datetime.datetime,
) -> ClockEvent:
    """Note what moves the last day (`days` of what makes it longer), and count the day again. Who does the deed records it."""
    uuid = by.uuid if isinstance(by, Person) else by
    event = ClockEvent.objects.create(application=application, kind=kind, on=on, days=days, why=why, by=uuid, at=at)
    wind(application)
    return event


def wind(application: Application) -> datetime.date | None:
    """Count the last day again and keep it with the application, to sort by. Call it when the term starts: received, complete, round."""
    application._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    application.decide_by = clock.answer_by(application)
    Application.objects.filter(pk=application.pk).update(decide_by=application.decide_by)
    return application.decide_by


@transaction.atomic
def extend(application: Application, *, why: str, by: Person, at: datetime.datetime, on: datetime.date) -> datetime.date:
    """Take the one extension that the scheme gives, before the last day went by (Awb 4:14); the new last day. Raises `NoMoreTime`."""
    now = Application.objects.select_for_update(of=("self",)).select_related("rules", "initiative__area").get(pk=application.pk)
    last = clock.decide_by(now, until=on)
    if not now.rules.extension_weeks:
        raise NoMoreTime(_("The rules of this fund give no more time."))
    if clock.was_extended(now):
        raise NoMoreTime(_("We took more time already. That can be done once."))
    if now.stage not in IN_HAND or last is None or last < on:
        raise NoMoreTime(_("The last day to decide went by, or the time does not run. More time cannot be taken now."))
    happened(now, ClockEventKind.EXTENDED, on=on, days=7 * now.rules.extension_weeks, why=why, by=by, at=at)
    application.decide_by = now.decide_by
    assert now.decide_by
    note("application.extended", now, by=by, at=at)
    return now.decide_by


@transaction.atomic
def agree(application: Application, *, days: int, why: str, by: Person, at: datetime.datetime, on: datetime.date) -> datetime.date:
    """Note that the applicant agreed in writing to so many days more (Awb 4:15); the new last day. Raises `NoMoreTime`."""
    now = Application.objects.select_for_update(of=("self",)).select_related("rules", "initiative__area").get(pk=application.pk)
    last = clock.decide_by(now, until=on)
    if now.stage not in IN_HAND or last is None or last < on:
        raise NoMoreTime(_("The last day to decide went by, or the time does not run. More time cannot be taken now."))
    happened(now, ClockEventKind.AGREED, on=on, days=days, why=why, by=by, at=at)
    application.decide_by = now.decide_by
    assert now.decide_by
    note("application.agreed_to_more_time", now, by=by, at=at, payload={"days": days})
    return now.decide_by


def note(verb: str, application: Application, *, by: Person, at: datetime.datetime, payload: dict | None = None) -> None:
    """Record what was done with the term of an application."""
    record(verb, room="fund", thing=application.thing, by=by.uuid, at=at, duty=duty_of(by), payload=payload)
