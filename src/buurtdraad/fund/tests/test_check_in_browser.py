"""Emine walks through the check on a phone without JavaScript; its pages and those of the rules are accessible and fit the window."""

import pytest
from django.conf import settings
from django.utils import timezone

from buurtdraad.fund.actions.loading import load_schemes
from buurtdraad.ui.tests.looking import flaws_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ANSWERED = "what=green&where=here&who=neighbours&cost=12400&starts_on=2099-06-01&neighbours=not_asked&years=2"
PUBLIC = (
    "/fonds/check/", f"/fonds/check/?{ANSWERED}", "/fonds/check/?what=door-fiets", "/fonds/check/?what=green&stap=2", "/fonds/regels/",
    "/fonds/regels/haarlem-bewonersinitiatieven/",
)  # fmt: skip
AT_WORK = ("regels/", "regels/nieuw/", "teksten/", "teksten/nieuw/", "loketten/", "loketten/fiets/", "storingen/")


@pytest.fixture
def schemes(areas):
    load_schemes(at=timezone.now())


def test_seven_answers_on_a_phone_without_javascript(browser, live_server, schemes):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto("/fonds/check/")
    go_on = page.get_by_role("button", name="Volgende")
    for label in ("groen", "in deze gemeente", "voor mijzelf of met buren"):
        page.get_by_label(label, exact=True).check()
        go_on.click()
    page.get_by_label("Wat kost het ongeveer?").fill("ongeveer 12.400")
    go_on.click()
    page.get_by_label("Wanneer begint het?").fill("2099-06-01")
    go_on.click()
    page.get_by_label("De meesten vinden het een goed plan.").check()
    go_on.click()
    page.get_by_label("nog niet").check()
    go_on.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Ja, waarschijnlijk"
    assert "12.400" in page.locator("main").inner_text()
    context.close()


def test_the_pages_of_the_check_and_the_rules_are_accessible(browser, live_server, schemes, signed_in, bas):
    context = browser.new_context(base_url=live_server.url)
    assert flaws_of(context.new_page(), PUBLIC) == {}
    cookie = signed_in(bas).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    assert flaws_of(context.new_page(), [f"/werk/fonds/{path}" for path in AT_WORK]) == {}
    context.close()
