"""Who takes part in a count, in which order ties fall, and who may win at its turn: the parts of a rule that all kinds share."""

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property

from buurtdraad.budgets.tally.columns import Columns
from buurtdraad.budgets.tally.election import Election
from buurtdraad.budgets.tally.result import Refusal
from buurtdraad.budgets.tally.rule import Rule


class Contest:
    """One election under one rule. Plans are known by their place; costs are those of the election times the `unit` of weights,
    so that whole weights and whole costs belong together and a price is one for a voter of weight 1."""

    def __init__(self, election: Election, rule: Rule, columns: Columns) -> None:
        self.election, self.rule, self.columns = election, rule, columns
        self.plans = election.plans
        self.costs = [plan.cost * columns.unit for plan in self.plans]
        self.budget = election.budget * columns.unit
        self.voters = columns.total if rule.blank == "counted" else columns.filled  # n, times the unit
        self.out = {place: why for place in range(len(self.plans)) if (why := self._why_out(place))}
        self.playing = sorted((place for place in range(len(self.plans)) if place not in self.out), key=self._before)
        self.rank = {place: rank for rank, place in enumerate(self.playing)}

    def _why_out(self, place: int) -> str:
        """Below which threshold a plan is; "" if it takes part."""
        rule, votes, cost = self.rule, self.columns.votes[place], self.costs[place]
        if not votes:
            return "no-votes"
        if votes < rule.least_votes * self.columns.unit:
            return "votes"
        if votes < rule.least_share * self.voters:
            return "share"
        # votes / n < least_by_cost * cost / budget, without dividing by a budget of 0
        if votes * self.budget < rule.least_by_cost * cost * self.voters:
            return "by-cost"
        return "budget" if rule.kind != "equal-shares" and cost > self.budget else ""

    def _before(self, place: int) -> tuple[object, ...]:
        plan = self.plans[place]
        keys = {"votes": -self.columns.votes[place], "cost": plan.cost, "id": plan.id, "draw": self.rule.drawn(plan.id)}
        return (*(keys[tie] for tie in self.rule.ties), plan.id)

    @cached_property
    def points(self) -> list[int]:
        """The sum of the points of each plan (times the unit)."""
        columns = self.columns
        if columns.given is None:
            return columns.votes
        weighed = columns.weight[columns.groups] * columns.given
        return [int(weighed[columns.begins[place] : columns.begins[place + 1]].sum()) for place in range(len(self.plans))]

    @cached_property
    def greedy_order(self) -> list[int]:
        """The plans that take part, in the order of the greedy count."""
        worth_of, _, per_cost = self.rule.greedy_order.partition("-per-")
        worth = self.points if worth_of == "points" else self.columns.votes
        costs = self.costs if per_cost else [1] * len(self.costs)
        share = {place: Fraction(worth[place], costs[place]) if self.costs[place] else Fraction(0) for place in self.playing}
        return sorted(self.playing, key=lambda place: (self.costs[place] > 0, -share[place], self.rank[place]))

    @cached_property
    def groups(self) -> dict[int, list[int]]:
        """For each plan that excludes others the numbers of its groups."""
        groups: dict[int, list[int]] = {}
        for number, group in enumerate(self.rule.exclusions):
            for plan_id in group:
                if (place := self.election.places.get(plan_id)) is not None:
                    groups.setdefault(place, []).append(number)
        return groups

    def can_be_refused(self, place: int) -> bool:
        """Whether what has won before may keep this plan from winning at its turn."""
        capped = any(label in self.plans[place].labels for label, _ in self.rule.caps)
        return bool(self.rule.earmarks) or capped or place in self.groups

    def amounts(self, pairs: Iterable[tuple[str, Fraction]]) -> dict[str, Fraction]:
        """Caps or earmarks, from units of currency to those of `costs`."""
        return {label: amount * self.election.scale * self.columns.unit for label, amount in pairs}


class Turns:
    """The turns of one run: what is spent, on what, and so who may still win. Amounts as `Contest.costs`."""

    def __init__(self, contest: Contest) -> None:
        self.contest = contest
        self.spent = 0
        self.winner_of: dict[int, int] = {}
        self.caps = contest.amounts(contest.rule.caps)
        self.open = contest.amounts(contest.rule.earmarks)
        self.free = not (self.caps or self.open or contest.groups)

    @property
    def left(self) -> int:
        """What the budget still has; below 0 if it is overspent."""
        return self.contest.budget - self.spent

    def refusal(self, place: int) -> Refusal | None:
        """Why this plan may not win at its turn; None if it may."""
        if self.free:
            return None
        plan, cost = self.contest.plans[place], self.contest.costs[place]
        for group in self.contest.groups.get(place, ()):
            if group in self.winner_of:
                return Refusal(plan.id, "excluded", self.contest.plans[self.winner_of[group]].id)
        for label in plan.labels:
            if cost > self.caps.get(label, cost):
                return Refusal(plan.id, "cap", label)
        reserved = {label: left for label, left in self.open.items() if left > 0 and label not in plan.labels}
        if reserved and self.spent + cost + sum(reserved.values()) > self.contest.budget:
            return Refusal(plan.id, "earmark", max(reserved, key=lambda label: reserved[label]))
        return None

    def win(self, place: int, amount: int | None = None) -> None:
        """This plan wins, for its cost or for what `amount` says."""
        amount = self.contest.costs[place] if amount is None else amount
        self.spent += amount
        if self.free:
            return
        for group in self.contest.groups.get(place, ()):
            self.winner_of[group] = place
        for label in set(self.contest.plans[place].labels):
            for amounts in (self.caps, self.open):
                if label in amounts:
                    amounts[label] -= amount
