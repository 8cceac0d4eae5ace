from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.ui.numbers import as_text


@pytest.mark.parametrize(
    ("value", "decimals", "dutch", "english"),
    [
        (1880, 0, "1.880", "1,880"),
        (4.5, 1, "4,5", "4.5"),
        (2.5, 0, "3", "3"),
        (0.125, 2, "0,13", "0.13"),
        (-1234.5, 1, "\u22121.234,5", "\u22121,234.5"),
        (-0.04, 1, "0,0", "0.0"),
        (Decimal("1e6"), 0, "1.000.000", "1,000,000"),
        (None, 0, "-", "-"),
        (float("nan"), 0, "-", "-"),
        (float("inf"), 0, "-", "-"),
    ],
)
def test_a_number_reads_as_its_language_writes_it(value, decimals, dutch, english):
    assert as_text(value, decimals, "nl") == dutch
    assert as_text(value, decimals, "nl-x-simpel") == dutch
    assert as_text(value, decimals, "en") == english


def test_the_language_of_the_page_counts_when_none_is_given():
    with translation.override("en"):
        assert as_text(1880) == "1,880"
    with translation.override("nl-x-simpel"):
        assert as_text(1880) == "1.880"


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3), st.integers(0, 3))
def test_what_is_written_reads_back_as_the_rounded_number(value, decimals):
    back = Decimal(as_text(value, decimals, "nl").replace(".", "").replace(",", ".").replace("\u2212", "-"))
    assert abs(back - value) <= Decimal(1).scaleb(-decimals) / 2
