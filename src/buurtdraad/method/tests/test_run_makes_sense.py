"""What a run says and takes makes sense: the next step, its days, going back, taking away, and where one starts."""

import datetime

import pytest

from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.method.actions import runs as actions
from buurtdraad.method.actions import versions
from buurtdraad.method.actions.records import NotWritten
from buurtdraad.method.actions.runs import ChecksMissing, NotSoNow
from buurtdraad.method.forms.versions import StepForm
from buurtdraad.method.models import Decision, ExitCheck, Risk, Run, RunStep
from buurtdraad.method.queries.runs import run_in, runs_to_be_like, state_of
from buurtdraad.method.queries.starting import runs_near
from buurtdraad.method.tests.running import *  # noqa: F403 (a method and a run)
from buurtdraad.method.tests.running import DAY, NOW, TODAY, make_version

pytestmark = pytest.mark.django_db
HERE, PUBLIC, START = "/werk/werkwijze/gebied/WK034403/", "/werkwijze/WK034403/", "/werk/werkwijze/beginnen/"
WHY = "De buurt vroeg erom"


def steps(run):
    return list(RunStep.objects.filter(run=run).order_by("step__number"))


# --- days ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "code"), [(-2000, 422), (-360, 200), (0, 200), (80, 200), (1500, 422)])
@pytest.mark.usefixtures("version", "areas")
def test_a_run_begins_at_most_a_year_ago_and_three_months_ahead(noor, signed_in, days, code):
    asked = {"gebied": "zuilen-oost", "vanaf": TODAY + days * DAY}
    page = signed_in(noor).get(START, asked)
    assert page.status_code == code
    assert ("in het afgelopen jaar of in de komende drie maanden" in page.text) is (code == 422)


def test_a_run_that_begins_later_does_not_say_that_it_is_at_its_first_step(version, areas, noor, client, signed_in):
    actions.start(areas["WK034403"], first_on=TODAY + 30 * DAY, by=noor, at=NOW)
    everywhere = client.get("/werkwijze/").text
    assert ">Nu<" not in everywhere
    assert "We beginnen op" in client.get("/buurten/BU03440321/").text
    page = client.get(PUBLIC).text
    assert "We beginnen op" in page
    assert "We zijn bij stap" not in page
    assert "Sinds" not in page
    page = signed_in(noor).get(HERE).text
    assert "Begint op" in page
    assert "Nu: Signaleren" not in page


def test_a_day_that_is_over_is_shown_to_staff_as_not_met_and_to_nobody_else(run, noor, client, signed_in):
    second = steps(run)[1]
    RunStep.objects.filter(pk=second.pk).update(planned_on=datetime.date(2026, 1, 3))
    assert "3 januari 2026" not in client.get(PUBLIC).text
    assert "januari 2026" not in client.get(PUBLIC).text
    assert "Zou beginnen op 3 januari 2026" in signed_in(noor).get(HERE).text


def test_no_step_is_planned_before_the_run_began(run, noor, signed_in):
    second = steps(run)[1]
    page = signed_in(noor).post(f"{HERE}planning/", {f"step{second.pk}": "2001-01-01"})
    assert (page.status_code, "De aanpak begon later dan deze dag." in page.text) == (422, True)


def test_a_decision_is_not_of_a_day_to_come_and_stands_there_once(run, noor, signed_in):
    client, asked = signed_in(noor), {"what": "Eerst groen", "decided_by": "De stuurgroep"}
    assert client.post(f"{HERE}besluit/", asked | {"on": TODAY + 3000 * DAY}).status_code == 422
    assert client.post(f"{HERE}besluit/", asked | {"on": TODAY}).status_code == 302
    page = client.post(f"{HERE}besluit/", asked | {"on": TODAY})
    assert (page.status_code, "Dit besluit staat er al." in page.text) == (422, True)
    assert Decision.objects.count() == 1


# --- from step to step --------------------------------------------------------------------------------


