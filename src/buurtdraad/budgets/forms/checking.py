"""What is asked of staff about plans: whether they can be done, what to ask the makers, which exclude each other, what comes in at once."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.agendas.wishes.forms.giving import Words
from buurtdraad.budgets.models import BudgetPlan
from buurtdraad.budgets.queries.origins import Offered, Thing
from buurtdraad.budgets.states import CostFrom, Verdict
from buurtdraad.ui.euros import EuroField


class CheckForm(forms.Form):
    """Whether a plan can be done, why, and what it costs."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Can it be done?"),
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the three answers.")},
    )
    reason = Words(
        label=gettext_lazy("Why? Everybody reads this."),
        help_text=gettext_lazy("In plain words, without names of people."),
        max_length=500,
        error_messages={"required": gettext_lazy("Say why, in plain words.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    change = Words(
        label=gettext_lazy("What has to change?"),
        help_text=gettext_lazy("Only if it can be done when something changes."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    helper = forms.CharField(
        label=gettext_lazy("Who helps with that?"),
        help_text=gettext_lazy("Name and phone number of a colleague. Everybody reads this."),
        max_length=150,
        required=False,
    )
    cost = EuroField(label=gettext_lazy("What does it cost, in euros?"), least=0, required=False)
    cost_from = forms.ChoiceField(
        label=gettext_lazy("Who says that?"), choices=[("", gettext_lazy("Choose")), *CostFrom.choices], required=False
    )
    cost_words = forms.CharField(label=gettext_lazy("How was that found?"), max_length=300, required=False)

    def clean(self) -> dict:
        given = super().clean() or {}
        if given.get("verdict") == Verdict.REPAIR:
            if not given.get("change"):
                self.add_error("change", _("Say what has to change."))
            if not given.get("helper"):
                self.add_error("helper", _("Say who helps with that."))
        if given.get("verdict") == Verdict.YES and given.get("cost") is None and "cost" not in self.errors:
            self.add_error("cost", _("Write down what the plan costs."))
        if given.get("cost") is not None and not given.get("cost_from"):
            self.add_error("cost_from", _("Say where the amount comes from."))
        return given


class QuestionForm(forms.Form):
    """What its makers have to answer before a plan stands on the site."""

    question = Words(
        label=gettext_lazy("What do you ask them?"),
        help_text=gettext_lazy("Say what cannot stand on the site, and what they can do."),
        max_length=500,
        error_messages={"required": gettext_lazy("Write down what you ask them.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SpotForm(forms.Form):
    """Plans of which at most one can win."""

    plans = forms.MultipleChoiceField(
        label=gettext_lazy("Which plans?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose two plans or more.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Which place or purpose do they share?"),
        help_text=gettext_lazy("Such as: the corner of the square."),
        max_length=120,
    )
    why = forms.CharField(label=gettext_lazy("Why can only one of them be done?"), max_length=300)

    def __init__(self, *args: Any, plans: Sequence[BudgetPlan], **options: Any) -> None:
        super().__init__(*args, **options)
        self.by_key = {str(plan.pk): plan for plan in plans}
        self.fields["plans"].choices = [(key, f"{plan.number}. {plan.title}") for key, plan in self.by_key.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[BudgetPlan]:
        return [self.by_key[key] for key in self.cleaned_data["plans"]]


class ManyForm(forms.Form):
    """What comes into the round at once, from the agenda and the plans of residents."""

    wishes, agreements, initiatives = (
        forms.MultipleChoiceField(label=label, widget=forms.CheckboxSelectMultiple, required=False)
        for label in (
            gettext_lazy("Wishes of topics of the agenda"), gettext_lazy("Agreements of the agenda"), gettext_lazy("Plans of residents")
        )
    )  # fmt: skip

    def __init__(self, *args: Any, offered: Offered, **options: Any) -> None:
        super().__init__(*args, **options)
        self.things: dict[str, dict[str, Thing]] = {}
        for name in ("wishes", "agreements", "initiatives"):
            found = {str(thing.pk): thing for thing in getattr(offered, name)}
            self.things[name] = found
            self.fields[name].choices = [(key, str(getattr(thing, "title", thing))) for key, thing in found.items()]  # type: ignore[attr-defined]
            if not found:
                del self.fields[name]

    def clean(self) -> dict:
        given = super().clean() or {}
        if not self.errors and not self.chosen:
            self.add_error(None, _("Choose at least one."))
        return given

    @property
    def chosen(self) -> list[Thing]:
        return [self.things[name][key] for name in self.fields for key in self.cleaned_data.get(name, [])]
