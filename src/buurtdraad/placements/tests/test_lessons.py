"""A lesson is told, read by somebody else, and only then seen; nobody can be recognised in it."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from buurtdraad.accounts.duties import Duty
from buurtdraad.audit.models import Event
from buurtdraad.lib.stages import WrongStage
from buurtdraad.messages.models import Message
from buurtdraad.messages.tests.conftest import member_of_staff
from buurtdraad.placements.access import may_read_lesson
from buurtdraad.placements.actions.after import NotThere
from buurtdraad.placements.actions.lessons import (
    AboutSomebody,
    ReadAgain,
    Told,
    ToldAlready,
    mark_of,
    read_lesson,
    share,
    tell_again,
    withdraw,
)
from buurtdraad.placements.models import Lesson, SimplerRule
from buurtdraad.placements.states import LESSON_MOVES, RULE_MOVES, LessonStage, RuleStage, Theme
from buurtdraad.placements.tests.afterwards import *  # noqa: F403 (the meal at which Tom was)
from buurtdraad.placements.tests.afterwards import HOSTILE, LEARNED, NOW, PROPOSAL, RULE, TODAY

pytestmark = pytest.mark.django_db
FORM = {"text": LEARNED, "theme": "rules", "area": "WK034403", "rule": RULE, "proposal": PROPOSAL, "nobody": "on"}


@pytest.fixture
def as_tom(client, signed_in, tom):
    return signed_in(tom, second_factor=False)


@pytest.fixture
def as_noor(client, signed_in, noor):
    return signed_in(noor)


@pytest.fixture
def make_shared(placement, told, tom, noor):
    def make():
        other = replace(told, text=f"{told.text} {Lesson.objects.count()}")
        made = share(placement, other, by=tom, at=NOW)
        read_lesson(made, yes=True, was=mark_of(made), by=noor, at=NOW)

    return make


def new(placement):
    return f"/stages/{placement.uuid}/les/"


def work(lesson, rest=""):
    return f"/werk/stages/lessen/{lesson.uuid}/{rest}"


# --- telling ------------------------------------------------------------------------------------------


def test_who_was_there_tells_a_lesson_that_nobody_sees_yet(as_tom, placement, client):
    assert as_tom.post(new(placement), FORM).status_code == 302
    lesson = Lesson.objects.get()
    assert (lesson.stage, lesson.department, lesson.rule.rule) == (LessonStage.TO_READ, "Stadsingenieurs", RULE)
    client.logout()
    assert client.get(f"/stages/lessen/{lesson.uuid}/").status_code == 404
    assert LEARNED not in client.get("/stages/").text


def test_without_the_box_it_is_not_shared(as_tom, placement):
    answer = as_tom.post(new(placement), FORM | {"nobody": ""})
    assert (answer.status_code, "Lees uw tekst nog eens" in answer.text) == (422, True)
    assert not Lesson.objects.exists()


@pytest.mark.parametrize("field", ["text", "rule", "proposal"])
def test_what_may_be_a_person_is_marked_and_asked_to_be_written_otherwise(as_tom, placement, field):
    answer = as_tom.post(new(placement), FORM | {field: "Mevrouw Aydin kreeg twee brieven."})
    assert answer.status_code == 422
    assert "<mark>Mevrouw Aydin</mark>" in answer.text
    assert "Schrijf ze anders" in answer.text
    assert not Lesson.objects.exists()
    assert as_tom.post(new(placement), FORM | {field: "Iemand kreeg twee brieven."}).status_code == 302


def test_a_word_that_is_no_name_after_all_goes_on_to_the_reader(as_tom, placement):
    about = FORM | {"text": "Op de Willem de Zwijgerlaan 12 is geen buurthuis."}
    assert as_tom.post(new(placement), about).status_code == 422
    assert as_tom.post(new(placement), about | {"looked": "on"}).status_code == 302
    assert Lesson.objects.get().stage == LessonStage.TO_READ


def test_a_phone_number_never_goes_into_a_lesson(as_tom, placement, told, tom):
    about = FORM | {"text": "Bel 06 12345678 voor een bankje.", "looked": "on"}
    assert as_tom.post(new(placement), about).status_code == 422
    with pytest.raises(AboutSomebody):
        share(placement, Told("Bel 06 12345678", Theme.RULES), by=tom, at=NOW)


@pytest.mark.parametrize(
    "wrong", [{"theme": "onzin"}, {"area": "nergens"}, {"text": ""}, {"text": "x" * 501}, {"proposal": ""}, {"rule": ""}]
)
def test_nonsense_is_answered_on_the_form(as_tom, placement, wrong):
    assert as_tom.post(new(placement), FORM | wrong).status_code == 422
    assert not Lesson.objects.exists()


def test_a_lesson_needs_no_rule_and_no_place(as_tom, placement):
    as_tom.post(new(placement), FORM | {"rule": "", "proposal": "", "area": ""})
    assert (Lesson.objects.get().area, SimplerRule.objects.exists()) == (None, False)


def test_nobody_tells_a_lesson_of_anothers_placement(as_noor, placement, told, noor):
    assert as_noor.get(new(placement)).status_code == 404
    with pytest.raises(NotThere):
        share(placement, told, by=noor, at=NOW)


# --- reading ------------------------------------------------------------------------------------------


def test_the_organiser_reads_it_and_then_everybody_can_without_a_name(as_noor, client, lesson, tom):
    page = as_noor.get(work(lesson)).text
    assert LEARNED in page
    assert "Tom" not in page
    as_noor.post(work(lesson), {"deed": "share", "was": mark_of(lesson)})
    assert Message.objects.get(contact__person=tom).link == f"/stages/lessen/{lesson.uuid}/"
    client.logout()
    for public in ("/stages/", f"/stages/lessen/{lesson.uuid}/"):
        page = client.get(public).text
        assert LEARNED in page
        assert RULE in page
        assert "Tom" not in page
        assert "Stadsingenieurs" not in page


def test_it_goes_back_with_a_reason_and_comes_again(as_noor, client, signed_in, lesson, tom):
    assert as_noor.post(work(lesson), {"deed": "back", "was": mark_of(lesson), "why": ""}).status_code == 422
    as_noor.post(work(lesson), {"deed": "back", "was": mark_of(lesson), "why": "Het bankje is van een buurman."})
    signed_in(tom, second_factor=False)
    assert "Uw les kwam terug" in client.get("/mijn/").text
    page = client.get(f"/stages/lessen/{lesson.uuid}/wijzigen/").text
    assert "Het bankje is van een buurman." in page
    client.post(f"/stages/lessen/{lesson.uuid}/wijzigen/", FORM | {"text": "Een formulier is genoeg.", "rule": "", "proposal": ""})
    lesson.refresh_from_db()
    assert (lesson.stage, lesson.text, SimplerRule.objects.exists()) == (LessonStage.TO_READ, "Een formulier is genoeg.", False)
    assert client.get(f"/stages/lessen/{lesson.uuid}/wijzigen/").status_code == 302


def test_nobody_reads_their_own(client, signed_in, noor, make_placement, told):
    own = share(make_placement(noor), told, by=noor, at=NOW)
    signed_in(noor)
    page = client.get(work(own)).text
    assert "Een andere programmamanager leest het" in page
    assert client.post(work(own), {"deed": "share", "was": mark_of(own)}).status_code == 422
    own.refresh_from_db()
    assert own.stage == LessonStage.TO_READ
    other = member_of_staff("Joris Bakker", "joris@elders.example", None, Duty.PROGRAMME_MANAGER)
    read_lesson(own, yes=True, was=mark_of(own), by=other, at=NOW)
    assert own.stage == LessonStage.SHARED


def test_what_was_read_is_what_is_shared(lesson, noor, tom):
    seen = mark_of(lesson)
    read_lesson(lesson, yes=False, was=seen, why="Anders", by=noor, at=NOW)
    tell_again(lesson, Told("Mijn buurvrouw kreeg het bankje niet.", Theme.RULES), by=tom, at=NOW)
    with pytest.raises(ReadAgain):
        read_lesson(lesson, yes=True, was=seen, by=noor, at=NOW)


def test_of_two_readers_one_decides(lesson, noor):
    seen, same = mark_of(lesson), Lesson.objects.get(pk=lesson.pk)
    read_lesson(lesson, yes=True, was=seen, by=noor, at=NOW)
    with pytest.raises(WrongStage):
        read_lesson(same, yes=False, was=seen, why="Toch niet", by=noor, at=NOW)


@pytest.mark.parametrize(("duty", "may"), [(each, each == Duty.PROGRAMME_MANAGER) for each in Duty])
def test_only_who_organises_reads_a_lesson_before_others_do(lesson, duty, may, client, signed_in):
    person = member_of_staff("Kees Vermeer", "kees@elders.example", None, duty)
    assert may_read_lesson(person, lesson) is may
    signed_in(person)
    assert (client.get(work(lesson)).status_code == 200) is may
    assert (client.get("/werk/stages/lessen/").status_code == 200) is may


@pytest.mark.parametrize("stage", LessonStage)
def test_only_what_is_shared_stands_on_the_site(client, lesson, stage):
    Lesson.objects.filter(pk=lesson.pk).update(stage=stage, shared_at=NOW, why_back="x")
    shown = stage == LessonStage.SHARED
    assert (client.get(f"/stages/lessen/{lesson.uuid}/").status_code == 200) is shown
    assert (LEARNED in client.get("/stages/").text) is shown


def test_taken_back_nobody_reads_it_any_more_and_a_rule_that_nobody_sees_to_stands_nowhere(as_tom, client, shared, rule):
    as_tom.post(f"/stages/lessen/{shared.uuid}/terugnemen/")
    as_tom.post(f"/stages/lessen/{shared.uuid}/terugnemen/")
    client.logout()
    assert client.get(f"/stages/lessen/{shared.uuid}/").status_code == 404
    assert RULE not in client.get("/stages/").text


def test_the_organiser_takes_it_off_where_somebody_is_recognised_after_all(as_noor, shared):
    as_noor.post(work(shared, "weg/"))
    assert "al van de site" in as_noor.post(work(shared, "weg/"), follow=True).text
    shared.refresh_from_db()
    assert shared.stage == LessonStage.WITHDRAWN


def test_the_same_words_are_told_once(as_tom, placement, told, tom, lesson):
    with pytest.raises(ToldAlready):
        share(placement, told, by=tom, at=NOW)


def test_a_lesson_that_was_changed_already_leads_to_how_it_stands(as_tom, lesson):
    assert as_tom.get(f"/stages/lessen/{lesson.uuid}/wijzigen/").url == f"/stages/lessen/{lesson.uuid}/mijn/"


def test_anothers_lesson_is_not_there_to_change_or_take_back(client, signed_in, lesson, noor):
    signed_in(noor)
    for rest in ("mijn/", "wijzigen/"):
        assert client.get(f"/stages/lessen/{lesson.uuid}/{rest}").status_code == 404
    assert client.post(f"/stages/lessen/{lesson.uuid}/terugnemen/").status_code == 404


def test_the_page_has_lessons_by_theme_and_area(client, shared):
    for query, there in (
        ("", True),
        ("?thema=rules", True),
        ("?thema=money", False),
        ("?gebied=WK034403", True),
        ("?thema=onzin&gebied=%3Cscript%3E&page=zeven", True),
    ):
        assert (f'href="/stages/lessen/{shared.uuid}/">{LEARNED}' in client.get(f"/stages/{query}").text) is there, query


def test_hostile_words_stay_words(client, as_noor, lesson):
    Lesson.objects.filter(pk=lesson.pk).update(text=HOSTILE)
    SimplerRule.objects.filter(lesson=lesson).update(rule=HOSTILE, proposal=HOSTILE)
    assert HOSTILE not in as_noor.get(work(lesson)).text
    as_noor.post(work(lesson), {"deed": "share", "was": mark_of(Lesson.objects.get())})
    for page in ("/stages/", f"/stages/lessen/{lesson.uuid}/", "/werk/stages/lessen/", "/werk/stages/regels/"):
        assert HOSTILE not in as_noor.get(page).text


@pytest.mark.parametrize("page", ["/stages/", "/werk/stages/lessen/", "/werk/stages/regels/"])
def test_three_lessons_ask_no_more_of_the_database_than_one(as_noor, make_shared, page):
    numbers = []
    for more in (1, 2):
        for _n in range(more):
            make_shared()
        as_noor.get(page)
        with CaptureQueriesContext(connection) as asked:
            as_noor.get(page)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]


def test_the_record_holds_no_words_of_anybody(shared, tom):
    withdraw(shared, by=tom, at=NOW)
    said = str(list(Event.objects.values_list("verb", "thing", "payload")))
    assert "bankje" not in said
    assert "lesson.withdrawn" in said


@pytest.mark.parametrize(
    "facts", [{"text": ""}, {"stage": "back", "why_back": ""}, {"stage": "shared", "shared_at": None}], ids=["text", "why", "when"]
)
def test_the_database_keeps_a_lesson_whole(lesson, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        Lesson.objects.filter(pk=lesson.pk).update(**facts)


@pytest.mark.parametrize(
    "facts",
    [
        {"rule": ""},
        {"proposal": ""},
        {"stage": "busy"},
        {"stage": "done", "what_came": "", "done_on": TODAY},
        {"stage": "done", "what_came": "Simpel", "done_on": None},
        {"stage": "not_done", "what_came": ""},
    ],
)
def test_the_database_keeps_a_rule_whole(lesson, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        SimplerRule.objects.filter(lesson=lesson).update(**facts)


def test_every_stage_says_what_may_follow():
    assert set(LESSON_MOVES) == set(LessonStage)
    assert set(RULE_MOVES) == set(RuleStage)
