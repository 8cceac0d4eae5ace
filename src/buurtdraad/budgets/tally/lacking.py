"""What the supporters of losing plans lacked, and which winners had their money: exact, from whole numbers.

Under Equal Shares a voter either paid every winner in full, or did so until one took the last money; call that winner the voter's end. So
for the supporters of one plan it is enough to know, per end, how many they are and how much utility they had in each winner before it.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

import numpy as np

from buurtdraad.budgets.tally.columns import Array
from buurtdraad.budgets.tally.contest import Contest
from buurtdraad.budgets.tally.explanation import NOT_PAID, TOO_LATE, Lost, Taken
from buurtdraad.budgets.tally.ledger import Ledger, Price
from buurtdraad.budgets.tally.prices import Purse, Supporters
from buurtdraad.budgets.tally.result import Purchase


@dataclass(frozen=True, eq=False)
class Bought:
    """Per group of ballots the winners it paid in full, in `numbers[starts[g]:starts[g + 1]]`, with utility `each`; and its `end`."""

    starts: Array
    numbers: Array
    each: Array
    end: Array


class Replay:
    """The purchases of Equal Shares once more, to know who paid what."""

    def __init__(self, contest: Contest, endowment: Fraction, purchases: list[Purchase]) -> None:
        self.contest, self.purchases = contest, purchases
        columns, with_points = contest.columns, contest.rule.utility == "points"
        self.purse = Purse(columns, Ledger.starting_with(endowment), with_points=with_points)
        end = np.full(len(columns.weight), len(purchases))
        emptied = end.copy()  # the winner that left a voter, who paid it in full, with exactly nothing
        for number, purchase in enumerate(purchases):
            place = contest.election.places[purchase.plan]
            who = Supporters.of(columns, place, with_points=with_points)
            price = purchase.price or Fraction(0)
            due = Price(price.numerator * self.purse.ledger.denominator, price.denominator)
            less, equal = self.purse.compare(who, due)
            end[who.groups[less & (self.purse.money[who.groups] > 0)]] = number
            emptied[who.groups[equal]] = number
            self.purse.pay(place, who, due, less, equal)
        self.bought = self._bought(end, emptied)

    def _bought(self, end: Array, emptied: Array) -> Bought:
        columns = self.contest.columns
        owner = np.repeat(np.arange(len(end)), np.diff(columns.starts))
        numbers = self.purse.number_of[columns.marks]
        paid = (numbers >= 0) & (numbers < end[owner]) & (numbers <= emptied[owner])
        starts = np.concatenate(([0], np.cumsum(np.bincount(owner[paid], minlength=len(end)))))
        each = np.ones(int(paid.sum())) if self.purse.points is None else self.purse.points[paid].astype(float)
        return Bought(starts, numbers[paid], each, end)

    def lost(self, place: int) -> Lost:
        """What the supporters of this plan had left, which winners they paid for, and how many voters more were needed."""
        contest, ledger = self.contest, self.purse.ledger
        columns, many = contest.columns, len(self.purchases)
        groups = columns.groups[columns.begins[place] : columns.begins[place + 1]]
        ended = np.bincount(self.bought.end[groups], weights=columns.weight[groups], minlength=many + 1)
        utility, voters = self._sums(groups, many)
        common = ledger.denominator * columns.unit
        taken = []
        for number, purchase in enumerate(self.purchases):
            amount = ledger.prices[number] * int(utility[number + 1 :, number].sum())
            amount += self._money(int(ended[number]), utility[number])
            paying = int(voters[number + 1 :, number].sum()) + int(ended[number])
            if amount:
                taken.append(Taken(purchase.plan, Fraction(paying, columns.unit), Fraction(amount, common)))
        left = self._money(int(ended[many]), utility[many])
        short = Fraction(contest.costs[place] * ledger.denominator - left, ledger.endowment * columns.unit) if ledger.endowment else None
        return Lost(
            NOT_PAID,
            left=Fraction(left, common),
            taken=tuple(sorted(taken, key=lambda one: -one.amount)),
            votes_short=None if short is None else ceil(short),
        )

    def _sums(self, groups: Array, many: int) -> tuple[Array, Array]:
        """Per end and winner: the utility that these groups paid in full, times weight, and the weight of who did."""
        bought = self.bought
        lengths = bought.starts[groups + 1] - bought.starts[groups]
        owner = np.repeat(np.arange(len(groups)), lengths)
        at = np.arange(len(owner)) - (np.cumsum(lengths) - lengths)[owner] + bought.starts[groups][owner]
        cell = bought.end[groups][owner] * many + bought.numbers[at]
        weight = self.contest.columns.weight[groups][owner].astype(float)
        voters = np.bincount(cell, weights=weight, minlength=(many + 1) * many).reshape(many + 1, many)
        if self.purse.points is None:
            return voters, voters
        return np.bincount(cell, weights=weight * bought.each[at], minlength=(many + 1) * many).reshape(many + 1, many), voters

    def _money(self, voters: int, utility: Array) -> int:
        """What voters had left after paying for this, over the common denominator."""
        return self.purse.ledger.money(voters, {int(number): int(utility[number]) for number in np.flatnonzero(utility)})


class Earned:
    """Phragmen once more: when everybody last paid."""

    def __init__(self, contest: Contest, purchases: list[Purchase]) -> None:
        self.contest, self.purchases = contest, purchases
        columns = contest.columns
        self.last = np.zeros(len(columns.weight), np.int64)
        self.moments = [Fraction(0)] + [purchase.rho or Fraction(0) for purchase in purchases]
        for number, purchase in enumerate(purchases):
            place = contest.election.places[purchase.plan]
            self.last[columns.groups[columns.begins[place] : columns.begins[place + 1]]] = number + 1

    def lost(self, place: int) -> Lost:
        """What the supporters of this plan had earned at the last purchase, and how many voters more were needed then."""
        columns, now = self.contest.columns, self.moments[-1]
        groups = columns.groups[columns.begins[place] : columns.begins[place + 1]]
        weight = np.bincount(self.last[groups], weights=columns.weight[groups], minlength=len(self.moments))
        earned = sum((now - moment) * int(weight[number]) for number, moment in enumerate(self.moments))
        short = ceil((self.contest.costs[place] - earned) / now / columns.unit) if now else None
        return Lost(TOO_LATE, left=Fraction(earned) / columns.unit, votes_short=short)
