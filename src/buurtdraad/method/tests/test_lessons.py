"""The lesson log: written down without people in it, into the next version or not, and shown where it is of use."""

import csv
import io
import uuid

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from buurtdraad.accounts.duties import STAFF, Duty
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.tests.city import holds, sign_in, someone
from buurtdraad.audit.models import Event
from buurtdraad.lib.stages import WrongStage
from buurtdraad.method import states
from buurtdraad.method.actions import lessons as actions
from buurtdraad.method.actions.versions import put_in_use
from buurtdraad.method.models import Lesson
from buurtdraad.method.own.actions import erase
from buurtdraad.method.own.queries import personal_data
from buurtdraad.method.queries import lessons as queries
from buurtdraad.method.states import LessonStage, VersionStage
from buurtdraad.method.tests.small_method import NOW, make_run, make_version

pytestmark = pytest.mark.django_db
TOLD = {"happened": "Er kwamen weinig mensen op de avond", "next_time": "Twee avonden houden"}
LOG = "/werk/werkwijze/lessen/"


@pytest.fixture
def version(db):
    return make_version()


@pytest.fixture
def draft(version):
    return make_version(2, stage=VersionStage.DRAFT)


@pytest.fixture
def run(areas, version):
    return make_run(areas["WK034403"], version)


@pytest.fixture
def lesson(run, samira):
    return actions.learn(run, step_key="picture", **TOLD, by=samira, at=NOW)


def page_of(lesson, more=""):
    return f"{LOG}{lesson.uuid}/{more}"


# --- people in it -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["Bel 06 12345678", "mail naar kees@example.nl", "Op Wilgenplein 12 ging het mis"])
def test_a_lesson_with_a_number_or_an_address_in_it_is_refused_also_when_its_writer_is_sure(run, samira, text):
    with pytest.raises(actions.SomebodyInIt) as refused:
        actions.learn(run, happened=text, next_time="Anders", sure=True, by=samira, at=NOW)
    assert refused.value.certain
    assert not Lesson.objects.exists()


def test_a_lesson_with_a_name_in_it_asks_to_be_written_anew_and_is_kept_when_nobody_is_meant(run, samira):
    told = {"happened": "Wij begonnen bij mevrouw Aydin", "next_time": "Eerst vragen"}
    with pytest.raises(actions.SomebodyInIt) as refused:
        actions.learn(run, **told, by=samira, at=NOW)
    assert not refused.value.certain
    assert actions.learn(run, **told, sure=True, by=samira, at=NOW).pk


def test_the_form_asks_again_without_losing_a_word(client, signed_in, run, samira):
    client = signed_in(samira)
    told = {"area": "WK034403", "step_key": "picture", "happened": "Mevrouw Aydin kwam niet", "next_time": "Eerst bellen"}
    assert 'name="sure"' not in client.get(LOG + "nieuw/").text
    asked = client.post(LOG + "nieuw/", told)
    assert asked.status_code == 422
    assert "Mevrouw Aydin kwam niet" in asked.text
    assert 'name="sure"' in asked.text
    assert client.post(LOG + "nieuw/", told | {"sure": "on"}).status_code == 302
    lesson = Lesson.objects.get()
    assert (lesson.run, lesson.step_key, lesson.by) == (run, "picture", samira.uuid)


def test_for_a_phone_number_there_is_no_way_around(client, signed_in, run, samira):
    asked = signed_in(samira).post(LOG + "nieuw/", {"happened": "Bel 06 12345678", "next_time": "x", "sure": "on"})
    assert asked.status_code == 422
    assert 'name="sure"' not in asked.text


# --- from the log into the method -------------------------------------------------------------------


def test_a_proposed_lesson_is_part_of_the_method_when_that_version_comes_into_use(lesson, draft, noor):
    actions.propose(lesson, by=noor, at=NOW)
    assert (lesson.stage, lesson.version) == (LessonStage.PROPOSED, draft)
    put_in_use(draft, by=noor, at=NOW)
    lesson.refresh_from_db()
    assert (lesson.stage, lesson.version) == (LessonStage.TAKEN, draft)
    assert Event.objects.get(verb="method.put_in_use").payload == {"lessons": [str(lesson.uuid)]}


