"""Wishes on the page of an area and on the home page, and the list of what was done."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.agendas.conftest import *  # noqa: F403 (the city of the wishes)
from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.queries import listing
from buurtdraad.agendas.wishes.rules import LEAST_RATINGS
from buurtdraad.agendas.wishes.states import Helped, Showing, Stage
from buurtdraad.audit.models import Event
from buurtdraad.messages.actions import add_contact
from buurtdraad.messages.states import Way

pytestmark = pytest.mark.django_db
NOW = timezone.now()
HOSTILE = "<script>alert(1)</script>"


def later(minutes):
    return NOW + datetime.timedelta(minutes=minutes)


@pytest.fixture
def page_of(client):
    return lambda path: " ".join(client.get(path).text.split())


@pytest.fixture
def finish(make_wish, joris):
    """A wish that was done after so many minutes."""

    def done(text, minutes=1, *, why="De gemeente zette een bank neer.", **facts):
        wish = make_wish(text, **facts)
        actions.move_to(wish, Stage.DONE, why=why, by=joris, at=later(minutes))
        return wish

    return done


def test_an_area_shows_its_two_newest_wishes_and_how_many_there_are(page_of, make_wish):
    for number in range(4):
        make_wish(f"Wens nummer {number}", at=later(number))
    make_wish("Elders", area="BU03440321", at=later(9))
    page = page_of("/buurten/zuilen-oost/")
    assert [f"Wens nummer {number}<" in page for number in range(4)] == [False, False, True, True]
    assert "Elders<" not in page
    assert "Bekijk alle 4 wensen" in page
    assert '<a href="/wensen/?buurt=zuilen-oost" >4 wensen van bewoners</a>' in page.replace('zuilen-oost">', 'zuilen-oost" >')


def test_an_area_says_how_many_got_an_answer_in_time_once_one_was_due(page_of, make_wish, joris):
    waiting = make_wish("Nog te doen")
    assert "op tijd antwoord" not in page_of("/buurten/BU03440241/")
    actions.answer([make_wish("Op tijd"), waiting], text="Ja", stage=None, by=joris, at=NOW)
    late = make_wish("Te laat", at=NOW - datetime.timedelta(days=40))
    actions.answer([late], text="Ja", stage=None, by=joris, at=NOW)
    make_wish("Nog niet", showing=Showing.PRIVATE)
    assert "In Geuzenwijk kregen 2 van de 3 wensen op tijd antwoord." in page_of("/buurten/BU03440241/")
    assert "In Zuilen-Oost kregen 2 van de 3 wensen op tijd antwoord." in page_of("/buurten/zuilen-oost/")
    assert "op tijd antwoord" not in page_of("/buurten/BU03440321/")


def test_whether_people_were_helped_is_told_from_ten_on(page_of, wish, joris):
    made = actions.answer([wish], text="Ja", stage=None, by=joris, at=NOW)
    for number in range(LEAST_RATINGS):
        assert "goed geholpen" not in page_of("/buurten/BU03440241/")
        contact = add_contact(name="Buur", way=Way.NONE, phone="", by=None, at=NOW, channel="phone")
        actions.rate(made, wish, contact, helped=Helped.YES if number else Helped.NO, words="", at=NOW)
    assert "Van de 10 mensen die dat vertelden, zijn er 9 goed geholpen." in page_of("/buurten/BU03440241/")


@pytest.mark.parametrize("path", ["/", "/gedaan/", "/buurten/BU03440241/", "/buurten/GM0344/"])
def test_what_is_not_on_the_site_is_on_none_of_these_pages(page_of, make_wish, finish, joris, path):
    make_wish("Een geheim", showing=Showing.WAITING)
    finish("Een geheim dat klaar is", showing=Showing.PRIVATE)
    head = make_wish("Iets anders")
    actions.merge(finish("Een geheim dat erbij hoort"), head, why="", by=joris, at=NOW)
    assert "Een geheim" not in page_of(path)


def test_the_home_page_shows_the_three_that_were_done_last(page_of, finish):
    for number in range(4):
        finish(f"Klaar nummer {number}", number, at=NOW - datetime.timedelta(days=number))
    page = page_of("/")
    assert [f"Klaar nummer {number}<" in page for number in range(4)] == [False, True, True, True]
    assert "De gemeente zette een bank neer." in page
    assert "Er is nog niets klaar" not in page


def test_what_was_done_is_listed_by_day_and_by_area(page_of, finish):
    finish("Eerst klaar", 1), finish("Later klaar", 5, area="BU03440321"), finish("Tussendoor klaar", 3)
    page = page_of("/gedaan/")
    assert page.index("Later klaar<") < page.index("Tussendoor klaar<") < page.index("Eerst klaar<")
    page = page_of("/gedaan/?buurt=zuilen-oost")
    assert "Later klaar<" not in page
    assert "Eerst klaar<" in page
    assert "Hier is nog niets klaar" in page_of("/gedaan/?buurt=WK034403&page=1") or "Later klaar<" in page_of("/gedaan/?buurt=WK034403")


def test_what_was_done_is_in_pages_and_counts_no_further_than_it_can_be_leafed_through(client, finish, monkeypatch):
    monkeypatch.setattr(listing, "ON_A_PAGE", 2)
    for number in range(5):
        finish(f"Klaar nummer {number}", number)

    def on(page):
        return [one.title for one in client.get(f"/gedaan/?page={page}").context["lines"]]

    assert [on(page) for page in (1, 2, 3)] == [
        ["Klaar nummer 4", "Klaar nummer 3"], ["Klaar nummer 2", "Klaar nummer 1"], ["Klaar nummer 0"],
    ]  # fmt: skip
    assert client.get("/gedaan/?page=4").status_code == 404
    monkeypatch.setattr(listing, "MOST_LISTED", 3)
    assert [on(page) for page in (1, 2)] == [["Klaar nummer 4", "Klaar nummer 3"], ["Klaar nummer 2"]]
    assert client.get("/gedaan/?page=3").status_code == 404


def test_a_later_page_reads_no_further_than_itself(client, finish):
    for number in range(3):
        finish(f"Klaar nummer {number}", number)
    with CaptureQueriesContext(connection) as queries:
        client.get("/gedaan/")
    (read,) = [one["sql"] for one in queries if "UNION ALL" in one["sql"] and "COUNT(" not in one["sql"]]
    assert read.count("LIMIT 3") == 4, "each of the three lists, and all of them"


def test_what_was_taken_up_again_is_not_done_and_stands_there_once_when_it_is(page_of, finish, joris):
    wish = finish("Een bank", 1)
    wish.refresh_from_db()
    actions.move_to(wish, Stage.BUSY, why="De bank is kapot.", by=joris, at=later(2))
    assert "Een bank<" not in page_of("/gedaan/")
    actions.move_to(wish, Stage.DONE, why="De bank is heel.", by=joris, at=later(3))
    page = page_of("/gedaan/")
    assert page.count("Een bank<") == 1
    assert "De bank is heel." in page


@pytest.mark.parametrize(
    "path", ["/", "/gedaan/", "/gedaan/?buurt=zuilen-oost", "/buurten/BU03440241/", "/buurten/zuilen-oost/", "/buurten/GM0344/"]
)
def test_three_cost_as_many_queries_as_one(client, finish, emine, path):
    counts = []
    for number in (1, 2):
        for each in range(number):
            finish("Een bank", number * 3 + each, contact=emine)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= (25 if "buurten" in path else 12)


def test_a_district_depends_on_the_working_areas_whose_wishes_it_shows(client, make_wish):
    make_wish("Voor heel Zuilen-Oost", area="zuilen-oost")
    page = client.get("/buurten/WK034402/")
    assert "Voor heel Zuilen-Oost" in page.text
    assert "zuilen-oost" in page.shows_places


@pytest.mark.parametrize("path", ["/", "/gedaan/", "/buurten/BU03440241/"])
def test_hostile_words_are_shown_as_text(page_of, finish, path):
    finish(HOSTILE, why=HOSTILE)
    assert "<script>alert" not in page_of(path)


@pytest.mark.parametrize("area", ["BU03440241", "zuilen-oost", "WK034402"])
def test_every_deed_with_a_wish_makes_all_pages_that_show_it_anew(client, make_wish, joris, emine, area):
    wish = make_wish("Een bank", area=area)
    holders = {
        "BU03440241": ["BU03440241", "zuilen-oost", "WK034402"],
        "zuilen-oost": ["zuilen-oost", "WK034402"],
        "WK034402": ["WK034402"],
    }
    paths = ["/", "/gedaan/", "/wensen/", "/wensen/kaart/", f"/wensen/{wish.reference}/", "/buurten/GM0344/"]
    for code in holders[area]:
        paths += [f"/buurten/{code}/", f"/wensen/?buurt={code}", f"/wensen/kaart/?buurt={code}", f"/gedaan/?buurt={code}"]
    shown = {path: client.get(path).shows_places for path in paths}
    began = Event.objects.count()
    actions.support(wish, contact=emine, at=NOW)
    actions.answer([wish], text="Ja", stage=Stage.CHOSEN, by=joris, at=NOW)
    actions.move_to(wish_again(wish), Stage.DONE, why="Klaar", by=joris, at=later(1))
    actions.keep_private(wish, was=Showing.SHOWN, why="", by=joris, duty="", at=later(2))
    touched = [set(event.touches) for event in Event.objects.order_by("pk")[began:] if event.verb.startswith("wish.")]
    assert len(touched) >= 4
    assert not [path for path in paths if not all(shown[path] & touches for touches in touched)]


def wish_again(wish):
    wish.refresh_from_db()
    return wish
