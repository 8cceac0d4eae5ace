import pytest

from buurtdraad.pages.tests.small_city import LANGUAGES, load_places
from buurtdraad.ui.navigation import address

pytestmark = pytest.mark.django_db


def test_an_empty_city_has_a_home_page_without_agendas(client):
    page = client.get("/").content.decode()
    assert '<form class="buurt-search" method="get" action="/buurten/"' in page
    assert "Hier maken we een buurtagenda" not in page


def test_the_areas_with_an_agenda_are_on_the_home_page(client):
    load_places()
    page = client.get("/").content.decode()
    assert "Hier maken we een buurtagenda" in page
    assert '<a href="/buurten/west-zuid/">West-Zuid</a>' in page


def test_the_three_big_buttons_lead_to_pages_that_are_there(client):
    page = client.get("/").content.decode()
    for path in (address("agendas:give") or "/wensen/", "/fonds/", "/bijeenkomsten/"):
        assert f'<a href="{path}">' in page
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("nl", "Wat speelt er in uw buurt?"),
        ("nl-x-simpel", "Wat speelt er in uw buurt?"),
        ("en", "What is going on in your neighbourhood?"),
    ],
)
def test_the_home_page_speaks_three_languages(client, language, title):
    page = client.get(f"{LANGUAGES[language]}/").content.decode()
    assert f'lang="{language}"' in page
    assert title in page


@pytest.mark.parametrize("path", ["/", "/buurten/", "/cijfers/", "/open-data/", "/wensen/"])
def test_a_page_is_read_and_not_written(client, path):
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200
