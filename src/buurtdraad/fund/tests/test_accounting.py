"""Showing what was done: by band, by the clock, and looked at by who handles it; and asking to do it otherwise."""

# ruff: noqa: F811 (a fixture is named like what it is, and a test takes what it needs)
import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from buurtdraad.fund.actions import accounting, after_due, changing
from buurtdraad.fund.actions.accounting import Line, NotDone
from buurtdraad.fund.actions.changing import NoChange
from buurtdraad.fund.actions.interests import NotFree
from buurtdraad.fund.models import Account, Application, ChangeAsked, Receipt, Spent
from buurtdraad.fund.queries.accounting import what_misses
from buurtdraad.fund.rules import rolled
from buurtdraad.fund.states import Stage
from buurtdraad.fund.tests.decisions import in_english, linda  # noqa: F401
from buurtdraad.fund.tests.granted import big_pot, decide_on, granted, reported  # noqa: F401
from buurtdraad.lib.stages import WrongStage
from buurtdraad.messages.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
ANSWERS = {"done": "We plantten bomen", "people": 40, "learned": "Meer water geven"}


def later(days):
    return timezone.now() + datetime.timedelta(days=days)


def test_a_grant_that_is_final_at_once_asks_nothing_afterwards(granted):
    granted(costs=("5000",))
    assert not Account.objects.exists()


def test_a_larger_grant_says_by_when_to_show_what_was_done(granted):
    decision = granted()
    assert decision.application.account.due_on == rolled(decision.application.ends_on + datetime.timedelta(weeks=13))


def test_after_the_last_day_the_clock_asks_and_reminds_once(granted):
    application = granted().application
    assert after_due.see_to_days(at=later(89)) == 0
    assert after_due.see_to_days(at=later(91)) == 1
    application.refresh_from_db()
    assert application.stage == Stage.REPORT_DUE
    told = Message.objects.filter(thing=application.thing).count()
    assert after_due.see_to_days(at=later(92)) == 0
    soon = (application.account.due_on - timezone.localdate()).days - 10
    assert after_due.see_to_days(at=later(soon)) == 1
    assert after_due.see_to_days(at=later(soon + 1)) == 0
    assert Message.objects.filter(thing=application.thing).count() == told + 1


def test_it_can_be_shown_before_we_ask(granted):
    application = granted().application
    accounting.write(application.account, **ANSWERS, by=None, at=timezone.now())
    accounting.give(application.account, by=None, at=timezone.now())
    application.refresh_from_db()
    assert application.stage == Stage.REPORTED


def test_without_the_three_answers_it_is_not_sent(granted):
    account = granted().application.account
    with pytest.raises(NotDone):
        accounting.give(account, by=None, at=timezone.now())
    assert len(what_misses(account)) == 3


def test_a_full_report_needs_its_costs_and_receipts(granted):
    account = granted(costs=("30000",)).application.account
    accounting.write(account, **ANSWERS, by=None, at=timezone.now())
    assert len(what_misses(account)) == 2
    lines = [Line("Planten", Decimal(30000), Decimal(28000)), Line("Bank", Decimal(0), Decimal("19.99"))]
    accounting.write(account, **ANSWERS, lines=lines, by=None, at=timezone.now())
    assert account.spent == Decimal("28019.99")
    Receipt.objects.create(account=account, key="d" * 32, name="bon.pdf", kind="pdf", bytes=1, given_at=timezone.now())
    accounting.give(account, by=None, at=timezone.now())
    assert account.given_at


def test_after_it_was_sent_nothing_is_written_any_more(reported):
    with pytest.raises(WrongStage):
        accounting.write(reported().account, **ANSWERS, by=None, at=timezone.now())


def test_what_misses_goes_back_with_at_least_two_weeks(reported, priya):
    account = reported().account
    Account.objects.filter(pk=account.pk).update(due_on=timezone.localdate())
    account.refresh_from_db()
    accounting.give_back(account, "Waar is de bon van de bank?", by=priya, at=timezone.now())
    assert account.due_on >= timezone.localdate() + datetime.timedelta(days=14)
    account.application.refresh_from_db()
    assert (account.given_at, account.application.stage) == (None, Stage.REPORT_DUE)
    assert "bon van de bank" in Message.objects.filter(thing=account.application.thing).latest("pk").body


def test_who_has_an_interest_does_not_look_at_it(reported, samira):
    with pytest.raises(NotFree):
        accounting.look(reported().account, by=samira, at=timezone.now())


def test_a_line_below_zero_is_not_kept(reported):
    with pytest.raises(IntegrityError), transaction.atomic():
        Spent.objects.create(account=reported().account, label="Bank", amount=-1)


# --- otherwise than was agreed -----------------------------------------------------------------------------


def test_an_agreed_change_moves_the_days_and_the_last_day_to_show_it(granted, priya):
    application = granted().application
    day = application.ends_on + datetime.timedelta(days=30)
    change = changing.ask(application, words="Het regende", ends_on=day, by=None, at=timezone.now())
    before = application.account.due_on
    changing.answer(change, agreed=True, answer="Goed", by=priya, at=timezone.now())
    application = Application.objects.get(pk=application.pk)
    assert application.ends_on == day
    assert application.account.due_on >= before + datetime.timedelta(days=28)


def test_a_refused_change_changes_nothing(granted, priya):
    application = granted().application
    change = changing.ask(application, words="Liever in Spanje", ends_on=application.ends_on, by=None, at=timezone.now())
    changing.answer(change, agreed=False, answer="Nee", by=priya, at=timezone.now())
    assert Application.objects.get(pk=application.pk).ends_on == application.ends_on
    with pytest.raises(NoChange):
        changing.answer(change, agreed=True, answer="Toch", by=priya, at=timezone.now())


def test_one_change_is_asked_at_a_time(granted):
    application = granted().application
    changing.ask(application, words="Het regende", by=None, at=timezone.now())
    with pytest.raises(NoChange):
        changing.ask(application, words="Nog iets", by=None, at=timezone.now())


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.ASSESSING, Stage.REPORTED, Stage.CLOSED, Stage.REVOKED])
def test_in_other_steps_no_change_is_asked(granted, stage):
    application = granted().application
    Application.objects.filter(pk=application.pk).update(stage=stage)
    with pytest.raises(NoChange):
        changing.ask(application, words="Het regende", by=None, at=timezone.now())


def test_an_answer_without_yes_or_no_is_not_kept(granted):
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeAsked.objects.create(application=granted().application, words="x", asked_at=timezone.now(), answered_at=timezone.now())
