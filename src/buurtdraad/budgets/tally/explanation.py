"""What there is to tell about an outcome, in numbers; sentences are made of it elsewhere. Amounts in the smallest unit, exact."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

# Why a plan did not win: the key of a sentence. The first six are in `Refusal.why` too.
NO_VOTES, BELOW_VOTES, BELOW_SHARE, BELOW_COST, OVER_BUDGET = "no-votes", "votes", "share", "by-cost", "budget"
EXCLUDED, CAP, EARMARK = "excluded", "cap", "earmark"
NOT_PAID = "not-paid"  # Equal Shares: its supporters had not enough left
NO_ROOM = "no-room"  # greedy: it did not fit in what was left at its turn, or the count had ended
TOO_LATE = "too-late"  # Phragmen: its supporters had not earned enough when the count ended


@dataclass(frozen=True)
class Taken:
    """A winner that supporters of a loser paid for: how many did, and what they paid together."""

    plan: str
    voters: Fraction
    amount: Fraction


@dataclass(frozen=True)
class Won:
    """How a winner was paid: `full` voters paid `price` each, `rest` voters their last money, `rest_total` together.

    `effective_votes`: the cost divided by the price; as many votes as it would have had if everybody had paid the same.
    """

    how: str
    amount: int
    full: Fraction
    price: Fraction | None
    rest: Fraction
    rest_total: Fraction
    effective_votes: Fraction | None


@dataclass(frozen=True)
class Lost:
    """Why a plan did not win, and what was lacking.

    `why` is the key of a sentence; `by` the plan, category or theme that it names. `left`: what supporters had left together at the
    end. `taken`: the winners that they paid for, most first. `votes_short`: how many more voters, each with the whole of the last
    endowment (greedy: each one more vote), would have sufficed at the same prices. None where it does not apply.
    """

    why: str
    by: str = ""
    left: Fraction | None = None
    taken: tuple[Taken, ...] = ()
    votes_short: int | None = None


@dataclass(frozen=True)
class Story:
    """One plan: what it cost, its votes (and points), and how it won or why it lost."""

    plan: str
    cost: int
    votes: Fraction
    points: Fraction
    won: Won | None = None
    lost: Lost | None = None


@dataclass(frozen=True)
class Round:
    """One purchase: what was left to voters together before and after it, and to the budget after it."""

    plan: str
    price: Fraction | None
    before: Fraction | None
    after: Fraction | None
    budget_left: int


@dataclass(frozen=True)
class Overall:
    """The outcome as a whole. `share_spent` of the budget; `with_winner` voters marked at least one winner, of `voters`;
    `winners_each`: winners that a voter marked, on average.

    `shares`: how evenly the money is spread. A voter's share is the sum, over the winners that the voter marked, of cost / votes; the six
    numbers are the voters with nothing, with less than 1/4, 1/2, 1, 2 times the budget / voters, and with more. (A statistic, made
    with floats: who lies on a border to 15 digits may fall on either side.)
    """

    voters: Fraction
    with_winner: Fraction
    share_spent: Fraction
    winners_each: Fraction
    shares: tuple[Fraction, ...]


@dataclass(frozen=True)
class Explanation:
    """Everything to tell: per plan (in the order of the election), round by round, and overall."""

    stories: tuple[Story, ...]
    rounds: tuple[Round, ...]
    overall: Overall


def in_currency(amount: Fraction | int, scale: int) -> Decimal:
    """An amount in units of currency, rounded to cents for people to read (a half goes up)."""
    cents = Fraction(amount) * 100 / scale
    return (Decimal(cents.numerator) / Decimal(cents.denominator)).quantize(Decimal(1), ROUND_HALF_UP).scaleb(-2)
