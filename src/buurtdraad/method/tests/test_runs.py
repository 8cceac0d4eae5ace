"""Runs: starting, going on, standing still, and what people write with them."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.accounts.access import Reach
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.audit.models import Event
from buurtdraad.method import rules
from buurtdraad.method.actions import runs as actions
from buurtdraad.method.actions.runs import ChecksMissing, NotSoNow, NotStarted
from buurtdraad.method.models import (
    CheckMet,
    Decision,
    Deviation,
    ExitCheck,
    Lesson,
    Risk,
    Run,
    RunMeeting,
    RunPartner,
    RunPerson,
    RunStep,
)
from buurtdraad.method.queries.lessons import lessons_where
from buurtdraad.method.queries.runs import asking_for_somebody, checks_of, run_in, state_of
from buurtdraad.method.queries.starting import beginning
from buurtdraad.method.states import RUN_MOVES, STEP_MOVES, RunStage, StepStage
from buurtdraad.method.tests.running import *  # noqa: F403 (a method and a run)
from buurtdraad.method.tests.running import DAY, NOW, TODAY, make_version, partner
from buurtdraad.partners.models import Kind

pytestmark = pytest.mark.django_db
OVERVECHT = Reach(codes=frozenset({"WK034403"}))
WHY = "De buurt vroeg erom"


def stages(run):
    return [one.stage for one in RunStep.objects.filter(run=run).order_by("step__number")]


def steps(run):
    return list(RunStep.objects.filter(run=run).order_by("step__number"))


# --- starting ---------------------------------------------------------------------------------------


def test_a_run_begins_at_the_first_step_with_dates_partners_and_who_starts_it(run, version, noor, brug):
    assert stages(run) == ["now", "to_come", "to_come", "to_come"]
    assert [one.planned_on for one in steps(run)] == [TODAY + datetime.timedelta(weeks=weeks) for weeks in (0, 4, 10, 14)]
    assert [(one.organisation, one.takes_part) for one in RunPartner.objects.all()] == [(brug, False)]
    assert [one.person for one in RunPerson.objects.all()] == [noor]
    event = Event.objects.get(verb="run.started")
    assert {"WK034403", "GM0344", "BU03440321"} <= set(event.touches)
    assert run_in("WK034403") == run
    assert run_in("BU03440321") is None


def test_one_action_starts_in_zuilen_what_was_built_in_overvecht(run, areas, noor, brug):
    newer = make_version(2, "draft")
    vechtoever = partner("De Vechtoever", Kind.HOUSING, areas["zuilen-oost"])
    both = partner("Politie", Kind.POLICE, areas["GM0344"])
    here = partner("Welzijn Zuilen", Kind.WELFARE, areas["BU03440241"])
    partner("School De Klok", Kind.SCHOOL, areas["zuilen-oost"])
    partner("Welzijn De Brug (oud)", Kind.WELFARE, areas["zuilen-oost"], joined_to=here)
    actions.choose_partners(run, take_part=[brug, both], proposed=[vechtoever], by=noor, at=NOW)
    made = actions.start(areas["zuilen-oost"], like=run, first_on=TODAY + 7 * DAY, by=noor, at=NOW)
    assert (made.version, made.like, made.started_on) == (run.version, run, TODAY + 7 * DAY)
    assert made.version != newer
    assert {one.organisation for one in RunPartner.objects.filter(run=made)} == {both, here}, (
        "who works in both, and the kind that does not"
    )
    assert not RunPartner.objects.filter(run=made, takes_part=True).exists()
    assert Event.objects.filter(verb="run.started").latest("pk").payload == {"version": 1, "like": str(run.uuid)}


def test_lessons_of_both_show_at_both(run, areas, noor):
    made = actions.start(areas["zuilen-oost"], like=run, by=noor, at=NOW)
    other = actions.start(areas["BU03440241"], by=noor, at=NOW)
    for one, words in ((run, "Eerder bellen"), (made, "Later bellen"), (other, "Niet bellen")):
        Lesson.objects.create(run=one, happened="Niemand kwam", next_time=words, at=NOW)
    for one in (run, made):
        assert {(lesson.next_time, lesson.place) for lesson in lessons_where(area=one.area.code)} == {
            ("Eerder bellen", "Overvecht"), ("Later bellen", "Zuilen-Oost"),
        }  # fmt: skip


def test_what_will_be_made_is_what_is_made(version, areas, noor, brug):
    begin = beginning(areas["WK034403"], version, None, TODAY)
    run = actions.start(areas["WK034403"], first_on=TODAY, by=noor, at=NOW)
    assert [day for _step, day in begin.steps] == [one.planned_on for one in steps(run)]
    assert begin.partners == [one.organisation for one in RunPartner.objects.filter(run=run)] == [brug]


def test_a_second_run_in_an_area_a_draft_and_a_city_without_a_method_are_refused(areas, noor, db):
    with pytest.raises(NotStarted, match="nog geen werkwijze"):
        actions.start(areas["WK034403"], by=noor, at=NOW)
    draft = make_version(2, "draft")
    with pytest.raises(NotStarted):
        actions.start(areas["WK034403"], version=draft, by=noor, at=NOW)
    version = make_version()
    run = actions.start(areas["WK034403"], version=version, by=noor, at=NOW)
    with pytest.raises(NotStarted):
        actions.start(areas["WK034403"], version=version, by=noor, at=NOW)
    actions.end(run, why=WHY, by=noor, at=NOW)
    assert actions.start(areas["WK034403"], version=version, like=run, by=noor, at=NOW).like == run


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_start_at_once_one_does(areas, version, noor):
    def begin(_n):
        try:
            return actions.start(areas["WK034403"], by=noor, at=NOW).pk
        except NotStarted:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        assert sum(pk is not None for pk in pool.map(begin, range(10))) == Run.objects.count() == 1


@given(st.lists(st.tuples(st.one_of(st.none(), st.integers(1, 52)), st.one_of(st.none(), st.integers(1, 52))), max_size=9))
def test_each_step_begins_after_the_one_before(weeks):
    days = rules.first_days(TODAY, weeks)
    assert len(days) == len(weeks)
    assert days == sorted(set(days))


# --- what must be there -------------------------------------------------------------------------------


def test_one_does_not_go_on_while_something_is_missing_and_hears_what(run, noor, herkend):
    with pytest.raises(ChecksMissing, match="Bewoners herkennen het beeld"):
        actions.go_on(run, by=noor, at=NOW)
    actions.meet_check(run, herkend, by=noor, at=NOW)
    assert actions.go_on(run, by=noor, at=NOW).step.key == "kiezen"
    assert stages(run) == ["done", "now", "to_come", "to_come"]
    assert [(one.since_on, one.until_on) for one in steps(run)[:2]] == [(TODAY, TODAY), (TODAY, None)]


def test_what_the_data_answer_is_met_by_the_data_alone(second, noor, make_wish):
    check = ExitCheck.objects.get(key="wensen")
    make_wish("Een bank", area="BU03440321")
    with pytest.raises(ChecksMissing, match=r"1.*2"):
        actions.meet_check(second, check, by=noor, at=NOW)
    with pytest.raises(ChecksMissing, match=r"1.*2"):
        actions.go_on(second, by=noor, at=NOW)
    make_wish("Een boom", area="BU03440321")
    actions.go_on(second, by=noor, at=NOW)
    met = CheckMet.objects.get(exit_check=check)
    assert (met.value, met.passed_over) == (2, False)


def test_passed_over_says_why_and_lets_one_go_on(second, noor):
    check = ExitCheck.objects.get(key="wensen")
    actions.pass_over(second, check, why=WHY, by=noor, at=NOW)
    actions.go_on(second, by=noor, at=NOW)
    met = CheckMet.objects.get(exit_check=check)
    assert (met.passed_over, met.why, met.value) == (True, WHY, 0)


def test_a_check_that_the_data_contradict_later_is_shown_and_counted_at_night(second, noor, make_wish, areas):
    wishes = [make_wish(text, area="BU03440321") for text in ("Een bank", "Een boom", "Een lamp")]
    check = ExitCheck.objects.get(key="wensen")
    actions.meet_check(second, check, by=noor, at=NOW)
    wishes[0].delete()
    wishes[1].delete()
    state = state_of(run_in("WK034403"))
    (shown,) = checks_of(second, [state.now])[state.now.pk]
    assert (shown.contradicted, shown.missing, shown.value, shown.met.value) == (True, True, 1, 3)
    with pytest.raises(ChecksMissing):
        actions.go_on(second, by=noor, at=NOW)
    assert asking_for_somebody(OVERVECHT, TODAY) == []
    assert actions.count_again() == 1
    assert [(step.step.key, step.contradicted) for step, _day in asking_for_somebody(OVERVECHT, TODAY)] == [("kiezen", 1)]
    assert actions.count_again() == 0


def test_a_check_can_be_taken_back_and_one_of_another_method_is_refused(run, noor, herkend):
    actions.meet_check(run, herkend, by=noor, at=NOW)
    actions.unmeet_check(run, herkend, by=noor, at=NOW)
    assert not CheckMet.objects.exists()
    make_version(2, "draft")
    with pytest.raises(NotSoNow):
        actions.meet_check(run, ExitCheck.objects.get(key="herkend", step__version__number=2), by=noor, at=NOW)


# --- from step to step ----------------------------------------------------------------------------------


def test_a_second_press_does_not_go_on_twice(second, noor, make_wish):
    for text in ("Een bank", "Een boom"):
        make_wish(text, area="BU03440321")
    seen = state_of(run_in("WK034403")).now
    actions.go_on(second, step=seen, by=noor, at=NOW)
    with pytest.raises(NotSoNow):
        actions.go_on(second, step=seen, by=noor, at=NOW)
    assert stages(second) == ["done", "done", "now", "to_come"]


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_go_on_at_once_one_does(run, noor, herkend):
    actions.meet_check(run, herkend, by=noor, at=NOW)
    seen = state_of(run_in("WK034403")).now

    def go(_n):
        try:
            return actions.go_on(run, step=seen, by=noor, at=NOW)
        except NotSoNow:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        assert sum(step is not None for step in pool.map(go, range(10))) == 1
    assert stages(run) == ["done", "now", "to_come", "to_come"]


def test_one_goes_back_to_a_step_and_what_was_met_stays(second, noor):
    first = steps(second)[0]
    actions.back_to(second, first, why=WHY, by=noor, at=NOW)
    assert stages(second) == ["now", "to_come", "to_come", "to_come"]
    assert CheckMet.objects.count() == 1
    assert Event.objects.get(verb="run.went_back").payload == {"to": "signaleren", "why": WHY}
    with pytest.raises(NotSoNow):
        actions.back_to(second, steps(second)[1], why=WHY, by=noor, at=NOW)


def test_a_skipped_step_says_why_is_passed_by_and_comes_after_all(second, noor):
    doen = steps(second)[2]
    actions.skip(second, doen, why=WHY, by=noor, at=NOW)
    assert stages(second) == ["done", "now", "skipped", "to_come"]
    actions.skip(second, steps(second)[1], why="Al gekozen", by=noor, at=NOW)
    assert stages(second) == ["done", "skipped", "skipped", "now"]
    actions.take_up(second, steps(second)[2], by=noor, at=NOW)
    assert stages(second) == ["done", "skipped", "to_come", "now"]
    assert steps(second)[2].why == ""
    for wrong in (steps(second)[0],):
        with pytest.raises(NotSoNow):
            actions.skip(second, wrong, why=WHY, by=noor, at=NOW)
        with pytest.raises(NotSoNow):
            actions.take_up(second, wrong, by=noor, at=NOW)


def test_after_the_last_step_one_ends_or_goes_back(second, noor):
    for one in steps(second)[1:3]:
        actions.skip(second, one, why=WHY, by=noor, at=NOW)
    assert actions.go_on(second, by=noor, at=NOW) is None
    state = state_of(run_in("WK034403"))
    assert (state.now, state.next, state.number) == (None, None, 4)
    with pytest.raises(NotSoNow):
        actions.go_on(second, by=noor, at=NOW)
    actions.take_up(second, steps(second)[2], by=noor, at=NOW)
    assert stages(second) == ["done", "skipped", "now", "done"]


def test_a_run_that_stands_still_does_not_move_and_goes_on_again(run, noor, herkend):
    actions.pause(run, why=WHY, by=noor, at=NOW)
    run.refresh_from_db()
    assert (run.stage, run.why) == ("paused", WHY)
    for deed in (
        lambda: actions.go_on(run, by=noor, at=NOW),
        lambda: actions.pause(run, why=WHY, by=noor, at=NOW),
        lambda: actions.skip(run, steps(run)[1], why=WHY, by=noor, at=NOW),
    ):
        with pytest.raises(NotSoNow):
            deed()
    actions.meet_check(run, herkend, by=noor, at=NOW)
    actions.resume(run, by=noor, at=NOW)
    with pytest.raises(NotSoNow):
        actions.resume(run, by=noor, at=NOW)
    run.refresh_from_db()
    assert (run.stage, run.why) == ("running", "")


def test_what_has_ended_changes_no_more(run, noor, herkend, brug):
    actions.end(run, why="Het doel is bereikt", by=noor, at=NOW)
    run.refresh_from_db()
    assert (run.stage, run.ended_on, run_in("WK034403")) == ("ended", TODAY, None)
    for deed in (
        lambda: actions.end(run, why=WHY, by=noor, at=NOW),
        lambda: actions.meet_check(run, herkend, by=noor, at=NOW),
        lambda: actions.deviate(run, what="x", why=WHY, by=noor, at=NOW),
        lambda: actions.decide(run, what="x", decided_by="y", on=TODAY, by=noor, at=NOW),
        lambda: actions.choose_partners(run, take_part=[brug], by=noor, at=NOW),
        lambda: actions.take_away(run, "collega", 1, by=noor, at=NOW),
    ):
        with pytest.raises(NotSoNow):
            deed()


def test_a_step_that_takes_longer_than_usual_asks_for_somebody(run):
    assert asking_for_somebody(OVERVECHT, TODAY + datetime.timedelta(weeks=4)) == []
    ((step, day),) = asking_for_somebody(OVERVECHT, TODAY + datetime.timedelta(weeks=4, days=1))
    assert (step.step.key, day, step.place) == ("signaleren", TODAY + datetime.timedelta(weeks=4), "Overvecht")
    Run.objects.update(stage="paused", why=WHY)
    assert asking_for_somebody(OVERVECHT, TODAY + 99 * DAY) == []


@pytest.mark.parametrize(("moves", "stages_of"), [(RUN_MOVES, RunStage), (STEP_MOVES, StepStage)])
def test_every_stage_says_what_may_follow(moves, stages_of):
    assert set(moves) == set(stages_of)


# --- what people write ------------------------------------------------------------------------------------


def test_what_was_written_by_mistake_is_taken_away_once_and_a_risk_is_over(run, noor, brug, areas):
    decision = actions.decide(run, what="Eerst groen", decided_by="De stuurgroep", on=TODAY, by=noor, at=NOW)
    deviation = actions.deviate(run, what="Geen avond maar voordeuren", why=WHY, step=steps(run)[0].step, by=noor, at=NOW)
    risk = actions.see_risk(run, what="Te weinig mensen", we_do="Langs de deur", by=noor, at=NOW)
    meeting = Meeting.objects.create(
        area=areas["WK034403"], title="Avond", starts_at=NOW, ends_at=NOW + DAY, place="Hier", code="abc", made_at=NOW, changed_at=NOW
    )
    for _twice in range(2):
        actions.tie_meeting(steps(run)[0], meeting, by=noor, at=NOW)
    tied, colleague = RunMeeting.objects.get(), RunPerson.objects.get()
    for kind, one in (
        ("besluit", decision), ("anders", deviation), ("bijeenkomst", tied), ("collega", colleague),
        ("risico", risk),
    ):  # fmt: skip
        for _twice in range(2):
            actions.take_away(run, kind, one.pk, by=noor, at=NOW)
    assert Event.objects.filter(verb="run.taken_away").count() == 5
    assert not any(model.objects.exists() for model in (Decision, Deviation, RunMeeting, RunPerson))
    assert Risk.objects.get().over_on == TODAY


def test_what_is_of_another_run_is_not_taken_away(run, noor, areas):
    other = actions.start(areas["zuilen-oost"], by=noor, at=NOW)
    decision = actions.decide(other, what="Eerst groen", decided_by="De stuurgroep", on=TODAY, by=noor, at=NOW)
    actions.take_away(run, "besluit", decision.pk, by=noor, at=NOW)
    assert Decision.objects.count() == 1
    foreign = make_version(2, "draft").steps.first()
    with pytest.raises(NotSoNow):
        actions.deviate(run, what="x", why=WHY, step=foreign, by=noor, at=NOW)


def test_partners_take_part_are_proposed_or_go(run, noor, brug, areas):
    police = partner("Politie", Kind.POLICE, areas["WK034403"])
    actions.choose_partners(run, take_part=[brug, police], proposed=[police], by=noor, at=NOW)
    assert {(one.organisation, one.takes_part) for one in RunPartner.objects.all()} == {(brug, True), (police, True)}
    actions.choose_partners(run, take_part=[], proposed=[police], by=noor, at=NOW)
    assert [(one.organisation, one.takes_part) for one in RunPartner.objects.all()] == [(police, False)]


def test_dates_of_what_has_begun_stay(run, noor):
    first, second, *_ = steps(run)
    actions.plan_steps(run, {first.pk: TODAY + DAY, second.pk: None}, by=noor, at=NOW)
    assert [one.planned_on for one in steps(run)[:2]] == [TODAY, None]


# --- what may never be stored -------------------------------------------------------------------------------


@pytest.mark.parametrize("facts", [{"stage": "paused"}, {"stage": "ended", "why": WHY}, {"like": True}])
def test_a_run_that_stands_still_says_why_one_that_ended_when_and_none_is_like_itself(run, facts):
    if "like" in facts:
        facts = {"like": run.pk}
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(**facts)


@pytest.mark.parametrize("facts", [{"stage": "now", "since_on": TODAY}, {"stage": "skipped"}, {"stage": "done"}])
def test_one_step_is_now_a_skipped_one_says_why_and_a_done_one_since_when(run, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        RunStep.objects.filter(pk=steps(run)[1].pk).update(**facts)


@pytest.mark.parametrize(
    "make",
    [
        lambda run, noor: CheckMet.objects.create(
            step=steps(run)[0], exit_check=ExitCheck.objects.first(), passed_over=True, by=noor.uuid, at=NOW
        ),
        lambda run, noor: [
            CheckMet.objects.create(step=steps(run)[0], exit_check=ExitCheck.objects.first(), by=noor.uuid, at=NOW) for _ in range(2)
        ],
        lambda run, noor: RunStep.objects.create(run=run, step=steps(run)[0].step),
        lambda run, noor: Deviation.objects.create(run=run, what="x", why="", on=TODAY, by=noor.uuid),
        lambda run, noor: Decision.objects.create(run=run, what="x", decided_by="", on=TODAY, by=noor.uuid),
        lambda run, noor: Risk.objects.create(run=run, what="x", we_do="", by=noor.uuid, at=NOW),
        lambda run, noor: RunPartner.objects.create(run=run, organisation=RunPartner.objects.get().organisation),
        lambda run, noor: RunPerson.objects.create(run=run, person=noor),
    ],
)
def test_what_is_not_whole_or_there_twice_is_never_stored(run, noor, make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(run, noor)
