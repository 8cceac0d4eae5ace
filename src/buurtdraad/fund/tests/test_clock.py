"""The term of an application, kept with it and counted from what happened."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from buurtdraad.audit.models import Event
from buurtdraad.fund.actions import clock as actions
from buurtdraad.fund.models import ClockEvent, DefaultNotice, PenaltyRate, SchemeRules
from buurtdraad.fund.queries import clock
from buurtdraad.fund.states import ClockEventKind, ClockStart, Stage


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.fixture
def made(make_application):
    """Complete on Friday 20 March 2026: four weeks from then."""
    application = make_application(on=day("2026-03-20"))
    actions.wind(application)
    return application


def test_the_last_day_is_kept_with_the_application(made, priya):
    made.refresh_from_db()
    assert made.decide_by == day("2026-04-17")
    actions.happened(made, ClockEventKind.ASKED, on=day("2026-03-30"), by=priya, at=timezone.now())
    actions.happened(made, ClockEventKind.ANSWERED, on=day("2026-04-02"), by=None, at=timezone.now())
    made.refresh_from_db()
    assert made.decide_by == day("2026-04-20") == clock.decide_by(made)
    assert clock.days_left(made, day("2026-04-11")) == 9
    assert clock.days_left(made, day("2026-04-21")) == -1


def test_a_small_plan_hears_from_us_within_a_week_and_that_promise_is_no_term_of_the_law(make_application, priya):
    application = make_application(stage=Stage.SUBMITTED, small=True, on=day("2026-03-20"))
    actions.wind(application)
    application.refresh_from_db()
    assert application.decide_by == day("2026-03-27") == clock.answer_by(application)
    assert clock.decide_by(application) is None
    assert clock.days_left(application, day("2026-03-24")) == 3
    actions.happened(application, ClockEventKind.ASKED, on=day("2026-03-23"), by=priya, at=timezone.now())
    actions.happened(application, ClockEventKind.ANSWERED, on=day("2026-03-25"), by=None, at=timezone.now())
    application.refresh_from_db()
    assert application.decide_by == day("2026-03-30")  # two days later is a Sunday


@pytest.mark.parametrize(
    ("start", "facts", "by"),
    [
        (ClockStart.RECEIPT, {"received_on": day("2026-03-02")}, "2026-03-30"),
        (ClockStart.COMPLETE, {"complete_on": None}, None),
        (ClockStart.ROUND, {"round_on": day("2026-04-01")}, "2026-04-29"),
    ],
)
def test_the_term_runs_from_what_the_scheme_says(made, start, facts, by):
    SchemeRules.objects.update(clock_start=start)
    made.rules.refresh_from_db()
    for name, value in facts.items():
        setattr(made, name, value)
    assert clock.decide_by(made) == (day(by) if by else None)


def test_of_what_is_decided_no_days_are_left(make_application):
    granted = make_application(stage=Stage.GRANTED, on=day("2026-03-20"))
    assert clock.days_left(granted, day("2026-03-21")) is None


def test_more_time_is_taken_once_and_in_time(made, priya):
    assert actions.extend(made, why="Advies volgt", by=priya, at=timezone.now(), on=day("2026-04-10")) == day("2026-05-18")
    with pytest.raises(actions.NoMoreTime):
        actions.extend(made, why="Nog eens", by=priya, at=timezone.now(), on=day("2026-04-11"))
    assert Event.objects.filter(verb="application.extended").count() == 1


def test_after_the_last_day_no_time_is_taken(made, priya):
    for act in (actions.extend, lambda *args, **facts: actions.agree(*args, days=7, **facts)):
        with pytest.raises(actions.NoMoreTime):
            act(made, why="Te laat", by=priya, at=timezone.now(), on=day("2026-04-18"))


def test_a_scheme_without_extension_gives_none(made, priya):
    SchemeRules.objects.update(extension_weeks=0)
    with pytest.raises(actions.NoMoreTime):
        actions.extend(made, why="Meer tijd", by=priya, at=timezone.now(), on=day("2026-04-01"))


def test_who_asked_can_agree_to_more_days(made, priya):
    assert actions.agree(made, days=14, why="Per brief", by=priya, at=timezone.now(), on=day("2026-04-01")) == day("2026-05-01")


def test_the_database_extends_once(made):
    facts = {"application": made, "kind": ClockEventKind.EXTENDED, "on": day("2026-04-01"), "days": 28, "at": timezone.now()}
    ClockEvent.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClockEvent.objects.create(**facts)


def test_the_penalty_runs_until_the_day_before_the_decision_is_known(made, priya):
    PenaltyRate.objects.create(from_on=day("2019-01-01"), first=23, second=35, third=45, source="Stcrt.")
    assert clock.penalty_so_far(made, day("2026-08-01")) == 0
    DefaultNotice.objects.create(application=made, received_on=day("2026-04-20"), noted_by=priya.uuid, noted_at=timezone.now())
    made.refresh_from_db()
    assert clock.penalty_so_far(made, day("2026-05-04")) == 0
    assert clock.penalty_so_far(made, day("2026-05-05")) == 23
    assert clock.penalty_so_far(made, day("2026-08-01"), known_on=day("2026-05-05")) == 0
    assert clock.penalty_so_far(made, day("2026-08-01")) == 1442
