"""What is counted: plans, a budget, and ballots in columns. Knows neither Django nor Pabulib, and imports no numpy.

Amounts are whole numbers of the smallest unit: `scale` of them make one unit of currency (1 for whole euros, 100 for cents).
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

# More than this does not fit in the columns; every city's budget in cents does, a million times over.
LARGEST = 2**53


class WrongElection(ValueError):  # noqa: N818 (what is said no to, as Refused)
    """An election that cannot be counted; the sentence says what is wrong with it."""


@dataclass(frozen=True)
class Plan:
    """Something that can win. `cost` in the smallest unit; `labels` are what caps and earmarks go by (a theme, a neighbourhood)."""

    id: str
    cost: int
    name: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ballot:
    """One ballot, or `number` equal ones. `marks`: ids of plans. `points`: as many whole numbers, or none: then each mark is worth 1."""

    marks: tuple[str, ...]
    points: tuple[int, ...] | None = None
    number: int = 1
    channel: str = ""


@dataclass(frozen=True, eq=False)
class Ballots:
    """Ballots in columns, as `array.array` or numpy arrays (anything with a buffer). Ballot i marks the plans (by their place in
    `Election.plans`) `marks[starts[i]:starts[i + 1]]`, each at most once.

    `starts`: 8-byte integers, one more than there are ballots. `marks`: 4-byte integers. `points`: 8-byte integers beside `marks`, or
    None: each is worth 1. `numbers`: 8-byte integers, how many equal ballots each one stands for, or None: 1.
    `channels`: 4-byte integers, places in `channel_names`, or None: all the first.
    """

    starts: Any
    marks: Any
    points: Any = None
    numbers: Any = None
    channels: Any = None
    channel_names: tuple[str, ...] = ("",)

    def __len__(self) -> int:
        return len(self.starts) - 1


@dataclass(frozen=True, eq=False)
class Election:
    """Plans, the budget in the smallest unit, and the ballots."""

    plans: tuple[Plan, ...]
    budget: int
    ballots: Ballots
    scale: int = 1
    currency: str = "EUR"
    _made: dict[Any, Any] = field(default_factory=dict, repr=False)  # what a count derives from the ballots, kept for the next count

    def __post_init__(self) -> None:
        _must(self.scale >= 1, f"The scale {self.scale} is not a whole number from 1.")
        _must(0 <= self.budget <= LARGEST, f"The budget {self.budget} is below 0 or above {LARGEST}.")
        _must(len(self.places) == len(self.plans), "Two plans have the same id.")
        for plan in self.plans:
            _must(0 <= plan.cost <= LARGEST, f"Plan {plan.id} costs {plan.cost}: that is below 0 or above {LARGEST}.")

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each id stands in `plans`."""
        return {plan.id: place for place, plan in enumerate(self.plans)}

    @classmethod
    def of_ballots(cls, plans: Sequence[Plan], budget: int, ballots: Iterable[Ballot], *, scale: int = 1, currency: str = "EUR") -> Self:
        """An election from plain ballots. Refuses an unknown id, one id twice in a ballot, points below 0 and a number below 1."""
        places = {plan.id: place for place, plan in enumerate(plans)}
        return cls(tuple(plans), budget, _columns(places, ballots), scale, currency)


def _columns(places: dict[str, int], ballots: Iterable[Ballot]) -> Ballots:
    starts, marks, points, numbers, channels = array("q", [0]), array("i"), array("q"), array("q"), array("i")
    names: dict[str, int] = {}
    for ballot in ballots:
        _check(places, ballot)
        marks.extend(places[mark] for mark in ballot.marks)
        points.extend(ballot.points if ballot.points is not None else [1] * len(ballot.marks))
        starts.append(len(marks))
        numbers.append(ballot.number)
        channels.append(names.setdefault(ballot.channel, len(names)))
    return Ballots(starts, marks, points, numbers, channels, tuple(names) or ("",))


def _check(places: dict[str, int], ballot: Ballot) -> None:
    unknown = [mark for mark in ballot.marks if mark not in places]
    _must(not unknown, f"A ballot marks {', '.join(unknown)}: no such plan.")
    _must(len(set(ballot.marks)) == len(ballot.marks), f"A ballot marks a plan twice: {', '.join(ballot.marks)}.")
    _must(ballot.number >= 1, f"A ballot stands for {ballot.number} ballots: that is less than 1.")
    if ballot.points is not None:
        _must(len(ballot.points) == len(ballot.marks), "A ballot has not as many points as marks.")
        _must(min(ballot.points, default=0) >= 0, "A ballot gives points below 0.")


def _must(holds: bool, sentence: str) -> None:
    if not holds:
        raise WrongElection(sentence)
