"""What somebody shows of what they did: three questions, of a full report what each thing came to, a receipt; and a wish to change."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.fund.actions.accounting import Line
from buurtdraad.fund.models import Account
from buurtdraad.lib.dated import FIRST_DAY, LAST_DAY, day
from buurtdraad.lib.uploads.fields import PaperField
from buurtdraad.ui.euros import EuroField
from buurtdraad.ui.needed import needed_sometimes

SOME = forms.Textarea(attrs={"rows": 5})


class AccountForm(forms.Form):
    """The answers may be empty: they are kept, and asked for when it is sent. `full`: with what each line of the costs came to."""

    done = forms.CharField(label=gettext_lazy("What did you do?"), max_length=3000, widget=SOME, required=False)
    people = forms.IntegerField(
        label=gettext_lazy("How many people came or joined in?"), min_value=0, max_value=1_000_000, required=False,
        help_text=gettext_lazy("A guess is fine."),
    )  # fmt: skip
    learned = forms.CharField(
        label=gettext_lazy("What went well, and what would you do otherwise?"), max_length=3000, widget=SOME, required=False
    )

    def __init__(self, *args: Any, account: Account, full: bool, **options: Any) -> None:
        initial = {"done": account.done, "people": account.people, "learned": account.learned}
        super().__init__(*args, **(options | {"initial": initial}))
        self.costs = list(account.application.costs.all()) if full else []
        came_to = {line.label: line.amount for line in account.lines.all()}
        for cost in self.costs:
            label = _("%(label)s: what did it come to?") % {"label": cost.label}
            self.fields[f"cost_{cost.pk}"] = EuroField(label=label, least=0, required=False, initial=came_to.get(cost.label))
        needed_sometimes(self, *self.fields)

    @property
    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        amounts = [(cost, given[f"cost_{cost.pk}"]) for cost in self.costs]
        planned = [(cost, cost.amount if cost.accepted is None else cost.accepted, came) for cost, came in amounts if came is not None]
        lines = [Line(cost.label, amount, came) for cost, amount, came in planned]
        return {"done": given["done"], "people": given["people"], "learned": given["learned"], "lines": lines}


class ReceiptForm(forms.Form):
    receipt = PaperField(
        label=gettext_lazy("Which receipt or statement of your bank?"),
        help_text=gettext_lazy("PDF, Word, Excel or OpenDocument, or a photo of the paper."),
    )


class ChangeForm(forms.Form):
    """What they want to do otherwise; days only when these change."""

    words = forms.CharField(
        label=gettext_lazy("What do you want to do otherwise, and why?"), max_length=3000, widget=forms.Textarea(attrs={"rows": 6})
    )
    starts_on = day(label=gettext_lazy("What is the new first day?"), required=False, help_text=gettext_lazy("Only when it changes."))
    ends_on = day(label=gettext_lazy("What is the new last day?"), required=False, help_text=gettext_lazy("Only when it changes."))

    def clean(self) -> dict:
        given = super().clean() or {}
        for name in ("starts_on", "ends_on"):
            if (value := given.get(name)) and not FIRST_DAY <= value <= LAST_DAY:
                self.add_error(name, _("Choose a day in this century."))
        return given


class ObjectForm(forms.Form):
    """Why somebody does not agree (Awb 6:5)."""

    words = forms.CharField(
        label=gettext_lazy("Why do you not agree?"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Write it in your own words. Mistakes in the language do not matter."),
    )  # fmt: skip


class WithdrawForm(forms.Form):
    sure = forms.BooleanField(
        label=gettext_lazy("Yes, I take my request back"), error_messages={"required": gettext_lazy("Tick this if you are sure.")}
    )
