"""The pages of a run: for everybody, for staff, and starting one elsewhere."""

import datetime
import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buurtdraad.accounts.duties import Duty
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.audit.models import Event
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.tests.conftest import member_of_staff
from buurtdraad.method.access import may_run, may_start
from buurtdraad.method.actions import runs as actions
from buurtdraad.method.models import CheckMet, Decision, Deviation, ExitCheck, Lesson, Risk, Run, RunMeeting, RunPartner, RunPerson, RunStep
from buurtdraad.method.own.actions import erase
from buurtdraad.method.own.queries import personal_data
from buurtdraad.method.queries.runs import partners_of, run_in, state_of
from buurtdraad.method.tests.running import *  # noqa: F403 (a method and a run)
from buurtdraad.method.tests.running import DAY, NOW, TODAY, partner
from buurtdraad.pages import work_near
from buurtdraad.pages.destruction.kinds import BY_KIND
from buurtdraad.partners.models import Kind

pytestmark = pytest.mark.django_db
HERE, PUBLIC, START = "/werk/werkwijze/gebied/WK034403/", "/werkwijze/WK034403/", "/werk/werkwijze/beginnen/"
HOSTILE = "<script>alert(1)</script>"
WHY = "De buurt vroeg erom"


def write_all(run, noor, text, times=1):
    """Something of everything that people write with a run."""
    first = RunStep.objects.filter(run=run).order_by("step__number").first()
    for number in range(times):
        meeting = Meeting.objects.create(
            area=run.area, title=text, starts_at=NOW, ends_at=NOW + DAY, place="Hier", code=f"m{Meeting.objects.count()}", made_at=NOW,
            changed_at=NOW,
        )  # fmt: skip
        actions.decide(run, what=f"{text} {number}", decided_by=text, on=TODAY, by=noor, at=NOW)
        actions.deviate(run, what=text, why=text, step=first.step, by=noor, at=NOW)
        actions.see_risk(run, what=text, we_do=text, by=noor, at=NOW)
        actions.tie_meeting(first, meeting, by=noor, at=NOW)
        colleague = member_of_staff(text, f"c{RunPerson.objects.count()}@example.nl", run.area)
        actions.add_person(run, person=colleague, role=text, by=noor, at=NOW)
        RunPartner.objects.create(
            run=run, organisation=partner(f"{text} {Meeting.objects.count()}", Kind.CARE, run.area), takes_part=number % 2
        )
        Lesson.objects.create(run=run, happened=text, next_time=text, at=NOW)
    actions.say_differently(run, differently=text, because=text, by=noor, at=NOW)


# --- for everybody ------------------------------------------------------------------------------------


def test_everybody_reads_where_it_stands_what_was_decided_and_what_is_otherwise_and_why(client, run, noor, brug):
    assert client.get("/werkwijze/zuilen-oost/").status_code == 404
    page = client.get(PUBLIC).text
    assert "Hier doen we het zoals de werkwijze zegt" in page
    actions.decide(run, what="Eerst naar de ouders", decided_by="De stuurgroep", on=TODAY, by=noor, at=NOW)
    actions.deviate(run, what="Geen avond maar voordeuren", why="Avonden zijn leeg", by=noor, at=NOW)
    actions.say_differently(run, differently="We gaan langs de deur.", because="Op avonden komt bijna niemand.", by=noor, at=NOW)
    actions.choose_partners(run, take_part=[brug], by=noor, at=NOW)
    actions.see_risk(run, what="Geheim risico", we_do="Opletten", by=noor, at=NOW)
    Lesson.objects.create(run=run, happened="Geheime les", next_time="y", at=NOW)
    page = client.get(PUBLIC).text
    for words in (
        "stap 1 van 4", "Signaleren", "Kom naar de avond.", "Samen kiezen", "Eerst naar de ouders", "De stuurgroep",
        "Geen avond maar voordeuren",
        "Avonden zijn leeg", "We gaan langs de deur.", "Welzijn De Brug",
    ):  # fmt: skip
        assert words in page, words
    for words in ("Geheim risico", "Geheime les", noor.name):
        assert words not in page


