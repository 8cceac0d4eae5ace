"""A table as an Excel file, read back by our own reader and by the check of documents."""

import datetime
import io
import zipfile
from decimal import Decimal

import pytest

from buurtdraad.lib.tables import spreadsheet
from buurtdraad.lib.tables.reading import TableRefused
from buurtdraad.lib.tables.workbook import MAIN, as_xlsx
from buurtdraad.lib.uploads import documents
from buurtdraad.ui.euros import NoAmount, read_euros


def test_what_is_written_can_be_read():
    content = as_xlsx("Werk", ["wat", "dag", "euro"], [["Bomen", datetime.date(2027, 12, 31), Decimal("12.50")], ["Park", None, 3]])
    assert spreadsheet.as_csv(content).decode().splitlines() == ["wat,dag,euro", "Bomen,46752,12.5", "Park,,3"]
    assert documents.check(io.BytesIO(content), most_bytes=1_000_000).kind == "xlsx"


SHEET = "xl/worksheets/sheet1.xml"


def read(rows):
    """What we read of an Excel file with these rows, as Excel writes them."""
    with zipfile.ZipFile(io.BytesIO(as_xlsx("1", ["x"], []))) as empty:
        parts = {name: empty.read(name) for name in empty.namelist()}
    parts[SHEET] = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return spreadsheet.as_csv(made.getvalue()).decode().splitlines()


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("1.1000000000000001", "1.1"),
        ("1234.5599999999999", "1234.56"),
        ("46387", "46387"),
        ("0.8125", "0.8125"),
        ("1.1574074074074073E-5", "0.0000115740740740741"),
        ("2E3", "2000"),
        ("-12.5", "-12.5"),
        ("3551000000000001", "3551000000000001"),
    ],
)
def test_a_number_is_read_as_excel_shows_it(kept, shown):
    assert read(f'<row r="1"><c r="A1"><v>{kept}</v></c></row>') == [shown]


def test_a_number_of_three_decimals_never_becomes_thousands_of_euros():
    (text,) = read('<row r="1"><c r="A1"><v>33.332999999999998</v></c></row>')
    assert float(text) == 33.333
    with pytest.raises(NoAmount):
        read_euros(text)


def test_a_row_keeps_its_number_when_the_sheet_leaves_empty_rows_out():
    assert read('<row r="1"><c><v>1</v></c></row><row r="4"><c><v>4</v></c></row><row><c><v>5</v></c></row>') == ["1", "", "", "4", "5"]


def test_a_cell_far_below_the_table_is_refused_and_an_empty_row_there_costs_nothing():
    first = '<row r="1"><c><v>1</v></c></row>'
    assert read(first + '<row r="1048576"><c/></row>') == ["1"]
    with pytest.raises(TableRefused, match="10000"):
        read(first + '<row r="1048576"><c><v>2</v></c></row>')


def test_hostile_words_are_only_words():
    hostile = ["=cmd|' /C calc'!A0", "<script>&\"'", "a\x00b\x0bc", "]]>"]
    lines = spreadsheet.as_csv(as_xlsx("[x]:*?/\\'\"", ["a", "b", "c", "d"], [hostile])).decode()
    assert "=cmd" in lines
    assert "abc" in lines
    assert "<script>&" in lines
