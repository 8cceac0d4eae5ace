"""The screens about money: what it costs, line by line, and who pays the rest and what people do themselves."""

from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.fund.actions.drafting import Cost, Income
from buurtdraad.fund.forms.amounts import AmountsForm
from buurtdraad.fund.forms.asking import StepForm
from buurtdraad.fund.models import Application
from buurtdraad.fund.states import CostKind, IncomeKind
from buurtdraad.ui.euros import EuroField
from buurtdraad.ui.needed import needed_sometimes

FIRST_LINES, MORE_LINES, MOST_LINES = 3, 5, 40
NO_AMOUNT = gettext_lazy("Write an amount in euros, such as 250 or 1.234,56.")


class Row(NamedTuple):
    """One line on the screen."""

    label: BoundField
    amount: BoundField
    kind: BoundField


class CostsForm(AmountsForm, StepForm):
    """What it costs: lines with a name and an amount; empty lines are skipped. `more` asks for more lines."""

    rows = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, application: Application, more: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = list(application.costs.all())
        self.count = min(self.asked_rows(len(there)) + (MORE_LINES if more else 0), MOST_LINES)
        self.initial["rows"] = self.count
        for number in range(self.count):
            line = there[number] if number < len(there) else None
            self.fields[f"label_{number}"] = forms.CharField(
                label=_("What do you buy, rent or pay?"), max_length=150, required=False, initial=line.label if line else None
            )
            self.fields[f"amount_{number}"] = EuroField(label=_("How many euros?"), required=False, initial=line.amount if line else None)
            self.fields[f"kind_{number}"] = forms.ChoiceField(
                label=_("What kind of costs?"), choices=[("", _("Choose if you want")), *CostKind.choices], required=False,
                initial=line.kind if line else "",
            )  # fmt: skip
        needed_sometimes(self, "label_0", "amount_0")
        if self.is_bound:
            self.put("rows", str(self.count))

    def asked_rows(self, there: int) -> int:
        try:
            sent = int(self.data.get("rows", 0)) if self.is_bound else 0
        except ValueError:
            sent = 0
        return max(FIRST_LINES, there + (0 if self.is_bound or not there else 1), min(sent, MOST_LINES))

    @property
    def lines(self) -> list[Row]:
        return [Row(self[f"label_{number}"], self[f"amount_{number}"], self[f"kind_{number}"]) for number in range(self.count)]

    def clean(self) -> dict:
        given = super().clean()
        for number in range(self.count):
            label, amount = given.get(f"label_{number}"), given.get(f"amount_{number}")
            if label and amount is None and f"amount_{number}" not in self.errors:
                self.add_error(f"amount_{number}", _("How many euros is this? A guess is fine."))
            if amount is not None and not label:
                self.add_error(f"label_{number}", _("What is this amount for?"))
        if not self.errors and not self.costs:
            self.add_error("label_0", _("Write at least one thing that costs money."))
        return given

    @property
    def costs(self) -> list[Cost]:
        given = self.cleaned_data
        return [
            Cost(CostKind(given.get(f"kind_{number}") or CostKind.OTHER), given[f"label_{number}"], given[f"amount_{number}"])
            for number in range(self.count)
            if given.get(f"label_{number}") and given.get(f"amount_{number}") is not None
        ]


def amount(label: Any) -> EuroField:
    return EuroField(label=label, required=False, least=Decimal("0.01"))


def words(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, max_length=150, required=False)


class IncomesForm(AmountsForm, StepForm):
    """Who pays the rest, and what people do themselves. Whatever does not apply is left open."""

    hours = forms.IntegerField(
        label=gettext_lazy("How many hours do you and your neighbours help, together?"),
        help_text=gettext_lazy("To prepare, build up, do it and clean up. A guess is fine."),
        min_value=1, max_value=99_999, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": gettext_lazy("Write a number, such as 60.")},
    )  # fmt: skip
    own_money = amount(gettext_lazy("How much money do you put in yourselves?"))
    goods_label = words(gettext_lazy("Which things do you bring or get?"), gettext_lazy("Such as tables, plants or a tent on loan."))
    goods = amount(gettext_lazy("How much are those things worth?"))
    partner_label = words(gettext_lazy("Who else pays?"), gettext_lazy("Such as a shop or the housing association."))
    partner = amount(gettext_lazy("How much do they pay?"))
    other_fund_label = words(gettext_lazy("Do you ask another fund too? Which one?"))
    other_fund = amount(gettext_lazy("How much do you ask there?"))
    other_fund_certain = forms.BooleanField(label=gettext_lazy("That money is promised already"), required=False)
    entrance = amount(gettext_lazy("How much do visitors pay, together?"))

    REST = (
        "goods_label", "goods", "partner_label", "partner", "other_fund_label", "other_fund", "other_fund_certain", "entrance",
    )  # fmt: skip

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        kwargs["initial"] = as_typed(application) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.own_share = application.rules.own_share
        if self.own_share:
            needed_sometimes(self, "hours")

    def clean(self) -> dict:
        given = super().clean()
        for name in ("goods", "partner", "other_fund"):
            if given.get(f"{name}_label") and given.get(name) is None and name not in self.errors:
                self.add_error(name, NO_AMOUNT)
        if self.own_share and not self.errors and not (given.get("hours") or given.get("own_money") or given.get("goods")):
            self.add_error("hours", _("The fund asks that you do something yourself. Write your hours, things or money."))
        return given

    @property
    def rest_is_open(self) -> bool:
        return any(self[name].errors or self[name].value() for name in self.REST)

    @property
    def rest(self) -> list[BoundField]:
        return [self[name] for name in self.REST]

    @property
    def incomes(self) -> list[Income]:
        given, found = self.cleaned_data, []
        if given.get("hours"):
            found.append(Income(IncomeKind.HOURS, str(IncomeKind.HOURS.label), hours=given["hours"]))
        for kind in (IncomeKind.OWN_MONEY, IncomeKind.GOODS, IncomeKind.PARTNER, IncomeKind.OTHER_FUND, IncomeKind.ENTRANCE):
            if given.get(kind):
                certain = kind != IncomeKind.OTHER_FUND or given["other_fund_certain"]
                found.append(Income(kind, given.get(f"{kind}_label") or str(kind.label), given[kind], certain=certain))
        return found


def as_typed(application: Application) -> dict[str, Any]:
    """The lines that are kept, as the fields of the screen."""
    found: dict[str, Any] = {}
    for line in application.incomes.all():
        if line.kind == IncomeKind.HOURS:
            found["hours"] = line.hours
            continue
        found |= {line.kind: line.amount, f"{line.kind}_label": "" if line.label == IncomeKind(line.kind).label else line.label}
        if line.kind == IncomeKind.OTHER_FUND:
            found["other_fund_certain"] = line.certain
    return found
