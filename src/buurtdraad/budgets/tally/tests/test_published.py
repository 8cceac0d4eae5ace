"""The winners of real elections: as published, and as an independent program counted them."""

from fractions import Fraction

import pytest

from buurtdraad.budgets.tally.count import count
from buurtdraad.budgets.tally.pabulib import read
from buurtdraad.budgets.tally.recount import recount
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.budgets.tally.tests.elections import EXPECTED, FILES, needs_files

# What `expected.json` calls a rule. Ballots with points are counted by points.
RULES = {
    "mes": {"completion": "none"},
    "mes_add1": {"stop": "exhaustive"},
    "mes_add1_no_exhaustive_stop": {},
    "mes_add1u": {"completion": "add1u", "stop": "exhaustive"},
    "mes_add1_cardinality": {"utility": "count", "stop": "exhaustive"},
    "greedy_votes": {"kind": "greedy"},
    "greedy_votes_per_cost": {"kind": "greedy", "order": "votes-per-cost"},
    "phragmen": {"kind": "phragmen"},
}
CASES = [pytest.param(facts, key, id=f"{facts['file']} {key}") for facts in EXPECTED for key in facts["expected"]]
OFFICIAL = ["Netherlands_Assen_2024", "Netherlands_Assen_2025", "Poland_Swiecie_2023", "Poland_Wieliczka_2023_Green_Budget"]
FIRST_STEPS = [facts for facts in EXPECTED if facts["voters"] < 1_000]

pytestmark = needs_files


def rule_of(key: str, facts: dict) -> Rule:
    return Rule(**RULES[key], **({"utility": "points"} if facts["vote_type"] == "cumulative" else {}))


def election_of(name: str):
    return read(FILES / f"{name}.pb").election


@pytest.mark.parametrize(("facts", "key"), CASES)
def test_an_independent_program_found_the_same_winners(facts, key):
    election = read(FILES / facts["file"]).election
    result = count(election, rule_of(key, facts))
    assert sorted(result.winners) == facts["expected"][key]
    assert result.cost <= election.budget
    if f"{key}_increments" in facts:
        assert result.steps == facts[f"{key}_increments"]


@pytest.mark.parametrize("facts", EXPECTED, ids=lambda facts: facts["file"])
def test_the_purchases_come_in_the_same_order_at_the_same_prices(facts):
    election = read(FILES / facts["file"]).election
    rule = rule_of("mes_add1", facts)
    result = count(election, rule)
    bought = facts["add1_purchase_order"]
    assert result.endowment_end == Fraction(facts["mes_add1_final_endowment"])
    assert list(result.winners) == [purchase["id"] for purchase in bought]
    if rule.utility == "cost":
        assert [purchase.price for purchase in result.purchases] == [Fraction(purchase["max_payment"]) for purchase in bought]


@pytest.mark.parametrize("facts", FIRST_STEPS, ids=lambda facts: facts["file"])
def test_the_recount_finds_the_same_winners(facts):
    """By the rules without steps: those take the recount minutes."""
    election = read(FILES / facts["file"]).election
    for key in ("mes", "greedy_votes", "greedy_votes_per_cost", "phragmen"):
        assert sorted(recount(election, rule_of(key, facts)).winners) == facts["expected"][key]


@pytest.mark.parametrize("name", OFFICIAL)
def test_the_usual_rule_gives_the_published_winners(name):
    reading = read(FILES / f"{name}.pb")
    published = {row["project_id"] for row in reading.columns if row["selected"] == "1"}
    assert set(count(reading.election, Rule()).winners) == published


def test_a_common_library_stops_too_early_in_wieliczka():
    reading = read(FILES / "Poland_Wieliczka_2023_Green_Budget.pb")
    published = {row["project_id"] for row in reading.columns if row["selected"] == "1"}
    assert set(count(reading.election, Rule(stop="exhaustive")).winners) != published


def test_swiecie_published_an_endowment_of_661():
    assert int(count(election_of("Poland_Swiecie_2023"), Rule()).endowment_end) == 661


def test_assen_began_with_301_20_and_ended_with_571_20():
    """The published end is that of the step at which nothing fitted any more; our usual rule goes on to 637.20 with the same winners."""
    result = count(election_of("Netherlands_Assen_2025"), Rule(stop="exhaustive"))
    assert (round(float(result.endowment_start), 2), round(float(result.endowment_end), 2)) == (301.20, 571.20)
    usual = count(election_of("Netherlands_Assen_2025"), Rule())
    assert usual.endowment_end == Fraction(52888, 83)
    assert set(usual.winners) == set(result.winners)


@pytest.mark.parametrize("stop", ["overspend", "exhaustive"])
def test_in_assen_87_residents_paid_103_24_each_for_a_plan_of_8982(stop):
    result = count(election_of("Netherlands_Assen_2025"), Rule(stop=stop))
    plan = next(purchase for purchase in result.purchases if purchase.amount == 8982)
    assert (plan.full, plan.price, plan.rest) == (87, Fraction(2994, 29), 0)
