"""The price of one plan: the `x` at which its supporters, each paying min(what is left, x * utility), pay its cost together.

Write f(x) for what they pay together and c for the cost. For ANY set S of supporters

    g(x) = (money of S) + x * (utility of the others) >= f(x),

as min(b, x u) is at most b and at most x u. So the x at which g reaches c is never above the true price, whatever S is: a set found
with floats, even a wrong one, gives a true lower bound once the error in the sum of money is taken off. That is all that floats are used
for (`Purse.bound`). The exact price (`exact_price`) starts from the same S and repeats S = {b < x u}, exactly decided, until it stays:
Newton on a concave function, from below, so it only rises and ends after finitely many sets at the price, or at nobody left to pay.

With U = 2**-53, the rounding of one operation:
* money. |float - true| <= error for every voter at all times. It starts at U * E. A purchase takes float(x) * u off: the rounding of x,
  of the product and of the difference are each at most U * E * (1 + 3 U), together less than 4 U E: that is added. Money is
  clipped at TINY from below, which brings it nearer to the true value, as that is above 0. Who has exactly nothing has exactly 0.0.
* a sum of N products of money and weight, in any order: less than 2 (N + 2) U times the sum of their sizes, for N < 2**40.
  Weights, utilities and sums of them are whole numbers below 2**53, so exact. With the error of money: at most error * (weight of S)
  more.
"""

from dataclasses import dataclass

import numpy as np

from buurtdraad.budgets.tally.columns import Array, Columns
from buurtdraad.budgets.tally.ledger import Ledger, Price

U = 2.0**-53
TINY = 1e-300
NOBODY = float("inf")  # the bound of a plan that its supporters certainly cannot pay


@dataclass(frozen=True, eq=False)
class Supporters:
    """Who supports a plan: groups, their weight, the utility of each (None: all 1), and weight times utility."""

    groups: Array
    weight: Array
    each: Array | None
    utility: Array
    total: int  # sum of utility
    all: int  # sum of weight
    even: bool  # all weights and utilities are 1

    @classmethod
    def of(cls, columns: Columns, place: int, *, with_points: bool) -> "Supporters":
        of_plan = slice(columns.begins[place], columns.begins[place + 1])
        groups = columns.groups[of_plan]
        weight = columns.weight[groups].astype(float)
        each = columns.given[of_plan].astype(float) if with_points and columns.given is not None else None
        utility = weight if each is None else weight * each
        return cls(groups, weight, each, utility, int(utility.sum()), int(weight.sum()), bool((utility == 1).all()))


def lower_bound(money: Array, error: float, who: Supporters, cost: int, least: float) -> tuple[float, Array]:
    """A true lower bound of the price if supporters have this money, each within `error`; and the set S (a mask) that it follows from.

    `least` is an earlier bound, to begin with. NOBODY if they certainly cannot pay the cost.
    """
    worth = money if who.even else money * who.weight
    bound, number = max(least, 0.0), -1
    poor, paid, left = None, 0.0, who.total
    while True:
        found = money < (bound if who.each is None else bound * who.each)
        if poor is not None:
            found |= poor
        if (count := int(np.count_nonzero(found))) == number:
            return _safe(error, who, cost, paid, left), found
        poor, number = found, count
        if count:
            paid = float(np.add.reduce(worth[poor]))
            left = who.total - (count if who.even else int(np.add.reduce(who.utility[poor])))
        if left == 0:
            return _safe(error, who, cost, paid, left), poor
        bound = max(bound, (cost - paid) / left)


def _safe(error: float, who: Supporters, cost: int, paid: float, left: int) -> float:
    """The bound that certainly holds: the errors of this sum, and of the operations below, are taken off."""
    if error == NOBODY:
        return 0.0
    doubt = who.all * error + 2 * (len(who.groups) + 2) * U * paid
    if left == 0:
        return NOBODY if (paid + doubt) * (1 + 4 * U) < cost else 0.0
    return (cost * (1 - 8 * U) - paid - doubt * (1 + 4 * U)) / left * (1 - 4 * U) - TINY


def upper_bound(money: Array, who: Supporters, cost: int) -> float:
    """A price at which supporters with at least this money certainly pay the cost together; NOBODY if that is not certain.

    A sum of N products that are not negative is off by less than (N + 4) U of itself, so what is found is simply tried.
    """
    bound, _ = lower_bound(money, 0.0, who, cost, 0.0)
    slack = 4 * (len(money) + 4) * U
    for more in (4 * slack, 1e-9, 1e-6, 1e-3):
        high = bound * (1 + more)
        paid = np.minimum(money, high if who.each is None else high * who.each)
        if float(np.add.reduce(paid * who.weight)) * (1 - slack) >= cost * (1 + 4 * U):
            return high
    return NOBODY


