"""All areas and steps on one page, what is stuck first."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buurtdraad.accounts.duties import STAFF, Duty
from buurtdraad.accounts.tests.city import holds, sign_in, someone
from buurtdraad.method.actions.lessons import learn
from buurtdraad.method.models import CheckMet, ExitCheck, MethodStep, Run
from buurtdraad.method.queries import overview as queries
from buurtdraad.method.states import RunStage
from buurtdraad.method.tests.small_method import NOW, TODAY, make_run, make_version, meet_all, newer

pytestmark = pytest.mark.django_db
PATH = "/werk/werkwijze/overzicht/"


@pytest.fixture
def version(db):
    return make_version()


def stands():
    return queries.stands(queries.columns(), on=TODAY)


def test_what_stands_longer_than_usual_comes_first_then_what_is_paused_then_the_rest(areas, version, noor):
    meet_all(make_run(areas["zuilen-oost"], version, weeks=1), noor)
    meet_all(make_run(areas["WK034402"], version, weeks=9), noor)
    paused = make_run(areas["WK034403"], version, weeks=20)
    Run.objects.filter(pk=paused.pk).update(stage=RunStage.PAUSED, why="Wij wachten op de verkiezingen.")
    found = stands()
    assert [one.place for one in found] == ["Noordwest", "Overvecht", "Zuilen-Oost"]
    assert [one.too_long for one in found] == [3, 0, 0]
    assert [one.stuck for one in found] == [True, True, False]


def test_a_check_that_is_not_met_counts_as_stuck_when_the_least_weeks_are_over(areas, version):
    make_run(areas["WK034402"], version, weeks=1)
    make_run(areas["WK034403"], version, weeks=3)
    young, old = sorted(stands(), key=lambda one: one.weeks)
    assert (young.stuck, old.stuck) == (False, True)
    assert old.not_met == ["Bewoners zagen Foto van de wijk"] == young.not_met


def test_a_check_that_the_data_answer_is_named_with_what_they_say_until_there_is_enough(signed_in, areas, version, samira, noor):
    run = make_run(areas["WK034402"], version, weeks=3)
    meet_all(run, noor)
    step = run.steps.get(stage="now").step
    ExitCheck.objects.create(step=step, number=2, key="lessen", text="Er zijn lessen.", measure="lessons", at_least=1)
    assert (stands()[0].stuck, stands()[0].not_met) == (True, ["Er zijn lessen (nu 0, nodig 1)"])
    page = signed_in(samira).get(PATH).text
    assert "Er zijn lessen (nu 0, nodig 1)" in page
    learn(run, happened="Er kwam niemand.", next_time="Eerder bellen.", by=noor, at=NOW)
    assert not stands()[0].stuck
    assert stands()[0].not_met == []


def test_the_first_days_of_a_step_are_no_weeks(signed_in, areas, version, samira):
    make_run(areas["WK034402"], version, weeks=0)
    assert "(0 weken)" not in signed_in(samira).get(PATH).text


def test_a_check_that_the_data_contradict_counts_as_stuck_in_whatever_step_it_was_met(areas, version, noor):
    run = make_run(areas["WK034402"], version, weeks=1)
    meet_all(run, noor)
    assert not stands()[0].stuck
    done = run.steps.get(step__key="signal")
    check = ExitCheck.objects.create(step=done.step, number=2, key="wensen", text="Er zijn wensen", measure="wishes", at_least=2)
    met = CheckMet.objects.create(step=done, exit_check=check, value=2, value_now=2, by=noor.uuid, at=NOW)
    assert not stands()[0].stuck
    CheckMet.objects.filter(pk=met.pk).update(value_now=1)
    assert (stands()[0].stuck, stands()[0].contradicted) == (True, ["Er zijn wensen"])
    CheckMet.objects.filter(pk=met.pk).update(passed_over=True, why="Het was er al")
    assert not stands()[0].stuck


def test_a_step_that_takes_as_long_as_it_takes_is_never_too_long(areas, version, noor):
    MethodStep.objects.update(weeks_most=None)
    meet_all(make_run(areas["WK034402"], version, weeks=100), noor)
    assert not stands()[0].stuck


def test_an_area_of_an_older_version_has_no_cell_for_a_step_that_it_does_not_have(areas, version):
    make_run(areas["WK034402"], version)
    newer(version, ("signal", "do", "picture"))
    (one,) = stands()
    assert [cell.step.key if cell else None for cell in one.cells] == ["signal", None, "picture"]


def test_what_ended_is_not_on_it(areas, version):
    run = make_run(areas["WK034402"], version)
    Run.objects.filter(pk=run.pk).update(stage=RunStage.ENDED, why="Klaar", ended_on=TODAY)
    assert stands() == []


def test_the_page_asks_as_much_with_one_area_as_with_three(signed_in, areas, version, samira):
    client, counts = signed_in(samira), []
    for codes in (("WK034402",), ("WK034403", "zuilen-oost")):
        for code in codes:
            make_run(areas[code], version)
        with CaptureQueriesContext(connection) as asked:
            client.get(PATH)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_page_shows_all_or_one_step_or_what_is_stuck_and_gives_it_as_a_table(signed_in, areas, version, samira, noor):
    client = signed_in(samira)
    assert "Nog geen gebied" in client.get(PATH).text
    meet_all(make_run(areas["WK034402"], version, now=1), noor)
    make_run(areas["WK034403"], version, weeks=9)
    for query, places in (("", 2), ("?wat=vast", 1), ("?stap=signal", 1), ("?stap=%00onzin", 0), ("?wat=vast&stap=signal", 0)):
        assert len(client.get(PATH + query).context["rows"]) == places, query
    text = client.get(PATH + "overzicht.csv?wat=vast").content.decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(text), delimiter=";")
    assert len(head) == len(row) == 12
    assert row[:4] == ["Overvecht", "WK034403", "1", "Foto van de wijk"]
    assert row[6] == "3"


def test_it_names_the_working_areas_that_did_not_begin(signed_in, areas, samira):
    assert "Zuilen-Oost" in signed_in(samira).get(PATH).text


@pytest.mark.parametrize("duty", list(Duty))
def test_all_staff_see_it_and_nobody_else(client, areas, version, duty):
    person = someone()
    holds(person, duty, None if duty == Duty.ADMINISTRATOR else areas["WK034403"])
    sign_in(client, person)
    assert {client.get(path).status_code for path in (PATH, PATH + "overzicht.csv")} == {200 if duty in STAFF else 403}


def test_the_overview_asks_the_same_for_one_area_and_for_three(areas, version, noor, django_assert_num_queries):
    for code in ("zuilen-oost", "WK034402", "WK034403"):
        run = make_run(areas[code], version, weeks=3)
        meet_all(run, noor)
        step = run.steps.get(stage="now").step
        lessons = {"number": 2, "text": "Er zijn lessen.", "measure": "lessons", "at_least": 1}
        ExitCheck.objects.get_or_create(step=step, key="lessen", defaults=lessons)
        CheckMet.objects.filter(exit_check__key="lessen").delete()
        with django_assert_num_queries(9):
            found = queries.stands(queries.columns(), on=TODAY)
    assert [one.not_met for one in found] == [["Er zijn lessen (nu 0, nodig 1)"]] * 3
