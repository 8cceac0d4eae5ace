"""What a person does in a browser: sign in on a phone without JavaScript, and with a passkey; every page accessible."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from playwright.sync_api import expect

from buurtdraad.accounts.models import SignIn
from buurtdraad.ui.tests.looking import flaws_at_each_width

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 800}


def app_code(page):
    """The code that an app shows which was given the text on the page."""
    secret = page.locator("main code").inner_text().replace(" ", "")
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def ask_for_link(page, site, email):
    page.goto(site + "/inloggen/")
    page.get_by_label("Uw e-mailadres").fill(email)
    page.get_by_role("button", name="Mail mij een link").click()


def sign_in(page, site, post, email):
    ask_for_link(page, site, email)
    page.goto(site + post.link)
    page.get_by_role("button", name="Ja, log mij in").click()


def test_staff_sign_in_on_a_phone_without_javascript(browser, live_server, post, joris):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    ask_for_link(page, live_server.url, joris.email)
    page.get_by_label("De code uit de mail").fill("12")
    page.get_by_role("button", name="Inloggen").click()
    assert "Dit is niet de code uit de mail." in page.get_by_role("alert").inner_text()
    page.get_by_label("De code uit de mail").fill(post.code)
    page.get_by_role("button", name="Inloggen").click()
    assert page.url == live_server.url + "/mijn/tweede-stap/"
    expect(page.get_by_role("button", name="Passkey toevoegen")).to_have_count(0)
    page.get_by_role("link", name="Een app instellen").click()
    page.get_by_label("De code in uw app").fill(app_code(page))
    page.get_by_role("button", name="Klaar").click()
    assert len(re.findall(r"\b\d{8}\b", page.locator("main").inner_text())) == 10
    page.get_by_role("link", name="Ik heb ze bewaard, ga verder").click()
    page.goto(live_server.url + "/mijn/apparaten/")
    page.get_by_role("button", name="Uitloggen").click()
    page.goto(live_server.url + "/mijn/apparaten/")
    assert page.url.startswith(live_server.url + "/inloggen/")
    context.close()


def test_a_passkey_is_added_and_signs_in_as_both_steps(browser, live_server, post, joris):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    refused = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None)
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    added = devices.send("WebAuthn.addVirtualAuthenticator", {"options": {**device, "automaticPresenceSimulation": True}})
    sign_in(page, live_server.url, post, joris.email)
    page.get_by_role("button", name="Passkey toevoegen").click()
    page.get_by_role("heading", name="Uw herstelcodes").wait_for()
    page.goto(live_server.url + "/uitloggen/")
    page.get_by_role("button", name="Uitloggen").click()
    page.goto(live_server.url + "/inloggen/?next=/mijn/apparaten/")
    page.get_by_role("button", name="Passkey gebruiken").click()
    page.wait_for_url(live_server.url + "/mijn/apparaten/")
    assert [(one.method, one.strong) for one in SignIn.objects.order_by("pk")] == [("link", False), ("passkey", True)]
    # A device that does not know the finger any more.
    page.get_by_role("button", name="Uitloggen").click()
    devices.send("WebAuthn.setUserVerified", {"authenticatorId": added["authenticatorId"], "isUserVerified": False})
    page.goto(live_server.url + "/inloggen/")
    page.get_by_role("button", name="Passkey gebruiken").click()
    page.get_by_text("Uw apparaat gaf geen passkey.").wait_for()
    assert refused == []
    context.close()


def test_every_page_is_accessible_and_fits(browser, live_server, post, joris, settings):
    settings.PASSWORDS = True
    context = browser.new_context()
    page = context.new_page()
    site = live_server.url

    def look(name):
        cache.clear()
        assert flaws_at_each_width(page) == [], name

    for language in ("", "/nl-x-simpel", "/en"):
        page.goto(f"{site}{language}/inloggen/")
        look(f"sign in {language}")
    page.goto(site + "/inloggen/")
    page.get_by_role("button", name="Mail mij een link").click()
    look("sign in, with an error")
    page.goto(site + "/inloggen/wachtwoord/")
    look("password")
    ask_for_link(page, site, joris.email)
    look("sent")
    page.goto(site + post.link)
    look("link")
    page.goto(site + "/inloggen/link/bestaat-niet/")
    look("refused")
    page.goto(site + post.link)
    page.get_by_role("button", name="Ja, log mij in").click()
    look("to set up")
    page.get_by_role("link", name="Een app instellen").click()
    look("app")
    page.get_by_label("De code in uw app").fill(app_code(page))
    page.get_by_role("button", name="Klaar").click()
    look("recovery codes")
    page.goto(site + "/mijn/tweede-stap/")
    look("second step, set up")
    page.get_by_role("link", name="De app weghalen").click()
    look("take away")
    page.goto(site + "/mijn/apparaten/")
    look("devices")
    page.goto(site + "/mijn/wachtwoord/")
    look("new password")
    page.goto(site + "/uitloggen/")
    look("sign out")
    page.get_by_role("button", name="Uitloggen").click()
    sign_in(page, site, post, joris.email)
    look("second step, to pass")
    context.close()
