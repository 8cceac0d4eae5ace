"""Asking for the money of a work: a few rows at a time, each of one source in one year."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.ui.euros import EuroField
from buurtdraad.works.models import WorkMoney
from buurtdraad.works.rules import FIRST_YEAR, LAST_YEAR, MoneyRow
from buurtdraad.works.states import MoneySource

EMPTY_ROWS = 2


def amount(label: Any) -> EuroField:
    return EuroField(label=label, least=0, required=False)


class RowForm(forms.Form):
    """One source in one year. A row without a source is left out."""

    source = forms.ChoiceField(
        label=gettext_lazy("From whom?"), choices=[("", gettext_lazy("Choose who pays")), *MoneySource.choices], required=False
    )
    year = forms.IntegerField(label=gettext_lazy("In which year?"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False)
    planned = amount(gettext_lazy("Planned"))
    committed = amount(gettext_lazy("Committed"))
    spent = amount(gettext_lazy("Spent"))

    def clean(self) -> dict:
        given = super().clean() or {}
        amounts = [given.get(name) for name in ("planned", "committed", "spent")]
        if any(amounts) and not given.get("source"):
            self.add_error("source", _("Say who pays, or leave the amounts empty."))
        if given.get("source") and any(amounts) and not given.get("year") and "year" not in self.errors:
            self.add_error("year", _("Say for which year."))
        if (given.get("spent") or 0) > (given.get("committed") or 0) and "committed" not in self.errors:
            self.add_error("spent", _("More is spent than committed. Look at the amounts again."))
        return given

    def row(self) -> MoneyRow | None:
        """What stands here; None for an empty row."""
        given = self.cleaned_data
        if not (given.get("source") and given.get("year")):
            return None
        return MoneyRow(given["source"], given["year"], *(given[name] or Decimal(0) for name in ("planned", "committed", "spent")))


class MoneyForms:
    """The rows that are there and some empty ones, as one form."""

    def __init__(self, data: Any, rows: Sequence[WorkMoney]) -> None:
        self.errors_of_all: list[str] = []
        number = len(rows) + EMPTY_ROWS
        # What was sent without any row is no form of ours: it takes nothing away.
        self.is_whole = data is None or "rows" in data
        if data is not None:
            number = max(number, min(as_number(data.get("rows", "")), 100))
        this_year = timezone.localdate().year
        kept = [{name: getattr(row, name) for name in ("source", "year", "planned", "committed", "spent")} for row in rows]
        initial = kept + [{"year": this_year}] * (number - len(kept))
        self.forms = [RowForm(data, prefix=f"r{place}", initial=initial[place]) for place in range(number)]

    def is_valid(self) -> bool:
        # Each is looked at, so that all errors stand there together.
        valid = [form.is_valid() for form in self.forms]
        return self.is_whole and all(valid)

    def rows(self) -> list[MoneyRow]:
        return [row for form in self.forms if (row := form.row())]

    def add_error(self, field: str | None, text: str) -> None:
        """What holds for all rows together; `ui.asking.done` calls it."""
        self.errors_of_all.append(text)


def as_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0
