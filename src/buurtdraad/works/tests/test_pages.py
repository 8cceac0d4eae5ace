"""`/werk/projecten/`: looking, making with four questions, filling in, choosing what it answers, and who may."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.challenges.models import Ambition, Challenge
from buurtdraad.works.models import Milestone, Work, WorkAnswers, WorkMoney
from buurtdraad.works.states import Stage
from buurtdraad.works.tests.story import make_topic, path_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)
LIST = "/werk/projecten/"
HOSTILE = "<script>alert(1)</script>"
FOUR = {
    "title": "Riool Wilgenhof",
    "place": "Geuzenwijk, Wilgenhof",
    "department": "Stadsbedrijven",
    "owner_email": "tom@utrecht.example",
    "until_on": "eind juni 2031",
}


@pytest.fixture
def green(db):
    ambition = Ambition.objects.create(code="gezond", name="Gezond", number=1, from_on=TODAY)
    return Challenge.objects.create(ambition=ambition, code="groen", name="Groene buurten", from_on=TODAY)


# --- the list ---------------------------------------------------------------------------------------


def test_an_empty_list_leads_to_the_first_project(page):
    assert "Er is nog geen project" in page(LIST)
    assert 'href="/werk/projecten/nieuw/"' in page(LIST)


def test_the_list_says_what_where_who_and_until_when(page, make_work):
    make_work(where="Wilgenhof", until_on=datetime.date(2031, 6, 30))
    for words in ("Riool in de Wilgenhof", "Geuzenwijk, Wilgenhof", "Stadsbedrijven", "Tom van Dijk", "tot en met 30 juni 2031", "Gepland"):
        assert words in page(LIST)


def test_a_project_and_a_step_past_their_day_say_so_on_every_page_that_shows_them(page, client, make_work):
    work = make_work(until_on=TODAY - DAY)
    Milestone.objects.create(work=work, what="Buizen bestellen", due_on=TODAY - DAY)
    assert "Later dan gepland" in page(LIST)
    assert "Later dan gepland" in page(path_of(work))
    for public in ("/projecten/", f"/projecten/{work.uuid}/"):
        assert client.get(public).status_code == 200


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 4),
        ("q=stoep", 1),
        ("q=wilgenhof", 1),
        ("q=noor@", 1),
        ("gebied=BU03440241", 3),
        ("gebied=WK034402", 3),
        ("gebied=GM0344", 4),
        ("afdeling=Ruimte", 1),
        ("opgave=groen", 1),
        ("stap=busy", 1),
        ("stap=open", 3),
        ("soort=maintenance", 1),
        ("van_mij=on", 3),
        ("niet_bevestigd=on", 1),
        ("q=bestaat+niet", 0),
    ],
)
def test_sheets_are_found(page, make_work, green, query, number):
    make_work("Riool", where="Wilgenhof", stage=Stage.BUSY, confirmed_at=timezone.now(), challenge=green)
    long_ago = timezone.now() - datetime.timedelta(days=70)
    make_work("Stoep", department="Ruimte", owner_email="noor@utrecht.example", codes=("zuilen-oost",), made_at=long_ago)
    make_work("Bomen", codes=("BU03440321",), kind="maintenance", made_at=long_ago)
    make_work("Park", stage=Stage.DONE, done_on=TODAY)
    found = page(f"{LIST}?{query}")
    assert sum(f">{title}</a>" in found for title in ("Riool", "Stoep", "Bomen", "Park")) == number
    assert ("Wij vonden geen project" in found) == (not number)


@pytest.mark.parametrize(
    "query", ["gebied=x", "stap=zomaar", "opgave=%00", "page=-3", "page=abc", "q=" + "a" * 500, "van_mij=x&soort=%3Cb%3E"]
)
def test_nonsense_in_the_address_is_no_error(signed_in, tom, make_work, query):
    make_work()
    for path in (LIST, LIST + "projecten.csv"):
        assert signed_in(tom).get(f"{path}?{query}").status_code == 200


def test_the_table_holds_what_the_list_finds_and_no_formula(signed_in, tom, make_work):
    make_work("=1+1", until_on=datetime.date(2031, 6, 30)), make_work("Stoep")
    text = signed_in(tom).get(LIST + "projecten.csv?q=1%2B1").getvalue().decode()
    assert "'=1+1;Geuzenwijk;;Stadsbedrijven;Tom van Dijk;tom@utrecht.example;;2031-06-30;Gepland" in text
    assert "Stoep" not in text


def test_many_sheets_are_on_more_pages_in_as_many_queries(signed_in, tom, make_work):
    client, counts = signed_in(tom), []
    for number in (1, 60):
        for place in range(number):
            make_work(f"Werk {number} {place}", codes=("BU03440241", "BU03440242"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 17
    assert "Werk" in client.get(LIST + "?page=2").text


# --- making one -------------------------------------------------------------------------------------


def test_four_questions_make_a_project(signed_in, tom):
    client = signed_in(tom)
    assert 'value="tom@utrecht.example"' in client.get(LIST + "nieuw/").text
    answer = client.post(LIST + "nieuw/", FOUR)
    work = Work.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, path_of(work))
    assert (work.title, work.where, work.department, work.until_on) == (
        "Riool Wilgenhof", "Wilgenhof", "Stadsbedrijven", datetime.date(2031, 6, 30),
    )  # fmt: skip
    assert (work.owner_name, [one.area.code for one in work.work_areas.all()]) == ("Tom van Dijk", ["BU03440241"])
    assert "staat op de lijst" in client.get(path_of(work)).text
    # The next one knows the department.
    assert 'value="Stadsbedrijven"' in client.get(LIST + "nieuw/").text


def test_who_comes_from_an_area_need_not_type_it(page):
    assert 'value="Geuzenwijk"' in page(LIST + "nieuw/?gebied=BU03440241")
    assert page(LIST + "nieuw/?gebied=%00" + "x" * 99)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"title": ""}, "Vul dit nog in"),
        ({"place": ""}, "Vul dit nog in"),
        ({"until_on": "ooit"}, "Wij kennen deze dag niet"),
        ({"until_on": "9" * 200}, "Wij kennen deze dag niet"),
        ({"owner_email": "tom"}, "mailadres"),
        ({"place": "x" * 250}, "maximaal 200 letters"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_lost(signed_in, tom, said, words):
    answer = signed_in(tom).post(LIST + "nieuw/", FOUR | said)
    assert answer.status_code == 422
    assert words in answer.text
    assert not Work.objects.exists()


def test_hostile_words_are_shown_as_words(signed_in, tom, make_work, client):
    work = make_work(
        HOSTILE, where=HOSTILE, department=HOSTILE, owner_name=HOSTILE, problem=HOSTILE, result=HOSTILE, why=HOSTILE, decision=HOSTILE,
        decision_by=TODAY, residents_part=HOSTILE,
    )  # fmt: skip
    Milestone.objects.create(work=work, what=HOSTILE, due_on=TODAY)
    parts = ("", "invullen/vier-vragen/", "invullen/waarom/", "stap/", "antwoord-op/?q=" + HOSTILE, "geld/", "regel/stap-op-weg/", "weg/")
    paths = [LIST, *(path_of(work, part) for part in parts), "/projecten/", f"/projecten/{work.uuid}/"]
    for path in paths:
        answer = signed_in(tom).get(path)
        assert answer.status_code == 200, path
        assert HOSTILE not in answer.text


# --- one sheet --------------------------------------------------------------------------------------


def test_a_sheet_in_full_takes_as_many_queries_with_one_and_with_three_of_each(page, make_work, make_wish, partner, areas):
    counts, (topic, _agreement) = [], make_topic(areas["zuilen-oost"])
    for number in (1, 3):
        work = make_work(f"Werk {number}", codes=("BU03440241", "BU03440242", "BU03440321")[:number])
        WorkAnswers.objects.create(work=work, topic=topic, since=timezone.now())
        for place in range(number):
            WorkAnswers.objects.create(work=work, wish=make_wish(f"Wens {place}"), since=timezone.now())
            WorkMoney.objects.create(work=work, source="state", year=2026 + place, planned=10)
            step = Milestone.objects.create(work=work, what=f"Stap {place}", due_on=TODAY)
            Milestone.objects.create(work=work, what=f"Daarna {place}", due_on=TODAY, after=step)
            work.partners.create(organisation=partner, role=("pays", "does", "leads")[place])
            work.indicators.create(name=f"Bomen {place}", counts="output")
        page(path_of(work))
        with CaptureQueriesContext(connection) as queries:
            assert work.title in page(path_of(work))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 22


@pytest.mark.parametrize(
    ("part", "sent", "kept"),
    [
        ("vier-vragen", FOUR | {"place": "Schaakbuurt", "until_on": "2032"}, {"until_on": datetime.date(2032, 12, 31), "where": ""}),
        (
            "waarom",
            {"problem": "Kelders staan blank.", "goal": "Droog", "target_group": "Wie daar woont"},
            {"goal": "Droog", "challenge": None},
        ),
        (
            "hoe-het-gaat",
            {"from_on": "mei 2027", "trend": "at_risk", "public": "on", "until_on": ""},
            {"from_on": datetime.date(2027, 5, 1)},
        ),
        (
            "hoe-het-gaat",
            {"decision": "Wie betaalt?", "decision_by": "Q1 2027"},
            {"public": False, "decision_by": datetime.date(2027, 3, 31)},
        ),
        ("wat-het-bracht", {"result": "Droge kelders.", "lesson": "Eerst bellen."}, {"lesson": "Eerst bellen."}),
    ],
)
def test_each_part_is_filled_in_on_its_own(by_tom, make_work, part, sent, kept):
    work = make_work(until_on=datetime.date(2031, 6, 30))
    client, path = by_tom, path_of(work, f"invullen/{part}/")
    assert client.get(path).status_code == 200
    assert client.post(path, sent).status_code == 302
    work.refresh_from_db()
    assert {name: getattr(work, name) for name in kept} == kept


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"decision": "Wie betaalt?"}, "wanneer het besluit nodig is"),
        ({"from_on": "2099"}, "na de laatste dag"),
        ({"why": "Bel Kees op 06 12345678"}, "telefoonnummers"),
    ],
)
def test_a_part_that_cannot_be_so_is_asked_again(signed_in, tom, make_work, sent, words):
    answer = signed_in(tom).post(path_of(make_work(), "invullen/hoe-het-gaat/"), sent)
    assert answer.status_code == 422
    assert words in answer.text


def test_an_unknown_part_or_kind_of_line_is_not_there(signed_in, tom, make_work):
    work = make_work()
    for path in ("invullen/alles/", "regel/geheim/", "regel/partner/9/", "regel/partner/9/weg/"):
        assert signed_in(tom).post(path_of(work, path)).status_code == 404


def test_a_form_of_four_shows_the_place_as_it_is_read_again(signed_in, tom, make_work):
    work = make_work(codes=("BU03440241", "zuilen-oost"), where="Wilgenhof")
    path = path_of(work, "invullen/vier-vragen/")
    place = signed_in(tom).get(path).context["form"]["place"].value()
    signed_in(tom).post(path, FOUR | {"place": place})
    assert {one.area.code for one in work.work_areas.all()} == {"BU03440241", "zuilen-oost"}


def test_a_sheet_without_a_neighbourhood_says_so(page, make_work):
    lost, found = make_work("Ergens", codes=(), where="Bestaatnietlaan"), make_work("Hier")
    assert "Wij kennen geen buurt met deze naam" in page(f"/werk/projecten/{lost.uuid}/")
    assert "Wij kennen geen buurt met deze naam" not in page(f"/werk/projecten/{found.uuid}/")
