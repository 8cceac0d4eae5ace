"""Announcing a round, what counts in it, the points of who assesses, and the order of a jury or a vote."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from buurtdraad.fund.actions.rounds import Ranked, RoundFacts
from buurtdraad.fund.models import Criterion, Round, RoundEntry, SchemeRules, Score
from buurtdraad.fund.queries.rules import our_rules
from buurtdraad.fund.states import RankedBy
from buurtdraad.lib.dated import FIRST_DAY, LAST_DAY, day
from buurtdraad.money.models import Pot

MOST_POINTS = 100
MOST_PEOPLE = 100_000
SHORT_TEXT = 300


class RoundForm(forms.Form):
    """`rules` are those of our fund on the first day."""

    name = forms.CharField(label=gettext_lazy("What is the round called?"), max_length=120)
    pot = forms.ModelChoiceField(Pot.objects.none(), label=gettext_lazy("Which money is divided?"), to_field_name="uuid")
    opens_on = day(label=gettext_lazy("First day to ask"))
    closes_on = day(label=gettext_lazy("Last day to ask"), help_text=gettext_lazy("Who is complete on this day is in the round."))
    decide_by = day(label=gettext_lazy("Last day to decide"))
    ranked_by = forms.ChoiceField(label=gettext_lazy("Who makes the order?"), choices=RankedBy.choices, widget=forms.RadioSelect)
    least_points = forms.IntegerField(
        label=gettext_lazy("How many points does a plan need at least?"), min_value=0, max_value=MOST_POINTS, required=False,
        help_text=gettext_lazy("Leave this empty when every plan counts."),
    )  # fmt: skip

    def __init__(self, *args: Any, pots: QuerySet[Pot], rules: SchemeRules | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["pot"].queryset = pots  # type: ignore[attr-defined]
        self.rules = rules

    def clean(self) -> dict:
        given = super().clean() or {}
        opens_on, closes_on, decide_by = (given.get(name) for name in ("opens_on", "closes_on", "decide_by"))
        if opens_on and closes_on and decide_by:
            if not FIRST_DAY <= opens_on <= LAST_DAY or not FIRST_DAY <= decide_by <= LAST_DAY:
                self.add_error("opens_on", _("Choose a day in this century."))
            elif opens_on > closes_on:
                self.add_error("closes_on", _("The last day lies before the first day."))
            elif closes_on >= decide_by:
                self.add_error("decide_by", _("We decide after the last day to ask."))
            self.rules = self.rules or our_rules(opens_on)
            if self.rules is None:
                self.add_error("opens_on", _("On this day our fund has no rules."))
        return given

    @property
    def facts(self) -> RoundFacts:
        return RoundFacts(**{name: value for name, value in self.cleaned_data.items() if name != "pot"})


class CriterionForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("What counts?"), max_length=120)
    about = forms.CharField(
        label=gettext_lazy("When does a plan get many points?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    weight = forms.IntegerField(
        label=gettext_lazy("How many times does it count?"), min_value=1, max_value=20, initial=1,
        help_text=gettext_lazy("2 counts twice as much as 1."),
    )  # fmt: skip
    most = forms.IntegerField(label=gettext_lazy("Most points"), min_value=1, max_value=MOST_POINTS, initial=5)


class PointsForm(forms.Form):
    """The points of one person for one plan, with why; `given` is by criterion."""

    def __init__(self, *args: Any, criteria: Sequence[Criterion], scores: dict[int, Score], **options: Any) -> None:
        super().__init__(*args, **options)
        self.criteria = criteria
        for one in criteria:
            before = scores.get(one.pk)
            label = _("%(name)s: points from 0 to %(most)s") % {"name": one.name, "most": one.most}
            points = forms.IntegerField(label=label, min_value=0, max_value=one.most, initial=before.points if before else None)
            points.help_text = one.about
            self.fields[f"points_{one.pk}"] = points
            self.fields[f"why_{one.pk}"] = forms.CharField(
                label=_("%(name)s: why?") % {"name": one.name}, max_length=500, initial=before.why if before else "",
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    @property
    def given(self) -> dict[Criterion, tuple[int, str]]:
        return {one: (self.cleaned_data[f"points_{one.pk}"], self.cleaned_data[f"why_{one.pk}"]) for one in self.criteria}


class OrderForm(forms.Form):
    """The order that residents made: the evening and how many people, and of each plan its place."""

    held_on = day(label=gettext_lazy("On which day was it?"))
    where = forms.CharField(label=gettext_lazy("Where was it?"), max_length=150)
    people = forms.IntegerField(label=gettext_lazy("How many people chose?"), min_value=1, max_value=MOST_PEOPLE)
    words = forms.CharField(
        label=gettext_lazy("How did they choose?"),
        max_length=SHORT_TEXT,
        help_text=gettext_lazy("Everybody can read this. Write no names."),
    )

    def __init__(self, *args: Any, round_: Round, entries: Sequence[RoundEntry], **options: Any) -> None:
        super().__init__(*args, **options)
        self.round, self.entries = round_, entries
        for one in entries:
            plan = {"number": one.application, "plan": one.application.initiative}
            self.fields[f"place_{one.pk}"] = forms.IntegerField(
                label=_("%(number)s %(plan)s: place") % plan, min_value=1, max_value=len(entries)
            )
            self.fields[f"points_{one.pk}"] = forms.DecimalField(
                label=_("%(number)s %(plan)s: points or votes") % plan, min_value=0, max_digits=7, decimal_places=2, required=False
            )

    def clean_held_on(self):
        held_on = self.cleaned_data["held_on"]
        if not self.round.closes_on <= held_on <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day after the last day to ask, and not later than today."))
        return held_on

    def clean(self) -> dict:
        given = super().clean() or {}
        chosen = [place for one in self.entries if (place := given.get(f"place_{one.pk}"))]
        if len(set(chosen)) != len(chosen):
            self.add_error(None, _("Two plans have the same place. Give every plan a place of its own."))
        points = [given.get(f"points_{one.pk}") for one in sorted(self.entries, key=lambda one: given.get(f"place_{one.pk}") or 0)]
        told = [each for each in points if each is not None]
        if told and len(told) < len(points):
            self.add_error(None, _("Write points for every plan, or for none."))
        elif told != sorted(told, reverse=True):
            self.add_error(None, _("A plan with more points has a higher place. Look at the places and points."))
        return given

    @property
    def ranking(self) -> list[Ranked]:
        given = self.cleaned_data
        ordered = sorted(self.entries, key=lambda one: given[f"place_{one.pk}"])
        return [Ranked(one.application, given[f"points_{one.pk}"]) for one in ordered]

    @property
    def how(self) -> str:
        """For everybody to read, in Dutch as all that is kept."""
        given = self.cleaned_data
        with override("nl"):
            facts = {"day": date_format(given["held_on"], "j F Y"), "where": given["where"], "number": given["people"]}
            text = ngettext(
                "On %(day)s one resident chose. Place: %(where)s.", "On %(day)s %(number)s residents chose. Place: %(where)s.",
                given["people"],
            )  # fmt: skip
            return f"{text % facts} {given['words']}"


class OrderWrongForm(forms.Form):
    """Why an order is taken back."""

    why = forms.CharField(
        label=gettext_lazy("What was wrong with the order?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write why the order was wrong.")},
    )  # fmt: skip
