"""Of one person: what `/mijn/` shows and gives along, and what stays after erasing."""

import datetime

import pytest
from django.utils import timezone

from buurtdraad.accounts.tests.city import sign_in, someone
from buurtdraad.partners.models import Representative
from buurtdraad.partners.own.actions import erase
from buurtdraad.partners.own.queries import personal_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor():
    return someone("Noor de Graaf", email="noor@example.org", confirmed_at=timezone.now())


def test_a_person_sees_for_whom_they_speak(client, add, speaks, noor):
    speaks(add("Portaal"), "Noor de Graaf", email=noor.email)
    page = sign_in(client, noor).get("/mijn/")
    assert "Voor wie u spreekt" in page.text
    assert "Portaal" in client.get("/mijn/alles/partners/").text
    assert personal_data(noor)["contactpersoon van"][0]["e-mailadres"] == noor.email


def test_who_speaks_for_nobody_has_nothing_here(noor):
    assert personal_data(noor) == {}


def test_erasing_empties_and_ends_and_leaves_that_somebody_spoke(add, speaks, noor):
    at, today = timezone.now(), timezone.localdate()
    portaal = add()
    running = speaks(portaal, "Noor", email=noor.email)
    later = speaks(portaal, "Noor", email=noor.email, from_on=today + datetime.timedelta(days=5))
    over = speaks(portaal, "Noor", email=noor.email, until_on=datetime.date(2025, 1, 1))
    other = speaks(portaal)
    erase(noor, at=at)
    for one in (running, later, over, other):
        one.refresh_from_db()
    assert {(one.name, one.email, one.phone, one.person_id) for one in (running, later, over)} == {("", "", "", None)}
    assert (running.until_on, later.until_on, over.until_on) == (today, later.from_on, datetime.date(2025, 1, 1))
    assert other.name == "Kees Vermeer"
    assert Representative.objects.count() == 4
    erase(noor, at=at)
