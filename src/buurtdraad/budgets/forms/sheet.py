"""The rules sheet as questions, a page for each subject. Each form gives `facts`: columns of the sheet."""

import datetime
from itertools import pairwise
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.budgets.models import RulesSheet
from buurtdraad.budgets.models.round import YOUNGEST
from buurtdraad.budgets.queries.missing import names_of_days
from buurtdraad.budgets.states import BallotKind, Channel, Leftover
from buurtdraad.lib.dated import FIRST_DAY, LAST_DAY, day
from buurtdraad.ui.euros import EuroField

WORDS = forms.Textarea(attrs={"rows": 3})
AGES = [(age, age) for age in (12, 13, 14, 16, 18)]


class SheetForm(forms.Form):
    """A part of a sheet. Fields have the names of columns."""

    def __init__(self, *args: Any, sheet: RulesSheet, **options: Any) -> None:
        super().__init__(*args, **options | {"initial": self.before(sheet)})
        self.sheet = sheet

    def before(self, sheet: RulesSheet) -> dict[str, Any]:
        """What stands in the form."""
        return {name: getattr(sheet, name, None) for name in self.base_fields}

    @property
    def facts(self) -> dict[str, Any]:
        """What is written, by column."""
        return self.cleaned_data


class ProposeForm(SheetForm):
    propose_age = forms.TypedChoiceField(
        label=gettext_lazy("From which age can somebody send a plan?"), choices=AGES, coerce=int, initial=YOUNGEST
    )
    propose_organisations = forms.BooleanField(label=gettext_lazy("Organisations can send a plan too"), required=False)
    propose_words = forms.CharField(
        label=gettext_lazy("Who else can send a plan, or cannot?"), max_length=500, required=False, widget=WORDS,
        help_text=gettext_lazy("In plain words. It stands in the rules like this."),
    )  # fmt: skip
    likes_needed = forms.IntegerField(
        label=gettext_lazy("How many people must like a plan before we look at it?"), min_value=0, max_value=1000,
        help_text=gettext_lazy("0: we look at every plan."),
    )  # fmt: skip
    most_a_plan = EuroField(
        label=gettext_lazy("How much can a plan cost at most?"), required=False,
        help_text=gettext_lazy("Leave this empty when a plan can cost the whole budget."),
    )  # fmt: skip
    least_a_plan = EuroField(label=gettext_lazy("How much does a plan cost at least?"), least=0, help_text=gettext_lazy("0: no minimum."))
    months_to_do = forms.IntegerField(label=gettext_lazy("Within how many months can a plan be done?"), min_value=1, max_value=60)

    def clean(self) -> dict:
        given = super().clean() or {}
        most, least = given.get("most_a_plan"), given.get("least_a_plan")
        if most is not None and least is not None and least > most:
            self.add_error("least_a_plan", _("This is more than a plan can cost at most."))
        return given


class VoteForm(SheetForm):
    vote_age = forms.TypedChoiceField(label=gettext_lazy("From which age can somebody vote?"), choices=AGES, coerce=int, initial=YOUNGEST)
    vote_organisations = forms.BooleanField(label=gettext_lazy("Every organisation here has one vote too"), required=False)
    vote_words = forms.CharField(
        label=gettext_lazy("Who else can vote, or cannot?"), max_length=500, required=False, widget=WORDS,
        help_text=gettext_lazy("In plain words. It stands in the rules like this."),
    )  # fmt: skip
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("How can people vote?"), choices=Channel.choices, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("The more ways, the more people can join in. Everybody has one vote in all."),
    )  # fmt: skip
    ballot = forms.ChoiceField(label=gettext_lazy("What do people do on the ballot?"), choices=BallotKind.choices, widget=forms.RadioSelect)
    least_marks = forms.IntegerField(
        label=gettext_lazy("How many plans does somebody choose at least?"), min_value=1, max_value=50,
        help_text=gettext_lazy("With 3 plans or more the money is divided more fairly."),
    )  # fmt: skip
    most_marks = forms.IntegerField(
        label=gettext_lazy("And at most?"), min_value=1, max_value=50,
        help_text=gettext_lazy("Counts when people choose plans or put them in order."),
    )  # fmt: skip
    points = forms.IntegerField(
        label=gettext_lazy("How many points are there to divide?"), min_value=1, max_value=100,
        help_text=gettext_lazy("Counts only when people divide points."),
    )  # fmt: skip

    def clean(self) -> dict:
        given = super().clean() or {}
        least, most, points = (given.get(name) for name in ("least_marks", "most_marks", "points"))
        if least and most and most < least:
            self.add_error("most_marks", _("This is fewer than the number of plans at least."))
        if given.get("ballot") == BallotKind.POINTS and least and points and points < least:
            self.add_error("points", _("Every plan gets a point, so there are at least as many points as plans."))
        return given


