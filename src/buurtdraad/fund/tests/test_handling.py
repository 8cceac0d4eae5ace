"""Taking an application, declaring an interest, completing, asking, hearing, advice, costs and lateness."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from buurtdraad.audit.models import Event
from buurtdraad.fund import access
from buurtdraad.fund.actions import advice, due, handling, hearing, interests, lateness, lines, questions
from buurtdraad.fund.actions.clock import NoMoreTime
from buurtdraad.fund.actions.interests import NotFree, SaidBefore
from buurtdraad.fund.models import (
    Advice,
    DefaultNotice,
    InterestDeclaration,
    PenaltyRate,
    Question,
)
from buurtdraad.fund.queries.lateness import exposure_of, say_by
from buurtdraad.fund.queries.left import left_now
from buurtdraad.fund.states import ClockEventKind, Interest, Stage
from buurtdraad.lib.stages import WrongStage
from buurtdraad.messages.models import Message

DAY = datetime.timedelta(days=1)
NOW = timezone.now()
TODAY = timezone.localdate(NOW)


@pytest.fixture
def checking(make_application, declared, priya):
    """An application that came in ten days ago and is checked; Priya has nothing to do with it."""
    made = make_application(stage=Stage.CHECKING, on=TODAY - 10 * DAY)
    declared(made, priya)
    return made


@pytest.fixture
def assessing(make_application, declared, priya):
    made = make_application(stage=Stage.ASSESSING, on=TODAY - 10 * DAY)
    declared(made, priya)
    return made


def ask(application, by, days=14, at=NOW):
    return questions.ask(application, text="Wilt u zeggen wie de bank plaatst?", answer_by=TODAY + days * DAY, by=by, at=at)


def verbs(application):
    return list(Event.objects.filter(thing=application.thing).order_by("id").values_list("verb", flat=True))


# --- taking and interests --------------------------------------------------------------------------------


def test_who_takes_a_new_one_handles_it_and_looks_whether_all_is_there(make_application, declared, priya):
    made = make_application(stage=Stage.SUBMITTED)
    declared(made, priya)
    handling.take(made, by=priya, at=NOW)
    made.refresh_from_db()
    assert (made.handler, made.stage) == (priya.uuid, Stage.CHECKING)
    assert verbs(made) == ["application.taken"]


def test_nobody_works_on_it_before_they_said_that_they_have_nothing_to_do_with_it(make_application, priya):
    made = make_application(stage=Stage.SUBMITTED)
    for deed in (
        lambda: handling.take(made, by=priya, at=NOW),
        lambda: handling.complete(made, on=TODAY, by=priya, at=NOW),
        lambda: ask(made, priya),
        lambda: lines.see(made, {}, by=priya, at=NOW),
        lambda: hearing.ask(made, about="Nee", give_by=TODAY + DAY, by=priya, at=NOW),
        lambda: lateness.extend(made, why="Druk", by=priya, at=NOW),
    ):
        with pytest.raises(NotFree):
            deed()
    made.refresh_from_db()
    assert made.stage == Stage.SUBMITTED


def test_who_asked_for_the_money_never_handles_it(make_application, declared, priya):
    made = make_application(of=priya, stage=Stage.SUBMITTED)
    declared(made, priya)
    with pytest.raises(NotFree):
        handling.take(made, by=priya, at=NOW)


def test_who_has_an_interest_lets_go_and_cannot_take_that_back(checking, priya, bas):
    handling.take(checking, by=priya, at=NOW)
    interests.declare(checking, priya, Interest.YES, "Kees is mijn buurman", by=priya, at=NOW)
    checking.refresh_from_db()
    assert checking.handler is None
    assert not access.may_handle(priya, checking)
    with pytest.raises(SaidBefore):
        interests.declare(checking, priya, Interest.NONE, by=priya, at=NOW)
    handling.give_to(checking, bas, by=bas, at=NOW)
    assert InterestDeclaration.objects.get(person=priya.uuid).substitute == bas.uuid


def test_it_is_given_to_nobody_without_the_duty_or_with_an_interest(checking, priya, bas, joris):
    with pytest.raises(handling.NotNow):
        handling.give_to(checking, joris, by=priya, at=NOW)
    interests.declare(checking, bas, Interest.YES, by=bas, at=NOW)
    with pytest.raises(handling.NotNow):
        handling.give_to(checking, bas, by=priya, at=NOW)


def test_of_two_who_take_it_from_the_same_page_the_second_is_refused(checking, declared, priya, bas):
    declared(checking, bas)
    seen_by_bas = type(checking).objects.get(pk=checking.pk)
    handling.take(checking, by=priya, at=NOW)
    with pytest.raises(handling.NotNow):
        handling.take(seen_by_bas, by=bas, at=NOW)


def test_an_interest_is_told_once_a_person(checking, priya):
    with pytest.raises(IntegrityError), transaction.atomic():
        InterestDeclaration.objects.create(application=checking, person=priya.uuid, says=Interest.YES, at=NOW)


# --- complete, questions and the clock -------------------------------------------------------------------


def test_complete_sets_the_day_of_arrival_and_the_last_day(checking, priya):
    on = TODAY - 3 * DAY
    handling.complete(checking, on=on, by=priya, at=NOW)
    checking.refresh_from_db()
    assert (checking.stage, checking.complete_on) == (Stage.ASSESSING, on)
    assert checking.decide_by >= on + 28 * DAY
    assert Message.objects.filter(thing=checking.thing).count() == 1


@pytest.mark.parametrize("days", [-11, 1])
def test_it_was_not_complete_before_it_came_or_after_today(checking, priya, days):
    with pytest.raises(handling.NotNow):
        handling.complete(checking, on=TODAY + days * DAY, by=priya, at=NOW)


def test_while_a_question_is_open_time_stands_still_and_nothing_is_complete(assessing, priya):
    ask(assessing, priya)
    assessing.refresh_from_db()
    assert assessing.stage == Stage.WAITING
    left = left_now(assessing, TODAY + 5 * DAY)
    assert left
    assert left.still
    assert not left.until
    with pytest.raises(handling.NotNow):
        handling.complete(assessing, on=TODAY, by=priya, at=NOW)


def test_the_answer_lets_time_run_again_where_the_work_was(assessing, checking, priya):
    before = None
    for application, stage in ((assessing, Stage.ASSESSING), (checking, Stage.CHECKING)):
        asked = ask(application, priya, at=NOW - 4 * DAY)
        questions.answer(asked, text="Buurman Ali", by=None, at=NOW)
        application.refresh_from_db()
        assert application.stage == stage
        assert [event.kind for event in application.clock.all()] == [ClockEventKind.ASKED, ClockEventKind.ANSWERED]
        before = before or application.decide_by
    assert before >= TODAY - 10 * DAY + 28 * DAY + 4 * DAY
    with pytest.raises(questions.NoQuestion):
        questions.answer(asked, text="Nog eens", by=None, at=NOW)


def test_one_question_is_open_at_a_time(assessing, priya):
    ask(assessing, priya)
    with pytest.raises(questions.NoQuestion):
        ask(assessing, priya)
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.create(application=assessing, text="x", asked_by=priya.uuid, asked_at=NOW, answer_by=TODAY)


def test_a_question_needs_a_day_to_come(assessing, priya):
    with pytest.raises(questions.NoQuestion):
        ask(assessing, priya, days=0)


def test_without_an_answer_time_runs_again_and_it_can_be_left_alone_within_four_weeks(checking, priya):
    handling.take(checking, by=priya, at=NOW)
    asked = ask(checking, priya, days=5)
    assert due.see_to_days(at=NOW + 2 * DAY) == 0
    assert due.see_to_days(at=NOW + 4 * DAY) == 1  # the reminder
    assert due.see_to_days(at=NOW + 4 * DAY) == 0
    assert due.see_to_days(at=NOW + 6 * DAY) == 1
    assert due.see_to_days(at=NOW + 7 * DAY) == 0
    asked.refresh_from_db()
    checking.refresh_from_db()
    assert asked.lapsed_at
    assert checking.stage == Stage.WAITING
    assert say_by(checking) >= asked.answer_by + 28 * DAY
    assert verbs(checking)[-3:] == ["question.asked", "question.reminded", "question.lapsed"]
    # Late, and still read.
    questions.answer(asked, text="Toch nog", by=None, at=NOW + 8 * DAY)
    handling.complete(checking, on=TODAY, by=priya, at=NOW + 8 * DAY)
    assert checking.stage == Stage.ASSESSING


def test_a_question_about_a_complete_one_that_lapses_lets_the_work_go_on(assessing, priya):
    asked = ask(assessing, priya, days=2)
    with pytest.raises(questions.NoQuestion):
        questions.lapse(asked, at=NOW + DAY)
    questions.lapse(asked, at=NOW + 3 * DAY)
    assessing.refresh_from_db()
    assert assessing.stage == Stage.ASSESSING


def test_another_desk_ends_it_here(checking, priya):
    handling.refer(checking, to="Fietsparkeren, 14 030", by=priya, at=NOW)
    checking.refresh_from_db()
    assert (checking.stage, checking.ended_at) == (Stage.REFERRED, NOW)
    with pytest.raises(WrongStage):
        handling.refer(checking, to="Nog een", by=priya, at=NOW)


# --- costs, hearing, advice ------------------------------------------------------------------------------


def test_food_is_not_accepted_and_that_has_a_reason(assessing, priya):
    bench, food = assessing.costs.all()
    remains = lines.see(assessing, {bench.pk: (bench.amount, ""), food.pk: (Decimal(0), "Niet uit dit fonds")}, by=priya, at=NOW)
    assert remains == Decimal(11900)
    food.refresh_from_db()
    assert (food.accepted, food.reason) == (0, "Niet uit dit fonds")


def test_less_without_a_reason_more_than_it_costs_and_lines_of_others_are_refused(assessing, make_application, priya):
    bench = assessing.costs.first()
    other = make_application().costs.first()
    for pk, amount, reason in (
        (bench.pk, Decimal(1), ""),
        (bench.pk, bench.amount + Decimal("0.01"), "Meer"),
        (bench.pk, Decimal(-1), "Min"),
        (other.pk, Decimal(1), "Van een ander"),
    ):
        with pytest.raises(lines.NotSo):
            lines.see(assessing, {pk: (amount, reason)}, by=priya, at=NOW)
    assessing.refresh_from_db()
    assert assessing.accepted is None


def test_after_the_decision_the_costs_stay(make_application, declared, priya):
    made = make_application(stage=Stage.REFUSED)
    declared(made, priya)
    with pytest.raises(lines.NotSo):
        lines.see(made, {}, by=priya, at=NOW)


def test_who_is_heard_reacts_once_and_then_the_plan_is_looked_at_again(assessing, priya, kees):
    view = hearing.ask(assessing, about="Wij denken dat het niet doorgaat.", give_by=TODAY + 7 * DAY, by=priya, at=NOW)
    assert assessing.stage == Stage.VIEW
    hearing.give(view, words="Het gaat wel door", by=kees, at=NOW)
    assessing.refresh_from_db()
    assert assessing.stage == Stage.ASSESSING
    with pytest.raises(hearing.NoHearing):
        hearing.waive(view, by=priya, at=NOW)


def test_when_the_day_to_react_went_by_the_work_goes_on(assessing, priya):
    view = hearing.ask(assessing, about="Nee", give_by=TODAY + 2 * DAY, by=priya, at=NOW)
    with pytest.raises(hearing.NoHearing):
        hearing.waive(view, by=None, at=NOW)
    assert due.see_to_days(at=NOW + 3 * DAY) == 1
    assessing.refresh_from_db()
    assert assessing.stage == Stage.ASSESSING


def test_advice_is_asked_once_and_given_by_who_was_asked(assessing, declared, priya, joris, bas):
    asked = advice.ask(assessing, joris, by=priya, at=NOW)
    with pytest.raises(advice.NoAdvice):
        advice.ask(assessing, joris, by=priya, at=NOW)
    with pytest.raises(NotFree):
        advice.give(asked, words="Goed", positive=True, by=joris, at=NOW)
    declared(assessing, joris, bas)
    with pytest.raises(advice.NoAdvice):
        advice.give(asked, words="Goed", positive=True, by=bas, at=NOW)
    advice.give(asked, words="Goed", positive=True, by=joris, at=NOW)
    asked.refresh_from_db()
    assert asked.positive
    assert asked.given_at == NOW


def test_given_advice_says_something(assessing, joris, priya):
    with pytest.raises(IntegrityError), transaction.atomic():
        Advice.objects.create(application=assessing, asked_of=joris.uuid, asked_by=priya.uuid, asked_at=NOW, given_at=NOW)


# --- lateness --------------------------------------------------------------------------------------------


def test_more_time_is_taken_once_and_agreed_as_often_as_they_agree(checking, priya):
    handling.complete(checking, on=TODAY, by=priya, at=NOW)
    lateness.extend(checking, why="Advies van Groen", by=priya, at=NOW)
    extended = checking.decide_by
    assert extended >= TODAY + 56 * DAY
    with pytest.raises(NoMoreTime):
        lateness.extend(checking, why="Nog eens", by=priya, at=NOW)
    lateness.agree(checking, days=7, why="Op vakantie", by=priya, at=NOW)
    assert checking.decide_by > extended


def test_two_weeks_after_a_notice_money_is_owed_for_each_day(make_application, declared, priya):
    PenaltyRate.objects.create(from_on=datetime.date(2020, 1, 1), first=23, second=35, third=45, source="Awb 4:17")
    made = make_application(on=TODAY - 90 * DAY)
    declared(made, priya)
    assert exposure_of(made, TODAY) is None
    notice = lateness.note_default(made, received_on=TODAY - 20 * DAY, by=priya, at=NOW)
    made.refresh_from_db()
    owed = exposure_of(made, TODAY)
    assert (owed.runs_from, owed.until_today, owed.most) == (TODAY - 5 * DAY, Decimal(6 * 23), Decimal(1442))
    with pytest.raises(lateness.NoNotice):
        lateness.note_default(made, received_on=TODAY, by=priya, at=NOW)
    lateness.reject_default(notice, why="Wij waren op tijd", by=priya, at=NOW)
    made.refresh_from_db()
    assert exposure_of(made, TODAY).most == 0


def test_one_notice_for_an_application(assessing, priya):
    facts = {"application": assessing, "received_on": TODAY, "noted_by": priya.uuid, "noted_at": NOW}
    DefaultNotice.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        DefaultNotice.objects.create(**facts)


def test_no_words_of_anybody_stand_in_the_record(assessing, priya, kees):
    questions.answer(ask(assessing, priya), text="Geheim van Kees", by=kees, at=NOW)
    handling.add_note(assessing, "Kees belde", by=priya, at=NOW)
    assert "Kees" not in str(list(Event.objects.filter(thing=assessing.thing).values_list("payload", flat=True)))
