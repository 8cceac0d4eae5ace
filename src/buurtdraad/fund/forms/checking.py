"""The questions of the check, one a page. What was answered goes along in the address, so that nothing is kept."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtdraad.fund.models import SchemeRules
from buurtdraad.fund.queries import checking
from buurtdraad.fund.states import Activity, Who
from buurtdraad.lib.dated import FIRST_DAY, LAST_DAY, day
from buurtdraad.ui.euros import EuroField

# A plan that belongs at another desk is chosen like any other: its key with this before it.
DOOR = "door-"
YEARS = [(0, _("not yet")), (1, _("last year")), (2, _("the last two years")), (3, _("the last three years, or longer"))]
NEIGHBOURS = [
    (checking.FOR, _("Most of them like it.")),
    (checking.NOT_ASKED, _("I did not ask them yet.")),
    (checking.AGAINST, _("Many are against it.")),
]


def choice(label: Any, choices: Any = (), **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **options)


class Question(forms.Form):
    """One page of the check. `given`: all answers so far, as they stand in the address."""

    def __init__(self, *args: Any, rules: SchemeRules, given: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.rules, self.given = rules, given
        self.fit()

    def fit(self) -> None:
        """Suit the rules of the scheme and what was answered before."""


class What(Question):
    what = choice(_("What kind of plan do you have?"))

    def fit(self) -> None:
        doors = [(f"{DOOR}{door.key}", door.label) for door in self.rules.scheme.wrong_doors.all()]
        activities = [each for each in Activity.choices if each[0] != Activity.OTHER]
        self.fields["what"].choices = [*activities, *doors, (Activity.OTHER, Activity.OTHER.label)]  # type: ignore[attr-defined]


class Where(Question):
    where = choice(_("Where is it?"), [("here", _("in this municipality")), ("elsewhere", _("somewhere else"))])


class ForWhom(Question):
    who = choice(_("For whom do you ask?"), Who.choices)


class Cost(Question):
    cost = EuroField(label=_("What does it cost, roughly?"), help_text=_("An amount in euros. A guess is fine."), most=10_000_000)
    visitors = forms.IntegerField(label=_("How many people will come, roughly?"), min_value=1, max_value=100_000, required=False)

    def fit(self) -> None:
        a_person = {cap.activity for cap in self.rules.rows("caps") if cap.a_person}
        if self.given.get("what") in a_person:
            self.fields["visitors"].required = True
        else:
            del self.fields["visitors"]


class When(Question):
    starts_on = day(label=_("When does it start?"), help_text=_("You do not know yet? Choose a day that seems likely."))

    def clean_starts_on(self):
        given = self.cleaned_data["starts_on"]
        if not FIRST_DAY <= given <= LAST_DAY:
            raise forms.ValidationError(_("Choose a day in this century."))
        return given


class Neighbours(Question):
    neighbours = choice(_("What do the neighbours think of it?"), NEIGHBOURS)


class Before(Question):
    years = choice(_("Did the fund pay for this before?"), YEARS)


# The order of the pages; `Before` only where the scheme counts years.
QUESTIONS: tuple[type[Question], ...] = (What, Where, ForWhom, Cost, When, Neighbours, Before)


def questions(rules: SchemeRules) -> list[type[Question]]:
    """The pages of the check under these rules: at most seven."""
    return [each for each in QUESTIONS if each is not Before or rules.years_most is not None]


def answered(rules: SchemeRules, given: Mapping[str, str]) -> list[Question]:
    """Every page with what was answered."""
    return [page(given, rules=rules, given=given) for page in questions(rules)]


def again(page: Question) -> Question:
    """The same page to fill in, with the answer that was given."""
    return type(page)(rules=page.rules, given=page.given, initial=dict(page.given.items()))
