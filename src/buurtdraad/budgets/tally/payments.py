"""Who paid what for each winner, to the last fraction, by replaying the purchases of a result voter by voter."""

from collections import defaultdict
from fractions import Fraction
from math import lcm

from buurtdraad.budgets.tally.columns import Columns, columns_of, narrowed
from buurtdraad.budgets.tally.election import Election
from buurtdraad.budgets.tally.result import Payment, Purchase, Result
from buurtdraad.budgets.tally.rule import Rule


def payments(election: Election, rule: Rule, result: Result) -> dict[str, tuple[Payment, ...]]:
    """Per winner that voters paid for: the amounts paid, largest first, and the weight of the voters who paid that much.

    Together they are the cost, exactly. Winners that cost nothing, and those of the greedy count or the leftover, are not in it.
    """
    paid_for = [purchase for purchase in result.purchases if purchase.rho and purchase.how in ("equal-shares", "phragmen")]
    if not paid_for:
        return {}
    places = [election.places[purchase.plan] for purchase in paid_for]
    columns = narrowed(columns_of(election, rule), places)
    common = lcm(
        *(purchase.rho.denominator for purchase in paid_for if purchase.rho),
        *(purchase.price.denominator for purchase in paid_for if purchase.price),
        (result.endowment_end or Fraction(0)).denominator,
    )
    replay = _of_moments if rule.kind == "phragmen" else _of_shares
    weights = replay(columns, rule, result, list(zip(places, paid_for, strict=True)), common)
    return {
        purchase.plan: tuple(
            Payment(Fraction(weight, columns.unit), Fraction(amount, common)) for amount, weight in sorted(row.items())[::-1]
        )
        for purchase, row in zip(paid_for, weights, strict=True)
    }


Bought = list[tuple[int, Purchase]]
Paid = list[dict[int, int]]  # per purchase: the weight of who paid that many `common`ths


def _of_shares(columns: Columns, rule: Rule, result: Result, bought: Bought, common: int) -> Paid:
    """Equal Shares: everybody pays the price, or all that is left."""
    assert result.endowment_end is not None
    money = [_whole(result.endowment_end, common)] * len(columns.weight)
    weights = columns.weight.tolist()
    given = columns.given if rule.utility == "points" else None
    paid = []
    for place, purchase in bought:
        price, row = _whole(purchase.price or Fraction(0), common), defaultdict[int, int](int)
        of_plan = slice(columns.begins[place], columns.begins[place + 1])
        groups = columns.groups[of_plan].tolist()
        points = [1] * len(groups) if given is None else given[of_plan].tolist()
        for group, each in zip(groups, points, strict=True):
            amount = min(money[group], price * each)
            if amount:
                money[group] -= amount
                row[amount] += weights[group]
        paid.append(dict(row))
    return paid


def _of_moments(columns: Columns, rule: Rule, result: Result, bought: Bought, common: int) -> Paid:
    """Phragmen: everybody pays what was earned since the last time."""
    last = [0] * len(columns.weight)
    weights = columns.weight.tolist()
    paid = []
    for place, purchase in bought:
        now, row = _whole(purchase.rho or Fraction(0), common), defaultdict[int, int](int)
        for group in columns.groups[columns.begins[place] : columns.begins[place + 1]].tolist():
            if now > last[group]:
                row[now - last[group]] += weights[group]
            last[group] = now
        paid.append(dict(row))
    return paid


def _whole(amount: Fraction, common: int) -> int:
    return amount.numerator * (common // amount.denominator)
