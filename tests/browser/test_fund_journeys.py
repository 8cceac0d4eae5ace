"""The fund in a browser: from six questions to a filled request, a request by phone, and a journalist who follows the euro."""

import csv
import datetime
import re

import pytest
from playwright.sync_api import expect

from buurtdraad.ui.tests.looking import flaws, flaws_at_each_width
from tests.browser.test_money_story import PLAN
from tests.browser.visiting import begin_again, look_as, path_of

TODAY = datetime.date.today()  # noqa: DTZ011 (the day of the city is near enough)
SOON = (TODAY + datetime.timedelta(days=90)).isoformat()


def go_on(page):
    page.get_by_role("button", name=re.compile("^(Volgende|Ga verder)$")).click()


def test_step_nine_six_questions_and_the_request_is_filled_from_the_plan(visit):
    page = visit("/demo/", width=390)
    look_as(page, "Kees Vermeer")
    page.goto("/fonds/check/?plan=wilgentuin")
    expect(page.get_by_text("Vraag 1 van 6")).to_be_visible()
    page.get_by_label("groen", exact=True).check()
    go_on(page)
    page.get_by_label("voor mijzelf of met buren").check()
    go_on(page)
    page.get_by_label("Wat kost het ongeveer?").fill("12400")
    go_on(page)
    page.get_by_label("Wanneer begint het?").fill(SOON)
    go_on(page)
    page.get_by_label("De meesten vinden het een goed plan.").check()
    go_on(page)
    page.get_by_label("nog niet").check()
    go_on(page)
    assert page.get_by_role("heading", level=1).inner_text() == "Ja, waarschijnlijk"
    assert flaws(page) == []

    # It holds the plan, the day and the costs; that it was asked before is said plainly.
    page.get_by_role("link", name="Vraag het geld").click()
    expect(page.get_by_text("U vroeg al eerder geld voor dit plan")).to_be_visible()
    assert page.locator("[name=activity]").input_value() == "green"
    go_on(page)
    expect(page.get_by_text("voor “Wilgentuin”")).to_be_visible()
    assert page.locator("[name=starts_on]").input_value() == SOON
    assert flaws(page) == []
    page.locator("[name=visitors]").fill("150")
    go_on(page)
    assert page.locator("[name=label_0]").input_value() == "Geld voor planten, aarde, een pergola en gereedschap"
    assert re.sub(r"\D", "", page.locator("[name=amount_0]").input_value()).startswith("12400")
    assert flaws(page) == []
    begin_again(page)


def test_joris_fills_it_in_for_somebody_on_the_phone_and_reads_it_back(visit):
    page = visit("/demo/", width=390)
    look_as(page, "Joris Bakker")
    page.goto("/werk/fonds/nieuw/")
    page.get_by_label("via de telefoon").check()
    page.get_by_label("Wie vraagt het? Voornaam en achternaam").fill("Emine Aydin")
    page.get_by_label("Adres", exact=True).fill("Wilgenhof 3, Utrecht")
    page.get_by_label("Telefoonnummer").fill("06 12345678")
    page.get_by_label("Hoe heet uw plan?").fill("Soep op het plein")
    page.get_by_label("Wat wilt u doen?").fill("Elke maand eten wij samen soep op het plein.")
    page.get_by_label("Wat voor plan is het?").select_option(label="samen eten")
    page.locator("[name=where]").fill("Geuzenwijk")
    assert flaws(page) == []
    go_on(page)
    page.locator("[name=starts_on]").fill(SOON)
    page.locator("[name=visitors]").fill("40")
    expect(page.get_by_text("Stap 2 van 7")).to_be_visible()
    go_on(page)
    page.locator("[name=label_0]").fill("Pannen en tafels")
    page.locator("[name=amount_0]").fill("€ 450")
    go_on(page)
    page.locator("[name=hours]").fill("30")
    go_on(page)
    go_on(page)  # what the neighbours think may come later
    page.locator("[name=iban]").fill("NL91 ABNA 0417 1643 00")
    assert page.locator("[name=applicant_name]").input_value() == "Emine Aydin"
    assert flaws(page) == []
    go_on(page)

    # Nothing goes out before it was read back.
    for part in ("Soep op het plein", "Pannen en tafels", "€ 450", "Emine Aydin"):
        expect(page.get_by_text(part).first).to_be_visible()
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_text("Lees het eerst voor.").first).to_be_visible()
    assert flaws(page) == []
    page.locator("[name=read_back]").check()
    page.get_by_role("button", name="Versturen").click()
    assert re.search(r"F-\d{4}-\d{4}", page.locator("main").inner_text())
    assert flaws(page) == []

    # Priya has it on her list, and sees how it came.
    look_as(page, "Priya Ramdin")
    page.goto("/werk/fonds/")
    page.get_by_role("link", name=re.compile("Soep op het plein")).first.click()
    expect(page.get_by_text("via de telefoon").first).to_be_visible()
    begin_again(page)


