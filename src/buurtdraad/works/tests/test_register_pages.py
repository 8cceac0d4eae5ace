"""Pages on which files of works are taken in, undone and made; and all works as a file again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from buurtdraad.lib.tables import spreadsheet
from buurtdraad.lib.tables.workbook import as_xlsx
from buurtdraad.works.actions import registers
from buurtdraad.works.models import Register, RegisterLoad, Work
from buurtdraad.works.states import WorkKind

pytestmark = pytest.mark.django_db
PASTE, LISTS = "/werk/projecten/plakken/", "/werk/projecten/lijsten/"
ROWS = "wat\twaar\tafdeling\ttot wanneer\nBankje\tGeuzenwijk\tRuimte\t1 mei 2027\nRommel\tNergens\tRuimte\t2027\n"


def file_of(text, name="lijst.csv"):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


@pytest.fixture
def register(noor):
    return registers.make_register(name="Projectenlijst", department="Ruimte", by=noor, at=timezone.now())


def kept(answer):
    return answer.context["kept"]


# --- pasting ---------------------------------------------------------------------------------------------


def test_rows_are_looked_at_first_then_taken_in_then_undone(noor, signed_in):
    client = signed_in(noor)
    looked = client.post(PASTE, {"pasted": ROWS})
    assert looked.status_code == 200
    assert "Wij kennen de buurt Nergens niet." in looked.text
    assert not Work.objects.exists()
    done = client.post(PASTE, {"kept": kept(looked)})
    assert Work.objects.get().title == "Bankje"
    assert "Dit is gedaan:" in done.text
    load = RegisterLoad.objects.get()
    page = client.get(f"/werk/projecten/ingelezen/{load.uuid}/")
    assert "1 nieuw projectblad gaat weg." in page.text
    client.post(f"/werk/projecten/ingelezen/{load.uuid}/")
    assert not Work.objects.exists()
    assert "ongedaan gemaakt" in client.get(PASTE).text


def test_a_sheet_of_excel_is_taken_in_too(noor, signed_in):
    day = timezone.localdate().replace(year=2030)
    content = as_xlsx("Blad", ["wat", "waar", "afdeling", "tot wanneer"], [["Bankje", "Geuzenwijk", "Ruimte", day]])
    client = signed_in(noor)
    client.post(PASTE, {"kept": kept(client.post(PASTE, {"pasted": "", "file": file_of(content, "blad.xlsx")}))})
    assert Work.objects.get().until_on == day


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"pasted": ""}, "Kies een bestand of plak een tabel."),
        ({"pasted": "wat\tkleur\nBankje\tgroen\n"}, "Wij zien niet welke kolom dit is: Tot wanneer?"),
        ({"pasted": '{"features": [{"properties": {"wat": "x", "tot": "2027"}}]}'}, "leest uw beheerder in"),
        ({"kept": "verzonnen"}, "Het is te lang geleden dat wij naar dit bestand keken."),
    ],
)
def test_what_cannot_be_read_says_why(noor, signed_in, sent, says):
    answer = signed_in(noor).post(PASTE, sent)
    assert answer.status_code == 422
    assert says in answer.text


def test_rows_that_wait_are_of_who_pasted_them(noor, joris, signed_in):
    waits = kept(signed_in(noor).post(PASTE, {"pasted": ROWS}))
    assert signed_in(joris).post(PASTE, {"kept": waits}).status_code == 422


def test_what_somebody_else_pasted_is_not_there(noor, joris, tom, signed_in):
    client = signed_in(joris)
    client.post(PASTE, {"kept": kept(client.post(PASTE, {"pasted": ROWS}))})
    address = f"/werk/projecten/ingelezen/{RegisterLoad.objects.get().uuid}/"
    assert signed_in(tom).get(address).status_code == 404
    assert signed_in(noor).get(address).status_code == 200


def test_what_was_taken_in_of_a_list_is_seen_by_who_keeps_lists_and_undone_by_who_did_it(noor, joris, tom, signed_in, register):
    registers.keep_mapping(register, {"title": "wat", "until_on": "tot"}, by=noor, at=timezone.now())
    client, address = signed_in(noor), f"{LISTS}{register.uuid}/"
    client.post(address, {"kept": kept(client.post(address, {"file": file_of("wat;waar;tot\nRiool;Geuzenwijk;2027\n")}))})
    loaded = f"/werk/projecten/ingelezen/{RegisterLoad.objects.get().uuid}/"
    assert signed_in(tom).get(loaded).status_code == 404
    page = signed_in(joris).get(loaded)
    assert "Riool" in page.text
    assert "Maak dit ongedaan" not in page.text
    assert signed_in(joris).post(loaded).status_code == 403
    assert Work.objects.exists()
    signed_in(noor).post(loaded)
    assert not Work.objects.exists()


def test_a_resident_pastes_nothing(kees, signed_in):
    assert signed_in(kees).get(PASTE).status_code == 403
    assert signed_in(kees).get(LISTS).status_code == 403


def test_a_colleague_without_an_area_keeps_no_lists(tom, signed_in):
    assert signed_in(tom).get(PASTE).status_code == 200
    assert signed_in(tom).get(LISTS).status_code == 403


# --- lists that come back --------------------------------------------------------------------------------


def test_a_list_is_made_once(noor, signed_in):
    client = signed_in(noor)
    assert "Er is nog geen lijst" in client.get(LISTS).text
    sent = {"name": "Straatwerk", "department": "Stadsbedrijven", "kind": "maintenance"}
    assert client.post(f"{LISTS}nieuw/", sent).status_code == 302
    assert Register.objects.get().kind == WorkKind.MAINTENANCE
    again = client.post(f"{LISTS}nieuw/", sent)
    assert again.status_code == 422
    assert "Er is al een lijst met deze naam." in again.text
    assert "nog nooit ingelezen" in client.get(LISTS).text


def test_which_column_is_which_is_asked_the_first_time_only(noor, signed_in, register):
    client, address = signed_in(noor), f"{LISTS}{register.uuid}/"
    first = "Id;Werk aan;Buurtnaam;Gereed\n1;Riool;Geuzenwijk;2027\n2;Bomen;Schaakbuurt;2027\n"
    asked = client.post(address, {"file": file_of(first)})
    assert "Welke kolom is wat?" in asked.text
    assert not Work.objects.exists()
    sent = {"kept": kept(asked), "step": "map", "title": "Werk aan", "areas": "Buurtnaam", "until_on": "Gereed", "external": "Id"}
    wrong = client.post(address, sent | {"until_on": "Werk aan"})
    assert wrong.status_code == 422
    assert "U koos deze kolom al voor “Wat?”." in wrong.text
    looked = client.post(address, sent)
    assert "Nieuw: 2" in looked.text
    client.post(address, {"kept": kept(looked)})
    assert Work.objects.filter(register=register).count() == 2
    second = first.replace("1;Riool;Geuzenwijk;2027", "1;Riool;Geuzenwijk;2028").replace("2;Bomen;Schaakbuurt;2027\n", "")
    seen = client.post(address, {"file": file_of(second)})
    assert "31-12-2027" in seen.text
    assert "31-12-2028" in seen.text
    assert "Niet meer in het bestand" in seen.text
    assert "Bomen" in seen.text
    assert Work.objects.get(external="1").until_on.year == 2027
    client.post(address, {"kept": kept(seen)})
    assert Work.objects.get(external="1").until_on.year == 2028


def test_a_heading_that_is_gone_asks_again(noor, signed_in, register):
    registers.keep_mapping(register, {"title": "Werk aan", "until_on": "Gereed"}, by=noor, at=timezone.now())
    address = f"{LISTS}{register.uuid}/"
    asked = signed_in(noor).post(address, {"file": file_of("Werk aan;Waar;Klaar op\nRiool;Geuzenwijk;2027\n")})
    assert "Welke kolom is wat?" in asked.text


def test_other_columns_can_be_chosen_before_it_is_done(noor, signed_in, register):
    registers.keep_mapping(register, {"title": "a", "until_on": "b"}, by=noor, at=timezone.now())
    client, address = signed_in(noor), f"{LISTS}{register.uuid}/"
    looked = client.post(address, {"file": file_of("a;b;waar\nRiool;2027;Geuzenwijk\n")})
    asked = client.post(address, {"kept": kept(looked), "step": "again"})
    assert "Welke kolom is wat?" in asked.text


def test_hostile_headings_and_rows_are_shown_as_words(noor, signed_in, register):
    client, address = signed_in(noor), f"{LISTS}{register.uuid}/"
    bad = "<script>alert(1)</script>"
    asked = client.post(address, {"file": file_of(f"{bad};x;y\n{bad};2027;{bad}\n")})
    looked = client.post(address, {"kept": kept(asked), "step": "map", "title": bad, "until_on": "x", "areas": "y"})
    for answer in (asked, looked):
        assert "<script>alert(1)" not in answer.text


def test_one_list_or_three_take_as_many_queries(noor, signed_in):
    client, counts = signed_in(noor), []
    for number in (1, 3):
        for n in range(number):
            registers.make_register(name=f"Lijst {number} {n}", department="Ruimte", by=noor, at=timezone.now())
        with CaptureQueriesContext(connection) as queries:
            client.get(LISTS)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- as a file again ---------------------------------------------------------------------------------------


def test_what_goes_out_as_a_table_comes_in_as_the_same(noor, signed_in, make_work):
    make_work("=1+1 bomen", codes=("BU03440241", "BU03440242"), where="Wilgenhof, hoek"), make_work("Riool")
    client = signed_in(noor)
    table = client.get("/werk/projecten/bestand.csv").getvalue()
    looked = client.post(PASTE, {"pasted": "", "file": file_of(table)})
    assert [one.outcome for one in looked.context["report"].rows] == ["same", "same"]
    assert b"'=1+1" in table


def test_the_workbook_can_be_read_as_one(noor, signed_in, make_work):
    make_work("<b>Bomen</b> & =1+1")
    content = signed_in(noor).get("/werk/projecten/bestand.xlsx").content
    lines = spreadsheet.as_csv(content).decode().splitlines()
    assert lines[0].startswith("wat,waar,straat,afdeling")
    assert lines[1].startswith("<b>Bomen</b> & =1+1,Geuzenwijk,")


def test_a_part_can_be_taken_and_nonsense_takes_nothing_away(noor, signed_in, make_work):
    make_work("Hier"), make_work("Daar", codes=("BU03440321",)), make_work("Asfalt", kind=WorkKind.MAINTENANCE)
    client = signed_in(noor)

    def titles(query):
        return {
            line.split(";")[0]
            for line in client.get(f"/werk/projecten/bestand.csv?{query}").getvalue().decode("utf-8-sig").splitlines()[1:]
        }

    assert titles("gebied=WK034403") == {"Daar"}
    assert titles("soort=maintenance") == {"Asfalt"}
    assert titles("soort=%00x&pagina=-1") == {"Hier", "Daar", "Asfalt"}
    assert titles("gebied=nergens") == set()


@pytest.mark.parametrize("form", ["csv", "geojson"])
def test_an_export_takes_as_many_queries_for_one_as_for_three(noor, signed_in, make_work, form):
    client, counts = signed_in(noor), []
    for number in (1, 3):
        for n in range(number):
            make_work(f"Werk {number} {n}")
        with CaptureQueriesContext(connection) as queries:
            assert f"Werk {number} 0".encode() in client.get(f"/werk/projecten/bestand.{form}").getvalue()
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(("start", "step"), [("", b"Gepland"), ("/en", b"Planned"), ("/nl-x-simpel", b"Gepland")])
def test_a_file_is_sent_while_it_is_read_in_the_language_of_who_asked(noor, signed_in, make_work, start, step):
    make_work("Bomen"), make_work("Riool", external="~eigen")
    for path in ("bestand.csv", "projecten.csv", "bestand.geojson"):
        answer = signed_in(noor).get(f"{start}/werk/projecten/{path}")
        assert answer.streaming
        with translation.override("de"):  # by then the thread may be on another request
            content = answer.getvalue()
        assert content.count(step) == 2
        assert b"~eigen" not in content


def test_the_names_of_areas_are_in_one_cell_by_name(noor, signed_in, make_work):
    make_work("Bomen", codes=("BU03440242", "BU03440241"))
    client = signed_in(noor)
    assert b";Geuzenwijk | Schaakbuurt;" in client.get("/werk/projecten/bestand.csv").getvalue()
    assert b";Geuzenwijk, Schaakbuurt;" in client.get("/werk/projecten/projecten.csv").getvalue()