def test_a_run_that_stands_still_or_ended_says_so_and_why(client, run, noor):
    actions.pause(run, why="Even wachten op geld", by=noor, at=NOW)
    assert "Even wachten op geld" in client.get(PUBLIC).text
    actions.end(run, why="Het doel is bereikt", by=noor, at=NOW)
    assert "Het doel is bereikt" in client.get(PUBLIC).text


def test_hostile_words_stay_words_on_both_pages(client, run, noor, signed_in):
    write_all(run, noor, HOSTILE)
    pages = [client.get(PUBLIC), signed_in(noor).get(HERE), client.get(f"{HERE}bijeenkomst/")]
    for page in pages:
        assert page.status_code == 200
        assert HOSTILE not in page.text
        assert "&lt;script&gt;" in page.text


def test_a_partner_that_was_joined_to_another_stands_there_once_as_the_whole(client, run, noor, brug, areas):
    whole = partner("De Brug Utrecht", Kind.WELFARE, areas["zuilen-oost"])
    actions.choose_partners(run, take_part=[brug], proposed=[whole], by=noor, at=NOW)
    brug.joined_to = whole
    brug.save(update_fields=["joined_to"])
    assert [(str(one.organisation.whole), one.takes_part) for one in partners_of(run)] == [("De Brug Utrecht", True)]
    assert "Welzijn De Brug" not in client.get(PUBLIC).text
    actions.choose_partners(run, take_part=[whole], by=noor, at=NOW)
    assert set(run.partners.values_list("organisation", "takes_part")) == {(brug.pk, True), (whole.pk, True)}
    actions.choose_partners(run, take_part=[], by=noor, at=NOW)
    assert not run.partners.exists()


@pytest.mark.parametrize("path", [PUBLIC, HERE])
def test_the_pages_take_the_same_queries_with_one_and_three_rows(client, run, noor, signed_in, path):
    counts = []
    for times in (1, 2):
        write_all(run, noor, f"Keer {times}", times)
        if path == HERE:
            signed_in(noor)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= (12 if path == PUBLIC else 28)


# --- who may --------------------------------------------------------------------------------------------

RUNNERS_HERE = {Duty.AREA_ADVISER, Duty.AREA_MANAGER, Duty.PROGRAMME_MANAGER}


@pytest.mark.parametrize("duty", list(Duty))
def test_who_works_here_carries_it_out_and_the_programme_manager_starts_anywhere(areas, duty):
    person = member_of_staff("Iemand", "iemand@example.nl", areas["WK034403"], duty)
    assert [may_run(person, areas[code]) for code in ("WK034403", "BU03440321", "zuilen-oost")] == [duty in RUNNERS_HERE] * 2 + [False]
    assert may_start(person, areas["zuilen-oost"]) is (duty == Duty.PROGRAMME_MANAGER)


DEEDS = ("planning", "stilstaan", "stoppen", "besluit", "anders", "in-twee-zinnen", "risico", "partners", "collega", "bijeenkomst")


@pytest.mark.parametrize(
    ("role", "stage"),
    list(itertools.product(("visitor", "kees", "hamid", "joris", "samira", "noor"), ("running", "paused", "ended"))),
)
def test_role_and_state_decide_what_one_sees_and_may(run, signed_in, request, role, stage):
    client, noor = request.getfixturevalue("client"), request.getfixturevalue("noor")
    if stage != "running":
        (actions.pause if stage == "paused" else actions.end)(run, why=WHY, by=noor, at=NOW)
    if role != "visitor":
        signed_in(request.getfixturevalue(role))
    step = RunStep.objects.filter(run=run).order_by("pk").first().pk
    runs_it, staff = role in {"samira", "noor"}, role in {"hamid", "joris", "samira", "noor"}
    assert client.get(PUBLIC).status_code == 200
    assert client.get(HERE).status_code == (302 if role == "visitor" else 200 if staff else 403)
    asked = 302 if role == "visitor" else 403 if role in {"kees", "hamid"} else 404 if stage == "ended" else 200 if runs_it else 403
    assert {client.get(f"{HERE}{deed}/").status_code for deed in DEEDS} == {asked}
    done = 302 if runs_it and stage != "ended" else asked
    assert client.post(f"{HERE}stap/{step}/verder/").status_code == done
    assert state_of(Run.objects.get()).number == 1, "what must be there is not there"
    assert ("buurt-btns" in client.get(HERE).text) is staff


