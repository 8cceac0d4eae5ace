"""A table as an Excel file, read back by our own reader and by the check of documents."""

import datetime
import io
from decimal import Decimal

from buurtdraad.lib.tables import spreadsheet
from buurtdraad.lib.tables.workbook import as_xlsx
from buurtdraad.lib.uploads import documents


def test_what_is_written_can_be_read():
    content = as_xlsx("Werk", ["wat", "dag", "euro"], [["Bomen", datetime.date(2027, 12, 31), Decimal("12.50")], ["Park", None, 3]])
    assert spreadsheet.as_csv(content).decode().splitlines() == ["wat,dag,euro", "Bomen,46752,12.50", "Park,,3"]
    assert documents.check(io.BytesIO(content), most_bytes=1_000_000).kind == "xlsx"


def test_hostile_words_are_only_words():
    hostile = ["=cmd|' /C calc'!A0", "<script>&\"'", "a\x00b\x0bc", "]]>"]
    lines = spreadsheet.as_csv(as_xlsx("[x]:*?/\\'\"", ["a", "b", "c", "d"], [hostile])).decode()
    assert "=cmd" in lines
    assert "abc" in lines
    assert "<script>&" in lines
