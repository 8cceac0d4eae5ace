"""A result is laid before who decides by one person and adopted by another; where it departs from the vote it says why."""

# ruff: noqa: F811 (a fixture is named like what it is)
import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError

from buurtdraad.audit.models import Event
from buurtdraad.budgets import access
from buurtdraad.budgets.actions.adopting import NotCounted, SecondPerson, WrongResult, adopt, give_back, propose
from buurtdraad.budgets.actions.closing import close
from buurtdraad.budgets.actions.counted import count as count_votes
from buurtdraad.budgets.models import Adoption, Counted, Winner
from buurtdraad.budgets.queries.explaining import story_of
from buurtdraad.budgets.states import PlanStage, RoundStage
from buurtdraad.budgets.tests.after import adopted, count, counted, facts, made_by, now, plan_of, today  # noqa: F401
from buurtdraad.budgets.tests.votes import cast_all, over
from buurtdraad.lib.stages import WrongStage
from buurtdraad.messages.models import Message

pytestmark = pytest.mark.django_db


def amounts(round_):
    return {one.plan.number: one.amount for one in Winner.objects.filter(plan__round=round_).select_related("plan")}


# --- two people ----------------------------------------------------------------------------------------


def test_the_plans_that_won_get_their_money_when_a_second_person_adopts(adopted, bas):
    round_ = adopted()
    assert round_.stage == RoundStage.ADOPTED
    assert amounts(round_) == {1: Decimal(3000), 2: Decimal(5000)}
    assert round_.adoption.adopted_by == bas.uuid
    assert round_.final_on > today()
    assert Event.objects.filter(thing=round_.thing, verb="budget_round.result_adopted").count() == 1


def test_who_wrote_the_result_does_not_adopt_it(counted, noor):
    round_ = counted()
    propose(round_, facts(), by=noor, at=now())
    with pytest.raises(SecondPerson):
        adopt(round_, by=noor, at=now())
    assert amounts(round_) == {}


def test_the_database_refuses_one_person_for_both(counted, noor):
    round_ = counted()
    propose(round_, facts(), by=noor, at=now())
    with pytest.raises(IntegrityError):
        Adoption.objects.filter(round=round_).update(adopted_by=noor.uuid, adopted_at=now())


def test_the_database_refuses_a_departure_without_a_reason(counted, noor):
    round_ = counted()
    with pytest.raises(IntegrityError):
        Adoption.objects.create(round=round_, words="Ja", decided_on=today(), without=[1], proposed_by=noor.uuid, proposed_at=now())


def test_the_database_refuses_a_result_that_was_given_back_and_adopted(counted, noor, bas):
    round_ = counted()
    propose(round_, facts(), by=noor, at=now())
    with pytest.raises(IntegrityError):
        Adoption.objects.filter(round=round_).update(adopted_by=bas.uuid, adopted_at=now(), back="Nee")


def test_a_maker_of_a_plan_neither_proposes_nor_adopts(counted, noor, bas):
    round_ = counted()
    made_by(plan_of(round_, 3), bas)
    assert not access.may_lay_before(bas, round_)
    with pytest.raises(SecondPerson):
        propose(round_, facts(), by=bas, at=now())
    propose(round_, facts(), by=noor, at=now())
    with pytest.raises(SecondPerson):
        adopt(round_, by=bas, at=now())


def test_adopting_twice_pays_once(adopted, bas):
    round_ = adopted()
    with pytest.raises(WrongStage):
        adopt(round_, by=bas, at=now())
    round_.pot.refresh_from_db()
    assert round_.pot.committed == Decimal(8000)


def test_a_result_that_came_back_is_written_anew_and_its_writer_hears_why(counted, noor, bas):
    round_ = counted()
    propose(round_, facts(), by=noor, at=now())
    give_back(round_, why="Het college kiest pas dinsdag.", by=bas, at=now())
    assert Message.objects.get(contact__person=noor).body == "Het college kiest pas dinsdag."
    with pytest.raises(WrongStage):
        adopt(round_, by=bas, at=now())
    propose(round_, facts(words="Anders"), by=noor, at=now())
    assert Adoption.objects.get(round=round_).words == "Anders"
    adopt(round_, by=bas, at=now())
    assert round_.stage == RoundStage.ADOPTED


def test_a_result_that_waits_is_not_written_over(counted, noor, bas):
    round_ = counted()
    propose(round_, facts(), by=noor, at=now())
    with pytest.raises(WrongStage):
        propose(round_, facts(words="Anders"), by=bas, at=now())


