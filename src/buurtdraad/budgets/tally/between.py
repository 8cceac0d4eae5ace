"""Which plans win at every start between two, found with floats that only ever err to the safe side.

While turns are taken, `low` and `high` enclose what each voter has left, whatever the start between the two. A block is a set of plans
that have the next turns at every such start, in whatever order:

* a plan outside the block costs more, per utility, than any plan of it: its price with `high` money, which is the least it can be while
  the block is paid, lies above the prices of the block;
* the price of a plan in the block lies between what it is with `high` money before the block, and `dear`: what it is with `low` money
  after all others of the block were paid at their `dear`. If these hold together, they hold for any order, by induction over the turns
  in the block.

Then each voter has at most `high` less the lowest prices, and at least `low` less the dear ones. When no plan is left that `high` money
could pay, the blocks are the winners at every start. If anything is uncertain, there is no answer, and nothing is skipped.
Refusals hang on what won before: at most one plan in a block may be one that can be refused.
"""

from fractions import Fraction
from heapq import heappop, heappush

import numpy as np

from buurtdraad.budgets.tally.columns import Array
from buurtdraad.budgets.tally.contest import Turns
from buurtdraad.budgets.tally.equal_shares import Buyers
from buurtdraad.budgets.tally.prices import NOBODY, U, lower_bound, upper_bound

LARGEST_BLOCK = 12
MOST_ROUNDS = 8  # to find prices that hold together


def same_winners(buyers: Buyers, low: Fraction, high: Fraction) -> bool:
    """Whether certainly the same plans win at every start from `low` to `high`."""
    return Between(buyers, low, high).settle()


class Between:
    """All runs from one start to another, at once."""

    def __init__(self, buyers: Buyers, low: Fraction, high: Fraction) -> None:
        contest, groups = buyers.contest, len(buyers.contest.columns.weight)
        self.buyers, self.costs, self.state = buyers, contest.costs, Turns(contest)
        self.low, self.high = np.full(groups, float(low) * (1 - 4 * U)), np.full(groups, float(high) * (1 + 4 * U))
        self.heap, self.bounds = list(buyers.heap), dict(buyers.least)
        self.fresh: set[int] = set()
        for place in contest.playing:
            if contest.costs[place] == 0 and not self.state.refusal(place):
                self.state.win(place)

    def settle(self) -> bool:
        """Take blocks until nobody can pay anything; False as soon as something is uncertain."""
        while (first := self._next(NOBODY)) is not None:
            dear = self._block(first)
            if not dear:
                return False
            self._pay(dear)
        return True

    def _next(self, ceiling: float) -> int | None:
        """Take the plan with the lowest bound out of the heap, if that lies at or below the ceiling."""
        while self.heap and self.heap[0][0] <= ceiling:
            place = heappop(self.heap)[2]
            if place in self.fresh:
                return place
            who = self.buyers.who[place]
            bound, _ = lower_bound(self.high.take(who.groups), 0.0, who, self.costs[place], self.bounds[place])
            if bound < NOBODY:
                self.fresh.add(place)
                self.bounds[place] = max(bound, self.bounds[place])
                heappush(self.heap, self.buyers.entry(place, self.bounds[place]))
        return None

    def _block(self, first: int) -> dict[int, float]:
        """The next block around this plan, with the dear price of each; empty if there is none that is certain."""
        dear = {first: upper_bound(self.low[self.buyers.who[first].groups], self.buyers.who[first], self.costs[first])}
        while max(dear.values()) < NOBODY:
            ceiling = max(price / self.buyers.size[place] for place, price in dear.items()) * (1 + 4 * U)
            other = self._next(ceiling)
            if other is None:
                return dear
            dear[other] = 0.0
            if len(dear) > LARGEST_BLOCK or sum(self.buyers.contest.can_be_refused(place) for place in dear) > 1:
                break
            dear = self._held_together(dear)
        return {}

    def _held_together(self, dear: dict[int, float]) -> dict[int, float]:
        """Prices that are high enough, each with all others paid at theirs; NOBODY among them if they are not found."""
        for _ in range(MOST_ROUNDS):
            total = np.zeros(len(self.low))
            for place, price in dear.items():
                total[self.buyers.who[place].groups] += price * self._each(place)
            found = {place: self._after_others(place, price, total) for place, price in dear.items()}
            if all(found[place] <= price for place, price in dear.items()) or NOBODY in found.values():
                return dear if NOBODY not in found.values() else found
            dear = {place: max(price, found[place] * (1 + 1e-7)) for place, price in dear.items()}
        return dict.fromkeys(dear, NOBODY)

    def _after_others(self, place: int, price: float, total: Array) -> float:
        """The dear price of this plan when the others have been paid: `total` less its own part. Four operations: 16 U covers them."""
        who = self.buyers.who[place]
        low, due = self.low[who.groups], total[who.groups]
        money = np.maximum(low - (due - price * self._each(place)) - 16 * U * (low + due), 0.0)
        return upper_bound(money, who, self.costs[place])

    def _each(self, place: int) -> Array | float:
        each = self.buyers.who[place].each
        return 1.0 if each is None else each

    def _pay(self, dear: dict[int, float]) -> None:
        """The block has had its turns. Two operations: 4 U of their sizes covers them."""
        for place, price in dear.items():
            if self.state.refusal(place):
                continue
            self.state.win(place)
            groups, each = self.buyers.who[place].groups, self._each(place)
            low, high, most, least = self.low[groups], self.high[groups], price * each, self.bounds[place] * each
            self.low[groups] = np.maximum(low - most - 4 * U * (low + most), 0.0)
            self.high[groups] = np.maximum(high - least + 4 * U * (high + least), 0.0) * (high > 0)
        self.fresh.clear()
