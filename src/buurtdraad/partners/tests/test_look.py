"""What a browser sees of the pages about partners: accessible, nothing sticks out, no script needed."""

import pytest
from django.conf import settings
from django.test import Client

from buurtdraad.accounts.tests.city import sign_in
from buurtdraad.partners.models import Organisation
from buurtdraad.ui.tests.looking import flaws_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]
PAGES = [
    "/werk/partners/",
    "/werk/partners/?soort=keizer",
    "/nl-x-simpel/werk/partners/{uuid}/",
    "/werk/partners/nieuw/",
    "/en/werk/partners/{uuid}/wijzigen/",
    "/werk/partners/{uuid}/contactpersoon/",
    "/werk/partners/{uuid}/stoppen/",
    "/werk/partners/contactpersoon/{voice}/wijzigen/",
    "/werk/partners/inlezen/",
]


@pytest.fixture
def cookie(live_server, manager):
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": sign_in(Client(), manager).cookies[settings.SESSION_COOKIE_NAME].value,
        "url": live_server.url,
    }


@pytest.fixture
def names(add, speaks, areas, challenge):
    portaal = add("Stichting Allerlangstewoningcorporatienaam Noordwest", "WK034401", "zuilen-oost", challenges=[challenge])
    one = speaks(portaal, "Joris van den Allerlangste-Achternaamstraat", email=f"{'joris' * 9}@example.nl", areas=[areas["WK034401"]])
    return {"uuid": portaal.uuid, "voice": one.uuid}


def test_the_pages_are_accessible_and_fit(browser, live_server, cookie, names):
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies([cookie])
    assert flaws_of(context.new_page(), [address.format(**names) for address in PAGES]) == {}
    context.close()


def test_a_file_is_taken_in_on_a_phone_without_a_script(browser, live_server, cookie, challenge):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(f"{live_server.url}/werk/partners/")
    page.get_by_role("link", name="Bestand inlezen").click()
    text = "naam;soort;gebieden\nJoU;welzijn;zuilen-oost\nBakker;bakker;\n"
    page.get_by_label("Welk bestand?").set_input_files({"name": "partners.csv", "mimeType": "text/csv", "buffer": text.encode()})
    page.get_by_role("button", name="Bekijk dit bestand").click()
    said = page.get_by_role("status").first.inner_text()
    assert "Nieuw: 1" in said
    assert "Niet ingelezen: 1" in said
    assert not Organisation.objects.exists()
    page.get_by_role("button", name="Neem deze rijen over").click()
    assert "Dit is gedaan" in page.get_by_role("status").first.inner_text()
    assert Organisation.objects.get().name == "JoU"
    context.close()
