"""Opening a pulse, and its five questions."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from buurtdraad.lib.dated import day
from buurtdraad.method.models.pulse import QUESTIONS

# From a first letter to a reminder and the end: three weeks suit most people.
USUAL_DAYS = 21
ANSWERS = (
    (1, gettext_lazy("Not at all")),
    (2, gettext_lazy("Not really")),
    (3, gettext_lazy("Partly")),
    (4, gettext_lazy("Mostly")),
    (5, gettext_lazy("Fully")),
)


def this_year() -> int:
    return timezone.localdate().year


def in_three_weeks() -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=USUAL_DAYS)


class LastDayForm(forms.Form):
    closes_on = day(label=gettext_lazy("Last day to answer"), initial=in_three_weeks)


class OpenForm(forms.Form):
    """The year and the days of a pulse."""

    year = forms.IntegerField(
        label=gettext_lazy("Which year is it about?"), min_value=2000, max_value=2100, initial=this_year,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), gettext_lazy("Fill in a year, such as 2026.")),
    )  # fmt: skip
    opens_on = day(
        label=gettext_lazy("First day"),
        initial=timezone.localdate,
        help_text=gettext_lazy("On this day everybody gets a mail with a link. When it is today, they get it at once."),
    )
    closes_on = day(label=gettext_lazy("Last day to answer"), initial=in_three_weeks)
    sure = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def to_confirm(self) -> "OpenForm":
        """The same once more, out of sight, for who now sees how many people get a mail."""
        again = OpenForm(initial=self.cleaned_data | {"sure": True})
        for field in again.fields.values():
            field.widget = forms.HiddenInput()
        return again


class PulseForm(forms.Form):
    """Five times how true a sentence is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in QUESTIONS:
            self.fields[name] = forms.TypedChoiceField(
                label=words, choices=ANSWERS, coerce=int, widget=forms.RadioSelect,
                error_messages={"required": gettext_lazy("Choose what fits best.")},
            )  # fmt: skip
