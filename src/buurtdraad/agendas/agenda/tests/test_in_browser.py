"""Linda, Kees and Joris in a browser, on a phone without JavaScript; every page accessible and no wider than the window."""

import pytest
from django.conf import settings

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda import actions
from buurtdraad.agendas.agenda.models import Joiner
from buurtdraad.agendas.agenda.states import Stage
from buurtdraad.agendas.agenda.tests.conftest import NOW
from buurtdraad.ui.tests.looking import flaws_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 800}


@pytest.fixture
def phone(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, viewport=PHONE)
    yield context.new_page()
    context.close()


def test_linda_reads_what_is_asked_and_says_yes_without_an_account(phone, asked, owner):
    phone.goto(f"/afspraken/aannemen/{asked}/")
    assert "Twee banken en drie bomen" in phone.get_by_role("heading", level=1).inner_text()
    phone.get_by_role("button", name="Versturen").click()
    assert "Kijk nog naar 2 vragen" in phone.get_by_role("alert").inner_text()
    phone.get_by_label("Ja, dit doen wij").check()
    phone.get_by_label("Wie bent u?").fill("Linda Mulder")
    phone.get_by_role("button", name="Versturen").click()
    assert "U zei ja" in phone.get_by_role("heading", level=1).inner_text()
    phone.get_by_role("link", name="Lees verder").click()
    assert "zei ja op" in phone.locator("main").inner_text()


def test_kees_follows_a_topic_from_the_menu_and_joins_in_once_also_after_back(phone, agreement):
    phone.goto("/buurtagenda/")
    phone.get_by_role("link", name="Zuilen-Oost").click()
    phone.get_by_role("link", name="Groen en ontmoeten").click()
    phone.get_by_role("link", name="Ik doe mee").click()
    phone.wait_for_timeout(3100)  # quicker than three seconds nobody types
    for _time in range(2):
        phone.get_by_label("Wat is uw voornaam?").fill("Kees")
        phone.get_by_label("Uw telefoonnummer").fill("06 12345678")
        phone.get_by_role("button", name="Ik doe mee").click()
        assert "Fijn dat u meedoet!" in phone.get_by_role("heading", level=1).inner_text()
        phone.wait_for_load_state()  # on its way to a page Chromium has no history to go back in
        phone.go_back()
    assert Joiner.objects.count() == 1


def test_the_pages_are_accessible_and_fit(browser, live_server, signed_in, owner):
    joris = Person.objects.get(name="Joris Bakker")
    agreement, topic = owner.agreement, owner.agreement.topic
    actions.join(topic, name="Emine", phone="06 12345678", by=None, at=NOW)
    actions.move_on(agreement, Stage.DONE, result="Ze staan er.", by=joris, at=NOW)
    public = [
        "/buurtagenda/", "/agenda/zuilen-oost/", f"/onderwerpen/{topic.pk}/", f"/afspraken/{agreement.pk}/",
        f"/onderwerpen/{topic.pk}/doe-mee/", f"/afspraken/{agreement.pk}/niet-gedaan/", "/agenda/zuilen-oost/hoe-gaat-het/",
    ]  # fmt: skip
    staff = [
        "/werk/agenda/", "/werk/agenda/zuilen-oost/", f"/werk/onderwerpen/{topic.pk}/", f"/werk/afspraken/{agreement.pk}/",
        f"/werk/afspraken/{agreement.pk}/stand/", f"/onderwerpen/{topic.pk}/wie-doet-mee/", "/werk/agenda/zuilen-oost/lijst/",
        "/werk/agenda/zuilen-oost/plakken/", "/werk/agenda/zuilen-oost/versie/1/onderwerp/",
    ]  # fmt: skip
    session = signed_in(joris).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(base_url=live_server.url)
    assert flaws_of(context.new_page(), public, status=200) == {}
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    assert flaws_of(context.new_page(), staff, status=200) == {}
    context.close()
