"""The screen about who asks, to which account the money goes, and how letters come; and the last one, for who fills it in for somebody."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.forms.names import NameField
from buurtdraad.fund.actions.drafting import WrongAccount, read_iban
from buurtdraad.fund.forms.asking import StepForm
from buurtdraad.fund.models import Application, Payee
from buurtdraad.fund.states import Channel, SentBy, Who
from buurtdraad.lib.dated import day
from buurtdraad.messages.rules import NotAPhoneNumber, phone_number
from buurtdraad.ui.needed import needed_sometimes

PHONE = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
NO_PHONE = gettext_lazy("This is no phone number. Write it as 06 12345678.")
ORGANISATION = ("organisation_name", "register_number", "economic", "de_minimis")
CHILDREN = ("adult_name", "adult_phone")
OF_APPLICATION = ("applicant_name", "applicant_address", "phone", "send_by", *ORGANISATION, *CHILDREN)


class ApplicantForm(StepForm):
    """Who asks (Awb 4:2) and the account. What is asked of an association or of children is asked of them only."""

    applicant_name = NameField(
        label=gettext_lazy("Your first and last name"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Write your name. It stands on the letter.")},
    )
    applicant_address = forms.CharField(
        label=gettext_lazy("Your address"),
        help_text=gettext_lazy("Street, number and town."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        error_messages={"required": gettext_lazy("Write your address. The law asks for it.")},
    )
    phone = forms.CharField(
        label=gettext_lazy("Your phone number"),
        help_text=gettext_lazy("Then we can call when something is not clear."),
        max_length=30, required=False, widget=PHONE,
    )  # fmt: skip
    organisation_name = NameField(label=gettext_lazy("Name of the association or foundation"))
    register_number = forms.RegexField(
        r"^\d{8}$", label=gettext_lazy("Number in the register of the Chamber of Commerce"), required=False,
        error_messages={"invalid": gettext_lazy("This number has eight digits.")},
    )  # fmt: skip
    economic = forms.BooleanField(label=gettext_lazy("We sell things or services, like a business"), required=False)
    de_minimis = forms.CharField(
        label=gettext_lazy("Which money did you get of a government in the last three years?"),
        help_text=gettext_lazy("Only if you sell things or services. Write amounts and years, or: nothing."),
        max_length=500, required=False,
    )  # fmt: skip
    adult_name = NameField(label=gettext_lazy("Which adult helps you?"), help_text=gettext_lazy("First and last name."))
    adult_phone = forms.CharField(label=gettext_lazy("Phone number of this adult"), max_length=30, widget=PHONE)
    iban = forms.CharField(
        label=gettext_lazy("Account number"),
        help_text=gettext_lazy("As it stands on your bank card. Only you and who pays see it."),
        max_length=42, required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    holder = NameField(
        label=gettext_lazy("In whose name is the account?"), help_text=gettext_lazy("Only if it is another name than yours."),
        max_length=70, required=False,
    )  # fmt: skip
    card = forms.BooleanField(
        label=gettext_lazy("I would rather have a card with the money on it"),
        help_text=gettext_lazy("Then you write no account number. Only who pays sees that you chose this."),
        required=False,
    )
    send_by = forms.ChoiceField(
        label=gettext_lazy("How do you want our letter?"), choices=SentBy.choices, widget=forms.RadioSelect, required=False
    )

    def __init__(self, *args: Any, application: Application, sees_account: bool, by_mail: bool, **kwargs: Any) -> None:
        self.payee: Payee | None = getattr(application, "payee", None)
        kept = {name: getattr(application, name) for name in OF_APPLICATION}
        if self.payee and sees_account:
            kept |= {"iban": self.payee.iban, "holder": self.payee.holder, "card": self.payee.card}
        kwargs["initial"] = kept | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.who, self.hidden_account = application.who, bool(self.payee) and not sees_account
        for name in (*(ORGANISATION if self.who != Who.ORGANISATION else ()), *(CHILDREN if self.who != Who.CHILDREN else ())):
            del self.fields[name]
        if by_mail or application.channel != Channel.WEB:
            left_out = () if by_mail else (SentBy.EMAIL,)
            self.fields["send_by"].choices = [one for one in SentBy.choices if one[0] not in left_out]  # type: ignore[attr-defined]
        else:
            del self.fields["send_by"]
        if self.hidden_account:
            self.fields["iban"].help_text = _("Somebody wrote an account number already. Leave this empty to keep it.")
        else:
            needed_sometimes(self, "iban")
        needed_sometimes(self, "de_minimis")

    def clean(self) -> dict:
        given = super().clean() or {}
        for name in ("phone", "adult_phone"):
            if given.get(name):
                try:
                    given[name] = phone_number(given[name])
                except NotAPhoneNumber:
                    self.add_error(name, NO_PHONE)
        self.clean_account(given)
        if given.get("economic") and not given.get("de_minimis"):
            self.add_error("de_minimis", _("Write which money of a government you got, or: nothing."))
        return given

    def clean_account(self, given: dict) -> None:
        if given.get("card") or "iban" in self.errors:
            return
        if not given.get("iban"):
            if not self.keeps_account(given):
                self.add_error("iban", _("Write your account number. It begins with two letters, such as NL."))
            return
        try:
            given["iban"] = read_iban(given["iban"])
        except WrongAccount as refusal:
            self.add_error("iban", str(refusal))

    def keeps_account(self, given: dict) -> bool:
        return self.hidden_account and not given.get("iban") and not given.get("card")

    @property
    def facts(self) -> dict[str, Any]:
        """What is kept of who asks."""
        given = self.cleaned_data
        found = {name: given[name] for name in OF_APPLICATION if name in self.fields}
        if not found.get("send_by"):
            found.pop("send_by", None)
        return found

    @property
    def account(self) -> dict[str, Any] | None:
        """What is kept of the account; None: as it was."""
        given = self.cleaned_data
        if self.keeps_account(given):
            return None
        named = given.get("organisation_name") or given.get("adult_name") or given["applicant_name"]
        return {"holder": given.get("holder") or named[:70], "iban": given.get("iban", ""), "card": bool(given.get("card"))}


class SendForm(StepForm):
    """The last screen. Who fills it in for somebody reads it back first, and of paper says when it came."""

    read_back = forms.BooleanField(
        label=gettext_lazy("I read all of this to who asks for the money, and they agree"),
        error_messages={"required": gettext_lazy("Read it back first. Do they agree? Then tick this.")},
    )
    received_on = day(label=gettext_lazy("On which day did the paper come?"))

    def __init__(self, *args: Any, application: Application, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if application.channel == Channel.WEB:
            del self.fields["read_back"]
        if application.channel != Channel.PAPER:
            del self.fields["received_on"]
        elif not self.is_bound:
            self.initial["received_on"] = today

    def clean_received_on(self) -> datetime.date:
        received: datetime.date = self.cleaned_data["received_on"]
        if received > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        if (self.today - received).days > 366:
            raise forms.ValidationError(_("This is more than a year ago. Look at the day again."))
        return received
