"""What a browser sees of the method: accessible, nothing sticks out, and written without a script or a mouse."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from buurtdraad.accounts.tests.city import sign_in
from buurtdraad.lib.tests.hostile_files import PDF
from buurtdraad.method.actions import versions as actions
from buurtdraad.method.models import MethodStep, Run, RunStep
from buurtdraad.method.queries.versions import in_use
from buurtdraad.method.states import StepStage
from buurtdraad.ui.tests.looking import flaws_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]
LONG = "Samenwerkingsovereenkomstbespreking"
PAGES = [
    "/werkwijze/",
    "/nl-x-simpel/werkwijze/versie/1/",
    "/werkwijze/versie/2/",
    "/en/werk/werkwijze/",
    "/werk/werkwijze/versie/2/",
    "/werk/werkwijze/versie/3/",
    "/werk/werkwijze/versie/3/in-gebruik/",
    "/werk/werkwijze/versie/3/wijzigen/",
    "/werk/werkwijze/versie/3/weg/",
    "/werk/werkwijze/stap/{step}/",
    "/werk/werkwijze/stap/{step}/controle/",
    "/werk/werkwijze/stap/{step}/document/",
    "/werk/werkwijze/stap/{step}/eruit/",
]


@pytest.fixture
def cookie(live_server, noor):
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": sign_in(Client(), noor).cookies[settings.SESSION_COOKIE_NAME].value,
        "url": live_server.url,
    }


@pytest.fixture
def home(settings, tmp_path):
    settings.BUURTDRAAD_HOME = tmp_path


@pytest.fixture
def written(areas, noor):
    """Two versions in use one after the other, the draft of a third with all kinds of changes, and a run in two areas."""
    deed, today = {"by": noor, "at": timezone.now()}, timezone.localdate()
    actions.load_first(**deed)
    second = actions.draft_next(**deed)
    actions.change_step(second.steps.get(key="plannen"), name="Afspreken", **deed)
    actions.put_in_use(second, what_is_new="Wij zeggen nu afspreken.", **deed)
    third = actions.draft_next(**deed)
    actions.change_step(third.steps.get(key="plannen"), name=LONG, purpose=LONG * 3, examples=LONG, **deed)
    actions.take_out(third.steps.get(key="uitvoeren"), **deed)
    actions.add_step(third, name="Vieren", purpose="Samen eten", **deed)
    actions.move_step(third.steps.get(key="signaleren"), up=False, **deed)
    for code, at in (("WK034403", 6), ("zuilen-oost", 3)):
        run = Run.objects.create(area=areas[code], version=second, started_on=today, differently="Wij eten eerst.", because="Dan komt men.")
        for step in second.steps.all():
            stage = StepStage.DONE if step.number < at else StepStage.NOW if step.number == at else StepStage.TO_COME
            RunStep.objects.create(run=run, step=step, stage=stage, since_on=None if stage == StepStage.TO_COME else today)
    return {"step": third.steps.get(key="plannen").pk}


def test_the_pages_are_accessible_and_fit(browser, live_server, cookie, written):
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies([cookie])
    assert flaws_of(context.new_page(), [address.format(**written) for address in PAGES]) == {}
    context.close()


def test_a_next_version_is_written_and_put_in_use_on_a_phone_without_a_script(browser, live_server, cookie, home):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(f"{live_server.url}/werk/werkwijze/")
    page.get_by_role("button", name="Begin met zeven stappen").click()
    page.get_by_role("navigation", name="U bent hier").get_by_role("link", name="Werkwijze").click()
    page.get_by_role("button", name="De volgende versie schrijven").click()
    page.get_by_role("link", name="Veranderen: Plannen").click()
    page.get_by_label("Hoe heet de stap?").fill("Afspreken")
    page.get_by_role("button", name="Opslaan").click()
    page.locator("a", has_text="Toevoegen wat er moet zijn: Afspreken").click()
    page.get_by_label("Wat moet er zijn?").fill("Er zijn lessen")
    page.get_by_label("De website telt: lessen die opgeschreven zijn").check()
    page.get_by_label("Hoeveel minstens?").fill("2")
    page.get_by_role("button", name="Toevoegen").click()
    page.locator("a", has_text="Een document toevoegen: Afspreken").click()
    page.get_by_label("Wat is het?").fill("Brief aan de buurt")
    page.get_by_label("Welk document?").set_input_files({"name": "brief.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.get_by_role("button", name="Toevoegen").click()
    page.get_by_role("link", name="Bekijk het verschil en zet in gebruik").click()
    expect(page.get_by_text("Er zijn lessen (lessen die opgeschreven zijn: minstens 2)")).to_be_visible()
    page.get_by_label("Wat is er nieuw in deze versie?").fill("Wij zeggen nu afspreken.")
    page.get_by_role("button", name="In gebruik zetten").click()
    assert "Deze versie is nu in gebruik." in page.get_by_role("status").first.inner_text()
    page.goto(f"{live_server.url}/werkwijze/")
    expect(page.get_by_role("heading", name="4. Afspreken")).to_be_visible()
    assert in_use().number == 2
    context.close()


def test_a_step_is_moved_with_the_keyboard_alone(browser, live_server, cookie, written):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(f"{live_server.url}/werk/werkwijze/versie/3/")
    page.get_by_role("link", name=f"Veranderen: {LONG}").focus()
    before = MethodStep.objects.get(pk=written["step"]).number
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == f"Naar boven: {LONG}"
    page.keyboard.press("Enter")
    page.wait_for_url("**/#stap-plannen")
    assert MethodStep.objects.get(pk=written["step"]).number == before - 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == f"Veranderen: {LONG}"
    context.close()
