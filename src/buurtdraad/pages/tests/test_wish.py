"""The page of one wish: its thread, what comes next, and who may see it."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.accounts.moderation.actions import decide, report
from buurtdraad.accounts.moderation.states import Reason
from buurtdraad.accounts.moderation.states import Stage as Reported
from buurtdraad.agendas.conftest import *  # noqa: F403 (the city of the wishes)
from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.states import Showing, Stage
from buurtdraad.audit.models import Event
from buurtdraad.messages.actions import contact_for
from buurtdraad.pages.thread import NEXT, thread_of, what_comes_next

pytestmark = pytest.mark.django_db
NOW = timezone.now() + datetime.timedelta(hours=1)
HOSTILE = '<script>alert(1)</script> & "><img src=x onerror=alert(1)> {{ 7*7 }}'


@pytest.fixture
def page_of(client):
    return lambda reference, query="": " ".join(client.get(f"/wensen/{reference}/{query}").text.split())


@pytest.fixture
def people(kees, samira, joris):
    return kees, samira, joris


def hide(wish, hamid):
    made = report(thing=f"wish:{wish.reference}", area=wish.area, reason=Reason.OTHER, text="", doubts=(), by=None, at=NOW)
    decide(made, Reported.HIDDEN, why="Gaat over iemand", duty="moderator", by=hamid, at=NOW)


def test_the_page_tells_what_where_when_and_what_comes_next(page_of, wish):
    page = page_of(wish.reference)
    for words in (
        "Op de Wilgenhof is geen schaduw en geen bank.",
        "Geuzenwijk",
        "Groen en spelen",
        "Wij lezen de wens eerst.",
        "krijgt antwoord",
    ):
        assert words in page
    assert f'href="/melden/?wat=wish%3A{wish.reference}"' in page
    assert "Stap 1 van 5" in page


def test_the_thread_holds_each_step_with_its_reason_and_each_answer_once(wish, joris):
    actions.move_to(wish, Stage.SEEN, why="Wij keken op straat.", by=joris, at=NOW)
    actions.answer([wish], text="Er komen twee banken.", stage=Stage.CHOSEN, by=joris, at=NOW + datetime.timedelta(days=1))
    actions.answer([wish], text="De banken zijn besteld.", stage=None, by=joris, at=NOW + datetime.timedelta(days=2))
    thread = thread_of(wish)
    assert [(str(link.title), link.text) for link in thread] == [
        ("Verteld", ""), ("Bekeken", "Wij keken op straat."), ("Gekozen", "Er komen twee banken."), ("Antwoord", "De banken zijn besteld."),
    ]  # fmt: skip
    assert [bool(link.note) for link in thread] == [True, False, True, True]
    assert thread == sorted(thread, key=lambda link: link.at)


def test_each_step_says_what_comes_next():
    assert set(NEXT) == set(Stage)


def test_a_promise_that_was_not_kept_is_admitted(wish):
    assert "niet later dan" in what_comes_next(wish, wish.answer_by)
    late = what_comes_next(wish, wish.answer_by + datetime.timedelta(days=1))
    assert "Dat spijt ons" in late
    assert "niet later dan" not in late


def test_a_wish_that_left_the_track_has_no_step_and_says_why(page_of, wish, joris):
    actions.answer([wish], text="Er ligt een leiding.", stage=Stage.NOT_DONE, by=joris, at=NOW)
    page = page_of(wish.reference)
    assert "Er ligt een leiding." in page
    assert "van 5" not in page
    assert "Dit wil ik ook" not in page


def test_a_joined_wish_leads_to_where_it_lives_and_back_when_it_is_parted(client, page_of, wish, make_wish, joris):
    other = make_wish("Geen bank op de Wilgenhof")
    joined = actions.merge(other, wish, why="Hetzelfde", by=joris, at=NOW)
    answer = client.get(f"/wensen/{other.reference}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/wensen/{wish.reference}/?van={other.reference}")
    page = page_of(wish.reference, f"?van={other.reference}")
    assert f"{other.reference} hoort nu bij {wish.reference}." in page
    assert "Geen bank op de Wilgenhof" in page
    actions.unmerge(joined, by=joris, at=NOW)
    assert client.get(f"/wensen/{other.reference}/").status_code == 200
    assert "Hierbij horen ook deze wensen" not in page_of(wish.reference)


@pytest.mark.parametrize("van", ["ZO-99", "<script>", "%00", "x" * 5000])
def test_where_somebody_came_from_is_only_said_of_a_wish_that_was_joined(client, wish, van):
    assert client.get(f"/wensen/{wish.reference}/?van={van}").headers.get("Location") == f"/wensen/{wish.reference}/"


@pytest.mark.parametrize("showing", [Showing.WAITING, Showing.PRIVATE])
def test_what_is_not_on_the_site_is_there_for_its_staff_only(client, signed_in, make_wish, people, showing):
    kees, samira, joris = people
    wish = make_wish("Een wens die wacht", showing=showing)
    path = f"/wensen/{wish.reference}/"
    assert client.get(path).status_code == 404
    assert signed_in(kees).get(path).status_code == 404
    assert signed_in(samira).get(path).status_code == 404
    assert signed_in(joris, second_factor=False).get(path).status_code != 200
    page = signed_in(joris).get(path)
    assert "Een wens die wacht" in page.text
    assert "private" in page["Cache-Control"]
    assert Event.objects.filter(verb="looked", thing=f"wish:{wish.reference}").count() == 1


def test_a_wish_that_was_hidden_after_a_report_is_gone_with_its_title(client, wish, make_wish, hamid, joris):
    joined = make_wish("Hetzelfde bankje")
    actions.merge(joined, wish, why="", by=joris, at=NOW)
    hide(joined, hamid)
    assert client.get(f"/wensen/{joined.reference}/").status_code == 404
    assert "Hetzelfde bankje" not in client.get(f"/wensen/{wish.reference}/").text
    hide(wish, hamid)
    assert client.get(f"/wensen/{wish.reference}/").status_code == 404
    touched = Event.objects.filter(verb="report.hidden").last().touches
    assert {"BU03440241", "WK034402", "GM0344", "zuilen-oost"} <= set(touched)


def test_hostile_words_are_shown_as_text(page_of, make_wish, joris):
    wish = make_wish(HOSTILE)
    actions.answer([wish], text=HOSTILE, stage=Stage.LATER, by=joris, at=NOW)
    page = page_of(wish.reference)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "{{ 7*7 }}" in page


@pytest.mark.parametrize("reference", ["zo-1", "ZO-999999999", "ZO1", "ZO-0", "ZO-1x", "<b>", "A" * 40 + "-1", "ZO-1234567890", "%00"])
def test_what_is_no_reference_is_not_there_and_small_letters_will_do(client, wish, reference):
    assert client.get(f"/wensen/{reference}/").status_code == (200 if reference == "zo-1" else 404)


def test_a_page_takes_as_many_queries_for_three_of_everything_as_for_one(client, wish, make_wish, kees, joris):
    counts = []
    for number in (1, 3):
        for extra in range(number):
            actions.merge(make_wish(f"Nog een bank {number} {extra}"), wish, why="", by=joris, at=NOW)
            actions.answer([wish], text="Ja", stage=None, by=joris, at=NOW + datetime.timedelta(minutes=10 * number + extra))
        actions.support(wish, contact=contact_for(kees, at=NOW), at=NOW)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/wensen/{wish.reference}/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_the_page_depends_on_its_place_and_on_those_of_what_was_joined(client, wish, make_wish, joris):
    actions.merge(make_wish("Elders", area="BU03440321"), wish, why="", by=joris, at=NOW)
    assert client.get(f"/wensen/{wish.reference}/").shows_places == {"BU03440241", "BU03440321"}


def test_people_are_counted_from_two_on(page_of, wish, kees):
    assert "willen dit ook" not in page_of(wish.reference)
    actions.support(wish, contact=contact_for(kees, at=NOW), at=NOW)
    assert "2 mensen willen dit ook" in page_of(wish.reference)
