from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.figures.rules import (
    About,
    Spread,
    Word,
    as_sentence,
    class_of,
    comparison,
    noticeable,
    quantile_classes,
    rests_on_too_few,
    robust_score,
    stands_out,
    suppress,
    total,
    trend,
)

numbers = st.decimals(min_value=0, max_value=100_000, places=1)


@pytest.mark.parametrize(
    ("before", "after", "kind", "told"),
    [
        (100, 105, "count", False),  # both were rounded to 5
        (100, 110, "count", True),
        (5_220, 5_235, "count", False),  # 15 people of 5,000 is nothing
        (5_220, 5_400, "count", True),
        (55, 56, "share", False),
        (55, 57, "share", True),
        (462_000, 470_000, "amount", False),
        (462_000, 500_000, "amount", True),
    ],
)
def test_small_differences_are_not_read(before, after, kind, told):
    assert noticeable(before, after, kind=kind, rounded_to=5) is told


@given(st.integers(0, 10_000), st.integers(-9, 9))
def test_no_difference_of_less_than_ten_people_is_ever_a_trend(before, step):
    found = trend([(2020, Decimal(before)), (2025, Decimal(max(before + step, 0)))], kind="count", rounded_to=5)
    assert found.word is Word.SAME


@given(numbers, numbers)
def test_turning_time_round_turns_the_word_round(one, other):
    there = trend([(2020, one), (2025, other)], kind="share", good="up")
    back = trend([(2020, other), (2025, one)], kind="share", good="up")
    assert back.word == {Word.BETTER: Word.WORSE, Word.WORSE: Word.BETTER, Word.SAME: Word.SAME}[there.word]


def test_a_shorter_distance_is_better_and_more_people_are_only_more():
    assert trend([(2020, Decimal("0.9")), (2025, Decimal("0.4"))], kind="distance", good="down", decimals=1).word is Word.BETTER
    assert trend([(2020, Decimal(790)), (2025, Decimal(3280))], kind="count").word is Word.MORE


def test_a_trend_never_crosses_a_break():
    series = [(2015, Decimal(10)), (2020, Decimal(50)), (2025, Decimal(55))]
    assert trend(series, kind="share", breaks=[2020]).since == 2020
    assert trend(series, kind="share", breaks=[2025]) is None
    assert trend(series, kind="share", breaks=[2026]).since == 2020


def test_a_trend_looks_five_years_back_and_further_only_when_it_must():
    assert trend([(2013, Decimal(1)), (2021, Decimal(30)), (2022, Decimal(40)), (2025, Decimal(50))], kind="share").since == 2021
    assert trend([(2013, Decimal(10)), (2015, Decimal(20)), (2025, Decimal(50))], kind="share").since == 2015


@pytest.mark.parametrize("series", [[], [(2025, None)], [(2025, Decimal(1))], [(2020, None), (2025, Decimal(1))]])
def test_one_year_is_no_trend(series):
    assert trend(series, kind="share") is None


def test_zero_is_a_value_in_a_trend():
    assert trend([(2020, Decimal(0)), (2025, Decimal(30))], kind="share", good="down").word is Word.WORSE


def test_counts_are_not_compared_between_places():
    assert comparison(1_880, 376_757, kind="count") is None
    assert comparison(55, 47, kind="share") is Word.MORE
    assert comparison(47, 47, kind="share") is Word.SAME


# --- what stands out
def spread(values, *, code="huurwoningen", good="none", kind="share"):
    return Spread(code, kind, good, 0, {str(place): Decimal(value) for place, value in enumerate(values)})


PLAIN = [40, 42, 44, 45, 46, 47, 48, 50, 52]


def test_what_is_far_from_the_median_stands_out():
    found = stands_out("9", [spread([*PLAIN, 90])])
    assert [(seen.code, seen.word, seen.typical) for seen in found] == [("huurwoningen", Word.MORE, Decimal("46.5"))]
    assert stands_out("4", [spread([*PLAIN, 90])]) == []


def test_one_extreme_small_area_does_not_hide_another():
    assert stands_out("9", [spread([*PLAIN, 90, 100_000])])


def test_few_areas_say_nothing():
    assert stands_out("0", [spread([90, 40, 41, 42, 43, 44, 45])]) == []


def test_an_area_without_a_value_does_not_stand_out():
    assert stands_out("elders", [spread([*PLAIN, 90])]) == []


def test_attention_is_shown_only_beside_something_that_goes_well():
    far = spread([0.3, 0.4, 0.4, 0.5, 0.5, 0.5, 0.6, 0.6, 0.7, 2.9], code="afstand-school", good="down", kind="distance")
    assert stands_out("9", [far]) == []
    well = spread([*PLAIN, 55], code="werk", good="up")
    assert [seen.word for seen in stands_out("9", [far, well])] == [Word.BETTER, Word.WORSE]


@given(st.lists(st.lists(st.integers(0, 100), min_size=8, max_size=20), max_size=6), st.sampled_from(["up", "down", "none"]))
def test_never_more_than_three_and_never_attention_alone(tables, good):
    found = stands_out("0", [spread(values, code=f"i{number}", good=good) for number, values in enumerate(tables)])
    assert len(found) <= 3
    words = [seen.word for seen in found]
    assert Word.WORSE not in words or Word.BETTER in words
    assert len({seen.code for seen in found}) == len(found)


@given(st.lists(numbers, min_size=1, max_size=50), numbers)
def test_the_score_is_finite_and_zero_at_the_median(values, value):
    assert abs(robust_score(value, values)) < 1e12
    assert robust_score(values[0], [values[0]] * 3) == 0


# --- small numbers and sums
@given(st.integers(1, 9))
def test_fewer_than_ten_participants_are_never_told(count):
    assert suppress(count) is None


def test_ten_participants_and_none_are_told_where_enough_people_live():
    assert (suppress(10), suppress(0)) == (10, 0)
    assert suppress(40, inhabitants=49) is None
    assert suppress(40, inhabitants=50) == 40


def test_a_figure_rests_on_enough_homes_or_is_not_shown():
    assert rests_on_too_few(19, 20)
    assert not rests_on_too_few(20, 20)
    assert not rests_on_too_few(None, 20)


def test_a_sum_of_rounded_counts_is_about():
    assert total([5, 10], rounded=True) == About(Decimal(15), about=True)
    assert total([], rounded=False) == About(Decimal(0), about=False)


@given(st.lists(numbers, max_size=120))
def test_classes_hold_every_value_and_are_about_equal(values):
    bounds = quantile_classes(values)
    assert len(bounds) <= 3
    assert bounds == sorted(set(bounds))
    held = [class_of(value, bounds) for value in values]
    assert all(0 <= one <= len(bounds) for one in held)
    if len(set(values)) == len(values) >= 4:
        assert max(held.count(one) for one in set(held)) <= len(values) // 4 + 1


def test_a_rounded_count_is_told_as_about_and_that_of_a_city_is_exact():
    assert as_sentence("inwoners", kind="count", value=Decimal(1880), rounded_to=5).about
    assert not as_sentence("inwoners", kind="count", value=Decimal(376757), rounded_to=5, exact=True).about
    assert as_sentence("inwoners", kind="count", value=Decimal(0), rounded_to=5).which == "none:inwoners"
    assert as_sentence("huurwoningen", kind="share", value=Decimal(0)).which == "figure:huurwoningen"
    assert as_sentence("woz", kind="amount", value=None, missing="not_yet").which == "missing:not_yet"
