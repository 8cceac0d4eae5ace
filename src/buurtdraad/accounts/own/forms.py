"""What a person says about themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtdraad.accounts.forms.names import NameField


class NameForm(forms.Form):
    name = NameField(
        label=_("What do we call you?"),
        help_text=_("A first name is enough."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
