"""What an initiative tells, and what who reads it decides."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.agendas.wishes.forms.giving import Words


class UpdateForm(forms.Form):
    """News of its people."""

    text = Words(
        label=gettext_lazy("What do you want to tell?"),
        help_text=gettext_lazy("Everybody can read it. Please write no names or addresses of people."),
        max_length=2000,
        error_messages={"required": gettext_lazy("Tell in a few words what happened.")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class PrizeForm(forms.Form):
    """A prize that it won."""

    name = forms.CharField(label=gettext_lazy("Which prize?"), max_length=150)
    year = forms.IntegerField(label=gettext_lazy("In which year?"), min_value=1950)
    url = forms.URLField(label=gettext_lazy("Where can people read about it?"), max_length=300, required=False, assume_scheme="https")

    def clean_year(self) -> int:
        if self.cleaned_data["year"] > timezone.localdate().year:
            raise forms.ValidationError(_("This year is still to come."))
        return self.cleaned_data["year"]


class WhyForm(forms.Form):
    """A question or reason that its people get."""

    why = forms.CharField(
        label=gettext_lazy("What do you ask or tell them?"),
        help_text=gettext_lazy("They get these words."),
        max_length=500,
        error_messages={"required": gettext_lazy("Write what you ask or tell them.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
