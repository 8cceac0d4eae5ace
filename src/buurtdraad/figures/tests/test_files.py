"""Files: the real samples, and files that are not as they should be."""

import csv
import json
import shutil
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from buurtdraad.audit.models import Event
from buurtdraad.figures.models import Import, Indicator, Measurement
from buurtdraad.figures.sources import open_file
from buurtdraad.figures.sources.mapping import read_mapping
from buurtdraad.lib.bad_source import BadSource
from buurtdraad.places.models import Area

CITY = "cbs_odata_v3_84799NED_"


def rows_of(path, **options):
    return {(row.indicator_code, row.area_code): row for row in open_file(path, **options).rows}


def values_of(path, **options):
    return {key: row.missing or row.value for key, row in rows_of(path, **options).items()}


@pytest.fixture
def odata3(shared, tmp_path):
    """The recorded table in a folder of its own, to damage at will."""
    for part in ("TypedDataSet_utrecht", "TableInfos", "DataProperties"):
        shutil.copyfile(shared / "contracts" / f"{CITY}{part}.json", tmp_path / f"{CITY}{part}.json")
    return tmp_path


def change(folder, part, deed):
    path = next(folder.glob(f"*{part}*.json"))
    found = json.loads(path.read_text())
    deed(found.get("value", found))
    path.write_text(json.dumps(found))


def test_odata_3_gives_codes_without_padding_and_the_year_of_the_table(odata3):
    read = open_file(odata3)
    rows = list(read.rows)
    assert {row.year for row in rows} == {2020}
    assert (read.origin.table, read.origin.modified) == ("84799NED", "2021-03-26T02:00:00")
    assert len({row.area_code for row in rows}) == 122
    assert all(row.area_code == row.area_code.strip() for row in rows)
    values = {(row.indicator_code, row.area_code): row.missing or row.value for row in rows}
    assert values["inwoners", "GM0344"] == 357_597
    assert values["afstand-supermarkt", "GM0344"] == Decimal("0.6")
    assert values["oppervlakte", "BU03440321"] == 65


def test_a_column_that_is_empty_everywhere_is_not_published_yet_else_a_cell_is_secret(odata3):
    values = values_of(odata3)
    assert values["woz", "GM0344"] == "not_yet"
    assert [key for key, value in values.items() if value == "secret" and key[0] == "huishoudgrootte"]
    assert not [key for key, value in values.items() if value == "not_yet" and key[0] == "huishoudgrootte"]


def test_a_column_that_moved_is_found_by_its_stem(odata3):
    before = values_of(odata3)
    change(odata3, "TypedDataSet", lambda rows: [row.update({"AantalInwoners_99": row.pop("AantalInwoners_5")}) for row in rows])
    assert values_of(odata3) == before
    change(odata3, "TypedDataSet", lambda rows: [row.update({"AantalInwoners_7": 0}) for row in rows])
    with pytest.raises(BadSource, match="two columns could be 'inwoners'"):
        rows_of(odata3)


def test_a_share_that_became_a_count_is_refused(odata3):
    change(odata3, "DataProperties", lambda rows: [row.update(Unit="aantal") for row in rows if row["Key"] == "HuurwoningenTotaal_41"])
    with pytest.raises(BadSource, match=r"HuurwoningenTotaal_41 is in 'aantal'; 'huurwoningen' needs '%'"):
        rows_of(odata3)


def test_a_table_that_lacks_the_year_is_refused_unless_the_year_is_given(odata3):
    change(odata3, "TableInfos", lambda infos: infos.update(Period=""))
    with pytest.raises(BadSource, match=f"{CITY}TypedDataSet_utrecht.json: it does not say which year"):
        rows_of(odata3)
    assert {row.year for row in rows_of(odata3, year=2020).values()} == {2020}


def test_a_year_that_contradicts_the_table_is_refused(odata3):
    with pytest.raises(BadSource, match="it says that it is about 2020, not about 2025"):
        rows_of(odata3, year=2025)


