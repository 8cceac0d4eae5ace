"""The pages for reporting, deciding and destroying, in a browser: accessible, fitting a phone, and working without JavaScript."""

import datetime

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from buurtdraad.accounts.actions import system_person
from buurtdraad.accounts.destruction.actions import propose
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.accounts.moderation.actions import report
from buurtdraad.accounts.moderation.models import Report
from buurtdraad.accounts.moderation.states import Reason
from buurtdraad.ui.tests.looking import flaws_at_each_width

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def made(settings):
    settings.CITY_NAME, settings.CITY_CODE, settings.CITY_PHONE = "Utrecht", "GM0344", "14 030"
    kept = report(thing="page:/", area=None, reason=Reason.RUDE, text="Lelijk", doubts=("links",), by=None, at=timezone.now())
    report(thing="page:/", area=None, reason=Reason.DANGER, text="x" * 200, doubts=(), by=None, at=timezone.now())
    due = {("report", "report decided"): [kept.pk]}
    propose(due, on=datetime.date(2026, 12, 1), by=system_person("propose_destruction"), at=timezone.now())
    return kept


def session_of_all_duties():
    person = Person.objects.create(name="Ada")
    for duty in Duty:
        DutyHeld.objects.create(person=person, duty=duty, from_on="2020-01-01", given_at=timezone.now())
    client = Client()
    client.force_login(person)
    session = client.session
    session["second_factor"] = timezone.now().isoformat()
    session.save()
    return session.session_key


def test_the_pages_are_accessible_and_fit(browser, live_server, made):
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": session_of_all_duties(), "url": live_server.url}])
    page = context.new_page()
    decide = f"/werk/meldingen/{made.uuid}/"
    for address in ("/melden/?wat=page:/", "/en/melden/?wat=page:/", "/melden/bedankt/", "/werk/meldingen/", decide, "/werk/vernietigen/"):
        page.goto(address)
        assert flaws_at_each_width(page) == [], address
        if button := page.query_selector("main form button[type=submit]"):
            button.click()
            expect(page.get_by_role("alert")).to_be_visible()
            assert flaws_at_each_width(page) == [], address
    context.close()


def test_reporting_works_without_javascript_on_a_phone(browser, live_server, made):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(live_server.url + "/melden/?wat=page:/cijfers/")
    page.locator("input[name=reason][value=wrong]").check()
    page.locator("textarea[name=text]").fill("Dit klopt niet")
    page.locator("main form button[type=submit]").click()
    assert page.url.endswith("/melden/bedankt/")
    assert Report.objects.get(thing="page:/cijfers/").text == "Dit klopt niet"
    context.close()
