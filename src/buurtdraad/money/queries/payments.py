"""What is to be paid, and what is on its way. Accounts of people are for who pays only."""

from decimal import Decimal
from typing import NamedTuple

from django.db.models import Case, Count, Q, QuerySet, Sum, When

from buurtdraad.money.models import Commitment, Payment, PaymentList
from buurtdraad.money.states import ListStage, PaymentStage

UNDER_WAY = (PaymentStage.DUE, PaymentStage.ORDERED)
MOST_LISTS = 50


class Together(NamedTuple):
    """How many payments, and how many euros."""

    number: int
    euros: Decimal

    def __str__(self) -> str:
        return f"{self.number} {self.euros:.2f}"


def due_together() -> Together:
    """All that is to be paid. One query."""
    found = Payment.objects.filter(stage=PaymentStage.DUE).aggregate(number=Count("pk"), euros=Sum("amount"))
    return Together(found["number"], found["euros"] or Decimal(0))


def under_way(commitment: Commitment) -> Decimal:
    """Euros of a commitment that will be paid, and were not yet."""
    found = Payment.objects.filter(commitment=commitment, stage__in=UNDER_WAY).aggregate(sum=Sum("amount"))
    return found["sum"] or Decimal(0)


def with_what_for(stage: PaymentStage) -> QuerySet[Payment]:
    """The payments of a stage with what they are for, the most urgent first."""
    found = Payment.objects.filter(stage=stage)
    return found.select_related("commitment__pot", "commitment__initiative", "commitment__agreement", "commitment__work")


def lists() -> QuerySet[PaymentList]:
    """The last lists with how many payments and euros stand on them, and how many of those are paid.

    On top those that wait for somebody: to be released, given to finance, or paid. Then the newest first.
    """
    paid = Q(payments__stage=PaymentStage.PAID)
    under_way = Count("payments", filter=Q(payments__stage=PaymentStage.ORDERED))
    found = PaymentList.objects.annotate(number_of=Count("payments"), euros=Sum("payments__amount"), paid=Count("payments", filter=paid))
    waits = Case(When(Q(stage__in=(ListStage.MADE, ListStage.RELEASED)) | Q(under_way__gt=0), then=0), default=1)
    return found.annotate(under_way=under_way, done=waits).order_by("done", "-made_at", "-number")[:MOST_LISTS]


def on_list(listed: PaymentList) -> QuerySet[Payment]:
    """What stands on a list, in the order in which it was made."""
    found = Payment.objects.filter(listed=listed).order_by("pk")
    return found.select_related("commitment__initiative", "commitment__agreement", "commitment__work")


class OnList(NamedTuple):
    """Of a whole list: how many payments, how many euros, how many on a card, and how many a bank can pay (`sepa.payable`)."""

    number: int
    euros: Decimal
    cards: int
    payable: int


def whole_list(listed: PaymentList) -> OnList:
    """What all pages of a list say together. One query."""
    can = ~Q(iban="") & ~Q(payee="")
    facts = {"number": Count("pk"), "cards": Count("pk", filter=Q(card=True)), "payable": Count("pk", filter=can), "euros": Sum("amount")}
    found = Payment.objects.filter(listed=listed).aggregate(**facts)
    return OnList(**found | {"euros": found["euros"] or Decimal(0)})
