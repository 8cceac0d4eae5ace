"""How votes are counted, as questions: the way, and for who wants it every choice of the rule."""

import secrets
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.budgets.forms.sheet import SheetForm
from buurtdraad.budgets.models import RulesSheet
from buurtdraad.budgets.states import Channel
from buurtdraad.budgets.tally.rule import Rule, WrongRule
from buurtdraad.ui.euros import EuroField

# A way in one word, and what it is of a rule.
WAYS: dict[str, dict[str, Any]] = {
    "shares": {"kind": "equal-shares", "completion": "add1"},
    "shares_rest": {"kind": "equal-shares", "completion": "add1u"},
    "most": {"kind": "greedy", "misfit": "skip"},
    "most_stop": {"kind": "greedy", "misfit": "stop"},
    "first": {"kind": "phragmen"},
}
WAYS_IN_WORDS = [
    ("shares", gettext_lazy("Fair parts: every voter has equally much money to give")),
    ("shares_rest", gettext_lazy("Fair parts, and what is left goes to the plans with the most votes")),
    ("most", gettext_lazy("Most votes first; a plan that no longer fits is skipped")),
    ("most_stop", gettext_lazy("Most votes first; the count ends when a plan no longer fits")),
    ("first", gettext_lazy("Who can pay first: voters save money at the same speed")),
]
UTILITIES = [
    ("cost", gettext_lazy("The euros of the plans that somebody chose")),
    ("count", gettext_lazy("The number of plans that somebody chose")),
    ("points", gettext_lazy("The points that somebody gave")),
]
TIES = [
    ("votes cost draw", gettext_lazy("Most votes, then the cheapest, then lots")),
    ("draw", gettext_lazy("Lots")),
    ("id", gettext_lazy("The number of the plan")),
]
LEFTOVERS = [
    ("nothing", gettext_lazy("Nothing more is chosen")),
    ("fits", gettext_lazy("Plans that still fit are chosen too")),
    ("part", gettext_lazy("The next plan gets what is left, also when it is too little")),
    ("nearly", gettext_lazy("The next plan gets what is left, if it is nearly enough (80 percent)")),
]


def way_of(rule: Rule) -> str:
    """The way that a rule is; the first one for a rule that has no word here."""
    fitting = (name for name, facts in WAYS.items() if all(getattr(rule, field) == value for field, value in facts.items()))
    return next(fitting, "shares")


def rule_on(sheet: RulesSheet) -> Rule:
    """The rule of a sheet; the usual one where it is not written yet."""
    try:
        return Rule.from_dict(sheet.rule)
    except WrongRule:
        return Rule()


def exact(amount: Decimal) -> Fraction:
    return Fraction(amount)


class RuleForm(SheetForm):
    """The base of the two: what is given changes the rule that stands there, and a rule that cannot be is said on the form."""

    def changed(self, rule: Rule) -> Rule:
        """What the answers make of the rule that stands there; without questions it stays."""
        return rule

    def clean(self) -> dict:
        given = super().clean() or {}
        if not self.errors:
            try:
                self.rule = self.changed(rule_on(self.sheet))
            except WrongRule:
                self.add_error(None, _("These choices do not go together."))
        return given

    @property
    def facts(self) -> dict[str, Any]:
        return {"rule": self.rule.to_dict()}


class CountForm(RuleForm):
    way = forms.ChoiceField(label=gettext_lazy("How are the votes counted?"), choices=WAYS_IN_WORDS, widget=forms.RadioSelect)
    utility = forms.ChoiceField(
        label=gettext_lazy("What counts for a voter?"), choices=UTILITIES, widget=forms.RadioSelect,
        help_text=gettext_lazy("With points only when people divide points or put plans in order."),
    )  # fmt: skip
    step = EuroField(
        label=gettext_lazy("With how much do we count again when money is left?"),
        help_text=gettext_lazy("In euros for each voter, with fair parts. Mostly 1 euro."),
    )
    least_votes = forms.IntegerField(
        label=gettext_lazy("How many votes does a plan need at least?"), min_value=0, max_value=100_000, help_text=gettext_lazy("0: none.")
    )
    least_percent = forms.IntegerField(
        label=gettext_lazy("Which percentage of the voters does a plan need at least?"), min_value=0, max_value=100,
        help_text=gettext_lazy("0: none."),
    )  # fmt: skip
    ties = forms.ChoiceField(label=gettext_lazy("What decides when plans end equal?"), choices=TIES, widget=forms.RadioSelect)
    leftover = forms.ChoiceField(label=gettext_lazy("And with what is left at the end?"), choices=LEFTOVERS, widget=forms.RadioSelect)

    def before(self, sheet: RulesSheet) -> dict[str, Any]:
        rule = rule_on(sheet)
        return {
            "way": way_of(rule), "utility": rule.utility, "step": Decimal(rule.step.numerator) / Decimal(rule.step.denominator),
            "least_votes": int(rule.least_votes), "least_percent": round(rule.least_share * 100), "ties": " ".join(rule.ties),
            "leftover": rule.leftover,
        }  # fmt: skip

    def changed(self, rule: Rule) -> Rule:
        given = self.cleaned_data
        return replace(
            rule, **WAYS[given["way"]], utility=given["utility"], step=exact(given["step"]), leftover=given["leftover"],
            least_votes=Fraction(given["least_votes"]), least_share=Fraction(given["least_percent"], 100),
            ties=tuple(given["ties"].split()), seed=rule.seed or secrets.token_hex(8),
        )  # fmt: skip


