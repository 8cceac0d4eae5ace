"""Tables as spreadsheets save them: read into lines, kept in the page, reported per row."""

import datetime

import pytest
from django.core import signing
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.lib.tables.keeping import packed, unpacked
from buurtdraad.lib.tables.reading import MOST_BYTES, Column, RowRefused, TableRefused, read
from buurtdraad.lib.tables.reports import Outcome, fit_each, refused_lines
from buurtdraad.ui.csv import as_csv

COLUMNS = (
    Column("name", ("naam", "name"), required=True, most=20),
    Column("until_on", ("tot en met", "until")),
    Column("text", ("tekst",), most=100, lines=True),
)


def rows(text, encoding="utf-8"):
    return [line.cells for line in read(text.encode(encoding), COLUMNS).lines]


@pytest.mark.parametrize("sign", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_same_table_in_every_shape_that_a_spreadsheet_saves(sign, encoding, end):
    text = end.join([f"naam{sign}tekst", f'Café Zuilen{sign}"een{sign} twee"', ""])
    assert rows(text, encoding) == [{"name": "Café Zuilen", "text": "een twee" if sign == "\t" else f"een{sign} twee"}]


def test_headings_in_any_order_and_language_with_capitals_and_accents():
    table = read(b"TEKST;Tot-en-met;N\xc3\xa1am;kleur\nx;31-12-2026;Kees;rood\n", COLUMNS)
    assert table.lines[0].cells == {"text": "x", "until_on": "31-12-2026", "name": "Kees"}
    assert table.ignored == ("kleur",)


def test_rows_have_the_number_that_the_spreadsheet_shows():
    found = read(b'naam;tekst\nEmine;"een\ntwee"\n\n;\nKees;x\n', COLUMNS).lines
    assert [(line.number, line.text("name")) for line in found] == [(2, "Emine"), (5, "Kees")]


def test_the_line_that_only_a_spreadsheet_reads_is_left_out():
    assert rows("sep=;\nnaam\nKees\n") == [{"name": "Kees"}]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "niets in dit bestand"),
        (b" \n;;\n", "niets in dit bestand"),
        (b"naam;tekst\n;;\n", "geen rijen"),
        (b"tekst\nx\n", "Deze kolommen zijn er niet: naam"),
        (b"naam;name\nx;y\n", "De kolom naam staat er twee keer"),
        (b'naam\nKees\n"Emine\n', "Rij 3 kunnen wij niet lezen"),
        (b"PK\x03\x04 and more", "CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "CSV"),
        (b"naam\nKe\0es\n", "Sla de tabel op als CSV"),
        (b"naam\nKe\x81es\n", "Sla de tabel op als CSV"),
        (b"\xff\xfeabc", "Sla de tabel op als CSV"),
        (b"naam\n" + b"x\n" * 10_001, "meer dan 10000 rijen"),
        (b"naam\n" + b"x" * MOST_BYTES, "2 MB"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_what_to_do(content, says):
    with pytest.raises(TableRefused, match=says):
        read(content, COLUMNS)


def test_ten_thousand_rows_are_read():
    assert len(read(b"naam\n" + b"x\n" * 10_000, COLUMNS).lines) == 10_000


@pytest.mark.parametrize(
    ("cell", "problem"),
    [("", "naam is leeg"), ("x" * 21, "naam is te lang"), ("\u200b\u202e", "naam is leeg"), ("K\ufffdes", "letters")],
)
def test_a_row_that_is_not_right_says_why(cell, problem):
    (line,) = read(f"naam;tekst\n{cell};x\n".encode(), COLUMNS).lines
    assert problem in line.problems["name"]


def test_a_row_says_all_that_is_wrong_with_its_cells():
    (line,) = read(f"naam;tot en met;tekst\n;1;{'x' * 101}\n".encode(), COLUMNS).lines
    assert line.problems == {"name": "naam is leeg.", "text": "tekst is te lang. Er mogen 100 tekens in staan."}


@given(st.text(max_size=15))
def test_what_we_wrote_ourselves_is_read_as_it_was(text):
    line = " ".join(text.split())
    (found,) = read(as_csv(["naam", "tekst"], [["x", line]], language="nl").encode("utf-8", "ignore"), COLUMNS).lines
    (plain,) = read(as_csv(["naam", "tekst"], [["x", found.text("text")]], language="nl").encode(), COLUMNS).lines
    assert plain.text("text") == found.text("text")


@pytest.mark.parametrize("formula", ["=1+1", "+31 6", "-x", "@a", "=cmd|' /C calc'!A0", "%x"])
def test_a_formula_is_text_here_and_harmless_in_what_we_give_back(formula):
    (line,) = read(f"naam;tekst\nx;{formula}\n".encode(), COLUMNS).lines
    assert line.text("text") == formula
    back = as_csv(["naam", "tekst"], [["x", formula]], language="nl")
    assert f"'{formula}" in back
    assert read(back.encode(), COLUMNS).lines[0].text("text") == formula


@pytest.mark.parametrize("text", ["2026-12-31", "31-12-2026", "31/12/2026", "31.12.2026", "46387", "46387.75"])
def test_days_as_people_and_programs_write_them(text):
    (line,) = read(f"naam;tot en met\nx;{text}\n".encode(), COLUMNS).lines
    assert line.day("until_on") == datetime.date(2026, 12, 31)


@pytest.mark.parametrize("text", ["31-31-2026", "morgen", "12/31/2026", "0001-01-01", "9999-12-31", "4638", "96387"])
def test_what_is_no_day_is_refused_with_an_example(text):
    (line,) = read(f"naam;tot en met\nx;{text}\n".encode(), COLUMNS).lines
    with pytest.raises(RowRefused, match="31-12-2026"):
        line.day("until_on")


def test_names_in_one_cell():
    (line,) = read(b'naam;tekst\nx;"Ondiep, Zuilen , ,Ondiep"\n', COLUMNS).lines
    assert line.names("text") == ["Ondiep", "Zuilen"]
    (line,) = read(b'naam;tekst\nx;"Bos, Hei | Zuilen"\n', COLUMNS).lines
    assert line.names("text") == ["Bos, Hei", "Zuilen"]


def test_the_report_has_each_row_in_the_order_of_the_file():
    table = read(b"naam\nEmine\nKees\n" + b"x" * 30 + b"\n", COLUMNS)

    def fit(line):
        if line.text("name") == "Kees":
            raise RowRefused("al weg")
        return line.text("name"), Outcome.ADDED

    report = fit_each(table, fit, lines=reversed(table.lines))
    assert [(row.number, row.outcome) for row in report.rows] == [(2, "added"), (3, "refused"), (4, "refused")]
    assert (str(report), report.changes) == ("1 added, 0 changed, 0 same, 2 refused", 1)
    assert refused_lines(report).splitlines()[1] == "row 3: al weg"


def test_all_that_is_wrong_with_a_row_is_told_at_once_and_what_hangs_on_it_is_not():
    table = read(b"naam;tot en met;tekst\n;31-31-2026;te veel\nKees;31-12-2026;goed\nEmine;morgen;goed\n", COLUMNS)
    fitted = []

    def good(text):
        if text != "goed":
            raise RowRefused(f"{text} is niet goed.", "Schrijf: goed.")
        return text

    def read_row(faults):
        name, day = faults.of("name", good, faults.line.text("name")), faults.day("until_on")
        text = faults.of("text", good, faults.line.text("text"))
        if faults.is_right("until_on", "text"):
            faults.say("name", f"{name}, {day} en {text} passen niet.")
        return faults.line.number

    def fit(number):
        fitted.append(number)
        return "", Outcome.ADDED

    report = fit_each(table, fit, read=read_row)
    assert [row.why for row in report.rows] == [
        "naam is leeg. 31-31-2026 is geen datum. Schrijf die als 31-12-2026. te veel is niet goed. Schrijf: goed.",
        "Kees is niet goed. Schrijf: goed. None, 2026-12-31 en goed passen niet.",
        "Emine is niet goed. Schrijf: goed. morgen is geen datum. Schrijf die als 31-12-2026.",
    ]
    assert fitted == []
    assert refused_lines(report).splitlines()[3].startswith("row 4: Emine is niet goed. Schrijf: goed. morgen")


def test_a_sentence_that_holds_for_several_cells_is_told_once():
    table = read("naam;tekst\nK\ufffdes;\ufffd\n".encode(), COLUMNS)
    (row,) = fit_each(table, lambda line: ("", Outcome.ADDED)).rows
    assert (row.outcome, row.why.count("UTF-8")) == (Outcome.REFUSED, 1)


def test_a_file_waits_in_the_page_for_who_brought_it_alone():
    kept = packed(b"naam\nKees\n", owner="partners:1")
    assert unpacked(kept, owner="partners:1") == b"naam\nKees\n"
    for text, owner in ((kept, "partners:2"), (kept, "challenges:1"), (kept[:-3] + "abc", "partners:1"), ("", "partners:1"), ("x:y:z", "")):
        with pytest.raises(TableRefused):
            unpacked(text, owner=owner)


def test_a_file_that_waited_too_long_is_asked_for_again(monkeypatch):
    kept = packed(b"naam\nKees\n", owner="x")
    later = signing.time.time() + 3 * 3600
    monkeypatch.setattr(signing.time, "time", lambda: later)
    with pytest.raises(TableRefused, match="te lang geleden"):
        unpacked(kept, owner="x")


def test_a_file_that_does_not_become_smaller_is_refused_when_a_form_cannot_hold_it():
    import random

    with pytest.raises(TableRefused, match="te groot"):
        packed(random.Random(1).randbytes(MOST_BYTES), owner="x")
