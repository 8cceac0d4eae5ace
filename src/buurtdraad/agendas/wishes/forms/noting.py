"""A quick note: thirty seconds at the door or on the phone."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.agendas.wishes.rules import MOST_LETTERS
from buurtdraad.agendas.wishes.states import Channel
from buurtdraad.messages.rules import NotAPhoneNumber, phone_number

CHANNELS = [(Channel.DOOR.value, gettext_lazy("At the door")), (Channel.PHONE.value, gettext_lazy("On the phone"))]


def new_mark() -> str:
    return str(uuid.uuid4())


class NoteForm(forms.Form):
    """What somebody said, where, and how they hear from us. `mark` is made here, or by the browser that was without a connection."""

    mark = forms.UUIDField(widget=forms.HiddenInput, initial=new_mark)
    text = forms.CharField(
        label=gettext_lazy("What does somebody want or miss?"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Write it down as they say it."),
    )
    area = forms.ChoiceField(label=gettext_lazy("Where is it?"))
    channel = forms.ChoiceField(label=gettext_lazy("Where do you speak them?"), choices=CHANNELS, widget=forms.RadioSelect)
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=100, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone number, to call back"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        help_text=gettext_lazy("Without a number the answer is on the board in the community centre."),
    )

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = [] if len(areas) == 1 else [("", gettext_lazy("Choose a neighbourhood"))]
        self.fields["area"].choices = [*first, *areas]  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        try:
            return phone_number(self.cleaned_data["phone"]) if self.cleaned_data["phone"] else ""
        except NotAPhoneNumber:
            raise forms.ValidationError(_("This is no phone number. Write it as 06 12345678.")) from None
