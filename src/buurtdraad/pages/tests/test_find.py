"""Finding a neighbourhood: the list and the map, and the search by name, part of a name, point, street and postcode."""

import json

import pytest

from buurtdraad.lib.tests.stand_ins import service
from buurtdraad.pages.tests.small_city import LANGUAGES, load_places

pytestmark = pytest.mark.django_db
NAMES = ("Geuzenwijk", "Schaakbuurt", "Nieuwe Schaakbuurt")
HTMX = {"HX-Request": "true"}
BOLOGNALAAN = {
    "type": "adres",
    "weergavenaam": "Bolognalaan 101, 3584CJ Utrecht",
    "gemeentecode": "0344",
    "buurtcode": "BU03440102",
    "centroide_ll": "POINT(5.025 52.005)",
}
POSTCODE = BOLOGNALAAN | {"type": "postcode", "weergavenaam": "Bolognalaan, 3584CJ Utrecht", "buurtcode": None}


@pytest.fixture
def find(client):
    load_places(names=NAMES)
    return lambda q, **headers: client.get("/buurten/", {"q": q}, headers=headers)


@pytest.fixture
def addresses(settings):
    """The address service of this test: what it answers, and what it was asked."""

    class Addresses:
        documents = ()
        status = 200

    def answer(*_):
        return Addresses.status, {"Content-Type": "application/json"}, json.dumps({"response": {"docs": Addresses.documents}}).encode()

    with service(answer) as running:
        settings.ADDRESS_SERVICE_URL = running.origin
        settings.OUTGOING_TIMEOUT = 2.0
        Addresses.asked = running.asked
        yield Addresses


def text_of(response):
    return " ".join(response.content.decode().split())


# --- the page ------------------------------------------------------------------------------------


def test_an_empty_city_says_so_and_how_to_go_on(client):
    page = text_of(client.get("/buurten/"))
    assert "Er staan nog geen buurten op deze website" in page
    assert '<svg class="buurt-map"' not in page


def test_each_neighbourhood_is_in_the_list_and_on_the_map(client):
    load_places(names=NAMES)
    page = text_of(client.get("/buurten/"))
    for number, name in enumerate(NAMES, start=1):
        address = f"/buurten/BU034401{number:02}/"
        assert f'<a href="{address}">{name}</a>' in page
        assert f'<a href="{address}" class="buurt-map__area buurt-map__area--plain" aria-label="{name}">' in page
    for place in ("GM0344", "WK034401", "west-zuid"):
        assert f'href="/buurten/{place}/"' in page


def test_a_hostile_name_is_shown_as_text(client):
    load_places(names=["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'; DROP TABLE places_area; --"])
    page = text_of(client.get("/buurten/"))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    found = text_of(client.get("/buurten/", {"q": "script"}, headers=HTMX))
    assert "<script>" not in found


def test_a_hostile_search_is_shown_as_text(client, settings):
    settings.ADDRESS_SERVICE_URL = ""
    load_places(names=NAMES)
    page = text_of(client.get("/buurten/", {"q": '"><script>alert(1)</script>'}))
    assert "<script>alert" not in page
    assert "&quot;&gt;&lt;script&gt;" in page


@pytest.mark.parametrize(
    "q", ["\0", "x" * 5000, "%", "' OR 1=1 --", "\u202e\u0000", "😀", "{{ 7*7 }}", "90.0, 180.0", "1.5,1e400", "-0.0 0.0"]
)
def test_nonsense_finds_nothing_and_breaks_nothing(find, settings, q):
    settings.ADDRESS_SERVICE_URL = ""
    for headers in ({}, HTMX):
        response = find(q, **headers)
        assert response.status_code == 200
        assert "49" not in text_of(response).partition('id="gevonden"')[2][:300]


# --- by name -------------------------------------------------------------------------------------


@pytest.mark.parametrize("q", ["Geuzenwijk", "geuzenwijk", "  GEUZENWIJK ", "geuzen", "uzenw"])
def test_a_name_that_can_mean_one_place_leads_there(find, q):
    response = find(q)
    assert (response.status_code, response["Location"]) == (302, "/buurten/BU03440101/")


def test_a_full_name_leads_there_even_if_it_is_part_of_another(find):
    assert find("Schaakbuurt")["Location"] == "/buurten/BU03440102/"


def test_a_part_that_can_mean_more_gives_the_list(find):
    response = find("schaak")
    assert response.status_code == 200
    found = text_of(response)
    assert "2 plekken gevonden" in found
    assert '<a href="/buurten/BU03440102/">Schaakbuurt</a>' in found
    assert '<a href="/buurten/BU03440103/">Nieuwe Schaakbuurt</a>' in found