class MomentField(forms.DateTimeField):
    """A day with a time, as the browser asks for it, or typed as people write it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}), **options)


IN_ORDER = ("propose_from", "propose_until", "list_on", "vote_from", "vote_until", "paper_until", "result_on")


def comes_before(first: datetime.date, then: datetime.date) -> bool:
    """Whether the second lies before the first: two moments to the minute, else by day."""
    if isinstance(first, datetime.datetime) and isinstance(then, datetime.datetime):
        return then <= first
    return of_day(then) < of_day(first)


def of_day(value: datetime.date) -> datetime.date:
    return timezone.localdate(value) if isinstance(value, datetime.datetime) else value


class DaysForm(SheetForm):
    """Every day may be left for later; what is filled in must fit."""

    propose_from = day(label=gettext_lazy("First day to send a plan"), required=False)
    propose_until = day(label=gettext_lazy("Last day to send a plan"), required=False)
    list_on = day(label=gettext_lazy("The list of plans is known on"), required=False)
    vote_from = MomentField(label=gettext_lazy("From when can people vote?"), required=False)
    vote_until = MomentField(label=gettext_lazy("Until when can people vote?"), required=False)
    paper_until = day(
        label=gettext_lazy("Until which day do we count in votes on paper?"), required=False,
        help_text=gettext_lazy("Votes that were handed in in time. Typing them over takes some days."),
    )  # fmt: skip
    result_on = day(label=gettext_lazy("The result is known on"), required=False)

    def clean(self) -> dict:
        given = super().clean() or {}
        for name, value in list(given.items()):
            here = value.date() if value and hasattr(value, "date") else value
            if here and not FIRST_DAY <= here <= LAST_DAY:
                self.add_error(name, _("Choose a day in this century."))
        if not self.errors:
            self.clean_order(given)
        return given

    def clean_order(self, given: dict) -> None:
        """Each day that is filled in follows the one before it, also while others are left for later."""
        filled = [(name, given[name]) for name in IN_ORDER if given.get(name)]
        for (before, first), (name, then) in pairwise(filled):
            if comes_before(first, then) or (name == "list_on" and then == first):
                words = {"day": names_of_days()[before]}
                self.add_error(name, _("This day comes too soon. It follows this one: '%(day)s'") % words)
                return


class DecideForm(SheetForm):
    decides = forms.CharField(
        label=gettext_lazy("Who decides about the result?"), max_length=200,
        help_text=gettext_lazy("Such as: the mayor and aldermen."),
    )  # fmt: skip
    if_not_adopted = forms.CharField(
        label=gettext_lazy("When can they decide something else than was voted?"), max_length=500, required=False, widget=WORDS,
        help_text=gettext_lazy("They then say why, for everybody to read."),
    )  # fmt: skip
    leftover = forms.ChoiceField(
        label=gettext_lazy("Where does money go that no plan gets?"), choices=Leftover.choices, widget=forms.RadioSelect
    )
    smallest_group = forms.IntegerField(
        label=gettext_lazy("Of how many people do we show totals at least?"), min_value=10, max_value=1000,
        help_text=gettext_lazy("So that nobody can find out what somebody voted. Never fewer than 10."),
    )  # fmt: skip
