"""In the room: the code, a wish in twenty seconds, and a card with a number."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtdraad.agendas.meetings.rules import as_code
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.lib.spam import AnonymousForm

MOST_LETTERS = 300


class RoomCodeForm(forms.Form):
    """The code on the screen, to get into the room."""

    code = forms.CharField(
        label=_("Which code is on the screen?"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        code = as_code(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(_("A code has 6 letters and digits. Look at the screen again."))
        return code


class RoomWishForm(AnonymousForm):
    """What do you want for the neighbourhood? The rest is optional."""

    text = forms.CharField(
        label=_("What do you want, or what do you miss in the neighbourhood?"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It comes on the screen. Write no names of people here."),
    )
    theme = forms.ChoiceField(label=_("What is it about?"), choices=Theme.choices, initial=Theme.OTHER, required=False)
    mail = forms.EmailField(
        label=_("Your e-mail address, if you want to hear the answer"), required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip

    def own_words(self) -> str:
        return self.cleaned_data.get("text", "")

    def clean_theme(self) -> Theme:
        return Theme(self.cleaned_data["theme"] or Theme.OTHER)


class CardForm(forms.Form):
    """The number on a card, for who puts stickers on somebody else's telephone."""

    number = forms.IntegerField(label=_("Which number is on your card?"), min_value=1)

    def __init__(self, *args: Any, cards: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cards = cards

    def clean_number(self) -> int:
        number = self.cleaned_data["number"]
        if number > self.cards:
            raise forms.ValidationError(_("There is no card with this number."))
        return number
