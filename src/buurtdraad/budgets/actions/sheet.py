"""What a rules sheet says, and how the money is divided over budgets: written while the round is being prepared."""

import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.budgets.actions.sources import fill_the_only_part
from buurtdraad.budgets.actions.steps import hold, must_be_preparing, note
from buurtdraad.budgets.models import BudgetRound, Part, RulesSheet
from buurtdraad.lib.refusal import Refused
from buurtdraad.places.models import Area


class WrongPart(Refused):
    """Such a budget cannot be."""


@transaction.atomic
def write(round_: BudgetRound, facts: dict[str, Any], *, by: Person, at: datetime.datetime) -> None:
    """Some of what the sheet says, by the names of its columns. Raises `Frozen`."""
    held = hold(round_)
    must_be_preparing(held)
    RulesSheet.objects.filter(pk=held.sheet.pk).update(**facts)
    round_.sheet.refresh_from_db()
    note("budget_round.rules_written", held, by=by, at=at, payload={"what": sorted(facts)})


@transaction.atomic
def add_part(round_: BudgetRound, *, name: str, area: Area, amount: Decimal, by: Person, at: datetime.datetime) -> Part:
    """One more budget in the round, such as one for the whole city. Raises `Frozen` and `WrongPart`."""
    held = hold(round_)
    must_be_preparing(held)
    must_be_new(held, name)
    order = max(held.parts.values_list("order", flat=True), default=0) + 1
    made = Part.objects.create(round=held, name=name, area=area, amount=amount, order=order)
    note("budget_round.part_added", held, by=by, at=at, payload={"amount": str(amount)})
    return made


@transaction.atomic
def change_part(part: Part, *, name: str, area: Area, amount: Decimal, by: Person, at: datetime.datetime) -> None:
    """Another name, area or amount. Raises `Frozen` and `WrongPart`."""
    held = hold(part.round)
    must_be_preparing(held)
    must_be_new(held, name, but=part)
    Part.objects.filter(pk=part.pk).update(name=name, area=area, amount=amount)
    note("budget_round.part_changed", held, by=by, at=at, payload={"amount": str(amount)})


@transaction.atomic
def remove_part(part: Part, *, by: Person, at: datetime.datetime) -> None:
    """One budget less. Raises `Frozen`, and `WrongPart` for the last one and for one with plans."""
    held = hold(part.round)
    must_be_preparing(held)
    if held.parts.count() == 1:
        raise WrongPart(_("A round has at least one budget."))
    if part.plans.exists():
        raise WrongPart(_("There are plans for this budget."))
    part.delete()
    fill_the_only_part(held)
    note("budget_round.part_removed", held, by=by, at=at)


def must_be_new(held: BudgetRound, name: str, *, but: Part | None = None) -> None:
    others = held.parts.exclude(pk=but.pk) if but else held.parts.all()
    if others.filter(name=name).exists():
        raise WrongPart(_("There is a budget with this name already."))