# --- what staff do with it ---------------------------------------------------------------------------------


def test_staff_meet_a_check_go_on_and_see_what_is_missing(run, noor, herkend, signed_in):
    client = signed_in(noor)
    step = state_of(run_in("WK034403")).now
    page = client.post(f"{HERE}stap/{step.pk}/verder/", follow=True).text
    assert "Bewoners herkennen het beeld" in page
    assert "Dit is er nog niet" in page
    client.post(f"{HERE}controle/{herkend.pk}/")
    page = client.post(f"{HERE}stap/{step.pk}/verder/", follow=True).text
    assert "De volgende stap is begonnen." in page
    assert "Wensen die verteld zijn: nu 0, nodig 2." in page
    assert "iemand anders" in client.post(f"{HERE}stap/{step.pk}/verder/", follow=True).text.lower()


def test_what_the_data_contradict_stands_on_the_page(second, noor, make_wish, signed_in):
    wishes = [make_wish(text, area="BU03440321") for text in ("Een bank", "Een boom", "Een lamp")]
    actions.meet_check(second, ExitCheck.objects.get(key="wensen"), by=noor, at=NOW)
    actions.go_on(second, by=noor, at=NOW)
    wishes[0].delete()
    assert "het was 3" not in signed_in(noor).get(HERE).text
    wishes[1].delete()
    page = signed_in(noor).get(HERE).text
    assert "Nu is het 1, het was 3." in page
    actions.count_again()
    assert [item.title for item in work_near.runs(noor, TODAY)] == ["De gegevens zeggen nu iets anders, in stap: Samen kiezen"]


def test_each_form_asks_again_when_it_is_empty_and_keeps_what_is_good(run, noor, brug, areas, signed_in):
    client = signed_in(noor)
    meeting = Meeting.objects.create(
        area=areas["BU03440321"], title="Avond", starts_at=NOW, ends_at=NOW + DAY, place="Hier", code="abc", made_at=NOW, changed_at=NOW
    )
    first = RunStep.objects.filter(run=run).order_by("step__number").first()
    good = {
        "besluit": {"what": "Eerst groen", "decided_by": "De stuurgroep", "on": TODAY},
        "anders": {"what": "Langs de deur", "why": WHY},
        "in-twee-zinnen": {"differently": "Wij gaan langs.", "because": "Avonden zijn leeg."},
        "risico": {"what": "Te weinig mensen", "we_do": "Langs de deur"},
        "collega": {"person": noor.pk, "role": "trekker"},
        "bijeenkomst": {"step": first.pk, "meeting": meeting.pk},
    }
    for path, data in good.items():
        bad = client.post(f"{HERE}{path}/", {"differently": "x"} if path == "in-twee-zinnen" else {})
        assert bad.status_code == 422, path
        assert client.get(f"{HERE}{path}/").status_code == 200
        assert client.post(f"{HERE}{path}/", data).status_code == 302, path
    assert client.post(f"{HERE}partners/", {"take_part": [brug.pk]}).status_code == 302
    assert (Decision.objects.count(), Deviation.objects.count(), Risk.objects.count(), RunMeeting.objects.count()) == (1, 1, 1, 1)
    assert (RunPerson.objects.get().role, RunPartner.objects.get().takes_part) == ("trekker", True)
    run.refresh_from_db()
    assert run.differently == "Wij gaan langs."
    page = client.get(HERE).text
    for words in ("Eerst groen", "Langs de deur", "Te weinig mensen", "trekker", "Avond"):
        assert words in page
    assert client.post(f"{HERE}weg/besluit/{Decision.objects.get().pk}/").status_code == 302
    assert client.post(f"{HERE}weg/alles/1/").status_code == 404
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("besluit", {"what": "x", "decided_by": "y", "on": "9999-99-99"}),
        ("besluit", {"what": "x", "decided_by": "y", "on": "1200-01-01"}),
        ("anders", {"what": "x", "why": "bel 0612345678"}),
        ("anders", {"what": "x", "why": "y", "step": "999999"}),
        ("collega", {"person": "kees"}),
        ("bijeenkomst", {"step": "1", "meeting": "9" * 30}),
        ("partners", {"take_part": ["x"]}),
        ("planning", {"step0": "x"}),
        ("stilstaan", {"why": ""}),
        ("stoppen", {"why": " "}),
    ],
)
def test_what_makes_no_sense_is_asked_again_and_changes_nothing(run, noor, signed_in, path, data):
    client, events = signed_in(noor), Event.objects.count()
    if path == "planning":
        later = RunStep.objects.filter(run=run, stage="to_come").first()
        data = {f"step{later.pk}": "31-31-2026"}
    assert client.post(f"{HERE}{path}/", data).status_code == 422
    assert Event.objects.count() == events


