"""Steps 12, 13 and 16 to 19 of the story: what fits, a Buurtcheck, the report, and who opens its numbers."""

import csv
import datetime
import io
import re

from playwright.sync_api import expect

from buurtdraad.ui.tests.looking import flaws
from tests.browser.visiting import begin_again, look_as, path_of

PATIENCE = 60_000  # ms: a report counts a whole city
NEXT_MONTH = (datetime.date.today() + datetime.timedelta(days=40)).isoformat()  # noqa: DTZ011 (the day of the city is near enough)
CHECK = "Een voorstel over speelplekken"


def main(page):
    """The words of a page that is all there: a long one is read while it comes in."""
    page.wait_for_load_state()
    return page.locator("main").inner_text()


def patient(page):
    page.context.set_default_timeout(PATIENCE)
    return page


def draft_and_change(page):
    """Noor presses the button, reads, changes one sentence and lets others read along; gives where the report is at work."""
    look_as(page, "Noor de Graaf")
    page.goto("/werk/rapport/")
    page.get_by_role("button", name="Maak het halfjaarrapport").click()
    at_work = path_of(page)
    draft = main(page)
    assert "In Zuilen-Oost kregen 58 van de 62 wensen op tijd antwoord." in draft
    assert [late for late in ("ZO-58", "ZO-59", "ZO-60", "ZO-61") if f"{late}: het antwoord kwam" not in draft] == []
    assert flaws(page) == []
    page.get_by_role("link", name=re.compile(r"In Zuilen-Oost kregen \{wensen-op-tijd-zuilen-oost\}")).click()
    assert flaws(page) == []
    # The number in the sentence stays a number.
    kept = page.get_by_label("De zin").input_value()
    page.get_by_label("De zin").fill(kept + " Daar zijn wij blij mee.")
    page.get_by_role("button", name="Opslaan").click()
    assert "58 van de 62 wensen op tijd antwoord. Daar zijn wij blij mee." in main(page)
    page.get_by_role("button", name="Laat anderen meelezen").click()
    expect(page.get_by_role("button", name="Goedkeuren")).to_have_count(0)  # never by who made it
    return at_work


def read_the_area_and_approve(page, at_work):
    """Anouk, on her phone: the area that she visits on one A4, and then the report."""
    look_as(page, "Anouk Smits")
    page.goto("/werk/gebieden/zuilen-oost/kort/")
    brief = main(page)
    assert "58 van de 62 wensen kregen op tijd antwoord" in brief
    assert [part for part in ("Groen en ontmoeten", "Levering bomen", "Joris", "14 030") if part not in brief] == []
    assert flaws(page) == []
    assert page.request.get("/werk/gebieden/zuilen-oost/kort.pdf").body().startswith(b"%PDF")
    page.goto(at_work)
    assert flaws(page) == []
    page.get_by_role("button", name="Goedkeuren").click()
    assert "Goedgekeurd door Anouk Smits" in main(page)


def open_the_number(page):
    """Jansen opens the report, taps 58, and stands at the list and at a wish of it; nobody is named. Gives where the report is."""
    look_as(page, "R. Jansen")
    page.goto("/voortgang/")
    page.locator("main .buurt-rows a").first.click()
    report = path_of(page)
    assert "Daar zijn wij blij mee." in main(page)
    assert flaws(page) == []
    page.locator("main").get_by_role("link", name="58", exact=True).first.click()
    behind = main(page)
    assert "In het rapport: 58. Zo staat het vandaag: 58." in behind
    assert "Aydin" not in behind
    assert flaws(page) == []
    page.get_by_role("link", name="ZO-42").first.click()
    assert path_of(page) == "/wensen/ZO-42/"
    assert "Groen en ontmoeten" in main(page)
    # The line of that wish ends at the sentences of the report: what is done is named, and the wish itself is counted.
    assert "Klaar: Twee bomen, een bank en een tuin op de Wilgenhof (Zuilen-Oost)." in main(page)
    assert "In Zuilen-Oost kregen 58 van de 62 wensen op tijd antwoord. Daar zijn wij blij mee." in main(page)
    page.get_by_role("link", name="Bekijk het in het rapport").last.click()
    assert path_of(page).startswith(report)
    expect(page.get_by_text("Daar zijn wij blij mee.")).to_be_visible()
    return report


