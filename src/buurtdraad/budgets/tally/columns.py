"""The ballots of an election as a count wants them: equal ballots once, with their weight, and per plan who supports it."""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from buurtdraad.budgets.tally.election import Ballots, Election, WrongElection
from buurtdraad.budgets.tally.rule import Rule

# Integers up to here are exact in a double, so that sums of weights may go through `numpy.bincount`.
EXACT = 2**53
HIGHEST = 2**31  # points, so that a mark and its points fit in one integer
SEED = 20250611  # of the numbers that ballots are told apart by; it changes nothing in any outcome

Array = Any


@dataclass(frozen=True, eq=False)
class Columns:
    """Groups of equal ballots. `weight[g]` is the weight of group g times `unit`, a whole number; the sum of all times the highest
    points stays below 2**53.

    Group g marks `marks[starts[g]:starts[g + 1]]` with `points` beside it (None: all 1). Plan p is supported by the groups
    `groups[begins[p]:begins[p + 1]]`, with `given` points beside it. `votes[p]` is the sum of their weights.
    """

    starts: Array
    marks: Array
    points: Array | None
    weight: Array
    unit: int
    begins: Array
    groups: Array
    given: Array | None
    votes: list[int]

    @property
    def total(self) -> int:
        """The weight of all ballots, empty ones too."""
        return int(self.weight.sum())

    @property
    def filled(self) -> int:
        """The weight of the ballots that support a plan."""
        return int(self.weight[np.diff(self.starts) > 0].sum())

    def rows(self, groups: Array) -> tuple[Array, Array]:
        """Where the marks of these groups stand: for each mark the place in `groups` of its ballot, and the place in `marks`."""
        lengths = self.starts[groups + 1] - self.starts[groups]
        owner = np.repeat(np.arange(len(groups)), lengths)
        before = np.cumsum(lengths) - lengths
        return owner, np.arange(len(owner)) - before[owner] + self.starts[groups][owner]


def narrowed(columns: Columns, places: list[int]) -> Columns:
    """The same ballots with only these plans on them; those that are equal now become one."""
    plans = len(columns.votes)
    kept = np.isin(columns.marks, places)
    starts = np.concatenate(([0], np.cumsum(kept)))[columns.starts]
    points = None if columns.points is None else columns.points[kept]
    *ballots, weight = _grouped(starts, columns.marks[kept], points, columns.weight, plans)
    return _indexed((ballots[0], ballots[1], ballots[2]), weight, columns.unit, plans)


def columns_of(election: Election, rule: Rule, *, grouping: bool = True) -> Columns:
    """The ballots in columns; made once per election, weights and way of grouping, as several counts need them."""
    key = (rule.weights, rule.utility == "points" or "points" in rule.greedy_order, grouping)
    if key not in election._made:
        election._made[key] = _made(election, dict(rule.weights), with_points=key[1], grouping=grouping)
    return election._made[key]


def _made(election: Election, weights: dict[str, Fraction], *, with_points: bool, grouping: bool) -> Columns:
    ballots = election.ballots
    starts, marks, points = _supported(ballots, len(election.plans))
    if not with_points:
        points = None
    unit, weight = _weights(ballots, weights)
    if grouping and len(weight):
        starts, marks, points, weight = _grouped(starts, marks, points, weight, len(election.plans))
    highest = int(points.max()) if points is not None and len(points) else 1
    if float(weight.sum(dtype=float)) * highest >= EXACT / 2:
        raise WrongElection("The weights and points of all ballots together are too large to count exactly.")
    return _indexed((starts, marks, points), weight, unit, len(election.plans))


def _supported(ballots: Ballots, plans: int) -> tuple[Array, Array, Array | None]:
    """The marks that support: those with points above 0. Refuses places that are no plan, and a plan twice in one ballot."""
    starts, marks = np.asarray(ballots.starts, np.int64), np.asarray(ballots.marks)
    if len(marks) and not 0 <= marks.min() <= marks.max() < plans:
        raise WrongElection("A ballot marks a plan that there is not.")
    if len(starts) < 1 or starts[0] != 0 or starts[-1] != len(marks) or (np.diff(starts) < 0).any():
        raise WrongElection("The columns of the ballots do not fit together.")
    marks = marks.astype(np.uint16 if plans <= 2**16 else np.int32)
    if ballots.points is None:
        return starts, marks, None
    points = np.asarray(ballots.points, np.int64)
    if len(points) != len(marks) or (len(points) and not 0 <= points.min() <= points.max() < HIGHEST):
        raise WrongElection(f"The points of the ballots do not fit their marks, or do not lie between 0 and {HIGHEST}.")
    if not len(points) or points.min() > 0:
        return starts, marks, points
    kept = points > 0
    before = np.concatenate(([0], np.cumsum(kept)))
    return before[starts], marks[kept], points[kept]


