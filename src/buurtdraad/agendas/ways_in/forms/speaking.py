"""The form of who speaks, of who brings a recording along, and of who listens."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtdraad.agendas.ways_in.actions.speaking import WrittenDown
from buurtdraad.agendas.ways_in.forms.hearing import AreaForm, HearBackForm
from buurtdraad.agendas.ways_in.states import ReadBack
from buurtdraad.agendas.wishes.rules import MOST_LETTERS
from buurtdraad.agendas.wishes.states import Kind, Theme
from buurtdraad.lib.spam import AnonymousForm
from buurtdraad.lib.uploads.fields import SoundField


class SpeakForm(AreaForm, HearBackForm, AnonymousForm):
    """Speak in a wish. Without JavaScript a telephone records through the choice of a file."""

    sound = SoundField(
        label=_("Your recording"),
        help_text=_("At most 5 minutes. Tell what you want, or what bothers you, and where."),
        widget=forms.FileInput(attrs={"capture": True}),
    )
    field_order = ("sound", "area", "way", "name", "phone")

    def own_words(self) -> str:
        return self.cleaned_data.get("name", "")


class RecordingForm(AreaForm, HearBackForm):
    """One of the staff brings a recording that was made elsewhere."""

    sound = SoundField(label=_("Which recording?"), help_text=_("m4a, mp3, ogg, webm or wav. At most 5 minutes."))
    field_order = ("sound", "area", "way", "name", "phone")


class HeardForm(forms.Form):
    """What is said in a note. Where the giver wants to be called, it is read back to them first."""

    text = forms.CharField(
        label=_("What is said?"),
        help_text=_("In the words of who speaks. Leave names, phone numbers and house numbers out."),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=Kind.choices, initial=Kind.WISH, widget=forms.RadioSelect)
    theme = forms.ChoiceField(label=_("What is it about?"), choices=Theme.choices, initial=Theme.OTHER)
    read_back = forms.ChoiceField(
        label=_("Did you read it back to them?"),
        help_text=_("Call, read aloud what you wrote, and change what is not right."),
        choices=ReadBack.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, called: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not called:
            del self.fields["read_back"]

    @property
    def heard(self) -> WrittenDown:
        given = self.cleaned_data
        return WrittenDown(given["text"], Kind(given["kind"]), Theme(given["theme"]), given.get("read_back", ""))
