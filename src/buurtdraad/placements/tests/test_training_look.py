"""What a browser sees of training: accessible, nothing sticks out, no script needed."""

import pytest
from django.conf import settings
from django.test import Client

from buurtdraad.accounts.tests.city import sign_in
from buurtdraad.placements.models import Enrolment
from buurtdraad.placements.states import Enrolled
from buurtdraad.placements.tests.training_rooms import come
from buurtdraad.ui.tests.looking import flaws_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]
PAGES = [
    "/opleiding/",
    "/nl-x-simpel/opleiding/{session}/",
    "/opleiding/{past}/",
    "/werk/opleiding/",
    "/en/werk/opleiding/nieuw/",
    "/werk/opleiding/{module}/",
    "/werk/opleiding/{module}/wijzigen/",
    "/werk/opleiding/{module}/plannen/",
    "/werk/opleiding/{module}/stoppen/",
    "/werk/opleiding/bijeenkomst/{session}/",
    "/werk/opleiding/bijeenkomst/{past}/",
    "/werk/opleiding/bijeenkomst/{session}/wijzigen/",
    "/werk/opleiding/bijeenkomst/{session}/afzeggen/",
]


@pytest.fixture
def cookie(live_server, noor):
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": sign_in(Client(), noor).cookies[settings.SESSION_COOKIE_NAME].value,
        "url": live_server.url,
    }


@pytest.fixture
def names(planned, past, module, noor):
    """A session that was, of which Noor was part, and one to come with somebody on the waiting list."""
    was = past(*[(5, f"Meer tijd voor {'oefenen' * 8}")] * 5)
    Enrolment.objects.filter(pk=Enrolment.objects.order_by("pk")[0].pk).update(person=noor)
    session = planned(seats=1)
    come(session, "Joris van den Allerlangste-Achternaamstraat")
    come(session, "Kees")
    return {"session": session.uuid, "past": was.uuid, "module": module.uuid}


def test_the_pages_are_accessible_and_fit(browser, live_server, cookie, names):
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies([cookie])
    assert flaws_of(context.new_page(), [address.format(**names) for address in PAGES]) == {}
    context.close()


def test_a_colleague_waits_and_leaves_on_a_phone_without_a_script(browser, live_server, cookie, names, noor):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(f"{live_server.url}/opleiding/")
    page.locator(f"a[href*='{names['session']}']").first.click()
    page.get_by_role("button", name="Zet mij op de wachtlijst").click()
    assert "nummer 2 op de wachtlijst" in page.locator("main").inner_text()
    page.get_by_role("button", name="Ik kan niet komen").click()
    assert "U staat niet meer op de lijst" in page.get_by_role("status").first.inner_text()
    context.close()
    assert Enrolment.objects.filter(person=noor, stage=Enrolled.CANCELLED).exists()
