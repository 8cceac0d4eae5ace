"""What a browser sees: accessible, nothing sticks out, nothing is refused by the policy."""

import pytest
from playwright.sync_api import expect

from buurtdraad.ui.tests.looking import flaws_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.urls("buurtdraad.ui.tests.site_urls"), pytest.mark.django_db]


def test_the_pages_are_accessible_and_fit(browser, live_server):
    context, refused = browser.new_context(base_url=live_server.url), []
    page = context.new_page()
    page.on("console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None)
    assert flaws_of(page, ["/huisstijl/", "/nl-x-simpel/privacy/", "/en/toegankelijkheid/", "/bestaat-niet/"]) == {}
    assert refused == []
    context.close()


def test_the_menu_works_without_javascript_on_a_phone(browser, live_server):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(live_server.url + "/privacy/")
    page.get_by_text("Menu", exact=True).click()
    page.locator(".buurt-nav__list").get_by_role("link", name="Wensen").click()
    assert page.url == live_server.url + "/wensen/"
    context.close()


def test_the_list_of_mistakes_has_the_focus_and_leads_to_the_input(browser, live_server):
    page = browser.new_page()
    page.goto(live_server.url + "/huisstijl/")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    page.get_by_role("alert").get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.id") == "id_what"
    page.close()


def test_an_area_of_the_map_is_reached_by_keyboard(browser, live_server):
    page = browser.new_page()
    page.goto(live_server.url + "/huisstijl/")
    page.locator(".buurt-map__area").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Zuilen")
    page.close()


def test_the_device_tells_the_place_to_about_ten_metres(browser, live_server):
    context = browser.new_context(geolocation={"latitude": 52.0912345, "longitude": 5.1098765}, permissions=["geolocation"])
    page = context.new_page()
    page.goto(live_server.url + "/huisstijl/")
    page.get_by_role("button", name="Gebruik mijn plek").click()
    page.wait_for_url("**lat=52.0912&lon=5.1099**")
    context.close()


def test_a_device_that_does_not_tell_the_place_says_what_else_works(browser, live_server):
    page = browser.new_page()
    page.goto(live_server.url + "/huisstijl/")
    page.get_by_role("button", name="Gebruik mijn plek").click()
    page.get_by_text("Typ uw straat of kies uit de lijst.").wait_for()
    page.close()


# A browser on a server has no voice: this stands where the voice of the visitor's device stands.
VOICE = """
window.spoken = [];
const voice = {lang: "nl-NL"};
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => [voice], addEventListener: () => {}, cancel: () => {}, speak: (it) => window.spoken.push(it.text)}});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } addEventListener() {} };
"""


def test_the_page_is_read_aloud_in_its_own_language(browser, live_server):
    page = browser.new_page()
    page.add_init_script(VOICE)
    page.goto(live_server.url + "/privacy/")
    button = page.get_by_role("button", name="Lees voor")
    button.click()
    assert page.evaluate("window.spoken.slice(0, 2)") == ["Privacy", "U kunt hier alles lezen. U hoeft niet te vertellen wie u bent."]
    assert button.count() == 0
    page.get_by_role("button", name="Stop met voorlezen").click()
    assert button.get_attribute("aria-pressed") == "false"
    page.goto(live_server.url + "/en/privacy/")
    expect(page.get_by_role("button", name="Read aloud")).to_have_count(0)
    page.close()


def test_a_menu_over_the_page_closes_by_escape(browser, live_server):
    page = browser.new_page()
    page.goto(live_server.url + "/privacy/")
    page.locator(".buurt-lang summary").click()
    page.get_by_role("link", name="Makkelijk Nederlands").wait_for()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Makkelijk Nederlands")).to_be_hidden()
    page.close()
