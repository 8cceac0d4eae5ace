"""Every choice of a rule has its words, and no two rules that count otherwise read the same."""

from dataclasses import replace
from fractions import Fraction

import pytest
from django.utils.translation import override

from buurtdraad.budgets.queries.rule_words import counting, name_of, seed_of
from buurtdraad.budgets.tally.rule import BLANKS, COMPLETIONS, KINDS, LEFTOVERS, MISFITS, STARTS, STOPS, UTILITIES, Rule

OTHER = {
    "completion": COMPLETIONS, "step": (Fraction(1), Fraction(1, 10)), "stop": STOPS, "start": STARTS, "blank": BLANKS,
    "utility": UTILITIES,
    "leftover": LEFTOVERS, "least_votes": (Fraction(0), Fraction(10)),
    "least_share": (Fraction(0), Fraction(1, 20)),
    "least_by_cost": (Fraction(0), Fraction(1, 3)), "ties": (("id",), ("votes", "id"), ("cost", "id")),
    "caps": ((), (("green", Fraction(500)),)), "earmarks": ((), (("green", Fraction(500)),)),
    "weights": ((), (("meeting", Fraction(3, 2)),)),
}  # fmt: skip


def words(rule):
    with override("en"):
        return (*counting(rule), *seed_of(rule))


@pytest.mark.parametrize("name", OTHER)
def test_another_choice_of_equal_shares_reads_otherwise(name):
    read = [words(replace(Rule(), **{name: value})) for value in OTHER[name]]
    assert len(set(read)) == len(read)


@pytest.mark.parametrize("kind", ["greedy", "phragmen"])
def test_what_happens_to_a_plan_that_does_not_fit_is_said(kind):
    field = "misfit" if kind == "greedy" else "phragmen_misfit"
    assert len({words(replace(Rule(kind=kind), **{field: value})) for value in MISFITS}) == 2


@pytest.mark.parametrize("order", ["votes", "points", "votes-per-cost", "points-per-cost"])
def test_by_what_most_votes_goes_is_said(order):
    says = {
        "votes": "most votes goes",
        "points": "most points goes",
        "votes-per-cost": "votes for each euro",
        "points-per-cost": "points for each",
    }
    assert says[order] in " ".join(words(Rule(kind="greedy", order=order)))


def test_the_seed_of_lots_is_for_everybody():
    assert any("b7f3" in line for line in words(Rule(ties=("votes", "draw"), seed="b7f3")))


def test_every_kind_and_way_has_a_name():
    with override("en"):
        names = {name_of(Rule(kind=kind, completion=way)) for kind in KINDS for way in COMPLETIONS}
    assert len(names) == 5
