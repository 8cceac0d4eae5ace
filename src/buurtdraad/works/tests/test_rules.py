"""Days as people write them, milestones that wait for each other, and rows of money."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.works.rules import MoneyRow, Period, in_order, read_period, twice

TODAY = datetime.date(2026, 11, 28)


def days(first, last):
    return Period(datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("31-12-2027", "2027-12-31", "2027-12-31"),
        ("1/5/27", "2027-05-01", "2027-05-01"),
        ("2027-05-01", "2027-05-01", "2027-05-01"),
        ("1 mei 2027", "2027-05-01", "2027-05-01"),
        ("1 May 2027", "2027-05-01", "2027-05-01"),
        ("3 december", "2026-12-03", "2026-12-03"),
        ("3 november", "2027-11-03", "2027-11-03"),
        ("juni 2027", "2027-06-01", "2027-06-30"),
        ("feb. 2028", "2028-02-01", "2028-02-29"),
        ("06-2027", "2027-06-01", "2027-06-30"),
        ("november", "2026-11-01", "2026-11-30"),
        ("maart", "2027-03-01", "2027-03-31"),
        ("begin juni 2027", "2027-06-01", "2027-06-10"),
        ("medio juni 2027", "2027-06-11", "2027-06-20"),
        ("Eind juni 2027", "2027-06-21", "2027-06-30"),
        ("Q2 2027", "2027-04-01", "2027-06-30"),
        ("2e kwartaal 2027", "2027-04-01", "2027-06-30"),
        ("kwartaal 4 2027", "2027-10-01", "2027-12-31"),
        ("zomer 2027", "2027-06-01", "2027-08-31"),
        ("eerste helft van 2027", "2027-01-01", "2027-06-30"),
        ("2027", "2027-01-01", "2027-12-31"),
        ("eind 2027", "2027-10-01", "2027-12-31"),
    ],
)
def test_days_are_read_as_people_write_them(text, first, last):
    assert read_period(text, TODAY) == days(first, last)


@pytest.mark.parametrize(
    "text", ["", "snel", "31-02-2027", "29 februari 2027", "13-2027", "1899", "2200", "<script>", "1-1-1", "vóór 2027"]
)
def test_what_is_no_day_is_none(text):
    assert read_period(text, TODAY) is None


@given(st.text(max_size=40))
def test_any_text_is_days_in_order_or_none(text):
    found = read_period(text, TODAY)
    assert found is None or found.first <= found.last


@given(st.dates(min_value=datetime.date(2000, 1, 1), max_value=datetime.date(2100, 12, 31)))
def test_a_day_that_we_write_is_read_back(day):
    assert read_period(day.strftime("%d-%m-%Y"), TODAY) == Period(day, day)


def test_29_february_without_a_year_is_asked_again():
    assert read_period("29 februari", TODAY) is None


@pytest.mark.parametrize(
    ("waits_for", "so"),
    [
        ({}, True),
        ({1: None, 2: 1, 3: 1, 4: 3}, True),
        ({1: 1}, False),
        ({1: 2, 2: 1}, False),
        ({1: 2, 2: 3, 3: 4, 4: 2}, False),
        ({1: 9}, True),
    ],
)
def test_a_circle_of_steps_is_seen(waits_for, so):
    assert in_order(waits_for) is so


@given(st.dictionaries(st.integers(0, 30), st.integers(0, 30), max_size=30))
def test_steps_are_in_order_when_taking_away_those_that_wait_for_none_leaves_nothing(waits_for):
    left = dict(waits_for)
    while done := {step for step, other in left.items() if other not in left}:
        left = {step: other for step, other in left.items() if step not in done}
    assert in_order(waits_for) == (not left)


def test_a_source_and_year_that_stand_there_twice_are_seen():
    rows = [MoneyRow("state", 2026), MoneyRow("state", 2027), MoneyRow("state", 2026)]
    assert twice(rows) == {("state", 2026)}
