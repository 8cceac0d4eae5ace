"""The card for other websites: who may frame it, and that it needs and leaves nothing."""

import re

import pytest

from buurtdraad.pages.opening.tests.conftest import GEUZENWIJK

pytestmark = pytest.mark.django_db
CARD = f"/buurten/{GEUZENWIJK}/kaartje/"
FOLLOW = f"/buurten/{GEUZENWIJK}/volgen/"


def test_without_a_list_nobody_may_frame_it(client, city, settings):
    settings.CARD_FRAMES = []
    response = client.get(CARD)
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_only_the_websites_of_the_list_may_frame_it(client, city, settings):
    settings.CARD_FRAMES = ["https://www.geuzenwijk.example", "https://buurthuis.example"]
    response = client.get(CARD)
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors https://www.geuzenwijk.example https://buurthuis.example" in policy
    assert "default-src 'self'" in policy
    assert "X-Frame-Options" not in response


@pytest.mark.parametrize(
    "path", ["/", f"/buurten/{GEUZENWIJK}/", FOLLOW, "/open-data/", "/en/wensen/", f"/buurten/{GEUZENWIJK}/nieuws.atom"]
)
def test_every_other_page_stays_out_of_frames(client, city, settings, path):
    settings.CARD_FRAMES = ["https://www.geuzenwijk.example"]
    response = client.get(path)
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_the_card_has_no_script_no_cookie_and_nothing_from_elsewhere(client, city):
    response = client.get(CARD)
    assert not response.cookies
    assert "<script" not in response.text
    assert not re.findall(r'(?:src|href|action)="(?!/)[^"]*"', response.text)


def test_the_card_tells_the_next_meeting_the_wishes_and_leads_to_the_page(client, city):
    text = client.get(CARD).text
    assert f'href="/buurten/{GEUZENWIJK}/"' in text
    assert f'href="/bijeenkomsten/{city.meeting.pk}/"' in text
    assert "1 wens van een bewoner" in text
    # In a frame a link opens the whole window, not the card.
    assert text.count("<a") == text.count('target="_top"')


def test_the_page_to_follow_an_area_shows_the_html_to_copy(client, city, settings):
    settings.CARD_FRAMES = ["https://www.geuzenwijk.example"]
    text = client.get(FOLLOW).text
    wanted = f"&lt;iframe src=&quot;https://buurt.example.nl{CARD}&quot; title=&quot;Geuzenwijk&quot; width=&quot;320&quot;"
    assert wanted in text
    assert "www.geuzenwijk.example" in text
    assert f'href="/buurten/{GEUZENWIJK}/bijeenkomsten.ics"' in text


@pytest.mark.parametrize("page", ["kaartje", "volgen"])
def test_an_area_that_we_do_not_know_has_none(client, city, page):
    assert client.get(f"/buurten/BU99999999/{page}/").status_code == 404
