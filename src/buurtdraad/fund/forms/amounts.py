"""Amounts as people write them. Where somebody wrote "ongeveer", the form reads it back once and asks whether that is right."""

import re
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from buurtdraad.ui.euros import EuroField, euros
from buurtdraad.ui.numbers import as_text

ABOUT = re.compile(r"ongeveer|circa|\bca\b|±|about", re.IGNORECASE)


class AmountsForm(forms.Form):
    """A form with amounts. An unsure one is put back as it was read: who sends it again says yes to it."""

    def clean(self) -> dict:
        given = super().clean() or {}
        for name, field in self.fields.items():
            wrote = str(self.data.get(self.add_prefix(name), ""))
            if isinstance(field, EuroField) and given.get(name) is not None and ABOUT.search(wrote):
                self.read_back(name, wrote, given[name])
        return given

    def read_back(self, name: str, wrote: str, amount: Decimal) -> None:
        says = _("You wrote “%(wrote)s”. We read %(amount)s. Is that right? Then go on.")
        self.add_error(name, says % {"wrote": wrote.strip()[:30], "amount": euros(amount)})
        self.put(name, as_text(amount, 0 if amount == amount.to_integral_value() else 2))

    def put(self, name: str, value: str) -> None:
        """Another value on the form when it is shown again."""
        data: Any = cast("QueryDict", self.data).copy()
        data[self.add_prefix(name)] = value
        self.data = data
