"""Signing up: a first name, with how many, and how to hear when something changes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtdraad.agendas.meetings.actions import Comer
from buurtdraad.agendas.meetings.rules import MOST_PEOPLE
from buurtdraad.lib.spam import AnonymousForm
from buurtdraad.messages.rules import NotAPhoneNumber, NotASlip, phone_number, slip_number
from buurtdraad.messages.states import Way

HOW = ((Way.EMAIL.value, _("By e-mail")), (Way.CALL.value, _("Call me")), (Way.NONE.value, _("I do not need to hear anything")))


def people_field() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("How many people come, with you?"),
        min_value=1,
        max_value=MOST_PEOPLE,
        initial=1,
        error_messages={"max_value": _("With more than %(limit_value)s people? Call us.")},
    )


def needs_field() -> forms.CharField:
    return forms.CharField(
        label=_("Do you need something to be able to come?"),
        help_text=_("Such as: a place for my wheelchair, an interpreter, no nuts in the food."),
        max_length=300,
        required=False,
    )


class SignUpForm(AnonymousForm):
    """One screen. Who is signed in (`known`) is not asked how to reach them."""

    name = forms.CharField(label=_("What is your first name?"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "given-name"}))
    people = people_field()
    needs = needs_field()
    way = forms.ChoiceField(label=_("How do you want to hear when something changes?"), choices=HOW, widget=forms.RadioSelect)
    email = forms.EmailField(label=_("Your e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    phone = forms.CharField(
        label=_("Your phone number"), max_length=30, widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"})
    )

    def __init__(self, *args: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.fields["email"].required = self.data.get("way") == Way.EMAIL
            self.fields["phone"].required = self.data.get("way") == Way.CALL
        if known:
            for name in ("way", "email", "phone"):
                del self.fields[name]

    def own_words(self) -> str:
        return self.cleaned_data.get("needs", "")

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> dict:
        given = super().clean() or {}
        way = given.get("way")
        # What was typed for a way that was not chosen is no fault.
        for name, belongs_to in (("email", Way.EMAIL), ("phone", Way.CALL)):
            if way != belongs_to:
                self.errors.pop(name, None)
        if way == Way.CALL and given.get("phone"):
            try:
                given["phone"] = phone_number(given["phone"])
            except NotAPhoneNumber:
                self.add_error("phone", _("Write a phone number with ten digits, such as 06 12345678."))
        return given

    @property
    def comer(self) -> Comer:
        """Who signs up, of a valid form."""
        given = self.cleaned_data
        way = Way(given.get("way") or Way.NONE)
        return Comer(given["name"], given["people"], given["needs"], way, given.get("phone", "") if way == Way.CALL else "")

    @property
    def to_confirm(self) -> str:
        """Where to mail a link to; empty when they chose another way."""
        return self.cleaned_data["email"] if self.cleaned_data.get("way") == Way.EMAIL else ""


class ChangeForm(forms.Form):
    """What somebody can change of their own sign-up."""

    people = people_field()
    needs = needs_field()


class CodeForm(forms.Form):
    """The code on the screen in the room."""

    code = forms.CharField(
        label=_("Which code is on the screen?"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class SlipForm(forms.Form):
    """The number on a slip, to get to one's own sign-up."""

    number = forms.CharField(
        label=_("Which number is on your slip?"),
        help_text=_("It has 8 letters and digits, such as ABCD-EFGH."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_number(self) -> str:
        try:
            return slip_number(self.cleaned_data["number"])
        except NotASlip:
            raise forms.ValidationError(_("We do not know this number. Look at your slip again, or call us.")) from None
