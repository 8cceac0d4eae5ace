"""What is asked about a report: the days, a sentence, a remark, a correction."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

LINES = {"rows": 4}


class PeriodForm(forms.Form):
    """Over which days a report is drafted; two dates as people write them."""

    from_on = forms.DateField(label=gettext_lazy("From which day?"))
    until_on = forms.DateField(label=gettext_lazy("Up to and with which day?"))


class AreaForm(forms.Form):
    """Which area somebody wants to know about."""

    gebied = forms.ChoiceField(label=gettext_lazy("Which area?"))

    def __init__(self, *args: Any, areas: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gebied"].choices = areas  # type: ignore[attr-defined]


class SentenceForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("The sentence"), max_length=2000, widget=forms.Textarea(attrs=LINES),
        help_text=gettext_lazy("A name between braces is a number. Leave it there, or put another one in its place."),
    )  # fmt: skip


class RemarkForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("What do you want to say?"), max_length=2000, widget=forms.Textarea(attrs=LINES))


class CorrectionForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("What is not right, and what is?"), max_length=2000, widget=forms.Textarea(attrs=LINES),
        help_text=gettext_lazy("Everybody reads this above the report. The report itself stays as it is."),
    )  # fmt: skip
