"""Money of a round: from pots into a pot of its own, and back. Every euro stands in the ledger on both sides."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.budgets.actions.steps import hold, must_be_preparing, note
from buurtdraad.budgets.models import BudgetRound, Part, RoundMoney
from buurtdraad.lib.refusal import Refused
from buurtdraad.money.actions import pots
from buurtdraad.money.actions.ledger import whole
from buurtdraad.money.models import Pot


class NotSoMuch(Refused):
    """So much did not come from there."""


@transaction.atomic
def add_money(round_: BudgetRound, pot: Pot, amount: Decimal, *, by: Person, at: datetime.datetime) -> RoundMoney:
    """Move euros from a pot to the round. Raises `Frozen`, and what the pots raise: `PotKept` for that of another round."""
    held = hold(round_)
    must_be_preparing(held)
    whole(amount)
    own = held.pot or pot_for(held, pot, by=by, at=at)
    why = _("For the neighbourhood budget '%(name)s'") % {"name": held.name}
    pots.take_out(pot, amount, why=why, by=by, at=at)
    pots.put_in(own, amount, why=_("From '%(pot)s'") % {"pot": pot}, thing=held.thing, by=by, at=at)
    source, new = RoundMoney.objects.get_or_create(
        round=held, pot=pot, defaults={"amount": amount, "by": by.uuid, "at": at}
    )  # fmt: skip
    if not new:
        RoundMoney.objects.filter(pk=source.pk).update(amount=F("amount") + amount, by=by.uuid, at=at)
        source.refresh_from_db()
    fill_the_only_part(held)
    round_.pot = own
    note("budget_round.money_added", held, by=by, at=at, payload={"amount": str(amount), "from": str(pot.uuid)})
    return source


def pot_name(round_: BudgetRound) -> str:
    """What the pot of a round is called; a pot says its year itself."""
    return round_.name.removesuffix(f" {round_.year}")[:110]


def pot_for(held: BudgetRound, like: Pot, *, by: Person, at: datetime.datetime) -> Pot:
    """The round's own pot: of the kind of money that came first. Only deeds of the round move what lies in it, until it lets go."""
    first = pot_name(held)
    name, number = first, 1
    while Pot.objects.filter(name=name, year=held.year).exists():
        number += 1
        name = f"{first} ({number})"
    about = _("The money of a neighbourhood budget. Residents divide it.")
    made = pots.open_pot(
        name=name, source=like.source, organisation=like.organisation, year=held.year, area=held.area, about=about, kept_for=held.thing,  # type: ignore[arg-type]
        by=by, at=at,
    )  # fmt: skip
    BudgetRound.objects.filter(pk=held.pk).update(pot=made)
    held.pot = made
    return made


@transaction.atomic
def give_back(source: RoundMoney, amount: Decimal, *, by: Person, at: datetime.datetime) -> None:
    """Euros back to the pot they came from, while the round is being prepared. Raises `Frozen`, `NotSoMuch` and `PotClosed`."""
    held = hold(source.round)
    must_be_preparing(held)
    move_back(held, source, amount, by=by, at=at)
    fill_the_only_part(held)
    note("budget_round.money_given_back", held, by=by, at=at, payload={"amount": str(amount), "to": str(source.pot.uuid)})


def move_back(held: BudgetRound, source: RoundMoney, amount: Decimal, *, by: Person | None, at: datetime.datetime) -> None:
    """The movement itself; for what a round leaves too. Hold the round first. Raises `NotSoMuch`, and what the pots raise."""
    whole(amount)
    came = RoundMoney.objects.filter(pk=source.pk, amount__gte=F("back") + amount)
    if not came.update(back=F("back") + amount):
        raise NotSoMuch(_("So much did not come from this pot."))
    assert held.pot is not None, "what has a source has a pot"
    pots.take_out(held.pot, amount, why=_("Back to '%(pot)s'") % {"pot": source.pot}, thing=held.thing, by=by, at=at)
    why = _("Back from the neighbourhood budget '%(name)s'") % {"name": held.name}
    pots.put_in(source.pot, amount, why=why, by=by, at=at)
    source.refresh_from_db()


def all_back(held: BudgetRound, *, by: Person | None, at: datetime.datetime) -> Decimal:
    """Everything back to where it came from, but for pots that are closed: how much stays in the pot of the round. Hold the round first."""
    stays = Decimal(0)
    for source in held.sources.select_related("pot").order_by("pot"):
        left = source.amount - source.back
        if source.pot.closed_at:
            stays += left
        elif left:
            move_back(held, source, left, by=by, at=at)
    return stays


def fill_the_only_part(held: BudgetRound) -> None:
    """With one budget there is nothing to divide: it is all the money."""
    if held.pot and held.parts.count() == 1:
        held.pot.refresh_from_db()
        Part.objects.filter(round=held).update(amount=held.pot.free)
