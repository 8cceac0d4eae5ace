"""From a finding back to the list as it was: with its filter and its page, also after a deed, and nowhere else."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from buurtdraad.reports.models import Finding
from buurtdraad.reports.queries import findings as queries

pytestmark = pytest.mark.django_db
LIST = "/samenhang/bevindingen/"
QUERY = "soort=no_owner&gebied=BU03440241"


@pytest.fixture
def finding(areas, make_work, prepared):
    """Two projects without an owner; the first finding."""
    for title in ("Riool in de Wilgenhof", "Bomen in de Wilgenhof"):
        make_work(title, owner_name="", owner_email="")
    prepared()
    return Finding.objects.order_by("pk").first()


def page_of(finding, deed="", query=QUERY):
    return f"{reverse(f'reports:{deed or "finding"}', args=[finding.uuid])}?terug={quote(query, safe='')}"


def leads_back(page, query=QUERY):
    return f'href="{LIST}?{query.replace("&", "&amp;")}"' in page


def test_the_list_hands_its_filter_and_page_to_each_finding(finding, signed_in, joris, monkeypatch):
    client = signed_in(joris)
    query = f"soort={finding.kind}&gebied=BU03440241"
    assert page_of(finding, query=query) in client.get(f"{LIST}?{query}&stand=&page=1").text
    monkeypatch.setattr(queries, "SIZE", 1)
    page = client.get(f"{LIST}?{query}&page=2").text
    assert quote(f"{query}&page=2", safe="") in page
    assert f'href="{reverse("reports:finding", args=[finding.uuid])}"' not in page


def test_the_list_without_a_filter_hands_on_nothing(finding, signed_in, joris):
    client = signed_in(joris)
    assert f'href="{reverse("reports:finding", args=[finding.uuid])}"' in client.get(LIST).text
    assert f'href="{LIST}"' in client.get(reverse("reports:finding", args=[finding.uuid])).text


def test_a_finding_leads_back_to_the_list_as_it_was_also_after_a_deed(finding, signed_in, joris):
    client = signed_in(joris)
    page = client.get(page_of(finding)).text
    assert leads_back(page)
    assert page_of(finding, "set_aside") in page
    assert page_of(finding, "take_up") in page
    for deed, given in (("take_up", {}), ("set_aside", {"why": "De afdeling regelt dit"}), ("open_again", {})):
        answer = client.post(page_of(finding, deed), given)
        assert (answer.status_code, answer.url) == (302, page_of(finding))
    assert leads_back(client.get(page_of(finding)).text)
    # Who looks and does nothing comes back as well.
    assert f'href="{page_of(finding)}"' in client.get(page_of(finding, "set_aside")).text


@pytest.mark.parametrize(
    ("terug", "back"),
    [
        ("https://elders.example/", LIST),
        ("//elders.example", LIST),
        ("soort=x&next=https://elders.example/", f"{LIST}?soort=x"),
        ('soort="><script>&stand=open', f"{LIST}?soort=script&amp;stand=open"),
        ("page=../../x&gebied=%00", f"{LIST}?page=x"),
        ("a&" * 2000, LIST),
    ],
)
def test_only_what_the_list_can_ask_comes_back(finding, signed_in, joris, terug, back):
    client = signed_in(joris)
    page = client.get(page_of(finding, query=terug)).text
    assert f'href="{back}"' in page
    assert "elders.example" not in client.post(page_of(finding, "take_up", query=terug)).url
