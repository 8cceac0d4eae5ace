"""The term to decide, against a slow calculation that walks day by day and knows nothing of the fast one."""

import datetime
from decimal import Decimal

import pytest
from dateutil.easter import easter
from hypothesis import given, settings
from hypothesis import strategies as st

from buurtdraad.fund import rules, states
from buurtdraad.fund.rules import Happened, last_day

ONE = datetime.timedelta(days=1)
KINDS = ("asked", "answered", "lapsed", "extended", "agreed", "outage")


def day(text):
    return datetime.date.fromisoformat(text)


# --- the slow calculation ----------------------------------------------------------------------------------


def free(on):
    """Atw 3, written out: the fixed days, what hangs on Easter, the birthday of the King, and the decrees."""
    spring = easter(on.year)
    moving = {spring + number * ONE for number in (-2, 1, 39, 50)}
    king = datetime.date(on.year, 4, 27)
    king -= ONE if king.weekday() == 6 else 0 * ONE
    fixed = {datetime.date(on.year, month, number) for month, number in ((1, 1), (5, 5), (12, 25), (12, 26))}
    return on.weekday() in {5, 6} or on in moving | fixed | {king} or on in rules.ON_A_PAR


def slow_last_day(start_on, weeks, happened, rolls, until):
    """Walk from the first day. Each day that the term runs takes one of the days that are left."""
    on, left, still, promised = start_on, weeks * 7, False, weeks * 7
    waiting = sorted(happened, key=lambda one: one.on)
    while True:
        while waiting and waiting[0].on <= on:
            kind, days = waiting[0].kind, waiting.pop(0).days or 0
            if kind == "asked":
                still = True
            elif kind in {"answered", "lapsed"}:
                still = False
            else:
                left += days
                promised += days if kind == "extended" else 0
        # Nobody knows the answer yet: it counts as given on the day that we look, or at once.
        nobody_answers = not any(one.kind in {"answered", "lapsed"} for one in waiting)
        if still and nobody_answers and (until is None or on >= until):
            left += sum(one.days or 0 for one in waiting if one.kind in {"extended", "agreed", "outage"})
            promised += sum(one.days or 0 for one in waiting if one.kind == "extended")
            still, waiting = False, []
        may_roll = rolls and promised <= 84
        if left == 0 and not still and not (may_roll and free(on)):
            return on
        on += ONE
        left -= 1 if left and not still else 0


@st.composite
def histories(draw):
    """A start, a term, and up to eight things that happened, in any order and also before the start and after the end."""
    start = draw(st.dates(day("2022-01-01"), day("2029-12-31")))
    steps = st.tuples(st.sampled_from(KINDS), st.integers(-20, 130), st.integers(0, 60))
    happened = [
        Happened(kind, start + offset * ONE, days if kind in {"extended", "agreed", "outage"} else None)
        for kind, offset, days in draw(st.lists(steps, max_size=8))
    ]
    last = max([start, *(each.on for each in happened)])
    until = draw(st.one_of(st.none(), st.integers(0, 90).map(lambda number: last + number * ONE)))
    return start, draw(st.integers(1, 16)), happened, draw(st.booleans()), until


def same_by_both(history):
    start_on, weeks, happened, rolls, until = history
    assert last_day(start_on=start_on, weeks=weeks, happened=happened, rolls=rolls, until=until) == slow_last_day(*history)


@settings(max_examples=300)
@given(histories())
def test_the_last_day_is_the_one_that_a_walk_day_by_day_finds(history):
    same_by_both(history)


@pytest.mark.slow
@settings(max_examples=10_000)
@given(histories())
def test_ten_thousand_histories_have_the_last_day_that_a_walk_finds(history):
    same_by_both(history)


@settings(max_examples=200)
@given(st.dates(day("2022-01-01"), day("2029-12-31")))
def test_a_term_ends_on_the_first_day_that_is_not_free(on):
    rolled = rules.rolled(on)
    assert not free(rolled)
    assert all(free(on + number * ONE) for number in range((rolled - on).days))


# --- cases by hand -------------------------------------------------------------------------------------------

MONDAY = day("2026-03-02")
COMPLETED = [Happened("asked", day("2026-03-12")), Happened("answered", day("2026-03-20"))]
EXTENDED = Happened("extended", day("2026-04-01"), 28)


