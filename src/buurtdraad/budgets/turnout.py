"""Which totals of voters may be shown, and who was not reached. Plain: numbers in, numbers out."""

from collections.abc import Mapping
from dataclasses import dataclass

# From so many voters of known groups on, shares say something; a group at less than half of its share was not reached.
ENOUGH = 50
NOT_REACHED = 0.5


def without_small(numbers: Mapping[str, int], least: int) -> dict[str, int | None]:
    """The numbers of groups that together make a total that is known, with None for what is not shown: groups of fewer than `least`,
    and as many of the next smallest as it takes that nobody can subtract: at least two groups, with at least `least` people together."""
    hidden = {name for name, number in numbers.items() if number < least}
    by_size = iter(sorted((name for name in numbers if name not in hidden), key=lambda name: (numbers[name], name)))
    while hidden and (len(hidden) < 2 or sum(numbers[name] for name in hidden) < least):
        more = next(by_size, None)
        if more is None:
            break
        hidden.add(more)
    return {name: None if name in hidden else number for name, number in numbers.items()}


@dataclass(frozen=True)
class Beside:
    """A group: its share of the voters of whom we know the group, and of the residents (0 to 1)."""

    name: str
    voters: float
    residents: float

    @property
    def is_reached(self) -> bool:
        return self.voters >= NOT_REACHED * self.residents


def compared(voters: Mapping[str, int | None], residents: Mapping[str, int]) -> list[Beside]:
    """Groups of which both numbers are known, as shares of those; empty when that is too few people to say something."""
    both = {name: number for name, number in voters.items() if number is not None and residents.get(name)}
    all_voters, all_residents = sum(both.values()), sum(residents[name] for name in both)
    if len(both) < 2 or all_voters < ENOUGH:
        return []
    return [Beside(name, number / all_voters, residents[name] / all_residents) for name, number in both.items()]
