"""The journeys of an employee and of a host in a real browser: with and without JavaScript on a phone, and accessible at three widths."""

import pytest
from django.conf import settings as django_settings

from buurtdraad.placements.actions import offering, shifts
from buurtdraad.placements.models import Placement, Shift
from buurtdraad.placements.states import ShiftStage, Stage
from buurtdraad.placements.tests.conftest import DAY, HOUR, MANAGER, NOW, STARTS
from buurtdraad.ui.tests.looking import flaws_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def phone(browser, live_server):
    """Opens a window of a phone, where wanted signed in and without JavaScript: `phone(client, scripts=False)`."""
    opened = []

    def window(client=None, *, scripts=True):
        context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=scripts, locale="nl-NL")
        if client:
            key = client.cookies[django_settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
        opened.append(context)
        return context.new_page()

    yield window
    for context in opened:
        context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_tom_asks_his_manager_and_the_host_say_yes_and_the_host_notes_that_he_was_there(  # noqa: PLR0917
    phone, live_server, shift, tom, signed_in, token_of, scripts
):
    site, mine = live_server.url, phone(signed_in(tom, second_factor=False), scripts=scripts)
    mine.goto(f"{site}/mijn/")
    mine.get_by_role("link", name="Kies een dienst in de buurt").click()
    mine.get_by_role("link", name="Buurtmaaltijd De Dreef").click()
    mine.get_by_role("link", name="Ik wil komen").click()
    mine.get_by_label("Op welke afdeling werkt u?").fill("Verkeer")
    mine.get_by_label("E-mailadres van uw leidinggevende").fill(MANAGER)
    mine.get_by_role("button", name="Vraag een plek").click()
    assert mine.get_by_role("heading", level=1).inner_text() == "Wij vroegen het uw leidinggevende"

    manager = phone(scripts=scripts)
    manager.goto(f"{site}/stages/akkoord/{token_of('/stages/akkoord/')}/")
    manager.get_by_role("button", name="Ja, akkoord").click()
    assert manager.get_by_role("heading", level=1).inner_text() == "Dank u wel. U zei ja."

    host = phone(scripts=scripts)
    link = f"{site}/gastheer/{token_of('/gastheer/')}/"
    host.goto(link)
    host.get_by_role("button", name="Ja, Tom kan komen").click()
    assert "rekent" in host.get_by_role("status").first.inner_text()
    mine.reload()
    assert mine.get_by_role("heading", level=1).inner_text() == "U wordt verwacht"

    Shift.objects.update(starts_at=NOW - 4 * HOUR, ends_at=NOW - HOUR)
    offering.hold(at=NOW)
    host.goto(link)
    host.get_by_role("button", name="Tom was er", exact=True).click()
    assert Placement.objects.get().stage == Stage.ATTENDED
    mine.reload()
    assert mine.get_by_role("heading", level=1).inner_text() == "U was er. Dank u wel"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_host_offers_a_series_keeps_days_free_refuses_somebody_and_calls_a_shift_off(phone, live_server, host, ask, token_of, scripts):  # noqa: PLR0917
    page = phone(scripts=scripts)
    page.goto(f"{live_server.url}/gastheer/{token_of('/gastheer/')}/")
    page.get_by_role("link", name="Bied een dienst aan").click()
    page.get_by_label("Op welke dag?").fill(STARTS.date().isoformat())
    page.get_by_label("Vanaf hoe laat?").fill("17:00")
    page.get_by_label("Tot hoe laat?").fill("20:00")
    page.get_by_label("Hoeveel weken achter elkaar?").fill("2")
    page.get_by_role("button", name="Aanbieden").click()
    assert page.get_by_role("status").first.inner_text() == "Er staan 2 diensten op."

    page.get_by_role("link", name="Dagen waarop niemand kan komen").click()
    page.get_by_label("Vanaf welke dag?").fill((STARTS + 7 * DAY).date().isoformat())
    page.get_by_label("Tot en met welke dag?").fill((STARTS + 7 * DAY).date().isoformat())
    page.get_by_role("button", name="Opslaan").click()
    assert "Op deze dagen staan nog diensten" in page.get_by_role("alert").first.inner_text()
    page.get_by_label("Ze gaan niet door", exact=False).check()
    page.get_by_label("Zegt u ze af: waarom?").fill("Wij zijn dicht.")
    page.get_by_role("button", name="Opslaan").click()
    assert "De diensten zijn afgezegd" in page.get_by_role("status").first.inner_text()
    assert list(host.shifts.values_list("stage", flat=True)) == [ShiftStage.OFFERED, ShiftStage.CANCELLED]

    asked = ask(host.shifts.first())
    shifts.agree(asked, by=None, at=NOW)
    page.reload()
    page.get_by_role("link", name="Tom kan niet komen").click()
    page.get_by_label("Waarom komt het niet uit?").fill("Wij zijn met genoeg.")
    page.get_by_role("button", name="Zeg nee").click()
    assert Placement.objects.get().why == "Wij zijn met genoeg."


def test_the_pages_are_accessible_and_fit(  # noqa: PLR0917
    phone, live_server, offer, host, expected, ask, colleague, tom, noor, client, signed_in, token_of, settings
):
    settings.CITY_CODE = "GM0344"
    shift = offer()
    placement, asks = expected(shift), ask(shift, colleague(1))
    manager = token_of("/stages/akkoord/")
    shifts.agree(ask(offer(days=1), colleague(2)), by=None, at=NOW)
    waits = ask(shift, colleague(3))
    Shift.objects.filter(pk=offer(days=4).pk).update(stage=ShiftStage.CANCELLED, why="De keuken is dicht.")
    host.black_outs.create(from_on=STARTS.date() + 9 * DAY, until_on=STARTS.date() + 12 * DAY, why="Vakantie")
    token = token_of("/gastheer/")
    everybody = [
        "/gastheer/", "/gastheer/onzin/", f"/stages/akkoord/{manager}/", "/stages/akkoord/onzin/",
        *(f"/gastheer/{token}/{rest}" for rest in (
            "", "aanbieden/", "dagen/", f"dienst/{shift.uuid}/", f"dienst/{shift.uuid}/afzeggen/", f"wie/{asks.uuid}/")),
    ]  # fmt: skip
    own = f"/stages/mijn/{placement.uuid}/"
    mine = ["", "?dag=2020-01-01", f"{shift.uuid}/", f"{shift.uuid}/aanmelden/"]
    mine = [*(f"/stages/kiezen/{rest}" for rest in mine), "/stages/mijn/", own, f"{own}afmelden/"]
    work = [f"/werk/stages/{rest}" for rest in ("", "nieuw/", f"{host.uuid}/", f"{host.uuid}/wijzigen/", f"{host.uuid}/stoppen/")]
    wrong = {}
    for paths, person in ((everybody, None), (mine, tom), ([f"/stages/mijn/{waits.uuid}/"], waits.person), (work, noor)):
        if person:
            client.logout()
        page = phone(signed_in(person) if person else None)
        wrong |= flaws_of(page, [live_server.url + path for path in paths], widths=(1280, 768, 320))
    assert not wrong
