"""Who hears what becomes of it, and the choice of an area."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.agendas.ways_in.actions.contacts import HearBack
from buurtdraad.messages.rules import NotAPhoneNumber, phone_number
from buurtdraad.messages.states import Way
from buurtdraad.places.models import Area

# Without an account: an e-mail address has to be confirmed first, which spoken notes and paper do not ask.
WAYS = (Way.CALL, Way.BOARD, Way.NONE)


class AreaForm(forms.Form):
    """The base of a form with a choice of neighbourhoods."""

    area = forms.ChoiceField(label=gettext_lazy("About which neighbourhood?"))

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", _("Choose a neighbourhood")), *areas]  # type: ignore[attr-defined]

    def clean_area(self) -> Area | None:
        code = self.cleaned_data["area"]
        found = Area.objects.filter(code=code).first() if code else None
        if code and found is None:
            raise forms.ValidationError(_("Choose a neighbourhood from the list."))
        return found


def cleaned_phone(typed: str) -> str:
    """A phone number as it is dialled; empty for nothing typed."""
    try:
        return phone_number(typed) if typed.strip() else ""
    except NotAPhoneNumber:
        raise forms.ValidationError(_("This is no phone number. Write it as 06 12345678.")) from None


class HearBackForm(forms.Form):
    """How do you hear from us? For who has no account, or is not signed in."""

    way = forms.ChoiceField(
        label=gettext_lazy("How do you want to hear from us?"),
        choices=[(way.value, way.label) for way in WAYS],
        initial=Way.CALL,
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=gettext_lazy("What may we call you?"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Your phone number, if we may call you"),
        help_text=gettext_lazy("Only who calls you sees it. After the call we throw it away."),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def clean_phone(self) -> str:
        if self.cleaned_data.get("way") != Way.CALL:
            return ""
        phone = cleaned_phone(self.cleaned_data["phone"])
        if not phone:
            raise forms.ValidationError(_("Which number may we call?"))
        return phone

    @property
    def hears(self) -> HearBack:
        given = self.cleaned_data
        return HearBack(Way(given["way"]), given["name"], given["phone"]) if "way" in given else HearBack()

    def only_for_strangers(self) -> None:
        """Somebody who is signed in hears as they chose: nothing to ask."""
        for name in HearBackForm.base_fields:
            del self.fields[name]
