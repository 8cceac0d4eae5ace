"""Money that has to come back (terugvordering, Awb 4:57): asked, received in one or more parts, or dropped."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.fund.actions.interests import must_be_free
from buurtdraad.fund.actions.records import hold, write_down
from buurtdraad.fund.models import Application, Recovery
from buurtdraad.fund.queries.paying import commitments_of
from buurtdraad.fund.rules import pay_by
from buurtdraad.fund.states import Stage
from buurtdraad.lib.refusal import Refused
from buurtdraad.money.actions.committing import release
from buurtdraad.money.actions.paying import paid_back
from buurtdraad.ui.euros import euros


class NotToRecover(Refused):
    """So much does not have to come back."""


def demand(application: Application, amount: Decimal, why: str, *, by: Person, at: datetime.datetime) -> Recovery:
    """So many euros have to come back within six weeks (Awb 4:87). Part of a deed that holds the application."""
    made = Recovery.objects.create(
        application=application, amount=amount, why=why, due_on=pay_by(timezone.localdate(at)), made_by=by.uuid, made_at=at
    )
    write_down("recovery.asked", application, by=by, at=at, payload={"amount": str(amount)})
    return made


@transaction.atomic
def receive(recovery: Recovery, amount: Decimal, *, on: datetime.date, by: Person, at: datetime.datetime) -> None:
    """Euros came back on a day: they are in the pot again; free at once when the grant was taken back, else once it is finished.

    Raises `NotToRecover` and `NotFree`.
    """
    held = still_open(recovery, by)
    if on > timezone.localdate(at):
        raise NotToRecover(_("Choose today or a day before it."))
    if not 0 < amount <= held.amount - held.received:
        raise NotToRecover(_("At most %(left)s has to come back.") % {"left": euros(held.amount - held.received)})
    left = amount
    for commitment in commitments_of(held.application).reverse():
        part = min(left, commitment.paid)
        if part > 0:
            why = held.application.number or ""
            paid_back(commitment, part, why=why, by=by, at=at)
            if held.application.stage == Stage.REVOKED:
                release(commitment, part, why=why, by=by, at=at)
            left -= part
    Recovery.objects.filter(pk=held.pk).update(received=held.received + amount, received_on=on)
    recovery.refresh_from_db()
    write_down("recovery.received", held.application, by=by, at=at, payload={"amount": str(amount)})


@transaction.atomic
def drop(recovery: Recovery, why: str, *, by: Person, at: datetime.datetime) -> None:
    """What did not come back yet is not asked any more, with the reason. Raises `NotToRecover` and `NotFree`."""
    held = still_open(recovery, by)
    Recovery.objects.filter(pk=held.pk).update(dropped_why=why)
    recovery.refresh_from_db()
    write_down("recovery.dropped", held.application, by=by, at=at)


def still_open(recovery: Recovery, by: Person) -> Recovery:
    application = hold(recovery.application)
    must_be_free(by, application)
    found = Recovery.objects.get(pk=recovery.pk)
    if found.dropped_why or found.received >= found.amount:
        raise NotToRecover(_("Nothing has to come back any more."))
    found.application = application
    return found
