"""Erasing oneself: nothing of the person is left, what was decided stays, and nobody is erased by mistake."""

import datetime
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.accounts.moderation.models import Report
from buurtdraad.accounts.own.actions import HandOverFirst
from buurtdraad.accounts.queries import names_of
from buurtdraad.accounts.signing_in.rules import LATELY
from buurtdraad.audit.models import Event
from buurtdraad.lib.tests.waiting import PATIENCE
from buurtdraad.messages import actions as messages
from buurtdraad.messages.models import Contact, Message
from buurtdraad.messages.states import Kind
from buurtdraad.pages.mine.actions import erase
from buurtdraad.pages.mine.parts import NOT_GIVEN, STAYS
from buurtdraad.pages.tests.one_person import (
    EMAIL,
    NAME,
    NEEDS,
    NOTE,
    OF_PLANS,
    PHONE,
    REACTED,
    SUBJECT,
    TOLD,
    WISHED,
    every_text,
    keys,
    rows_to,
    signed_in,
    whole_life,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/mijn/wissen/"
SURE = {"sure": "on"}


@pytest.fixture(autouse=True)
def city_with_a_name(settings, tmp_path):
    settings.BUURTDRAAD_HOME = tmp_path
    settings.CITY_NAME, settings.CITY_CODE, settings.CITY_PHONE = "Utrecht", "GM0344", "14 030"


def test_nothing_is_left_of_the_person_at_any_key_and_in_any_words():
    person = whole_life()
    client = signed_in(person)
    empty = {label for label, why in NOT_GIVEN.items() if "always empty" in why}
    before = {label for label, field in keys() if rows_to(field, person)}
    assert before == {label for label, _field in keys()} - empty, "let `whole_life` make a row at each key"

    assert client.post(ADDRESS, SURE).url == "/gewist/"
    assert {label for label, field in keys() if rows_to(field, person)} == set(STAYS)
    for words in (NAME, "Fatma", EMAIL, EMAIL.lower(), PHONE, SUBJECT, TOLD, NOTE, WISHED, REACTED, NEEDS, *OF_PLANS, "geheim-van-de-app"):
        assert not [label for label, text in every_text().items() if words in text], words


def test_what_was_decided_stays_without_the_person():
    person = whole_life()
    erase(person, at=timezone.now())
    assert Report.objects.filter(by=None, text="Kees liegt over de bank").count() == 1
    decided = Report.objects.get(stage="left")
    assert str(decided.decided_by) == "iemand die verwijderd is"
    assert names_of([person.uuid]) == {}
    stood_in = DutyHeld.objects.get(person__name="Noor de Graaf")
    assert stood_in.stand_in_for is None
    (event,) = Event.objects.filter(verb="person.erased")
    assert (event.actor, event.thing, event.payload) == (person.uuid, f"person:{person.uuid}", {})


def test_afterwards_one_is_nobody_on_every_device_and_reads_that_it_is_done():
    person = whole_life()
    here, elsewhere = signed_in(person), signed_in(person)
    page = here.post(ADDRESS, SURE, follow=True)
    assert page.status_code == 200
    assert 'href="/mijn/"' not in page.text
    for client in (here, elsewhere):
        assert client.get("/mijn/").url == "/inloggen/?next=/mijn/"


def test_who_signs_in_again_with_the_same_address_begins_anew():
    person = whole_life()
    erase(person, at=timezone.now())
    fresh = Person.objects.create(email=EMAIL.lower(), confirmed_at=timezone.now(), password="!")
    assert signed_in(fresh).get("/mijn/").context["parts"] == []


def test_without_the_tick_nothing_happens():
    person = whole_life()
    page = signed_in(person).post(ADDRESS, {})
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    person.refresh_from_db()
    assert person.name == NAME


def test_looking_erases_nobody():
    person = whole_life()
    assert signed_in(person).get(ADDRESS, SURE).status_code == 200
    person.refresh_from_db()
    assert person.erased_at is None


@pytest.mark.parametrize("ago", [LATELY + datetime.timedelta(minutes=1), datetime.timedelta(days=9)])
def test_who_signed_in_a_while_ago_signs_in_again_first(ago):
    person = whole_life()
    client = signed_in(person, began=timezone.now() - ago)
    assert 'name="sure"' not in client.get(ADDRESS).text
    assert client.post(ADDRESS, SURE).status_code == 422
    person.refresh_from_db()
    assert person.erased_at is None
    assert client.post(ADDRESS, {"again": "1"}).url == "/inloggen/?next=/mijn/wissen/"
    assert client.get("/mijn/").status_code == 302


def test_a_session_that_does_not_say_since_when_is_not_enough(client):
    person = Person.objects.create(name="Kees")
    client.force_login(person)
    assert client.post(ADDRESS, SURE).status_code == 422
    person.refresh_from_db()
    assert person.name == "Kees"


@pytest.mark.parametrize("until", [None, datetime.date(2999, 1, 1)])
def test_staff_hand_over_their_duties_first(until):
    person = whole_life()
    DutyHeld.objects.create(person=person, duty=Duty.AREA_ADVISER, from_on="2020-01-01", until_on=until, given_at=timezone.now())
    client = signed_in(person)
    page = client.get(ADDRESS)
    assert "Draag eerst uw taken over" in page.text
    assert 'name="sure"' not in page.text
    assert client.post(ADDRESS, SURE).status_code == 422
    with pytest.raises(HandOverFirst):
        erase(person, at=timezone.now())
    assert Contact.objects.filter(person=person).exists(), "nothing changed"


def test_the_page_says_what_goes_and_what_stays():
    page = signed_in(Person.objects.create(name="Kees")).get(ADDRESS).text
    assert "Dit gaat weg" in page
    assert "Dit blijft, zonder uw naam" in page


def test_a_second_time_changes_nothing():
    person = whole_life()
    for _ in range(2):
        erase(person, at=timezone.now())
    assert Event.objects.filter(verb="person.erased").count() == 1


def test_who_was_erased_is_told_nothing_any_more():
    person = whole_life()
    erase(person, at=timezone.now())
    person.refresh_from_db()
    assert messages.tell(person, kind=Kind.WISH, subject="Nieuws", body="", link="", by=None, at=timezone.now()) is None
    assert not Message.objects.filter(subject="Nieuws").exists()


def test_the_database_keeps_an_erased_person_empty():
    person = whole_life()
    erase(person, at=timezone.now())
    for facts in ({"name": NAME}, {"email": EMAIL}, {"is_active": True}, {"last_login": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.filter(pk=person.pk).update(**facts)


def test_somebody_else_stays_as_they_are():
    whole_life()
    kees = Person.objects.create(name="Kees Vermeer", email="kees@example.org", confirmed_at=timezone.now())
    messages.tell(kees, kind=Kind.WISH, subject="Nieuws voor Kees", body="", link="", by=None, at=timezone.now())
    erase(Person.objects.get(name=NAME), at=timezone.now())
    kees.refresh_from_db()
    assert (kees.name, kees.erased_at) == ("Kees Vermeer", None)
    assert Message.objects.filter(contact__person=kees).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_erase_once_and_both_read_that_it_is_done():
    person = whole_life()
    clients, urls = [signed_in(person) for _ in range(3)], []

    def click(client):
        try:
            urls.append(client.post(ADDRESS, SURE).url)
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE)
    # Who comes when it is all over is nobody any more, and is asked to sign in.
    assert "/gewist/" in urls
    assert set(urls) <= {"/gewist/", "/inloggen/?next=/mijn/wissen/"}
    assert Event.objects.filter(verb="person.erased").count() == 1
