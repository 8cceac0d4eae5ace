"""One run of Equal Shares from one endowment: turn after turn the plan with the lowest price per utility, until none is affordable.

Each plan waits in a heap under a true lower bound of its price (voters only get poorer, so a bound stays true to the end of the run).
Only plans whose bound lies below the best price so far are looked at: first the bound is made anew from floats, then, if that does not
settle it, the price is computed exactly. What wins is always decided between exact prices.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from buurtdraad.budgets.tally.columns import Array
from buurtdraad.budgets.tally.contest import Contest, Turns
from buurtdraad.budgets.tally.ledger import Ledger, Price
from buurtdraad.budgets.tally.prices import NOBODY, Purse, Supporters, U
from buurtdraad.budgets.tally.result import Purchase, Refusal


@dataclass(frozen=True)
class Turn:
    """A plan that had its turn at `numerator` / `denominator` per unit of utility; `refusal` if it might not win.

    `full` is the weight of those who paid that in full, `utility` their utility (times weight), `rest` the weight of those who paid all
    they had left.
    """

    place: int
    numerator: int
    denominator: int
    full: int = 0
    utility: int = 0
    rest: int = 0
    refusal: Refusal | None = None


class Offer(NamedTuple):
    """An exact price of a plan now, who pays all that is left, and who has exactly what is due."""

    place: int
    price: Price
    less: Array
    equal: Array


class Buyers:
    """Who supports each plan, and the size of its utility: what all runs of one count share."""

    def __init__(self, contest: Contest) -> None:
        self.contest = contest
        rule, columns = contest.rule, contest.columns
        paying = [place for place in contest.playing if contest.costs[place]]
        self.who = {place: Supporters.of(columns, place, with_points=rule.utility == "points") for place in paying}
        # The price of a plan is what a voter pays in full (per point); what plans are compared by is that over the utility.
        self.size = {place: contest.costs[place] if rule.utility == "cost" else 1 for place in paying}
        # With enough money for everybody the price is cost / utility; with less it is higher.
        self.least = {place: contest.costs[place] / self.who[place].total * (1 - 4 * U) for place in paying}
        self.heap = [self.entry(place, self.least[place]) for place in paying]
        heapify(self.heap)

    def entry(self, place: int, bound: float) -> tuple[float, int, int]:
        """How a plan waits for its turn."""
        return bound / self.size[place] * (1 - 2 * U), self.contest.rank[place], place


@dataclass
class Run:
    """One run, as far as it has come."""

    buyers: Buyers
    endowment: Fraction
    floats: bool = True
    turns: list[Turn] = field(default_factory=list)

    def __post_init__(self) -> None:
        contest = self.buyers.contest
        self.state = Turns(contest)
        ledger, with_points = Ledger.starting_with(self.endowment), contest.rule.utility == "points"
        self.purse = Purse(contest.columns, ledger, with_points=with_points, floats=self.floats)
        self.bounds = dict(self.buyers.least)
        self.fresh: dict[int, Array] = {}  # plans whose bound is of this turn, with the set that it follows from
        self.heap = list(self.buyers.heap)
        self.gone: set[int] = set()
        self.known: dict[int, tuple[int, int]] = {}  # an earlier exact price per utility: prices only rise in a run
        for place in contest.playing:
            if contest.costs[place] == 0:
                self._take_free(place)
            elif contest.columns.votes[place] * self.endowment.numerator < contest.costs[place] * self.endowment.denominator:
                self.gone.add(place)

    @property
    def overspent(self) -> bool:
        """Whether the outcome costs more than the budget."""
        return self.state.left < 0

    @property
    def unsettled(self) -> list[int]:
        """The plans that take part and have neither won nor been refused."""
        had_a_turn = {turn.place for turn in self.turns}
        return [place for place in self.buyers.contest.playing if place not in had_a_turn]

    def finish(self) -> "Run":
        """Take all turns, until no plan is affordable or the budget is overspent; returns itself."""
        while not self.overspent and (offer := self._best()):
            self._take(offer)
        return self

    def follow(self, guide: "Run") -> bool:
        """Take the turns of another run, which has less money; False if not certainly every run between the two has these turns too.

        The certificate: at each turn all other plans have here, with more money, at least the price that the plan of this turn has
        there, and come later in ties if it is equal; and at the end no plan is affordable here. See `steps`.
        """
        for turn in guide.turns[len(self.turns) :]:
            if not self._all_dearer_than(turn):
                return False
            offer = self._offer(turn.place)
            assert offer, "With more money and the same turns before it, a plan stays affordable."
            self._take(offer)
        return self._best() is None

    def _renew(self, place: int) -> None:
        """A bound from the money of now; waits under it, unless certainly nobody can pay."""
        bound, poor = self.purse.bound(self.buyers.who[place], self.buyers.contest.costs[place], self.bounds[place])
        if bound < NOBODY:
            self.fresh[place] = poor
            self.bounds[place] = max(bound, self.bounds[place])
            heappush(self.heap, self.buyers.entry(place, self.bounds[place]))

    def _offer(self, place: int) -> Offer | None:
        """The exact price of now; None if it is not affordable."""
        if place not in self.fresh:
            _, poor = self.purse.bound(self.buyers.who[place], self.buyers.contest.costs[place], self.bounds[place])
        else:
            poor = self.fresh[place]
        exact = self.purse.exact_price(self.buyers.who[place], self.buyers.contest.costs[place], poor)
        return Offer(place, *exact) if exact else None

    def _ceiling(self, offer: Offer | None) -> float:
        """Not below the price per utility of this offer."""
        if offer is None:
            return NOBODY
        return offer.price.numerator / self._denominator(offer) * (1 + 4 * U)

    def _denominator(self, offer: Offer) -> int:
        return self.purse.ledger.denominator * offer.price.utility * self.buyers.size[offer.place]

    def _best(self) -> Offer | None:
        """The offer whose turn it is; None if no plan is affordable."""
        best, ceiling, aside = None, NOBODY, []
        while self.heap and self.heap[0][0] <= ceiling:
            entry = heappop(self.heap)
            place = entry[2]
            if place in self.gone:
                continue
            if best and place in self.known and self._surely_after(place, best):
                aside.append(entry)
            elif place not in self.fresh:
                self._renew(place)
            elif offer := self._offer(place):
                aside.append(entry)
                self.known[place] = offer.price.numerator, self._denominator(offer)
                if best is None or self._before(offer, best):
                    best, ceiling = offer, self._ceiling(offer)
        for entry in aside:
            heappush(self.heap, entry)
        return best

    def _before(self, one: Offer, other: Offer) -> bool:
        """Whether the turn of one comes before that of the other."""
        size, rank = self.buyers.size, self.buyers.contest.rank
        left = one.price.numerator * other.price.utility * size[other.place]
        right = other.price.numerator * one.price.utility * size[one.place]
        return (left, rank[one.place]) < (right, rank[other.place])

    def _surely_after(self, place: int, best: Offer) -> bool:
        """Whether an earlier exact price of this plan, below which it cannot be now, already puts it after the best: many plans may tie."""
        numerator, denominator = self.known[place]
        rank = self.buyers.contest.rank
        ours, theirs = numerator * self._denominator(best), best.price.numerator * denominator
        return (ours, rank[place]) > (theirs, rank[best.place])

    def _all_dearer_than(self, turn: Turn) -> bool:
        """Whether every other plan has its turn after this one, at the price that this one has in the guide."""
        ceiling, aside = turn.numerator / turn.denominator * (1 + 4 * U), []
        while self.heap and self.heap[0][0] <= ceiling:
            entry = heappop(self.heap)
            place = entry[2]
            if place in self.gone or place == turn.place:
                continue
            if place not in self.fresh:
                self._renew(place)
            elif offer := self._offer(place):
                aside.append(entry)
                if not self._later(offer, turn):
                    return False
        for entry in aside:
            heappush(self.heap, entry)
        return True

    def _later(self, offer: Offer, turn: Turn) -> bool:
        rank = self.buyers.contest.rank
        ours, theirs = offer.price.numerator * turn.denominator, turn.numerator * self._denominator(offer)
        return (ours, rank[offer.place]) > (theirs, rank[turn.place])

    def _take(self, offer: Offer) -> None:
        """The turn of this plan: it is paid for and wins, or it is refused."""
        place, who = offer.place, self.buyers.who[offer.place]
        self.gone.add(place)
        numerator, denominator = offer.price.numerator, self._denominator(offer)
        if refusal := self.state.refusal(place):
            self.turns.append(Turn(place, numerator, denominator, refusal=refusal))
            return
        utility = offer.price.utility
        full = utility if who.each is None else int(who.weight[~offer.less].sum())
        rest = int(who.weight[offer.less & (self.purse.money[who.groups] > 0)].sum())
        self.turns.append(Turn(place, numerator, denominator, full, utility, rest))
        self.purse.pay(place, who, offer.price, offer.less, offer.equal)
        self.state.win(place)
        self.fresh.clear()

    def _take_free(self, place: int) -> None:
        """The turn of a plan that costs nothing."""
        refusal = self.state.refusal(place)
        if not refusal:
            self.state.win(place)
        self.gone.add(place)
        self.turns.append(Turn(place, 0, 1, refusal=refusal))


def purchase(buyers: Buyers, turn: Turn) -> Purchase:
    """What this turn bought, in the amounts of the election."""
    contest = buyers.contest
    unit, plan = contest.columns.unit, contest.plans[turn.place]
    rho = Fraction(turn.numerator, turn.denominator)
    price = rho * buyers.size.get(turn.place, 1)
    full, rest = Fraction(turn.full, unit), Fraction(turn.rest, unit)
    return Purchase(plan.id, plan.cost, "equal-shares", rho, price, full, rest, plan.cost - price * turn.utility / unit)
