"""A version of the rules on one page, in parts: amounts, asking, deciding, and the tables. It begins filled in with the rules before it."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.duties import Duty
from buurtdraad.fund.actions.rules import Facts
from buurtdraad.fund.models import SchemeRules
from buurtdraad.fund.states import Accounting, Activity, ClockStart, CostKind, DocumentKind
from buurtdraad.lib.dated import DaysForm, first_day
from buurtdraad.ui.euros import EuroField

MOST_BANDS = 4
DECIDERS = (Duty.AREA_ADVISER, Duty.AREA_MANAGER, Duty.FUND_DECIDER)
BOXES = forms.CheckboxSelectMultiple


def euros(label: Any, **options: Any) -> EuroField:
    return EuroField(label=label, required=options.pop("required", False), **options)


def whole(label: Any, most: int, least: int = 0, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, **options)


def tick(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class RulesForm(DaysForm):
    """What the rules say, apart from the tables."""

    from_on = first_day()
    source = forms.CharField(label=gettext_lazy("Where do these rules stand?"), max_length=300)
    source_url = forms.URLField(label=gettext_lazy("Address of that page"), max_length=400, required=False)
    note = forms.CharField(label=gettext_lazy("What we assume"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    most = euros(gettext_lazy("Highest amount"), required=True)
    least = euros(gettext_lazy("Lowest amount"), least=0)
    most_a_year = euros(gettext_lazy("Highest amount for one plan in a year"))
    rounds_above = euros(gettext_lazy("In rounds above which amount?"))
    all_in_rounds = tick(gettext_lazy("Everything goes in rounds"))
    small_up_to = euros(gettext_lazy("A small plan goes up to which amount?"))
    small_on = tick(gettext_lazy("The small plan counts already"))
    unforeseen_percent = whole(gettext_lazy("At most how many percent is unforeseen?"), 100, required=False)
    own_share = tick(gettext_lazy("One has to do something oneself"))
    weeks_ahead = whole(gettext_lazy("How many weeks before the start does one ask?"), 52)
    from_age = whole(gettext_lazy("From which age?"), 100)
    support_above = euros(
        gettext_lazy("From which amount on does one show what the neighbours think?"),
        least=0,
        help_text=gettext_lazy("0 for everything; empty for never."),
    )
    supporters = whole(gettext_lazy("How many neighbours must agree?"), 1000)
    years_warn = whole(gettext_lazy("In which year in a row do we warn?"), 50, least=1, required=False)
    years_most = whole(gettext_lazy("At most how many years in a row?"), 50, least=1, required=False)
    decides = forms.CharField(label=gettext_lazy("Who decides, in words?"), max_length=120)
    clock_start = forms.ChoiceField(label=gettext_lazy("From when does the time count?"), choices=ClockStart.choices)
    weeks = whole(gettext_lazy("Decide within how many weeks?"), 52, least=1)
    extension_weeks = whole(gettext_lazy("Once longer with how many weeks?"), 52)
    answer_days = whole(gettext_lazy("How many days does one have to answer?"), 90, least=1)
    rolls = tick(gettext_lazy("A last day on a weekend or holiday moves on"))
    four_eyes_above = euros(gettext_lazy("Two people decide above which amount?"), least=0)

    ASKING = ("weeks_ahead", "from_age", "support_above", "supporters", "years_warn", "years_most")
    DECIDING = ("decides", "clock_start", "weeks", "extension_weeks", "answer_days", "rolls", "four_eyes_above")
    ZERO = ("least", "four_eyes_above")

    def __init__(self, data: QueryDict | None = None, *, like: SchemeRules | None = None, begun: bool = False) -> None:
        self.own = [name for name in self.base_fields if name != "from_on"]
        super().__init__(data, initial=initial_of(like, self.own) if like else {})
        if begun:
            del self.fields["from_on"]
        else:
            self.initial["from_on"] = timezone.localdate() + datetime.timedelta(days=1)
        self.fields.update(table_fields())

    def clean(self) -> dict:
        given = super().clean()
        if given.get("small_on") and given.get("small_up_to") is None:
            self.add_error("small_up_to", _("Say up to which amount."))
        if given.get("most") is not None and (given.get("least") or 0) > given["most"]:
            self.add_error("least", _("The lowest amount is above the highest."))
        for number in range(MOST_BANDS):
            if given.get(f"band{number}_up_to") is not None and not given.get(f"band{number}_accounting"):
                self.add_error(f"band{number}_accounting", _("Choose what people show afterwards."))
        return given

    @property
    def facts(self) -> Facts:
        """What was filled in, for the action."""
        given = self.cleaned_data
        values = {name: given[name] for name in self.own}
        values |= {name: given[name] or Decimal(0) for name in self.ZERO}
        return Facts(values, rows_of(given))

    @cached_property
    def groups(self) -> list[tuple[str, list[BoundField]]]:
        """The fields under the headings of the page."""
        asking, deciding = {*self.ASKING}, {*self.DECIDING}
        tables = {"band": _("What you show, by the amount"), "cap_": _("The most for one kind of plan")}
        tables |= {"not_": _("What the fund does not pay"), "may_": _("Who may decide up to which amount")}
        titles = [_("From when, and where it stands"), _("How much?"), _("What do you do first?"), _("Who decides, and when?")]
        parts: dict[str, list[BoundField]] = {title: [] for title in (*titles, *tables.values())}
        for field in self:
            name = field.name
            plain = titles[0] if name in {"from_on", "source", "source_url", "note"} else titles[1]
            plain = titles[2] if name in asking else titles[3] if name in deciding else plain
            parts[plain if name in {*self.own, "from_on"} else tables[name[:4]]].append(field)
        return list(parts.items())


def table_fields() -> Iterator[tuple[str, forms.Field]]:
    """The rows of the tables as fields; what stays empty is no row."""
    for number in range(MOST_BANDS):
        name = {"number": number + 1}
        yield f"band{number}_up_to", euros(_("Row %(number)s: up to which amount?") % name)
        choices = [("", "-"), *Accounting.choices]
        label = _("Row %(number)s: what do people show afterwards?") % name
        yield f"band{number}_accounting", forms.ChoiceField(label=label, choices=choices, required=False)
        yield f"band{number}_report_weeks", whole(_("Row %(number)s: within how many weeks?") % name, 104, initial=13, required=False)
        label = _("Row %(number)s: how many percent is paid at once?") % name
        yield f"band{number}_advance_percent", whole(label, 100, initial=100, required=False)
        label = _("Row %(number)s: what do people send along?") % name
        yield f"band{number}_documents", forms.MultipleChoiceField(label=label, choices=DocumentKind.choices, required=False, widget=BOXES)
    for activity in Activity:
        yield f"cap_{activity.value}", euros(activity.label)
    label = _("Of which is that for each person who comes?")
    yield "cap_a_person", forms.MultipleChoiceField(label=label, choices=Activity.choices, required=False, widget=BOXES)
    for kind in CostKind:
        label = _("Not paid: %(kind)s. Why not?") % {"kind": kind.label}
        yield f"not_{kind.value}", forms.CharField(label=label, max_length=300, required=False)
    for duty in DECIDERS:
        yield f"may_{duty.value}", euros(duty.label)
    choices = [(duty.value, duty.label) for duty in DECIDERS]
    yield "may_small", forms.MultipleChoiceField(label=_("Who only of small plans?"), choices=choices, required=False, widget=BOXES)


def rows_of(given: dict) -> dict[str, list[dict]]:
    """The rows of the tables, from what was filled in."""
    bands = [
        {
            "up_to": up_to,
            "accounting": given[f"band{number}_accounting"],
            "report_weeks": 13 if (weeks := given[f"band{number}_report_weeks"]) is None else weeks,
            "advance_percent": 100 if (percent := given[f"band{number}_advance_percent"]) is None else percent,
            "documents": given[f"band{number}_documents"],
        }
        for number in range(MOST_BANDS)
        if (up_to := given.get(f"band{number}_up_to")) is not None
    ]
    caps = [
        {"activity": value, "most": most, "a_person": value in given["cap_a_person"]}
        for value in Activity.values
        if (most := given[f"cap_{value}"]) is not None
    ]
    mandates = [
        {"duty": duty.value, "up_to": up_to, "small_only": duty.value in given["may_small"]}
        for duty in DECIDERS
        if (up_to := given[f"may_{duty.value}"]) is not None
    ]
    not_paid = [{"kind": value, "reason": given[f"not_{value}"]} for value in CostKind.values if given[f"not_{value}"]]
    return {"bands": bands, "caps": caps, "mandates": mandates, "not_paid": not_paid}


def initial_of(like: SchemeRules, own: list[str]) -> dict:
    """The form filled in with a version."""
    found = {name: getattr(like, name) for name in own}
    for number, band in enumerate(like.rows("bands")[:MOST_BANDS]):
        for name in ("up_to", "accounting", "report_weeks", "advance_percent", "documents"):
            found[f"band{number}_{name}"] = getattr(band, name)
    found |= {f"cap_{cap.activity}": cap.most for cap in like.rows("caps")}
    found["cap_a_person"] = [cap.activity for cap in like.rows("caps") if cap.a_person]
    found |= {f"not_{each.kind}": each.reason for each in like.rows("not_paid")}
    found |= {f"may_{each.duty}": each.up_to for each in like.rows("mandates")}
    found["may_small"] = [each.duty for each in like.rows("mandates") if each.small_only]
    return found