@pytest.mark.parametrize(("q", "kind"), [("West-Zuid", "west-zuid"), ("Utrecht", "GM0344")])
def test_a_working_area_and_the_city_are_found_by_name_too(find, q, kind):
    assert find(q)["Location"] == f"/buurten/{kind}/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_search_keeps_the_language(client, language):
    load_places(names=NAMES)
    prefix = LANGUAGES[language]
    assert client.get(f"{prefix}/buurten/?q=Geuzenwijk")["Location"] == f"{prefix}/buurten/BU03440101/"


def test_while_typing_only_the_list_comes(find):
    found = find("geuz", **HTMX)
    assert "<html" not in found.text
    assert '<a href="/buurten/BU03440101/">Geuzenwijk</a>' in found.text
    assert "HX-Request" in found["Vary"]


def test_an_emptied_field_gives_the_page_and_one_letter_gives_nothing(find, addresses):
    assert "<html" in find("").text
    assert "<a " not in find("g", **HTMX).text.partition("plek")[0]
    assert addresses.asked == []


# --- by point ------------------------------------------------------------------------------------


@pytest.mark.parametrize("q", ["52.005, 5.015", "52.005,5.015", " 52.005 5.015 ", "52.005;5.015"])
def test_a_point_leads_to_its_neighbourhood(find, q):
    assert find(q)["Location"] == "/buurten/BU03440101/"


def test_a_point_elsewhere_finds_nothing(find, addresses):
    assert "We hebben niets gevonden" in text_of(find("51.0, 4.0"))
    assert addresses.asked == []


# --- by address ----------------------------------------------------------------------------------


def test_an_address_leads_to_its_neighbourhood(find, addresses):
    addresses.documents = [BOLOGNALAAN]
    response = find("Bolognalaan 101")
    assert (response.status_code, response["Location"]) == (302, "/buurten/BU03440102/")
    assert addresses.asked == [("/free", {"q": "Bolognalaan 101", "fq": "gemeentecode:0344", "rows": "10"})]


def test_a_postcode_may_lie_in_more_neighbourhoods_so_the_person_chooses(find, addresses):
    addresses.documents = [POSTCODE]
    found = text_of(find("3584CJ"))
    assert '<a href="/buurten/BU03440102/">Schaakbuurt</a>' in found
    assert "Bolognalaan, 3584CJ Utrecht" in found
    assert "kan in meer buurten liggen" in found


def test_an_address_in_two_neighbourhoods_gives_both_once(find, addresses):
    addresses.documents = [BOLOGNALAAN, BOLOGNALAAN, BOLOGNALAAN | {"buurtcode": "BU03440103"}]
    found = text_of(find("Bolognalaan"))
    assert found.count('/buurten/BU03440102/">Schaakbuurt</a> <span') == 1
    assert "2 plekken gevonden" in found


def test_what_the_service_says_is_shown_as_text(find, addresses):
    addresses.documents = [POSTCODE | {"weergavenaam": "<script>alert(1)</script>"}]
    assert "<script>alert" not in find("3584CJ").text


def test_an_unknown_address_says_what_else_works(find, addresses):
    found = text_of(find("Nergensstraat 1"))
    assert "We hebben niets gevonden" in found
    assert 'href="/buurten/#kaart"' in found


def test_a_service_that_is_down_says_what_else_works(find, addresses):
    addresses.status = 500
    response = find("Bolognalaan 101")
    assert response.status_code == 200
    assert "We kunnen nu geen adressen opzoeken" in text_of(response)


def test_no_address_is_asked_while_typing(find, addresses):
    addresses.documents = [BOLOGNALAAN]
    assert "Druk dan op Zoeken" in text_of(find("Bolognalaan 101", **HTMX))
    assert addresses.asked == []


def test_an_address_is_in_no_log(find, addresses, caplog):
    caplog.set_level("DEBUG")
    addresses.status = 500
    find("Bolognalaan 101")
    assert "Bolognalaan" not in caplog.text


@pytest.mark.parametrize("query", ["?q=", "?q=%20%20", ""])
def test_an_emptied_field_empties_the_list_and_puts_no_page_in_the_page(client, query):
    load_places()
    answer = client.get(f"/buurten/{query}", headers={"HX-Request": "true"}).text
    assert answer.strip() == ""


def test_a_very_long_search_is_cut(client):
    load_places()
    assert len(client.get("/buurten/", {"q": "x" * 20_000}).content) < 60_000
