"""Taking one's data along: all of it, of every room, and only one's own."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record, record_look
from buurtdraad.audit.models import Event
from buurtdraad.pages.mine.parts import KEPT, MOST_SHOWN, NOT_GIVEN, STAYS
from buurtdraad.pages.tests.one_person import (
    EMAIL,
    NAME,
    NEEDS,
    NOTE,
    OF_PLANS,
    PHONE,
    REACTED,
    REPORTED,
    STRUCK,
    SUBJECT,
    THANKED,
    TOLD,
    keys,
    signed_in,
    whole_life,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/mijn/gegevens/"


@pytest.fixture(autouse=True)
def city_with_a_name(settings):
    settings.CITY_NAME, settings.CITY_CODE, settings.CITY_PHONE = "Utrecht", "GM0344", "14 030"


def test_no_key_to_a_person_is_forgotten():
    """A room that comes with a key to persons or contacts gives its rows along, or says in `NOT_GIVEN` why not."""
    given = {key for kept in KEPT for key in kept.given}
    assert {label for label, _field in keys()} == given | set(NOT_GIVEN)
    assert not given & set(NOT_GIVEN)
    assert set(STAYS) <= set(NOT_GIVEN)
    assert all(NOT_GIVEN.values())


def test_the_file_holds_everything_and_no_secret():
    person = whole_life()
    client = signed_in(person)
    answer = client.post(ADDRESS)
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"].startswith('attachment; filename="mijn-gegevens-')
    assert answer["Cache-Control"].startswith("private")
    for words in (
        NAME,
        EMAIL,
        PHONE,
        SUBJECT,
        TOLD,
        REPORTED,
        NOTE,
        REACTED,
        NEEDS,
        *OF_PLANS,
        STRUCK,
        THANKED,
        "digid",
        "Firefox, Windows",
        "bewoner",
        "bijeenkomsten",
        "totp",
    ):
        assert words in answer.text, words
    for secret in ("geheim-van-de-app", client.session.session_key, "Noor"):
        assert secret not in answer.text
    given = json.loads(answer.text)
    assert list(given) == [
        "gemaakt op",
        "account",
        "hoe u van ons hoort",
        "partners",
        "uw buurt",
        "projecten",
        "werkwijze",
        "opleiding en stages",
        "plannen van bewoners",
        "wat wij u betaalden",
        "geld voor plannen",
        "buurtbudgetten",
    ]
    assert given["account"]["laatst ingelogd op"][:4].isdigit()
    assert [duty["tot en met"] for duty in given["account"]["taken"] if duty["tot en met"]] == ["2020-01-01"]


def test_the_file_says_that_staff_looked_and_not_who():
    person, joris = whole_life(), Person.objects.create(name="Joris Bakker")
    record_look(room="accounts", thing=f"person:{person.uuid}", by=joris.uuid, at=person.created_at)
    log = json.loads(signed_in(person).post(ADDRESS).text)["account"]["logboek"]
    assert [line["door uzelf"] for line in log if line["waarover"] == f"person:{person.uuid}"][-1] is False
    assert str(joris.uuid) not in str(log)


def test_the_file_holds_nothing_of_somebody_else():
    whole_life()
    kees = Person.objects.create(name="Kees Vermeer", password="!")
    answer = signed_in(kees).post(ADDRESS, {"uuid": Person.objects.get(name=NAME).uuid})
    assert not [words for words in (NAME, EMAIL, PHONE, TOLD, REPORTED) if words in answer.text]
    assert json.loads(answer.text)["hoe u van ons hoort"] == {}


def test_looking_shows_it_and_taking_it_along_is_written_down_without_contents():
    person = whole_life()
    client = signed_in(person)
    assert EMAIL in client.get(ADDRESS).text
    assert not Event.objects.filter(verb="person.took_along").exists()
    client.post(ADDRESS)
    (event,) = Event.objects.filter(verb="person.took_along")
    assert (event.actor, event.thing, event.payload) == (person.uuid, f"person:{person.uuid}", {})


def test_the_page_reads_only_the_events_that_it_shows_and_says_how_many_more_there_are():
    person = Person.objects.create(name=NAME, password="!")
    for number in range(MOST_SHOWN + 7):
        record("wish.given", room="agendas", thing=f"wish:{number}", by=person.uuid, at=person.created_at)
    with CaptureQueriesContext(connection) as queries:
        page = " ".join(signed_in(person).get(ADDRESS).text.split())
    assert f"wish:{MOST_SHOWN + 6}" in page
    more = Event.objects.filter(actor=person.uuid).count() - MOST_SHOWN
    assert f"En nog {more} meer" in page
    assert any(f"LIMIT {MOST_SHOWN}" in one["sql"] for one in queries if "audit_event" in one["sql"])
    log = json.loads(signed_in(person).post(ADDRESS).text)["account"]["logboek"]
    assert {f"wish:{number}" for number in range(MOST_SHOWN + 7)} <= {line["waarover"] for line in log}


def test_who_asks_very_often_waits():
    client = signed_in(Person.objects.create(name="Kees", password="!"))
    answers = [client.post(ADDRESS).status_code for _ in range(12)]
    assert answers[:10] == [200] * 10
    assert answers[-1] == 429
