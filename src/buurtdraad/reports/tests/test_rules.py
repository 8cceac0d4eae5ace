"""Numbers in, numbers out."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.reports import rules
from buurtdraad.reports.queries.words import ADVICE, DEFINITIONS, NOT_SAID, REASONS
from buurtdraad.reports.states import FINDING_MOVES, FindingKind, FindingStage

DAY = st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 12, 31))
PERIOD = st.tuples(DAY, DAY).map(lambda pair: tuple(sorted(pair)))


@given(PERIOD, PERIOD)
def test_days_between_are_the_same_both_ways_and_none_when_they_overlap(one, other):
    days = rules.days_between(one, other)
    assert days == rules.days_between(other, one) >= 0
    overlap = one[0] <= other[1] and other[0] <= one[1]
    assert (days == 0) == (overlap or days == 0)
    if overlap:
        assert days == 0
    else:
        assert days == min(abs((one[0] - other[1]).days), abs((other[0] - one[1]).days))


@pytest.mark.parametrize(("scores", "need"), [([], None), ([0.0], 1), ([0.3], 2), ([0.8], 3), ([2.0], 4), ([3.0, -1.0], 3), ([-2.0], 1)])
def test_a_need_is_the_mean_of_its_scores_in_four_steps(scores, need):
    assert rules.need_of(scores) == need


def test_fewer_than_eight_neighbourhoods_say_nothing():
    values = {number: Decimal(number) for number in range(rules.LEAST_AREAS - 1)}
    assert rules.scores(values, side=rules.HIGH, kind="share", decimals=0) == {}


def test_the_side_that_asks_for_attention_turns_the_score():
    values = {number: Decimal(10 * number) for number in range(10)}
    high, low = (rules.scores(values, side=side, kind="share", decimals=0) for side in (rules.HIGH, rules.LOW))
    assert high[9] > 0 > low[9]
    assert all(high[area] == -low[area] for area in values)


def test_a_difference_that_rounding_explains_counts_as_none():
    values = dict.fromkeys(range(9), Decimal(20)) | {9: Decimal(21)}
    assert rules.scores(values, side=rules.HIGH, kind="share", decimals=0)[9] == 0


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Riool in de Wilgenhof vernieuwen", {"wilgenhof"}),
        ("Van Hoornekade en Amsterdamsestraatweg", {"hoornekade", "amsterdamsestraatweg"}),
        ("de weg en het plein", set()),
        ("<script>alert(1)</script>", set()),
        ("", set()),
    ],
)
def test_streets_are_names_that_end_like_a_street(words, found):
    assert rules.streets(words) == found


def test_an_equal_spread_is_nothing_and_all_in_one_place_is_near_one():
    assert rules.spread_index([(Decimal(100), 10), (Decimal(200), 20)]) == 0
    assert rules.spread_index([(Decimal(0), 99), (Decimal(100), 1)]) == Decimal("0.9900")
    assert rules.spread_index([]) is None
    assert rules.spread_index([(Decimal(0), 10)]) is None


@given(st.lists(st.tuples(st.integers(0, 10**6).map(Decimal), st.integers(1, 5000)), min_size=1, max_size=12))
def test_the_spread_lies_between_nothing_and_one_and_is_that_of_each_pair(rows):
    index = rules.spread_index(rows)
    euros, people = sum(row[0] for row in rows), sum(row[1] for row in rows)
    if not euros:
        assert index is None
        return
    slow = sum(one[1] * other[1] * abs(one[0] / one[1] - other[0] / other[1]) for one in rows for other in rows) / (2 * people * euros)
    assert abs(index - slow) < Decimal("0.001")
    assert 0 <= index <= 1


def test_months_go_back_over_the_new_year():
    assert rules.months_back(datetime.date(2026, 2, 28), 3) == [
        datetime.date(2025, 12, 1),
        datetime.date(2026, 1, 1),
        datetime.date(2026, 2, 1),
    ]
    assert rules.next_month(datetime.date(2025, 12, 1)) == datetime.date(2026, 1, 1)
    assert rules.half_year(datetime.date(2026, 6, 30)) == datetime.date(2026, 1, 1)
    assert rules.half_year(datetime.date(2026, 7, 1)) == datetime.date(2026, 7, 1)


def test_every_kind_of_finding_says_its_reason_what_it_does_not_say_and_what_to_do():
    assert set(REASONS) == set(NOT_SAID) == set(ADVICE) == set(FindingKind)


def test_the_table_of_moves_is_complete():
    assert set(FINDING_MOVES) == set(FindingStage)


def test_no_measure_says_that_something_came_of_it():
    words = " ".join(str(text) for one in DEFINITIONS for text in (one.title, one.counts, one.source, one.not_said)).casefold()
    assert not [word for word in ("because", "thanks to", "leads to", "caused", "effect of") if word in words]