def test_noor_ties_the_garden_to_the_sewer_and_brings_the_young_to_a_meeting(visit):
    page = visit("/demo/")
    look_as(page, "Noor de Graaf")
    page.goto("/samenhang/bevindingen/")
    page.get_by_role("link", name=re.compile("Zelfde plek binnen 12 maanden")).first.click()
    there = path_of(page)
    assert [name for name in ("Wilgentuin", "Nieuw riool rond de Wilgenhof", "Tom van Dijk", "14 030") if name not in main(page)] == []
    assert flaws(page) == []
    page.get_by_role("link", name="Maak een afspraak").click()
    # Without words nothing is made, and the form says so.
    page.get_by_label("Wat spreekt u af?").fill("")
    page.get_by_role("button", name="Maak de afspraak").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert flaws(page) == []
    page.get_by_label("Onder welk onderwerp van de buurtagenda?").select_option(label="Zuilen-Oost: Groen en ontmoeten")
    page.get_by_label("Wat spreekt u af?").fill("Eerst het riool, dan de tuin")
    page.get_by_label("Wanneer is het klaar?").fill(NEXT_MONTH)
    page.get_by_role("button", name="Maak de afspraak").click()
    assert path_of(page) == there
    assert "Opgelost" in main(page)
    page.locator("main").get_by_role("link", name="Eerst het riool, dan de tuin").click()
    assert re.fullmatch(r"/afspraken/\d+/", path_of(page))

    # The matrix of Zuilen-Oost: the young, attention needed and no work yet. From there it comes on the list of a meeting.
    page.goto("/samenhang/?gebied=zuilen-oost")
    page.locator("a.buurt-cell--gap", has_text="Jeugd").click()
    assert "nog geen werk" in main(page)
    assert flaws(page) == []
    page.get_by_role("button", name="Zet op een bijeenkomst").click()
    page.locator("main form input[type=radio]").first.check()
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_text("Dit staat op de lijst van de bijeenkomst.")).to_be_visible()
    page.get_by_role("link", name="alles op die lijst").click()
    assert "Jeugd met een toekomst" in main(page)
    listed = path_of(page)
    # Joris leads that meeting: from its list he comes to its page, and back.
    look_as(page, "Joris Bakker")
    page.goto(listed)
    page.locator("main .buurt-note a").first.click()
    assert re.fullmatch(r"/werk/bijeenkomsten/\d+/", path_of(page))
    page.get_by_role("link", name="Wat niet past, en wat u hier bespreekt").click()
    assert path_of(page) == listed
    # Everybody sees that something was solved, and nothing of where or who.
    anyone = visit("/samenhang/cijfers/", width=390)
    assert re.search(r"Gevonden: \d+\. Opgelost: 1\.", main(anyone))
    assert "Wilgen" not in main(anyone)
    assert flaws(anyone) == []
    begin_again(page)


