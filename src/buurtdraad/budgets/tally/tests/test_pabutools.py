"""The same winners as pabutools on thousands of small elections made at random. (GPL: an oracle here, in no part of the product.)

What the two see differently on purpose is kept out here and has its own test below: pabutools lets plans without votes win, and
free plans not.
"""

from collections.abc import Iterable

from hypothesis import strategies as st
from pabutools.election import (
    Additive_Cardinal_Sat,
    ApprovalBallot,
    ApprovalProfile,
    CardinalBallot,
    Cardinality_Sat,
    CardinalProfile,
    Cost_Sat,
    Instance,
    Project,
)
from pabutools.rules import exhaustion_by_budget_increase, greedy_utilitarian_welfare, method_of_equal_shares, sequential_phragmen

from buurtdraad.budgets.tally.count import count
from buurtdraad.budgets.tally.election import Election
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.budgets.tally.tests.elections import elections, few_or_many, for_all, made

SATISFACTION = {"cost": Cost_Sat, "count": Cardinality_Sat, "points": Additive_Cardinal_Sat}


def given(election: Election) -> Iterable[dict[str, int]]:
    """What each single voter gives to which plan."""
    columns = election.ballots
    for row in range(len(columns)):
        places = range(columns.starts[row], columns.starts[row + 1])
        one = {election.plans[columns.marks[place]].id: columns.points[place] for place in places if columns.points[place]}
        yield from [one] * columns.numbers[row]


def as_pabutools(election: Election, rule: Rule, *, points: bool):
    """The plans that have a vote, and the ballots (blank ones only where they count)."""
    voters = [one for one in given(election) if one or rule.blank == "counted"]
    voted_for = {plan_id for one in voters for plan_id in one}
    projects = {plan.id: Project(plan.id, plan.cost) for plan in election.plans if plan.id in voted_for}
    instance = Instance(projects.values(), budget_limit=election.budget)
    if points:
        ballots = [CardinalBallot({projects[plan_id]: value for plan_id, value in one.items()}) for one in voters]
        return instance, CardinalProfile(ballots, instance=instance)
    return instance, ApprovalProfile([ApprovalBallot([projects[plan_id] for plan_id in one]) for one in voters], instance=instance)


def by_pabutools(election: Election, rule: Rule) -> list[str]:
    """The winners, sorted: the order of purchase is not part of what pabutools promises."""
    instance, profile = as_pabutools(election, rule, points=rule.utility == "points")
    if not instance:
        return []
    satisfaction = SATISFACTION[rule.utility]
    match rule.kind, rule.completion, rule.stop:
        case "greedy", _, _:
            won = greedy_utilitarian_welfare(instance, profile, sat_class=satisfaction)
        case "phragmen", _, _:
            won = sequential_phragmen(instance, profile)
        case _, "none", _:
            won = method_of_equal_shares(instance, profile, sat_class=satisfaction)
        case _, "add1", "overspend":
            voters = profile.num_ballots()
            enough = (sum(project.cost for project in instance) + election.budget) * (voters + 1)
            options = {"exhaustive_stop": False, "budget_step": voters, "budget_bound": enough}
            won = exhaustion_by_budget_increase(
                instance, profile, method_of_equal_shares, rule_params={"sat_class": satisfaction}, **options
            )
        case _:
            won = method_of_equal_shares(instance, profile, sat_class=satisfaction, voter_budget_increment=1)
            if rule.completion == "add1u":
                won = greedy_utilitarian_welfare(instance, profile, sat_class=satisfaction, initial_budget_allocation=won)
    return sorted(str(project) for project in won)


RULES = [
    *(Rule(completion="none", utility=utility, blank=blank) for utility in SATISFACTION for blank in ("excluded", "counted")),
    *(Rule(stop=stop, utility=utility) for utility in SATISFACTION for stop in ("overspend", "exhaustive")),
    *(Rule(completion="add1u", stop="exhaustive", utility=utility) for utility in SATISFACTION),
    *(Rule(kind="greedy", utility=utility) for utility in SATISFACTION),
    Rule(kind="phragmen"),
]


@few_or_many
def test_pabutools_finds_the_same_winners(examples):
    def alike(case):
        election, rule = case
        assert sorted(count(election, rule).winners) == by_pabutools(election, rule)

    for_all(st.tuples(elections(least_cost=1, scale=1), st.sampled_from(RULES)), examples, alike)


@few_or_many
def test_pabutools_finds_the_same_winners_with_the_usual_rule(examples):
    def alike(election):
        assert sorted(count(election, Rule()).winners) == by_pabutools(election, Rule())

    for_all(elections(least_cost=1, scale=1, points=False), examples, alike)


def test_ids_are_compared_as_text_as_pabutools_does():
    election = made({"3": 10, "12": 10}, 10, ["3 12"])
    assert count(election, Rule()).winners == ("12",)
    assert by_pabutools(election, Rule()) == ["12"]


def test_a_free_plan_wins_here_and_not_there():
    election = made({"free": 0, "bench": 10}, 10, ["free bench"])
    assert set(count(election, Rule()).winners) == {"free", "bench"}
    assert by_pabutools(election, Rule()) == ["bench"]
