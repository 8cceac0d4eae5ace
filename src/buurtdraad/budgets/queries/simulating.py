"""The same ballots under two rules side by side: who wins, how many voters get nothing, how much is spent. Nothing is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from buurtdraad.budgets.models import BudgetRound, FrozenBallot, Part
from buurtdraad.budgets.queries.rule_words import name_of
from buurtdraad.budgets.states import COUNTED
from buurtdraad.budgets.tally.election import Election
from buurtdraad.budgets.tally.rule import Rule


@dataclass(frozen=True)
class Outcome:
    """What a rule makes of the ballots. Shares from 0 to 1; `voters` are those who chose something."""

    name: str
    winners: frozenset[str]
    spent: Decimal
    share_spent: float
    voters: int
    without: int
    wins: float

    @property
    def share_without(self) -> float:
        """Which part of the voters sees none of their plans win."""
        return self.without / self.voters if self.voters else 0.0


@dataclass(frozen=True)
class Row:
    """A plan that wins under at least one of the two."""

    name: str
    cost: Decimal
    votes: int
    first: bool
    second: bool


@dataclass(frozen=True)
class Comparison:
    """Two outcomes of the same ballots, and the plans that win under one of them: those that change first, then by votes."""

    first: Outcome
    second: Outcome
    rows: Sequence[Row]
    plans: int

    @property
    def changed(self) -> int:
        """How many plans win under one rule and not under the other."""
        return sum(row.first != row.second for row in self.rows)


def parts_to_try() -> QuerySet[Part]:
    """Budgets of which the frozen ballots are still there, the newest round first."""
    frozen = FrozenBallot.objects.filter(part=OuterRef("pk"))
    found = Part.objects.filter(Exists(frozen), round__stage__in=sorted(COUNTED), counted__isnull=False)
    return found.select_related("round", "counted").order_by("-round__year", "-round", "order")


def compare(election: Election, first: Rule, second: Rule) -> Comparison:
    """Count twice. Imports numpy."""
    votes = votes_in(election)
    one, two = outcome(election, first), outcome(election, second)
    rows = [
        Row(plan.name or plan.id, in_euros(plan.cost, election), votes[place], plan.id in one.winners, plan.id in two.winners)
        for place, plan in enumerate(election.plans)
        if plan.id in one.winners or plan.id in two.winners
    ]
    return Comparison(one, two, sorted(rows, key=lambda row: (row.first == row.second, -row.votes, row.name)), len(election.plans))


def outcome(election: Election, rule: Rule) -> Outcome:
    """The count by one rule, and what it is for voters."""
    from buurtdraad.budgets.tally.count import count  # noqa: PLC0415 (numpy is for who counts)

    result = count(election, fitting(rule, election))
    winners = frozenset(result.winners)
    voters, without, wins = reached(election, {election.places[plan] for plan in winners})
    return Outcome(
        name_of(rule), winners, in_euros(result.cost, election), result.cost / election.budget if election.budget else 0.0,
        voters, without, wins / voters if voters else 0.0,
    )  # fmt: skip


def fitting(rule: Rule, election: Election) -> Rule:
    """The rule without what belongs to plans of another round: groups of plans, and limits for labels that no plan has here."""
    labels = {label for plan in election.plans for label in plan.labels}
    keep: dict[str, Any] = {name: tuple(pair for pair in getattr(rule, name) if pair[0] in labels) for name in ("caps", "earmarks")}
    return replace(rule, exclusions=(), **keep)


def in_euros(amount: int, election: Election) -> Decimal:
    """Units of currency of an amount in the smallest unit."""
    return Decimal(amount) / election.scale


# --- voters ------------------------------------------------------------------------------------------


def marked(election: Election) -> Iterator[tuple[set[int], int]]:
    """For each ballot the places of the plans that it supports, and how many equal ones it stands for."""
    ballots = election.ballots
    for i in range(len(ballots)):
        span = range(ballots.starts[i], ballots.starts[i + 1])
        places = {int(ballots.marks[j]) for j in span if ballots.points is None or ballots.points[j] > 0}
        yield places, 1 if ballots.numbers is None else int(ballots.numbers[i])


def votes_in(election: Election) -> list[int]:
    """How many ballots support each plan, by its place."""
    votes = [0] * len(election.plans)
    for places, number in marked(election):
        for place in places:
            votes[place] += number
    return votes


def reached(election: Election, winning: set[int]) -> tuple[int, int, int]:
    """How many voters chose something, how many of them see none of it win, and how many plans win of what each chose, added up."""
    voters = without = wins = 0
    for places, number in marked(election):
        if places:
            hits = len(places & winning)
            voters += number
            without += 0 if hits else number
            wins += hits * number
    return voters, without, wins


def title_of(part: Part) -> str:
    """A budget to choose from: the round, and the budget where there are more."""
    round_: BudgetRound = part.round
    name = f"{round_.name} {round_.year}" if str(round_.year) not in round_.name else round_.name
    return name if part.name == round_.name else f"{name}: {part.name}"