def test_a_truncated_json_is_refused_with_its_line(odata3):
    path = odata3 / f"{CITY}TypedDataSet_utrecht.json"
    path.write_bytes(path.read_bytes()[:100_000])
    with pytest.raises(BadSource, match=r"TypedDataSet_utrecht.json, row \d+: it breaks off or is not JSON"):
        rows_of(odata3)


@pytest.mark.parametrize(
    ("deed", "cause"),
    [
        (lambda rows: rows[7].update(AantalInwoners_5="veel"), "row 8: AantalInwoners_5: 'veel' is not a number"),
        (lambda rows: rows[7].update(AantalInwoners_5=True), "row 8: AantalInwoners_5: 'True' is not a number"),
        (lambda rows: rows[7].update(WijkenEnBuurten="   "), "row 8: it has no code of an area"),
        (lambda rows: rows[7].pop("AantalInwoners_5"), "row 8: column AantalInwoners_5 is missing"),
        (lambda rows: rows.clear(), "there are no rows in it"),
        (lambda rows: [row.pop("WijkenEnBuurten") and row.pop("Codering_3") for row in rows], "no column with codes of areas"),
    ],
)
def test_a_wrong_cell_is_named_by_file_row_and_cause(odata3, deed, cause):
    change(odata3, "TypedDataSet", deed)
    with pytest.raises(BadSource, match=cause) as refusal:
        rows_of(odata3)
    assert refusal.value.problems[0].file.endswith("TypedDataSet_utrecht.json")


def test_a_page_that_announces_more_pages_is_not_the_whole_table(odata3):
    path = odata3 / f"{CITY}TypedDataSet_utrecht.json"
    found = json.loads(path.read_text()) | {"odata.nextLink": "http://opendata.cbs.nl/x"}
    path.write_text(json.dumps(found))
    with pytest.raises(BadSource, match="more pages follow"):
        rows_of(odata3)


def test_an_error_saved_as_a_file_is_told(shared, tmp_path):
    path = tmp_path / "TypedDataSet.json"
    shutil.copyfile(shared / "contracts" / "GECONSTRUEERD_cbs_odata_v3_error.json", path)
    with pytest.raises(BadSource, match="Resource not found for the segment"):
        rows_of(path)


def test_a_web_page_is_not_data(tmp_path):
    path = tmp_path / "TypedDataSet.json"
    path.write_text("<!doctype html><title>Onderhoud</title>")
    with pytest.raises(BadSource, match="web page"):
        rows_of(path)


def test_odata_4_pages_are_read_together(shared):
    rows = rows_of(shared / "contracts" / "GECONSTRUEERD_cbs_odata_v4_Observations_p1.json", year=2020)
    assert {code for code, _ in rows} == {"inwoners", "huishoudens"}
    assert len({area for _, area in rows}) == 30
    assert rows["inwoners", "GM0344"].value == 357_597


def test_odata_4_without_its_properties_needs_a_year(shared):
    with pytest.raises(BadSource, match="which year"):
        rows_of(shared / "contracts" / "GECONSTRUEERD_cbs_odata_v4_Observations_p1.json")


def test_the_csv_of_2025_gives_euros_and_secrets(shared):
    values = values_of(shared / "places" / "kwb_2025.csv", year=2025)
    assert values["woz", "BU03440111"] == 462_000
    assert values["corporatiewoningen", "BU03440111"] == 0
    assert values["inwoners", "BU03440911"] == 0
    assert values["huurwoningen", "BU03440911"] == "secret"


def test_the_csv_of_2020_with_names_of_odata_needs_no_mapping(shared):
    values = values_of(shared / "places" / "kwb_2020.csv", year=2020)
    assert values["inwoners", "GM0344"] == 357_597
    assert values["autos-per-huishouden", "GM0344"] == Decimal("0.7")


