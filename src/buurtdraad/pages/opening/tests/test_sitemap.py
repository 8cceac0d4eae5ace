"""The map of the site names every public page, in files of at most 10,000, and nothing private."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.initiatives.models import Initiative
from buurtdraad.pages.opening import sitemaps
from buurtdraad.pages.opening.tests.conftest import NOW

pytestmark = pytest.mark.django_db
ADDRESS = re.compile("<loc>http://testserver([^<]+)</loc>")


def addresses(client, path="/sitemap.xml"):
    response = client.get(path)
    assert response.status_code == 200
    return [one.replace("&amp;", "&") for one in ADDRESS.findall(response.text)]


def test_the_index_names_a_file_for_each_section_that_has_pages(client, city):
    filled = [name for name, section in sitemaps.SECTIONS.items() if section.paginator.count]
    assert addresses(client) == [f"/sitemap-{name}.xml" for name in filled]


def test_every_address_of_the_map_is_a_page_for_everybody(client, city):
    pages = [page for file in addresses(client) for page in addresses(client, file)]
    assert len(pages) > 40
    assert {page: status for page in pages if (status := client.get(page).status_code) != 200} == {}


def test_nothing_private_is_on_the_map(client, city):
    pages = [page for file in addresses(client) for page in addresses(client, file)]
    hidden = [wish.reference for wish in Wish.objects.exclude(showing="shown")]
    hidden += list(Initiative.objects.exclude(showing="shown").values_list("slug", flat=True))
    assert hidden
    assert not [page for page in pages if any(name in page for name in hidden) or page.startswith(("/werk", "/mijn"))]


def test_many_wishes_are_parted_over_files_with_the_same_queries(client, city, monkeypatch):
    monkeypatch.setattr(sitemaps.SECTIONS["wensen"], "limit", 100)
    counts = []
    for _more in range(2):
        start = Wish.objects.count()
        Wish.objects.bulk_create(
            Wish(reference=f"VEEL-{start + number}", area=city.here, text="Bank", showing="shown", given_at=NOW, answer_by=NOW.date())
            for number in range(150)
        )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            files = addresses(client)
            assert len(addresses(client, "/sitemap-wensen.xml?p=2")) >= 51
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert "/sitemap-wensen.xml?p=4" in files


@pytest.mark.parametrize("path", ["/sitemap-geheim.xml", "/sitemap-wensen.xml?p=99", "/sitemap-wensen.xml?p=x"])
def test_what_is_not_on_the_map_is_not_found(client, city, path):
    assert client.get(path).status_code == 404


def test_the_map_is_in_dutch_whatever_the_browser_asks(client, city):
    pages = client.get("/sitemap-wensen.xml", headers={"Accept-Language": "en"}).text
    assert "/en/" not in pages


def test_robots_read_where_the_map_is(client, settings):
    settings.DEMO = False
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").text


def test_the_list_of_all_files_is_counted_in_one_question(client, city, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        found = client.get("/sitemap.xml")
    for name, section in sitemaps.SECTIONS.items():
        if section.get_latest_lastmod():
            assert f"sitemap-{name}.xml</loc><lastmod>{timezone.localtime(section.get_latest_lastmod()).isoformat()}" in found.text, name
    filled = {name: section.paginator.num_pages for name, section in sitemaps.SECTIONS.items() if section.paginator.count}
    assert {name: one.num_pages for name, one in sitemaps.listed().items()} == filled
    # Of what there is nothing, there is no file in the list.
    assert set(sitemaps.SECTIONS) > set(filled)
    assert "sitemap-voortgang" not in found.text
