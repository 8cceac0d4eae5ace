"""Dates, steps and differences, without a database."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.agendas.agenda.rules import (
    NOT_DONE_DAYS,
    differences,
    is_late,
    may_be_new_due,
    may_say_not_done,
    not_done_until,
    react_by,
    unusual,
)
from buurtdraad.agendas.agenda.states import MOVES, OPEN, SAYS_WHY, TONES, TRACK, VERSION_MOVES, Stage, VersionStage

DAYS = st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 1, 1))


@pytest.mark.parametrize(("stages", "moves"), [(Stage, MOVES), (VersionStage, VERSION_MOVES)])
def test_every_step_says_what_may_follow_and_can_be_reached(stages, moves):
    assert set(moves) == set(stages)
    assert all(to in stages and to != stage for stage, following in moves.items() for to in following)
    reached, new = set(), {next(iter(stages))}
    while new:
        reached, new = reached | new, {to for stage in new for to in moves[stage]} - reached - new
    assert reached == set(stages)


def test_every_open_step_can_end_and_every_step_has_a_tone():
    assert all({Stage.DONE, Stage.STOPPED} <= set(MOVES[stage]) for stage in OPEN)
    assert set(TONES) == set(Stage) == OPEN | {Stage.DONE, Stage.STOPPED}
    assert Stage.LATER in SAYS_WHY & OPEN
    assert set(TRACK) == set(Stage) - SAYS_WHY


@given(due=DAYS, today=DAYS)
def test_it_is_late_from_the_day_after_and_a_new_date_is_never_late(due, today):
    assert is_late(due, today, is_open=True) == ((today - due).days >= 1)
    assert not is_late(due, today, is_open=False)
    assert not is_late(None, today, is_open=True)
    if may_be_new_due(due, today):
        assert not is_late(due, today, is_open=True)


@given(done=DAYS, after=st.integers(-40, 80))
def test_not_done_can_be_said_for_four_weeks(done, after):
    today = done + datetime.timedelta(days=after)
    assert may_say_not_done(done, today) == (0 <= after <= 28)
    assert not may_say_not_done(None, today)
    assert (not_done_until(done) - done).days == NOT_DONE_DAYS


@given(since=DAYS)
def test_who_joins_in_hears_within_two_weeks(since):
    assert (react_by(since) - since).days == 14


def test_three_or_four_topics_are_usual():
    assert [number for number in range(7) if not unusual(number)] == [3, 4]


WAYS = st.sampled_from(["continued", "merged", "replaced"])


@given(
    before=st.sets(st.integers(1, 8)),
    follows=st.dictionaries(st.integers(101, 108), st.lists(st.tuples(st.integers(1, 9), WAYS), max_size=4)),
    after=st.sets(st.integers(101, 108)),
)
def test_each_topic_is_in_one_group_and_none_is_lost(before, after, follows):
    found = differences(sorted(before), sorted(after), follows)
    groups = (found.new, found.continued, found.merged, found.replaced)
    assert sorted(one for group in groups for one in group) == sorted(after)
    followed = {one for topic in after for one, _how in follows.get(topic, [])} & before
    assert set(found.gone) == before - followed


def test_what_joins_two_topics_is_merged():
    found = differences(
        [1, 2, 3, 4], [11, 12, 13, 14], {11: [(1, "continued"), (2, "continued")], 12: [(3, "replaced")], 13: [(3, "continued")]}
    )
    assert (found.merged, found.replaced, found.continued, found.new, found.gone) == ((11,), (12,), (13,), (14,), (4,))