def test_staff_skip_go_back_pass_over_plan_pause_and_end(run, noor, herkend, signed_in):
    client = signed_in(noor)
    first, second, third, _last = RunStep.objects.filter(run=run).order_by("step__number")
    assert client.post(f"{HERE}controle/{herkend.pk}/overslaan/", {"why": WHY}).status_code == 302
    assert CheckMet.objects.get().passed_over
    client.post(f"{HERE}controle/{herkend.pk}/terug/")
    assert not CheckMet.objects.exists()
    client.post(f"{HERE}stap/{third.pk}/overslaan/", {"why": WHY})
    assert WHY in client.get(PUBLIC).text
    client.post(f"{HERE}stap/{third.pk}/toch/")
    client.post(f"{HERE}stap/{first.pk}/overslaan/", {"why": WHY})
    client.post(f"{HERE}stap/{first.pk}/terug/", {"why": WHY})
    client.post(f"{HERE}planning/", {f"step{second.pk}": TODAY + DAY, f"step{third.pk}": ""})
    assert list(RunStep.objects.filter(run=run).order_by("step__number").values_list("stage", "planned_on"))[:3] == [
        ("now", TODAY), ("to_come", TODAY + DAY), ("to_come", None),
    ]  # fmt: skip
    client.post(f"{HERE}stilstaan/", {"why": WHY})
    assert "Staat stil" in client.get(HERE).text
    client.post(f"{HERE}hervatten/")
    client.post(f"{HERE}stoppen/", {"why": "Het doel is bereikt"})
    page = client.get(HERE).text
    assert "Het doel is bereikt" in page
    assert START in page
    with pytest.raises(Refused):
        actions.resume(run, by=noor, at=NOW)


def test_what_is_of_another_area_is_not_there(run, noor, areas, signed_in, herkend):
    other = actions.start(areas["zuilen-oost"], by=noor, at=NOW)
    theirs = RunStep.objects.filter(run=other).first()
    client = signed_in(noor)
    for path in (f"stap/{theirs.pk}/verder/", f"stap/{theirs.pk}/toch/", f"stap/{'9' * 30}/verder/", "controle/0/"):
        assert client.post(f"{HERE}{path}").status_code == 404, path
    assert client.get("/werk/werkwijze/gebied/nergens/").status_code == 404


# --- starting --------------------------------------------------------------------------------------------------


