import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.lib.retention import CLASSES, destroy_after, ended_before

DAYS = st.dates(datetime.date(2000, 1, 1), datetime.date(2090, 12, 31))
classes = st.sampled_from(list(CLASSES.values()))


@pytest.mark.parametrize(
    ("code", "ended", "last"),
    [
        ("subsidy granted", (2026, 12, 31), (2033, 12, 31)),
        ("subsidy refused", (2026, 3, 1), (2031, 3, 1)),
        ("subsidy broken off", (2024, 2, 29), (2025, 2, 28)),
        ("vote data", (2026, 11, 30), (2027, 2, 28)),
    ],
)
def test_dates_by_the_list(code, ended, last):
    assert destroy_after(CLASSES[code], datetime.date(*ended)) == datetime.date(*last)


def test_policy_is_kept_for_ever():
    assert destroy_after(CLASSES["policy with effect outside"], datetime.date(1990, 1, 1)) is None


@given(classes, DAYS)
def test_a_later_end_is_never_destroyed_sooner(each, ended):
    first, second = (destroy_after(each, day) for day in (ended, ended + datetime.timedelta(days=1)))
    assert first is None or first <= second


@given(classes, DAYS, st.integers(-40, 40))
def test_the_limit_for_a_list_says_the_same_as_the_date_of_each(each, on, days):
    limit = ended_before(each, on)
    if each.months is None:
        assert limit == datetime.date.min
        return
    ended = limit + datetime.timedelta(days=days)
    assert (ended < limit) == (destroy_after(each, ended) < on)
