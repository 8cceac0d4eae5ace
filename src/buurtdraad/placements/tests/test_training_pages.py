"""The pages of training: for colleagues, for the organiser, and what is of one person."""

import icalendar
import pytest
from django.test import Client

from buurtdraad.accounts.duties import STAFF, Duty
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.tests.city import holds
from buurtdraad.accounts.tests.city import sign_in as signed
from buurtdraad.audit.models import LOOKED, Event
from buurtdraad.placements import actions
from buurtdraad.placements.access import may_organise, may_take_part
from buurtdraad.placements.actions import Plan
from buurtdraad.placements.models import Enrolment, Module, Session
from buurtdraad.placements.own.actions import erase
from buurtdraad.placements.own.queries import personal_data
from buurtdraad.placements.states import Enrolled
from buurtdraad.placements.tests.training_rooms import DAY, HOUR, NOW, colleague, come

pytestmark = pytest.mark.django_db
WORK = "/werk/opleiding/"
SCRIPT = "<script>alert(1)</script>"


# --- who may what -----------------------------------------------------------------------------------


@pytest.mark.parametrize("duty", list(Duty))
def test_who_works_for_the_municipality_takes_part_and_the_programme_manager_organises(areas, planned, module, duty):
    person, session = colleague(), planned()
    holds(person, duty)
    takes_part = duty in STAFF or duty == Duty.EMPLOYEE
    assert (may_take_part(person), may_organise(person)) == (takes_part, duty == Duty.PROGRAMME_MANAGER)
    client = signed(Client(), person)
    for path in ("/opleiding/", f"/opleiding/{session.uuid}/", f"/opleiding/{session.uuid}/agenda.ics"):
        assert client.get(path).status_code == (200 if takes_part else 403)
    for path in (WORK, f"{WORK}{module.uuid}/", f"{WORK}bijeenkomst/{session.uuid}/", WORK + "nieuw/"):
        assert client.get(path).status_code == (200 if duty == Duty.PROGRAMME_MANAGER else 403)


def test_an_employee_needs_no_second_step_and_finds_the_way_on_their_own_page(client, planned, tom):
    session = planned()
    client = signed(client, tom, strongly=False)
    assert 'href="/opleiding/"' in client.get("/mijn/").text
    assert client.get(f"/opleiding/{session.uuid}/").status_code == 200
    resident = signed(Client(), colleague("Kees"))
    assert "/opleiding/" not in resident.get("/mijn/").text


# --- pages ------------------------------------------------------------------------------------------


def test_a_colleague_signs_up_sees_it_and_takes_their_name_off(client, planned, tom):
    session = planned(seats=1)
    path = f"/opleiding/{session.uuid}/"
    client = signed(client, tom, strongly=False)
    assert "Nog één plek" in client.get("/opleiding/").text
    assert client.post(path, {"deed": "enrol"}).status_code == 302
    assert "U hebt een plek" in client.get(path).text
    assert "U hebt een plek" in client.get("/opleiding/").text
    assert "Aan de deur" in client.get("/mijn/").text
    other = signed(Client(), colleague("Ria"), strongly=False)
    holds(Person.objects.get(name="Ria"), Duty.EMPLOYEE)
    assert "Zet mij op de wachtlijst" in other.get(path).text
    other.post(path, {"deed": "enrol"})
    assert "nummer 1 op de wachtlijst" in other.get(path).text
    client.post(path, {"deed": "leave"})
    assert Enrolment.objects.get(person=tom).stage == Enrolled.CANCELLED
    assert "U hebt een plek" in other.get(path).text
    assert client.post(path, {"deed": "nonsense"}).status_code == 422
    assert client.post(path, {}).status_code == 422


def test_afterwards_who_was_there_says_what_they_think(client, planned, tom, noor):
    session = planned(NOW - 3 * HOUR, at=NOW - DAY)
    mine = actions.enrol(session, by=tom, at=NOW - DAY)
    actions.note_who_came(session, {mine.pk}, by=noor, at=NOW)
    client, path = signed(client, tom, strongly=False), f"/opleiding/{session.uuid}/"
    assert "Wat vond u van: Aan de deur" in client.get("/mijn/").text
    for wrong in ({}, {"useful": "6"}, {"useful": "x"}, {"useful": "5", "words": "x" * 501}):
        page = client.post(path, {"deed": "evaluate"} | wrong)
        assert page.status_code == 422
        assert 'role="alert"' in page.text
    assert client.post(path, {"deed": "evaluate", "useful": "4", "words": "Meer tijd"}).status_code == 302
    mine.refresh_from_db()
    assert (mine.useful, mine.words) == (4, "Meer tijd")
    assert "Wat vond u van" not in client.get("/mijn/").text


def test_the_calendar_file_says_when_and_where_and_when_it_is_off(client, planned, tom, noor):
    session = planned()
    path = f"/opleiding/{session.uuid}/agenda.ics"
    client = signed(client, tom, strongly=False)

    def said():
        return icalendar.Calendar.from_ical(client.get(path).content).walk("VEVENT")[0]

    assert (str(said()["summary"]), str(said()["location"]), said()["sequence"]) == ("Aan de deur", "Stadhuis", 0)
    assert said()["dtstart"].dt == session.starts_at.replace(microsecond=0)
    actions.call_off(session, why="Ziek", by=noor, at=NOW)
    assert (str(said()["status"]), said()["sequence"]) == ("CANCELLED", 1)
    assert str(said()["summary"]) == "Gaat niet door: Aan de deur"


GOOD = {"starts": "10:00", "ends": "12:00", "place": "Stadhuis", "seats": "2", "on": f"{NOW + 9 * DAY:%Y-%m-%d}"}


