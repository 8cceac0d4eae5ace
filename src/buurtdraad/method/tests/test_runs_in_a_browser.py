"""A programme manager rolls the method out to another area in a browser; every page of a run is accessible and fits."""

import pytest
from django.conf import settings
from django.test import Client

from buurtdraad.accounts.tests.city import sign_in
from buurtdraad.method.actions import runs as actions
from buurtdraad.method.models import Decision, Lesson, RunStep
from buurtdraad.method.queries.runs import run_in
from buurtdraad.method.tests.running import *  # noqa: F403 (a method and a run)
from buurtdraad.method.tests.running import NOW, TODAY, partner
from buurtdraad.partners.models import Kind
from buurtdraad.ui.tests.looking import flaws_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
HERE, START = "/werk/werkwijze/gebied/WK034403/", "/werk/werkwijze/beginnen/"
LONG = "Stichting Allerlangstewoningcorporatienaam Noordwest"


@pytest.fixture
def cookie(live_server, noor):
    value = sign_in(Client(), noor).cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}


@pytest.fixture
def written(second, noor, areas, make_wish):
    """A run with something of everything: at its second step, with a check that the data contradict and one skipped step."""
    wishes = [make_wish(text, area="BU03440321") for text in ("Een bank", "Een boom", "Een lamp")]
    actions.go_on(second, by=noor, at=NOW)
    for wish in wishes[1:]:
        wish.delete()
    last = RunStep.objects.filter(run=second).order_by("step__number").last()
    actions.skip(second, last, why="Dit deden wij al met de hele wijk samen", by=noor, at=NOW)
    actions.decide(
        second, what="Wij beginnen in de flats rond het winkelcentrum", decided_by="Stuurgroep Overvecht", on=TODAY, by=noor, at=NOW
    )
    actions.deviate(second, what="Geen avond maar voordeuren", why="Op avonden komt bijna niemand", by=noor, at=NOW)
    actions.say_differently(second, differently="Wij gaan langs de deur.", because="Op avonden komt bijna niemand.", by=noor, at=NOW)
    actions.see_risk(second, what="De stuurgroep wisselt in het voorjaar", we_do="Elk besluit opschrijven", by=noor, at=NOW)
    actions.choose_partners(second, take_part=[partner(LONG, Kind.HOUSING, areas["GM0344"])], by=noor, at=NOW)
    Lesson.objects.create(run=second, happened="Niemand kwam", next_time="Eerder bellen", at=NOW)
    actions.start(areas["zuilen-oost"], like=second, by=noor, at=NOW)
    return second


@pytest.fixture
def phone(browser, live_server, cookie):
    """Noor's phone, without JavaScript."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, viewport={"width": 390, "height": 800})
    context.add_cookies([cookie])
    yield context.new_page()
    context.close()


def test_the_pages_of_a_run_are_accessible_and_fit(browser, live_server, cookie, written):
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies([cookie])
    steps = list(RunStep.objects.filter(run=written).order_by("step__number"))
    start = f"{START}?gebied=BU03440241&zoals={written.uuid}&vanaf={TODAY}"
    forms = (
        "planning",
        "besluit",
        "anders",
        "in-twee-zinnen",
        "partners",
        "collega",
        "bijeenkomst",
        "stoppen",
        f"stap/{steps[0].pk}/terug",
        f"weg/besluit/{Decision.objects.get().pk}",
    )
    paths = ["/werkwijze/WK034403/", "/nl-x-simpel/werkwijze/zuilen-oost/", HERE, "/en" + HERE, START, start, f"{START}?gebied=x&vanaf="]
    assert flaws_of(context.new_page(), [*paths, *(f"{HERE}{form}/" for form in forms)]) == {}
    context.close()


def test_a_programme_manager_rolls_out_to_another_area_alone_on_a_phone_without_javascript(phone, run, noor, areas):
    page = phone
    partner("Welzijn Zuilen", Kind.WELFARE, areas["zuilen-oost"])
    actions.choose_partners(run, take_part=[one.organisation for one in run.partners.all()], by=noor, at=NOW)
    # From the work page to what was built in Overvecht, and from there to another area.
    page.goto("/werk/")
    page.get_by_role("link", name="Start in een nieuwe wijk").click()
    page.goto(HERE)
    page.get_by_role("link", name="Start dit in een andere wijk").click()
    assert page.get_by_label("Zoals welk gebied?").locator("option:checked").inner_text() == "Overvecht (stap 1: Signaleren)"
    page.get_by_role("button", name="Laat zien wat er wordt gemaakt").click()
    assert page.get_by_text("Kies een gebied").count() or page.get_by_role("alert").count()
    page.get_by_label("In welk gebied?").select_option(label="Zuilen-Oost")
    page.get_by_role("button", name="Laat zien wat er wordt gemaakt").click()
    assert "Welzijn Zuilen" in page.locator("main").inner_text()
    assert run_in("zuilen-oost") is None, "looking makes nothing"
    page.get_by_role("button", name="Start in Zuilen-Oost").click()
    assert page.get_by_role("heading", level=1).inner_text() == "De aanpak in Zuilen-Oost"

    # What is missing is said; then the run goes on, and says what it does otherwise.
    page.get_by_role("button", name="Verder naar: Samen kiezen").click()
    assert "Dit is er nog niet: Bewoners herkennen het beeld" in page.get_by_role("status").inner_text()
    page.get_by_role("button", name="Dit is er").click()
    page.get_by_role("button", name="Verder naar: Samen kiezen").click()
    page.get_by_role("link", name="Schrijf op wat we anders doen").click()
    page.get_by_label("Wat doen we hier anders?").fill("Wij kiezen ook aan de deur")
    page.get_by_label("Waarom?").fill("Op de avond kwamen geen jonge ouders")
    page.get_by_role("button", name="Opslaan").click()
    page.get_by_role("link", name="Kies de partners").click()
    page.get_by_role("group", name="Wie doet er mee?").get_by_label("Welzijn Zuilen").check()
    page.get_by_role("button", name="Opslaan").click()

    # Everybody reads it, and it leads back to where it began.
    page.get_by_role("link", name="Bekijk het op de site").click()
    read = page.locator("main").inner_text()
    for words in ("stap 2 van 4", "Wij kiezen ook aan de deur", "Op de avond kwamen geen jonge ouders", "Welzijn Zuilen"):
        assert words in read, words
    page.get_by_role("link", name="Overvecht").click()
    assert page.get_by_role("heading", level=1).inner_text() == "De werkwijze in Overvecht"
