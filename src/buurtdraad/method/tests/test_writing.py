"""`/werk/werkwijze/`: staff read the method, the programme manager writes the next version beside it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.accounts.duties import CITY_WIDE, STAFF, Duty
from buurtdraad.lib.tests.hostile_files import PDF
from buurtdraad.messages.tests.conftest import member_of_staff
from buurtdraad.method.actions import versions as actions
from buurtdraad.method.models import ExitCheck, Lesson, MethodVersion, Run, StepTemplate
from buurtdraad.method.queries.versions import draft, in_use
from buurtdraad.method.states import LessonStage, VersionStage
from buurtdraad.method.tests.drafting import *  # noqa: F403 (a method in use, and a draft)
from buurtdraad.method.tests.drafting import ADDRESS, DRAFT, step_of

pytestmark = pytest.mark.django_db
STEP = {"name": "Vieren", "purpose": "Samen\r\neten", "weeks_least": "1", "weeks_most": "2", "kinds": ["welfare"]}
HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7|add:7 }}", "' OR 1=1 --"]


def addresses(second, document):
    """Every page of the editor, and what only takes a deed."""
    step, check = step_of(second), step_of(second).checks.first()
    pages = [
        f"{DRAFT}wijzigen/", f"{DRAFT}in-gebruik/", f"{DRAFT}weg/", f"{DRAFT}stap/",
        f"{ADDRESS}stap/{step.pk}/", f"{ADDRESS}stap/{step.pk}/eruit/", f"{ADDRESS}stap/{step.pk}/controle/",
        f"{ADDRESS}stap/{step.pk}/document/", f"{ADDRESS}controle/{check.pk}/", f"{ADDRESS}controle/{check.pk}/eruit/",
        f"{ADDRESS}document/{document.uuid}/eruit/",
    ]  # fmt: skip
    old = step_of(in_use())
    deeds = [f"{ADDRESS}eerste/", f"{ADDRESS}volgende/", f"{ADDRESS}stap/{step.pk}/plek/", f"{ADDRESS}stap/{old.pk}/terug/"]
    return pages, deeds


# --- who may --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("duty", list(Duty))
def test_staff_read_and_the_programme_manager_writes(signed_in, areas, second, document, duty):
    place = None if duty in CITY_WIDE else areas["WK034403"]
    client = signed_in(member_of_staff("Iemand", "iemand@example.nl", place, duty))
    reads, writes = duty in STAFF, duty == Duty.PROGRAMME_MANAGER
    for path in (ADDRESS, ADDRESS + "versie/1/", DRAFT):
        assert client.get(path).status_code == (200 if reads else 403), path
    file = client.get(f"{ADDRESS}document/{document.uuid}/")
    assert (file.status_code, file.getvalue() == PDF) == ((200, True) if reads else (403, False))
    pages, deeds = addresses(second, document)
    for path in pages:
        assert client.get(path).status_code == (200 if writes else 403), path
    for path in deeds:
        assert client.post(path).status_code == (302 if writes else 403), path
        assert client.get(path).status_code == (405 if writes else 403), path


def test_a_visitor_signs_in_first_and_somebody_without_a_second_step_gets_one(client, signed_in, noor, second):
    assert client.get(ADDRESS).status_code == 302
    assert signed_in(noor, second_factor=False).get(ADDRESS).status_code == 302


def test_who_only_reads_sees_no_button(signed_in, joris, second):
    client = signed_in(joris)
    assert "<form" not in client.get(ADDRESS).text.split("<main")[1]
    assert "<form" not in client.get(DRAFT).text.split("<main")[1]
    assert "concept" in client.get(DRAFT).text


# --- beginning ------------------------------------------------------------------------------------------


def test_a_city_without_a_method_begins_with_seven_steps(office):
    assert "Begin met zeven stappen" in office.get(ADDRESS).text
    page = office.post(ADDRESS + "eerste/", follow=True)
    assert page.redirect_chain == [(ADDRESS + "versie/1/", 302)]
    assert len(page.context["steps"]) == 7


def test_a_city_without_a_method_can_begin_with_nothing(office):
    page = office.post(ADDRESS + "volgende/", follow=True)
    assert page.context["steps"] == []
    assert "Voeg de eerste toe." in page.text
    assert office.get(ADDRESS + "versie/1/in-gebruik/").status_code == 200
    page = office.post(ADDRESS + "versie/1/in-gebruik/")
    assert page.status_code == 422
    assert "Voeg eerst een stap toe." in page.text
    office.post(ADDRESS + "versie/1/stap/", STEP)
    office.post(ADDRESS + "versie/1/in-gebruik/")
    assert in_use().steps.get().name == "Vieren"


# --- writing --------------------------------------------------------------------------------------------


def test_a_step_is_added_renamed_moved_taken_out_and_put_back(office, second):
    assert office.post(DRAFT + "stap/", STEP).status_code == 302
    made = step_of(second, "vieren")
    assert (made.number, made.purpose, made.kinds, made.weeks_most) == (8, "Samen\neten", ["welfare"], 2)
    page = office.post(f"{ADDRESS}stap/{made.pk}/plek/", {"way": "up"})
    assert page["Location"] == f"{DRAFT}#stap-vieren"
    office.post(f"{ADDRESS}stap/{made.pk}/", STEP | {"name": "Samen vieren"})
    made.refresh_from_db()
    assert (made.number, made.name, made.key) == (7, "Samen vieren", "vieren")
    office.post(f"{ADDRESS}stap/{step_of(second).pk}/eruit/")
    page = office.get(DRAFT)
    assert [step.name for step in page.context["gone"]] == ["Plannen"]
    assert "Terugzetten: Plannen" in page.text
    office.post(f"{ADDRESS}stap/{step_of(in_use()).pk}/terug/")
    assert step_of(second).number == 4


def test_asking_whether_to_take_out_changes_nothing(office, second, document):
    pages, _deeds = addresses(second, document)
    for path in pages:
        office.get(path)
    assert MethodVersion.objects.count() == 2
    assert second.steps.count() == 7
    assert StepTemplate.objects.exists()


def test_a_form_holds_what_is_there(office, second):
    form = office.get(f"{ADDRESS}stap/{step_of(second).pk}/").context["form"]
    assert (form["name"].value(), form["duties"].value()) == ("Plannen", ["area_manager", "programme_manager"])
    check = ExitCheck.objects.get(step__version=second, key="gekozen")
    form = office.get(f"{ADDRESS}controle/{check.pk}/").context["form"]
    assert (form["measure"].value(), form["at_least"].value()) == ("topics_chosen", 3)


def test_saving_a_form_as_it_was_changes_nothing(office, second):
    for step in second.steps.all():
        form = office.get(f"{ADDRESS}stap/{step.pk}/").context["form"]
        sent = {
            name: form[name].value().replace("\n", "\r\n") if isinstance(form[name].value(), str) else form[name].value()
            for name in form.fields
        }
        assert office.post(f"{ADDRESS}stap/{step.pk}/", sent).status_code == 302
    assert office.get(DRAFT).context["changes"] == []


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"purpose": "  "}, "purpose"),
        ({"purpose": "x\x00"}, "purpose"),
        ({"duties": ["keizer"]}, "duties"),
        ({"kinds": ["keizer"]}, "kinds"),
        ({"weeks_least": "veel"}, "weeks_least"),
        ({"weeks_least": "-1"}, "weeks_least"),
        ({"weeks_most": "99999"}, "weeks_most"),
        ({"weeks_least": "3", "weeks_most": "2"}, "weeks_most"),
        ({"examples": "x" * 2001}, "examples"),
    ],
)
def test_a_step_that_cannot_be_is_told_in_words(office, second, sent, field):
    page = office.post(DRAFT + "stap/", STEP | sent)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert 'role="alert"' in page.text
    assert second.steps.count() == 7


def test_a_check_is_a_question_or_a_number_that_the_website_counts(office, second):
    step = step_of(second)
    path = f"{ADDRESS}stap/{step.pk}/controle/"
    office.post(path, {"text": "Iedereen weet ervan", "measure": "", "at_least": "7"})
    office.post(path, {"text": "Er zijn lessen", "measure": "lessons", "at_least": "2"})
    said = [(one.text, one.measure, one.at_least) for one in step.checks.all()][-2:]
    assert said == [("Iedereen weet ervan", "", None), ("Er zijn lessen", "lessons", 2)]
    page = office.get(DRAFT).text
    assert "Er zijn lessen (lessen die opgeschreven zijn: minstens 2)" in page
    last = step.checks.last()
    office.post(f"{ADDRESS}controle/{last.pk}/", {"text": "Er zijn lessen", "measure": "", "at_least": ""})
    last.refresh_from_db()
    assert (last.measure, last.at_least) == ("", None)
    office.post(f"{ADDRESS}controle/{last.pk}/eruit/")
    assert not ExitCheck.objects.filter(pk=last.pk).exists()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"text": ""}, "text"),
        ({"measure": "lessons", "at_least": ""}, "at_least"),
        ({"measure": "lessons", "at_least": "0"}, "at_least"),
        ({"measure": "wishes_answered", "at_least": "101"}, "at_least"),
        ({"measure": "lessons", "at_least": "9999999999"}, "at_least"),
        ({"measure": "weer", "at_least": "1"}, "measure"),
    ],
)
def test_a_check_that_cannot_be_is_told_in_words(office, second, sent, field):
    page = office.post(f"{ADDRESS}stap/{step_of(second).pk}/controle/", {"text": "Iets"} | sent)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]


def test_the_name_and_what_is_new_are_changed(office, second):
    sent = {"name": "Zo doen wij het", "text": "Samen", "what_is_new": "Een naam"}
    office.post(DRAFT + "wijzigen/", sent)
    assert {name: getattr(draft(), name) for name in sent} == sent


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_shown_as_words(office, second, deed, words):
    step = step_of(second)
    actions.change_step(step, name=words, purpose=words, questions=words, examples=words, **deed)
    actions.change_version(second, name=words, text=words, what_is_new=words, **deed)
    for path in (ADDRESS, DRAFT, DRAFT + "in-gebruik/", f"{ADDRESS}stap/{step.pk}/", f"{ADDRESS}stap/{step.pk}/eruit/"):
        page = office.get(path)
        assert page.status_code == 200
        assert words not in page.text or "<" not in words
        assert "<img src=x" not in page.text


def test_a_step_that_was_taken_out_in_another_window_is_told_on_the_page_of_the_draft(office, second, deed):
    step = step_of(second)
    check = step.checks.first()
    actions.take_out(step, **deed)
    for path in (f"{ADDRESS}stap/{step.pk}/plek/", f"{ADDRESS}stap/{step.pk}/", f"{ADDRESS}controle/{check.pk}/"):
        page = office.post(path, {"way": "up"}, follow=True)
        assert page.redirect_chain == [(DRAFT, 302)]
        assert "in een ander venster" in page.text


def test_of_two_windows_on_one_step_the_second_does_not_undo_the_first(office, second):
    step = step_of(second)
    path = f"{ADDRESS}stap/{step.pk}/"
    form = office.get(path).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    assert office.post(path, sent | {"name": "Afspreken"}).status_code == 302
    page = office.post(path, sent | {"purpose": "Iets anders"})
    assert page.status_code == 422
    assert "intussen veranderd" in page.text
    assert "Iets anders" in page.text
    step.refresh_from_db()
    assert step.name == "Afspreken"
    assert step.purpose != "Iets anders"


# --- in use ---------------------------------------------------------------------------------------------


def test_the_difference_is_shown_before_a_version_comes_into_use(office, areas, first, second, deed):
    Run.objects.create(area=areas["WK034403"], version=first, started_on=timezone.localdate())
    actions.change_step(step_of(second), name="Afspreken", **deed)
    actions.take_out(step_of(second, "uitvoeren"), **deed)
    actions.add_step(second, name="Vieren", purpose="Samen eten", **deed)
    page = office.get(DRAFT + "in-gebruik/")
    assert [(change.how, change.step.name) for change in page.context["changes"]] == [
        ("changed", "Afspreken"),
        ("new", "Vieren"),
        ("gone", "Uitvoeren"),
    ]
    assert "1 buurt werkt met een oudere versie" in page.text
    assert office.post(DRAFT + "in-gebruik/", {"what_is_new": ""}).status_code == 422
    assert in_use().number == 1
    assert office.post(DRAFT + "in-gebruik/", {"what_is_new": "Vieren hoort erbij."}).status_code == 302
    assert (in_use().number, in_use().what_is_new, Run.objects.get().version) == (2, "Vieren hoort erbij.", first)


def test_what_is_in_use_has_no_page_to_write_in_and_the_version_says_so(office, first, second, deed):
    step = step_of(first)
    for path in (ADDRESS + "versie/1/wijzigen/", f"{ADDRESS}stap/{step.pk}/", f"{ADDRESS}controle/{step.checks.first().pk}/"):
        page = office.get(path, follow=True)
        assert page.redirect_chain == [(ADDRESS + "versie/1/", 302)]
        assert "Versie 1 is al in gebruik" in page.text
    assert office.post(f"{ADDRESS}stap/{step.pk}/plek/", {"way": "up"})["Location"] == ADDRESS + "versie/1/"
    actions.put_in_use(second, **deed)
    page = office.post(DRAFT + "in-gebruik/", {"what_is_new": "Nog eens."}, follow=True)
    assert "Versie 2 is al in gebruik" in page.text
    assert in_use().what_is_new == ""
    page = office.post(f"{ADDRESS}stap/{step.pk}/terug/", follow=True)
    assert page.redirect_chain == [(DRAFT, 302)]
    assert "Er is geen concept meer" in page.text
    assert office.post(f"{ADDRESS}stap/0/terug/").status_code == 404


def test_a_draft_is_thrown_away_and_the_method_stays(office, second):
    page = office.post(DRAFT + "weg/", follow=True)
    assert page.redirect_chain == [(ADDRESS, 302)]
    assert "Het concept is weg." in page.text
    assert MethodVersion.objects.get().stage == VersionStage.IN_USE


def test_lessons_that_are_in_the_proposal_stand_with_the_draft(office, second):
    facts = {"happened": "Te laat", "next_time": "Eerder bellen", "stage": LessonStage.PROPOSED, "version": second}
    Lesson.objects.create(at=timezone.now(), **facts)
    assert "Eerder bellen" in office.get(DRAFT).text


def test_a_lesson_stands_with_its_step_begins_what_is_new_and_names_its_area_in_the_end(office, areas, first, second):
    run = Run.objects.create(area=areas["WK034403"], version=first, started_on=timezone.localdate())
    step = step_of(second)
    facts = {"happened": "Te laat", "next_time": "Eerder bellen", "stage": LessonStage.PROPOSED, "version": second}
    Lesson.objects.create(at=timezone.now(), run=run, step_key=step.key, **facts)
    page = office.get(DRAFT)
    assert [row["step"].key for row in page.context["steps"] if row["lessons"]] == [step.key]
    assert page.context["lessons"] == []
    assert "Eerder bellen" in office.get(f"{ADDRESS}stap/{step.pk}/").text
    assert office.get(DRAFT + "in-gebruik/").context["form"]["what_is_new"].value() == "Eerder bellen"
    office.post(DRAFT + "in-gebruik/", {"what_is_new": "Wij bellen eerder."})
    assert "Geleerd van" in office.get("/werkwijze/versie/2/").text
    assert "Overvecht" in office.get("/werkwijze/versie/2/").text


def test_a_long_method_asks_no_more_than_a_short_one(office, second, deed):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert office.get(DRAFT).status_code == 200
        return len(queries)

    for key in ("plannen", "uitvoeren", "signaleren", "samen-kiezen"):
        actions.take_out(step_of(second, key), **deed)
    few = asked()
    for number in range(6):
        actions.add_step(second, name=f"Stap {number}", purpose="Meer", **deed)
    assert asked() == few
