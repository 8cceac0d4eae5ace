"""What an application is owed: the advance when its decision is made known, the rest when the final amount is.

Nothing is ever owed of an application that was not granted, or whose decision is not known (`PAYABLE`). The last day to pay is
six weeks after the day it was made known (Awb 4:87).
"""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.fund.actions.accounting import open_account
from buurtdraad.fund.actions.drafting import read_iban
from buurtdraad.fund.actions.records import hold, write_down
from buurtdraad.fund.models import Application, Decision, Payee
from buurtdraad.fund.queries.paying import advance_of, commitments_of, granted_of, payments_of, sums_of
from buurtdraad.fund.queries.settling import last_settlement
from buurtdraad.fund.rules import pay_by
from buurtdraad.fund.states import PAYABLE, YES
from buurtdraad.lib.refusal import Refused
from buurtdraad.money.actions.committing import release
from buurtdraad.money.actions.paying import cancel, owe
from buurtdraad.money.models import Payment
from buurtdraad.money.queries.payments import under_way
from buurtdraad.money.states import PaymentStage


class NotPayable(Refused):
    """Money cannot be owed for this application."""


@transaction.atomic
def owe_grant(decision: Decision, *, by: Person | None, at: datetime.datetime) -> list[Payment]:
    """The advance of a grant that was made known, by its band; of a decision that replaces one, what it grants more.

    Doing it twice owes nothing twice. Nothing while no account is known: the file asks for it. Raises `NotPayable`.
    """
    held = hold(decision.application)
    if decision.outcome not in YES or held.stage not in PAYABLE:
        raise NotPayable(_("No money was granted here, so nothing can be paid."))
    if decision.known_on is None:
        raise NotPayable(_("The decision was not made known yet. Send the letter first."))
    open_account(held, decision)
    return owe_up_to(held, advance_of(decision), due_on=pay_by(decision.known_on), by=by, at=at)


def owe_up_to(
    application: Application, total: Decimal, *, due_on: datetime.date, by: Person | None, at: datetime.datetime
) -> list[Payment]:
    """Owe what is lacking until so many euros were paid or are on their way. The application is held, and payable."""
    payee = Payee.objects.filter(application=application).first()
    if payee is None or not (payee.card or payee.iban):
        return []
    sums = sums_of(application)
    lacking = total - sums.paid - sums.under_way
    made = []
    for commitment in commitments_of(application):
        part = min(lacking, commitment.amount - commitment.paid - under_way(commitment))
        if part > 0:
            reference = f"{application.number}-{payments_of(application).count() + 1}"
            to = payee.holder or application.applicant_name[:70]
            made.append(
                owe(commitment, amount=part, reference=reference, payee=to, iban=payee.iban, card=payee.card, due_on=due_on, by=by, at=at)
            )
            lacking -= part
    if made:
        write_down("grant.owed", application, by=by, at=at, payload={"amount": str(sum(each.amount for each in made))})
    return made


def release_above(application: Application, total: Decimal, why: str, *, by: Person | None, at: datetime.datetime) -> None:
    """Set free what was promised above so many euros, as far as it was not paid and is not on its way; the newest promise first."""
    surplus = sums_of(application).promised - total
    for commitment in commitments_of(application).reverse():
        part = min(surplus, commitment.amount - commitment.paid - under_way(commitment))
        if part > 0:
            release(commitment, part, why=why, by=by, at=at)
            surplus -= part


@transaction.atomic
def note_account(
    application: Application, *, holder: str = "", iban: str = "", card: bool = False, by: Person, at: datetime.datetime
) -> list[Payment]:
    """The account that was missing, or was not right, as who asked told it; what is owed is owed now.

    Raises `NotPayable` and `WrongAccount`.
    """
    held = hold(application)
    decision = granted_of(held)
    if held.stage not in PAYABLE or decision is None or decision.known_on is None:
        raise NotPayable(_("No money was granted here, so nothing can be paid."))
    facts = {"holder": holder, "iban": "" if card else read_iban(iban), "card": card, "checked_at": at, "checked_by": by.uuid}
    Payee.objects.update_or_create(application=held, defaults=facts)
    write_down("grant.account_noted", held, by=by, at=at)
    settled = last_settlement(held)
    if settled and settled.known_on:
        return owe_up_to(held, settled.amount, due_on=pay_by(settled.known_on), by=by, at=at)
    return owe_up_to(held, advance_of(decision), due_on=pay_by(decision.known_on), by=by, at=at)


def stop_paying(application: Application, why: str, *, by: Person | None, at: datetime.datetime) -> None:
    """What was not given to finance yet, or came back, will not be paid. What stands on a list goes out: finance takes it off first."""
    for payment in payments_of(application).filter(stage__in=(PaymentStage.DUE, PaymentStage.BOUNCED)):
        cancel(payment, why, by, at)
