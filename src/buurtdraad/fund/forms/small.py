"""A small plan on one screen, and the first screen of who fills in a request for somebody else."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.forms.names import NameField
from buurtdraad.fund.actions.assisting import Asker
from buurtdraad.fund.actions.drafting import Cost, Income, PlanFacts, WrongAccount, read_iban
from buurtdraad.fund.actions.small import SmallPlan
from buurtdraad.fund.forms.amounts import AmountsForm
from buurtdraad.fund.forms.applicant import NO_PHONE, PHONE
from buurtdraad.fund.forms.asking import PlanForm, WhenForm
from buurtdraad.fund.states import Activity, Channel, CostKind, IncomeKind, Who
from buurtdraad.messages.rules import NotAPhoneNumber, phone_number
from buurtdraad.places.models import Area
from buurtdraad.ui.euros import EuroField


class SmallForm(PlanForm, AmountsForm, WhenForm):
    """All that a small plan needs. What it costs is one amount."""

    who = ends_on = everybody_can_come = None  # type: ignore[assignment] # of the longer form
    amount = EuroField(label=gettext_lazy("How many euros do you need?"))
    buys = forms.CharField(
        label=gettext_lazy("What do you buy or rent for it?"), max_length=150,
        error_messages={"required": gettext_lazy("Write what the money is for, such as: plants and pots.")},
    )  # fmt: skip
    hours = forms.IntegerField(
        label=gettext_lazy("How many hours do you and your neighbours help, together?"),
        min_value=1, max_value=99_999, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("Write how many hours you help. A guess is fine."),
            "invalid": gettext_lazy("Write a number, such as 60."),
        },
    )  # fmt: skip
    applicant_name = NameField(
        label=gettext_lazy("Your first and last name"), widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Write your name. It stands on the letter.")},
    )  # fmt: skip
    applicant_address = forms.CharField(
        label=gettext_lazy("Your address"), help_text=gettext_lazy("Street, number and town."), max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        error_messages={"required": gettext_lazy("Write your address. The law asks for it.")},
    )  # fmt: skip
    phone = forms.CharField(
        label=gettext_lazy("Your phone number"), help_text=gettext_lazy("Then we can call when something is not clear."), max_length=30,
        required=False, widget=PHONE,
    )  # fmt: skip
    iban = forms.CharField(
        label=gettext_lazy("Account number"),
        help_text=gettext_lazy("As it stands on your bank card. Only you and who pays see it."),
        max_length=42, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Write your account number. It begins with two letters, such as NL.")},
    )  # fmt: skip

    another = forms.BooleanField(label=gettext_lazy("This is another plan"), required=False)

    field_order = (
        "homepage", "opened", "area", "asked", "title", "text", "activity", "where", "pick", "starts_on", "visitors", "amount", "buys",
        "hours", "applicant_name", "applicant_address", "phone", "iban", "email", "another",
    )  # fmt: skip

    def clean_phone(self) -> str:
        return read_phone(self.cleaned_data["phone"])

    def clean_iban(self) -> str:
        try:
            return read_iban(self.cleaned_data["iban"])
        except WrongAccount as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def plan(self, area: Area) -> PlanFacts:
        return PlanFacts(self.cleaned_data["title"], area, summary=self.cleaned_data["text"], place=self.place)

    def small(self, area: Area) -> SmallPlan:
        """All of it, for a plan in an area."""
        given = self.cleaned_data
        return SmallPlan(
            plan=self.plan(area),
            activity=Activity(given["activity"]),
            costs=[Cost(CostKind.OTHER, given["buys"], given["amount"])],
            incomes=[Income(IncomeKind.HOURS, str(IncomeKind.HOURS.label), hours=given["hours"])],
            asks={name: given[name] for name in ("starts_on", "visitors", "applicant_name", "applicant_address", "phone")},
            account={"holder": given["applicant_name"][:70], "iban": given["iban"]},
        )


def read_phone(typed: str) -> str:
    """The number as we keep it; empty where nothing was typed. Raises `ValidationError`."""
    try:
        return phone_number(typed) if typed else ""
    except NotAPhoneNumber:
        raise forms.ValidationError(NO_PHONE) from None


class ForSomebodyForm(PlanForm):
    """The first screen, filled in by the municipality for somebody without e-mail; for children with the adult who helps them."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How do you do it?"),
        choices=[one for one in Channel.choices if one[0] not in {Channel.WEB, Channel.OLDER}],
        widget=forms.RadioSelect,
        initial=Channel.ASSISTED,
    )
    name = NameField(label=gettext_lazy("Who asks? First and last name"), help_text=gettext_lazy("Of children: one of them."))
    address = forms.CharField(label=gettext_lazy("Address"), help_text=gettext_lazy("Street, number and town."), max_length=200)
    phone = forms.CharField(
        label=gettext_lazy("Phone number"), help_text=gettext_lazy("Then we call to tell how it stands."), max_length=30, required=False,
        widget=PHONE,
    )  # fmt: skip

    field_order = ("homepage", "opened", "area", "asked", "channel", "name", "address", "phone", *PlanForm.field_order[4:])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, known=True, **kwargs)

    def clean_phone(self) -> str:
        return read_phone(self.cleaned_data["phone"])

    def clean(self) -> dict:
        given = super().clean()
        if given.get("who") == Who.CHILDREN and not given.get("phone"):
            self.add_error("phone", _("Of children we need the number of an adult who helps them."))
        return given

    @property
    def asker(self) -> Asker:
        given = self.cleaned_data
        return Asker(given["name"], given["address"], given.get("phone", ""))
