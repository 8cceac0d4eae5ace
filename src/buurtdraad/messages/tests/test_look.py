"""What a browser sees of the pages of this room: accessible, nothing sticks out, nothing is refused by the policy."""

import pytest
from django.utils import timezone

from buurtdraad.messages import actions, emails
from buurtdraad.messages.states import Kind, Rhythm
from buurtdraad.ui.tests.looking import flaws_at_each_width, flaws_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def as_joris(browser, live_server, joris, signed_in):
    """Open a page of a browser in which Joris is signed in."""
    cookie = signed_in(joris).cookies["sessionid"].value
    opened = []

    def open_page(**facts):
        context = browser.new_context(**facts)
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        opened.append(context)
        return context.new_page()

    yield open_page
    for context in opened:
        context.close()


@pytest.fixture
def demo(settings):
    settings.DEMO = True


@pytest.fixture
def addresses(joris, emine, kees, tell, areas):
    """Each page with something on it."""
    at = timezone.now()
    tell(emine, area=areas["BU03440241"])
    tell(kees, area=areas["BU03440241"])
    actions.not_reached(emine, note="na zes uur", by=joris.uuid, at=at)
    contact = actions.contact_for(joris, at=at)
    actions.choose_rhythm(contact, area=areas["BU03440241"], kind=Kind.WISH, rhythm=Rhythm.WEEKLY, by=joris.uuid, at=at)
    stop = emails.stop_url(contact, Kind.WISH, "BU03440241").removeprefix("https://buurt.example.nl")
    mail = contact.__class__.objects.get(person=kees).mails.get()
    return [
        "/mijn/berichten/", "/werk/bellen/", f"/werk/bellen/{emine.uuid}/", "/nakijken/", stop, "/afmelden/x/",
        "/demo/post/", f"/demo/post/{mail.uuid}/", "/nl-x-simpel/mijn/berichten/", "/en/werk/bellen/",
    ]  # fmt: skip


def test_every_page_is_accessible_and_fits(as_joris, live_server, demo, addresses):
    page = as_joris(base_url=live_server.url)
    refused = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None)
    found = flaws_of(page, [address for address in addresses if not is_mail(address)])
    for address in filter(is_mail, addresses):
        page.goto(address)
        found[address] = [flaw for flaw in flaws_at_each_width(page) if "landmark-one-main: " not in flaw and "region: " not in flaw]
    assert {address: wrong for address, wrong in found.items() if wrong} == {}
    assert refused == []


def is_mail(address):
    """A mail is no page: it has no landmarks."""
    return address.count("/") == 4 and "/demo/post/" in address


def test_a_mistake_in_the_phone_number_is_said_without_javascript(as_joris, live_server, areas):
    page = as_joris(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page.goto(live_server.url + "/mijn/berichten/")
    page.get_by_label("Bel mij").check()
    page.get_by_label("Uw telefoonnummer").fill("112")
    page.get_by_role("button", name="Opslaan", exact=True).click()
    page.get_by_role("alert").get_by_text("Dit is geen telefoonnummer.").wait_for()
    page.get_by_label("Uw telefoonnummer").fill("06 12345678")
    page.get_by_role("button", name="Opslaan", exact=True).click()
    page.get_by_text("Zo hoort u vanaf nu van ons.").wait_for()
