"""When there is enough support, and which numbers may be shown: plain rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.initiatives.rules import household_words, is_enough, may_split

FEW = st.integers(0, 60)


@pytest.mark.parametrize(
    ("rule", "units", "voices", "enough"),
    [
        ("everybody", 12, (12, 0, 0), True),
        ("everybody", 12, (11, 0, 0), False),
        ("everybody", 12, (12, 1, 0), False),
        ("everybody", 12, (11, 0, 1), False),
        ("everybody", None, (12, 0, 0), None),
        ("everybody", None, (12, 1, 0), False),
        ("majority", 30, (20, 10, 0), True),
        ("majority", 30, (19, 0, 0), False),
        ("majority", None, (30, 0, 0), None),
        ("heard", 30, (1, 20, 9), True),
        ("heard", 30, (1, 20, 8), False),
    ],
)
def test_each_rule_has_its_own_enough(rule, units, voices, enough):
    says_for, against, neutral = voices
    assert is_enough(rule, units=units, says_for=says_for, against=against, neutral=neutral) is enough


@given(rule=st.sampled_from(["everybody", "majority", "heard"]), units=FEW, says_for=FEW, against=FEW, neutral=FEW)
def test_one_more_in_favour_never_makes_it_less(rule, units, says_for, against, neutral):
    told = {"units": units, "against": against, "neutral": neutral}
    if is_enough(rule, says_for=says_for, **told):
        assert is_enough(rule, says_for=says_for + 1, **told)


@given(against=FEW, parts=st.lists(FEW, max_size=4))
def test_what_is_split_has_no_part_of_one_to_four_and_at_least_ten_against(against, parts):
    if may_split(against, parts):
        assert against >= 10
        assert not any(0 < part < 5 for part in parts)


@given(st.text(max_size=12), st.text(max_size=12))
def test_an_address_is_read_in_one_way_or_not_at_all(postcode, number):
    read = household_words(postcode, number)
    assert not read or household_words(*read.split()) == read