def test_the_worked_case_from_the_day_that_we_got_it():
    def by(*happened):
        return last_day(start_on=MONDAY, weeks=4, happened=happened)

    assert by() == day("2026-03-30")
    assert by(*COMPLETED) == day("2026-04-07")
    # The 5th of May is a holiday.
    assert by(*COMPLETED, EXTENDED) == day("2026-05-06")
    assert last_day(start_on=MONDAY, weeks=4, happened=[*COMPLETED, EXTENDED], rolls=False) == day("2026-05-05")


def test_the_worked_case_from_the_day_that_it_was_complete():
    start = day("2026-03-20")
    assert last_day(start_on=start, weeks=4, happened=COMPLETED) == day("2026-04-17")
    late = Happened("extended", day("2026-04-10"), 28)
    assert last_day(start_on=start, weeks=4, happened=[*COMPLETED, late], rolls=False) == day("2026-05-15")
    # By a decree the Friday after Ascension counts as a holiday in 2026 (Atw 3, third paragraph).
    assert last_day(start_on=start, weeks=4, happened=[*COMPLETED, late]) == day("2026-05-18")


def test_a_question_without_answer_keeps_the_days_that_are_left():
    asked = [Happened("asked", day("2026-03-12"))]
    for today in (day("2026-03-12"), day("2026-03-20"), day("2026-06-01")):
        left = last_day(start_on=MONDAY, weeks=4, happened=asked, rolls=False, until=today) - today
        assert left == 18 * ONE


def test_days_to_answer_that_went_by_set_the_clock_going_again():
    lapsed = [Happened("asked", day("2026-03-12")), Happened("lapsed", day("2026-03-26"))]
    assert last_day(start_on=MONDAY, weeks=4, happened=lapsed) == day("2026-04-13")


def test_what_happens_after_the_last_day_changes_nothing():
    late = [Happened("asked", day("2026-03-31")), Happened("extended", day("2026-04-02"), 28)]
    assert last_day(start_on=MONDAY, weeks=4, happened=late) == day("2026-03-30")


def test_a_second_question_while_one_is_open_adds_nothing():
    twice = [Happened("asked", day("2026-03-12")), Happened("asked", day("2026-03-15")), Happened("answered", day("2026-03-20"))]
    assert last_day(start_on=MONDAY, weeks=4, happened=twice) == day("2026-04-07")


def test_a_term_of_more_than_twelve_weeks_ends_on_a_sunday_too():
    sunday = day("2026-03-01")
    assert last_day(start_on=sunday, weeks=12, happened=[]) == day("2026-05-26")  # Whit Monday lies between
    assert last_day(start_on=sunday, weeks=13, happened=[]) == day("2026-05-31")


@pytest.mark.parametrize(
    ("on", "ends"),
    [
        ("2026-04-03", "2026-04-07"),  # Good Friday, over Easter
        ("2026-04-27", "2026-04-28"),  # the King
        ("2024-05-05", "2024-05-06"),
        ("2026-05-05", "2026-05-06"),  # also outside a jubilee year
        ("2026-05-14", "2026-05-18"),  # Ascension and the Friday after it
        ("2026-12-25", "2026-12-28"),
        ("2025-12-31", "2025-12-31"),
        ("2026-01-01", "2026-01-05"),
    ],
)
def test_no_term_ends_on_a_holiday(on, ends):
    assert rules.rolled(day(on)) == day(ends)


def test_the_clock_stands_still_while_we_wait():
    assert rules.stands_still([Happened("asked", MONDAY)])
    assert not rules.stands_still(COMPLETED)
    assert not rules.stands_still([])


def test_not_to_process_is_said_within_four_weeks():
    assert rules.not_processed_by(day("2026-03-20")) == day("2026-04-17")


def test_a_last_day_on_which_the_system_failed_comes_later():
    outage = (day("2026-03-09"), day("2026-03-10"))
    assert rules.after_outages(day("2026-03-10"), [outage]) == day("2026-03-12")
    assert rules.after_outages(day("2026-03-11"), [outage]) == day("2026-03-11")


# --- being late ------------------------------------------------------------------------------------------------


class Rate:
    def __init__(self, from_on, *amounts):
        self.from_on = day(from_on)
        self.first, self.second, self.third = map(Decimal, amounts)


RATES = [Rate("2009-10-01", "20", "30", "40"), Rate("2019-01-01", "23", "35", "45")]
ENDED = day("2026-03-30")


def owed(until, notice="2026-03-31"):
    return rules.penalty(term_ended_on=ENDED, notice_on=day(notice), until=until, rates=RATES)


