import pytest

from buurtdraad.lib.page_cache.addresses import known_host, query_of
from buurtdraad.lib.tests.asking import ask


@pytest.fixture
def three_languages(cache, settings):
    settings.ROOT_URLCONF = "buurtdraad.lib.tests.demo_languages"
    return cache


@pytest.mark.parametrize("prefix", ["", "/en", "/nl-x-simpel"])
def test_a_view_that_opted_in_is_found_in_each_language(three_languages, prefix):
    assert query_of(f"{prefix}/buurten/BU1/") == {"jaar", "soort"}
    assert query_of(f"{prefix}/los/") is None


@pytest.mark.parametrize("path", ["/nl/buurten/BU1/", "/fr/buurten/BU1/", "/buurten/BU1", "/", "", "//", "/\xff/", "/buurten/\xe9/", "/en"])
def test_an_address_without_such_a_view_passes_the_cache(three_languages, path):
    assert query_of(path) is None


def test_each_language_has_a_page_of_its_own(three_languages, demo):
    assert [ask(three_languages, f"{prefix}/buurten/BU1/").status for prefix in ("", "/en", "/nl-x-simpel", "")] == [200] * 4
    assert demo.renders["BU1"] == 3


def test_a_host_is_known_when_django_would_answer_to_it(settings):
    settings.ALLOWED_HOSTS = [".utrecht.example", "[::1]"]
    known = ["utrecht.example", "buurt.utrecht.example:8000", "[::1]:8000", "evil.example", "utrecht.example.evil", "", "a b"]
    assert [known_host(host) for host in known] == [True, True, True, False, False, False, False]
