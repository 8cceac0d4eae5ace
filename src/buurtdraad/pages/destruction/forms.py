"""What an administrator decides on a destruction list."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class DestroyForm(forms.Form):
    """Destroy all of it, or nothing and say why."""

    list = forms.UUIDField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=_("What do you do?"),
        choices=[("destroy", _("Destroy all of this for good")), ("refuse", _("Destroy nothing"))],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=_("Why not?"),
        max_length=500,
        required=False,
        help_text=_("Only when you destroy nothing. For example: there is a court case."),
    )

    def clean(self) -> dict:
        given = super().clean() or {}
        if given.get("decision") == "refuse" and not given.get("why"):
            self.add_error("why", gettext("Tell why nothing is destroyed."))
        return given
