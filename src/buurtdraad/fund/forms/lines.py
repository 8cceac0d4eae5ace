"""Of each line of the costs what is accepted, and why not all."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from buurtdraad.fund.models import Application, CostLine, NotPaid
from buurtdraad.fund.states import CostKind
from buurtdraad.ui.euros import EuroField


class LinesForm(forms.Form):
    """`groups` are the lines, each with its two fields. What the rules do not pay is filled in already; who handles it may change it."""

    def __init__(self, *args: Any, application: Application, not_paid: dict[CostKind, NotPaid], **options: Any) -> None:
        super().__init__(*args, **options)
        self.costs = list(application.costs.all())
        for line in self.costs:
            rule = not_paid.get(CostKind(line.kind))
            self.fields[accepted(line)] = EuroField(
                label=_("Accepted"), least=0, most=line.amount, initial=seen(line, rule), error_messages={"required": _("Write an amount.")}
            )
            self.fields[reason(line)] = forms.CharField(
                label=_("Why not all?"), max_length=300, required=False, initial=line.reason or (rule.reason if rule else "")
            )

    def clean(self) -> dict:
        given = super().clean() or {}
        for line in self.costs:
            amount = given.get(accepted(line))
            if amount is not None and amount < line.amount and not given.get(reason(line)):
                self.add_error(reason(line), _("Say why not all of it is accepted: %(line)s.") % {"line": line.label})
        return given

    @property
    def groups(self) -> list[tuple]:
        return [(line, self[accepted(line)], self[reason(line)]) for line in self.costs]

    @property
    def lines(self) -> dict[int, tuple[Decimal, str]]:
        """What was filled in of each line, by its row."""
        given = self.cleaned_data
        return {line.pk: (given[accepted(line)], given[reason(line)]) for line in self.costs}


def accepted(line: CostLine) -> str:
    return f"accepted_{line.pk}"


def reason(line: CostLine) -> str:
    return f"reason_{line.pk}"


def seen(line: CostLine, rule: NotPaid | None) -> Decimal:
    """What was accepted before; else nothing of what the rules do not pay, and all of the rest."""
    if line.accepted is not None:
        return line.accepted
    return Decimal(0) if rule else line.amount