def _weights(ballots: Ballots, weights: dict[str, Fraction]) -> tuple[int, Array]:
    """What makes all weights whole, and the weight of each ballot times that."""
    of_channel = [weights.get(name, Fraction(1)) for name in ballots.channel_names]
    unit = lcm(*(weight.denominator for weight in of_channel))
    whole = [int(weight * unit) for weight in of_channel]
    numbers = np.ones(len(ballots), np.int64) if ballots.numbers is None else np.asarray(ballots.numbers, np.int64)
    if len(numbers) and (numbers.min() < 1 or float(numbers.sum(dtype=float)) * max(whole) >= EXACT):
        raise WrongElection("The numbers of equal ballots are below 1, or too large to count exactly.")
    channels = 0 if ballots.channels is None else np.asarray(ballots.channels)
    return unit, numbers * np.array(whole, np.int64)[channels]


def _grouped(starts: Array, marks: Array, points: Array | None, weight: Array, plans: int) -> tuple[Array, Array, Array | None, Array]:
    """Equal ballots as one. Sums of random numbers tell which ballots may be equal; only the ballots themselves tell that they are."""
    first = _first_equals(starts, marks, points, plans)
    kept = np.flatnonzero(first == np.arange(len(first)))
    place = np.empty(len(first), np.int64)
    place[kept] = np.arange(len(kept))
    weight = np.bincount(place[first], weights=weight, minlength=len(kept)).astype(np.int64)  # exact: all below 2**53
    lengths = np.diff(starts)[kept]
    stays = np.repeat(first == np.arange(len(first)), np.diff(starts))
    return np.concatenate(([0], np.cumsum(lengths))), marks[stays], None if points is None else points[stays], weight


def _first_equals(starts: Array, marks: Array, points: Array | None, plans: int) -> Array:
    """For each ballot the first in its class that is equal to it (itself, if there is none)."""
    sums = _sums(starts, marks, points, plans)
    _, start_of_class, classes, sizes = np.unique(sums, return_index=True, return_inverse=True, return_counts=True)
    first = start_of_class[classes]
    lengths = np.diff(starts)
    candidates = np.flatnonzero(sizes[classes] > 1)
    sure = candidates[lengths[candidates] == lengths[first[candidates]]]
    equal = np.arange(len(first))
    equal[sure] = np.where(_same(starts, marks, points, sure, first[sure]), first[sure], sure)
    return equal


def _sums(starts: Array, marks: Array, points: Array | None, plans: int) -> Array:
    numbers = np.random.default_rng(SEED).integers(0, 2**64, plans, np.uint64)
    each = numbers[marks]
    if points is not None:
        each = each * (points.astype(np.uint64) * np.uint64(2) + np.uint64(1))
    running = np.concatenate((np.zeros(1, np.uint64), np.cumsum(each, dtype=np.uint64)))  # modulo 2**64, and so are the differences
    return running[starts[1:]] - running[starts[:-1]]


def _same(starts: Array, marks: Array, points: Array | None, ours: Array, theirs: Array) -> Array:
    """Whether each of our ballots has the marks and points of theirs (as long as ours)."""
    keys = marks.astype(np.int64)
    if points is not None:
        keys = keys * HIGHEST + points
    lengths = starts[ours + 1] - starts[ours]
    owner = np.repeat(np.arange(len(ours)), lengths)
    within = np.arange(len(owner)) - (np.cumsum(lengths) - lengths)[owner]
    left, right = keys[starts[ours][owner] + within], keys[starts[theirs][owner] + within]
    left, right = left[np.lexsort((left, owner))], right[np.lexsort((right, owner))]
    return np.bincount(owner[left != right], minlength=len(ours)) == 0


def _indexed(ballots: tuple[Array, Array, Array | None], weight: Array, unit: int, plans: int) -> Columns:
    starts, marks, points = ballots
    order = np.argsort(marks, kind="stable")
    groups = np.repeat(np.arange(len(weight)), np.diff(starts))[order]
    begins = np.concatenate(([0], np.cumsum(np.bincount(marks, minlength=plans))))
    votes = np.bincount(marks[order], weights=weight[groups], minlength=plans)  # exact: all below 2**53
    if (np.diff(groups)[marks[order][1:] == marks[order][:-1]] == 0).any():
        raise WrongElection("A ballot marks a plan twice.")
    given = None if points is None else points[order]
    return Columns(starts, marks, points, weight, unit, begins, groups, given, [int(number) for number in votes])
