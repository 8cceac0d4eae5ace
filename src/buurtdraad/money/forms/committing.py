"""Committing money of a pot to a project of the municipality."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy

from buurtdraad.ui.euros import EuroField
from buurtdraad.works.models import Work


class CommitForm(forms.Form):
    """Which project, how much, and for what."""

    work = forms.ChoiceField(label=gettext_lazy("For which project is the money?"))
    amount = EuroField(label=gettext_lazy("How much?"), help_text=gettext_lazy("In euros, such as 250 or 1.234,56."))
    words = forms.CharField(
        label=gettext_lazy("What is it for?"), max_length=200, required=False,
        help_text=gettext_lazy("In plain words, without names. Everybody can read it."),
    )  # fmt: skip

    def __init__(self, *args, works: Sequence[Work], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.works = {str(work.uuid): work for work in works}
        choices = [("", gettext_lazy("Choose a project")), *((key, work.title) for key, work in self.works.items())]
        self.fields["work"].choices = choices  # type: ignore[attr-defined]

    def chosen_work(self) -> Work:
        return self.works[self.cleaned_data["work"]]
