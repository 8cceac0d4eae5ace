"""The form of who reports, and that of who decides."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtdraad.accounts.moderation.states import Reason, Stage
from buurtdraad.lib.spam import AnonymousForm


class ReportForm(AnonymousForm):
    """What is wrong? Nothing about the person is asked."""

    reason = forms.ChoiceField(label=_("What is wrong?"), choices=Reason.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Do you want to tell more?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Write no names of people here."),
    )

    def own_words(self) -> str:
        return self.cleaned_data.get("text", "")


class DecisionForm(forms.Form):
    """What a moderator decides, and why: a few words that the log keeps. `seen` is how the report stood on the page."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    decision = forms.ChoiceField(label=_("What do you do?"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("Why?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Others can read this later. Write no names."),
    )

    def __init__(self, *args: Any, stages: Collection[Stage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [(stage.value, stage.label) for stage in stages]  # type: ignore[attr-defined]