def test_the_organiser_keeps_it_all_on_pages(noor, signed_in):
    client = signed_in(noor)
    assert "Er is nog geen training" in client.get(WORK).text
    client.post(WORK + "nieuw/", {"name": "Gewone taal", "text": "Schrijven"})
    module = Module.objects.get()
    client.post(f"{WORK}{module.uuid}/wijzigen/", {"name": "Gewone taal", "text": "Schrijven voor iedereen"})
    assert client.post(f"{WORK}{module.uuid}/plannen/", GOOD).url == f"{WORK}{module.uuid}/"
    session = Session.objects.get()
    come(session, "Tom")
    page = client.get(f"{WORK}bijeenkomst/{session.uuid}/")
    assert "Tom" in page.text
    assert Event.objects.get(verb=LOOKED).thing == session.thing
    assert client.post(f"{WORK}bijeenkomst/{session.uuid}/wijzigen/", GOOD | {"seats": "5"}).status_code == 302
    assert client.post(f"{WORK}{module.uuid}/stoppen/").status_code == 422
    assert client.post(f"{WORK}bijeenkomst/{session.uuid}/afzeggen/", {"why": ""}).status_code == 422
    assert client.post(f"{WORK}bijeenkomst/{session.uuid}/afzeggen/", {"why": "Ziek"}).status_code == 302
    assert client.post(f"{WORK}{module.uuid}/stoppen/").status_code == 302
    assert "Wordt niet meer gegeven" in client.get(f"{WORK}{module.uuid}/").text
    client.post(f"{WORK}{module.uuid}/stoppen/")
    module.refresh_from_db()
    assert (module.over_on, module.text) == (None, "Schrijven voor iedereen")


@pytest.mark.parametrize(
    "wrong",
    [
        {"on": ""}, {"on": "0001-01-01"}, {"on": "2020-01-01"}, {"starts": "25:00"}, {"ends": "09:00"}, {"place": ""},
        {"place": "x" * 201}, {"seats": "0"}, {"seats": "501"}, {"seats": "veel"},
    ],
)  # fmt: skip
def test_a_wrong_plan_is_told_and_changes_nothing(noor, signed_in, module, wrong):
    page = signed_in(noor).post(f"{WORK}{module.uuid}/plannen/", GOOD | wrong)
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert not Session.objects.exists()


def test_after_a_session_it_waits_at_work_until_somebody_notes_who_came(noor, signed_in, planned):
    session = planned(NOW - 3 * HOUR, at=NOW - DAY)
    mine, other = come(session, "Tom", NOW - DAY), come(session, "Kees", NOW - DAY)
    client, path = signed_in(noor), f"{WORK}bijeenkomst/{session.uuid}/"
    assert path in client.get("/werk/").text
    assert client.post(path, {"came": ["999999"]}).status_code == 422
    assert client.post(path, {"came": [str(mine.pk)]}).status_code == 302
    other.refresh_from_db()
    assert other.stage == Enrolled.NO_SHOW
    assert path not in client.get("/werk/").text
    assert "checked" in client.get(path).text


def test_a_page_with_many_costs_as_many_queries_as_one_with_few(noor, signed_in, planned, module, django_assert_max_num_queries):
    client, session = signed_in(noor), planned(seats=2)
    paths = (WORK, f"{WORK}{module.uuid}/", f"{WORK}bijeenkomst/{session.uuid}/", "/opleiding/", f"/opleiding/{session.uuid}/")

    def cost(path):
        client.get(path)
        with django_assert_max_num_queries(30) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    come(session, "Tom")
    few = [cost(path) for path in paths]
    for name in ("Kees", "Ria", "Linda"):
        come(planned(), name), come(session, name + " twee")
    assert [cost(path) for path in paths] == few


def test_hostile_words_are_only_text(noor, signed_in):
    module = actions.add_module(name=SCRIPT, text=SCRIPT, by=noor, at=NOW)
    session = actions.plan_session(module, Plan(NOW + DAY, NOW + DAY + HOUR, SCRIPT, 2), by=noor, at=NOW)
    come(session, SCRIPT)
    client = signed_in(noor)
    for path in (WORK, f"{WORK}{module.uuid}/", f"{WORK}bijeenkomst/{session.uuid}/", "/opleiding/", f"/opleiding/{session.uuid}/"):
        assert SCRIPT not in client.get(path).text


def test_what_is_not_there_is_404(noor, signed_in):
    client, nobody = signed_in(noor), "00000000-0000-4000-8000-000000000000"
    for path in ("/opleiding/{}/", "/opleiding/{}/agenda.ics", WORK + "{}/", WORK + "{}/plannen/", WORK + "bijeenkomst/{}/"):
        assert client.get(path.format(nobody)).status_code == 404


# --- one's own data ---------------------------------------------------------------------------------


def test_erasing_gives_the_place_to_the_next_one_and_keeps_only_the_score(planned, past):
    session = past((4, "Ik ben Tom en wil meer tijd"))
    tom = Enrolment.objects.get().person
    coming = planned(seats=1)
    actions.enrol(coming, by=tom, at=NOW)
    waiting = come(coming, "Kees")
    given = personal_data(tom)["opleiding"]
    assert {one["wat beter kan"] for one in given} == {"", "Ik ben Tom en wil meer tijd"}
    erase(tom, at=NOW)
    waiting.refresh_from_db()
    assert waiting.stage == Enrolled.PLACE
    kept = Enrolment.objects.get(session=session)
    assert (kept.person, kept.words, kept.useful, kept.stage) == (None, "", 4, Enrolled.ATTENDED)
    assert personal_data(tom) == {}
