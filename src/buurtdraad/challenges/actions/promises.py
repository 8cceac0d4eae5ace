"""What was promised under the programme (aims), and to the council (pledges, motions): added, changed, done, taken away."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.challenges.actions.records import NotChanged, write_down
from buurtdraad.challenges.models import Aim, Ambition, Challenge, Pledge
from buurtdraad.lib.tables.reports import differences

type Promise = Aim | Pledge


@transaction.atomic
def add_aim(
    *,
    ambition: Ambition,
    what: str,
    due_on: datetime.date,
    challenge: Challenge | None = None,
    told: str = "",
    source: str = "",
    by: Person,
    at: datetime.datetime,
) -> Aim:
    """What is promised under an ambition, perhaps for one of its challenges, for a day. Raises `NotChanged`."""
    aim = Aim(ambition=ambition, challenge=challenge, what=what, due_on=due_on, told=told, source=source)
    keep(aim)
    write_down("added", aim, by=by, at=at)
    return aim


@transaction.atomic
def add_pledge(
    *,
    kind: str,
    number: str,
    what: str,
    made_on: datetime.date,
    due_on: datetime.date | None = None,
    ambition: Ambition | None = None,
    challenge: Challenge | None = None,
    owner: str = "",
    told: str = "",
    by: Person,
    at: datetime.datetime,
) -> Pledge:
    """What was promised to the council, or asked by it (`states.PledgeKind`). Raises `NotChanged` for a number that is there already."""
    pledge = Pledge(
        kind=kind, number=number, what=what, made_on=made_on, due_on=due_on, ambition=ambition, challenge=challenge, owner=owner, told=told
    )
    keep(pledge)
    write_down("added", pledge, by=by, at=at)
    return pledge


@transaction.atomic
def change_promise(promise: Promise, *, by: Person, at: datetime.datetime, **facts: object) -> None:
    """Give a promise these facts (of `add_aim` or `add_pledge`). What is so already is not recorded again. Raises `NotChanged`."""
    lock(promise)
    changed = differences(promise, facts)
    if not changed:
        return
    for name, value in changed.items():
        setattr(promise, name, value)
    keep(promise)
    write_down("changed", promise, by=by, at=at, fields=sorted(changed))


@transaction.atomic
def finish_promise(promise: Promise, *, done_on: datetime.date, told: str, by: Person, at: datetime.datetime) -> None:
    """It is done since a day, and this came of it. Raises `NotChanged` when it was done already, or for a day that is still to come."""
    lock(promise)
    if promise.done_on:
        raise NotChanged(_("This is done already."))
    if done_on > localdate(at):
        raise NotChanged(_("Choose today or a day before."))
    promise.done_on, promise.told = done_on, told
    keep(promise)
    write_down("done", promise, by=by, at=at, done_on=done_on.isoformat())


@transaction.atomic
def reopen_promise(promise: Promise, *, by: Person, at: datetime.datetime) -> None:
    """It is not done after all; what was told stays. Raises `NotChanged` when it is not done."""
    lock(promise)
    if not promise.done_on:
        raise NotChanged(_("This is not done yet."))
    promise.done_on = None
    keep(promise)
    write_down("reopened", promise, by=by, at=at)


@transaction.atomic
def remove_promise(promise: Promise, *, by: Person, at: datetime.datetime) -> None:
    """Take away what was written down by mistake."""
    lock(promise)
    write_down("removed", promise, by=by, at=at)
    promise.delete()


# --- what they share --------------------------------------------------------------------------------


def lock(promise: Promise) -> None:
    """Wait for who changes it now, and see it as it is then. Raises `NotChanged` when it is gone."""
    if not type(promise)._default_manager.select_for_update().filter(pk=promise.pk).exists():
        raise NotChanged(_("This is gone. Somebody took it away."))
    promise.refresh_from_db()


def keep(promise: Promise) -> None:
    """Save it. A challenge brings its ambition along. Raises `NotChanged` where the days, the challenge or the number do not fit."""
    if promise.challenge and promise.ambition is None:
        promise.ambition = promise.challenge.ambition
    if problem := misfit(promise):
        raise NotChanged(problem)
    try:
        with transaction.atomic():
            promise.save()
    except IntegrityError:
        raise NotChanged(_("There is a pledge or motion with this number already.")) from None


def misfit(promise: Promise) -> str:
    """Why a promise cannot be so, in a sentence; empty when it can."""
    if promise.challenge and promise.challenge.ambition_id != promise.ambition_id:
        return _("This challenge is under another ambition.")
    made_on = promise.made_on if isinstance(promise, Pledge) else None
    if made_on and promise.due_on and promise.due_on < made_on:
        return _("It cannot be promised for a day before it was promised.")
    if made_on and promise.done_on and promise.done_on < made_on:
        return _("It cannot be done before it was promised.")
    return ""
