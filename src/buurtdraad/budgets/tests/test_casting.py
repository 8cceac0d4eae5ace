"""Casting a vote: what is written, what is refused, and that a code stays where it belongs."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from buurtdraad.budgets import keys, secrecy
from buurtdraad.budgets.actions.casting import AlreadyVoted, Closed, UnknownCode, WrongMarks, cast
from buurtdraad.budgets.ballots import GONE, OVER_BUDGET, TOO_FEW, TOO_MANY, UNKNOWN
from buurtdraad.budgets.models import Ballot, BudgetPlan, CastDay, Register
from buurtdraad.budgets.states import Channel, PlanStage, RoundStage
from buurtdraad.budgets.tests.two_budgets import with_the_city

pytestmark = pytest.mark.django_db


def kinds(refusal):
    return [problem.kind for problem in refusal.value.problems]


def test_a_vote_is_one_ballot_and_one_used_line(make_round, make_codes):
    round_ = make_round()
    (code,) = make_codes(round_)
    receipt = cast(round_, code, {"1": {"1": 1, "2": 1}}, at=timezone.now())
    ids = secrecy.ids_of(keys.key_of(round_), code)
    assert Ballot.objects.get().marks == {"1": {"1": 1, "2": 1}}
    line = Register.objects.get()
    assert (line.used, bytes(line.receipt)) == (True, ids.receipt)
    assert receipt == secrecy.receipt_words(ids.receipt)
    assert [(day.channel, day.number, day.changed) for day in CastDay.objects.all()] == [("post", 1, 0)]


def test_the_same_code_writes_its_ballot_over(make_round, make_codes):
    round_ = make_round()
    (code,) = make_codes(round_)
    first = cast(round_, code, {"1": {"1": 1}}, at=timezone.now())
    second = cast(round_, code, {"1": {"3": 1}}, at=timezone.now())
    assert first == second
    assert Ballot.objects.get().marks == {"1": {"3": 1}}
    assert (CastDay.objects.get().number, CastDay.objects.get().changed) == (1, 1)


def test_the_same_vote_sent_twice_is_no_change(make_round, make_codes):
    round_ = make_round()
    (code,) = make_codes(round_)
    for _each in range(2):
        cast(round_, code, {"1": {"1": 1}}, at=timezone.now())
    assert (CastDay.objects.get().number, CastDay.objects.get().changed) == (1, 0)


def test_a_blank_ballot_names_every_budget(make_round, make_codes):
    round_ = make_round(least_marks=3)
    (code,) = make_codes(round_)
    cast(round_, code, {}, at=timezone.now())
    assert Ballot.objects.get().marks == {"1": {}}


@pytest.mark.parametrize(
    ("sheet", "marks", "wrong"),
    [
        ({"most_marks": 2}, {"1": {"1": 1, "2": 1, "3": 1}}, [TOO_MANY]),
        ({"least_marks": 2}, {"1": {"1": 1}}, [TOO_FEW]),
        ({"ballot": "basket"}, {"1": {"1": 1, "2": 1, "3": 1}}, [OVER_BUDGET]),
        ({}, {"1": {"99": 1}}, [UNKNOWN]),
        ({}, {"2": {"1": 1}}, [UNKNOWN]),
        ({}, {"1": {"<script>": 1}}, [UNKNOWN]),
    ],
)
def test_what_is_against_the_rules_is_refused_and_nothing_is_written(make_round, make_codes, sheet, marks, wrong):
    round_ = make_round(**sheet)
    (code,) = make_codes(round_)
    with pytest.raises(WrongMarks) as refusal:
        cast(round_, code, marks, at=timezone.now())
    assert kinds(refusal) == wrong
    assert not Ballot.objects.exists()
    assert not Register.objects.filter(used=True).exists()


def test_a_plan_that_was_taken_back_while_people_vote_is_named(make_round, make_codes):
    round_ = make_round()
    (code,) = make_codes(round_)
    BudgetPlan.objects.filter(number=2).update(stage=PlanStage.WITHDRAWN, why="De maker verhuist.")
    with pytest.raises(WrongMarks, match="Plan 2") as refusal:
        cast(round_, code, {"1": {"1": 1, "2": 1}}, at=timezone.now())
    assert kinds(refusal) == [GONE]


def test_a_code_of_another_round_is_unknown_here(make_round, make_codes):
    here, there = make_round(), make_round()
    make_codes(here)
    (code,) = make_codes(there)
    with pytest.raises(UnknownCode):
        cast(here, code, {}, at=timezone.now())


@pytest.mark.parametrize("late", [timedelta(days=-2), timedelta(days=7, seconds=1)])
def test_before_and_after_the_days_of_voting_nobody_votes(make_round, make_codes, late):
    round_ = make_round()
    (code,) = make_codes(round_)
    with pytest.raises(Closed):
        cast(round_, code, {}, at=timezone.now() + late)


def test_in_the_moment_of_closing_nobody_votes_any_more_and_in_the_one_before_they_do(make_round, make_codes):
    round_ = make_round()
    (code,) = make_codes(round_)
    until = round_.sheet.vote_until
    with pytest.raises(Closed):
        cast(round_, code, {}, at=until)
    assert cast(round_, code, {}, at=until - timedelta(microseconds=1))


def test_who_read_the_round_before_it_was_closed_does_not_vote_either(make_round, make_codes):
    round_ = make_round()
    (code,) = make_codes(round_)
    type(round_).objects.filter(pk=round_.pk).update(stage=RoundStage.CLOSED, closed_at=timezone.now())
    with pytest.raises(Closed):
        cast(round_, code, {}, at=timezone.now())


def test_a_paper_ballot_of_who_voted_on_the_site_is_refused(make_round, make_codes):
    round_ = make_round()
    (code,) = make_codes(round_)
    cast(round_, code, {"1": {"1": 1}}, at=timezone.now())
    with pytest.raises(AlreadyVoted):
        cast(round_, code, {"1": {"2": 1}}, channel=Channel.PAPER, at=timezone.now())
    assert Ballot.objects.get().marks == {"1": {"1": 1}}


def test_paper_is_typed_after_closing_until_its_last_day(make_round, make_codes):
    round_ = make_round()
    one, two = make_codes(round_, 2)
    cast(round_, one, {}, channel=Channel.PAPER, at=round_.sheet.vote_until + timedelta(days=1))
    with pytest.raises(Closed):
        cast(round_, two, {}, channel=Channel.PAPER, at=round_.sheet.vote_until + timedelta(days=5))
    assert CastDay.objects.get().channel == Channel.PAPER


def test_a_channel_stands_on_a_ballot_only_where_the_rule_weighs_them(make_round, make_codes):
    plain = make_round()
    weighing = make_round(rule={"version": 1, "weights": [["meeting", "2"]]})
    for round_ in (plain, weighing):
        (code,) = make_codes(round_, channel=Channel.MEETING)
        cast(round_, code, {}, at=timezone.now())
    assert [Ballot.objects.get(round=round_).channel for round_ in (plain, weighing)] == ["", "meeting"]


def test_in_two_budgets_people_mark_that_of_where_they_live_and_that_of_the_city(make_round, make_codes, areas):
    elsewhere = next(area for code, area in areas.items() if code.startswith("BU") and code != "BU03440241")
    round_ = with_the_city(make_round, areas, elsewhere)
    (code,) = make_codes(round_)
    cast(round_, code, {"1": {"1": 1}, "2": {"3": 1}}, at=timezone.now())
    assert Ballot.objects.get().marks == {"1": {"1": 1}, "2": {"3": 1}}
    with pytest.raises(WrongMarks) as refusal:
        cast(round_, code, {"1": {"3": 1}}, at=timezone.now())
    assert kinds(refusal) == [UNKNOWN]


def test_the_same_number_of_queries_with_three_and_with_thirty_plans(make_round, make_codes, django_assert_num_queries):
    for costs in (("100",) * 3, ("100",) * 30):
        round_ = make_round(costs=costs)
        (code,) = make_codes(round_)
        with django_assert_num_queries(7):  # with the savepoint, and the budgets that a process reads once
            cast(round_, code, {"1": {"1": 1}}, at=timezone.now())


def test_a_line_that_voted_has_a_receipt_and_one_without_a_vote_has_none(make_round, make_codes):
    make_codes(make_round())
    with pytest.raises(IntegrityError), transaction.atomic():
        Register.objects.update(used=True)


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_with_one_code_are_one_ballot(make_round, make_codes):
    round_ = make_round(costs=("100",) * 5)
    (code,) = make_codes(round_)
    answers, gate = [], threading.Barrier(50)

    def vote(number):
        gate.wait()
        try:
            answers.append(cast(round_, code, {"1": {str(number % 5 + 1): 1}}, at=timezone.now()))
        finally:
            connection.close()

    threads = [threading.Thread(target=vote, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 50
    assert len(set(answers)) == 1
    assert Ballot.objects.count() == Register.objects.filter(used=True).count() == 1
    assert CastDay.objects.get().number == 1