def test_a_journalist_walks_from_the_register_to_the_wish_and_takes_the_table_along(visit):
    page = visit("/fonds/register/")
    assert flaws(page) == []
    with page.expect_download() as taken:
        page.get_by_role("link", name="Alles als tabel (CSV)").click()
    rows = list(csv.reader(taken.value.path().read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert any("Bloembakken bij de flat" in cell for row in rows for cell in row)
    assert not any("N. Smit" in cell for row in rows for cell in row)

    # From the money of a neighbourhood to what it went to, and to the wish with which it began.
    page.goto("/geld/zuilen-oost/")
    assert flaws(page) == []
    page.locator("main").get_by_role("link", name=re.compile(r"wens [A-Z]{2}-\d+")).first.click()
    assert path_of(page).startswith("/wensen/")
    assert flaws(page) == []
    page.go_back()
    with page.expect_download() as taken:
        page.locator("main a[href*='geld.csv']").click()
    assert taken.value.path().stat().st_size > 100


@pytest.mark.slow
def test_a_round_an_objection_a_final_amount_and_a_payment_list_fit_every_width(visit):
    found, page = {}, visit("/demo/")
    look_as(page, "Bas Hoekstra")
    page.goto("/werk/fonds/rondes/nieuw/")
    page.locator("[name=name]").fill("Voorjaar")
    page.locator("[name=pot]").select_option(index=1)
    for name, days in (("opens_on", 0), ("closes_on", 30), ("decide_by", 60)):
        page.locator(f"[name={name}]").fill((TODAY + datetime.timedelta(days=days)).isoformat())
    page.locator("main form button[type=submit]").last.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Voorjaar"
    found["round"] = flaws_at_each_width(page)
    page.locator("[name=name]").fill("Voor iedereen")
    page.get_by_role("button", name="Toevoegen").click()
    page.get_by_role("button", name="Open de ronde").click()
    found["round-open"] = flaws_at_each_width(page)

    # Of a plan that was paid somebody objects; Priya writes it down, and sees its days.
    look_as(page, "Priya Ramdin")
    page.goto("/werk/fonds/?stap=granted&q=Toneel")
    found["worklist"] = flaws_at_each_width(page)
    page.get_by_role("link", name="Toneel in Hoograven").click()
    found["file-after"] = flaws_at_each_width(page)
    page.get_by_role("link", name="Er kwam een bezwaar").click()
    page.locator("[name=words]").fill("Ik had meer nodig.")
    found["objection-note"] = flaws_at_each_width(page)
    page.locator("main form button[type=submit]").last.click()
    page.get_by_role("link", name=re.compile("^Het bezwaar van")).click()
    found["objection"] = flaws_at_each_width(page)
    objection = path_of(page)

    # Femke had no part in the decision: she takes it, and writes down that we are late with it.
    look_as(page, "Femke Verhoeven")
    page.goto(objection.partition("bezwaar/")[0])
    page.get_by_label("Ik heb er niets mee te maken.").check()
    page.get_by_role("button", name="Opslaan").first.click()
    page.goto(objection)
    page.get_by_role("link", name="Een brief dat wij te laat zijn").click()
    found["objection-late"] = flaws_at_each_width(page)
    page.locator("main form button[type=submit]").last.click()
    page.goto(objection)
    expect(page.get_by_text("De aanvrager schreef dat wij te laat zijn")).to_be_visible()
    found["objection-notice"] = flaws_at_each_width(page)
    page.get_by_role("link", name="Besluit over het bezwaar").click()
    found["objection-decide"] = flaws_at_each_width(page)

    look_as(page, "Wouter Kuiper")
    page.goto("/werk/betalen/")
    page.get_by_role("link", name="Betaallijst").first.click()
    found["payment-list"] = flaws_at_each_width(page)
    begin_again(page)
    assert {at: wrong for at, wrong in found.items() if wrong} == {}


def show_what_was_done(page):
    """All three questions are needed: none of them says that it may be skipped."""
    form = page.locator("form", has=page.locator("[name=done]"))
    expect(form.get_by_text("mag u overslaan")).to_have_count(0)
    for name, words in (("done", "De tuin is er."), ("people", "150"), ("learned", "Begin op tijd.")):
        form.locator(f"[name={name}]").fill(words)
    form.get_by_role("button", name="Verstuur het").click()


@pytest.mark.slow
def test_from_what_was_done_to_the_final_amount_every_page_fits_every_width(visit):
    """Bas grants, Kees shows what he did, Priya says that it is in order, and Bas decides on the final amount."""
    found, page = {}, visit("/demo/")
    look_as(page, "Bas Hoekstra")
    page.goto("/werk/fonds/besluiten/")
    page.get_by_role("link", name=PLAN).first.click()
    page.get_by_role("button", name="Beslis zo").click()
    page.get_by_label("per post").check()
    page.get_by_role("button", name="De brief gaat weg").click()
    file = path_of(page)
    found["file-granted"] = flaws_at_each_width(page)
    for step in ("achteraf-horen", "terugnemen", "rekening"):
        page.goto(f"{file}{step}/")
        found[f"file-{step}"] = flaws_at_each_width(page)

    look_as(page, "Kees Vermeer")
    page.goto("/mijn/")
    page.locator("main a[href*='/fonds/aanvragen/']", has_text="Wilgentuin").first.click()
    found["mine-granted"] = flaws_at_each_width(page)
    page.get_by_role("link", name="Laat het zien").click()
    found["account"] = flaws_at_each_width(page)
    show_what_was_done(page)
    found["mine-shown"] = flaws_at_each_width(page)

    look_as(page, "Priya Ramdin")
    page.goto("/werk/fonds/achteraf/")
    page.get_by_role("link", name=PLAN).click()
    found["file-shown"] = flaws_at_each_width(page)
    page.get_by_role("button", name="Het is in orde").click()

    look_as(page, "Bas Hoekstra")
    page.goto("/werk/fonds/achteraf/")
    expect(page.get_by_text("Het is in orde: nu het eindbedrag.")).to_be_visible()
    found["after-work"] = flaws_at_each_width(page)
    page.get_by_role("link", name=PLAN).click()
    page.get_by_role("link", name="Besluit over het eindbedrag").click()
    page.get_by_label("Het plan ging niet of niet helemaal door").check()
    page.locator("[name=amount]").fill("10000")
    page.locator("[name=words]").fill("U gaf minder uit.")
    page.get_by_role("button", name="Besluiten").click()
    expect(page.get_by_text("Vraag eerst een reactie.")).to_be_visible()
    found["settle-refused"] = flaws_at_each_width(page)
    page.get_by_label("Zoals toegekend").check()
    page.locator("[name=amount]").fill("11900")
    page.get_by_role("button", name="Besluiten").click()
    found["settle-letter"] = flaws_at_each_width(page)
    page.get_by_label("per post").check()
    page.get_by_role("button", name="De brief gaat weg").click()
    expect(page.get_by_text("Het eindbedrag is bekend")).to_be_visible()
    found["file-settled"] = flaws_at_each_width(page)
    begin_again(page)
    assert {at: wrong for at, wrong in found.items() if wrong} == {}
