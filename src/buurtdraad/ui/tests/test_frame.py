import re

import brotli
import pytest
from django.shortcuts import render
from django.test import RequestFactory

from buurtdraad.ui import built
from buurtdraad.ui.navigation import in_language, languages, menu

pytestmark = pytest.mark.urls("buurtdraad.ui.tests.site_urls")


def flat(text):
    """The page without the spaces that only make a template readable."""
    return re.sub(r"\s+", " ", text).replace(" >", ">").replace("> ", ">").replace(" <", "<")


class Untouchable:
    """Stands where the session or the person stands; whoever looks at it fails the test."""

    def __getattribute__(self, name):
        raise AssertionError(f"the frame asked the session or the person for {name}")

    __iter__ = __bool__ = __len__ = __str__ = lambda self: self.anything


def test_the_frame_asks_neither_session_nor_person_nor_token():
    request = RequestFactory().get("/buurten/")
    request.session = request.user = Untouchable()
    response = render(request, "ui/page.html")
    assert response.status_code == 200
    assert "CSRF_COOKIE" not in request.META
    assert "csrf" not in response.text


def test_a_page_sets_no_cookie_and_does_not_vary_by_one(client):
    for address in ("/", "/en/buurten/", "/privacy/", "/bestaat-niet/", "/huisstijl/"):
        response = client.get(address)
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize(
    ("address", "lang", "word"),
    [
        ("/", "nl", "Hulp nodig?"),
        ("/en/", "en", "Do you need help?"),
        ("/nl-x-simpel/privacy/", "nl-x-simpel", "Wij vragen niet wie u bent."),
    ],
)
def test_the_address_decides_the_language(client, address, lang, word):
    text = flat(client.get(address, headers={"Accept-Language": "fr"}).text)
    assert f'<html lang="{lang}" dir="ltr"' in text
    assert word in text


def test_the_first_link_skips_to_the_content(client):
    text = client.get("/").text
    first = text[text.index("<a ") :]
    assert first.startswith('<a class="utrecht-skip-link utrecht-skip-link--visible-on-focus" href="#inhoud">')
    assert '<main id="inhoud" tabindex="-1">' in text


def test_the_menu_has_six_entries_and_marks_the_current_one(client):
    text = client.get("/wensen/").text
    assert text.count('<a href="/wensen/" aria-current="page">Wensen</a>') == 2  # the wide and the narrow menu
    assert len(menu(client.get("/").wsgi_request)) == 6


def test_a_view_can_say_which_entry_its_page_belongs_to(client):
    assert '<a href="/wensen/" aria-current="page">' in client.get("/wensen/4/").text


@pytest.mark.urls("buurtdraad.ui.tests.bare_urls")
def test_an_entry_whose_page_does_not_exist_is_left_out(client):
    response = client.get("/privacy/")
    assert response.status_code == 200
    assert 'aria-label="Hoofdmenu"' not in response.text


def test_every_language_is_a_plain_link_to_the_same_page(client):
    text = flat(client.get("/en/wensen/").text)
    assert '<a href="/wensen/" lang="nl" hreflang="nl">Nederlands</a>' in text
    assert '<a href="/nl-x-simpel/wensen/" lang="nl-x-simpel" hreflang="nl-x-simpel">Makkelijk Nederlands</a>' in text
    assert '<a href="/en/wensen/" lang="en" hreflang="en" aria-current="true">English</a>' in text


@pytest.mark.parametrize(
    ("path", "language", "expected"),
    [
        ("/", "en", "/en/"),
        ("/en", "nl", "/"),
        ("/en/buurten/BU03440111/", "nl-x-simpel", "/nl-x-simpel/buurten/BU03440111/"),
        ("/entree/", "en", "/en/entree/"),
        ("/en//example.org/", "nl", "/example.org/"),
        ("//example.org/", "nl", "/example.org/"),
        ("/en/\\example.org", "nl", "/example.org"),
        ('/en/"><script>/', "nl", "/%22%3E%3Cscript%3E/"),
    ],
)
def test_the_same_page_in_another_language(path, language, expected):
    assert in_language(path, language) == expected


def test_what_a_visitor_asked_is_not_in_the_language_links():
    request = RequestFactory().get("/wensen/?q=geheim")
    assert not any("geheim" in language.url for language in languages(request, "nl"))


def test_the_demo_says_that_it_is_made_up(client, settings):
    settings.DEMO = True
    assert "Dit is een voorbeeld. Namen en plannen zijn verzonnen." in client.get("/").text
    settings.DEMO = False
    assert "verzonnen" not in client.get("/").text


def test_help_is_on_every_page(client, settings):
    settings.CITY_PHONE, settings.CITY_WALK_IN, settings.CITY_WHATSAPP = "14 030", "Wijkbureau <Noord>", "+31612345678"
    text = client.get("/").text
    assert '<a href="tel:14030">14 030</a>' in text
    assert "Wijkbureau &lt;Noord&gt;" in text
    assert 'href="https://wa.me/31612345678"' in text
    settings.CITY_WHATSAPP = ""
    assert "WhatsApp" not in client.get("/").text


def test_who_is_signed_in_shows_only_where_the_view_says_so(client):
    assert "Fatma &lt;b&gt;" in client.get("/mijn/").text
    assert "Fatma" not in client.get("/").text


def test_a_first_visit_weighs_at_most_100_kilobytes(client):
    page = len(brotli.compress(client.get("/huisstijl/").content))
    names = built.manifest()
    sent = sum((built.FOLDER / f"{names[name]}.br").stat().st_size for name in ("app.css", "site.js", "htmx.js", "icons.svg", "mark.svg"))
    font = (built.FOLDER / names["source-sans-3.woff2"]).stat().st_size
    assert page + sent + font < 100_000


def test_a_page_loads_nothing_from_elsewhere(client):
    text = client.get("/").text
    for mark in ('src="http', "src='http", 'rel="stylesheet" href="http', "@import"):
        assert mark not in text
    css = (built.FOLDER / built.manifest()["app.css"]).read_text()
    assert "//" not in css.replace("http://www.w3.org/2000/svg", "")
