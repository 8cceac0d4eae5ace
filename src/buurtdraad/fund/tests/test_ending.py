"""Ending it before it is done, and closing what is finished."""

# ruff: noqa: F811 (a fixture is named like what it is, and a test takes what it needs)
import datetime

import pytest
from django.utils import timezone

from buurtdraad.fund.actions import after_due, recovering, sending
from buurtdraad.fund.actions.deciding import HearFirst, NoMandate
from buurtdraad.fund.actions.ending import TooLate, WasPaid, finish, revoke, withdraw
from buurtdraad.fund.actions.paying import NotPayable, owe_grant
from buurtdraad.fund.models import Application, Recovery
from buurtdraad.fund.queries.paying import sums_of
from buurtdraad.fund.states import MOVES, SentBy, Stage
from buurtdraad.fund.tests.decisions import in_english, linda  # noqa: F401
from buurtdraad.fund.tests.granted import big_pot, decide_on, granted, heard, paid, reported  # noqa: F401
from buurtdraad.initiatives.states import Stage as PlanStage
from buurtdraad.lib.stages import WrongStage
from buurtdraad.money.models import Payment
from buurtdraad.money.queries.ledger import differences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def later(days):
    return timezone.now() + datetime.timedelta(days=days)


@pytest.mark.parametrize("stage", [stage for stage in Stage if Stage.WITHDRAWN in MOVES[stage] and stage != Stage.DRAFT])
def test_who_asked_takes_it_back_in_every_step_that_lets_them(make_application, stage):
    application = make_application(stage=stage)
    withdraw(application, by=None, at=timezone.now())
    assert (application.stage, application.ended_at is not None) == (Stage.WITHDRAWN, True)


@pytest.mark.parametrize("stage", [stage for stage in Stage if Stage.WITHDRAWN not in MOVES[stage] or stage == Stage.DRAFT])
def test_in_other_steps_nothing_is_taken_back(make_application, stage):
    with pytest.raises(WrongStage):
        withdraw(make_application(stage=stage), by=None, at=timezone.now())


def test_a_grant_that_is_taken_back_is_never_paid_and_its_money_is_free(granted, big_pot, priya):
    decision = granted()
    withdraw(decision.application, by=None, at=timezone.now())
    big_pot.refresh_from_db()
    assert (big_pot.committed, Payment.objects.get().stage) == (0, "cancelled")
    with pytest.raises(NotPayable):
        owe_grant(decision, by=priya, at=timezone.now())
    assert not differences()


def test_after_it_was_paid_nobody_takes_it_back_with_a_button(granted, paid):
    application = granted().application
    paid(application)
    with pytest.raises(WasPaid):
        withdraw(application, by=None, at=timezone.now())
    application.refresh_from_db()
    assert application.stage == Stage.GRANTED


def test_a_plan_that_waited_for_the_decision_is_a_plan_again(make_application):
    application = make_application()
    type(application.initiative).objects.update(stage=PlanStage.DECISION)
    withdraw(application, by=None, at=timezone.now())
    application.initiative.refresh_from_db()
    assert application.initiative.stage == PlanStage.PLAN


def test_money_is_taken_back_after_a_hearing_and_what_was_paid_comes_back(granted, paid, big_pot, priya, bas):
    application = granted().application
    paid(application)
    with pytest.raises(HearFirst):
        revoke(application, words="Het ging niet door", by=bas, at=timezone.now())
    heard(application, priya)
    letter = revoke(application, words="Het ging niet door", by=bas, at=timezone.now())
    assert (application.stage, letter.about) == (Stage.REVOKED, "revoked")
    recovery = Recovery.objects.get()
    recovering.receive(recovery, recovery.amount, on=timezone.localdate(), by=priya, at=timezone.now())
    big_pot.refresh_from_db()
    assert (big_pot.committed, big_pot.paid) == (0, 0)
    sending.send(letter, sent_by=SentBy.POST, on=timezone.localdate(), by=priya, at=timezone.now())
    assert "4:48" in str(letter.facts)
    assert not differences()


def test_who_asks_for_it_themselves_is_not_heard_first(granted, bas):
    application = granted().application
    revoke(application, words="Zij vroegen het", on_request=True, by=bas, at=timezone.now())
    assert application.stage == Stage.REVOKED
    assert sums_of(application).promised == 0


def test_who_only_handles_takes_no_money_back(granted, priya):
    with pytest.raises(NoMandate):
        revoke(granted().application, words="x", on_request=True, by=priya, at=timezone.now())


def test_five_years_after_the_final_amount_it_is_too_late(granted, bas):
    application = granted(costs=("5000",)).application
    with pytest.raises(TooLate):
        revoke(application, words="x", on_request=True, by=bas, at=later(5 * 366))


def test_a_grant_that_was_final_at_once_is_closed_when_all_is_over(granted, paid):
    application = granted(costs=("5000",)).application
    assert after_due.see_to_days(at=later(91)) == 0
    paid(application)
    with pytest.raises(WrongStage):
        finish(application, at=later(89))
    assert after_due.see_to_days(at=later(91)) == 1
    application.refresh_from_db()
    assert application.stage == Stage.CLOSED
    assert Application.objects.get().ended_at
