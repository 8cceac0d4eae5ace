"""Turnout: what may be shown, what is hidden so that nobody can subtract, and who was not reached."""

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.budgets.actions.closing import close
from buurtdraad.budgets.models import CastDay
from buurtdraad.budgets.queries.turnout import told, turnout_of
from buurtdraad.budgets.states import AgeBand, Channel
from buurtdraad.budgets.tests.votes import cast_all, give_codes, over
from buurtdraad.budgets.turnout import compared, without_small
from buurtdraad.figures.actions import load
from buurtdraad.figures.sources.rows import FigureRow, Origin

LEAST = 10


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 60), max_size=8))
def test_nobody_can_subtract_a_small_group(numbers):
    shown = without_small(numbers, LEAST)
    hidden = [numbers[name] for name, number in shown.items() if number is None]
    assert all(number is None or number == numbers[name] >= LEAST for name, number in shown.items())
    if hidden and len(hidden) < len(numbers):
        assert len(hidden) >= 2
        assert sum(hidden) >= LEAST


def test_of_one_small_group_the_next_smallest_is_hidden_too():
    assert without_small({"post": 200, "email": 40, "help": 3}, LEAST) == {"post": 200, "email": None, "help": None}


def test_where_no_group_is_small_nothing_is_hidden():
    assert without_small({"post": 10, "email": 12}, LEAST) == {"post": 10, "email": 12}


def test_shares_are_compared_only_of_groups_known_on_both_sides():
    found = compared({"25-44": 60, "45-64": 60, "65-": 10, "": 300}, {"25-44": 1000, "45-64": 1000, "65-": 1000})
    assert {one.name: one.is_reached for one in found} == {"25-44": True, "45-64": True, "65-": False}
    assert compared({"25-44": 10, "45-64": 10}, {"25-44": 1000, "45-64": 1000}) == []


@pytest.mark.django_db
def test_channels_stand_side_by_side_and_a_weak_one_is_marked(make_round):
    round_ = make_round(**over())
    cast_all(round_, [(30, (1,))], channel=Channel.POST)
    cast_all(round_, [(12, (2,))], channel=Channel.EMAIL)
    give_codes(round_, 58)
    found = turnout_of(round_)
    assert (found["codes"], found["voted"]) == (100, 42)
    assert found["channels"] == [{"key": "post", "voted": 30, "codes": 88}, {"key": "email", "voted": 12, "codes": 12}]
    words = told(found)
    assert words.says[0].startswith("42")
    assert words.weak
    assert not words.hidden


@pytest.mark.django_db
def test_who_voted_on_paper_with_a_code_by_post_is_counted_as_paper(make_round):
    round_ = make_round(**over())
    cast_all(round_, [(40, (1,))], channel=Channel.POST)
    for channel, number in ((Channel.POST, 25), (Channel.PAPER, 15)):
        CastDay.objects.create(round=round_, day=timezone.localdate(), channel=channel, number=number)
    found = turnout_of(round_)
    assert [(row["key"], row["voted"], row["codes"]) for row in found["channels"]] == [("post", 25, 40), ("paper", 15, None)]
    assert found["voted"] == 40


@pytest.mark.django_db
def test_a_group_of_nine_is_nowhere_in_what_is_kept(make_round):
    round_ = make_round(**over())
    cast_all(round_, [(40, (1,))], channel=Channel.POST, age=AgeBand.ADULT)
    cast_all(round_, [(9, (2,))], channel=Channel.HELP, age=AgeBand.OLD)
    close(round_, at=timezone.now())
    found = round_.parts.get().counted.turnout
    assert {row["voted"] for row in found["channels"]} == {None}
    assert {row["voted"] for row in found["ages"]} == {None}
    assert "9" not in str([row["voted"] for part in ("channels", "ages", "areas") for row in found[part]])
    assert told(found).hidden


@pytest.mark.django_db
def test_without_a_known_age_there_is_no_table_of_ages(make_round):
    round_ = make_round(**over())
    cast_all(round_, [(12, (1,))])
    assert turnout_of(round_)["ages"] == []


@pytest.mark.django_db
def test_who_was_not_reached_is_said_beside_the_figures_of_the_neighbourhood(make_round, hamid):
    round_ = make_round(**over())
    codes = ("leeftijd-25-44", "leeftijd-45-64", "leeftijd-65-plus")
    rows = [FigureRow(code, round_.area.code, 2025, 1000) for code in codes]
    load(rows, origin=Origin("CBS"), by=hamid, at=timezone.now())
    cast_all(round_, [(50, (1,))], age=AgeBand.ADULT)
    cast_all(round_, [(50, (1,))], age=AgeBand.MIDDLE)
    cast_all(round_, [(10, (1,))], age=AgeBand.OLD)
    words = told(turnout_of(round_))
    assert len(words.not_reached) == 1
    assert words.tables[1][2][2] == ("65 jaar en ouder", "10", "9 van de 100 kiezers, 33 van de 100 bewoners")