def test_a_csv_without_a_year_is_refused(shared):
    with pytest.raises(BadSource, match="give it with --year"):
        rows_of(shared / "places" / "kwb_2025.csv")


def test_the_full_columns_of_2025_with_dots(shared, tmp_path):
    sample = json.loads((shared / "contracts" / "cbs_kwb2025_xlsx_3rijen.json").read_text())
    path = tmp_path / "kwb2025.csv"
    with path.open("w", newline="") as file:
        lines = csv.DictWriter(file, sample["kolommen"], delimiter=";")
        lines.writeheader()
        lines.writerows(
            {key: str(cell).replace(".", ",") if isinstance(cell, float) else cell for key, cell in row.items()} for row in sample["rijen"]
        )
    values = values_of(path, year=2025)
    assert values["werk", "WK034407"] == "not_yet"
    assert values["huishoudgrootte", "WK034407"] == Decimal("1.8")
    assert values["herkomst-nederland", "WK034407"] == 17_695
    assert ("afstand-school", "BU03440626") in values


# --- mappings
SAFETY = """
code = "gebied"
year_column = "jaar"
empty = "not_applicable"
source = "Inwonersenquête gemeente Utrecht"
licence = "CC0 1.0"
[columns]
veilig = "voelt-zich-veilig"
inw = "inwoners"
[indicators.voelt-zich-veilig]
name = "Voelt zich veilig"
kind = "share"
unit = "%"
good = "up"
[indicators.voelt-zich-veilig.texts]
en = "Feels safe"
"""


def write(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_city_brings_its_own_figures_by_a_mapping(put, loader, tmp_path, dutch):
    mapping = write(tmp_path, "m.toml", SAFETY)
    table = write(tmp_path, "enquete.csv", "gebied;jaar;veilig;inw\nWK034402;2023;71,5;45.050\nWK034402;2025;;45.050\nGM0344;2025;80;\n")
    call_command("load_figures", table, mapping=mapping)
    stored = Measurement.objects.filter(indicator__code="voelt-zich-veilig").order_by("area__code", "year")
    assert [(one.area.code, one.year, one.value, one.missing) for one in stored] == [
        ("GM0344", 2025, 80, ""),
        ("WK034402", 2023, Decimal("71.5"), ""),
        ("WK034402", 2025, None, "not_applicable"),
    ]
    assert Measurement.objects.get(indicator__code="inwoners", year=2023).value == 45_050
    assert Import.objects.get().source == "Inwonersenquête gemeente Utrecht"
    assert Indicator.objects.get(code="voelt-zich-veilig").texts == {"en": "Feels safe"}


def test_a_mapping_as_csv(tmp_path):
    mapping = read_mapping(write(tmp_path, "m.csv", "column,indicator\nwoz_keur_2025,woz\n"))
    table = write(tmp_path, "t.csv", "code,woz_keur_2025\nBU03440111,462\n")
    assert values_of(table, mapping=mapping, year=2025) == {("woz", "BU03440111"): 462_000}


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("columns = [", "it is not TOML"),
        ('kolommen = "x"', "kolommen, which means nothing here"),
        ('[columns]\nx = "onbekend"', r"describe it under \[indicators.onbekend\]"),
        ('[indicators.veilig]\nname = "Veilig"', "needs a name and a kind"),
        ('[indicators.veilig]\nname = "Veilig"\nkind = "gevoel"', "kind = 'gevoel' is not right"),
        ('[indicators.veilig]\nname = "Veilig"\nkind = "share"\ncode = "x"', "code = 'x' is not right"),
        ('[indicators.woz]\nname = "W"\nkind = "amount"', "an indicator that the product knows already"),
        ('empty = "leeg"', "`empty` is one of"),
    ],
)
def test_a_mistake_in_a_mapping_is_named(tmp_path, text, cause):
    with pytest.raises(BadSource, match=cause):
        read_mapping(write(tmp_path, "m.toml", text))


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("", "row 1: the first line holds no names"),
        ("code,a_inw\n", "there are no rows in it"),
        ("gebied,a_inw\nBU03440201,5\n", "row 1: there is no column with codes"),
        ("code,a_inw,a_inw\nBU03440201,5,6\n", "row 1: a column stands there twice: a_inw"),
        ("code,onbekend\nBU03440201,5\n", "not one of its columns is a key figure"),
        ("code,a_inw\nBU03440201,5\nBU0344", "row 3: it has another number of cells"),
        ("code,a_inw\nBU03440201,5,6\n", "row 2: it has another number of cells"),
        ('code,a_inw\n"BU03440201,5\n', "it breaks off or is not CSV"),
        ("code,a_inw\nBU03440201,vijf\n", "row 2: a_inw: 'vijf' is not a number"),
        ("code,a_inw\nBU03440201,NaN\n", "row 2: a_inw: 'NaN' is not a number"),
        ("code,a_inw\n,5\n", "row 2: it has no code"),
        ("code,jaar,a_inw\nBU03440201,,5\n", "row 2: it does not say which year"),
    ],
)
def test_a_bad_csv_is_named_by_file_row_and_cause(tmp_path, text, cause):
    table = write(tmp_path, "t.csv", text)
    with pytest.raises(BadSource, match=f"^t.csv.*{cause}"):
        rows_of(table, year=None if "jaar" in text else 2025)


