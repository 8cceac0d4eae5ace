"""What was promised, is owed and was paid for an application, over all its decisions."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from buurtdraad.fund.models import Application, Decision
from buurtdraad.fund.queries.rules import band_of
from buurtdraad.fund.states import YES
from buurtdraad.money.models import Commitment, Payment
from buurtdraad.money.queries.payments import under_way
from buurtdraad.money.states import COUNTS, PaymentStage
from buurtdraad.ui.euros import to_cents

HUNDRED = 100


@dataclass(frozen=True)
class Sums:
    """Euros of one application: promised now, paid out, and on their way. `left`: promised, and neither paid nor on its way."""

    promised: Decimal
    paid: Decimal
    under_way: Decimal

    @property
    def left(self) -> Decimal:
        return self.promised - self.paid - self.under_way


def commitments_of(application: Application) -> QuerySet[Commitment]:
    """The money that its decisions promised, the oldest first."""
    keys = Decision.objects.filter(application=application, commitment__isnull=False).values("commitment")
    return Commitment.objects.filter(pk__in=keys).select_related("pot__area", "area").order_by("pk")


def payments_of(application: Application) -> QuerySet[Payment]:
    """All that was ever owed for it, the oldest first."""
    return Payment.objects.filter(commitment__in=commitments_of(application).values("pk")).order_by("pk")


def sums_of(application: Application) -> Sums:
    """What was promised, paid and is on its way."""
    found = list(commitments_of(application))
    return Sums(
        promised=sum((each.amount for each in found), Decimal(0)),
        paid=sum((each.paid for each in found), Decimal(0)),
        under_way=sum((under_way(each) for each in found), Decimal(0)),
    )


def last_decision(application: Application) -> Decision | None:
    """The decision that counts: made known, and not replaced by one that was made known too."""
    known = Decision.objects.filter(application=application, known_on__isnull=False)
    return known.select_related("commitment__pot").order_by("taken_at", "pk").last()


def granted_of(application: Application) -> Decision | None:
    """The decision with which money was granted; None when there is none, or it is not known yet."""
    decision = last_decision(application)
    return decision if decision and decision.outcome in YES else None


def advance_of(decision: Decision) -> Decimal:
    """Euros of a grant that are paid at once, by its band: all of what needs no account, else a percentage."""
    if decision.at_once:
        return decision.amount
    return to_cents(decision.amount * band_of(decision.application.rules, decision.amount).advance_percent / HUNDRED)


def is_unpaid(application: Application) -> bool:
    """Whether something that it is owed was not paid yet, or came back from the bank."""
    waiting = COUNTS - {PaymentStage.PAID} | {PaymentStage.BOUNCED}
    return payments_of(application).filter(stage__in=waiting).exists()
