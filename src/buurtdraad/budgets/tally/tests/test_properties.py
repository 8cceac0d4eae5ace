"""What has to hold for every election, on small ones made at random. What add1 itself breaks is not asserted of it."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from buurtdraad.budgets.tally.count import count
from buurtdraad.budgets.tally.election import Ballot, Election, Plan
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.budgets.tally.tests.elections import elections, for_all, made, rules, some_or_many

APPROVED = elections(points=False)
PLAIN = Rule(completion="none")


def ballots_of(election: Election) -> list[Ballot]:
    """The ballots of an election, as they were given."""
    columns = election.ballots
    listed = []
    for row in range(len(columns)):
        places = range(columns.starts[row], columns.starts[row + 1])
        marks = tuple(election.plans[columns.marks[place]].id for place in places)
        points = tuple(columns.points[place] for place in places)
        listed.append(Ballot(marks, points, columns.numbers[row], columns.channel_names[columns.channels[row]]))
    return listed


def with_ballots(election: Election, ballots: list[Ballot]) -> Election:
    return Election.of_ballots(election.plans, election.budget, ballots, scale=election.scale)


def with_cost(election: Election, plan_id: str, cost: int) -> Election:
    plans = [replace(plan, cost=cost) if plan.id == plan_id else plan for plan in election.plans]
    return Election.of_ballots(plans, election.budget, ballots_of(election), scale=election.scale)


def voters_of(election: Election) -> list[tuple[str, ...]]:
    """The marks of each single voter who supports something."""
    return [ballot.marks for ballot in ballots_of(election) if ballot.marks for _ in range(ballot.number)]


# --- the same under every rule ---------------------------------------------------------------


@some_or_many
def test_no_rule_spends_more_than_the_budget(examples):
    def holds(case):
        election, rule = case
        result = count(election, rule)
        assert sum(purchase.amount for purchase in result.purchases) == result.cost <= election.budget
        assert len(set(result.winners)) == len(result.winners)

    for_all(st.tuples(elections(), rules()), examples, holds)


@some_or_many
def test_the_order_of_ballots_and_of_plans_does_not_matter(examples):
    def holds(case):
        election, rule, shuffled = case
        plans, ballots = list(election.plans), ballots_of(election)
        shuffled.shuffle(plans)
        shuffled.shuffle(ballots)
        other = Election.of_ballots(plans, election.budget, ballots, scale=election.scale)
        assert count(other, rule).purchases == count(election, rule).purchases

    for_all(st.tuples(elections(), rules(), st.randoms(use_true_random=False)), examples, holds)


@some_or_many
def test_other_ids_in_the_same_order_win_the_same(examples):
    def holds(case):
        election, rule = case
        assume("draw" not in rule.ties)
        new = {old: f"plan {place}" for place, old in enumerate(sorted(plan.id for plan in election.plans))}
        plans = [replace(plan, id=new[plan.id]) for plan in election.plans]
        ballots = [replace(ballot, marks=tuple(new[mark] for mark in ballot.marks)) for ballot in ballots_of(election)]
        other = Election.of_ballots(plans, election.budget, ballots, scale=election.scale)
        groups = tuple(frozenset(new.get(plan_id, plan_id) for plan_id in group) for group in rule.exclusions)
        expected = [new[plan_id] for plan_id in count(election, rule).winners]
        assert list(count(other, replace(rule, exclusions=groups)).winners) == expected

    for_all(st.tuples(elections(), rules()), examples, holds)


@some_or_many
def test_cents_for_euros_change_nothing_as_long_as_the_step_stays_a_euro(examples):
    def holds(case):
        election, rule = case
        plans = [replace(plan, cost=plan.cost * 100) for plan in election.plans]
        cents = Election.of_ballots(plans, election.budget * 100, ballots_of(election), scale=election.scale * 100)
        assert count(cents, rule).winners == count(election, rule).winners

    for_all(st.tuples(elections(), rules()), examples, holds)


# --- Equal Shares ----------------------------------------------------------------------------


def left_behind(election: Election, winners: tuple[str, ...], *, by_cost: bool) -> list[tuple[str, ...]]:
    """Sets of plans that a group could pay from its share, while the group is left with less by more than one plan (EJR up to one)."""
    voters, costs = voters_of(election), {plan.id: plan.cost for plan in election.plans}
    value = costs if by_cost else dict.fromkeys(costs, 1)
    found = []
    for plans in chain.from_iterable(combinations(costs, size) for size in range(1, len(costs) + 1)):
        due = sum(value[plan] for plan in plans)
        best_missing = max((value[plan] for plan in plans if plan not in winners), default=0)
        unhappy = 0
        for marks in voters:
            has = sum(value[plan] for plan in winners if plan in marks)
            unhappy += set(plans) <= set(marks) and has < due and has + best_missing <= due
        if unhappy and unhappy * election.budget >= sum(costs[plan] for plan in plans) * len(voters):
            found.append(plans)
    return found


@some_or_many
@pytest.mark.parametrize("completion", ["none", "add1", "add1u"])
@pytest.mark.parametrize("utility", ["cost", "count"])
def test_no_group_is_left_behind_by_more_than_one_plan(completion, utility, examples):
    def holds(election):
        winners = count(election, Rule(completion=completion, utility=utility)).winners
        assert not left_behind(election, winners, by_cost=utility == "cost")

    for_all(elections(points=False, least_cost=1), examples, holds)


def test_greedy_does_leave_a_group_behind():
    """The control: two fifths of the voters could pay what they want, and get nothing."""
    election = made({"a": 5, "b": 5, "c": 4}, 10, ["a b"] * 6 + ["c"] * 4)
    assert left_behind(election, count(election, Rule(kind="greedy")).winners, by_cost=True) == [("c",)]
    assert not left_behind(election, count(election, PLAIN).winners, by_cost=True)


@some_or_many
@pytest.mark.parametrize("completion", ["none", "add1"])
def test_payments_replayed_fit_every_purse_and_leave_no_loser_affordable(completion, examples):
    def holds(case):
        election, utility = case
        result = count(election, Rule(completion=completion, utility=utility))
        ballots = [
            ({mark: points for mark, points in zip(ballot.marks, ballot.points or (), strict=True) if points}, ballot.number)
            for ballot in ballots_of(election)
        ]
        money = [result.endowment_end or Fraction(0)] * len(ballots)
        for purchase in result.purchases:
            paid = Fraction(0)
            for place, (given, number) in enumerate(ballots):
                if purchase.amount and purchase.plan in given:
                    each = min(money[place], purchase.price * (given[purchase.plan] if utility == "points" else 1))
                    money[place] -= each
                    paid += number * each
            assert paid == purchase.amount == purchase.price * (purchase.full if utility != "points" else 0) + purchase.rest_total or (
                utility == "points" and paid == purchase.amount
            )
        assert min(money, default=0) >= 0
        for plan in election.plans:
            if plan.id not in result.winners:
                supporters = [(place, number) for place, (given, number) in enumerate(ballots) if plan.id in given]
                assert not supporters or sum(number * money[place] for place, number in supporters) < plan.cost

    for_all(st.tuples(elections(), st.sampled_from(["cost", "count", "points"])), examples, holds)


@some_or_many
@pytest.mark.parametrize("completion", ["none", "add1"])
def test_a_plan_wins_when_those_who_want_nothing_else_can_pay_it(completion, examples):
    def holds(election):
        voters = voters_of(election)
        alone = Counter(marks[0] for marks in voters if len(marks) == 1)
        winners = count(election, Rule(completion=completion)).winners
        due = [plan.id for plan in election.plans if alone[plan.id] and alone[plan.id] * election.budget >= plan.cost * len(voters)]
        assert set(due) <= set(winners)

    for_all(APPROVED, examples, holds)


# --- Equal Shares without completion: what add1 does not promise --------------------------------


@some_or_many
def test_more_support_never_costs_a_plan_its_place(examples):
    def holds(case):
        election, chosen, utility = case
        rule = Rule(completion="none", utility=utility)
        winners, ballots = count(election, rule).winners, ballots_of(election)
        assume(winners)
        plan = winners[chosen % len(winners)]
        places = [place for place, ballot in enumerate(ballots) if ballot.marks and plan not in ballot.marks]
        assume(places)
        place = places[chosen % len(places)]
        ballots[place] = replace(ballots[place], marks=(*ballots[place].marks, plan), points=None)
        assert plan in count(with_ballots(election, ballots), rule).winners

    for_all(st.tuples(APPROVED, st.integers(0, 30), st.sampled_from(["cost", "count"])), examples, holds)


@some_or_many
def test_a_lower_cost_never_costs_a_plan_its_place(examples):
    def holds(case):
        election, chosen, cost, utility = case
        rule = Rule(completion="none", utility=utility)
        winners = count(election, rule).winners
        assume(winners)
        plan = winners[chosen % len(winners)]
        before = next(each.cost for each in election.plans if each.id == plan)
        assert plan in count(with_cost(election, plan, min(cost, before)), rule).winners

    for_all(st.tuples(APPROVED, st.integers(0, 30), st.integers(0, 40), st.sampled_from(["cost", "count"])), examples, holds)


@some_or_many
def test_twice_the_same_electorate_and_cents_win_the_same(examples):
    def holds(case):
        election, utility = case
        rule = Rule(completion="none", utility=utility)
        expected = count(election, rule).winners
        doubled = [replace(ballot, number=2 * ballot.number) for ballot in ballots_of(election)]
        assert count(with_ballots(election, doubled), rule).winners == expected
        plans = [Plan(plan.id, plan.cost * 100) for plan in election.plans]
        assert count(Election.of_ballots(plans, election.budget * 100, ballots_of(election)), rule).winners == expected

    for_all(st.tuples(elections(), st.sampled_from(["cost", "count", "points"])), examples, holds)
