import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.ui.csv import as_csv, csv_response, file_name

TRICKS = [
    "=1+1",
    "+31 6 12345678",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    '"=1',
    "'=1",
    ' "\t=cmd|x',
    "\u00a0=1",
    "\ufeff=1",
    "\uff1d1",
    "|calc",
    "%0A=1",
]


def cells(text, delimiter=";"):
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


@pytest.mark.parametrize("trick", TRICKS)
def test_text_that_a_spreadsheet_would_run_stays_text(trick):
    for row in cells(as_csv([trick], [[trick]], language="nl")):
        assert row == ["'" + trick]


@pytest.mark.parametrize("text", ["Ondiep/2e Daalsebuurt", "'s-Gravenhage", "a;b", 'zei "ja"', "twee\nregels", "", "2e =1"])
def test_other_text_comes_back_as_it_was(text):
    assert cells(as_csv(["naam"], [[text, "x"]], language="nl"))[1] == [text, "x"]


def test_numbers_stay_numbers_as_the_language_writes_them():
    row = [-3, -4.5, Decimal("1E+3"), True, None]
    assert cells(as_csv(["a"], [row], language="nl"))[1] == ["-3", "-4,5", "1000", "1", ""]
    assert cells(as_csv(["a"], [row], language="en"), ",")[1] == ["-3", "-4.5", "1000", "1", ""]


@given(st.lists(st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), min_size=1), min_size=1, max_size=5))
def test_no_cell_is_lost_split_or_run(texts):
    (_head, row) = cells(as_csv(["a"], [texts], language="nl"))
    assert all(cell in {text, "'" + text} for cell, text in zip(row, texts, strict=True))
    assert not any(cell[:1] in set("=+-@\t\r\n") for cell in row)


def test_a_download_is_utf8_with_a_mark_for_spreadsheets():
    response = csv_response("cijfers", ["Buurt"], [["Één"]], language="nl")
    assert response.content.startswith(b"\xef\xbb\xbfBuurt\r\n\xc3\x89")
    assert response["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Cijfers Één", "cijfers-een"),
        ('x";\r\nSet-Cookie: a', "x-set-cookie-a"),
        ("../../etc/passwd", "etcpasswd"),
        ("", "tabel"),
        ("a" * 300, "a" * 80),
    ],
)
def test_a_file_name_is_harmless(name, expected):
    assert file_name(name) == expected
