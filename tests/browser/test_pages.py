"""Every public page: accessible, not wider than the window, quiet, light, short on a phone, readable on paper."""

import pytest
from playwright.sync_api import expect

from buurtdraad.ui.tests.looking import WIDTHS, flaws, flaws_at_each_width, keep_picture
from tests.browser.visiting import LANGUAGES, look_as, open_everything

NEIGHBOURHOOD = "/buurten/BU03440241/"
MAIN = ["/", "/buurten/", NEIGHBOURHOOD, "/cijfers/corporatiewoningen/"]
OTHERS = [
    "/buurten/?q=zuilen",
    "/buurten/?q=nergenshuizen",
    "/buurten/hier/?lat=51&lon=4",
    "/buurten/GM0344/",
    "/buurten/WK034402/",
    "/buurten/zuilen-oost/",
    "/cijfers/",
    "/open-data/",
    "/wensen/",
    "/gedaan/",
    "/programma/",
    "/opgaven/leefbaarheid/",
    "/projecten/",
    "/samenhang/cijfers/",
    "/buurten/zuilen-oost/tijdlijn/",
    "/voortgang/",
    "/demo/",
    "/toegankelijkheid/",
    "/privacy/",
    "/kwetsbaarheid-melden/",
    "/huisstijl/",
    "/bestaat-niet/",
]
# Pages of work, of whom of the cast they are.
STAFF = {
    "Bas Hoekstra": (
        "/werk/fonds/rondes/", "/werk/fonds/rondes/nieuw/", "/werk/fonds/besluiten/", "/werk/fonds/evaluatie/", "/werk/fonds/gemak/",
        "/werk/geld/", "/werk/geld/twee-mensen/", "/werk/geld/vastleggen/", "/fonds/rondes/", "/fonds/lotingen/", "/fonds/register/",
    ),
    "Priya Ramdin": ("/werk/fonds/", "/werk/fonds/helpen/", "/werk/fonds/achteraf/", "/werk/fonds/teksten/"),
    "Wouter Kuiper": ("/werk/betalen/", "/werk/betalen/betaald/"),
    "Joris Bakker": ("/werk/fonds/nieuw/", "/werk/initiatieven/", "/werk/initiatieven/tellen/"),
    "Noor de Graaf": (
        "/samenhang/", "/samenhang/bevindingen/", "/samenhang/metingen/", "/samenhang/vastzit/", "/werk/rapport/",
        "/werk/gebieden/zuilen-oost/kort/", "/werk/projecten/lijsten/", "/werk/opgaven/beloften/", "/werk/buurtcheck/afdelingen/",
    ),
    "Tom van Dijk": (
        "/werk/projecten/", "/werk/projecten/nieuw/", "/werk/projecten/plakken/", "/werk/projecten/bevestigen/", "/werk/buurtcheck/",
        "/werk/buurtcheck/nieuw/",
    ),
}  # fmt: skip
LIGHT = 100_000  # bytes, HTML, CSS, JavaScript and font of a first visit
SHORT = 3_500  # CSS pixels, the page of an area on a phone


@pytest.mark.parametrize("path", MAIN)
def test_a_page_is_accessible_on_a_phone(visit, path):
    page = visit(path, width=390)
    assert flaws(page) == []
    open_everything(page)
    assert flaws(page) == []


@pytest.mark.slow
@pytest.mark.parametrize("path", MAIN + OTHERS)
def test_every_page_is_accessible_at_every_width(visit, path):
    page = visit(path)
    assert flaws(page) == []
    open_everything(page)
    assert flaws_at_each_width(page) == []
    keep_picture(page, path)


@pytest.mark.slow
@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "nl"])
@pytest.mark.parametrize("path", MAIN + OTHERS)
def test_every_page_is_accessible_in_every_language(visit, path, language):
    """On the smallest screen, where long words show first."""
    page = visit(path, language=language, width=min(WIDTHS))
    open_everything(page)
    assert flaws(page) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", STAFF)
def test_every_page_of_work_is_accessible_at_every_width(visit, name):
    page = visit("/demo/")
    look_as(page, name)
    found = {}
    for path in STAFF[name]:
        page.goto(path)
        open_everything(page)
        found[path] = flaws_at_each_width(page)
        keep_picture(page, path)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.slow
def test_the_list_that_comes_while_typing_is_accessible(visit):
    for width in (max(WIDTHS), min(WIDTHS)):
        page = visit("/", width=width)
        page.locator("#zoek").press_sequentially("zuilen", delay=20)
        page.locator("#gevonden a").first.wait_for()
        assert flaws(page) == []


def weight(page):
    """Bytes of the bodies as they come over the line, by address."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    names, sizes = {}, {}
    session.on("Network.responseReceived", lambda said: names.update({said["requestId"]: said["response"]["url"]}))
    session.on("Network.loadingFinished", lambda said: sizes.update({said["requestId"]: said["encodedDataLength"]}))
    page.reload(wait_until="networkidle")
    return {names[request]: size for request, size in sizes.items() if request in names}


@pytest.mark.parametrize("path", MAIN)
def test_a_first_visit_weighs_little(visit, path):
    sizes = weight(visit(path, width=390))
    assert len(sizes) >= 4, sizes  # page, style, script and font
    assert sum(sizes.values()) <= LIGHT, sizes


@pytest.mark.parametrize("path", [NEIGHBOURHOOD, "/buurten/zuilen-oost/"])
def test_the_page_of_an_area_is_short_on_a_phone(visit, path):
    page = visit(path, width=390)
    assert page.evaluate("document.documentElement.scrollHeight") <= SHORT


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_neighbourhood_has_a_long_page_on_a_phone(visit, language):
    """The city and its districts have lists of what lies inside; a neighbourhood has none."""
    page = visit("/buurten/", width=390, language=language)
    links = page.locator(".buurt-districts .buurt-links a").evaluate_all("found => found.map(link => link.getAttribute('href'))")
    assert len(links) == 111
    heights = {}
    for link in links[::10]:
        page.goto(link)
        heights[link] = page.evaluate("document.documentElement.scrollHeight")
    assert {link: height for link, height in heights.items() if height > SHORT} == {}


@pytest.mark.parametrize("path", [NEIGHBOURHOOD, "/cijfers/corporatiewoningen/"])
def test_a_page_is_readable_on_paper(visit, path):
    page = visit(path, width=700)
    page.emulate_media(media="print")
    for gone in (".buurt-nav", ".buurt-tools"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("svg.buurt-map")).to_be_visible()
    dark = page.evaluate("getComputedStyle(document.querySelector('h1')).color.match(/\\d+/g).slice(0, 3).every(part => part < 120)")
    assert dark
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.pdf(format="A4")[:5] == b"%PDF-"


def test_large_letters_and_much_space_cut_nothing_off(visit):
    """Twice as large (WCAG 1.4.4), and lines, words and letters wide apart (1.4.12)."""
    page = visit(NEIGHBOURHOOD, width=640)
    # By a style sheet of our own: the policy refuses a style element, a constructed one it allows.
    page.evaluate(
        """() => {
            const wide = new CSSStyleSheet();
            wide.replaceSync("html { font-size: 200% } * { line-height: 1.5 !important; letter-spacing: .12em !important;" +
                " word-spacing: .16em !important }");
            document.adoptedStyleSheets = [wide];
        }"""
    )
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