def test_going_back_stays_to_be_read_with_why_and_when_it_was_done_before(second, noor, client, signed_in):
    first = steps(second)[0]
    RunStep.objects.filter(pk=first.pk).update(since_on=datetime.date(2026, 2, 1), until_on=datetime.date(2026, 3, 5))
    page = signed_in(noor).get(f"{HERE}stap/{first.pk}/terug/")
    assert "Iedereen kan lezen waarom u teruggaat." in page.text
    actions.back_to(second, first, why=WHY, by=noor, at=NOW)
    decision = Decision.objects.get()
    assert decision.what == (
        "Terug naar de stap “Signaleren”. Die was eerder klaar: van 1 februari 2026 tot 5 maart 2026. Waarom: De buurt vroeg erom"
    )
    assert (decision.decided_by, decision.on) == ("Programmamanager", TODAY)
    assert "De buurt vroeg erom" in client.get(PUBLIC).text


def test_going_back_for_the_longest_reason_is_kept(second, noor):
    actions.back_to(second, steps(second)[0], why="x" * 600, by=noor, at=NOW)
    assert len(Decision.objects.get().what) == 500


def test_when_the_last_steps_are_skipped_it_says_so_and_what_comes_after(second, noor, client, signed_in):
    for one in steps(second)[1:]:
        actions.skip(second, one, why=WHY, by=noor, at=NOW)
    for page in (client.get(PUBLIC).text, signed_in(noor).get(HERE).text):
        assert "Alle stappen zijn klaar of overgeslagen." in page
        assert "Alle stappen zijn klaar." not in page
    assert "Dan kunt u hier opnieuw beginnen met een volgende ronde." in page


def test_what_is_missing_stands_in_a_sentence_without_two_full_stops(run, noor):
    ExitCheck.objects.update(text="Bewoners weten wat wij doen.")
    with pytest.raises(ChecksMissing, match=r"Bewoners weten wat wij doen\. U kunt het ook overslaan"):
        actions.go_on(run, by=noor, at=NOW)


# --- taking away --------------------------------------------------------------------------------------


def test_taking_away_asks_first_and_says_what_it_is(run, noor, signed_in):
    decision = actions.decide(run, what="Eerst groen", decided_by="De stuurgroep", on=TODAY, by=noor, at=NOW)
    risk = actions.see_risk(run, what="Te weinig mensen", we_do="Langs de deur", by=noor, at=NOW)
    colleague = run.people.get()
    client = signed_in(noor)
    for kind, pk, words in (
        ("besluit", decision.pk, "Eerst groen"),
        ("risico", risk.pk, "Te weinig"),
        ("collega", colleague.pk, noor.name),
    ):
        path = f"{HERE}weg/{kind}/{pk}/"
        assert f'href="{path}"' in client.get(HERE).text
        assert f'action="{path}"' not in client.get(HERE).text
        page = client.get(path)
        assert (page.status_code, words in page.text) == (200, True)
        assert client.post(path).status_code == 302
        assert "Het is al weg." in client.get(path, follow=True).text
    assert not Decision.objects.exists()
    assert Risk.objects.get().over_on == TODAY


# --- choosing -----------------------------------------------------------------------------------------


def test_selects_are_in_the_language_of_the_page_and_without_a_meeting_there_is_no_empty_form(run, areas, noor, signed_in):
    client = signed_in(noor)
    page = client.get(f"{HERE}bijeenkomst/").text
    assert 'href="/werk/bijeenkomsten/nieuw/"' in page
    assert 'name="meeting"' not in page
    Meeting.objects.create(
        area=areas["WK034403"], title="Avond", starts_at=NOW, ends_at=NOW + DAY, place="Hier", code="abc", made_at=NOW, changed_at=NOW
    )
    pages = client.get(f"{HERE}bijeenkomst/").text + client.get(f"{HERE}collega/").text
    for words in ("Kies een bijeenkomst", "Kies een stap", "Kies een collega"):
        assert words in pages
    assert "Select an option" not in pages
    assert "----" not in pages


