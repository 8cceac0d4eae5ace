import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.messages import rules
from buurtdraad.messages.states import MOVES, Stage

drawn = st.text(alphabet=rules.LETTERS, min_size=7, max_size=7)


@given(drawn, st.integers(0, 7), st.sampled_from(rules.LETTERS))
def test_one_wrong_character_of_a_slip_is_seen(seven, place, other):
    number = seven + rules.check_of(seven)
    mistyped = number[:place] + other + number[place + 1 :]
    if mistyped == number:
        assert rules.slip_number(mistyped) == number
    else:
        with pytest.raises(rules.NotASlip):
            rules.slip_number(mistyped)


@given(drawn, st.integers(0, 5))
def test_two_characters_of_a_slip_in_the_wrong_order_are_seen(seven, place):
    number = seven + rules.check_of(seven)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        with pytest.raises(rules.NotASlip):
            rules.slip_number(swapped)


def test_a_slip_is_read_however_it_is_typed():
    number = rules.new_slip_number()
    written = rules.as_written(number)
    assert rules.slip_number(f"  {written.lower()} ") == number
    assert rules.slip_number(written.replace("-", " ")) == number


@pytest.mark.parametrize("typed", ["", "ABCD", "ABCD-EFG", "0OIL-1111", "ABCDEFGHJ", "ÄBCD-EFGH", "' OR 1=1", "x" * 10_000])
def test_what_is_no_slip_is_refused(typed):
    with pytest.raises(rules.NotASlip):
        rules.slip_number(typed)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("06 12345678", "0612345678"),
        ("06-12 34 56 78", "0612345678"),
        ("(030) 286 00 00", "0302860000"),
        ("+31 6 12345678", "+31612345678"),
        ("0031612345678", "+31612345678"),
        ("+31 (0)6 12345678", "+31612345678"),
        ("+90 532 123 45 67", "+905321234567"),
    ],
)
def test_a_phone_number_is_read_as_people_write_it(typed, number):
    assert rules.phone_number(typed) == number


@pytest.mark.parametrize("typed", ["", "112", "bel mij", "0612345678901", "06123456\r\nBcc: x", "+0612345678", "0612345678;ext=1"])
def test_what_is_no_phone_number_is_refused(typed):
    with pytest.raises(rules.NotAPhoneNumber):
        rules.phone_number(typed)


@given(st.text())
def test_a_header_of_a_mail_is_one_short_line(text):
    line = rules.one_line(text)
    assert line.isprintable()
    assert len(line) <= rules.LONGEST_SUBJECT


@pytest.mark.parametrize("link", ["/", "/wensen/ZO-42/", "/mijn/?a=1&b=2#c"])
def test_a_path_of_ours_is_one(link):
    assert rules.is_path_of_ours(link)


@pytest.mark.parametrize(
    "link", ["", "//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/a b", "/a\r\nBcc: x", "wensen/"]
)
def test_a_link_to_elsewhere_is_none_of_ours(link):
    assert not rules.is_path_of_ours(link)


def test_waits_grow_and_end_after_about_a_day():
    waits = [rules.wait_after(attempt) for attempt in range(1, rules.MOST_ATTEMPTS)]
    assert waits == sorted(waits)
    assert 20 * 3600 < sum(waits) < 48 * 3600
    assert rules.wait_after(rules.MOST_ATTEMPTS) is None


def test_a_week_belongs_to_the_year_of_its_thursday():
    assert rules.week_of(datetime.date(2027, 1, 1)) == "2026-W53"


def test_months_follow_each_other():
    november = rules.month_of("2026-11")
    assert rules.month_before(november) == datetime.date(2026, 10, 1)
    assert rules.month_after(datetime.date(2026, 12, 31)) == datetime.date(2027, 1, 1)


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "1999-01", "2026-1", "２０２６-01"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError, match=r"month"):
        rules.month_of(text)


def test_the_table_of_moves_is_complete():
    assert set(MOVES) == set(Stage)
