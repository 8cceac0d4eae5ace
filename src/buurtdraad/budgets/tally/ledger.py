"""Prices and what voters have left, as exact fractions over one common denominator that grows with each purchase.

A voter who could pay in full at every purchase so far has E - (sum of rho[i] * u[i] over what the voter supports) left, where u[i] is
the voter's utility; everybody else has nothing. So sums of money over many voters follow from whole numbers: how many voters there
are, and how much utility they had in each purchase. No fraction is kept per voter, and none is reduced.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd
from typing import Self


@dataclass
class Ledger:
    """`endowment` and `prices` are numerators over `denominator`."""

    denominator: int
    endowment: int
    prices: list[int] = field(default_factory=list)

    @classmethod
    def starting_with(cls, endowment: Fraction) -> Self:
        return cls(endowment.denominator, endowment.numerator)

    def money(self, voters: int, utility: Mapping[int, int]) -> int:
        """What these voters have left together, over the denominator. `utility`: per number of a purchase, the sum of theirs in it."""
        return self.endowment * voters - sum(self.prices[number] * amount for number, amount in utility.items())

    def enter(self, price: "Price") -> None:
        """Enter a purchase at this price, made with the present denominator."""
        common = gcd(price.numerator, price.utility)
        factor = price.utility // common
        self.prices = [earlier * factor for earlier in self.prices]
        self.endowment *= factor
        self.denominator *= factor
        self.prices.append(price.numerator // common)


@dataclass(frozen=True)
class Price:
    """`numerator` / (denominator of the ledger * `utility`): what a voter pays per unit of utility."""

    numerator: int
    utility: int

    def as_float(self, ledger: Ledger) -> float:
        """The nearest double: dividing two whole numbers rounds once, correctly."""
        return self.numerator / (ledger.denominator * self.utility)

    def compared(self, other: "Price") -> int:
        """Below 0 if this is the lower one, 0 if both are equal; of one state of a ledger."""
        return self.numerator * other.utility - other.numerator * self.utility
