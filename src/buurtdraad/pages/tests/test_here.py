"""The neighbourhood of the point that a device tells."""

import pytest

from buurtdraad.pages.tests.small_city import load_places

pytestmark = pytest.mark.django_db


def test_a_point_leads_to_its_neighbourhood(client):
    load_places()
    assert client.get("/buurten/hier/?lat=52.005&lon=5.015")["Location"] == "/buurten/BU03440101/"
    assert client.get("/en/buurten/hier/?lat=52.005&lon=5.035")["Location"] == "/en/buurten/BU03440103/"


def test_a_point_on_a_border_always_has_the_same_neighbourhood(client):
    load_places()
    assert {client.get("/buurten/hier/?lat=52.005&lon=5.02")["Location"] for _ in range(3)} == {"/buurten/BU03440101/"}


def test_a_point_elsewhere_says_so_and_shows_the_list(client):
    load_places()
    response = client.get("/buurten/hier/?lat=51.0&lon=4.0")
    assert response.status_code == 200
    assert "Deze plek ligt niet in Utrecht" in response.text
    assert '<a href="/buurten/BU03440101/">Buurt 1</a>' in response.text


@pytest.mark.parametrize("query", ["", "lat=&lon=", "lat=52", "lat=x&lon=y", "lat=52%00&lon=5", "lat=" + "9" * 5000 + "x&lon=5"])
def test_without_a_point_one_chooses_from_the_list(client, query):
    load_places()
    assert client.get(f"/buurten/hier/?{query}")["Location"] == "/buurten/"


@pytest.mark.parametrize(
    "query", ["lat=nan&lon=nan", "lat=inf&lon=-inf", "lat=1e308&lon=1e308", "lat=999&lon=-999", "lat=" + "9" * 500 + "&lon=5"]
)
def test_a_point_that_is_nowhere_lies_in_no_neighbourhood(client, query):
    load_places()
    response = client.get(f"/buurten/hier/?{query}")
    assert response.status_code == 200
    assert "ligt niet in Utrecht" in response.text


def test_an_empty_city_has_no_neighbourhood_anywhere(client):
    assert client.get("/buurten/hier/?lat=52.005&lon=5.015").status_code == 200