def test_the_penalty_begins_when_two_weeks_went_by_after_the_notice():
    assert owed(day("2026-04-14")) == 0
    assert owed(day("2026-04-15")) == 23


@pytest.mark.parametrize(("days", "euros"), [(14, 322), (15, 357), (28, 812), (29, 857), (42, 1442), (43, 1442), (400, 1442)])
def test_the_penalty_goes_up_after_two_weeks_and_stops_after_six(days, euros):
    assert owed(day("2026-04-14") + days * ONE) == euros


def test_a_notice_before_the_last_day_went_by_brings_no_penalty():
    assert owed(day("2026-12-31"), notice="2026-03-30") == 0


def test_the_amounts_are_those_of_the_day_of_the_notice():
    ended, notice = day("2018-11-01"), day("2018-12-28")
    assert rules.penalty(term_ended_on=ended, notice_on=notice, until=day("2019-01-12"), rates=RATES) == 20


@given(st.integers(-30, 120))
def test_the_penalty_is_the_sum_of_its_days(number):
    until = day("2026-04-14") + number * ONE
    day_by_day = [23] * 14 + [35] * 14 + [45] * 14
    assert owed(until) == sum(day_by_day[: max(number, 0)])


# --- after the decision ------------------------------------------------------------------------------------------


def test_an_objection_can_come_for_six_weeks():
    assert rules.objection_until(day("2026-03-02")) == day("2026-04-13")
    assert rules.objection_until(day("2026-03-24")) == day("2026-05-06")


@pytest.mark.parametrize(
    ("with_committee", "extended", "by"),
    # The last: eighteen weeks end on a Monday whatever happens; see the next test for the Sunday.
    [(False, False, "2026-05-26"), (False, True, "2026-07-06"), (True, False, "2026-07-06"), (True, True, "2026-08-17")],
)
def test_an_objection_is_decided_in_time(with_committee, extended, by):
    assert rules.objection_decide_by(day("2026-03-02"), with_committee, extended) == day(by)


def test_five_years_after_a_leap_day_is_the_first_of_march():
    assert rules.can_be_taken_back_until(day("2024-02-29")) == day("2029-03-01")
    assert rules.can_be_taken_back_until(day("2026-02-28")) == day("2031-02-28")


def test_the_codes_of_the_rules_are_those_of_the_states():
    assert set(KINDS) == set(states.ClockEventKind.values) == {rules.ASKED, rules.ANSWERED, rules.LAPSED, *rules.LONGER}
    assert set(states.Ground.values) >= rules.HEARD_ON_GROUNDS
    assert set(states.SettlementGround.values) - {"as_granted"} == rules.HEARD_ON_SETTLEMENT


def test_who_is_heard_before_we_decide_against_them():
    assert rules.needs_view(ground=states.Ground.FALSE_FACTS)
    assert rules.needs_view(settlement_ground=states.SettlementGround.NOT_DONE)
    assert rules.needs_view(taken_back=True)
    assert not rules.needs_view(ground=states.Ground.CEILING, facts_differ=True)
    assert rules.needs_view(ground=states.Ground.TOO_HIGH, facts_differ=True, can_be_undone=False)


# --- how much ------------------------------------------------------------------------------------------------------

MONEY = st.decimals(0, 100_000, places=2)


@given(MONEY, MONEY, st.none() | MONEY, st.none() | MONEY, MONEY, st.none() | MONEY)
def test_a_grant_is_never_above_any_ceiling_and_never_below_nothing(need, most, cap, most_a_year, had, free_money):  # noqa: PLR0917
    amount = rules.highest_grant(need=need, most=most, cap=cap, most_a_year=most_a_year, had_this_year=had, free=free_money)
    assert amount >= 0
    for ceiling in (need, most, cap, free_money, None if most_a_year is None else max(most_a_year - had, Decimal(0))):
        assert ceiling is None or amount <= ceiling


@pytest.mark.parametrize(("years", "number"), [((), 1), ((2025,), 2), ((2023, 2024, 2025), 4), ((2022, 2023, 2025), 2), ((2026,), 1)])
def test_years_in_a_row_are_counted_back_from_this_one(years, number):
    assert rules.years_in_a_row(years, 2026) == number


def test_the_third_year_warns_and_the_fourth_needs_a_reason():
    assert [rules.repeat(number, warn_at=3, most=3) for number in (1, 2, 3, 4)] == ["fine", "fine", "warn", "needs_reason"]
    assert rules.repeat(9, warn_at=None, most=None) == "fine"