class Purse:
    """What every group of voters has left in one run of Equal Shares: floats with a proven error, and the exact ledger."""

    def __init__(self, columns: Columns, ledger: Ledger, *, with_points: bool, floats: bool = True) -> None:
        self.columns, self.ledger = columns, ledger
        self.points = columns.points if with_points else None
        self.most = ledger.endowment / ledger.denominator
        self.money = np.full(len(columns.weight), self.most)
        self.error = U * self.most * 2 if floats else float("inf")
        self.number_of = np.full(len(columns.begins) - 1, -1)  # which purchase a plan was

    def bound(self, who: Supporters, cost: int, least: float) -> tuple[float, Array]:
        """A true lower bound of the price now, and the set S (a mask on the supporters) that it follows from; see `lower_bound`."""
        return lower_bound(self.money.take(who.groups), self.error, who, cost, least)

    def exact_price(self, who: Supporters, cost: int, poor: Array) -> tuple[Price, Array, Array] | None:
        """The price, who pays all that is left (a mask), and who has exactly as much as is to be paid. None: they cannot pay it."""
        if poor.all():
            if self.exact_money(who.groups) < cost * self.ledger.denominator:
                return None
            poor = np.zeros(len(poor), bool)
        while True:
            price = self._price_if(who, cost, poor)
            if price is None:
                return None
            less, equal = self.compare(who, price)
            if not np.any(less != poor):
                return price, less, equal
            poor = less

    def _price_if(self, who: Supporters, cost: int, poor: Array) -> Price | None:
        """The x at which g reaches the cost for this set S; None if S is everybody."""
        left = who.total - int(np.add.reduce(who.utility[poor]))
        if left == 0:
            return None
        return Price(cost * self.ledger.denominator - self.exact_money(who.groups[poor]), left)

    def exact_money(self, groups: Array) -> int:
        """What these groups have left together, over the denominator of the ledger."""
        groups = groups[self.money[groups] > 0]
        if not len(groups):
            return 0
        weight = self.columns.weight[groups]
        return self.ledger.money(int(weight.sum()), self._utility(groups, weight))

    def _utility(self, groups: Array, weight: Array) -> dict[int, int]:
        """Per earlier purchase, the sum of the utility of these groups in it (times their weight)."""
        if not self.ledger.prices:
            return {}
        owner, at = self.columns.rows(groups)
        number = self.number_of[self.columns.marks[at]]
        bought = number >= 0
        each = weight[owner[bought]].astype(float)
        if self.points is not None:
            each *= self.points[at[bought]]
        sums = np.bincount(number[bought], weights=each, minlength=1)  # exact: whole numbers below 2**53
        return {int(place): int(sums[place]) for place in np.flatnonzero(sums)}

    def compare(self, who: Supporters, price: Price) -> tuple[Array, Array]:
        """Who of the supporters has less than is to be paid, and who exactly as much. Floats decide where their error allows."""
        money = self.money.take(who.groups)
        due = price.as_float(self.ledger) * (1.0 if who.each is None else who.each)
        doubt = self.error + 4 * U * np.abs(due) + TINY
        less, equal = money < due - doubt, np.zeros(len(money), bool)
        if price.numerator > 0:
            less |= money == 0
        unsure = np.flatnonzero((money <= due + doubt) & ~less & (money > 0))
        if len(unsure):
            sign = self._signs(who, unsure, price)
            less[unsure], equal[unsure] = sign < 0, sign == 0
        return less, equal

    def _signs(self, who: Supporters, at: Array, price: Price) -> Array:
        """The exact sign of (what is left) - (what is due), for groups with money; each way of having paid is computed once."""
        paid = self._paid(who.groups[at])
        if who.each is not None:
            paid = np.column_stack((paid, who.each[at].astype(np.int64)))
        ways, way = np.unique(paid, axis=0, return_inverse=True) if paid.any() else (paid[:1], np.zeros(len(at), np.int64))
        return np.array([self._sign(list(map(int, one)), price, with_due=who.each is not None) for one in ways])[way.reshape(-1)]

    def _sign(self, paid: list[int], price: Price, *, with_due: bool) -> int:
        due = paid.pop() if with_due else 1
        money = self.ledger.money(1, {number: amount for number, amount in enumerate(paid) if amount})
        gap = money * price.utility - price.numerator * due
        return (gap > 0) - (gap < 0)

    def _paid(self, groups: Array) -> Array:
        """Per group a row: the utility of its voters in each earlier purchase."""
        paid = np.zeros((len(groups), len(self.ledger.prices)), np.int64)
        owner, at = self.columns.rows(groups)
        number = self.number_of[self.columns.marks[at]]
        bought = number >= 0
        paid[owner[bought], number[bought]] = 1 if self.points is None else self.points[at[bought]]
        return paid

    def pay(self, place: int, who: Supporters, price: Price, less: Array, equal: Array) -> None:
        """Everybody pays for this plan; the ledger keeps the price."""
        money = self.money[who.groups] - price.as_float(self.ledger) * (1.0 if who.each is None else who.each)
        money[less | equal] = 0.0
        np.maximum(money, TINY, out=money, where=~(less | equal))
        self.money[who.groups] = money
        self.error += 4 * U * self.most
        self.number_of[place] = len(self.ledger.prices)
        self.ledger.enter(price)
