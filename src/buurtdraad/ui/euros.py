"""Euros as people write and read them. In the code they are `Decimal`, to the cent; never a float."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from buurtdraad.ui.numbers import as_text, is_english

CENT = Decimal("0.01")
MOST = Decimal("999999999.99")
# What stands around the number in daily life: a sign, a word, and the ",-" of whole euros.
AROUND = re.compile(r"^(?:€|eur|euro|ongeveer|circa|ca\.?|±|about|\s)+|(?:€|eur|euro|\s)+$", re.IGNORECASE)
WHOLE = re.compile(r"[.,][-\u2013\u2014]{1,2}$")
# Thousands in threes with one kind of mark, then cents behind the other; or plain digits with cents behind either mark.
DUTCH = re.compile(r"^\d{1,3}(?:[.\s\u00a0]\d{3})+(?:,\d{1,2})?$")
ENGLISH = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?$")
PLAIN = re.compile(r"^\d+(?:[.,]\d{1,2})?$")


class NoAmount(ValueError):  # noqa: N818
    """This is no amount of euros."""


def read_euros(text: str) -> Decimal:
    """The amount that somebody wrote: "1.234,56", "1,234.56", "€ 500", "500,-", "ongeveer 2500". Raises `NoAmount`.

    "1.234" is a thousand and more: nobody writes tenths of cents.
    """
    bare = AROUND.sub("", WHOLE.sub("", AROUND.sub("", text.strip())))
    negative = bare.startswith(("-", "\u2212"))
    bare = bare.lstrip("-\u2212 ")
    if DUTCH.match(bare):
        plain = re.sub(r"[.\s\u00a0]", "", bare).replace(",", ".")
    elif ENGLISH.match(bare):
        plain = bare.replace(",", "")
    elif PLAIN.match(bare):
        plain = bare.replace(",", ".")
    else:
        raise NoAmount(text)
    try:
        amount = Decimal(plain)
    except InvalidOperation as bad:  # pragma: no cover (the patterns let digits through only; other scripts' digits land here)
        raise NoAmount(text) from bad
    if amount > MOST:
        raise NoAmount(text)
    return -amount if negative else amount


def to_cents(amount: Decimal) -> Decimal:
    """Rounded half up to the cent."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def euros(amount: Decimal | int | None, language: str | None = None) -> str:
    """As people read it: "€ 11.900", and with cents only where there are any: "€ 1.234,56". In English "€11,900"."""
    if amount is None:
        return "-"
    exact = Decimal(amount)
    text = as_text(exact, 0 if exact == exact.to_integral_value() else 2, language)
    return f"€{text}" if is_english(language) else f"€\u00a0{text}"


class EuroField(forms.CharField):
    """Asks for an amount, written as people do. `least` and `most` in euros; gives a `Decimal`."""

    def __init__(self, *, least: Decimal | int = CENT, most: Decimal | int = MOST, **options) -> None:
        options.setdefault("max_length", 30)
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**options)
        self.least, self.most = Decimal(least), Decimal(most)

    def prepare_value(self, value):
        """An amount that is kept is shown as people write it."""
        if isinstance(value, Decimal):
            return as_text(value, 0 if value == value.to_integral_value() else 2)
        return value

    def to_python(self, value) -> Decimal | None:  # type: ignore[override]
        text = super().to_python(value)
        if not text:
            return None
        try:
            amount = read_euros(text)
        except NoAmount:
            raise ValidationError(_("Write an amount in euros, such as 250 or 1.234,56.")) from None
        if amount < self.least:
            if self.least == CENT:
                raise ValidationError(_("Write an amount above zero."))
            raise ValidationError(_("Write an amount of at least %(least)s.") % {"least": euros(self.least)})
        if amount > self.most:
            raise ValidationError(_("Write an amount of at most %(most)s.") % {"most": euros(self.most)})
        return amount

    def validate(self, value) -> None:
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value) -> None:
        """The limits were seen while reading; the length of the text is not that of the amount."""
