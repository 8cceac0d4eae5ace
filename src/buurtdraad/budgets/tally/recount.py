"""Count a second time, in another way: by the text of `rule.py` only, slowly, with fractions and dictionaries.

Shares no code with the count. When the two differ, one of them is wrong, and nothing may be published. Every step goes through
all voters and all plans anew, so a large election takes minutes or hours; what makes the count fast is left out on purpose.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

from buurtdraad.budgets.tally.election import Election, Plan
from buurtdraad.budgets.tally.rule import Rule


@dataclass(frozen=True)
class Voters:
    """Equal voters: what they give to which plan (more than 0), and how much they weigh together."""

    given: dict[str, int]
    weight: Fraction


@dataclass
class Run:
    """One outcome in the making. `paid`: per winner what one voter of weight 1 paid, by the place of the voter."""

    amounts: dict[str, int] = field(default_factory=dict)
    paid: dict[str, dict[int, Fraction]] = field(default_factory=dict)
    out: set[str] = field(default_factory=set)

    @property
    def spent(self) -> int:
        return sum(self.amounts.values())


@dataclass(frozen=True)
class Recount:
    """Who wins, in order of purchase, with what the budget pays and what voters paid (amount by weight of who paid it)."""

    amounts: dict[str, int]
    payments: dict[str, dict[Fraction, Fraction]]
    endowment_start: Fraction | None = None
    endowment_end: Fraction | None = None
    steps: int = 0

    @property
    def winners(self) -> tuple[str, ...]:
        return tuple(self.amounts)

    @property
    def cost(self) -> int:
        return sum(self.amounts.values())


def recount(election: Election, rule: Rule) -> Recount:
    """The outcome of this election by this rule. Amounts in the smallest unit of the election."""
    return Counting(election, rule).outcome()


class Counting:
    """One election by one rule."""

    def __init__(self, election: Election, rule: Rule) -> None:
        self.election, self.rule = election, rule
        self.plans: dict[str, Plan] = {plan.id: plan for plan in election.plans}
        ballots = list(ballots_of(election, rule))
        self.voters = [voters for voters in ballots if voters.given]
        counted = ballots if rule.blank == "counted" else self.voters
        self.n = sum((voters.weight for voters in counted), Fraction(0))
        self.votes = {plan: sum((v.weight for v in self.voters if plan in v.given), Fraction(0)) for plan in self.plans}
        self.points = {plan: sum((v.weight * v.given.get(plan, 0) for v in self.voters), Fraction(0)) for plan in self.plans}
        self.taking_part = [plan for plan in self.plans if self.takes_part(plan)]

    def outcome(self) -> Recount:
        """The whole count, leftover and all."""
        start = end = None
        steps = 0
        if self.rule.kind == "equal-shares":
            run, start, end, steps = self.equal_shares_completed()
        elif self.rule.kind == "greedy":
            run = Run()
            self.greedy(run, self.rule.misfit)
        else:
            run = self.phragmen()
        self.divide_leftover(run)
        return Recount(run.amounts, {plan: self.by_amount(run.paid.get(plan, {})) for plan in run.amounts}, start, end, steps)

    def by_amount(self, paid: dict[int, Fraction]) -> dict[Fraction, Fraction]:
        """How much weight paid each amount."""
        together: dict[Fraction, Fraction] = {}
        for place, amount in paid.items():
            if amount:
                together[amount] = together.get(amount, Fraction(0)) + self.voters[place].weight
        return together

    # --- who takes part, and who may win ---

    def takes_part(self, plan: str) -> bool:
        votes, rule = self.votes[plan], self.rule
        return (
            votes > 0
            and (rule.kind == "equal-shares" or self.plans[plan].cost <= self.election.budget)
            and votes >= rule.least_votes
            and votes >= rule.least_share * self.n
            and votes * self.election.budget >= rule.least_by_cost * self.plans[plan].cost * self.n
        )

    def may_win(self, plan: str, run: Run) -> bool:
        return not self.excluded(plan, run) and not self.above_cap(plan, run) and not self.eats_reserve(plan, run)

    def excluded(self, plan: str, run: Run) -> bool:
        return any(plan in group and any(other in run.amounts for other in group - {plan}) for group in self.rule.exclusions)

    def above_cap(self, plan: str, run: Run) -> bool:
        caps = dict(self.rule.caps)
        cost, labels = self.plans[plan].cost, self.plans[plan].labels
        return any(label in caps and self.spent_under(label, run) + cost > caps[label] * self.election.scale for label in labels)

    def eats_reserve(self, plan: str, run: Run) -> bool:
        cost, labels = self.plans[plan].cost, self.plans[plan].labels
        reserved = Fraction(0)
        for label, amount in self.rule.earmarks:
            if label not in labels:
                reserved += max(Fraction(0), amount * self.election.scale - self.spent_under(label, run))
        return reserved > 0 and run.spent + cost + reserved > self.election.budget

    def spent_under(self, label: str, run: Run) -> int:
        return sum(amount for plan, amount in run.amounts.items() if label in self.plans[plan].labels)

    def tie(self, plan: str) -> tuple:
        """The smallest of these goes first among equals."""
        draw = hashlib.sha256(self.rule.seed.encode() + b"\n" + plan.encode()).hexdigest()
        keys = {"votes": -self.votes[plan], "cost": self.plans[plan].cost, "id": plan, "draw": draw}
        return tuple(keys[name] for name in self.rule.ties)

    def first(self, plans: list[str], key: Callable[[str], Fraction]) -> str:
        """The plan with the smallest key, and of equal ones the first by the ties."""
        return min(plans, key=lambda plan: (key(plan), *self.tie(plan)))

    def free_plans(self, run: Run) -> None:
        """What costs nothing comes first, and nobody pays."""
        for plan in sorted((plan for plan in self.taking_part if not self.plans[plan].cost), key=self.tie):
            if self.may_win(plan, run):
                run.amounts[plan] = 0
            else:
                run.out.add(plan)

    # --- Equal Shares ---

    def equal_shares_completed(self) -> tuple[Run, Fraction | None, Fraction | None, int]:
        if not self.n:
            return Run(), None, None, 0
        scale, steps = self.election.scale, 0
        start = Fraction(self.election.budget) / self.n
        if self.rule.start == "whole":
            start = Fraction(floor(start / scale) * scale)
        endowment, run = start, self.equal_shares(start)
        while self.rule.completion != "none" and not self.is_complete(run):
            larger = self.equal_shares(endowment + self.rule.step * scale)
            if larger.spent > self.election.budget:
                break
            endowment, run, steps = endowment + self.rule.step * scale, larger, steps + 1
        if self.rule.completion == "add1u":
            self.greedy(run, "skip")
        return run, start, endowment, steps

    def is_complete(self, run: Run) -> bool:
        """Whether another step is of no use by the rule."""
        open_plans = [plan for plan in self.taking_part if plan not in run.amounts and plan not in run.out and self.may_win(plan, run)]
        left = self.election.budget - run.spent
        fitting = [plan for plan in open_plans if self.plans[plan].cost <= left]
        return not open_plans or (self.rule.stop == "exhaustive" and not fitting)

    def equal_shares(self, endowment: Fraction) -> Run:
        run = Run()
        self.free_plans(run)
        money = dict.fromkeys(range(len(self.voters)), endowment)
        while True:
            prices = {}
            for plan in self.taking_part:
                if plan not in run.amounts and plan not in run.out and (rho := self.price(plan, money)) is not None:
                    prices[plan] = rho
            if not prices:
                return run
            plan = self.first(list(prices), prices.__getitem__)
            if not self.may_win(plan, run):
                run.out.add(plan)
                continue
            paid = {place: min(money[place], prices[plan] * self.utility(plan, place)) for place in self.supporters(plan)}
            for place, amount in paid.items():
                money[place] -= amount
            run.amounts[plan], run.paid[plan] = self.plans[plan].cost, paid

    def supporters(self, plan: str) -> list[int]:
        return [place for place, voters in enumerate(self.voters) if plan in voters.given]

    def utility(self, plan: str, place: int) -> int:
        match self.rule.utility:
            case "cost":
                return self.plans[plan].cost
            case "count":
                return 1
            case _:
                return self.voters[place].given[plan]

    def price(self, plan: str, money: dict[int, Fraction]) -> Fraction | None:
        """The smallest rho at which the supporters pay the cost together, None when they cannot."""
        cost = Fraction(self.plans[plan].cost)
        # Who is broke soonest, for their utility, first: they pay all they have as long as rho asks more.
        ordered = sorted(self.supporters(plan), key=lambda place: money[place] / self.utility(plan, place))
        sharing = sum((self.voters[place].weight * self.utility(plan, place) for place in ordered), Fraction(0))
        for place in ordered:
            rho = cost / sharing
            if rho * self.utility(plan, place) <= money[place]:
                return rho
            cost -= self.voters[place].weight * money[place]
            sharing -= self.voters[place].weight * self.utility(plan, place)
        return None

    # --- greedy and Phragmen ---

    def worth(self, plan: str) -> Fraction:
        """By what the greedy count goes, the most first."""
        orders = {"cost": "votes", "count": "votes-per-cost", "points": "points-per-cost"}
        order = self.rule.order or orders[self.rule.utility]
        score = self.points[plan] if order.startswith("points") else self.votes[plan]
        return score / self.plans[plan].cost if order.endswith("per-cost") else score

    def in_greedy_order(self, run: Run) -> list[str]:
        """What has not won and is not out, free plans apart."""
        plans = [plan for plan in self.taking_part if plan not in run.amounts and plan not in run.out and self.plans[plan].cost]
        return sorted(plans, key=lambda plan: (-self.worth(plan), *self.tie(plan)))

    def greedy(self, run: Run, misfit: str) -> None:
        self.free_plans(run)
        for plan in self.in_greedy_order(run):
            if not self.may_win(plan, run):
                run.out.add(plan)
            elif run.spent + self.plans[plan].cost <= self.election.budget:
                run.amounts[plan] = self.plans[plan].cost
            elif misfit == "stop":
                return

    def phragmen(self) -> Run:
        run = Run()
        self.free_plans(run)
        broke_at = dict.fromkeys(range(len(self.voters)), Fraction(0))
        while waiting := [plan for plan in self.taking_part if plan not in run.amounts and plan not in run.out]:
            moments = {plan: self.moment(plan, broke_at) for plan in waiting}
            now = min(moments.values())
            ready = [plan for plan in waiting if moments[plan] == now]
            if refused := [plan for plan in ready if not self.may_win(plan, run)]:
                run.out.update(refused)
                continue
            if too_dear := [plan for plan in ready if run.spent + self.plans[plan].cost > self.election.budget]:
                if self.rule.phragmen_misfit == "stop":
                    return run
                run.out.update(too_dear)
                continue
            plan = min(ready, key=self.tie)
            run.amounts[plan] = self.plans[plan].cost
            run.paid[plan] = {place: now - broke_at[place] for place in self.supporters(plan)}
            broke_at.update(dict.fromkeys(self.supporters(plan), now))
        return run

    def moment(self, plan: str, broke_at: dict[int, Fraction]) -> Fraction:
        """When the supporters of a plan have earned its cost together, since each of them was last left with nothing."""
        earned_before = sum((self.voters[place].weight * broke_at[place] for place in self.supporters(plan)), Fraction(0))
        return (self.plans[plan].cost + earned_before) / self.votes[plan]

    # --- what is left ---

    def divide_leftover(self, run: Run) -> None:
        if self.rule.leftover == "nothing":
            return
        free = sorted((plan for plan in self.taking_part if plan not in run.amounts and not self.plans[plan].cost), key=self.tie)
        for plan in [*free, *self.in_greedy_order(Run(amounts=run.amounts))]:
            left, cost = self.election.budget - run.spent, self.plans[plan].cost
            if left <= 0 and cost:
                return
            if not self.may_win(plan, run):
                continue
            if self.rule.leftover == "fits":
                if cost <= left:
                    run.amounts[plan] = cost
            elif self.rule.leftover == "part":
                run.amounts[plan] = min(left, cost)
                return
            elif cost > left:
                if left >= self.rule.leftover_share * cost:
                    run.amounts[plan] = left
                return


def ballots_of(election: Election, rule: Rule) -> Iterator[Voters]:
    """Each ballot of the columns with what it gives: 1 where there are no points; a plan that gets 0 is not supported."""
    columns, weights = election.ballots, dict(rule.weights)
    for row in range(len(columns.starts) - 1):
        given = {}
        for place in range(int(columns.starts[row]), int(columns.starts[row + 1])):
            points = 1 if columns.points is None else int(columns.points[place])
            if points > 0:
                given[election.plans[int(columns.marks[place])].id] = points
        channel = columns.channel_names[0 if columns.channels is None else int(columns.channels[row])]
        number = 1 if columns.numbers is None else int(columns.numbers[row])
        yield Voters(given, number * weights.get(channel, Fraction(1)))
