"""Open data, the page to follow a neighbourhood, and the card in the frame of another website: no page is wider than its window."""

from playwright.sync_api import expect

from buurtdraad.ui.tests.looking import flaws_of

AREA = "/buurten/BU03440241/"


def test_a_page_for_others_has_no_flaws(visit):
    assert flaws_of(visit("/"), ["/open-data/", "/open-data/wensen/", "/open-data/rondes/", f"{AREA}volgen/", f"{AREA}kaartje/"]) == {}


def test_without_javascript_somebody_finds_the_files_and_what_is_in_them(visit):
    page = visit("/open-data/", width=390, javascript=False)
    page.get_by_role("link", name="Wensen", exact=True).last.click()
    expect(page.get_by_text("given_on")).to_be_visible()
    with page.expect_download() as fetched:
        page.locator("main a[href$='wensen.csv']").first.click()
    assert fetched.value.suggested_filename == "wensen.csv"
