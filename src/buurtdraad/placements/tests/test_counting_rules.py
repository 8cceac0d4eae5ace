"""What is not shown cannot be worked out: by who adds up, and by who knows the rule and tries all that can be."""

import datetime
import itertools

from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.placements.rules import LEAST, counted, half_year, half_year_before, last_closed

GROUPS = st.dictionaries(st.sampled_from("abcdefghij"), st.integers(0, 40), max_size=10)
MOST = 10


@given(GROUPS)
def test_no_number_below_five_is_shown_and_the_total_is_right(groups):
    found = counted(groups)
    assert all(number >= LEAST and groups[name] == number for name, number in found.shown.items())
    if found.total is not None:
        assert found.total == sum(groups.values())
    assert found.together is None or found.together == 0 or found.together >= LEAST


@given(GROUPS)
def test_who_adds_up_finds_no_single_group(groups):
    found = counted(groups)
    hidden = [number for name, number in groups.items() if number and name not in found.shown]
    assert not hidden or found.together is None or len(hidden) > 1


def test_who_knows_the_rule_and_tries_everything_still_has_three_numbers_for_each_small_group():
    """All tables of four groups up to ten people: those that look alike leave each group that is not shown three sizes or more."""
    alike = {}
    for sizes in itertools.product(range(1, MOST + 1), repeat=4):
        groups = dict(zip("abcd", sizes, strict=True))
        found = counted(groups)
        # Even when the names of the groups that are not shown were known.
        alike.setdefault((tuple(sorted(found.shown.items())), found.together), []).append(groups)
    for (shown, together), tables in alike.items():
        hidden = set("abcd") - dict(shown).keys()
        if together and together > MOST + len(hidden) - 1:
            continue  # some tables of this kind have a group beyond ten
        for name in hidden:
            sizes = {groups[name] for groups in tables}
            assert len(sizes) >= 3, (shown, tables)


def test_what_needs_no_hiding_is_all_there_and_what_is_nothing_is_not_listed():
    assert counted({"a": 5, "b": 9, "c": 0}).shown == {"a": 5, "b": 9}
    assert counted({"a": 5, "b": 9}).total == 14
    assert counted({}).total == 0
    assert counted({"a": 3}).total is None
    assert counted({"a": 3, "b": 12, "c": 20}) == counted({"a": 1, "b": 14, "c": 20})


def test_a_half_year_ends_in_june_and_in_december():
    days = [datetime.date(2026, 6, 30), datetime.date(2026, 7, 1), datetime.date(2026, 12, 31), datetime.date(2027, 1, 1)]
    assert [half_year(day) for day in days] == ["2026-1", "2026-2", "2026-2", "2027-1"]
    assert [half_year_before("2026-1"), half_year_before("2026-2")] == ["2025-2", "2026-1"]


def test_a_half_year_is_closed_a_month_after_its_end():
    days = [datetime.date(2026, 7, 31), datetime.date(2026, 8, 1), datetime.date(2027, 1, 31), datetime.date(2027, 2, 1)]
    assert [last_closed(day) for day in days] == ["2025-2", "2026-1", "2026-1", "2026-2"]
