"""Lines of the ledger, and the rows that are kept beside it. Each euro stands on one line, of the pot it came from.

Pots around that pot hold it too, on their row. Everybody takes the rows of pots before those of commitments, and of pots the
outermost first, so that two people never wait for each other.
"""

import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.lib.refusal import Refused
from buurtdraad.money.models import Commitment, Entry, Pot
from buurtdraad.money.states import EntryKind
from buurtdraad.ui.euros import to_cents


class NoMoney(Refused):
    """This is no amount that can be moved."""


def chain(pot: Pot) -> list[Pot]:
    """A pot and what it lies within, the outermost first. `within` never changes."""
    found = [pot]
    while (outer := found[-1].within) is not None:
        found.append(outer)
    return found[::-1]


def whole(amount: Decimal) -> Decimal:
    """An amount that can be moved: above zero, in whole cents. Raises `NoMoney`."""
    if amount <= 0 or amount != to_cents(amount):
        raise NoMoney(_("Write an amount above zero."))
    return amount


def held(commitment: Commitment) -> Commitment:
    """The row of a commitment as it is now, held until the end of the transaction, after the pots that it counts in."""
    for pot in chain(commitment.pot):
        Pot.objects.select_for_update(no_key=True).get(pk=pot.pk)
    return Commitment.objects.select_for_update(of=("self",), no_key=True).select_related("pot__area", "area").get(pk=commitment.pk)


def raise_committed(commitment: Commitment, amount: Decimal) -> None:
    """More or, with an amount below zero, less is committed: on the commitment and on all its pots. Hold it first."""
    for pot in chain(commitment.pot):
        Pot.objects.filter(pk=pot.pk).update(committed=F("committed") + amount)
    Commitment.objects.filter(pk=commitment.pk).update(amount=F("amount") + amount)


def raise_paid(commitment: Commitment, amount: Decimal) -> None:
    """More or, with an amount below zero, less is paid: on the commitment and on all its pots. Hold it first."""
    for pot in chain(commitment.pot):
        Pot.objects.filter(pk=pot.pk).update(paid=F("paid") + amount)
    Commitment.objects.filter(pk=commitment.pk).update(paid=F("paid") + amount)


def enter(
    pot: Pot,
    kind: EntryKind,
    amount: Decimal,
    *,
    commitment: Commitment | None = None,
    why: str = "",
    by: Person | None,
    at: datetime.datetime,
) -> Entry:
    """One more line of the ledger."""
    who: UUID | None = by.uuid if by else None
    return Entry.objects.create(pot=pot, kind=kind, amount=amount, commitment=commitment, why=why, by=who, at=at)
