"""`/mijn/`: one's own and nobody else's, what there is and nothing that is not, and one's name."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.accounts.moderation.models import Report
from buurtdraad.audit.models import Event
from buurtdraad.messages import actions as messages
from buurtdraad.messages.models import Contact
from buurtdraad.messages.states import Kind
from buurtdraad.pages.mine.parts import MOST_ROWS, PARTS
from buurtdraad.pages.tests.one_person import EMAIL, NAME, REPORTED, TOLD, signed_in, whole_life

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def city_with_a_name(settings):
    settings.CITY_NAME, settings.CITY_CODE, settings.CITY_PHONE = "Utrecht", "GM0344", "14 030"


@pytest.fixture
def kees():
    return Person.objects.create(name="Kees Vermeer", email="kees@example.org", confirmed_at=NOW)


def tell(person, number):
    for n in range(number):
        messages.tell(person, kind=Kind.WISH, subject=f"Bericht {n}", body="", link=f"/wensen/{n}/", by=None, at=NOW)


def test_a_visitor_is_asked_to_sign_in(client):
    for address in ("/mijn/", "/mijn/alles/berichten/", "/mijn/gegevens/", "/mijn/wissen/", "/mijn/naam/"):
        assert client.get(address).url == f"/inloggen/?next={address}"


@pytest.mark.parametrize("language", ["", "/nl-x-simpel", "/en"])
def test_the_page_holds_what_a_person_has(language):
    page = signed_in(whole_life()).get(f"{language}/mijn/")
    assert page.status_code == 200
    assert page["Cache-Control"].startswith(("private", "max-age=0"))
    for words in (NAME, EMAIL, TOLD):
        assert words in page.text
    assert f'href="{language}/wensen/2/"' in page.text
    assert len(page.context["parts"]) == len(PARTS)


def test_nobody_sees_anything_of_somebody_else(kees):
    whole_life()
    client = signed_in(kees)
    for address in ("/mijn/", "/mijn/gegevens/", *(f"/mijn/alles/{part.slug}/" for part in PARTS)):
        page = client.get(address)
        assert page.status_code == 200
        assert not [words for words in (NAME, EMAIL, TOLD, REPORTED) if words in page.text]
    assert client.get("/mijn/").context["parts"] == []


def test_a_part_that_is_none_is_not_there(kees):
    assert signed_in(kees).get("/mijn/alles/wensen-van-een-ander/").status_code == 404


def test_of_many_things_the_last_are_shown_and_the_rest_is_a_link_away(kees):
    tell(kees, 30)
    client = signed_in(kees)
    page = client.get("/mijn/")
    ((part, rows, more),) = page.context["parts"]
    assert (part.slug, len(rows), more) == ("berichten", MOST_ROWS, True)
    assert rows[0].words == "Bericht 29"
    assert 'href="/mijn/alles/berichten/"' in page.text
    assert "Bericht 29" in client.get("/mijn/alles/berichten/").text
    assert "Bericht 0" in client.get("/mijn/alles/berichten/?page=2").text
    for nonsense in ("x", "0", "999", "1e9"):
        assert client.get("/mijn/alles/berichten/", {"page": nonsense}).status_code == 200


def test_the_page_takes_as_many_queries_with_many_things_as_with_one(kees):
    counts = []
    for number in (1, 9):
        tell(kees, number)
        Report.objects.bulk_create(Report(thing="wish:1", reason="wrong", by=kees, made_at=NOW) for _ in range(number))
        client = signed_in(kees)
        client.get("/mijn/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/mijn/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_a_person_does_not_have_is_asked_in_one_query(kees, django_assert_max_num_queries):
    page = signed_in(kees)
    page.get("/mijn/")
    with django_assert_max_num_queries(len(PARTS)):
        assert page.get("/mijn/").status_code == 200


def test_looking_makes_nothing(kees):
    before = Event.objects.count()
    signed_in(kees).get("/mijn/")
    assert Event.objects.count() == before
    assert not Contact.objects.exists()


def test_who_has_no_name_is_asked_for_it_first():
    person = Person.objects.create(email="nieuw@example.org", confirmed_at=timezone.now())
    client = signed_in(person)
    page = client.get("/mijn/")
    assert [row.url for row in page.context["waiting"]] == ["/mijn/naam/"]
    assert str(person.uuid) not in page.text
    assert client.post("/mijn/naam/", {"name": "  Fatma   Yildiz "}).url == "/mijn/"
    page = client.get("/mijn/")
    assert page.context["waiting"] == []
    assert "Fatma Yildiz" in page.text
    assert 'role="status"' in page.text


@pytest.mark.parametrize("name", ["", "   ", "x" * 151, "\u200b", "www.example.nl"])
def test_a_name_that_is_none_is_refused_and_what_was_typed_stays(kees, name):
    page = signed_in(kees).post("/mijn/naam/", {"name": name})
    assert page.status_code == 422
    kees.refresh_from_db()
    assert kees.name == "Kees Vermeer"
    if len(name) > 150:
        assert name in page.text


def test_a_hostile_name_is_text(kees):
    client = signed_in(kees)
    client.post("/mijn/naam/", {"name": "<script>alert(1)</script>"})
    assert "<script>alert" not in client.get("/mijn/").text


def test_the_same_name_twice_is_one_event(kees):
    client = signed_in(kees)
    for _ in range(2):
        client.post("/mijn/naam/", {"name": "Kees V."})
    (event,) = Event.objects.filter(verb="person.renamed")
    assert (event.actor, event.payload) == (kees.uuid, {})


def test_the_header_leads_there_and_pages_for_everybody_stay_so(client, kees):
    shared = client.get("/open-data/")
    assert 'href="/mijn/"' not in shared.text
    page = signed_in(kees).get("/open-data/")
    assert 'href="/mijn/"' in page.text
    assert page["Cache-Control"].startswith("private")
