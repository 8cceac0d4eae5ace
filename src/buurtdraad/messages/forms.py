"""What we ask: how somebody wants to hear from us, how often, a slip's number, and a note after a call."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from buurtdraad.messages.rules import NotAPhoneNumber, NotASlip, phone_number, slip_number
from buurtdraad.messages.states import CHOOSABLE, Rhythm, Way
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area, AreaYear


class WayForm(forms.Form):
    """The four ways, a phone number for who wants to be called, and the language."""

    way = forms.ChoiceField(label=gettext_lazy("How do you want to hear from us?"), choices=Way.choices, widget=forms.RadioSelect)
    phone = forms.CharField(
        label=gettext_lazy("Your phone number, if we may call you"),
        help_text=gettext_lazy("Only who calls you sees it. After the call we throw it away."),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    language = forms.ChoiceField(label=gettext_lazy("In which language?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, has_number: bool, has_email: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_number, self.has_email = has_number, has_email
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]

    def clean_way(self) -> str:
        way = self.cleaned_data["way"]
        if way == Way.EMAIL and not self.has_email:
            raise forms.ValidationError(_("We have no e-mail address of you that you confirmed. Choose another way, or call us."))
        return way

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        if self.cleaned_data.get("way") != Way.CALL:
            return ""
        if not phone and not self.has_number:
            raise forms.ValidationError(_("Which number may we call?"))
        try:
            return phone_number(phone) if phone else ""
        except NotAPhoneNumber:
            raise forms.ValidationError(_("This is no phone number. Write it as 06 12345678.")) from None


class RhythmForm(forms.Form):
    """How often about a subject, in one area or everywhere."""

    area = forms.ChoiceField(label=gettext_lazy("About which neighbourhood?"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("About what?"), choices=[(kind.value, kind.label) for kind in CHOOSABLE])
    rhythm = forms.ChoiceField(label=pgettext_lazy("rhythm", "How often?"), choices=Rhythm.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        city = places.city_code()
        found: list[AreaYear | places.Drawn] = [*places.working_areas_of(city), *places.neighbourhoods_of(city)] if city else []
        named = [(place.code, place.name) for place in found]
        self.fields["area"].choices = [("", _("All neighbourhoods")), *named]  # type: ignore[attr-defined]
        self.fields["area"].required = False

    def clean_area(self) -> Area | None:
        """The area that was chosen; None for all of them."""
        return Area.objects.filter(code=self.cleaned_data["area"]).first()


class SlipForm(forms.Form):
    """The number on a slip."""

    number = forms.CharField(
        label=gettext_lazy("Which number is on your slip?"),
        help_text=gettext_lazy("It has 8 letters and digits, such as ABCD-EFGH."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_number(self) -> str:
        try:
            return slip_number(self.cleaned_data["number"])
        except NotASlip:
            raise forms.ValidationError(_("We do not know this number. Look at your slip again, or call us.")) from None


class DealtWithForm(forms.Form):
    """Which mail was told in another way."""

    mail = forms.UUIDField(widget=forms.HiddenInput)


class NoteForm(forms.Form):
    """What the next caller should know."""

    note = forms.CharField(
        label=gettext_lazy("For who calls next time"),
        help_text=gettext_lazy("Such as: after six o'clock. Nothing about somebody's health or life."),
        max_length=200,
        required=False,
    )