class LimitsForm(RuleForm):
    """What few rounds need: money kept for a subject or at most for it, and how much a vote weighs by its way."""

    start = forms.ChoiceField(
        label=gettext_lazy("With how much does each voter begin?"), widget=forms.RadioSelect,
        choices=[("exact", gettext_lazy("An equal part, to the last cent")), ("whole", gettext_lazy("An equal part in whole euros"))],
    )  # fmt: skip
    stop = forms.ChoiceField(
        label=gettext_lazy("When do we stop counting again?"), widget=forms.RadioSelect,
        choices=[
            ("overspend", gettext_lazy("Before it costs more than the budget")), ("exhaustive", gettext_lazy("When no other plan fits")),
        ],
    )  # fmt: skip
    blank = forms.ChoiceField(
        label=gettext_lazy("Who chose nothing"), widget=forms.RadioSelect,
        choices=[("excluded", gettext_lazy("does not count")), ("counted", gettext_lazy("counts when the money is divided"))],
    )  # fmt: skip
    by_cost = forms.IntegerField(
        label=gettext_lazy("Which percentage of the voters does a plan need that costs the whole budget?"), min_value=0, max_value=100,
        help_text=gettext_lazy("A cheaper plan needs less. 0: none."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for theme in Theme:
            names = {"name": theme.label}
            self.fields[f"cap_{theme}"] = EuroField(label=_("'%(name)s' gets at most") % names, required=False, least=0)
            self.fields[f"keep_{theme}"] = EuroField(label=_("'%(name)s' gets at least") % names, required=False, least=0)
        for channel in Channel:
            label = _("A vote counts so many times: %(name)s") % {"name": channel.label}
            self.fields[f"weight_{channel}"] = forms.DecimalField(label=label, min_value=Decimal("0.1"), max_value=10, decimal_places=2)

    def before(self, sheet: RulesSheet) -> dict[str, Any]:
        rule = rule_on(sheet)
        weights = dict(rule.weights)
        found: dict[str, Any] = {"start": rule.start, "stop": rule.stop, "blank": rule.blank, "by_cost": round(rule.least_by_cost * 100)}
        found |= {f"cap_{label}": as_decimal(amount) for label, amount in rule.caps}
        found |= {f"keep_{label}": as_decimal(amount) for label, amount in rule.earmarks}
        return found | {f"weight_{channel}": as_decimal(weights.get(channel, Fraction(1))) for channel in Channel}

    def changed(self, rule: Rule) -> Rule:
        given = self.cleaned_data
        weights = [(channel.value, exact(given[f"weight_{channel}"])) for channel in Channel]
        return replace(
            rule, start=given["start"], stop=given["stop"], blank=given["blank"], least_by_cost=Fraction(given["by_cost"], 100),
            caps=self.amounts("cap"), earmarks=self.amounts("keep"), weights=tuple(pair for pair in weights if pair[1] != 1),
        )  # fmt: skip

    def amounts(self, what: str) -> tuple[tuple[str, Fraction], ...]:
        given = ((theme.value, self.cleaned_data.get(f"{what}_{theme}")) for theme in Theme)
        return tuple((label, exact(amount)) for label, amount in given if amount is not None)


def as_decimal(amount: Fraction) -> Decimal:
    return Decimal(amount.numerator) / Decimal(amount.denominator)
