"""Feeds hold what everybody can see, under ids that do not change; and nothing else."""

import xml.etree.ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.agendas.wishes import actions as wishes
from buurtdraad.agendas.wishes.states import Stage
from buurtdraad.initiatives.models import Initiative, Update
from buurtdraad.initiatives.states import Showing
from buurtdraad.pages.opening.feeds import MOST
from buurtdraad.pages.opening.tests.conftest import GEUZENWIJK, HIDDEN

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
AREA = f"/buurten/{GEUZENWIJK}/nieuws.atom"
PLAN = "/initiatieven/wilgentuin/nieuws.atom"


def entries(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content).findall(f"{ATOM}entry")


def ids(response):
    return [entry.findtext(f"{ATOM}id") for entry in entries(response)]


def test_an_area_tells_of_meetings_wishes_agreements_rounds_and_answers(client, city, joris):
    wishes.move_to(city.wish, Stage.BUSY, why="We zoeken een plek.", by=joris, at=timezone.now())
    kinds = {one.split(":")[-1].split("/")[0] for one in ids(client.get(AREA))}
    assert {"bijeenkomst", "wens", "afspraak", "ronde", "stap"} <= kinds


@pytest.mark.parametrize("path", [AREA, PLAN, "/buurten/GM0344/nieuws.atom", "/buurten/zuilen-oost/nieuws.atom"])
def test_what_is_not_public_is_in_no_feed(client, city, path):
    text = client.get(path).text
    assert HIDDEN not in text
    assert "<script>" not in text


@pytest.mark.parametrize("path", [AREA, PLAN])
def test_what_people_wrote_is_no_html_in_a_reader(client, city, path):
    """A summary is HTML by its type, once the XML is read."""
    told = "".join(entry.findtext(f"{ATOM}summary") or "" for entry in entries(client.get(path)))
    assert "&lt;script&gt;" in told
    assert "<script" not in told


@pytest.mark.parametrize("showing", [one for one in Showing if one != Showing.SHOWN])
def test_a_plan_that_is_not_on_the_site_has_no_feed(client, city, showing):
    assert client.get(PLAN).status_code == 200
    Initiative.objects.filter(pk=city.plan.pk).update(showing=showing)
    assert client.get(PLAN).status_code == 404


def test_news_that_nobody_read_yet_is_in_no_feed(client, city):
    assert len(entries(client.get(PLAN))) == 1
    Update.objects.update(showing=Showing.TO_READ)
    assert not entries(client.get(PLAN))


def test_ids_are_the_same_in_every_language_and_every_time(client, city):
    first = ids(client.get(AREA))
    assert len(first) == len(set(first)) > 3
    assert ids(client.get(AREA)) == ids(client.get(f"/en{AREA}")) == first
    assert all(one.startswith("tag:buurt.example.nl,2026:") for one in first)


def test_a_feed_has_fifty_entries_at_most_the_newest_first(client, city, make_wish):
    for number in range(MOST + 5):
        make_wish(f"Wens {number}")
    found = entries(client.get(AREA))
    assert len(found) == MOST
    moments = [entry.findtext(f"{ATOM}updated") for entry in found]
    assert moments == sorted(moments, reverse=True)


def test_letters_that_no_xml_can_hold_break_no_feed(client, city):
    Update.objects.filter(showing=Showing.SHOWN).update(text="Een bank\x0b en een \x1bboom")
    assert entries(client.get(PLAN))


def test_a_feed_of_a_quiet_area_is_empty(client, city):
    assert not entries(client.get("/buurten/BU03440321/nieuws.atom"))


@pytest.mark.parametrize("path", ["/buurten/BU99999999/nieuws.atom", "/initiatieven/nergens/nieuws.atom"])
def test_what_does_not_exist_has_no_feed(client, city, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("page", "people", "feed"),
    [
        (f"/buurten/{GEUZENWIJK}/", f"/buurten/{GEUZENWIJK}/volgen/", AREA),
        ("/initiatieven/wilgentuin/", "/initiatieven/wilgentuin/", PLAN),
    ],
)
def test_a_page_leads_to_its_feed_for_programs_and_for_people(client, city, page, people, feed):
    text = " ".join(client.get(page).text.split())
    assert f'<link rel="alternate" type="application/atom+xml" href="{feed}"' in text
    assert people == page or f'href="{people}"' in text
    assert f'href="{feed}"' in client.get(people).text.partition("<main")[2]


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_addresses_to_give_to_a_program_can_be_read_and_copied(client, city, settings, language):
    text = client.get(f"{language}/buurten/{GEUZENWIJK}/volgen/").text
    for file in ("bijeenkomsten.ics", "nieuws.atom"):
        assert f"<code>{settings.SITE_URL}{language}/buurten/{GEUZENWIJK}/{file}</code>" in text


def test_a_feed_takes_as_many_queries_with_many_wishes_as_with_few(client, city, make_wish, make_initiative):
    counts = []
    for more in range(2):
        for number in range(4 * more):
            make_wish(f"Wens {number}")
        with CaptureQueriesContext(connection) as queries:
            client.get(AREA)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_the_feed_of_an_area_is_dropped_when_something_changes_there(client, city):
    assert GEUZENWIJK in client.get(AREA).shows_places
    assert "WK034402" in client.get(AREA).shows_places


@pytest.mark.parametrize(("path", "most"), [("", 25), ("kaartje/", 9), ("nieuws.atom", 12), ("bijeenkomsten.ics", 8), ("tijdlijn/", 9)])
def test_the_pages_of_an_area_ask_few_questions(client, city, path, most, django_assert_max_num_queries):
    client.get(f"/buurten/{GEUZENWIJK}/{path}")
    with django_assert_max_num_queries(most):
        assert client.get(f"/buurten/{GEUZENWIJK}/{path}").status_code == 200
