"""What a browser sees of lessons, the overview, a newer version and the pulse: accessible, nothing sticks out, no script needed."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from buurtdraad.method.actions import lessons
from buurtdraad.method.actions import pulse as pulses
from buurtdraad.method.models import PulseAnswer, Run
from buurtdraad.method.states import Group, RunStage, VersionStage
from buurtdraad.method.tests.small_method import DAY, NOW, answered, make_run, make_version, newer, open_pulse
from buurtdraad.ui.tests.looking import flaws_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
LONG = "Bewonersbijeenkomstvoorbereidingsgroepoverleg"


@pytest.fixture
def story(areas, noor, samira):
    """Two areas with an older version, one of them paused; lessons in three stands; a pulse that is over and one that goes on."""
    version = make_version(keys=("signal", "picture", "choose", "do", "learn"))
    run = make_run(areas["WK034403"], version, weeks=9, differently=f"Wij houden twee avonden ({LONG}).", because="De wijk is groot.")
    paused = make_run(areas["zuilen-oost"], version, like=run)
    Run.objects.filter(pk=paused.pk).update(stage=RunStage.PAUSED, why=f"Wij wachten op het nieuwe buurthuis: {LONG}")
    newer(version, keys=("signal", "do", "choose", "learn"))
    make_version(3, stage=VersionStage.DRAFT)
    told = {"happened": f"Er kwamen weinig mensen ({LONG})", "next_time": "Twee avonden houden, een in de flat"}
    of_run = lessons.learn(run, step_key="picture", **told, by=samira, at=NOW)
    lessons.propose(lessons.learn(run, step_key="do", **told, by=samira, at=NOW), by=noor, at=NOW)
    lessons.do_not_take(lessons.learn(None, **told, by=samira, at=NOW), why="Dit staat er al in.", by=noor, at=NOW)
    for ago, value in ((1, 2), (0, 4)):
        opened_at = NOW - (365 * ago + 60) * DAY
        pulse = open_pulse(noor, year=2025 - ago, at=opened_at)
        answered(pulse, Group.STAFF, 10, value, at=opened_at)
        answered(pulse, Group.PARTNERS, 12 if ago else 3, value, at=opened_at)
    going_on = open_pulse(noor, year=2026)
    return {"lesson": of_run.uuid, "token": pulses.make_code(going_on, Group.PARTNERS)}


@pytest.fixture
def context(browser, live_server, signed_in, noor):
    made = []

    def opened(width, **options):
        context = browser.new_context(base_url=live_server.url, viewport={"width": width, "height": 800}, **options)
        session = signed_in(noor).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        made.append(context)
        return context.new_page()

    yield opened
    for each in made:
        each.close()


def test_the_pages_are_accessible_and_fit(context, story):
    pages = (
        "/werk/werkwijze/overzicht/", "/werk/werkwijze/overzicht/?stap=learn", "/werk/werkwijze/lessen/",
        "/werk/werkwijze/lessen/?stand=taken", "/werk/werkwijze/lessen/nieuw/", "/werk/werkwijze/lessen/{lesson}/",
        "/werk/werkwijze/lessen/{lesson}/wijzigen/", "/werk/werkwijze/lessen/{lesson}/niet-overnemen/",
        "/werk/werkwijze/lessen/{lesson}/weg/", "/werk/werkwijze/gebied/WK034403/nieuwe-versie/", "/werk/polsslag/",
        "/werk/polsslag/openen/", "/werk/polsslag/2026/dagen/", "/werk/polsslag/2026/herinneren/", "/werk/polsslag/2026/intrekken/",
        "/polsslag/{token}/", "/polsslag/bedankt/", "/polsslag/onbekend/", "/buurten/WK034403/", "/buurten/BU03440241/",
        "/en/werk/polsslag/", "/nl-x-simpel/polsslag/{token}/",
    )  # fmt: skip
    assert flaws_of(context(1280), [path.format(**story) for path in pages]) == {}


def test_a_lesson_goes_from_an_evening_into_the_next_version_on_a_phone_without_a_script(context, story):
    page = context(390, java_script_enabled=False)
    page.goto("/werk/werkwijze/overzicht/")
    page.get_by_role("link", name="Wat wij leerden").click()
    page.get_by_role("link", name="Schrijf een les op").click()
    page.get_by_label("Waar leerde u dit?").select_option(label="Overvecht")
    page.get_by_label("Wat gebeurde er?").fill("Mevrouw Aydin kwam niet op de avond")
    page.get_by_label("Wat zouden wij de volgende keer anders doen?").fill("Eerst bij mensen langsgaan")
    page.get_by_role("button", name="Bewaar de les").click()
    assert "iemand te herkennen" in page.locator("main").inner_text()
    page.get_by_label("Wat gebeurde er?").fill("Oudere bewoners kwamen niet op de avond")
    page.get_by_role("button", name="Bewaar de les").click()
    page.get_by_role("button", name="Zet in het voorstel voor de volgende versie").click()
    assert "In het voorstel" in page.locator("main").inner_text()


def test_an_area_moves_to_the_newer_version_after_its_difference_was_seen(context, story):
    page = context(390, java_script_enabled=False)
    page.goto("/werk/werkwijze/overzicht/")
    page.get_by_role("link", name="Er is een nieuwere versie").first.click()
    shown = page.locator("main").inner_text()
    assert "Staat niet meer in de werkwijze" in shown
    page.get_by_role("button", name="Ga naar versie 2").click()
    assert Run.objects.get(area__code="WK034403").version.number == 2


def test_five_questions_are_answered_on_a_phone_by_keyboard_without_a_script(context, story):
    page, before = context(390, java_script_enabled=False), PulseAnswer.objects.count()
    page.goto(f"/polsslag/{story['token']}/")
    page.get_by_role("button", name="Verstuur mijn antwoord").press("Enter")
    assert "Kijk nog naar 5 vragen" in page.get_by_role("alert").inner_text()
    expect(page.get_by_role("radio", name="Grotendeels")).not_to_have_count(0)
    for choice in page.get_by_role("radio", name="Grotendeels").all():
        choice.press("Space")
    page.get_by_role("button", name="Verstuur mijn antwoord").press("Enter")
    assert "Dank u wel" in page.get_by_role("heading", level=1).inner_text()
    page.goto(f"/polsslag/{story['token']}/")
    assert "al gebruikt" in page.locator("main").inner_text()
    assert PulseAnswer.objects.count() == before + 1
