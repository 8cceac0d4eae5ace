"""Which plans get money: those of the count, and what the result makes of it where it departs from the vote."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from buurtdraad.budgets.models import Adoption, BudgetPlan, BudgetRound, Counted

CENTS = 100  # the count is in cents


@dataclass(frozen=True)
class Won:
    """A plan that gets money, with its place in its budget and how many euros."""

    plan: BudgetPlan
    place: int
    amount: Decimal


def bought(counted: Counted) -> list[tuple[int, Decimal]]:
    """The numbers of the plans that won one budget, in the order of the count, each with its euros. The one place that reads the count."""
    assert counted.result is not None, "what was counted has a result"
    return [(int(one["plan"]), Decimal(one["amount"]) / CENTS) for one in counted.result["purchases"]]


def winners_of(round_: BudgetRound) -> list[Won]:
    """The plans that people chose, in each budget in the order of the count. Two queries."""
    plans = {
        plan.number: plan for plan in round_.plans.select_related("part", "area", "initiative__area", "agreement__area", "application")
    }
    counts = Counted.objects.filter(part__round=round_).order_by("part__order", "part")
    return [Won(plans[number], place, amount) for one in counts for place, (number, amount) in enumerate(bought(one), start=1)]


def that_get_money(round_: BudgetRound, adoption: Adoption) -> list[Won]:
    """The plans that get money by this result: what people chose, without what it leaves out, and with what it adds. Three queries."""
    return with_departures(winners_of(round_), adoption.without, plans_by_number(round_, adoption.also))


def with_departures(chosen: Sequence[Won], without: Iterable[int], also: Iterable[BudgetPlan]) -> list[Won]:
    left_out = set(without)
    kept = [one for one in chosen if one.plan.number not in left_out]
    last = max((one.place for one in chosen), default=0)
    return kept + [Won(plan, place, plan.cost or Decimal(0)) for place, plan in enumerate(also, start=last + 1)]


def plans_by_number(round_: BudgetRound, numbers: Iterable[int]) -> list[BudgetPlan]:
    """Plans of a round by their numbers, in that order."""
    found = {plan.number: plan for plan in round_.plans.filter(number__in=set(numbers)).select_related("part", "area")}
    return [found[number] for number in numbers if number in found]


def not_chosen(round_: BudgetRound, won: Iterable[Won]) -> list[BudgetPlan]:
    """The plans on the list that did not win, by number. One query."""
    keys = {one.plan.pk for one in won}
    return [plan for plan in round_.plans.listed().order_by("number") if plan.pk not in keys]
