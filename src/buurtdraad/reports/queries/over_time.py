"""Measures over time for their page: each with its definition, a picture, the figures in a table, and a sentence."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from buurtdraad.places.queries import last_name
from buurtdraad.reports.models import MeasureValue
from buurtdraad.reports.queries.words import DEFINITIONS, Definition
from buurtdraad.ui import charts
from buurtdraad.ui.euros import euros
from buurtdraad.ui.numbers import as_text


@dataclass(frozen=True)
class Shown:
    """A measure on its page. `rows` are the periods, `places` the neighbourhoods of the last month (by name, never by value)."""

    definition: Definition
    last: str
    sentence: str
    picture: SafeString
    rows: list[tuple[str, str, str]] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)

    @property
    def head(self) -> list[str]:
        return [_("period"), _("value"), _("out of")]


def over_time() -> list[Shown]:
    """Every measure, in its order; also those without a value yet. Two queries."""
    city: dict[str, list[MeasureValue]] = defaultdict(list)
    for one in MeasureValue.objects.filter(area__isnull=True).order_by("month"):
        city[one.name].append(one)
    placed: dict[str, dict[str, MeasureValue]] = defaultdict(dict)
    for one in MeasureValue.objects.filter(area__isnull=False).annotate(place=last_name("area")).order_by("month"):
        placed[one.name][one.place or ""] = one
    return [shown(definition, city[definition.name], placed[definition.name]) for definition in DEFINITIONS]


def shown(definition: Definition, values: list[MeasureValue], places: dict[str, MeasureValue]) -> Shown:
    known = [one for one in values if one.value is not None]
    last = in_words(definition, known[-1].value) if known else ""
    sentence = told(definition, last, known[-1].month) if known else ""
    numbers = [as_number(definition, one.value) for one in values]
    unit = "%" if definition.form == "share" else ""
    decimals = 2 if definition.form == "index" else 0
    picture = charts.line(
        [period(definition, one.month) for one in values], numbers, label=str(_("city")), sentence=sentence, decimals=decimals, unit=unit
    ) if len(values) > 1 else SafeString("")  # fmt: skip
    rows = [(period(definition, one.month), in_words(definition, one.value), beside(one)) for one in values]
    by_name = [(name, in_words(definition, one.value)) for name, one in sorted(places.items(), key=lambda pair: pair[0].casefold())]
    return Shown(definition, last, sentence, picture, rows, by_name)


def told(definition: Definition, value: str, month: datetime.date) -> str:
    """The last value in a sentence: of a half year, or of a month."""
    words = _("%(title)s: %(value)s in the %(period)s.") if definition.halves else _("%(title)s: %(value)s in %(period)s.")
    when = period(definition, month) if definition.halves else date_format(month, "F Y")
    return words % {"title": definition.title, "value": value, "period": when}


def period(definition: Definition, month: datetime.date) -> str:
    if definition.halves:
        words = _("first half of %(year)s") if month.month == 1 else _("second half of %(year)s")
        return words % {"year": month.year}
    return date_format(month, "M Y")


def as_number(definition: Definition, value: Decimal | None) -> float | None:
    if value is None:
        return None
    return float(100 * value if definition.form == "share" else value)


def in_words(definition: Definition, value: Decimal | None) -> str:
    if value is None:
        return "-"
    match definition.form:
        case "share":
            return as_text(100 * value) + "%"
        case "days":
            return _("%(number)s days") % {"number": as_text(value, 1 if value % 1 else 0)}
        case "euros":
            return euros(value.quantize(Decimal("0.01")))
        case "index":
            return as_text(value, 2)
        case _other:
            return as_text(value, 1 if value % 1 else 0)


def beside(one: MeasureValue) -> str:
    """Out of how many."""
    if one.part is None:
        return ""
    if one.whole is None:
        return as_text(one.part)
    return _("%(part)s of %(whole)s") % {"part": as_text(one.part), "whole": as_text(one.whole)}


def spread_in_words() -> str:
    """The spread of euros over neighbourhoods in a plain sentence: the lowest and highest tenth, never which ones."""
    newest = MeasureValue.objects.filter(name="euros_per_inhabitant", area__isnull=False).order_by("-month").values("month")[:1]
    rows = MeasureValue.objects.filter(name="euros_per_inhabitant", area__isnull=False, value__isnull=False, month__in=newest)
    known = [value for value in rows.order_by("value").values_list("value", flat=True) if value is not None]
    if len(known) < 2:
        return ""
    tenth = max(1, len(known) // 10)
    low, high = known[tenth - 1], known[-tenth]
    return _("Where it is least, it is %(low)s or less for each inhabitant. Where it is most, it is %(high)s or more.") % {
        "low": euros(low.quantize(Decimal("0.01"))), "high": euros(high.quantize(Decimal("0.01"))),
    }  # fmt: skip