def test_the_preview_makes_nothing_and_the_button_makes_it(run, noor, brug, areas, signed_in):
    partner("Welzijn Zuilen", Kind.WELFARE, areas["zuilen-oost"])
    actions.choose_partners(run, take_part=[brug], by=noor, at=NOW)
    client = signed_in(noor)
    assert f'value="{run.uuid}" selected' in client.get(f"{START}?zoals={run.uuid}").text
    asked = {"gebied": "zuilen-oost", "zoals": run.uuid, "vanaf": TODAY}
    page = client.get(START, asked).text
    for words in ("Dit wordt gemaakt in Zuilen-Oost", "Signaleren", "Welzijn Zuilen", "Start in Zuilen-Oost"):
        assert words in page, words
    assert Run.objects.count() == 1
    assert client.post(START, asked).headers["Location"] == "/werk/werkwijze/gebied/zuilen-oost/"
    made = run_in("zuilen-oost")
    assert (made.like, made.version) == (run, run.version)
    assert "Zuilen-Oost begon net zo" in client.get(HERE).text
    assert "zoals Overvecht" in client.get("/werk/werkwijze/gebied/zuilen-oost/").text
    assert client.post(START, asked).status_code == 422, "a second press makes no second run"
    assert Run.objects.count() == 2


@pytest.mark.parametrize("asked", [{"gebied": ""}, {"gebied": "GM9999"}, {"zoals": "x"}, {"vanaf": "morgen"}, {"vanaf": "1500-01-01"}])
def test_what_cannot_be_started_is_asked_again(run, noor, signed_in, asked):
    client = signed_in(noor)
    data = {"gebied": "zuilen-oost", "zoals": str(run.uuid), "vanaf": TODAY} | asked
    assert client.get(START, data).status_code == 422
    assert client.post(START, data).status_code == 422
    assert Run.objects.count() == 1


def test_an_adviser_starts_in_the_own_area_only_and_without_a_method_nobody_does(areas, samira, joris, signed_in, db):
    client = signed_in(joris)
    assert "zuilen-oost" in client.get(START).text
    assert "WK034403" not in client.get(START).text
    page = client.get(START, {"gebied": "zuilen-oost", "vanaf": TODAY})
    assert (page.status_code, "nog geen werkwijze" in page.text) == (422, True)
    make_version()  # noqa: F405
    assert client.post(START, {"gebied": "zuilen-oost", "vanaf": TODAY}).status_code == 302
    assert client.post(START, {"gebied": "WK034403", "vanaf": TODAY}).status_code == 422
    assert "Hier is de werkwijze nog niet begonnen" in client.get(HERE).text


# --- of a person ---------------------------------------------------------------------------------------------------


def test_a_colleague_sees_on_what_they_work_and_takes_it_along_and_erasing_takes_it_away(run, noor, signed_in):
    actions.add_person(run, person=noor, role="trekker", by=noor, at=NOW)
    page = signed_in(noor).get("/mijn/").text
    assert "Overvecht" in page
    assert personal_data(noor) == {"werkt mee aan de aanpak in": [{"gebied": "Overvecht", "als": "trekker", "sinds": TODAY}]}
    erase(noor, at=NOW)
    assert personal_data(noor) == {}
    assert run_in("WK034403") == run


def test_who_worked_on_a_run_is_forgotten_a_year_after_it_ended(run, noor):
    kept, ended = BY_KIND["run-person"], datetime.date(2025, 3, 10)
    actions.end(run, why="Klaar", by=noor, at=NOW)
    Run.objects.update(ended_on=ended)
    (works,) = RunPerson.objects.all()
    assert not kept.due(datetime.date(2026, 3, 10)).exists()
    assert kept.destroy([works.pk], on=datetime.date(2026, 3, 10)) == 0
    (due,) = kept.due(datetime.date(2026, 3, 11))
    assert kept.words(due) == "Wie aan de werkwijze werkte in: Overvecht"
    assert kept.destroy([works.pk], on=datetime.date(2026, 3, 11)) == 1
    assert not RunPerson.objects.exists()


def test_a_step_that_takes_too_long_waits_for_who_runs_it(run, noor, joris, samira):
    RunStep.objects.filter(stage="now").update(since_on=TODAY - 40 * DAY)
    for person, titles in (
        (noor, ["Langer dan gewoon in stap: Signaleren"]),
        (samira, ["Langer dan gewoon in stap: Signaleren"]),
        (joris, []),
    ):
        assert [item.title for item in work_near.runs(person, TODAY)] == titles
    (item,) = work_near.runs(noor, TODAY)
    assert (item.days_left, item.area, item.link) == (-12, "Overvecht", HERE)
