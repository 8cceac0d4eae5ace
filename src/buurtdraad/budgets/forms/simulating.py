"""Which ballots we try two rules on, and which rules."""

from dataclasses import replace
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.budgets.forms.counting import WAYS, WAYS_IN_WORDS, rule_on
from buurtdraad.budgets.models import Part, RulesSheet
from buurtdraad.budgets.queries.simulating import parts_to_try, title_of
from buurtdraad.budgets.tally.rule import Rule

MOST_MB = 4
RULES = [
    ("sheet", gettext_lazy("The rules of this round, as they stand now")),
    *WAYS_IN_WORDS,
    ("count", gettext_lazy("Fair parts, counted by the number of plans")),
]
MORE_WAYS: dict[str, dict[str, Any]] = WAYS | {"count": {"kind": "equal-shares", "completion": "add1", "utility": "count"}}


class BallotsField(forms.FileField):
    """A Pabulib file of at most some megabytes."""

    def clean(self, data: Any, initial: Any = None) -> UploadedFile | None:
        file = super().clean(data, initial)
        if file and file.size > MOST_MB * 1024 * 1024:
            raise forms.ValidationError(_("This file is too large. At most %(number)s MB.") % {"number": MOST_MB})
        return file


class SimulateForm(forms.Form):
    part = forms.ModelChoiceField(
        Part.objects.none(), label=gettext_lazy("Which votes do we take?"), required=False,
        empty_label=gettext_lazy("Those of the file below"),
    )  # fmt: skip
    file = BallotsField(
        label=gettext_lazy("Or a file with votes"), required=False, widget=forms.FileInput(attrs={"accept": ".pb"}),
        help_text=gettext_lazy("A Pabulib file (.pb), such as of another city. We count it and keep nothing."),
    )  # fmt: skip
    first = forms.ChoiceField(label=gettext_lazy("First way of counting"), choices=RULES, initial="sheet")
    second = forms.ChoiceField(label=gettext_lazy("Second way of counting"), choices=RULES, initial="most")

    def __init__(self, *args: Any, sheet: RulesSheet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sheet = sheet
        field = self.fields["part"]
        field.queryset = parts_to_try()  # type: ignore[attr-defined]
        field.label_from_instance = title_of  # type: ignore[attr-defined]

    def clean(self) -> dict:
        given = super().clean() or {}
        if not self.errors and not given.get("part") and not given.get("file"):
            self.add_error("file", _("Choose a round of before, or a file with votes."))
        return given

    def rule(self, name: str) -> Rule:
        """The rule that was chosen: that of the sheet, or another way with its other choices kept."""
        base, chosen = rule_on(self.sheet), self.cleaned_data[name]
        if chosen == "sheet":
            return base
        return replace(base, order="", **{"utility": "cost"} | MORE_WAYS[chosen])
