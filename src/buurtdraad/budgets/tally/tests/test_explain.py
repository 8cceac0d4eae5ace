from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from buurtdraad.budgets.tally.count import count
from buurtdraad.budgets.tally.election import Ballot
from buurtdraad.budgets.tally.explain import explain
from buurtdraad.budgets.tally.explanation import Lost, Taken, in_currency
from buurtdraad.budgets.tally.report import as_json, as_lines
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.budgets.tally.tests.elections import elections, few_or_many, for_all, made, rules

COSTS, BALLOTS = {"a": 6, "b": 6, "c": 6}, ["a b", "a b", "c"]


def stories(election, rule):
    return {story.plan: story for story in explain(election, rule, count(election, rule)).stories}


def test_a_loser_hears_what_was_left_who_took_it_and_how_many_votes_were_short():
    # In the end each had 5; a took 3 of both supporters of b.
    told = stories(made(COSTS, 12, BALLOTS), Rule())
    taken = Taken("a", Fraction(2), Fraction(6))
    assert told["b"].lost == Lost("not-paid", left=Fraction(4), taken=(taken,), votes_short=1)
    assert told["c"].lost == Lost("not-paid", left=Fraction(5), votes_short=1)
    assert (told["a"].won.full, told["a"].won.price, told["a"].won.effective_votes) == (2, 3, 2)


@few_or_many
def test_what_supporters_paid_and_have_left_is_what_they_got(examples):
    for_all(st.tuples(elections(), rules(kind="equal-shares")), examples, _adds_up)


def _adds_up(case):
    election, rule = case
    result = count(election, rule)
    told = explain(election, rule, result)
    assert sum(told.overall.shares) == result.voters
    for story in told.stories:
        assert (story.won is None) != (story.lost is None)
        if story.lost and story.lost.left is not None:
            assert story.lost.left + sum(one.amount for one in story.lost.taken) == story.votes * result.endowment_end
        if story.won and story.won.how == "equal-shares" and rule.utility != "points" and story.won.amount:
            assert story.won.full * story.won.price + story.won.rest_total == story.cost


def test_so_many_votes_more_would_have_done_and_one_less_would_not():
    """Greedy: the number is exact."""
    for order in ("votes", "votes-per-cost"):
        rule = Rule(kind="greedy", order=order)
        ballots = [Ballot(("a",), number=9), Ballot(("b",), number=7), Ballot(("c",), number=2)]
        election = made({"a": 6, "b": 5, "c": 4}, 8, [])
        counted = type(election).of_ballots(election.plans, 8, ballots)
        short = stories(counted, rule)["c"].lost.votes_short
        for more, wins in ((short - 1, False), (short, True)):
            again = type(election).of_ballots(election.plans, 8, [*ballots, Ballot(("c",), number=more)])
            assert ("c" in count(again, rule).winners) == wins


def test_phragmen_says_what_supporters_had_earned_when_it_ended():
    # a is paid at 2; until then the supporters of b earned 2 each and paid it to a; c has earned 2 of its 4.
    told = stories(made({"a": 6, "b": 5, "c": 4}, 9, ["a b", "a b", "a", "c"]), Rule(kind="phragmen"))
    assert told["b"].lost == Lost("too-late", left=Fraction(0), votes_short=3)
    assert told["c"].lost == Lost("too-late", left=Fraction(2), votes_short=1)


def test_the_rounds_tell_what_is_left():
    election = made(COSTS, 12, BALLOTS)
    told = explain(election, Rule(), count(election, Rule()))
    assert [(one.plan, one.before, one.after, one.budget_left) for one in told.rounds] == [("a", 15, 9, 6)]
    assert (told.overall.with_winner, told.overall.share_spent, told.overall.winners_each) == (2, Fraction(1, 2), Fraction(2, 3))


def test_cents_are_rounded_for_people_and_fractions_stay():
    assert in_currency(Fraction(2994, 29), 1) == Decimal("103.24")
    assert in_currency(Fraction(1, 2), 100) == Decimal("0.01")
    election = made({"a": 1000}, 1000, ["a"] * 3, scale=100)
    told = as_json(election, Rule(), (result := count(election, Rule())), explain(election, Rule(), result))
    assert told["explanation"]["a"]["price"] == {"exact": "10/3", "rounded": "3.33"}
    assert (told["budget"], told["cost"], told["endowment_start"]) == ("10", "10", "10/3")


def test_a_table_names_winners_in_order_and_why_others_lost():
    election = made(COSTS, 12, BALLOTS)
    lines = list(as_lines(election, Rule(), (result := count(election, Rule())), explain(election, Rule(), result)))
    assert "2 paid 3.00 each" in next(line for line in lines if line.strip().startswith("1 "))
    assert any("not-paid, had 4.00, 1 votes short" in line for line in lines)
