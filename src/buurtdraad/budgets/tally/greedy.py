"""The greedy count, and what is done with the money that is left: both walk the same order."""

from fractions import Fraction

from buurtdraad.budgets.tally.contest import Contest, Turns
from buurtdraad.budgets.tally.result import Purchase, Refusal


class Spree:
    """What a count buys one after the other, and what it refuses, on top of the turns."""

    def __init__(self, contest: Contest, turns: Turns | None = None) -> None:
        self.contest, self.turns = contest, turns or Turns(contest)
        self.purchases: list[Purchase] = []
        self.refusals: dict[str, Refusal] = {}

    @property
    def waiting(self) -> list[int]:
        """The plans that have not won, in the order of the greedy count: one pass asks each of them anew."""
        won = {purchase.plan for purchase in self.purchases}
        return [place for place in self.contest.greedy_order if self.contest.plans[place].id not in won]

    def may(self, place: int) -> bool:
        """Whether this plan may win at its turn; keeps why not."""
        refusal = self.turns.refusal(place)
        if refusal:
            self.refusals[refusal.plan] = refusal
        return refusal is None

    def buy(self, place: int, how: str, amount: int | None = None) -> None:
        """This plan wins, for its cost or a part of it (amounts as `Contest.costs`)."""
        self.turns.win(place, amount)
        bought = (self.contest.costs[place] if amount is None else amount) // self.contest.columns.unit
        self.purchases.append(Purchase(self.contest.plans[place].id, bought, how))


def buy_greedily(spree: Spree, how: str, misfit: str) -> None:
    """Buy in order what fits and may win; at what does not fit, `skip` it or `stop`."""
    for place in spree.waiting:
        if not spree.may(place):
            continue
        if spree.contest.costs[place] <= spree.turns.left:
            spree.buy(place, how)
        elif misfit == "stop":
            break


def spend_leftover(spree: Spree) -> None:
    """What the rule does with the money that is left."""
    match spree.contest.rule.leftover:
        case "fits":
            buy_greedily(spree, "leftover", "skip")
        case "part":
            _buy_part(spree, Fraction(0), over_budget_only=False)
        case "nearly":
            _buy_part(spree, spree.contest.rule.leftover_share, over_budget_only=True)


def _buy_part(spree: Spree, share: Fraction, *, over_budget_only: bool) -> None:
    """The first plan that may win (and does not fit) gets what is left, if that is at least this share of its cost."""
    left = spree.turns.left
    for place in spree.waiting:
        cost = spree.contest.costs[place]
        amount = min(cost, left)
        if (over_budget_only and cost <= left) or not spree.may(place):
            continue
        if amount >= share * cost and (amount or not cost):
            spree.buy(place, "leftover", amount)
        return