def test_what_is_not_taken_over_says_why_and_can_come_back(lesson, draft, noor):
    actions.propose(lesson, by=noor, at=NOW)
    actions.do_not_take(lesson, why="Dit staat er al in.", by=noor, at=NOW)
    lesson.refresh_from_db()
    assert (lesson.stage, lesson.version, lesson.why_not) == (LessonStage.NOT_TAKEN, None, "Dit staat er al in.")
    actions.open_again(lesson, by=noor, at=NOW)
    lesson.refresh_from_db()
    assert (lesson.stage, lesson.why_not) == (LessonStage.OPEN, "")


def test_the_first_lesson_that_is_proposed_begins_the_draft_of_the_next_version(lesson, version, noor):
    actions.propose(lesson, by=noor, at=NOW)
    lesson.refresh_from_db()
    assert (lesson.stage, lesson.version.stage, lesson.version.number) == (LessonStage.PROPOSED, VersionStage.DRAFT, 2)
    assert lesson.version.steps.count() == version.steps.count()


def test_what_is_proposed_is_not_written_anew_nor_taken_away(lesson, draft, noor, samira):
    actions.propose(Lesson.objects.get(), by=noor, at=NOW)
    with pytest.raises(actions.NotOpen):
        actions.change_lesson(lesson, **TOLD, by=samira, at=NOW)
    with pytest.raises(actions.NotOpen):
        actions.remove_lesson(lesson, by=samira, at=NOW)


def test_of_two_who_decide_at_once_one_succeeds(lesson, draft, noor):
    other = Lesson.objects.get()
    actions.propose(lesson, by=noor, at=NOW)
    with pytest.raises(WrongStage):
        actions.propose(other, by=noor, at=NOW)


def test_every_deed_is_recorded_without_its_words(lesson, draft, noor):
    actions.propose(lesson, by=noor, at=NOW)
    put_in_use(draft, by=noor, at=NOW)
    found = Event.objects.filter(room="method").order_by("id")
    assert [event.verb for event in found] == ["lesson.learned", "lesson.proposed", "method.put_in_use"]
    assert not any("avond" in str(event.payload) for event in found)
    assert [event.duty for event in found][:2] == ["area_adviser", "programme_manager"]


def test_the_table_of_moves_is_complete():
    assert set(states.LESSON_MOVES) == set(LessonStage)


@pytest.mark.parametrize("facts", [{"happened": ""}, {"stage": "not_taken"}, {"stage": "proposed"}, {"stage": "taken"}])
def test_a_lesson_that_says_too_little_is_not_stored(facts):
    with pytest.raises(IntegrityError):
        Lesson.objects.create(**(TOLD | {"at": NOW} | facts))


# --- where it shows ---------------------------------------------------------------------------------


def test_lessons_flow_both_ways_along_the_tie_between_two_areas(areas, version, run, samira, joris):
    like = make_run(areas["zuilen-oost"], version, like=run)
    other = make_run(areas["WK034402"], version)
    there = actions.learn(run, **TOLD, by=samira, at=NOW)
    here = actions.learn(like, **TOLD, by=joris, at=NOW)
    actions.learn(other, **TOLD, by=joris, at=NOW)
    actions.learn(None, **TOLD, by=joris, at=NOW)
    assert set(queries.lessons_where(area="zuilen-oost")) == {there, here} == set(queries.lessons_where(area="WK034403"))
    assert set(queries.lessons_where(area="WK034402")) == set(other.lessons.all())


def test_the_log_is_found_by_step_stand_and_area(signed_in, lesson, samira, joris):
    of_all = actions.learn(None, happened="Alles tegelijk", next_time="Een ding tegelijk", by=joris, at=NOW)
    client = signed_in(samira)
    for query, found in (
        ("", {lesson, of_all}),
        ("?stap=picture", {lesson}),
        ("?stap=geheel", {of_all}),
        ("?stand=open", {lesson, of_all}),
        ("?stand=taken", set()),
        ("?gebied=WK034403", {lesson}),
        ("?gebied=bestaat-niet&stap=%00", {lesson, of_all}),
    ):
        page = client.get(LOG + query)
        assert {row[0] for row in page.context["rows"]} == found, query
    table = client.get(LOG + "lessen.csv?stap=picture").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))
    assert len(rows) == 2
    assert rows[1][:3] == ["Overvecht", "Foto van de wijk", TOLD["happened"]]


