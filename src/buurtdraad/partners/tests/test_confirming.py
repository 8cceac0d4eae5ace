"""What a partner can say, what may never be stored of it, who answers it, and when the name of who said it goes."""

import datetime

import pytest
from django.db import IntegrityError
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.tests.city import holds, someone
from buurtdraad.partners.access import may_answer
from buurtdraad.partners.actions import NotSaid, forget_said_by, note_asked, say
from buurtdraad.partners.models import Asked, Confirmation
from buurtdraad.partners.own.actions import erase
from buurtdraad.partners.own.queries import personal_data
from buurtdraad.partners.queries.confirming import last_said, long_ago, said_by_due, said_of

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = datetime.timedelta(days=1)
HERE, AROUND, THERE = "BU03440102", "zuilen-oost", "BU03440202"


@pytest.fixture
def portaal(add):
    return add("Portaal", "BU03440101")


def said(organisation, says="right", *, thing="agreement:1", at=NOW, **facts):
    words = "" if says == "right" else "De bomen komen niet"
    return say(organisation, thing=thing, title="Bomen", area=None, says=says, **{"words": words, "by": None} | facts, at=at)


# --- what may never be stored ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"title": ""}, "confirmation_names_its_thing"),
        ({"says": "stuck", "words": "", "answer_by": NOW.date()}, "stuck_says_why"),
        ({"says": "stuck", "words": "x"}, "stuck_says_why"),
        ({"says": "changed"}, "changed_says_what"),
        ({"answered_at": NOW}, "confirmation_answered_by"),
        ({"on_site": True}, "confirmation_on_site_is_answered"),
    ],
)
def test_the_database_refuses(portaal, facts, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        Confirmation.objects.create(**{"organisation": portaal, "thing": "agreement:1", "title": "x", "says": "right", "at": NOW} | facts)


def test_somebody_is_asked_once_a_month(portaal, speaks):
    kees, month = speaks(portaal), NOW.date().replace(day=1)
    assert [note_asked(kees, month=month, at=NOW), note_asked(kees, month=month, at=NOW)] == [True, False]
    with pytest.raises(IntegrityError, match="asked_once_a_month"):
        Asked.objects.create(representative=kees, month=month, at=NOW)


def test_one_button_pressed_twice_is_one(portaal):
    assert said(portaal, mark="a") == said(portaal, mark="a")
    assert said(portaal) != said(portaal)


@pytest.mark.parametrize("says", ["changed", "stuck"])
def test_who_is_stuck_or_changed_says_so_in_words(portaal, says):
    with pytest.raises(NotSaid):
        said(portaal, says, words="  ")


# --- what counts -----------------------------------------------------------------------------------------


def test_the_last_said_of_each_organisation_counts(portaal, add):
    other = add("Welzijn De Brug")
    said(portaal, "stuck", at=NOW - 3 * DAY)
    newest = said(portaal, at=NOW - DAY)
    older = said(other, at=NOW - 2 * DAY)
    assert said_of(["agreement:1", "agreement:2"]) == {"agreement:1": [newest, older]}
    assert last_said(["agreement:1", "agreement:2"]) == {"agreement:1": newest}


def test_after_two_months_it_is_long_ago(portaal):
    assert not long_ago(None, NOW - 60 * DAY, NOW)
    assert long_ago(None, NOW - 62 * DAY, NOW)
    assert not long_ago(said(portaal, at=NOW - 60 * DAY), NOW - 90 * DAY, NOW)
    assert long_ago(said(portaal, at=NOW - 62 * DAY), NOW - 90 * DAY, NOW)


# --- who answers -----------------------------------------------------------------------------------------


# Somebody with this duty in district WK034401: who is stuck here, around and there, what changed here, around and there, and nowhere.
NO = (False,) * 7
TABLE = {
    Duty.AREA_ADVISER: (False, False, False, True, True, False, False),
    Duty.AREA_MANAGER: (True, True, False, True, True, False, False),
    Duty.PROGRAMME_MANAGER: (True,) * 7,
}


@pytest.mark.parametrize("duty", list(Duty))
def test_each_duty_answers_what_the_table_says(areas, duty):
    person = someone()
    holds(person, duty, None if duty == Duty.ADMINISTRATOR else areas["WK034401"])
    asked = [(says, code) for says in ("stuck", "changed") for code in (HERE, AROUND, THERE)] + [("changed", "")]
    assert tuple(may_answer(person, says, code) for says, code in asked) == TABLE.get(duty, NO)


# --- the name of who said it -------------------------------------------------------------------------------


def test_who_said_it_is_forgotten_after_a_year_and_what_was_said_stays(portaal):
    made = said(portaal, "stuck", said_by="Kees Vermeer", at=datetime.datetime(2025, 3, 10, 12, tzinfo=datetime.UTC))
    for day, number in ((datetime.date(2026, 3, 10), 0), (datetime.date(2026, 3, 11), 1)):
        assert said_by_due(day).count() == number
        assert forget_said_by([made.pk], on=day) == number
    made.refresh_from_db()
    assert (made.said_by, made.words) == ("", "De bomen komen niet")


def test_what_somebody_said_is_theirs_to_see_and_erasing_takes_the_name(portaal, speaks):
    noor = someone("Noor de Graaf", email="noor@example.org", confirmed_at=NOW)
    made = said(portaal, "stuck", said_by="Noor de Graaf", through=speaks(portaal, "Noor de Graaf", email=noor.email))
    (told,) = personal_data(noor)["gezegd over afspraken en aanbod"]
    assert (told["wie"], told["woorden"]) == ("Noor de Graaf", "De bomen komen niet")
    erase(noor, at=NOW)
    made.refresh_from_db()
    assert (made.said_by, made.words) == ("", "De bomen komen niet")
    assert personal_data(noor) == {}
