import pytest

from buurtdraad.pages.coming import COMING
from buurtdraad.pages.tests.small_city import CITY, LANGUAGES, load_city

pytestmark = pytest.mark.django_db


def test_an_empty_city_has_no_open_data_yet(client):
    assert "Er staan nog geen cijfers op deze website" in client.get("/open-data/").text


def test_each_source_is_named_with_its_licence(client):
    load_city()
    page = " ".join(client.get("/open-data/").text.split())
    assert "85984NED" in page
    assert "(CC BY 4.0), toegevoegd op 24 november 2026" in page
    assert f'href="/buurten/{CITY}/cijfers.json"' in page


PATHS = {"wishes": "/wensen/", "agenda": "/buurtagenda/", "fund": "/fonds/", "meetings": "/bijeenkomsten/", "done": "/gedaan/"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("subject", COMING)
def test_a_part_that_is_to_come_says_how_to_do_it_today(client, settings, subject, language):
    settings.CITY_PHONE = "14 030"
    page = client.get(LANGUAGES[language] + PATHS[subject]).text
    assert 'href="tel:14030"' in page
    assert f'href="{LANGUAGES[language]}/buurten/"' in page


def test_every_part_that_is_to_come_has_an_address():
    assert set(PATHS) == set(COMING)
