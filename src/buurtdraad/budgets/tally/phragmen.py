"""Sequential Phragmen: everybody earns at the same speed, and a plan is bought as soon as its supporters can pay it together.

A plan with cost c and votes v is bought at t = (c + sum of w[g] * last[g]) / v, where last[g] is when group g last paid. So t follows from
whole numbers: how many of its supporters last paid at which purchase. Moments are kept as in a `Ledger`, over one common denominator.

Floats only say which plans may be the first. t is a sum of k + 1 terms that are not negative, each a whole number below 2**53 (or
a cost, rounded once) times a moment rounded once, divided by a whole number: off by less than (k + 6) * 2**-53 of itself. Plans
within twice that of the lowest are compared exactly.
"""

from fractions import Fraction

import numpy as np

from buurtdraad.budgets.tally.contest import Contest
from buurtdraad.budgets.tally.greedy import Spree
from buurtdraad.budgets.tally.ledger import Ledger, Price
from buurtdraad.budgets.tally.result import Purchase

U = 2.0**-53


class Earning:
    """Who last paid when. Purchase 0 is the beginning, at which everybody has nothing."""

    def __init__(self, contest: Contest) -> None:
        self.contest, self.columns = contest, contest.columns
        self.times = Ledger(1, 0, [0])
        self.last = np.zeros(len(self.columns.weight), np.int64)
        self.paid = np.array(self.columns.votes, np.int64)[:, None]  # per plan and purchase: the weight of supporters who last paid there

    def first(self, places: list[int], *, floats: bool) -> tuple[Price, list[int]]:
        """The next moment at which one of these plans is paid, and which ones are, in the order of ties."""
        near = self._nearest(places) if floats else places
        moments = self._moments(near)
        first = moments[near[0]]
        for moment in moments.values():
            first = moment if moment.compared(first) < 0 else first
        return first, [place for place in near if moments[place].compared(first) == 0]

    def _nearest(self, places: list[int]) -> list[int]:
        used = np.unique(self.last)
        times = np.array([self.times.prices[number] / self.times.denominator for number in used])
        costs = np.array([float(self.contest.costs[place]) for place in places])
        votes = np.array([float(self.columns.votes[place]) for place in places])
        moments = (costs + (self.paid[np.ix_(places, used)] * times).sum(axis=1)) / votes
        ceiling = moments.min() * (1 + 4 * (len(times) + 8) * U)
        return [place for place, moment in zip(places, moments, strict=True) if moment <= ceiling]

    def _moments(self, places: list[int]) -> dict[int, Price]:
        """When each of these plans is paid, exactly."""
        used = np.unique(self.last)
        times = [self.times.prices[number] for number in used]
        moments = {}
        for place, counts in zip(places, self.paid[np.ix_(places, used)].tolist(), strict=True):
            earlier = sum(time * count for time, count in zip(times, counts, strict=True))
            moments[place] = Price(self.contest.costs[place] * self.times.denominator + earlier, self.columns.votes[place])
        return moments

    def pay(self, place: int, moment: Price) -> None:
        """The supporters of this plan pay all they have, now."""
        columns, now = self.columns, len(self.times.prices)
        groups = columns.groups[columns.begins[place] : columns.begins[place + 1]]
        owner, at = columns.rows(groups)
        marks, weight = columns.marks[at].astype(np.int64), columns.weight[groups][owner]
        if now == self.paid.shape[1]:
            self.paid = np.column_stack((self.paid, np.zeros_like(self.paid)))
        np.subtract.at(self.paid, (marks, self.last[groups][owner]), weight)
        np.add.at(self.paid[:, now], marks, weight)
        self.last[groups] = now
        self.times.enter(moment)


def buy_in_turn(spree: Spree, *, floats: bool = True) -> None:
    """Buy plans at the moments that they are paid, until one does not fit (or, if the rule skips those, until none is left)."""
    contest, earning = spree.contest, Earning(spree.contest)
    places = list(contest.playing)
    while places:
        moment, tied = earning.first(places, floats=floats)
        misfits = [place for place in tied if contest.costs[place] > spree.turns.left]
        if contest.rule.phragmen_misfit == "stop" and any(spree.turns.refusal(place) is None for place in misfits):
            return
        place = tied[0]
        places.remove(place)
        if place in misfits or not spree.may(place):
            continue
        at = Fraction(moment.numerator, earning.times.denominator * moment.utility)
        spree.buy(place, "phragmen")
        spree.purchases[-1] = _with_moment(spree.purchases[-1], at)
        earning.pay(place, moment)


def _with_moment(purchase: Purchase, at: Fraction) -> Purchase:
    return Purchase(purchase.plan, purchase.amount, purchase.how, rho=at)
