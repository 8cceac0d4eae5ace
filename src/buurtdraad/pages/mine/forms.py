"""What is asked of who wants to go."""

from django import forms
from django.utils.translation import gettext_lazy as _


class EraseForm(forms.Form):
    # A box that is required and empty would be red before anybody did anything.
    use_required_attribute = False

    sure = forms.BooleanField(
        label=_("Yes, I want you to erase me."), error_messages={"required": _("Tick this if you are sure. Otherwise nothing happens.")}
    )
