"""What holds for a time: `from_on`, and `until_on` as its last day or nothing; and asking for such days."""

import datetime
from typing import Any, Self

from django import forms
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FIRST_DAY, LAST_DAY = datetime.date(1990, 1, 1), datetime.date(2100, 1, 1)
# The condition of a constraint.
ENDS_AFTER_IT_BEGINS = Q(until_on__isnull=True) | Q(until_on__gte=F("from_on"))


class DatedQuerySet(models.QuerySet):
    """Questions about what holds for a time."""

    def on(self, day: datetime.date) -> Self:
        """Those that hold on this day."""
        return self.not_over(day).filter(from_on__lte=day)

    def not_over(self, day: datetime.date) -> Self:
        """Those that hold on this day or later."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day))


def day(**options: Any) -> forms.DateField:
    """A date as the browser asks for it, or typed as people write it."""
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


def first_day() -> forms.DateField:
    return day(label=gettext_lazy("From which day?"), initial=timezone.localdate)


def last_day() -> forms.DateField:
    return day(
        label=gettext_lazy("Until which day?"),
        required=False,
        help_text=gettext_lazy("The last day. Leave empty when the end is not known."),
    )


class DaysForm(forms.Form):
    """Days within reason, the last one not before the first."""

    def clean(self) -> dict:
        given = super().clean() or {}
        for name in ("from_on", "until_on", "last_day"):
            if (value := given.get(name)) and not FIRST_DAY <= value <= LAST_DAY:
                self.add_error(name, _("Choose a day in this century."))
        if (first := given.get("from_on")) and (last := given.get("until_on")) and last < first:
            self.add_error("until_on", _("The last day lies before the first day."))
        return given


class EndForm(DaysForm):
    """The last day of something."""

    last_day = day(label=gettext_lazy("Last day"), initial=timezone.localdate)
