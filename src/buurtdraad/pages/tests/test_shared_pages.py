"""What holds for every page that everybody may share: nothing of one visitor in it, the right places behind it, few queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buurtdraad.accounts.models import Person
from buurtdraad.pages import urls
from buurtdraad.pages.tests.small_city import CITY, DISTRICT, FIRST, LANGUAGES, code, load_city

pytestmark = pytest.mark.django_db

INSIDE = {code(1), code(2), code(3)}
# Every page, the places that drop it from the cache when they change, and its queries: literally, so that one more is seen.
PAGES = {
    "/": ({CITY}, 7),
    "/buurten/": ({CITY}, 6),
    f"/buurten/{CITY}/": ({CITY}, 21),
    # Wishes of a district are also those of its neighbourhoods and of the working areas that hold one.
    f"/buurten/{DISTRICT}/": ({DISTRICT, "west-zuid", *INSIDE}, 22),
    # A neighbourhood also shows the agenda and meetings of its working area and its district.
    f"/buurten/{FIRST}/": ({FIRST, DISTRICT, "west-zuid"}, 22),
    "/buurten/west-zuid/": ({"west-zuid", *INSIDE}, 21),
    f"/buurten/{FIRST}/cijfers.csv": ({FIRST}, 2),
    f"/buurten/{FIRST}/cijfers.json": ({FIRST}, 2),
    "/cijfers/": ({CITY}, 3),
    "/cijfers/inwoners/": ({CITY}, 8),
    "/cijfers/inwoners/cijfers.csv": ({CITY}, 5),
    "/fonds/": ({CITY}, 4),
    "/fonds/per-wijk.csv": ({CITY}, 2),
    "/gedaan/": ({CITY}, 5),
    "/open-data/": ({CITY}, 5),
    "/open-data/wensen/": ({CITY}, 3),
    "/open-data/catalogus.ttl": ({CITY}, 5),
    f"/buurten/{FIRST}/nieuws.atom": ({FIRST, DISTRICT, "west-zuid"}, 11),
    f"/buurten/{FIRST}/kaartje/": ({FIRST, DISTRICT, "west-zuid"}, 8),
    f"/buurten/{FIRST}/volgen/": ({FIRST}, 2),
    "/programma/": ({CITY}, 4),
    "/programma/beloften.csv": ({CITY}, 3),
}


def test_no_page_is_forgotten_here(client):
    load_city()
    reached = {client.get(path).resolver_match.url_name for path in PAGES}
    # The pages of a wish, of the news and the money of a plan, and of a challenge have their own tests.
    assert reached | {"initiative_news", "wish", "plan_money", "challenge", "challenge_money_csv"} == {
        pattern.name for pattern in urls.urlpatterns if hasattr(pattern.callback, "cached_query")
    }


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_for_everybody_holds_no_token_cookie_or_person(client, path, language):
    """The decorator raises `NotCacheable` when a view uses the session, a message or a token."""
    load_city()
    response = client.get(LANGUAGES[language] + path)
    assert response.status_code == 200
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.text
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_dropped_when_its_own_place_changes(client, path):
    load_city()
    assert client.get(path).shows_places == PAGES[path][0]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_takes_as_many_queries_with_three_neighbourhoods_as_with_one(client, path):
    counts = []
    for number in (1, 3):
        load_city(number)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        counts.append(len(queries))
    assert counts == [PAGES[path][1]] * 2


@pytest.mark.parametrize("path", PAGES)
def test_who_is_signed_in_gets_the_page_too_and_nobody_shares_it(client, path):
    load_city()
    client.force_login(Person.objects.create(name="Joris Bakker"))
    response = client.get(path)
    assert response.status_code == 200
    assert response["Cache-Control"].startswith("private")