# --- not before its time -------------------------------------------------------------------------------


def test_votes_that_nobody_counted_make_no_result(make_round, noor):
    round_ = make_round(stage=RoundStage.CLOSED)
    with pytest.raises(NotCounted):
        propose(round_, facts(), by=noor, at=now())


def test_a_count_that_no_second_program_made_is_no_result(counted, noor):
    with pytest.raises(NotCounted):
        propose(counted(verified=False), facts(), by=noor, at=now())


@pytest.mark.parametrize("stage", [one for one in RoundStage if one != RoundStage.CLOSED])
def test_only_a_round_that_closed_has_a_result(make_round, noor, stage):
    round_ = make_round(stage=stage)
    with pytest.raises(WrongStage):
        propose(round_, facts(), by=noor, at=now())


def test_a_day_to_come_is_no_day_of_decision(counted, noor, bas):
    round_ = counted()
    propose(round_, facts(decided_on=today() + datetime.timedelta(days=1)), by=noor, at=now())
    with pytest.raises(WrongResult):
        adopt(round_, by=bas, at=now())


# --- departing from the vote ---------------------------------------------------------------------------


def test_who_decides_may_leave_a_plan_out_and_take_another_with_the_reason(adopted):
    round_ = adopted(result={"without": [2], "also": [3], "departs": "De grond is vervuild."})
    assert amounts(round_) == {1: Decimal(3000), 3: Decimal(4000)}
    assert round_.adoption.departs == "De grond is vervuild."


@pytest.mark.parametrize(
    "more",
    [
        {"without": [2]},
        {"also": [3]},
        {"without": [3], "departs": "Omdat"},
        {"also": [1], "departs": "Omdat"},
        {"also": [9], "departs": "Omdat"},
    ],
    ids=["no reason to leave out", "no reason to add", "left out what did not win", "added what won", "added what is no plan"],
)
def test_a_departure_that_cannot_be_is_refused(counted, noor, more):
    with pytest.raises(WrongResult):
        propose(counted(), facts(**more), by=noor, at=now())


def test_the_plans_together_stay_within_the_budget(counted, noor):
    with pytest.raises(WrongResult, match=r"geld|money"):
        propose(counted(), facts(also=[3], departs="Omdat"), by=noor, at=now())


def test_a_plan_that_was_taken_back_cannot_be_added(counted, noor):
    round_ = counted(1)
    round_.plans.filter(number=3).update(stage=PlanStage.WITHDRAWN, why="Wij verhuizen.")
    with pytest.raises(WrongResult):
        propose(round_, facts(also=[3], departs="Omdat"), by=noor, at=now())


# --- who hears it --------------------------------------------------------------------------------------


def test_makers_hear_whether_their_plan_was_chosen_and_why_not(adopted, kees, samira):
    def with_makers(round_):
        made_by(plan_of(round_, 1), kees)
        made_by(plan_of(round_, 3), samira)

    adopted(before=with_makers)
    won, lost = Message.objects.get(contact__person=kees), Message.objects.get(contact__person=samira)
    assert "Plan 1" in won.subject
    assert "3.000" in won.body
    assert won.link.endswith("/plannen-nu/")
    assert "Plan 3" in lost.subject
    assert lost.link.endswith("/uitslag/")


def test_who_lost_reads_in_the_mail_what_the_count_says_of_their_plan(make_round, samira, noor, bas):
    round_ = make_round(**over())
    cast_all(round_, [(8, (1, 2)), (4, (3,))])
    made_by(plan_of(round_, 3), samira)
    close(round_, at=now())
    count_votes(round_, at=now())
    Counted.objects.filter(part__round=round_).update(verified_at=now())
    told = next(one for one in story_of(round_.parts.get().counted).others if one.number == 3)
    propose(round_, facts(), by=noor, at=now())
    adopt(round_, by=bas, at=now())
    body = Message.objects.get(contact__person=samira).body
    assert told.lines
    assert all(line in body for line in told.lines)


def test_the_maker_of_a_plan_that_was_left_out_reads_the_reason(adopted, kees):
    adopted(before=lambda round_: made_by(plan_of(round_, 1), kees), result={"without": [1], "departs": "De grond is vervuild."})
    assert "De grond is vervuild." in Message.objects.get(contact__person=kees).body
