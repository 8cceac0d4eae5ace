"""Payment lists for finance: one makes a list, another releases it, and it is given to finance. Only then there is a file of it."""

import datetime
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move, wrong_stage
from buurtdraad.money.actions.records import write_down
from buurtdraad.money.models import Payment, PaymentList
from buurtdraad.money.queries.payments import due_together
from buurtdraad.money.states import LIST_MOVES, PAYMENT_MOVES, ListStage, PaymentStage

# Held by who makes a list, until the commit: so that two lists never get one number.
NUMBER_LOCK = 0x6D6F6E6579


class NotListed(Refused):
    """No list can be made of these."""


class SecondPerson(Refused):
    """Who made it is not the one to say yes to it."""


@transaction.atomic
def make_list_of_all(seen: str, *, without: Collection[UUID], by: Person, at: datetime.datetime) -> PaymentList:
    """A list of all that is due but `without`. `seen` is how many payments and euros that were on the page of who decides.

    Raises `WrongStage` when it is otherwise by now: nobody lists money that they did not see. And what `make_list` raises.
    """
    take_turns()
    now = due_together()
    if seen != str(now):
        raise wrong_stage(f"seen was {seen}, due is {now}")
    return make_list(list(Payment.objects.filter(stage=PaymentStage.DUE).exclude(uuid__in=without)), by=by, at=at)


def take_turns() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBER_LOCK])


@transaction.atomic
def make_list(payments: Sequence[Payment], *, by: Person, at: datetime.datetime) -> PaymentList:
    """A list of payments that are due. Raises `NotListed` for none at all, and `WrongStage` when one stands on another list by now."""
    if not payments:
        raise NotListed(_("Choose at least one payment."))
    take_turns()
    last = PaymentList.objects.aggregate(last=Max("number"))["last"] or 0
    made = PaymentList.objects.create(number=last + 1, made_by=by.uuid, made_at=at)
    Payment.objects.filter(pk__in=[one.pk for one in payments], stage=PaymentStage.DUE).update(listed=made)
    for payment in sorted(payments, key=lambda one: one.pk):
        move(payment, PaymentStage.ORDERED, moves=PAYMENT_MOVES)
    write_down("payment_list.made", made.thing, by=by, at=at, payload={"number": made.number, "payments": len(payments)})
    return made


@transaction.atomic
def release_list(listed: PaymentList, *, by: Person, at: datetime.datetime) -> None:
    """A second person says yes. Raises `SecondPerson` for who made it, and `WrongStage`."""
    if listed.made_by == by.uuid:
        raise SecondPerson(_("You made this list yourself. Somebody else says yes to it."))
    PaymentList.objects.filter(pk=listed.pk, stage=ListStage.MADE).update(released_by=by.uuid, released_at=at)
    move(listed, ListStage.RELEASED, moves=LIST_MOVES)
    listed.refresh_from_db()
    write_down("payment_list.released", listed.thing, by=by, at=at, payload={"number": listed.number})


@transaction.atomic
def send_list(listed: PaymentList, *, by: Person, at: datetime.datetime) -> None:
    """It is given to finance: from now on there is a file of it, and it cannot be dropped. Raises `WrongStage`."""
    move(listed, ListStage.SENT, moves=LIST_MOVES)
    PaymentList.objects.filter(pk=listed.pk).update(sent_at=at)
    listed.sent_at = at
    write_down("payment_list.sent", listed.thing, by=by, at=at, payload={"number": listed.number})


@transaction.atomic
def drop_list(listed: PaymentList, *, by: Person, at: datetime.datetime) -> None:
    """It does not go to finance; its payments are due again. Raises `WrongStage` once it was given to finance."""
    move(listed, ListStage.DROPPED, moves=LIST_MOVES)
    for payment in Payment.objects.filter(listed=listed, stage=PaymentStage.ORDERED).order_by("pk"):
        move(payment, PaymentStage.DUE, moves=PAYMENT_MOVES)
    Payment.objects.filter(listed=listed, stage=PaymentStage.DUE).update(listed=None)
    write_down("payment_list.dropped", listed.thing, by=by, at=at, payload={"number": listed.number})
