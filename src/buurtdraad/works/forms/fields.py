"""Days as people write them, and who owns a sheet."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.works.rules import read_period


class PeriodField(forms.CharField):
    """A day as people write it: "31-12-2026", "eind juni 2027", "2027". Gives its last day, or with `first` its first."""

    def __init__(self, *, first: bool = False, **options: Any) -> None:
        options.setdefault("max_length", 40)
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        options.setdefault("help_text", gettext_lazy("Such as 31-12-2027, June 2027 or spring 2027."))
        super().__init__(**options)
        self.first = first

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%d-%m-%Y") if isinstance(value, datetime.date) else value

    def to_python(self, value: Any) -> datetime.date | None:  # type: ignore[override]
        text = super().to_python(value)
        if not text:
            return None
        period = read_period(text, timezone.localdate())
        if period is None:
            raise ValidationError(_("We do not know this day. Write it as 31-12-2027, or as June 2027."))
        return period.first if self.first else period.last

    def run_validators(self, value: Any) -> None:
        """The length of the text was that of what people wrote; a day has none."""

    def clean(self, value: Any) -> Any:
        if isinstance(value, str) and self.max_length and len(value) > self.max_length:
            raise ValidationError(_("We do not know this day. Write it as 31-12-2027, or as June 2027."))
        return super().clean(value)

    def validate(self, value: Any) -> None:
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")


def lines(label: Any, *, most: int = 2000, **options: Any) -> forms.CharField:
    """Some lines of text, which may stay empty."""
    return forms.CharField(label=label, max_length=most, required=False, widget=forms.Textarea(attrs={"rows": 3}), **options)
