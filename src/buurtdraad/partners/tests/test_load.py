"""Partners from a file: by the action, the command, and the page."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.accounts.actions import system_person
from buurtdraad.accounts.tests.city import sign_in
from buurtdraad.audit.models import Event
from buurtdraad.lib.tables.reading import TableRefused
from buurtdraad.lib.tables.workbook import as_xlsx
from buurtdraad.partners.actions import load_partners
from buurtdraad.partners.models import Organisation, WorksIn
from buurtdraad.places.models import Area, Kind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("areas", "challenge")]
HEAD = "naam;soort;website;gebieden;opgaven;vanaf;tot en met\n"
GOOD = HEAD + (
    "Portaal;woningcorporatie;https://portaal.example;Naam WK034401, zuilen-oost;minder-armoede;1-1-2024;\n"
    "JoU;Welzijn;;bu03440101;Minder armoede;1-1-2024;31-12-2027\n"
    "Politie Utrecht;police;;;;;\n"
)
ADDRESS = "/werk/partners/inlezen/"


def load(text, **options):
    return load_partners(text.encode(), by=system_person("test"), at=timezone.now(), **options)


def state():
    return list(Organisation.objects.values()), set(WorksIn.objects.values_list("organisation__name", "area__code"))


def loaded_events():
    return Event.objects.filter(verb="partners.loaded")


def test_names_codes_and_kinds_in_every_language_are_understood():
    assert str(load(GOOD)) == "3 added, 0 changed, 0 same, 0 refused"
    portaal, jou, police = (Organisation.objects.get(name=name) for name in ("Portaal", "JoU", "Politie Utrecht"))
    assert (portaal.kind, jou.kind, police.kind) == ("housing", "welfare", "police")
    assert set(portaal.areas.values_list("code", flat=True)) == {"WK034401", "zuilen-oost"}
    assert [one.code for one in jou.challenges.all()] == ["minder-armoede"]
    assert (jou.until_on, police.from_on) == (datetime.date(2027, 12, 31), timezone.localdate())
    event = loaded_events().get()
    assert event.payload == {"added": 3}
    assert {"WK034401", "zuilen-oost", "BU03440101", "GM0344"} <= set(event.touches)


def test_the_same_file_again_changes_and_records_nothing():
    load(GOOD)
    before = state()
    assert str(load(GOOD)) == "0 added, 0 changed, 3 same, 0 refused"
    assert (state(), loaded_events().count()) == (before, 1)


def test_a_look_beforehand_says_the_same_and_writes_nothing():
    look = load(GOOD, dry_run=True)
    assert state() == ([], set())
    assert look.rows == load(GOOD).rows


def test_an_organisation_is_known_by_its_name_and_keeps_what_the_file_is_silent_about():
    load(GOOD)
    uuid = Organisation.objects.get(name="Portaal").uuid
    assert str(load("naam;soort;gebieden\nPORTAAL;woningcorporatie;zuilen-oost\n")) == "0 added, 1 changed, 0 same, 0 refused"
    portaal = Organisation.objects.get(uuid=uuid)
    assert (portaal.name, portaal.website, portaal.from_on) == ("PORTAAL", "https://portaal.example", datetime.date(2024, 1, 1))
    assert [area.code for area in portaal.areas.all()] == ["zuilen-oost"]
    assert portaal.challenges.count() == 1
    # An empty cell takes no area and no challenge away: who leaves one out may only not have known it.
    assert str(load("naam;soort;gebieden;opgaven\nPORTAAL;woningcorporatie; , ;\n")) == "0 added, 0 changed, 1 same, 0 refused"
    assert (portaal.areas.count(), portaal.challenges.count()) == (1, 1)


def test_the_look_beforehand_says_what_changes_from_what_into_what(office):
    load(GOOD)
    head, row = "naam;soort;website;gebieden;opgaven;vanaf;tot en met", "PORTAAL;school;;zuilen-oost;minder-armoede;1-1-2024;31-12-2027"
    (one,) = load(f"{head}\n{row}\n", dry_run=True).rows
    assert one.changes == (
        ("naam", "Portaal", "PORTAAL"),
        ("soort", "woningcorporatie", "school"),
        ("website", "https://portaal.example", ""),
        ("tot en met", "", "31 december 2027"),
        ("gebieden", "Naam WK034401, Naam zuilen-oost", "Naam zuilen-oost"),
    )
    assert load(GOOD, dry_run=True).rows[1].changes == ()
    page = office.post(ADDRESS, {"file": SimpleUploadedFile("p.csv", f"{head}\n{row}\n".encode())})
    lines = [" ".join(line.split()) for line in page.text.split("<p")]
    assert any("Soort: woningcorporatie" in line and "school" in line for line in lines)
    assert any("Tot en met: niets" in line for line in lines)
    assert Organisation.objects.filter(name="Portaal", kind="housing").exists()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (";school;;;;;", "naam is leeg"),
        ("x" * 151 + ";school;;;;;", "naam is te lang"),
        ("www.example.org;school;;;;;", "Dit is een adres"),
        ("School;;;;;;", "soort is leeg"),
        ("School;bakker;;;;;", "De soort bakker kennen wij niet"),
        ("School;school;example.org;;;;", "geen adres van een website"),
        ("School;school;javascript:alert(1);;;;", "geen adres van een website"),
        ("School;school;;Atlantis;;;", "Atlantis kennen wij niet"),
        ("School;school;;;vrede;;", "vrede kennen wij niet"),
        ("School;school;;;;31-2-2026;", "geen datum"),
        ("School;school;;;;1-1-2026;31-12-2025", "laatste dag ligt voor"),
        ("portaal;school;;;;;", "staat al in rij 2"),
    ],
)
def test_a_row_that_is_not_right_is_refused_and_the_others_are_taken(row, why):
    report = load(GOOD + row + "\n")
    assert str(report) == "3 added, 0 changed, 0 same, 1 refused"
    assert why in report.rows[-1].why
    assert Organisation.objects.count() == 3


def test_all_that_is_wrong_with_a_row_is_told_at_once():
    report = load(GOOD + f"{'x' * 151};bakker;example.org;Atlantis, Lemurië;vrede;31-2-2026;1-1-2025\n")
    why = report.rows[-1].why
    for said in (
        "naam is te lang",
        "bakker",
        "begint met https://",
        "Atlantis kennen",
        "Lemurië kennen",
        "vrede kennen",
        "31-2-2026 is geen datum",
    ):
        assert said.casefold() in why.casefold()
    # Whether the days are in order hangs on a day that is wrong.
    assert "laatste dag" not in why
    assert Organisation.objects.count() == 3


def test_a_name_of_two_places_asks_for_the_code(areas):
    from buurtdraad.places.models import AreaYear

    AreaYear.objects.filter(area=areas["BU03440102"]).update(name="Naam BU03440101")
    report = load("naam;soort;gebieden\nSchool;school;Naam BU03440101\nJoU;welzijn;BU03440101\n")
    assert "meer dan één Naam BU03440101" in report.rows[0].why
    assert report.rows[1].outcome == "added"


def test_an_area_that_the_city_no_longer_has_is_known_by_its_code():
    Area.objects.create(code="BU03449999", kind=Kind.NEIGHBOURHOOD)
    assert load("naam;soort;gebieden\nSchool;school;BU03449999\n").changes == 1


@pytest.mark.parametrize("text", ["", "naam\nx\n", HEAD, HEAD + "a;school;;;;;\n" * 10_001])
def test_a_file_that_cannot_be_read_is_refused_whole(text):
    with pytest.raises(TableRefused):
        load(text)


def test_capitals_are_compared_as_the_database_does():
    # In Python the last letter would become another one.
    report = load("naam;soort\nΟΔΟΣ;school\nοδοσ;school\n")
    assert [row.outcome for row in report.rows] == ["added", "refused"]
    assert load("naam;soort\nοδοσ;school\n").rows[0].outcome == "changed"


def test_many_rows_cost_about_as_many_queries_as_few():
    def cost(number, first):
        rows = "".join(f"Organisatie {first} {n};school;;zuilen-oost;;;\n" for n in range(number))
        with CaptureQueriesContext(connection) as captured:
            load(HEAD + rows)
        return len(captured)

    cost(1, "z")
    assert cost(400, "a") == cost(3, "b")


# --- the command ------------------------------------------------------------------------------------


def test_the_command_loads_a_file_of_windows(tmp_path, capsys):
    file = tmp_path / "partners.csv"
    file.write_bytes("naam;soort\r\nWijkbureau Zuilén;anders\r\n".encode("cp1252"))
    call_command("load_partners", file, "--dry-run")
    assert not Organisation.objects.exists()
    call_command("load_partners", file)
    assert "1 added" in capsys.readouterr().out
    assert Organisation.objects.get().name == "Wijkbureau Zuilén"


def test_the_command_names_the_rows_that_it_did_not_load(tmp_path):
    file = tmp_path / "partners.csv"
    file.write_text(GOOD + "School;bakker;;;;;\n")
    with pytest.raises(CommandError, match="row 5"):
        call_command("load_partners", file)
    assert Organisation.objects.count() == 3
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_partners", tmp_path)


# --- the page ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "/en", "/nl-x-simpel"])
def test_a_file_is_looked_at_first_and_taken_in_after_that(office, prefix):
    assert office.get(prefix + ADDRESS).status_code == 200
    look = office.post(prefix + ADDRESS, {"file": SimpleUploadedFile("partners.csv", GOOD.encode())})
    assert (look.status_code, Organisation.objects.count()) == (200, 0)
    done = office.post(prefix + ADDRESS, {"kept": look.context["kept"]})
    assert (done.status_code, Organisation.objects.count()) == (200, 3)


def test_of_many_rows_some_stand_on_the_page_and_the_number_of_the_rest(office):
    rows = "".join(f"Organisatie {n};bakker\n" for n in range(230))
    page = office.post(ADDRESS, {"file": SimpleUploadedFile("partners.csv", ("naam;soort\n" + rows).encode())})
    assert page.text.count("De soort bakker kennen wij niet") == 200
    assert "En nog 30." in page.text


def test_who_works_in_one_area_takes_no_file_in(client, joris):
    sign_in(client, joris)
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, {"file": SimpleUploadedFile("partners.csv", GOOD.encode())}).status_code == 403
    assert "inlezen" not in client.get("/werk/partners/").text


@pytest.mark.parametrize("prefix", ["", "/en", "/nl-x-simpel"])
def test_what_is_downloaded_can_be_taken_in_again_and_has_no_people(office, add, speaks, challenge, prefix):
    speaks(add("=cmd|'/c calc'!A1", "WK034401", "zuilen-oost", challenges=[challenge], website="https://portaal.example"))
    add("Politie", kind="police", until_on=datetime.date(2030, 1, 1))
    file = office.get(prefix + "/werk/partners/partners.csv")
    assert "Kees" not in file.text
    assert "\n=cmd" not in file.text
    assert str(load_partners(file.content, by=system_person("test"), at=timezone.now())) == "0 added, 0 changed, 2 same, 0 refused"


def test_the_command_takes_excel_too(tmp_path):
    file = tmp_path / "partners.xlsx"
    file.write_bytes(as_xlsx("1", ["naam", "soort"], [["De Uithoek", "school"]]))
    call_command("load_partners", str(file))
    assert Organisation.objects.get().name == "De Uithoek"