def test_only_areas_without_a_run_are_offered_and_runs_that_stand_somewhere(run, areas, noor, signed_in):
    broken_off = actions.start(areas["zuilen-oost"], by=noor, at=NOW)
    actions.end(broken_off, why="Geen mensen", by=noor, at=NOW)
    assert runs_to_be_like() == [run]
    page = signed_in(noor).get(START).text
    assert "Overvecht (stap 1: Signaleren)" in page
    assert 'value="WK034403"' not in page
    assert 'value="zuilen-oost"' in page
    for one in steps(run):
        actions.skip(run, one, why=WHY, by=noor, at=NOW)
    actions.end(run, why="Het doel is bereikt", by=noor, at=NOW)
    assert runs_to_be_like() == [run]
    assert "Overvecht (gestopt op" in signed_in(noor).get(START).text


def test_a_start_inside_or_around_another_run_says_what_residents_see(run, areas, noor, signed_in):
    client = signed_in(noor)
    page = client.get(START, {"gebied": "BU03440321", "vanaf": TODAY}).text
    assert "Daar loopt al een aanpak. Start u hier ook?" in page
    assert "Die van Overvecht zien zij daar niet meer." in page
    assert "Daar loopt al" not in client.get(START, {"gebied": "zuilen-oost", "vanaf": TODAY}).text
    inner = actions.start(areas["BU03440241"], by=noor, at=NOW)
    assert runs_near(areas["zuilen-oost"]) == ([], [inner])
    assert "blijven op hun pagina" in client.get(START, {"gebied": "zuilen-oost", "vanaf": TODAY}).text


# --- writing the method -------------------------------------------------------------------------------


def test_two_steps_of_a_draft_do_not_have_one_name(version, noor):
    draft = versions.draft_next(by=noor, at=NOW)
    first, other = draft.steps.all()[:2]
    with pytest.raises(NotWritten, match="Er is al een stap met deze naam"):
        versions.add_step(draft, name="signaleren", purpose="x", by=noor, at=NOW)
    with pytest.raises(NotWritten):
        versions.change_step(other, name=first.name, by=noor, at=NOW)
    versions.change_step(first, name=first.name, purpose="Anders", by=noor, at=NOW)


def test_what_a_step_is_for_has_at_most_a_thousand_characters():
    assert "purpose" in StepForm({"name": "x", "purpose": "x" * 1001}).errors
    assert "purpose" not in StepForm({"name": "x", "purpose": "x" * 1000}).errors


# --- an older version ---------------------------------------------------------------------------------


def test_an_area_of_an_older_version_says_so_beside_the_steps_of_the_new_one(run, client):
    assert "Nog met de stappen van versie" not in client.get("/werkwijze/").text
    run.version.stage = "followed"
    run.version.save(update_fields=["stage"])
    make_version(2)
    text = client.get("/werkwijze/").text
    assert "Nog met de stappen van versie 1." in text
    assert "Nu: Signaleren" in text


def test_a_second_decision_of_another_day_is_another_one(run, noor):
    for days in (0, 1):
        actions.decide(run, what="Door", decided_by="De stuurgroep", on=TODAY - days * DAY, by=noor, at=NOW)
    assert Decision.objects.count() == 2
    with pytest.raises(NotSoNow):
        actions.decide(run, what="Door", decided_by="De stuurgroep", on=TODAY, by=noor, at=NOW)


def test_what_we_do_otherwise_and_why_are_two_sentences(run, noor):
    actions.say_differently(run, differently="Wij gaan langs", because="Avonden zijn leeg.", by=noor, at=NOW)
    assert Run.objects.get().in_two_sentences == "Wij gaan langs. Avonden zijn leeg."
    assert state_of(run_in("WK034403")).skips is False
