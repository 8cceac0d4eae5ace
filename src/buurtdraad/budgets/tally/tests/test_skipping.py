"""What makes the count fast may not change it."""

from fractions import Fraction

import numpy as np
import pytest

from buurtdraad.budgets.tally.between import same_winners
from buurtdraad.budgets.tally.columns import columns_of
from buurtdraad.budgets.tally.contest import Contest
from buurtdraad.budgets.tally.count import Ways, count
from buurtdraad.budgets.tally.election import Ballots, Election, Plan
from buurtdraad.budgets.tally.equal_shares import Buyers, Run
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.budgets.tally.tests.elections import made

STEPS = 40


def city(seed, voters=120, plans=14, budget=4_000):
    """An election with many near ties: half of the costs are round."""
    chance = np.random.default_rng(seed)
    costs = chance.integers(100, budget // 3, plans)
    costs[::2] = costs[::2] // 100 * 100
    marks = [np.sort(chance.choice(plans, chance.integers(1, 6), replace=False)) for _ in range(voters)]
    starts = np.concatenate(([0], np.cumsum([len(one) for one in marks])))
    points = chance.integers(1, 5, starts[-1]) if seed % 3 == 0 else None
    listed = tuple(Plan(str(number), int(cost)) for number, cost in enumerate(costs))
    return Election(listed, budget, Ballots(starts, np.concatenate(marks), points))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("utility", ["cost", "count", "points"])
def test_every_way_of_counting_gives_the_same_outcome(seed, utility):
    election, rule = city(seed), Rule(utility=utility)
    result = count(election, rule)
    for ways in (Ways(grouping=False), Ways(skipping=False), Ways(floats=False, skipping=False)):
        assert count(election, rule, ways) == result


def test_a_certificate_is_never_wrong():
    """Whatever is said to be the same between two starts is the same at every start that we try between them."""
    tried = [certificates(buyers_of(city(seed))) for seed in range(6)]
    assert sum(certain for certain, _ in tried)
    assert sum(followed for _, followed in tried)


def certificates(buyers):
    """How many leaps of either kind were certain."""
    start = Fraction(buyers.contest.budget, buyers.contest.voters)
    runs = [Run(buyers, start + step).finish() for step in range(STEPS)]
    sets = [{turn.place for turn in run.turns} for run in runs]
    certain = followed = 0
    for low in range(0, STEPS, 3):
        for width in (1, 2, 5):
            between = [one for run, one in zip(runs[low : low + width + 1], sets[low : low + width + 1], strict=True) if not run.overspent]
            if low + width < STEPS and same_winners(buyers, start + low, start + low + width):
                certain += 1
                assert all(one == sets[low] for one in between)
            if low + width < STEPS and not runs[low].overspent and Run(buyers, start + low + width).follow(runs[low]):
                followed += 1
                turns = [[turn.place for turn in run.turns] for run in runs[low : low + width + 1]]
                assert all(one == turns[0] for one in turns)
    return certain, followed


def buyers_of(election):
    rule = Rule()
    return Buyers(Contest(election, rule, columns_of(election, rule)))


def test_a_lone_supporter_of_a_costly_plan_takes_thousands_of_steps():
    election = made({"a": 100, "b": 90_000}, 100_000, ["a"] * 99 + ["b"])
    result = count(election, Rule())
    assert (result.winners, result.steps, result.endowment_end) == (("a", "b"), 89_000, 90_000)


def test_ballots_with_the_same_sum_are_one_only_if_they_are_equal(monkeypatch):
    """The numbers that tell ballots apart may collide: here they all do."""
    election = made({"a": 1, "b": 2, "c": 3}, 6, ["a b", "b c", "b a", "c", "c", ""])
    monkeypatch.setattr("buurtdraad.budgets.tally.columns._sums", lambda starts, *rest: np.zeros(len(starts) - 1, np.uint64))
    columns = columns_of(election, Rule())
    assert columns.votes == [2, 3, 3]
    assert columns.weight.tolist() == [2, 1, 1, 1, 1]
