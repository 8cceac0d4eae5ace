"""Small plans in one go, that a decision stays as it was taken, and the new one after an objection."""

# ruff: noqa: F811 (a fixture is named like what it is)

from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.fund.actions.deciding import NoMandate, NotDecidable, WrongAmount, decide, decide_small, replace
from buurtdraad.fund.actions.interests import NotFree, declare
from buurtdraad.fund.models import Application, Decision, Proposal
from buurtdraad.fund.states import Ground, Interest, Outcome, Stage
from buurtdraad.fund.tests.decisions import WORDS, days_ago, decided, in_english, linda, pot, proposed  # noqa: F401
from buurtdraad.messages.tests.conftest import member_of_staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


# --- small plans ----------------------------------------------------------------------------------------


def test_the_adviser_decides_on_a_small_plan_in_one_go(make_application, declared, joris, pot):
    made = make_application(stage=Stage.SUBMITTED, costs=("650",), small=True, pot=pot)
    with pytest.raises(NotFree):
        decide_small(made, outcome=Outcome.GRANTED, amount=Decimal(650), words=WORDS, by=joris, at=timezone.now())
    declared(made, joris)
    decision = decide_small(made, outcome=Outcome.GRANTED, amount=Decimal(650), words=WORDS, by=joris, at=timezone.now())
    made.refresh_from_db()
    assert (made.stage, made.complete_on, decision.mandate) == (Stage.GRANTED, made.received_on, "area_adviser")
    assert decision.commitment.amount == 650


def test_an_adviser_of_another_area_or_on_a_larger_plan_decides_nothing(make_application, declared, joris, samira, pot):
    small, large = (make_application(stage=Stage.SUBMITTED, costs=("650",), small=small, pot=pot) for small in (True, False))
    declared(small, samira)
    declared(large, joris)
    for one, person, refusal in ((small, samira, NoMandate), (large, joris, NotDecidable)):
        with pytest.raises(refusal):
            decide_small(one, outcome=Outcome.GRANTED, amount=Decimal(650), words=WORDS, by=person, at=timezone.now())
    assert set(Application.objects.values_list("stage", flat=True)) == {Stage.SUBMITTED}


# --- a decision stays -----------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [{"amount": 1}, {"words": "Anders"}, {"outcome": "refused"}, {"taken_by": None}, {"known_on": None}])
def test_a_decision_never_changes(decided, change):
    made = decided()
    with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
        Decision.objects.filter(pk=made.pk).update(**change)


def test_the_day_on_which_it_was_made_known_is_written_once(decided):
    made = decided()
    Decision.objects.filter(pk=made.pk).update(known_on=days_ago(0))
    for day in (days_ago(1), None):
        with pytest.raises(ProgrammingError, match="stays as it was taken"), transaction.atomic():
            Decision.objects.filter(pk=made.pk).update(known_on=day)


def test_a_decision_is_not_deleted(decided):
    made = decided()
    made.letter.delete()
    with pytest.raises(ProgrammingError, match="stays as it was taken"), transaction.atomic():
        Decision.objects.filter(pk=made.pk).delete()


# --- after an objection ---------------------------------------------------------------------------------


def replacing(decision, by, amount="5000", outcome=Outcome.GRANTED, **more):
    facts = {"words": "U had gelijk.", "by": by, "at": timezone.now()} | more
    return replace(decision, outcome=outcome, amount=Decimal(amount), **facts)


def test_a_refusal_that_was_wrong_is_replaced_by_a_grant_of_somebody_else(decided, bas, linda):
    before = decided(outcome=Outcome.REFUSED, amount=0, ground=Ground.NOT_PAID)
    with pytest.raises(NoMandate, match="first decision"):
        replacing(before, bas)
    made = replacing(before, linda)
    before.refresh_from_db()
    assert (made.replaces, before.replaced_by, made.application.stage) == (before, made, Stage.GRANTED)
    assert made.commitment.amount == 5000
    made.application.refresh_from_db()
    assert made.application.ended_at is None