def test_tom_gets_a_paragraph_with_the_wish_in_it_without_a_script(visit):
    page = visit("/demo/", javascript=False)
    look_as(page, "Tom van Dijk")
    page.get_by_role("link", name="Werk", exact=True).click()
    page.locator("main").get_by_role("link", name="Buurtcheck", exact=True).click()
    page.get_by_role("link", name="Nieuwe Buurtcheck").click()
    page.get_by_label("Waar gaat uw voorstel over?").fill(CHECK)
    page.get_by_role("button", name="Bekijk wat daar speelt").click()
    expect(page.get_by_role("alert")).to_be_visible()  # no area was chosen
    assert page.get_by_label("Waar gaat uw voorstel over?").input_value() == CHECK
    page.locator("summary", has_text="Gebieden met een buurtagenda").click()
    page.get_by_label("Zuilen-Oost").check()
    page.get_by_role("button", name="Bekijk wat daar speelt").click()
    around = main(page)
    assert [part for part in ("ZO-6", "Groen en ontmoeten", "Nieuw riool rond de Wilgenhof", "14 030") if part not in around] == []
    page.get_by_label("Hoort het ook bij andere wensen?").fill("ZO-42")
    page.get_by_label("Wat vraagt de buurt?").fill("Schaduw en een bank bij de speelplek.")
    page.get_by_label("Wat doen wij ermee?").fill("Wij zetten er een bank bij, en een boom.")
    page.get_by_label("Met wie is er gesproken?").fill("De groep van de Wilgenhof.")
    page.get_by_role("button", name="Klaar: maak de tekst").click()
    text = page.get_by_label("Tekst om over te nemen").input_value()
    assert [part for part in ("ZO-42", "Schaduw en een bank", "een boom", "De groep van de Wilgenhof") if part not in text] == []
    mine = path_of(page)
    paper = page.request.get(f"{mine}buurtcheck.pdf")
    assert paper.body().startswith(b"%PDF")
    # It is his: another colleague has no way in, and a visitor neither.
    look_as(page, "Priya Ramdin")
    assert page.goto(mine).status == 404


def test_a_resident_reads_on_a_phone_what_was_promised_and_how_far_it_is(visit):
    page = visit("/gedaan/", width=390)
    page.get_by_role("link", name="Wat de stad beloofde").first.click()
    promised = main(page)
    assert len(re.findall(r"^\d\. ", promised, re.MULTILINE)) == 4
    assert "Beloften: 2. Daarvan klaar: 1." in promised
    assert not re.search(r"\b1 van de 1\b", promised)
    assert flaws(page) == []
    page.get_by_role("link", name="Een schone en prettige buurt").click()
    assert path_of(page) == "/opgaven/leefbaarheid/"
    assert "Wat doen wij eraan, en hoe ver is het?" in main(page)
    assert flaws(page) == []
    page.goto("/voortgang/")
    stands = main(page)
    assert re.search(r"\d+ van de \d+ wensen kregen op tijd antwoord", stands)
    assert re.search(r"Afspraken met buurten: \d+\. Daarvan klaar: \d+\.", stands)
    assert not re.search(r": 0\. Daarvan", stands)
    assert flaws(page) == []
    # The same in easy Dutch, in other words.
    easy = visit("/programma/", width=390, language="nl-x-simpel")
    assert "Beloofd: 2. Klaar: 1." in main(easy)
    assert flaws(easy) == []


def test_the_report_goes_from_the_button_to_the_site_and_a_council_member_opens_a_number(visit):
    page = patient(visit("/demo/"))
    begin_again(page)  # other stories answer wishes too
    at_work = draft_and_change(page)
    look_as(page, "Joris Bakker")
    page.goto(at_work)
    page.get_by_role("button", name="Ik las dit: het klopt").click()
    read_the_area_and_approve(patient(visit("/demo/", width=390)), at_work)
    look_as(page, "Noor de Graaf")
    page.goto(at_work)
    page.get_by_role("button", name="Zet op de site").click()
    expect(page.get_by_text("Het rapport staat op de site.")).to_be_visible()

    jansen = patient(visit("/demo/", width=390))
    report = open_the_number(jansen)
    paper = jansen.request.get(f"{report}rapport.pdf").body()
    assert paper.startswith(b"%PDF")
    # A journalist counts the list again: as many rows as the number says.
    counted = jansen.request.get(f"{report}cijfer/wensen-op-tijd-zuilen-oost.csv").text().lstrip("\ufeff")
    assert len(list(csv.reader(io.StringIO(counted), delimiter=";"))) == 1 + 58
    # In the demo, and only there, the first day has no report.
    begin_again(page)
    assert jansen.request.get(report).status == 404
