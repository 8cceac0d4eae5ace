"""Elections that can be counted by hand."""

from fractions import Fraction

import pytest

from buurtdraad.budgets.tally.columns import columns_of
from buurtdraad.budgets.tally.count import count
from buurtdraad.budgets.tally.election import Ballot, Ballots, Election, Plan, WrongElection
from buurtdraad.budgets.tally.payments import payments
from buurtdraad.budgets.tally.result import Payment, Refusal
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.budgets.tally.tests.elections import made

NONE = Rule(completion="none")
THREE = made({"a": 6, "b": 6, "c": 6}, 12, ["a b", "a b", "c"])
GREEDY = made({"a": 6, "b": 5, "c": 4}, 10, ["a b", "a b", "a c"])


def winners(election, rule=NONE):
    return count(election, rule).winners


def test_supporters_share_the_cost_and_others_keep_their_money():
    # Each has 4; a costs its two supporters 3 each; they have 1 + 1 left for b, and 4 is not enough for c.
    result = count(THREE, NONE)
    assert (result.winners, result.cost, result.voters, result.endowment_start) == (("a",), 6, 3, 4)
    assert payments(THREE, NONE, result) == {"a": (Payment(Fraction(2), Fraction(3)),)}


def test_add1_stops_before_the_step_that_overspends():
    # With 5 it is still a alone; with 6 each of a, b and c is paid: 18.
    result = count(THREE, Rule())
    assert (result.winners, result.endowment_end, result.steps) == (("a",), 5, 1)


def test_what_is_left_goes_to_the_plan_with_most_votes_where_the_rule_says_so():
    assert winners(THREE, Rule(completion="add1u")) == ("a", "b")


def test_who_has_less_pays_all_that_is_left():
    # p and q tie at 1/2; p goes first by its id and leaves 1, 1 and 4; q takes 1 and 4, which is exactly its cost.
    election = made({"q": 5, "p": 6}, 12, ["p", "p q", "q"])
    result = count(election, NONE)
    last = result.purchases[-1]
    assert result.winners == ("p", "q")
    assert (last.price, last.full, last.rest, last.rest_total) == (4, 1, 1, 1)
    assert payments(election, NONE, result)["q"] == (Payment(Fraction(1), Fraction(4)), Payment(Fraction(1), Fraction(1)))


def test_all_that_everybody_has_may_be_exactly_enough():
    election = made({"a": 10, "b": 1}, 10, ["a b", "a b"])
    assert winners(election, Rule(completion="none", utility="count")) == ("b",)
    assert winners(election, Rule(completion="none", ties=("votes", "cost", "id"))) == ("b",)
    assert count(made({"a": 10}, 10, ["a", "a"]), NONE).purchases[0].price == 5


def test_points_are_paid_by_the_point():
    plans = [Plan("a", 6), Plan("b", 6)]
    election = Election.of_ballots(plans, 12, [Ballot(("a", "b"), (2, 0)), Ballot(("a", "b"), (1, 3))])
    # Each has 6: a costs 2 per point (4 and 2), b only its second voter: 4 left, not enough.
    rule = Rule(completion="none", utility="points")
    result = count(election, rule)
    assert (result.winners, result.purchases[0].price) == (("a",), 2)
    assert payments(election, rule, result)["a"] == (Payment(Fraction(1), Fraction(4)), Payment(Fraction(1), Fraction(2)))


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({}, {"a": 6, "c": 4}),
        ({"misfit": "stop"}, {"a": 6}),
        ({"misfit": "stop", "leftover": "fits"}, {"a": 6, "c": 4}),
        ({"misfit": "stop", "leftover": "part"}, {"a": 6, "b": 4}),
        ({"misfit": "stop", "leftover": "nearly"}, {"a": 6, "b": 4}),
        ({"misfit": "stop", "leftover": "nearly", "leftover_share": Fraction(9, 10)}, {"a": 6}),
        ({"order": "votes-per-cost"}, {"a": 6, "c": 4}),
        ({"exclusions": (frozenset({"a", "c"}),)}, {"a": 6}),
    ],
)
def test_greedy_takes_most_votes_first(choices, expected):
    result = count(GREEDY, Rule(kind="greedy", **choices))
    assert {purchase.plan: purchase.amount for purchase in result.purchases} == expected
    assert result.cost == sum(expected.values())


