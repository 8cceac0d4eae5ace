"""What is asked of who wants to go."""

from django import forms
from django.utils.translation import gettext_lazy as _


class EraseForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Yes, I want you to erase me."), error_messages={"required": _("Tick this if you are sure. Otherwise nothing happens.")}
    )
