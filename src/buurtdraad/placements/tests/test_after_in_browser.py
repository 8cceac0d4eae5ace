"""Tom looks back on a phone without JavaScript, and a rule becomes simpler; every page accessible and no wider than the window."""

import pytest
from django.conf import settings
from django.test import Client

from buurtdraad.placements.actions.feelings import answer_feelings, ask_after, make_codes
from buurtdraad.placements.actions.lessons import Told, mark_of, read_lesson, share
from buurtdraad.placements.actions.simplifying import give_rule, move_rule
from buurtdraad.placements.models import SimplerRule
from buurtdraad.placements.rules import half_year
from buurtdraad.placements.states import RuleStage
from buurtdraad.placements.tests.afterwards import *  # noqa: F403 (the meal at which Tom was)
from buurtdraad.placements.tests.afterwards import DAY, LEARNED, NOW, PROPOSAL, RULE, TODAY
from buurtdraad.ui.tests.looking import flaws_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 800}


@pytest.fixture
def phone_of(browser, live_server):
    """A phone without JavaScript, on which somebody is signed in."""
    contexts = []

    def phone(person):
        context = browser.new_context(base_url=live_server.url, java_script_enabled=False, viewport=PHONE)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(person), "url": live_server.url}])
        contexts.append(context)
        return context.new_page()

    yield phone
    for context in contexts:
        context.close()


def test_tom_served_a_meal_and_a_rule_is_simpler_because_of_it(phone_of, tom, noor, placement):
    page = phone_of(tom)
    page.goto("/mijn/")
    page.get_by_role("link", name="U was bij Buurtmaaltijd De Dreef: kijk terug").click()
    page.get_by_role("link", name="Uw terugblik schrijven").click()
    page.get_by_label("Wat viel u op?").fill("Mevrouw Fatma vroeg waarom er twee formulieren zijn.")
    page.get_by_role("button", name="Voor mijzelf bewaren").click()
    assert "U mag ze laten staan" in page.locator("main").inner_text()
    page.get_by_role("link", name="Terug", exact=True).click()
    page.get_by_role("link", name="Een les delen").click()
    page.get_by_label("Wat hebt u geleerd?").fill("Mevrouw Fatma moest twee formulieren invullen.")
    page.get_by_label("Welke regel moet simpeler?").fill(RULE)
    page.get_by_label("Hoe kan het simpeler?").fill(PROPOSAL)
    page.get_by_label("Niemand is hierin te herkennen").check()
    page.get_by_role("button", name="Deze les delen").click()
    assert page.locator("mark").all_inner_texts() == ["Mevrouw Fatma"]
    page.get_by_label("Wat hebt u geleerd?").fill(LEARNED)
    page.get_by_role("button", name="Deze les delen").click()
    assert "Iemand anders leest het eerst" in page.locator("main").inner_text()

    organiser = phone_of(noor)
    organiser.goto("/werk/")
    organiser.get_by_role("link", name="Lees een les: regels en formulieren").click()
    organiser.get_by_role("button", name="Niemand: delen").click()
    organiser.goto("/werk/")
    organiser.get_by_role("link", name=f"Wie zorgt voor deze regel? {RULE}").click()
    organiser.get_by_label("Wie zorgt ervoor?").fill("Stadsingenieurs")
    organiser.get_by_label("E-mailadres van de collega").fill("tom@utrecht.example")
    organiser.get_by_label("Wanneer is het simpeler?").fill(str(TODAY + 30 * DAY))
    organiser.get_by_role("button", name="Opslaan").click()

    page.goto("/mijn/")
    page.get_by_role("link", name=f"U zorgt voor deze regel: {RULE}").click()
    page.get_by_label("De regel is nu simpeler").check()
    page.get_by_label("Wat is er nu anders").fill("Het is nu een formulier, met vijf vragen.")
    page.get_by_role("button", name="Opslaan").click()
    page.goto("/stages/")
    shown = page.locator("main").inner_text()
    for words in ("Dit is nu simpeler", RULE, "Het is nu een formulier", LEARNED):
        assert words in shown
    assert SimplerRule.objects.get().stage == RuleStage.DONE


def test_the_pages_are_accessible_and_fit(browser, live_server, shared, token_in):
    tom, placement = shared.writer, shared.placement
    noor = type(tom).objects.get(name="Noor de Graaf")
    give_rule(shared.rule, owner=tom, owner_name="Stadsingenieurs", due_on=TODAY, by=noor, at=NOW)
    waits = share(placement, told_like(shared, "Wij vragen twee keer hetzelfde."), by=tom, at=NOW)
    back = share(placement, told_like(shared, "Bel eerst, en stuur daarna een brief."), by=tom, at=NOW)
    read_lesson(back, yes=False, was=mark_of(back), why="Anders", by=noor, at=NOW)
    for token in make_codes(6, half_year(TODAY)):
        answer_feelings(token, awkward=True, worth_while=True)
    ask_after(placement.shift, at=NOW)
    host, code = token_in("/gastheer/"), token_in("/stages/vragen/")
    of_tom = [f"/stages/{placement.uuid}/{rest}/" for rest in ("terugkijken", "terugblik", "les", "bedankt")]
    of_tom += [f"/stages/lessen/{back.uuid}/wijzigen/", f"/stages/lessen/{shared.uuid}/mijn/", f"/stages/regels/{shared.rule.uuid}/"]
    lesson = f"/werk/stages/lessen/{shared.uuid}/"
    of_noor = [
        "/werk/stages/lessen/", lesson, f"{lesson}wens/", f"{lesson}onderwerp/", f"{lesson}stap/", f"/werk/stages/lessen/{waits.uuid}/",
        "/werk/stages/regels/", f"/werk/stages/regels/{shared.rule.uuid}/wie/", "/werk/stages/gastheren-vertellen/",
    ]  # fmt: skip
    anyone = ["/stages/", f"/stages/lessen/{shared.uuid}/", f"/stages/vragen/{code}/", f"/gastheer/{host}/terugkijken/"]
    anyone += [f"/gastheer/{host}/terugkijken/{placement.shift.uuid}/"]
    found = {}
    unknown = ["/stages/vragen/onbekend/"]
    for person, paths, status in ((None, anyone, 200), (None, unknown, 404), (tom, of_tom, 200), (noor, of_noor, 200)):
        context = browser.new_context(base_url=live_server.url)
        if person:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(person), "url": live_server.url}])
        found |= flaws_of(context.new_page(), paths, status=status)
        context.close()
    move_rule(shared.rule, RuleStage.DONE, what_came="Klaar", on=TODAY, by=tom, at=NOW)
    assert not found


def told_like(lesson, text):
    return Told(text, lesson.theme, lesson.area, RULE, PROPOSAL)


def session_of(person):
    client = Client()
    client.force_login(person)
    session = client.session
    session["second_factor"] = NOW.isoformat()
    session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value
