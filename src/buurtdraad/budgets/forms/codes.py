"""Making letters and slips with codes, a letter for one person, and a new code for a letter."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.budgets.actions.codes import MOST_CODES
from buurtdraad.budgets.models import BudgetRound
from buurtdraad.budgets.queries.codes import where_people_vote
from buurtdraad.budgets.secrecy import read_reference
from buurtdraad.budgets.sources.addresses import Addressee, addressee, addressees
from buurtdraad.budgets.states import BY_HAND, Channel
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.tables.fields import TableField
from buurtdraad.lib.tables.reading import Line
from buurtdraad.places.models import Area

PEOPLE, ORGANISATIONS = "people", "organisations"


class AreaForm(forms.Form):
    """Asks for one of the neighbourhoods that vote; `chosen` is the area."""

    area = forms.ChoiceField(label=gettext_lazy("For which neighbourhood?"))

    def __init__(self, *args: Any, round_: BudgetRound, **options: Any) -> None:
        super().__init__(*args, **options)
        self.round = round_
        found = where_people_vote(round_)
        self.areas = {area.code: area for area, _name in found}
        choices = [(area.code, name) for area, name in found]
        self.fields["area"].choices = choices if len(choices) == 1 else [("", gettext_lazy("Choose one")), *choices]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Area:
        """The area of a form that is right."""
        return self.areas[self.cleaned_data["area"]]


class LettersForm(AreaForm):
    """A list of addresses. `to` is who stands in it."""

    who = forms.ChoiceField(
        label=gettext_lazy("For whom are the letters?"),
        choices=((PEOPLE, gettext_lazy("For people")), (ORGANISATIONS, gettext_lazy("For organisations, one code each"))),
        widget=forms.RadioSelect, initial=PEOPLE,
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("What do you call this pile?"),
        max_length=120,
        help_text=gettext_lazy("For example: Geuzenwijk, streets A to M."),
    )
    file = TableField(
        label=gettext_lazy("The list of addresses"),
        help_text=gettext_lazy("A CSV file of 1,000 rows at most, with: naam, adres, postcode, plaats. Geboortejaar may stand in it too."),
    )

    def __init__(self, *args: Any, on: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on = on
        self.to: list[Addressee] = []
        if not self.round.sheet.vote_organisations:
            del self.fields["who"]

    @property
    def organisations(self) -> bool:
        return self.cleaned_data.get("who") == ORGANISATIONS

    def clean(self) -> dict:
        given = super().clean() or {}
        if given.get("file"):
            youngest = 0 if given.get("who") == ORGANISATIONS else self.round.sheet.vote_age
            try:
                self.to = addressees(given["file"], youngest=youngest, on=self.on)
            except Refused as refusal:
                self.add_error("file", str(refusal))
        return given


class SlipsForm(AreaForm):
    """Codes that are nobody's yet."""

    channel = forms.ChoiceField(label=gettext_lazy("What are they for?"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=gettext_lazy("What do you call this pile?"), max_length=120, help_text=gettext_lazy("For example: Evening of 12 May.")
    )
    number = forms.IntegerField(label=gettext_lazy("How many codes?"), min_value=1, max_value=MOST_CODES)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        words = {
            Channel.MEETING: _("A meeting, where we check who may vote"),
            Channel.HELP: _("A help point, for who has no letter"),
            Channel.PAPER: _("Ballots on paper"),
        }
        allowed = [channel for channel in BY_HAND if channel in words and channel in self.round.sheet.channels]
        self.fields["channel"].choices = [(channel.value, words[channel]) for channel in allowed]  # type: ignore[attr-defined]


class OneLetterForm(AreaForm):
    """Somebody without a letter. What is typed here is kept nowhere. `addressee` is who it is."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    street = forms.CharField(label=gettext_lazy("Street and number"), max_length=100)
    postcode = forms.CharField(label=gettext_lazy("Postcode"), max_length=10)
    town = forms.CharField(label=gettext_lazy("Town"), max_length=60)
    born = forms.CharField(label=gettext_lazy("Year of birth"), max_length=10, required=False)
    checked = forms.BooleanField(label=gettext_lazy("I checked that this person lives there and may vote."))

    def __init__(self, *args: Any, on: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on = on

    def clean(self) -> dict:
        given = super().clean() or {}
        if all(given.get(name) for name in ("name", "street", "postcode", "town")):
            line = Line(1, {name: given.get(name, "") for name in ("name", "street", "postcode", "town", "born")})
            try:
                self.addressee = addressee(line, youngest=self.round.sheet.vote_age, on=self.on)
            except Refused as refusal:
                self.add_error(None, str(refusal))
        return given


class ReplaceForm(forms.Form):
    """Which letter."""

    reference = forms.CharField(
        label=gettext_lazy("Number of the letter"), max_length=30,
        help_text=gettext_lazy("It stands at the bottom of the letter. It is not the code."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
    checked = forms.BooleanField(label=gettext_lazy("I checked that this letter is theirs."))

    def clean_reference(self) -> str:
        reference = read_reference(self.cleaned_data["reference"])
        if not reference:
            raise forms.ValidationError(_("This is no number of a letter. It has 10 letters and digits."))
        return reference
