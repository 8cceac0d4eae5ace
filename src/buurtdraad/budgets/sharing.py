"""Sums with days and money that need no table."""

import calendar
import datetime
from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

CENT = Decimal("0.01")


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or the last day of that month: 31 August plus 6 months is the last day of February."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def shared_back(left: Decimal, given: Sequence[Decimal]) -> list[Decimal]:
    """What is left, in proportion to what each gave and never more than that, to the cent; the cents that remain go to the largest.

    Adds up to the smaller of what is left and what was given.
    """
    whole = sum(given, Decimal(0))
    left = min(left, whole)
    if not whole:
        return [Decimal(0) for _ in given]
    shares = [(left * one / whole).quantize(CENT, rounding=ROUND_DOWN) for one in given]
    rest = left - sum(shares, Decimal(0))
    for number in sorted(range(len(given)), key=lambda number: -given[number]):
        more = min(rest, given[number] - shares[number])
        shares[number] += more
        rest -= more
    return shares


def of_hundred(numbers: Sequence[Fraction]) -> list[int]:
    """Each as a part of all together, in whole hundredths that add up to 100: what is left goes to the largest remainders."""
    whole = sum(numbers, Fraction(0))
    if not whole:
        return [0 for _ in numbers]
    exact = [100 * number / whole for number in numbers]
    shares = [int(one) for one in exact]
    largest = sorted(range(len(exact)), key=lambda number: (shares[number] - exact[number], number))
    for number in largest[: 100 - sum(shares)]:
        shares[number] += 1
    return shares