def test_the_log_asks_as_much_with_one_lesson_as_with_many(signed_in, run, samira):
    client = signed_in(samira)
    counts = []
    for number in (1, 3):
        for _each in range(number):
            actions.learn(run, step_key="picture", **TOLD, by=samira, at=NOW)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(LOG)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_hostile_words_stay_words(signed_in, run, noor):
    lesson = actions.learn(run, happened="<script>alert(1)</script>", next_time='"><img src=x onerror=alert(1)>', by=noor, at=NOW)
    client = signed_in(noor)
    for page in (LOG, page_of(lesson), page_of(lesson, "wijzigen/"), page_of(lesson, "weg/")):
        assert "<script>alert(1)" not in client.get(page).text
        assert "<img src=x" not in client.get(page).text


# --- who may ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("duty", list(Duty))
def test_all_staff_read_and_write_lessons_and_the_programme_manager_decides(client, areas, lesson, draft, duty):
    person = someone()
    holds(person, duty, None if duty == Duty.ADMINISTRATOR else areas["WK034403"])
    sign_in(client, person)
    reads = 200 if duty in STAFF else 403
    assert {client.get(path).status_code for path in (LOG, LOG + "nieuw/", LOG + "lessen.csv", page_of(lesson))} == {reads}
    decides = duty == Duty.PROGRAMME_MANAGER
    assert client.get(page_of(lesson, "niet-overnemen/")).status_code == (200 if decides else 403)
    assert client.get(page_of(lesson, "wijzigen/")).status_code == (200 if decides else 403)
    assert client.post(page_of(lesson, "voorstellen/")).status_code == (302 if decides else 403)
    assert client.get(page_of(lesson, "voorstellen/")).status_code == (405 if decides else 403)


@pytest.mark.parametrize("stage", list(LessonStage))
def test_who_wrote_a_lesson_changes_it_as_long_as_it_is_open(signed_in, draft, lesson, samira, stage):
    facts = {"stage": stage, "version": draft, "why_not": "Nee"}
    Lesson.objects.filter(pk=lesson.pk).update(**facts)
    answer = signed_in(samira).post(page_of(lesson, "wijzigen/"), {"step_key": "", "happened": "Anders", "next_time": "Zo"})
    assert answer.status_code == (302 if stage == LessonStage.OPEN else 403)
    assert Lesson.objects.get().happened == ("Anders" if stage == LessonStage.OPEN else TOLD["happened"])


def test_noor_decides_on_a_lesson_with_the_buttons_of_its_page(signed_in, lesson, draft, noor):
    client = signed_in(noor)
    client.post(page_of(lesson, "voorstellen/"))
    assert "In het voorstel" in client.get(page_of(lesson)).text
    assert client.post(page_of(lesson, "niet-overnemen/"), {"why": ""}).status_code == 422
    client.post(page_of(lesson, "niet-overnemen/"), {"why": "Dit staat er al in."})
    assert "Dit staat er al in." in client.get(page_of(lesson)).text
    client.post(page_of(lesson, "terug/"))
    assert Lesson.objects.get().stage == LessonStage.OPEN
    client.post(page_of(lesson, "weg/"))
    assert not Lesson.objects.exists()


def test_what_is_not_there_is_not_found(signed_in, noor):
    client = signed_in(noor)
    assert client.get(f"{LOG}{uuid.uuid4()}/").status_code == 404
    assert client.post(f"{LOG}{uuid.uuid4()}/voorstellen/").status_code == 404


def test_a_lesson_is_the_writers_to_take_along_and_stays_without_them(lesson, samira, noor):
    assert personal_data(samira)["lessen"][0]["wat er gebeurde"] == TOLD["happened"]
    assert personal_data(noor) == {}
    erase(samira, at=NOW)
    assert Lesson.objects.get().by is None
    assert Person.objects.filter(pk=samira.pk).exists()
