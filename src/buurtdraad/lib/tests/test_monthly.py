"""On which day the question of the month is asked."""

import datetime

import pytest

from buurtdraad.lib.monthly import asks_on, first_working_day


@pytest.mark.parametrize(("month", "first"), [("2026-12-15", "2026-12-01"), ("2026-08-31", "2026-08-03"), ("2027-01-01", "2027-01-04")])
def test_it_is_the_first_working_day(month, first):
    assert first_working_day(datetime.date.fromisoformat(month)) == datetime.date.fromisoformat(first)


@pytest.mark.parametrize(("day", "asks"), [("2026-12-01", True), ("2026-12-07", True), ("2026-12-08", False), ("2026-12-05", False)])
def test_a_day_that_was_missed_is_made_up_for_in_the_first_week(day, asks):
    assert asks_on(datetime.date.fromisoformat(day)) is asks
