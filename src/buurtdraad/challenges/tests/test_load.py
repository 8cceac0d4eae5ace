"""A programme from a file: by the action, the command, and the page."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from buurtdraad.accounts.actions import system_person
from buurtdraad.accounts.tests.city import sign_in
from buurtdraad.audit.models import Event
from buurtdraad.challenges.actions import load_programme
from buurtdraad.challenges.models import Ambition, Challenge
from buurtdraad.challenges.tests.programme import make_programme, samira
from buurtdraad.lib.tables.reading import TableRefused
from buurtdraad.running.demo import city

pytestmark = pytest.mark.django_db
HEAD = "ambitie;nummer;opgave;naam;tekst;trekker;vanaf;tot en met\n"
GOOD = HEAD + (
    "buurt;;armoede;Minder armoede;Rondkomen.;Werk;1-1-2024;31-12-2028\n"
    "buurt;1;;De buurt eerst;Wij beginnen daar.;;1-1-2024;31-12-2028\n"
    "buurt;;groen;Meer groen;;;1-1-2024;\n"
)
ADDRESS = "/werk/opgaven/inlezen/"


def load(text, **options):
    return load_programme(text.encode(), by=system_person("test"), at=timezone.now(), **options)


def state():
    return list(Ambition.objects.values()), list(Challenge.objects.values())


def test_a_challenge_may_stand_above_its_ambition():
    report = load(GOOD)
    assert str(report) == "3 added, 0 changed, 0 same, 0 refused"
    assert [row.number for row in report.rows] == [2, 3, 4]
    armoede = Challenge.objects.get(code="armoede")
    assert (armoede.ambition.number, armoede.owner, armoede.until_on) == (1, "Werk", datetime.date(2028, 12, 31))
    event = Event.objects.get()
    assert (event.verb, event.payload) == ("programme.loaded", {"added": 3})


def test_the_same_file_again_changes_and_records_nothing():
    load(GOOD)
    before = state()
    assert str(load(GOOD)) == "0 added, 0 changed, 3 same, 0 refused"
    assert (state(), Event.objects.count()) == (before, 1)


def test_a_look_beforehand_says_the_same_and_writes_nothing():
    look = load(GOOD, dry_run=True)
    assert state() == ([], [])
    assert look.rows == load(GOOD).rows
    assert not Event.objects.filter(payload={}).exists()


def test_what_differs_is_changed_and_what_is_not_in_the_file_stays():
    load(GOOD)
    report = load("ambitie;opgave;naam;vanaf\nbuurt;armoede;Geen armoede;1-1-2024\n")
    assert str(report) == "0 added, 1 changed, 0 same, 0 refused"
    armoede = Challenge.objects.get(code="armoede")
    # No column for it in the file: it stays.
    assert (armoede.name, armoede.goal, armoede.until_on) == ("Geen armoede", "Rondkomen.", datetime.date(2028, 12, 31))
    assert Challenge.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Buurt!;2;;Naam;;;1-1-2024;", "geen korte naam"),
        ("../etc;2;;Naam;;;1-1-2024;", "geen korte naam"),
        ("nieuw;;;Naam;;;1-1-2024;", "nummer van 1 tot"),
        ("nieuw;0;;Naam;;;1-1-2024;", "nummer van 1 tot"),
        ("nieuw;٢;;Naam;;;1-1-2024;", "nummer van 1 tot"),
        ("nieuw;123;;Naam;;;1-1-2024;", "nummer is te lang"),
        ("nieuw;1;;Naam;;;1-1-2024;", "al een ambitie met dit nummer"),
        ("nergens;;werk;Naam;;;1-1-2024;", "Er is geen ambitie nergens"),
        ("buurt;;werk;;;;1-1-2024;", "naam is leeg"),
        ("buurt;;werk;Naam;;;;", "vanaf is leeg"),
        ("buurt;;werk;Naam;;;gisteren;", "gisteren is geen datum"),
        ("buurt;;werk;Naam;;;1-1-2024;31-12-2023", "laatste dag ligt voor"),
        ("buurt;;armoede;Nog eens;;;1-1-2024;", "staat twee keer in dit bestand"),
        ("buurt;;" + "x" * 61 + ";Naam;;;1-1-2024;", "opgave is te lang"),
    ],
)
def test_a_row_that_is_not_right_is_refused_and_the_others_are_taken(row, why):
    report = load(GOOD + row + "\n")
    assert str(report) == "3 added, 0 changed, 0 same, 1 refused"
    assert why in report.rows[-1].why
    assert (Ambition.objects.count(), Challenge.objects.count()) == (1, 2)


def test_all_that_is_wrong_with_a_row_is_told_at_once():
    report = load(GOOD + "Buurt!;0;;;;;gisteren;\nnergens;;Werk!;Naam;;;1-1-2024;31-12-2023\n")
    ambition, challenge = (row.why for row in report.rows[-2:])
    for said in ("geen korte naam", "naam is leeg", "nummer van 1 tot", "gisteren is geen datum"):
        assert said in ambition
    for said in ("geen korte naam", "Er is geen ambitie nergens", "laatste dag ligt voor"):
        assert said in challenge
    assert (Ambition.objects.count(), Challenge.objects.count()) == (1, 2)


def test_a_challenge_of_an_ambition_that_was_refused_is_refused_too():
    report = load(HEAD + "buurt;;;Zonder nummer;;;1-1-2024;\nbuurt;;werk;Werk;;;1-1-2024;\n")
    assert str(report) == "0 added, 0 changed, 0 same, 2 refused"
    assert not Event.objects.exists()


@pytest.mark.parametrize("text", ["", "naam\nx\n", HEAD, HEAD + "a;1;;b;;;1-1-2024;\n" * 10_001])
def test_a_file_that_cannot_be_read_is_refused_whole(text):
    with pytest.raises(TableRefused):
        load(text)


def test_the_programme_of_the_demo_has_four_ambitions():
    content = (city.Path(city.__file__).parent / "programme.csv").read_bytes()
    report = load_programme(content, by=system_person("test"), at=timezone.now())
    assert not [row for row in report.rows if row.why]
    assert list(Ambition.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert all(ambition.challenges.exists() for ambition in Ambition.objects.filter(number__lt=4))
    load_again = load_programme(content, by=system_person("test"), at=timezone.now())
    assert load_again.changes == 0


# --- the command ------------------------------------------------------------------------------------


def test_the_command_loads_a_file_of_windows(tmp_path, capsys):
    file = tmp_path / "opgaven.csv"
    file.write_bytes((HEAD + "buurt;1;;Eén buurt;;;1-1-2024;\n").encode("cp1252"))
    call_command("load_challenges", file, "--dry-run")
    assert not Ambition.objects.exists()
    call_command("load_challenges", file)
    assert "1 added" in capsys.readouterr().out
    assert Ambition.objects.get().name == "Eén buurt"


def test_the_command_names_the_rows_that_it_did_not_load(tmp_path):
    file = tmp_path / "opgaven.csv"
    file.write_text(GOOD + "nergens;;werk;Naam;;;1-1-2024;\n")
    with pytest.raises(CommandError, match="row 5: "):
        call_command("load_challenges", file)
    assert Ambition.objects.exists()


def test_the_command_says_when_there_is_no_file_or_a_wrong_one(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_challenges", tmp_path / "geen.csv")
    (tmp_path / "leeg.csv").write_text("")
    with pytest.raises(CommandError, match="Nothing is loaded"):
        call_command("load_challenges", tmp_path / "leeg.csv")


# --- the page ---------------------------------------------------------------------------------------


@pytest.fixture
def office(client):
    return sign_in(client, samira())


def sent(client, text, name="opgaven.csv"):
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())})


@pytest.mark.parametrize("prefix", ["", "/en", "/nl-x-simpel"])
def test_a_file_is_looked_at_first_and_taken_in_after_that(office, prefix):
    assert office.get(prefix + ADDRESS).status_code == 200
    look = office.post(prefix + ADDRESS, {"file": SimpleUploadedFile("opgaven.csv", GOOD.encode())})
    assert (look.status_code, Ambition.objects.count()) == (200, 0)
    done = office.post(prefix + ADDRESS, {"kept": look.context["kept"]})
    assert (done.status_code, Ambition.objects.count(), Challenge.objects.count()) == (200, 1, 2)
    assert "De buurt eerst" in done.text
    # Who sends it once more hears that nothing is new.
    again = office.post(prefix + ADDRESS, {"kept": look.context["kept"]})
    assert again.context["report"].changes == 0


def test_a_file_that_changes_nothing_has_no_button(office):
    load(GOOD)
    look = sent(office, GOOD)
    assert "Dit bestand verandert niets." in look.text
    assert 'name="kept"' not in look.text


@pytest.mark.parametrize("content", [b"", b"naam\nx\n", b"PK\x03\x04", b"x" * 2_000_001])
def test_a_wrong_file_is_told_in_words(office, content):
    page = sent(office, content)
    assert page.status_code == 422
    assert 'role="alert"' in page.text


def test_what_waited_for_somebody_else_is_asked_for_again(office):
    look = sent(office, GOOD)
    other = samira()
    page = sign_in(Client(), other).post(ADDRESS, {"kept": look.context["kept"]})
    assert page.status_code == 422
    assert "Kies het nog een keer" in page.text
    assert office.post(ADDRESS, {"kept": "onzin"}).status_code == 422
    assert office.post(ADDRESS, {}).status_code == 422


def test_hostile_cells_and_columns_are_only_text(office):
    page = sent(office, "ambitie;naam;vanaf;nummer;<img src=x onerror=alert(1)>\n<script>alert(1)</script>;x;x;1;y\n")
    assert "&lt;script&gt;alert(1)" in page.text
    assert "<script>alert(1)" not in page.text
    assert "<img src=x" not in page.text


def test_what_is_downloaded_can_be_taken_in_again(office):
    by = samira()
    make_programme(by)
    for prefix in ("", "/en"):
        file = office.get(prefix + "/werk/opgaven/opgaven.csv")
        assert file["Content-Type"] == "text/csv; charset=utf-8"
        report = load_programme(file.content, by=by, at=timezone.now())
        assert str(report) == "0 added, 0 changed, 3 same, 0 refused"


def test_a_thousand_rows_cost_as_many_queries_as_ten(office, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost(number):
        rows = "".join(f"buurt;;taak-{number}-{n};Taak {n};;;1-1-2024;\n" for n in range(number))
        with CaptureQueriesContext(connection) as captured:
            load(HEAD + "buurt;1;;Buurt;;;1-1-2024;\n" + rows)
        return len(captured)

    load(HEAD + "buurt;1;;Buurt;;;1-1-2024;\n")
    assert cost(400) == cost(10)
