"""Amounts as people write them, and as they read them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.ui.euros import EuroField, NoAmount, euros, read_euros


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("€ 500", "500"),
        ("500,-", "500"),
        ("€ 1.250,--", "1250"),
        ("500 euro", "500"),
        ("ongeveer 2500", "2500"),
        ("ca. 2.500", "2500"),
        ("12,5", "12.5"),
        ("12.50", "12.50"),
        ("1.234", "1234"),
        ("1 234,50", "1234.50"),
        ("-20", "-20"),
        ("EUR 0,01", "0.01"),
    ],
)
def test_an_amount_is_read_as_people_write_it(text, amount):
    assert read_euros(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "veel", "1.2.3", "12,345,6", "1e5", "NaN", "inf", "12,345.678", "<b>5</b>", "9" * 20, "5-10"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(NoAmount):
        read_euros(text)


@given(st.decimals(min_value=0, max_value=10**8, places=2))
def test_what_is_shown_is_read_back_the_same(amount):
    for language in ("nl", "en"):
        with override(language):
            assert read_euros(euros(amount)) == amount


def test_euros_are_shown_with_cents_only_where_there_are_any():
    assert euros(Decimal("11900.00"), "nl") == "€\u00a011.900"
    assert euros(Decimal("1234.5"), "nl") == "€\u00a01.234,50"
    assert euros(Decimal("11900"), "en") == "€11,900"
    assert euros(None) == "-"


def test_the_field_says_in_words_what_is_wrong():
    field = EuroField(most=35000)
    assert field.clean("€ 35.000,-") == Decimal(35000)
    for text in ("0", "-5", "35.000,01", "veel", ""):
        with pytest.raises(ValidationError):
            field.clean(text)
    assert EuroField(required=False).clean("") is None
    with override("nl"):
        assert field.prepare_value(Decimal("1234.50")) == "1.234,50"
