"""Wanting a wish too, following it, and saying whether an answer helped."""

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtdraad.agendas.wishes.states import Helped
from buurtdraad.lib.spam import AnonymousForm


class AddressForm(AnonymousForm):
    """The e-mail address of somebody without an account; it counts once they pressed the button in the mail."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("You get a mail with a button. It counts after you pressed that button."),
        max_length=254,
        error_messages={"required": _("Write down your e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def own_words(self) -> str:
        return ""


class RatingForm(forms.Form):
    """Three faces, and a word if somebody wants."""

    helped = forms.TypedChoiceField(
        label=_("Were you helped well?"), choices=Helped.choices[::-1], coerce=int, widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("Do you want to tell more?"),
        help_text=_("Only people who work in your neighbourhood read this. Please write no names of people."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
