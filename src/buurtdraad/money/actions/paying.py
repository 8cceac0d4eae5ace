"""What is owed of a commitment: to be paid, paid, come back, or not to be paid after all.

Only `settle_paid` and what goes back change the ledger: money that is on a list has not left the pot yet.
"""

import datetime
import re
from decimal import Decimal

import stdnum.iban
from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.money.actions.ledger import enter, held, raise_paid, whole
from buurtdraad.money.actions.records import write_down
from buurtdraad.money.models import Commitment, Payment
from buurtdraad.money.queries.payments import under_way
from buurtdraad.money.states import PAYMENT_MOVES, EntryKind, PaymentStage
from buurtdraad.ui.euros import euros

# What banks take in a reference (EPC rules for SEPA): no slash at either end and no two together.
REFERENCE = re.compile(r"^(?!/)(?!.*//)[A-Za-z0-9/?:().,'+ -]{1,35}(?<!/)$")


class NotOwed(Refused):
    """This cannot be paid so."""


@transaction.atomic
def owe(
    commitment: Commitment,
    *,
    amount: Decimal,
    reference: str,
    payee: str,
    iban: str,
    card: bool,
    due_on: datetime.date,
    by: Person | None,
    at: datetime.datetime,
) -> Payment:
    """A sum that is to be paid, not later than `due_on`. With `card` it goes on a prepaid card and needs no account.

    Raises `NotOwed` when it passes what was promised and not paid yet, for an account that cannot be, or a reference that is taken.
    """
    whole(amount)
    if not REFERENCE.match(reference) or Payment.objects.filter(reference=reference).exists():
        raise NotOwed(_("This reference cannot be used, or is used already."))
    now = held(commitment)
    fits(now, amount)
    account = account_of(payee, iban, card=card)
    made = Payment.objects.create(
        commitment=now, amount=amount, reference=reference, payee=payee, iban=account, card=card, due_on=due_on, made_at=at
    )
    write_down("payment.owed", made.thing, by=by, at=at, payload={"amount": str(amount)})
    return made


def fits(commitment: Commitment, amount: Decimal) -> None:
    """Raises `NotOwed` when so much more would pass what is promised."""
    left = commitment.amount - commitment.paid - under_way(commitment)
    if amount > left:
        raise NotOwed(_("At most %(left)s of this promise is left to pay.") % {"left": euros(left)})


def account_of(payee: str, iban: str, *, card: bool) -> str:
    """The account without spaces, empty for a card. Raises `NotOwed`."""
    if not payee:
        raise NotOwed(_("Say whose account it is."))
    if card:
        return ""
    if not stdnum.iban.is_valid(iban):
        raise NotOwed(_("This account number (IBAN) is not right. Look at it again."))
    return stdnum.iban.compact(iban)


@transaction.atomic
def cancel(payment: Payment, why: str, by: Person | None, at: datetime.datetime) -> None:
    """It will not be paid: not yet on a list, or come back. Raises `WrongStage`."""
    move(payment, PaymentStage.CANCELLED, moves=PAYMENT_MOVES)
    Payment.objects.filter(pk=payment.pk).update(why=why)
    payment.why = why
    write_down("payment.cancelled", payment.thing, by=by, at=at)


@transaction.atomic
def owe_again(payment: Payment, *, payee: str, iban: str, card: bool, by: Person | None, at: datetime.datetime) -> None:
    """What came back goes out once more, to an account that was looked at again. Raises `NotOwed` and `WrongStage`."""
    now = held(payment.commitment)
    fits(now, payment.amount)
    account = account_of(payee, iban, card=card)
    move(payment, PaymentStage.DUE, moves=PAYMENT_MOVES)
    Payment.objects.filter(pk=payment.pk).update(payee=payee, iban=account, card=card, listed=None, paid_on=None, why="")
    payment.refresh_from_db()
    write_down("payment.owed_again", payment.thing, by=by, at=at)


@transaction.atomic
def settle_paid(payment: Payment, *, on: datetime.date, by: Person | None, at: datetime.datetime) -> None:
    """Finance paid it on a day: now it has left the pot. Raises `WrongStage` when it is not on a list, or was paid already."""
    now = held(payment.commitment)
    Payment.objects.filter(pk=payment.pk, stage=PaymentStage.ORDERED).update(paid_on=on)
    move(payment, PaymentStage.PAID, moves=PAYMENT_MOVES)
    payment.paid_on = on
    raise_paid(now, payment.amount)
    enter(now.pot, EntryKind.PAID, payment.amount, commitment=now, why=payment.reference, by=by, at=at)
    write_down("payment.paid", payment.thing, now.pot.area, now.area, by=by, at=at, payload={"amount": str(payment.amount)})


@transaction.atomic
def bounce(payment: Payment, *, why: str, by: Person | None, at: datetime.datetime) -> None:
    """The bank sent it back, or never took it. What was in the ledger as paid goes back to the pot. Raises `WrongStage`."""
    now = held(payment.commitment)
    was_paid = payment.stage == PaymentStage.PAID
    move(payment, PaymentStage.BOUNCED, moves=PAYMENT_MOVES)
    Payment.objects.filter(pk=payment.pk).update(why=why)
    payment.why = why
    if was_paid:
        give_back(now, payment.amount, why=payment.reference, by=by, at=at)
    areas = (now.pot.area, now.area) if was_paid else ()
    write_down("payment.bounced", payment.thing, *areas, by=by, at=at, payload={"amount": str(payment.amount)})


@transaction.atomic
def paid_back(commitment: Commitment, amount: Decimal, *, why: str, by: Person | None, at: datetime.datetime) -> None:
    """Somebody paid euros back. They are promised still: `release` sets them free. Raises `NotOwed` and `NoMoney`."""
    now = held(commitment)
    give_back(now, whole(amount), why=why, by=by, at=at)
    commitment.refresh_from_db(fields=["amount", "paid"])
    write_down("money.paid_back", now.thing, now.pot.area, now.area, by=by, at=at, payload={"amount": str(amount)})


def give_back(commitment: Commitment, amount: Decimal, *, why: str, by: Person | None, at: datetime.datetime) -> None:
    """Less is paid of a commitment that is held. Raises `NotOwed` when so much was never paid."""
    if amount > commitment.paid:
        raise NotOwed(_("Only %(paid)s of this was paid.") % {"paid": euros(commitment.paid)})
    raise_paid(commitment, -amount)
    enter(commitment.pot, EntryKind.PAID_BACK, amount, commitment=commitment, why=why, by=by, at=at)
