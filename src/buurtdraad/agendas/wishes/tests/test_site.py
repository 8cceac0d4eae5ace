"""The list and the map of wishes, as everybody sees them."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.accounts.moderation.actions import decide, report
from buurtdraad.accounts.moderation.states import Reason
from buurtdraad.accounts.moderation.states import Stage as Reported
from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.queries import listing
from buurtdraad.agendas.wishes.states import Kind, Showing, Stage, Theme
from buurtdraad.messages.actions import contact_for

pytestmark = pytest.mark.django_db
NOW = timezone.now() + datetime.timedelta(hours=1)
OUTLINES = {"WK034402": "M0 0L100 0L100 100L0 100Z", "WK034403": "M100 0L200 0L200 100L100 100Z", "BU03440241": "M0 0L50 0L50 100L0 100Z"}


@pytest.fixture
def page_of(client):
    return lambda query="", path="/wensen/": " ".join(client.get(path + query).text.split())


@pytest.fixture
def drawn(areas):
    """The districts and one neighbourhood have an outline."""
    for code, outline in OUTLINES.items():
        numbers = [int(n) for n in outline.translate(str.maketrans("MLZ", "   ")).split()]
        frame = [min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])]
        areas[code].years.update(outline=outline, frame=frame)


def titles(page):
    return [
        part.partition("</a>")[0].partition(">")[2] for part in page.split('<a href="/wensen/')[1:] if "buurt-wish__title" not in part[:5]
    ]


def test_an_empty_list_says_so_and_a_search_without_finds_a_way_back(page_of, areas):
    assert "Er zijn nog geen wensen" in page_of()
    page = page_of("?q=olifant")
    assert "Er is geen wens gevonden" in page
    assert "Bekijk alle wensen" in page


def test_a_line_tells_number_title_place_step_day_and_people(page_of, wish, kees):
    actions.support(wish, contact=contact_for(kees, at=NOW), at=NOW)
    page = page_of()
    for words in ("ZO-1", "Op de Wilgenhof is geen schaduw en geen bank.", "Geuzenwijk", ">Verteld<", "2 mensen willen dit ook", "1 wens"):
        assert words in page


def test_the_newest_is_at_the_top(page_of, make_wish):
    make_wish("Oud", at=NOW - datetime.timedelta(days=2))
    make_wish("Nieuw", at=NOW)
    make_wish("Tussen", at=NOW - datetime.timedelta(days=1))
    page = page_of()
    assert page.index("Nieuw<") < page.index("Tussen<") < page.index("Oud<")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=banken", {"bank"}), ("?q=bankje", {"bank"}), ("?q=bankje+boom", set()),
        ("?q=boom+-hoge", set()), ("?buurt=BU03440241", {"bank"}), ("?buurt=zuilen-oost", {"bank", "boom"}),
        ("?buurt=WK034402", {"bank", "boom"}), ("?buurt=WK034403", {"auto"}), ("?buurt=GM0344", {"bank", "boom", "auto"}),
        ("?thema=traffic", {"auto"}), ("?stap=seen", {"boom"}), ("?soort=problem", set()), ("?buurt=WK034402&q=boom&stap=seen", {"boom"}),
    ],
)  # fmt: skip
def test_search_and_choices_find_what_they_say(page_of, make_wish, joris, query, found):
    make_wish("Graag een bank")
    boom = make_wish("Graag een hoge boom", area="BU03440242")
    make_wish("Minder auto", area="BU03440321", theme=Theme.TRAFFIC)
    actions.move_to(boom, Stage.SEEN, why="", by=joris, at=NOW)
    page = page_of(query)
    assert {word for word in ("bank", "boom", "auto") if f"{word}</a>" in page} == found


def test_a_choice_of_kind(page_of, make_wish, joris, areas):
    wish = make_wish("Graag een bank")
    actions.reword(wish, text="Het stinkt", kind=Kind.PROBLEM, theme=Theme.CLEAN, area=wish.area, by=joris, duty="x", at=NOW)
    assert "Het stinkt</a>" in page_of("?soort=problem")
    assert "Het stinkt</a>" not in page_of("?soort=wish")


def test_a_number_that_is_searched_for_leads_to_its_wish(client, wish, make_wish):
    for typed in ("zo-1", "zo1", "ZO 1", " zo  1 ", "Zo.1"):
        assert client.get("/wensen/", {"q": typed})["Location"] == "/wensen/ZO-1/"
    private = make_wish("Een boom", showing=Showing.PRIVATE)
    assert client.get(f"/wensen/?q={private.reference}").status_code == 200


def test_empty_choices_leave_the_address(client, wish):
    assert client.get("/wensen/?q=&buurt=&thema=")["Location"] == "/wensen/"
    assert client.get("/wensen/?q=bank&buurt=&page=")["Location"] == "/wensen/?q=bank"


def test_the_list_is_in_pages_and_keeps_what_was_chosen(page_of, client, make_wish):
    for number in range(listing.ON_A_PAGE + 1):
        make_wish(f"Wens {number}")
    assert "26 wensen" in page_of("?buurt=WK034402")
    assert "page=2&amp;buurt=WK034402" in page_of("?buurt=WK034402")
    assert page_of("?page=2").count('class="buurt-wish__title"') == 1
    assert client.get("/wensen/?page=3").status_code == 404


def test_a_very_long_list_counts_no_further_than_it_can_be_leafed_through(page_of, make_wish, monkeypatch):
    monkeypatch.setattr(listing, "MOST_LISTED", 2)
    for number in range(3):
        make_wish(f"Wens {number}")
    page = page_of()
    assert "Meer dan 2 wensen" in page
    assert "Er zijn er meer. Zoek op een woord of kies een buurt." in page


NONSENSE = [
    "x",
    "-1",
    "0",
    "01",
    "1e9",
    "9999",
    "99999",
    "%00",
    "%F0%9F%92%A9",
    "'--",
    "<script>",
    "..",
    "x" * 3000,
    "ﷺ" * 200,
    "1;DROP",
    "[]",
]


@pytest.mark.parametrize("value", NONSENSE)
@pytest.mark.parametrize("path", ["/wensen/", "/wensen/kaart/", "/gedaan/"])
def test_nonsense_is_not_there_and_breaks_nothing(client, wish, path, value):
    for name in ("buurt", "thema", "stap", "soort", "page", "q", "area__code", "showing", "van"):
        page = client.get(f"{path}?{name}={value}")
        assert page.status_code in {200, 302, 404}, (name, value)
        assert "<script>" not in page.text.replace("<script src", "")


def test_a_parameter_never_reaches_a_column(page_of, make_wish):
    make_wish("Een geheim", showing=Showing.PRIVATE)
    for query in ("?showing=private", "?showing=shown&head=1", "?stap=told&showing__in=private"):
        assert "Een geheim" not in page_of(query)


@pytest.mark.parametrize("path", ["/wensen/", "/wensen/?q=geheim", "/wensen/?buurt=zuilen-oost"])
def test_what_is_not_on_the_site_is_in_no_list(page_of, make_wish, hamid, joris, path):
    for showing in (Showing.PRIVATE, Showing.WAITING):
        make_wish("Een geheim", showing=showing)
    hidden, head = make_wish("Een geheim van de buren"), make_wish("Iets anders")
    actions.merge(make_wish("Een geheim dat erbij hoort"), head, why="", by=joris, at=NOW)
    made = report(thing=f"wish:{hidden.reference}", area=hidden.area, reason=Reason.OTHER, text="", doubts=(), by=None, at=NOW)
    assert "van de buren" in page_of(path=path)
    decide(made, Reported.HIDDEN, why="Gaat over iemand", duty="moderator", by=hamid, at=NOW)
    page = page_of(path=path)
    assert "Een geheim" not in page
    assert ("1 wens<" in page) or "geen wens gevonden" in page or "1 wens " in page


def test_hostile_words_are_shown_as_text(page_of, make_wish, areas):
    areas["BU03440241"].years.update(name='"><script>alert(2)</script>')
    make_wish("<script>alert(1)</script>")
    for path in ("/wensen/", "/wensen/?q=%3Cscript%3Ealert(1)", "/wensen/kaart/?buurt=WK034402", "/wensen/?buurt=BU03440241"):
        assert "<script>alert" not in page_of(path=path)


@pytest.mark.parametrize(
    "path",
    [
        "/wensen/",
        "/wensen/?q=bank",
        "/wensen/?buurt=zuilen-oost",
        "/wensen/?buurt=WK034402",
        "/wensen/kaart/",
        "/wensen/kaart/?buurt=BU03440241",
    ],
)
def test_three_wishes_cost_as_many_queries_as_one(client, make_wish, emine, path):
    counts = []
    for number in (1, 2):
        for _each in range(number):
            make_wish("Een bank", contact=emine)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize(
    ("path", "places"),
    [
        ("/wensen/", {"GM0344"}),
        ("/wensen/?buurt=BU03440241", {"BU03440241"}),
        ("/wensen/?buurt=zuilen-oost", {"zuilen-oost", "BU03440241", "BU03440242"}),
        ("/wensen/?buurt=WK034402", {"WK034402", "zuilen-oost", "BU03440241", "BU03440242"}),
        ("/wensen/kaart/", {"GM0344"}),
        ("/wensen/kaart/?buurt=BU03440241", {"WK034402", "zuilen-oost", "BU03440241", "BU03440242"}),
    ],
)
def test_a_page_depends_on_the_places_that_it_shows(client, wish, path, places):
    page = client.get(path)
    assert page.shows_places == places
    assert not page.cookies


# --- the map ----------------------------------------------------------------------------------------


def test_the_map_has_a_circle_for_each_district_with_wishes_and_a_list_that_says_the_same(page_of, make_wish, drawn):
    make_wish("Een bank"), make_wish("Een boom", area="zuilen-oost"), make_wish("Een hek", area="WK034402")
    page = page_of(path="/wensen/kaart/")
    assert '<a href="/wensen/?buurt=WK034402" class="buurt-map__cluster" aria-label="Noordwest: 2 wensen">' in page
    assert page.count("buurt-map__cluster") == 1
    assert "Overvecht" in page
    assert "Voor het hele gebied" in page
    assert "3 wensen" in page


def test_the_map_of_a_district_shows_its_neighbourhoods_and_marks_the_one_asked_for(page_of, make_wish, drawn):
    make_wish("Een bank")
    page = page_of(path="/wensen/kaart/?buurt=BU03440241")
    assert 'aria-label="Geuzenwijk: 1 wens"' in page
    assert 'data-current="true"' in page
    assert "Schaakbuurt" in page
    assert "Taagdreef" not in page


def test_without_outlines_and_without_a_city_the_map_page_still_stands(page_of, make_wish, client):
    make_wish("Een bank")
    page = page_of(path="/wensen/kaart/")
    assert '<svg class="buurt-map"' not in page
    assert 'href="/wensen/?buurt=WK034402"' in page


def test_what_is_not_on_the_site_is_on_no_map(page_of, make_wish, drawn):
    make_wish("Een geheim", showing=Showing.PRIVATE)
    assert "buurt-map__cluster" not in page_of(path="/wensen/kaart/")


def test_an_empty_city_has_a_list_and_a_map(client, db):
    for path in ("/wensen/", "/wensen/kaart/"):
        assert client.get(path).status_code == 200
