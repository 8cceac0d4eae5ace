"""The order on a ceiling, without a database."""

import datetime
import hashlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.fund.tally import Claim, Turn, drawn, lasts, overflow_day, ranked, turn, weighted_mean

MONDAY, TUESDAY = datetime.date(2026, 3, 2), datetime.date(2026, 3, 3)
NAMES = st.lists(st.uuids().map(str), unique=True, max_size=20)


def claim(name, euros, day=MONDAY):
    return Claim(name, day, Decimal(euros))


def test_a_known_draw_stays_as_it_is():
    assert drawn(["a", "b", "c"], "zaad") == sorted("abc", key=lambda name: hashlib.sha256(f"zaad:{name}".encode()).hexdigest())
    assert drawn(["a", "b", "c", "d", "e"], "2026") != drawn(["a", "b", "c", "d", "e"], "2027")


@given(NAMES, st.text(max_size=20), st.randoms())
def test_a_draw_is_the_same_in_whatever_order_the_names_come(names, seed, random):
    shuffled = list(names)
    random.shuffle(shuffled)
    assert drawn(shuffled, seed) == drawn(names, seed)
    assert sorted(drawn(names, seed)) == sorted(names)


def test_who_was_complete_sooner_comes_first_only_where_there_is_not_enough_for_both():
    late, soon = claim("late", 300, TUESDAY), claim("soon", 800)
    assert turn(late, [soon], {}, free=Decimal(1100)) == Turn.YES
    assert turn(late, [soon], {}, free=Decimal(1099)) == Turn.OTHERS_FIRST
    assert turn(soon, [late], {}, free=Decimal(800)) == Turn.YES


def test_on_one_day_a_draw_decides_when_there_is_not_enough():
    one, two = claim("one", 600), claim("two", 600)
    assert turn(one, [two], {}, free=Decimal(1200)) == Turn.YES
    assert turn(one, [two], {}, free=Decimal(1199)) == Turn.DRAW_FIRST
    draws = {MONDAY: ["two", "one"]}
    assert turn(two, [one], draws, free=Decimal(1199)) == Turn.YES
    assert turn(one, [two], draws, free=Decimal(1199)) == Turn.OTHERS_FIRST


def test_who_was_not_in_the_draw_comes_after_who_was():
    draws = {MONDAY: ["drawn"]}
    assert turn(claim("new", 600), [claim("drawn", 600)], draws, free=Decimal(1000)) == Turn.OTHERS_FIRST
    assert turn(claim("drawn", 600), [claim("new", 600)], draws, free=Decimal(1000)) == Turn.YES


def test_an_empty_pot_keeps_nobody_waiting():
    assert turn(claim("late", 300, TUESDAY), [claim("soon", 800)], {}, free=Decimal(0)) == Turn.YES


def test_the_overflow_day_is_the_first_on_which_not_all_fit():
    claims = [claim("a", 500), claim("b", 400, TUESDAY), claim("c", 400, TUESDAY)]
    assert overflow_day(claims, free=Decimal(1300)) is None
    assert overflow_day(claims, free=Decimal(1299)) == TUESDAY
    assert overflow_day(claims, free=Decimal(499)) == MONDAY


@given(st.lists(st.tuples(st.sampled_from([MONDAY, TUESDAY]), st.integers(1, 500)), max_size=12), st.integers(0, 3000), st.text(max_size=5))
def test_in_whatever_order_people_decide_the_same_claims_get_money(rows, free, seed):
    """Deciding in turn, from the front or from the back, gives one set of winners: that of the order of arrival and the draw."""
    claims = [claim(str(number), euros, day) for number, (day, euros) in enumerate(rows)]
    draws = {day: drawn([one.name for one in claims if one.complete_on == day], seed) for day in (MONDAY, TUESDAY)}
    assert winners(claims, draws, Decimal(free)) == winners(claims[::-1], draws, Decimal(free))


def winners(claims, draws, free):
    """Everybody is tried again and again; who has the turn gets all, or nothing when that is more than is left."""
    waiting, won, moved = list(claims), set(), True
    while waiting and moved:
        moved = False
        for one in list(waiting):
            if turn(one, waiting, draws, free=free) == Turn.YES:
                waiting.remove(one)
                moved = True
                if one.amount <= free:
                    free -= one.amount
                    won.add(one.name)
    return won


# --- rounds --------------------------------------------------------------------------------------------


def test_the_points_of_a_plan_are_the_mean_of_each_criterion_by_its_weight():
    assert weighted_mean([(2, [5, 4]), (1, [3])]) == Decimal("4.00")
    assert weighted_mean([(3, [1]), (1, [2])]) == Decimal("1.25")
    assert weighted_mean([(1, [1]), (2, [1, 2])]) == Decimal("1.33")
    assert weighted_mean([(1, [1]), (1, [])]) is None
    assert weighted_mean([]) is None


POINTS = st.dictionaries(st.text(min_size=1, max_size=5), st.decimals(0, 10, places=2), min_size=1, max_size=20)


@given(POINTS, st.text(min_size=1, max_size=10))
def test_more_points_are_a_higher_place_and_the_seed_gives_every_plan_its_own(points, seed):
    found = ranked(points, seed=seed)
    assert [one.place for one in found] == list(range(1, len(points) + 1))
    assert [one.points for one in found] == sorted(points.values(), reverse=True)
    assert found == ranked(dict(reversed(points.items())), seed=seed)


@given(POINTS, st.integers(0, 10))
def test_without_a_seed_equal_points_share_a_place_and_too_few_points_are_not_enough(points, least):
    for one in ranked(points, least=least):
        assert one.place == 1 + sum(other > one.points for other in points.values())
        assert one.enough == (one.points >= least)


@pytest.mark.parametrize(
    ("amounts", "left", "number"), [([], 10, 0), ([5, 5], 10, 2), ([5, 6, 1], 10, 1), ([11, 1], 10, 0), ([0, 0], 0, 2), ([10], -1, 0)]
)
def test_the_money_lasts_in_order_and_nobody_passes_who_comes_before(amounts, left, number):
    assert lasts([Decimal(each) for each in amounts], Decimal(left)) == number
