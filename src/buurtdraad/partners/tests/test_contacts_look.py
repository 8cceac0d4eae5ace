"""What a browser sees of who works here: accessible, nothing sticks out, one sheet of paper, no script needed."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from buurtdraad.accounts.tests.city import sign_in
from buurtdraad.partners import actions
from buurtdraad.partners.models import LocalContact
from buurtdraad.partners.tests.conftest import FROM
from buurtdraad.ui.tests.looking import flaws_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]
PAGES = [
    "/wie-werkt-hier/BU03440102/",
    "/nl-x-simpel/wie-werkt-hier/BU03440202/",
    "/buurten/BU03440102/",
    "/mijn/wie-werkt-hier/{uuid}/",
    "/werk/wie-werkt-hier/?gebied=WK034401",
    "/werk/wie-werkt-hier/?gebied=nergens",
    "/en/werk/wie-werkt-hier/aantallen/",
    "/werk/wie-werkt-hier/nieuw/",
    "/werk/wie-werkt-hier/{uuid}/",
    "/werk/wie-werkt-hier/{uuid}/wijzigen/",
    "/werk/wie-werkt-hier/{uuid}/stoppen/",
    "/werk/wie-werkt-hier/{uuid}/foto/",
    "/werk/wie-werkt-hier/{uuid}/foto/weg/",
]


@pytest.fixture
def cookie(live_server, manager):
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": sign_in(Client(), manager).cookies[settings.SESSION_COOKIE_NAME].value,
        "url": live_server.url,
    }


@pytest.fixture
def somebody(add, areas, manager):
    """Ten people around a neighbourhood, with long words; the last one is the programme manager."""
    department = add("Allerlangsteorganisatienaamvandestad en omgeving", "GM0344", kind="department")
    facts = {
        "helps_with": "Vragen over allerlangstewoordenindebuurt, geld en post",
        "walk_in": "dinsdag van 10 tot 12 uur in het buurthuis",
    }
    facts |= {
        "phone": "0300000101",
        "does": "Gebiedsadviseur",
        "on_site": True,
        "agreed_on": FROM,
        "from_on": FROM,
        "organisation": department,
    }
    here = [areas["zuilen-oost"], areas["WK034401"]]
    for number in range(10):
        given = facts | {"first_name": f"Joris{'abcdefghij'[number]}", "person": manager if number == 9 else None}
        one = actions.add_contact(areas=[here[number % 2]], **given, by=manager, at=timezone.now())
    return one


def test_the_pages_are_accessible_and_fit(browser, live_server, cookie, somebody):
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies([cookie])
    assert flaws_of(context.new_page(), [address.format(uuid=somebody.uuid) for address in PAGES]) == {}
    context.close()


def test_ten_people_fit_on_one_sheet_of_paper(browser, live_server, somebody):
    page = browser.new_page()
    page.goto(f"{live_server.url}/wie-werkt-hier/BU03440102/")
    paper = page.pdf(format="A4", print_background=False)
    page.close()
    assert paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ") + paper.count(b"/Type/Page/") == 1


def test_somebody_takes_themselves_off_the_site_on_a_phone_without_a_script(browser, live_server, cookie, somebody):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(f"{live_server.url}/mijn/")
    page.get_by_role("link", name="Allerlangsteorganisatienaam").first.click()
    page.get_by_role("button", name="Haal mij van de site").click()
    assert "U staat niet meer op de site" in page.get_by_role("status").first.inner_text()
    context.close()
    assert LocalContact.objects.filter(on_site=True).count() == 9