def test_what_is_granted_more_is_committed_beside_the_first_money(decided, linda):
    before = decided(outcome=Outcome.PARTLY, amount=3000, ground=Ground.NOT_PAID)
    made = replacing(before, linda)
    before.refresh_from_db()
    assert (before.commitment.amount, made.commitment.amount, made.amount) == (3000, 2000, 5000)


def test_above_the_amount_of_four_eyes_somebody_else_prepares_the_new_decision(proposed, decided, bas, linda, priya, pot):  # noqa: PLR0917
    before = decided(costs=("12000",), outcome=Outcome.PARTLY, amount=3000, ground=Ground.NOT_PAID)
    assert before is None
    before = decide(Application.objects.get(), by=linda, at=timezone.now())
    third = member_of_staff("Ria Smit", "ria.smit@utrecht.example", None, Duty.FUND_DECIDER)
    declare(before.application, third, Interest.NONE, by=third, at=timezone.now())
    for nobody in (None, third.uuid):
        with pytest.raises(NoMandate, match="Somebody else must prepare"):
            replacing(before, third, "12000", prepared_by=nobody)
    assert replacing(before, third, "12000", prepared_by=priya.uuid).prepared_by == priya.uuid


def test_nobody_gets_less_because_they_object(decided, linda):
    before = decided(outcome=Outcome.PARTLY, amount=3000, ground=Ground.NOT_PAID)
    with pytest.raises(WrongAmount, match="less"):
        replacing(before, linda, "2999", Outcome.PARTLY, ground=Ground.NOT_PAID)


def test_with_the_same_amount_and_other_words_the_money_stays_where_it_is(decided, linda):
    before = decided(outcome=Outcome.PARTLY, amount=3000, ground=Ground.NOT_PAID)
    made = replacing(before, linda, "3000", Outcome.PARTLY, ground=Ground.TOO_HIGH)
    assert made.commitment == before.commitment


def test_a_decision_is_replaced_once(decided, linda):
    before = decided(outcome=Outcome.PARTLY, amount=3000, ground=Ground.NOT_PAID)
    replacing(before, linda)
    with pytest.raises(IntegrityError), transaction.atomic():
        replacing(before, linda)


# --- what may never be stored ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "facts",
    [
        {"outcome": "granted", "amount": 0},
        {"outcome": "refused", "amount": 5, "ground": "too_high"},
        {"outcome": "partly", "amount": 5, "ground": ""},
        {"outcome": "granted", "amount": 5, "words": ""},
    ],
)
def test_a_proposal_that_contradicts_itself_is_not_stored(make_application, priya, facts):
    made = make_application()
    whole = {"words": WORDS, "made_by": priya.uuid, "made_at": timezone.now()} | facts
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(application=made, **whole)


@pytest.mark.parametrize(
    "facts",
    [
        {"outcome": "granted", "amount": 6},
        {"outcome": "granted", "amount": 5},
        {"outcome": "granted", "amount": 0},
        {"outcome": "refused", "amount": 5},
        {"outcome": "refused", "amount": 0, "with_whom": "taker"},
    ],
)
def test_a_decision_that_contradicts_itself_is_not_stored(make_application, bas, facts):
    whole = {"asked": 5, "words": WORDS, "taken_by": bas.uuid, "mandate": "fund_decider", "taken_at": timezone.now()} | facts
    if "with_whom" in whole:
        whole["with_whom"] = bas.uuid
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(application=make_application(), **whole)


def test_an_application_has_one_first_decision(decided, bas):
    made = decided(outcome=Outcome.REFUSED, amount=0, ground=Ground.NOT_PAID)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            application=made.application, outcome="refused", asked=5, words=WORDS, taken_by=bas.uuid, mandate="x", taken_at=timezone.now()
        )
