"""The ledger beside the rows that are kept for speed: the two say the same, or something is wrong."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Sum

from buurtdraad.money.models import Commitment, Entry, Pot
from buurtdraad.money.queries.payments import UNDER_WAY
from buurtdraad.money.states import EntryKind

ZERO = Decimal(0)
# Which kinds of lines raise, and which lower, what is kept on a row.
HOLDS = (EntryKind.PUT_IN, EntryKind.TAKEN_OUT)
PROMISED = (EntryKind.COMMITTED, EntryKind.RELEASED)
GONE = (EntryKind.PAID, EntryKind.PAID_BACK)

type Sums = dict[int, dict[str, Decimal]]


@dataclass(frozen=True)
class Difference:
    """What a row says, and what the ledger says; `what` is the column."""

    thing: str
    what: str
    kept: Decimal
    ledger: Decimal


def differences() -> list[Difference]:
    """Every pot and commitment whose row does not say what the ledger says, and every promise with more to pay than was promised."""
    return [*of_pots(), *of_commitments(), *owed_too_much()]


def of_pots() -> list[Difference]:
    sums = sums_by("pot")
    pots = {pot.pk: pot for pot in Pot.objects.order_by("pk")}
    promised: dict[int, Decimal] = defaultdict(Decimal)
    gone: dict[int, Decimal] = defaultdict(Decimal)
    for pot in pots.values():
        for key in around(pot, pots):
            promised[key] += net(sums, pot.pk, PROMISED)
            gone[key] += net(sums, pot.pk, GONE)
    found: list[Difference] = []
    for pot in pots.values():
        found += compared(pot.thing, "amount", pot.amount, net(sums, pot.pk, HOLDS))
        found += compared(pot.thing, "committed", pot.committed, promised[pot.pk])
        found += compared(pot.thing, "paid", pot.paid, gone[pot.pk])
    return found


def of_commitments() -> list[Difference]:
    sums = sums_by("commitment")
    found: list[Difference] = []
    for commitment in Commitment.objects.order_by("pk"):
        found += compared(commitment.thing, "amount", commitment.amount, net(sums, commitment.pk, PROMISED))
        found += compared(commitment.thing, "paid", commitment.paid, net(sums, commitment.pk, GONE))
    return found


def owed_too_much() -> list[Difference]:
    waiting = Commitment.objects.filter(payments__stage__in=UNDER_WAY).annotate(waiting=Sum("payments__amount"))
    return [
        Difference(one.thing, "to_pay", one.amount - one.paid, one.waiting) for one in waiting.filter(waiting__gt=F("amount") - F("paid"))
    ]


def sums_by(column: str) -> Sums:
    """The sum of each kind of line, by pot or by commitment."""
    found: Sums = defaultdict(dict)
    for key, kind, amount in Entry.objects.order_by().values_list(column, "kind").annotate(sum=Sum("amount")):
        found[key][kind] = amount
    return found


def around(pot: Pot, pots: dict[int, Pot]) -> list[int]:
    """The keys of a pot and of what it lies within."""
    found, here = [pot.pk], pot
    while here.within_id:
        here = pots[here.within_id]
        found.append(here.pk)
    return found


def net(sums: Sums, key: int, kinds: tuple[EntryKind, EntryKind]) -> Decimal:
    up, down = kinds
    return sums[key].get(up, ZERO) - sums[key].get(down, ZERO)


def compared(thing: str, what: str, kept: Decimal, ledger: Decimal) -> list[Difference]:
    return [] if kept == ledger else [Difference(thing, what, kept, ledger)]
