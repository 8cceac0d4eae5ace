"""Looking for a shift, asking for a seat, and the word of a manager."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.lib.dated import day
from buurtdraad.lib.plain import one_plain_line
from buurtdraad.placements.queries.shifts import areas_with_shifts
from buurtdraad.placements.states import Physical


class FindForm(forms.Form):
    """Which shifts somebody can go to; all of it can be skipped."""

    gebied = forms.ChoiceField(label=gettext_lazy("Where?"), required=False)
    dag = day(label=gettext_lazy("On which day?"), required=False)
    werk = forms.ChoiceField(label=gettext_lazy("What does the work ask of a body?"), required=False)
    taal = forms.CharField(label=gettext_lazy("Which language do you speak, besides Dutch?"), max_length=40, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["gebied"].choices = [("", _("All places")), *areas_with_shifts(timezone.now())]  # type: ignore[attr-defined]
        self.fields["werk"].choices = [("", _("It does not matter")), *Physical.choices]  # type: ignore[attr-defined]


class SignUpForm(forms.Form):
    """One screen to ask for a seat."""

    department = forms.CharField(label=gettext_lazy("In which department do you work?"), max_length=100)
    manager_email = forms.EmailField(
        label=gettext_lazy("E-mail address of your manager"), help_text=gettext_lazy("Your manager says yes or no in one click.")
    )
    motivation = forms.CharField(
        label=gettext_lazy("Why do you want to come?"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Your manager reads this."),
    )  # fmt: skip

    def clean_department(self) -> str:
        return one_plain_line(self.cleaned_data["department"])


class OtherManagerForm(forms.Form):
    """Another address for the question to the manager."""

    manager_email = forms.EmailField(label=gettext_lazy("E-mail address of your manager"))


class ManagerForm(forms.Form):
    """Why not, where a manager wants to say so. Yes and no are buttons."""

    why = forms.CharField(
        label=gettext_lazy("If you say no: why?"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Who asked reads this."),
    )  # fmt: skip
