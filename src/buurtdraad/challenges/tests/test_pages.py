"""`/werk/opgaven/`: who sees it, who changes it, and with what."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.accounts.duties import STAFF, Duty
from buurtdraad.accounts.tests.city import administrator, holds, sign_in, someone
from buurtdraad.challenges import actions
from buurtdraad.challenges.access import may_change_programme
from buurtdraad.challenges.models import Ambition, Challenge
from buurtdraad.challenges.tests.programme import FROM, make_programme, samira

pytestmark = pytest.mark.django_db
ADDRESS = "/werk/opgaven/"
AMBITION = {"name": "Menselijk", "number": "3", "text": "Dichtbij.", "from_on": "2024-01-01", "until_on": ""}
CHALLENGE = {"ambition": "maatwerk", "name": "Jeugd", "goal": "", "owner": "Wijken", "from_on": "2024-01-01", "until_on": "2028-12-31"}
HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7|add:7 }}", "' OR 1=1 --", "=cmd|'/c calc'!A1"]


@pytest.fixture
def office(client):
    return sign_in(client, samira())


@pytest.fixture
def there(office):
    return make_programme(samira())


@pytest.mark.parametrize("duty", list(Duty))
def test_staff_look_and_two_of_them_change(client, duty):
    make_programme(samira())
    person = someone()
    holds(person, duty)
    sign_in(client, person)
    changes = duty in (Duty.PROGRAMME_MANAGER, Duty.ADMINISTRATOR)
    assert may_change_programme(person) is changes
    page = client.get(ADDRESS)
    assert page.status_code == (200 if duty in STAFF else 403)
    assert ("Opgave toevoegen" in page.text) is changes
    for path in ("nieuw/", "inlezen/", "ambitie/nieuw/", "ambitie/maatwerk/wijzigen/", "minder-armoede/stoppen/"):
        assert client.get(ADDRESS + path).status_code == (200 if changes else 403)


def test_who_is_unknown_signs_in_first(client):
    assert client.get(ADDRESS).status_code == 302
    assert client.post(ADDRESS + "nieuw/", CHALLENGE).status_code == 302


@pytest.mark.parametrize("prefix", ["", "/en", "/nl-x-simpel"])
def test_the_page_shows_ambitions_with_their_challenges(office, there, prefix):
    page = office.get(prefix + ADDRESS)
    assert page.status_code == 200
    for text in ("1. De buurt eerst", "Wij beginnen daar.", "Minder armoede", "Rondkomen.", "2. Maatwerk"):
        assert text in page.text


def test_an_empty_programme_says_how_to_begin(office):
    assert "Er is nog geen ambitie" in office.get(ADDRESS).text


def test_adding_changing_and_ending(office, there):
    assert office.post(ADDRESS + "ambitie/nieuw/", AMBITION).url == ADDRESS
    assert office.post(ADDRESS + "nieuw/", CHALLENGE).url == ADDRESS
    jeugd = Challenge.objects.get(code="jeugd")
    assert (jeugd.ambition.code, jeugd.owner, jeugd.until_on) == ("maatwerk", "Wijken", datetime.date(2028, 12, 31))
    assert 'value="2028-12-31"' in office.get(ADDRESS + "jeugd/wijzigen/").text
    assert office.post(ADDRESS + "jeugd/wijzigen/", CHALLENGE | {"ambition": "menselijk"}).status_code == 302
    assert office.post(ADDRESS + "jeugd/stoppen/", {"last_day": "2026-01-31"}).status_code == 302
    jeugd.refresh_from_db()
    assert (jeugd.ambition.code, jeugd.until_on) == ("menselijk", datetime.date(2026, 1, 31))
    assert office.post(ADDRESS + "ambitie/menselijk/wijzigen/", AMBITION | {"number": "4"}).status_code == 302
    assert office.post(ADDRESS + "ambitie/menselijk/stoppen/", {"last_day": "2026-01-31"}).status_code == 302
    assert Ambition.objects.get(code="menselijk").number == 4
    assert "Ambities van vroeger" in office.get(ADDRESS).text


def test_a_new_challenge_is_under_the_ambition_where_one_began(office, there):
    assert '<option value="maatwerk" selected>' in office.get(ADDRESS + "nieuw/?ambitie=maatwerk").text
    assert office.get(ADDRESS + "nieuw/?ambitie=<b>").status_code == 200


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("nieuw/", {}),
        ("nieuw/", CHALLENGE | {"name": ""}),
        ("nieuw/", CHALLENGE | {"name": "https://example.org"}),
        ("nieuw/", CHALLENGE | {"name": "x" * 151}),
        ("nieuw/", CHALLENGE | {"goal": "x" * 2001}),
        ("nieuw/", CHALLENGE | {"name": "\0"}),
        ("nieuw/", CHALLENGE | {"ambition": "bestaat-niet"}),
        ("nieuw/", CHALLENGE | {"until_on": "2023-12-31"}),
        ("nieuw/", CHALLENGE | {"from_on": "0001-01-01"}),
        ("ambitie/nieuw/", AMBITION | {"number": "1"}),
        ("ambitie/nieuw/", AMBITION | {"number": "0"}),
        ("ambitie/nieuw/", AMBITION | {"number": "vier"}),
        ("minder-armoede/stoppen/", {}),
        ("minder-armoede/stoppen/", {"last_day": "2020-01-01"}),
        ("minder-armoede/stoppen/", {"last_day": "9999-12-31"}),
    ],
)
def test_a_wrong_answer_is_told_and_changes_nothing(office, there, path, wrong):
    before = (list(Ambition.objects.values()), list(Challenge.objects.values()))
    page = office.post(ADDRESS + path, wrong)
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert (list(Ambition.objects.values()), list(Challenge.objects.values())) == before


@pytest.mark.parametrize("path", ["ambitie/geen/wijzigen/", "ambitie/geen/stoppen/", "geen/wijzigen/", "geen/stoppen/", "x%00/wijzigen/"])
def test_what_is_not_there_is_404(office, path):
    assert office.get(ADDRESS + path).status_code == 404
    assert office.post(ADDRESS + path, AMBITION).status_code == 404


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_only_text(office, there, name):
    assert office.post(ADDRESS + "nieuw/", CHALLENGE | {"name": name, "goal": name, "owner": name}).status_code == 302
    code = Challenge.objects.get(name=name).code
    for path in ("", f"{code}/wijzigen/", f"{code}/stoppen/"):
        text = office.get(ADDRESS + path).text
        assert "<script>alert(1)" not in text
        assert "<img src=x" not in text
    assert office.get(ADDRESS + "opgaven.csv").status_code == 200


def test_a_long_programme_costs_as_many_queries_as_a_short_one(office, there):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert office.get(ADDRESS).status_code == 200
        return len(captured)

    short, by = cost(), administrator()
    for number in range(3, 33):
        ambition = actions.add_ambition(name=f"Ambitie {number}", number=number, from_on=FROM, by=by, at=timezone.now())
        Challenge.objects.bulk_create(Challenge(ambition=ambition, code=f"o-{number}-{n}", name="Opgave", from_on=FROM) for n in range(10))
    assert cost() == short <= 8
