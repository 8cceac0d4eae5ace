import pytest

from buurtdraad.pages.tests.small_city import load_city

pytestmark = pytest.mark.django_db


def test_an_empty_city_has_no_open_data_yet(client):
    assert "Er staan nog geen cijfers op deze website" in client.get("/open-data/").text


def test_each_source_is_named_with_its_licence(client):
    load_city()
    page = " ".join(client.get("/open-data/").text.split())
    assert "85984NED" in page
    assert "(CC BY 4.0), toegevoegd op 24 november 2026" in page
