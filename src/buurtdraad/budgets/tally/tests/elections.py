"""Small elections and rules, made at random, and the real files where they are."""

import json
import os
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buurtdraad.budgets.tally.election import Ballot, Election, Plan
from buurtdraad.budgets.tally.rule import (
    BLANKS,
    COMPLETIONS,
    KINDS,
    LEFTOVERS,
    MISFITS,
    ORDERS,
    STARTS,
    STOPS,
    TIES,
    UTILITIES,
    Rule,
)

SHARED = Path(os.environ.get("BUURTDRAAD_SHARED") or Path(__file__).parents[5].parent / "shared")
FILES = SHARED / "data" / "pb"
needs_files = pytest.mark.skipif(not FILES.exists(), reason=f"the real elections are not at {FILES} (set BUURTDRAAD_SHARED)")
EXPECTED = json.loads((FILES / "expected.json").read_text())["instances"] if FILES.exists() else []

QUICK, LONG = 150, 400
few_or_many = pytest.mark.parametrize("examples", [QUICK, pytest.param(LONG, marks=pytest.mark.slow)])
some_or_many = pytest.mark.parametrize("examples", [50, pytest.param(150, marks=pytest.mark.slow)])
IDS = ("3", "12", "1", "b", "2", "20")
LABELS = ("green", "play", "north")
CHANNELS = ("internet", "paper")


def for_all(strategy: st.SearchStrategy, examples: int, holds: Callable[..., None]) -> None:
    """Check it for so many made-up cases: always the same ones, so that what fails fails again."""
    quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    chosen = settings(max_examples=examples, deadline=None, derandomize=True, database=None, suppress_health_check=quiet)
    chosen(given(strategy)(holds))()


def made(costs: dict[str, int], budget: int, ballots: list[str], *, scale: int = 1) -> Election:
    """An election to write down in a test: costs by id, and each ballot as ids with spaces between ("" is a blank one)."""
    plans = [Plan(plan_id, cost) for plan_id, cost in costs.items()]
    return Election.of_ballots(plans, budget, [Ballot(tuple(ballot.split())) for ballot in ballots], scale=scale)


@st.composite
def ballots(draw: st.DrawFn, ids: list[str], *, points: bool) -> Ballot:
    marks = draw(st.lists(st.sampled_from(ids), unique=True, max_size=len(ids)))
    given_points = tuple(draw(st.integers(0, 4)) for _ in marks) if points else None
    return Ballot(tuple(marks), given_points, draw(st.integers(1, 3)), draw(st.sampled_from(CHANNELS)))


@st.composite
def elections(draw: st.DrawFn, *, least_cost: int = 0, points: bool | None = None, scale: int | None = None) -> Election:
    """Up to six plans and ten ballots: equal ones, blank ones, free plans, none at all. Costs are often equal, so that ties come."""
    ids = list(IDS[: draw(st.integers(1, len(IDS)))])
    costs = st.integers(least_cost, 6) if draw(st.booleans()) else st.integers(least_cost, 40)
    labels = st.lists(st.sampled_from(LABELS), unique=True, max_size=2).map(tuple)
    plans = [Plan(plan_id, draw(costs), labels=draw(labels)) for plan_id in ids]
    with_points = draw(st.booleans()) if points is None else points
    cast = draw(st.lists(ballots(ids, points=with_points), max_size=10))
    return Election.of_ballots(plans, draw(st.integers(1, 60)), cast, scale=scale or draw(st.sampled_from([1, 1, 10])))


def amounts(most: int) -> st.SearchStrategy[Fraction]:
    return st.fractions(0, most, max_denominator=4)


@st.composite
def rules(draw: st.DrawFn, **fixed) -> Rule:
    """A rule in which every choice may differ from the usual one, but few do at once."""
    seldom = st.integers(0, 3).map(lambda number: number == 0)
    pairs = st.lists(st.tuples(st.sampled_from(LABELS), amounts(20)), unique_by=lambda pair: pair[0], max_size=2).map(tuple)
    groups = st.lists(st.sets(st.sampled_from(IDS), min_size=2, max_size=3).map(frozenset), max_size=2).map(tuple)
    weights = st.fractions(Fraction(1, 2), 3, max_denominator=3).map(lambda weight: (("paper", weight),))
    order = draw(st.permutations(["votes", "cost"]))[: draw(st.integers(0, 2))]
    choices = {
        "kind": st.sampled_from(KINDS),
        "utility": st.sampled_from(UTILITIES),
        "completion": st.sampled_from(COMPLETIONS),
        "step": st.sampled_from([Fraction(1), Fraction(1), Fraction(1, 2), Fraction(2, 3), Fraction(5)]),
        "stop": st.sampled_from(STOPS),
        "misfit": st.sampled_from(MISFITS),
        "phragmen_misfit": st.sampled_from(MISFITS),
        "leftover": st.sampled_from(LEFTOVERS),
        "order": st.sampled_from(ORDERS),
        "start": st.sampled_from(STARTS),
        "blank": st.sampled_from(BLANKS),
        "ties": st.sampled_from([name for name in TIES if name in ("id", "draw")]).map(lambda last: (*order, last)),
        "seed": st.sampled_from(["Assen", "Zuilen é"]),
        "leftover_share": st.sampled_from([Fraction(4, 5), Fraction(1, 3)]),
        "least_votes": amounts(3),
        "least_share": st.fractions(0, Fraction(1, 2), max_denominator=5),
        "least_by_cost": st.fractions(0, 1, max_denominator=3),
        "exclusions": groups,
        "caps": pairs,
        "earmarks": pairs,
        "weights": weights,
    }
    usual = ("kind", "utility", "completion", "step", "stop", "misfit", "phragmen_misfit", "leftover", "ties", "seed")
    drawn = {name: draw(choice) for name, choice in choices.items() if name not in fixed and (name in usual or draw(seldom))}
    return Rule(**drawn, **fixed)