def test_a_csv_in_another_encoding_is_refused(tmp_path):
    table = tmp_path / "t.csv"
    table.write_bytes("code,naam,a_inw\nBU03440201,Máximapark,5\n".encode("latin-1"))
    with pytest.raises(BadSource, match="UTF-8"):
        rows_of(table, year=2025)


@pytest.mark.parametrize(("cell", "reason"), [("-99997", "secret"), ("-99995", "not_yet"), ("-99991", "not_applicable"), (".", "secret")])
def test_the_signs_of_cbs_are_reasons(tmp_path, cell, reason):
    table = write(tmp_path, "t.csv", f"code,a_inw\nBU03440201,{cell}\nBU03440202,5\n")
    assert values_of(table, year=2025)["inwoners", "BU03440201"] == reason


def test_a_bad_row_at_the_end_leaves_nothing_half_loaded(put, tmp_path):
    lines = "".join(f"BU034402{number:02},{number}\n" for number in range(1, 10))
    table = write(tmp_path, "t.csv", f"code,a_inw\n{lines}BU03440210,veel\n")
    with pytest.raises(CommandError, match=r"t.csv, row 11: a_inw: 'veel' is not a number"):
        call_command("load_figures", table, year=2025)
    assert not Measurement.objects.exists()
    assert not Event.objects.exists()
    assert not Indicator.objects.exists()


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(BadSource, match="it is not there"):
        rows_of(tmp_path / "niets.csv")


@pytest.mark.django_db
def test_both_tables_of_utrecht_load_and_load_again_without_change(shared, capsys):
    Area.objects.bulk_create(
        Area(code=row["code"], kind={"gemeente": "municipality", "wijk": "district", "buurt": "neighbourhood"}[row["niveau"]])
        for row in csv.DictReader((shared / "places" / "kwb_2025.csv").read_text(encoding="utf-8").splitlines())
    )
    for _ in range(2):
        call_command("load_figures", shared / "places" / "kwb_2020.csv", year=2020)
        call_command("load_figures", shared / "places" / "kwb_2025.csv", year=2025)
    assert " 0 new, 0 changed, 854 the same." in capsys.readouterr().out.splitlines()[-1]
    assert Import.objects.count() == 2
    people = Measurement.objects.filter(indicator__code="inwoners", area__code="BU03440934").order_by("year")
    assert list(people.values_list("year", "value")) == [(2020, 790), (2025, 3_280)]
