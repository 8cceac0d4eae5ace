"""The payments of a person's plans, and those of which we no longer need to know to whom they went."""

import datetime

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from buurtdraad.accounts.models import Person
from buurtdraad.lib.retention import CLASSES, ended_before
from buurtdraad.money.models import Payment
from buurtdraad.money.states import PaymentStage

# This room has no keys to persons or contacts: a payee is a name and an account, as an application gave them.
GIVEN: frozenset[str] = frozenset()
OVER = (PaymentStage.PAID, PaymentStage.CANCELLED)


def payments_of(person: Person) -> QuerySet[Payment]:
    """What was or will be paid for the plans of which somebody is a member, the last one first."""
    mine = Payment.objects.filter(commitment__initiative__members__contact__person=person)
    return mine.select_related("commitment__initiative").order_by("-made_at", "-pk").distinct()


def personal_data(person: Person) -> dict:
    """The payments for somebody's plans. To which account is not in it: of a plan of several people that may be another's."""
    found = [of_one(payment) for payment in payments_of(person)]
    return {"betalingen": found} if found else {}


def of_one(payment: Payment) -> dict:
    return {
        "plan": payment.commitment.initiative.title if payment.commitment.initiative else "",
        "kenmerk": payment.reference,
        "bedrag": payment.amount,
        "stand": payment.get_stage_display(),
        "betaald op": payment.paid_on,
    }


def payees_due(on: datetime.date) -> QuerySet[Payment]:
    """Payments of long ago (`since`) of which we still know to whom they went."""
    known = Payment.objects.filter(~Q(payee="") | ~Q(iban="") | Q(card=True), stage__in=OVER)
    over = known.annotate(since=Coalesce(F("paid_on"), TruncDate("made_at")))
    return over.filter(since__lt=ended_before(CLASSES["payee"], on))
