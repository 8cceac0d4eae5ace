"""Money that no plan got: where the rules of the round say, and no further. Euros."""

import datetime
from decimal import Decimal

from django.db import transaction

from buurtdraad.accounts.models import Person
from buurtdraad.budgets.actions.sources import move_back
from buurtdraad.budgets.actions.steps import note
from buurtdraad.budgets.models import BudgetRound
from buurtdraad.budgets.queries.tracking import left_over, waiting
from buurtdraad.budgets.sharing import shared_back
from buurtdraad.budgets.states import Leftover
from buurtdraad.money.actions import pots


@transaction.atomic
def see_to(held: BudgetRound, *, by: Person | None, at: datetime.datetime) -> Decimal:
    """Give back what is left, where the rules say so, in proportion to what each pot gave; how much went back. Hold the round first.

    Elsewhere it stays in the pot of the round: the next round takes it from there, or the group of the agenda does, as soon as no plan
    waits for somebody. A pot that was closed gets nothing: its share stays. What a plan that still waits needs, is not left.
    """
    if held.sheet.leftover != Leftover.BACK:
        let_go(held, by=by, at=at)
        return Decimal(0)
    sources = list(held.sources.filter(pot__closed_at=None).select_related("pot").order_by("pot"))
    shares = shared_back(left_over(held), [one.amount - one.back for one in sources])
    for source, share in zip(sources, shares, strict=True):
        if share:
            move_back(held, source, share, by=by, at=at)
    back = sum(shares, Decimal(0))
    if back:
        note("budget_round.left_went_back", held, by=by, at=at, payload={"amount": str(back)})
    return back


def let_go(held: BudgetRound, *, by: Person | None, at: datetime.datetime) -> None:
    """The keepers of the pot move what is left, once all plans have their money. Hold the round first."""
    if held.pot and not waiting(held).exists():
        pots.let_go(held.pot, by=by, at=at)
