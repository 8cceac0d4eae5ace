"""The order in which a ceiling is given out: by the day on which everything was there and on one day by a draw, or by points in a round.

Awb 4:25: what goes above the ceiling must be refused. Awb 4:26: how it is divided is known before. A draw can be repeated by anybody
who has its seed and the ids: sort the ids by the SHA-256 of "seed:id".
"""

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum


@dataclass(frozen=True)
class Claim:
    """Who asks of a ceiling: a public id, the day on which everything was there, and at most how many euros."""

    name: str
    complete_on: datetime.date
    amount: Decimal


class Turn(Enum):
    """Whether it is somebody's turn."""

    YES = "yes"
    OTHERS_FIRST = "others_first"
    DRAW_FIRST = "draw_first"
    ROUND_FIRST = "round_first"


def drawn(names: Iterable[str], seed: str) -> list[str]:
    """The names in the order of a draw, the first first. The same seed and names give the same order, in whatever order they come."""
    return sorted(set(names), key=lambda name: hashlib.sha256(f"{seed}:{name}".encode()).hexdigest())


def turn(claim: Claim, others: Iterable[Claim], draws: Mapping[datetime.date, Sequence[str]], *, free: Decimal) -> Turn:
    """Whether this claim can be paid from what is free without taking it from somebody who comes first.

    `others` wait too; `draws` gives for a day the order of its draw. Who was not in that draw comes after who was.
    """
    if free <= 0:
        return Turn.YES  # there is nothing to take from anybody
    waiting = [other for other in others if other.name != claim.name]
    sooner = sum((other.amount for other in waiting if other.complete_on < claim.complete_on), Decimal(0))
    same_day = [other for other in waiting if other.complete_on == claim.complete_on]
    order = draws.get(claim.complete_on)
    if order is not None:
        mine = place(claim.name, order)
        sooner += sum((other.amount for other in same_day if place(other.name, order) < mine), Decimal(0))
    if free - sooner < claim.amount:
        return Turn.OTHERS_FIRST if sooner else Turn.YES
    together = claim.amount + sum((other.amount for other in same_day), Decimal(0))
    if order is None and free - sooner < together:
        return Turn.DRAW_FIRST
    return Turn.YES


def place(name: str, order: Sequence[str]) -> int:
    return order.index(name) if name in order else len(order)


def overflow_day(claims: Iterable[Claim], *, free: Decimal) -> datetime.date | None:
    """The first day on which not all who were complete can get what they ask; None when everybody can."""
    asked: dict[datetime.date, Decimal] = defaultdict(Decimal)
    for claim in claims:
        asked[claim.complete_on] += claim.amount
    left = free
    for day in sorted(asked):
        left -= asked[day]
        if left < 0:
            return day
    return None


# --- rounds: an order by points, on criteria that were known before ---------------------------------------------------

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Placed:
    """A plan in the order of a round: its points, its place, and whether it has the points that are needed at least."""

    name: str
    points: Decimal
    place: int
    enough: bool


def weighted_mean(given: Iterable[tuple[int, Sequence[int]]]) -> Decimal | None:
    """The points of one plan, to the hundredth (half up). `given`: of each criterion its weight, and what each assessor gave.

    First the mean of each criterion, so that it does not matter how many gave points; then their mean by weight.
    None while somebody still has to give points on a criterion.
    """
    rows = [(Decimal(weight), list(points)) for weight, points in given]
    if not rows or not all(points for _weight, points in rows):
        return None
    total = sum((weight * Decimal(sum(points)) / len(points) for weight, points in rows), Decimal(0))
    return (total / sum((weight for weight, _points in rows), Decimal(0))).quantize(HUNDREDTH, ROUND_HALF_UP)


def ranked(points: Mapping[str, Decimal], *, least: int | None = None, seed: str | None = None) -> list[Placed]:
    """The plans in order, most points first. With a `seed` equal points are put in order by lot (`drawn`); without they share a place.

    `least`: with fewer points a plan has its place, and not enough.
    """
    order = sorted(drawn(points, seed or ""), key=lambda name: -points[name])
    shared = {name: 1 + sum(other > points[name] for other in points.values()) for name in order}
    return [
        Placed(name, points[name], number if seed else shared[name], least is None or points[name] >= least)
        for number, name in enumerate(order, start=1)
    ]


def lasts(amounts: Iterable[Decimal], left: Decimal) -> int:
    """For how many of these, in order, the money lasts. Who comes after the first for whom it does not, does not pass them."""
    number = 0
    for number, amount in enumerate(amounts, start=1):
        left -= amount
        if left < 0:
            return number - 1
    return number
