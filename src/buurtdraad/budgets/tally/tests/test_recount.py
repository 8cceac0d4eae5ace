"""Two programs that share no code agree: on who wins, in which order, on what everybody paid, for every choice of a rule."""

import pytest
from hypothesis import strategies as st

from buurtdraad.budgets.tally.count import Ways, count
from buurtdraad.budgets.tally.pabulib import read
from buurtdraad.budgets.tally.payments import payments
from buurtdraad.budgets.tally.recount import recount
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.budgets.tally.tests.elections import FILES, elections, few_or_many, for_all, needs_files, rules

SMALL = ["Netherlands_Amsterdam_643.pb", "US_Stanford_Dataset_2022_Jersey_City_Ward_B_vote_knapsacks.pb"]


def same(election, rule):
    """The count and the recount give this outcome, or we see where they differ."""
    counted, again = count(election, rule), recount(election, rule)
    assert {purchase.plan: purchase.amount for purchase in counted.purchases} == again.amounts
    assert counted.winners == again.winners
    assert counted.cost == again.cost
    assert (counted.endowment_start, counted.endowment_end) == (again.endowment_start, again.endowment_end)
    assert counted.steps == again.steps
    paid = {plan: {each.amount: each.voters for each in row} for plan, row in payments(election, rule, counted).items()}
    assert paid == {plan: row for plan, row in again.payments.items() if row}


@few_or_many
@pytest.mark.parametrize("kind", ["equal-shares", "greedy", "phragmen"])
def test_every_choice_of_a_rule_is_counted_alike_twice(kind, examples):
    for_all(st.tuples(elections(), rules(kind=kind)), examples, lambda case: same(*case))


@few_or_many
def test_the_usual_rule_is_counted_alike_twice(examples):
    for_all(elections(points=False), examples, lambda election: same(election, Rule()))


@few_or_many
def test_grouping_skipping_and_floats_change_nothing(examples):
    def alike(case):
        election, rule = case
        ways = [Ways(), Ways(grouping=False), Ways(skipping=False), Ways(floats=False), Ways(False, False, False)]
        assert len({count(election, rule, way) for way in ways}) == 1

    for_all(st.tuples(elections(), rules(kind="equal-shares")), examples, alike)


@needs_files
@pytest.mark.parametrize("name", SMALL)
def test_small_real_elections_are_counted_alike_twice(name):
    same(read(FILES / name).election, Rule())


@needs_files
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("Netherlands_Assen_2025.pb", Rule()),
        ("Netherlands_Assen_2025.pb", Rule(kind="phragmen")),
        ("Netherlands_Assen_2025.pb", Rule(kind="greedy")),
        ("Switzerland_Zurich_SN.pb", Rule(utility="count")),
    ],
    ids=lambda value: value.kind + "-" + value.utility if isinstance(value, Rule) else value,
)
def test_larger_real_elections_are_counted_alike_twice(name, rule):
    same(read(FILES / name).election, rule)