def test_phragmen_buys_what_can_be_paid_first_and_stops_at_what_does_not_fit():
    # At 2, a is paid by three; of their money nothing is left. b is paid at 2 + 5/2, before c at 2 + 4, and does not fit.
    result = count(GREEDY, Rule(kind="phragmen"))
    assert (result.winners, result.purchases[0].rho) == (("a",), 2)
    assert winners(GREEDY, Rule(kind="phragmen", phragmen_misfit="skip")) == ("a", "c")


def test_a_free_plan_wins_and_nobody_pays():
    election = made({"free": 0, "dear": 9, "unwanted": 0}, 3, ["free", "dear"])
    for kind in ("equal-shares", "greedy", "phragmen"):
        assert winners(election, Rule(kind=kind)) == ("free",)


def test_a_blank_ballot_counts_only_where_the_rule_says_so():
    election = made({"a": 6}, 12, ["a", "", ""])
    assert count(election, NONE).endowment_start == 12
    assert count(election, Rule(completion="none", blank="counted")).endowment_start == 4


def test_a_start_may_be_rounded_down_to_whole_euros():
    election = made({"a": 100}, 1000, ["a"] * 3, scale=100)
    assert count(election, NONE).endowment_start == Fraction(1000, 3)
    assert count(election, Rule(completion="none", start="whole")).endowment_start == 300


def test_a_ballot_on_paper_may_weigh_more():
    election = Election.of_ballots([Plan("a", 8), Plan("b", 8)], 12, [Ballot(("a",), channel="paper"), Ballot(("b",))])
    # n = 3; the voter on paper has 8, the other 4.
    result = count(election, Rule(completion="none", weights=(("paper", Fraction(2)),)))
    assert (result.winners, result.voters, result.endowment_start) == (("a",), 3, 4)


@pytest.mark.parametrize(
    ("choices", "why"),
    [
        ({"least_votes": Fraction(2)}, Refusal("b", "votes")),
        ({"least_share": Fraction(1, 2)}, Refusal("b", "share")),
        ({"least_by_cost": Fraction(1)}, Refusal("b", "by-cost")),
        ({"exclusions": (frozenset({"a", "b"}),)}, Refusal("b", "excluded", "a")),
        ({"caps": (("green", Fraction(5)),)}, Refusal("b", "cap", "green")),
        ({"earmarks": (("play", Fraction(4)),)}, Refusal("b", "earmark", "play")),
    ],
)
def test_a_plan_that_may_not_win_is_out_and_the_reason_is_kept(choices, why):
    plans = [Plan("a", 4, labels=("green",)), Plan("b", 4, labels=("green",))]
    election = Election.of_ballots(plans, 10, [Ballot(("a",), number=2), Ballot(("b",))])
    for kind in ("equal-shares", "greedy", "phragmen"):
        result = count(election, Rule(kind=kind, **choices))
        assert (result.winners, result.refusals) == (("a",), (why,))


@pytest.mark.parametrize("kind", ["equal-shares", "greedy", "phragmen"])
def test_without_voters_nothing_wins(kind):
    for election in (made({"a": 0, "b": 1}, 10, []), made({"a": 0, "b": 1}, 10, ["", ""])):
        assert count(election, Rule(kind=kind, leftover="part")).winners == ()


def test_everything_wins_where_there_is_money_for_everything():
    assert count(made({"a": 1, "b": 2}, 100, ["a", "b"]), Rule()).steps == 0


@pytest.mark.parametrize("kind", ["equal-shares", "greedy", "phragmen"])
def test_there_may_be_1300_winners(kind):
    plans = [Plan(str(number), 7) for number in range(1300)]
    election = Election.of_ballots(plans, 9100, [Ballot(tuple(plan.id for plan in plans), number=2)])
    assert len(count(election, Rule(kind=kind)).winners) == 1300


def test_a_wrong_election_is_refused():
    with pytest.raises(WrongElection, match="no such plan"):
        made({"a": 1}, 1, ["b"])
    with pytest.raises(WrongElection, match="twice"):
        made({"a": 1}, 1, ["a a"])
    with pytest.raises(WrongElection, match="below 0"):
        made({"a": -1}, 1, [])
    with pytest.raises(WrongElection, match="the same id"):
        Election((Plan("a", 1), Plan("a", 2)), 1, Ballots([0], []))
    for starts, marks in (([0, 1], [1]), ([0, 2], [0, 0]), ([0, 2], [0]), ([1, 1], [0])):
        with pytest.raises(WrongElection):
            columns_of(Election((Plan("a", 1),), 1, Ballots(starts, marks)), Rule())
