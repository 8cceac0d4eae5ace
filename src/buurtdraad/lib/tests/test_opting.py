import logging

import pytest
from django.http import HttpResponse
from django.test import Client

from buurtdraad.lib.page_cache import NotCacheable, cached_page, shows
from buurtdraad.lib.tests.asking import ask
from buurtdraad.lib.tests.demo_pages import WRONG


@pytest.mark.parametrize("name", WRONG)
def test_a_cached_page_that_holds_something_of_one_visitor_fails_its_test(demo, client, name):
    with pytest.raises(NotCacheable, match="cannot be shared: it "):
        client.get(f"/fout/{name}/")


@pytest.mark.parametrize("name", WRONG)
def test_in_production_such_a_page_is_logged_and_not_kept(demo, cache, caplog, name):
    with caplog.at_level(logging.ERROR):
        assert ask(cache, f"/fout/{name}/").status == 200
    assert f"/fout/{name}/" in caplog.text
    assert len(cache.shelf) == 0


def test_such_a_page_is_fit_for_who_has_a_session(demo):
    client = Client(headers={"cookie": "sessionid=x"})
    assert client.get("/fout/with-token/").status_code == 200


def test_a_page_that_calls_itself_private_is_not_kept(demo, cache):
    assert ask(cache, "/besloten/").status == 200
    assert len(cache.shelf) == 0


def test_a_good_page_passes_without_a_cache_before_it(demo, client):
    response = client.get("/buurten/BU1/")
    assert response.status_code == 200
    assert "HX-Request" in response.headers["Vary"]


def test_what_people_search_for_is_never_kept():
    with pytest.raises(ValueError, match="search box"):
        cached_page(query=["q"])


def test_a_page_may_say_bit_by_bit_what_it_shows():
    response = shows(shows(HttpResponse(), "BU1"), "GM1", "BU1")
    assert response.shows_places == {"BU1", "GM1"}
