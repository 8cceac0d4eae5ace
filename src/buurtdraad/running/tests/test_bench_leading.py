"""The bench finds pages by the links of others."""

from django.http import HttpResponse, StreamingHttpResponse

from buurtdraad.running.bench.actions.reporting import report_to_council
from buurtdraad.running.bench.leading import EACH, Leads, pattern_of, values_of
from buurtdraad.running.bench.samples import NOBODY, find

PAGE = """<a href="/wensen/ZO-1/?van=1&amp;tot=2">Wens</a> <img src='/wensen/foto/6f1ff1a5-0000-4000-8000-000000000000/320/' alt="">
<img srcset="/werk/bijeenkomsten/foto/6f1ff1a5-0000-4000-8000-000000000000/640/ 640w"> <a href="https://example.org/wensen/ZO-2/">Elders</a>"""


def test_a_page_leads_where_its_links_go():
    leads = Leads()
    leads.read(HttpResponse(PAGE), "kees")
    assert leads.to("/wensen/<ref:reference>/")[0] == ("/wensen/ZO-1/?van=1&tot=2", "kees")
    assert len(leads.to("/wensen/foto/<uuid:uuid>/<int:width>/")) == 1
    assert len(leads.to("/werk/bijeenkomsten/foto/<uuid:uuid>/<int:width>/")) == 1
    assert leads.to("/agenda/<slug:code>/") == []


def test_a_sitemap_and_an_answer_of_the_api_lead_on_and_a_picture_does_not():
    leads = Leads()
    leads.read(HttpResponse("<loc>http://localhost/sitemap-buurten.xml</loc>", content_type="application/xml"), "visitor")
    leads.read(HttpResponse('{"url":"http://localhost/api/v1/wensen/ZO-1"}', content_type="application/hal+json"), "visitor")
    leads.read(HttpResponse(b'"/agenda/zuilen-oost/', content_type="image/webp"), "visitor")
    leads.read(StreamingHttpResponse([b'"/agenda/zuilen-oost/']), "visitor")
    assert set(leads.known) == {"/sitemap-<slug:section>.xml", "/api/v1/wensen/<str:sleutel>"}


def test_a_list_of_thousands_gives_a_few():
    leads = Leads()
    leads.read(HttpResponse(" ".join(f'"/wensen/ZO-{number}/"' for number in range(1, 100))), "visitor")
    assert len(leads.to("/wensen/<ref:reference>/")) == EACH


def test_what_an_address_says_is_read_back():
    assert values_of("/wensen/ZO-1/?van=1") == {"reference": "ZO-1"}
    assert pattern_of("/nergens/") == ""


def unseen(found):
    return [pattern for pattern, why in found.without.items() if why.startswith(NOBODY)]


def test_what_a_page_leads_to_is_no_guess(first_day):
    """No row of the city is called as a list of open data is."""
    found = find("/open-data/")
    assert unseen(found) == []
    assert {one.pattern for one in found.samples} >= {"/open-data/<slug:key>/", "/open-data/catalogus.<slug:form>"}


def test_the_pages_of_a_report_are_seen_once_there_is_one(first_day):
    assert report_to_council() == report_to_council() == {"reports": 2}
    assert unseen(find("/voortgang/")) == []
