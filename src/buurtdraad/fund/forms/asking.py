"""The screens of asking for money: what and where, when and who comes. The others: `costing`, `paying_to`."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.forms.names import NameField
from buurtdraad.agendas.wishes.forms.giving import WhatForm, Words
from buurtdraad.fund.states import Activity, Channel, Who
from buurtdraad.lib.dated import FIRST_DAY, LAST_DAY, day
from buurtdraad.lib.spam import SALT, Opened

MOST_OF_A_SUMMARY = 300


def email_field() -> forms.EmailField:
    return forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("You get a link with which you can go on later. It works once."),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


def activity_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("What kind of plan is it?"),
        choices=[("", gettext_lazy("Choose")), *Activity.choices],
        error_messages={"required": gettext_lazy("Choose what is most like it. Nothing fits? Choose the last one.")},
    )


def who_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("For whom do you ask?"), choices=Who.choices, initial=Who.NEIGHBOURS, widget=forms.RadioSelect
    )


class PlanForm(WhatForm):
    """What somebody wants to do, and where: this makes the plan and the request at once."""

    title = NameField(
        label=gettext_lazy("What do you call your plan?"),
        help_text=gettext_lazy("For example: street party in the Wilgenstraat."),
        max_length=120,
        error_messages={"required": gettext_lazy("Give your plan a name. You can change it later.")},
    )
    text = Words(
        label=gettext_lazy("What do you want to do?"),
        help_text=gettext_lazy("One or two sentences are enough. Mistakes in the language do not matter."),
        max_length=MOST_OF_A_SUMMARY,
        error_messages={
            "required": gettext_lazy("Write in a few words what you want to do."),
            "max_length": gettext_lazy("This is too long. Two sentences are enough. You can tell more later."),
        },
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    activity = activity_field()
    who = who_field()
    email = email_field()
    theme = None  # type: ignore[assignment] # follows from the activity
    lat = lon = without_point = None  # type: ignore[assignment] # a plan gets its point on its own page

    field_order: Sequence[str] = ("homepage", "opened", "area", "asked", "title", "text", "activity", "where", "pick", "who", "email")

    def __init__(self, *args: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known:
            del self.fields["email"]

    def own_words(self) -> str:
        return f"{self.cleaned_data.get('title', '')} {self.cleaned_data.get('text', '')}"

    @property
    def opened_at(self) -> datetime.datetime | None:
        """When the screen was opened; None where we did not give it."""
        return opened_at(self.cleaned_data.get("opened", ""))

    @property
    def place(self) -> str:
        """What somebody typed as the place, where that says more than the neighbourhood."""
        typed = self.cleaned_data.get("where", "").strip()
        return typed if self.here and typed.lower() != self.here.name.lower() else ""


class ForPlanForm(forms.Form):
    """Of a plan that is there already: only what the plan does not hold."""

    activity = activity_field()
    who = who_field()


class StepForm(forms.Form):
    """The base of a screen: when it was opened, signed, so that we know how long people need."""

    opened = forms.CharField(required=False, widget=Opened)

    @property
    def opened_at(self) -> datetime.datetime | None:
        """When the screen was opened; None where we did not give it."""
        return opened_at(self.cleaned_data.get("opened", ""))


def opened_at(signed: str) -> datetime.datetime | None:
    signer = signing.TimestampSigner(salt=SALT)
    try:
        signer.unsign(signed)
    except signing.BadSignature:
        return None
    return datetime.datetime.fromtimestamp(signing.b62_decode(signed.rsplit(":", 2)[1]), tz=datetime.UTC)


class WhenForm(StepForm):
    """When it is and who comes."""

    starts_on = day(
        label=gettext_lazy("On which day is it, or does it begin?"),
        error_messages={
            "required": gettext_lazy("On which day is it? If you do not know yet, write the day that you think of."),
            "invalid": gettext_lazy("Write a day as 21-6-2027."),
        },
    )
    ends_on = day(
        label=gettext_lazy("Until which day?"),
        required=False,
        help_text=gettext_lazy("Only if it takes longer than a day."),
        error_messages={"invalid": gettext_lazy("Write a day as 21-6-2027.")},
    )
    visitors = forms.IntegerField(
        label=gettext_lazy("How many people do you think will come?"),
        min_value=1,
        max_value=100_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("How many people do you think will come? A guess is fine."),
            "invalid": gettext_lazy("Write a number, such as 60."),
        },
    )
    everybody_can_come = forms.CharField(
        label=gettext_lazy("What do you do so that everybody can take part?"),
        help_text=gettext_lazy("Think of somebody in a wheelchair, or somebody who does not hear well."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, today: datetime.date, channel: str = Channel.WEB, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.on_paper = today, channel == Channel.PAPER

    def clean(self) -> dict:
        given = super().clean() or {}
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and not FIRST_DAY <= first <= LAST_DAY:
            self.add_error("starts_on", _("Choose a day in this century."))
        # What came on paper counts from the day on which it came: that is looked at when it is sent.
        elif first and first <= self.today and not self.on_paper:
            self.add_error("starts_on", _("This day is over, or today. The fund pays only what has yet to begin. Call us if you doubt."))
        if last and not FIRST_DAY <= last <= LAST_DAY:
            self.add_error("ends_on", _("Choose a day in this century."))
        elif first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first day."))
        return given

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name) for name in ("starts_on", "ends_on", "visitors", "everybody_can_come")}


class LaterForm(forms.Form):
    """Go on later, or let a neighbour go on."""

    email = forms.EmailField(
        label=gettext_lazy("To which e-mail address do we send the link?"),
        help_text=gettext_lazy("Yours, or of a neighbour who writes with you."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class EaseForm(forms.Form):
    """How it went. No name goes with it."""

    how = forms.ChoiceField(
        label=gettext_lazy("How easy was this?"),
        choices=[
            ("5", gettext_lazy("Very easy")), ("4", gettext_lazy("Easy")), ("3", gettext_lazy("In between")),
            ("2", gettext_lazy("Hard")), ("1", gettext_lazy("Very hard")),
        ],
        widget=forms.RadioSelect,
    )  # fmt: skip
    words = forms.CharField(label=gettext_lazy("What was hard?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
