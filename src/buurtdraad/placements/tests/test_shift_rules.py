"""The rules of shifts, in plain Python."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.accounts.signing_in.rules import same_domain
from buurtdraad.placements.rules import MOST_WEEKS, may_still_cancel, next_is_asked, opens_to_staff_on, weekly
from buurtdraad.placements.states import MOVES, OVER, SEATED, SHIFT_MOVES, ShiftStage, Stage

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
STARTS = datetime.datetime(2027, 3, 4, 17, tzinfo=AMSTERDAM)
HOUR = datetime.timedelta(hours=1)


def test_students_and_volunteers_come_first_only_where_the_host_says_so():
    assert opens_to_staff_on(STARTS.date(), False) is None
    assert opens_to_staff_on(STARTS.date(), True) == datetime.date(2027, 2, 22)


@pytest.mark.parametrize(("before", "asked"), [(25, True), (24, False), (1, False)])
def test_who_waits_is_asked_only_while_more_than_a_day_is_left(before, asked):
    assert next_is_asked(STARTS, STARTS - before * HOUR) is asked


def test_one_takes_it_back_until_it_begins_and_an_hour_before_too():
    assert may_still_cancel(STARTS, STARTS - HOUR)
    assert not may_still_cancel(STARTS, STARTS)


@pytest.mark.parametrize(
    ("other", "same"),
    [("p@utrecht.nl", True), (" P@UTRECHT.nl ", True), ("p@mail.utrecht.nl", False), ("p@utrecht.nl.evil.example", False),
     ("p@evil.example@utrecht.nl", True), ("", False)],
)  # fmt: skip
def test_a_manager_has_an_address_of_the_same_organisation(other, same):
    assert same_domain("tom@utrecht.nl", other) is same


def test_an_address_without_a_domain_is_of_no_organisation():
    assert not same_domain("tom@", "petra@")


@given(weeks=st.integers(-5, 60))
def test_a_series_keeps_the_day_of_the_week_and_the_clock_on_the_wall(weeks):
    days = weekly(STARTS, weeks)
    assert len(days) == max(1, min(weeks, MOST_WEEKS))
    assert {(one.weekday(), one.hour) for one in days} == {(3, 17)}
    # Summer time began on 28 March 2027.
    assert len(days) < 5 or days[4].utcoffset() == 2 * HOUR


@pytest.mark.parametrize("table", [(SHIFT_MOVES, ShiftStage), (MOVES, Stage)])
def test_the_tables_of_moves_name_every_step(table):
    moves, stages = table
    assert set(moves) == set(stages)


def test_who_is_over_moves_nowhere_but_to_the_other_kind_of_attendance():
    assert {one: MOVES[one] for one in OVER if MOVES[one]} == {Stage.ATTENDED: (Stage.NO_SHOW,), Stage.NO_SHOW: (Stage.ATTENDED,)}
    assert Stage.WAITING not in SEATED
