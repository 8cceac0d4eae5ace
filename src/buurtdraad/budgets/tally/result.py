"""What a count gives. Amounts in the smallest unit of the election, exact."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Purchase:
    """One winner, at its turn. `how`: equal-shares, greedy, phragmen, completion or leftover.

    `amount` is what the budget pays: the cost, or less where the leftover pays a part of it. Under Equal Shares `full` voters (the sum
    of their weights) paid `price` each (with utility `points`: per point), and `rest` voters paid all that they had left, `rest_total`
    together. Voters who had nothing left are in neither. `rho` is the price per unit of utility, for Phragmen the moment of purchase.
    Who paid exactly what: `payments.payments`.
    """

    plan: str
    amount: int
    how: str
    rho: Fraction | None = None
    price: Fraction | None = None
    full: Fraction = Fraction(0)
    rest: Fraction = Fraction(0)
    rest_total: Fraction = Fraction(0)


@dataclass(frozen=True)
class Payment:
    """`voters` (the sum of their weights) paid `amount` each."""

    voters: Fraction
    amount: Fraction


@dataclass(frozen=True)
class Refusal:
    """Why a plan could not win at all, or not at its turn.

    `why`: no-votes; votes, share or by-cost (below that threshold); budget (costs more than all of it); excluded (`by` is the plan of
    its group that won); cap or earmark (`by` is the label).
    """

    plan: str
    why: str
    by: str = ""


@dataclass(frozen=True)
class Result:
    """Who wins. `cost` is what the budget pays. Endowments are of one voter of weight 1, None where the rule has none.

    `voters` is n; `steps` how often the endowment grew.
    """

    purchases: tuple[Purchase, ...]
    refusals: tuple[Refusal, ...]
    cost: int
    voters: Fraction
    endowment_start: Fraction | None = None
    endowment_end: Fraction | None = None
    steps: int = 0

    @property
    def winners(self) -> tuple[str, ...]:
        """Ids in the order of purchase."""
        return tuple(purchase.plan for purchase in self.purchases)
