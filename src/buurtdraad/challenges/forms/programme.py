"""What is asked of an ambition and of a challenge."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.forms.names import NameField
from buurtdraad.challenges.models import Ambition
from buurtdraad.lib.dated import DaysForm, first_day, last_day


def long_text(**options: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=2000, required=False, **options)


class AmbitionForm(DaysForm):
    """An ambition of the programme."""

    name = NameField(label=gettext_lazy("What is the ambition called?"))
    number = forms.IntegerField(label=gettext_lazy("Which number does it have in the programme?"), min_value=1, max_value=99)
    text = long_text(label=gettext_lazy("What does the city want with it?"))
    from_on = first_day()
    until_on = last_day()


class ChallengeForm(DaysForm):
    """A challenge, and the ambition that it is under."""

    ambition = forms.ModelChoiceField(
        label=gettext_lazy("Under which ambition?"),
        empty_label=gettext_lazy("Choose an ambition"),
        queryset=Ambition.objects.all(),
        to_field_name="code",
    )
    name = NameField(label=gettext_lazy("What is the challenge called?"))
    goal = long_text(label=gettext_lazy("What has to be better?"))
    owner = NameField(
        label=gettext_lazy("Which department answers for it?"), required=False, help_text=gettext_lazy("A department, never a person.")
    )
    from_on = first_day()
    until_on = last_day()
