"""What does not fit, and how coherence is measured: plain Python, no Django, no clock, no database. Numbers in, numbers out.

Each rule says what it counts, from which source, and what it does not say. Nothing here tells that one thing caused another.
"""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from buurtdraad.figures.rules import LEAST_AREAS, LEAST_INHABITANTS, noticeable, robust_score
from buurtdraad.lib.monthly import CONFIRMED_WITHIN

__all__ = ["LEAST_AREAS", "LEAST_INHABITANTS"]

# --- how large a need is --------------------------------------------------------------------------

HIGH, LOW = 1, -1
"""Which side of a figure asks for attention."""


@dataclass(frozen=True)
class Says:
    """A figure that says something about a challenge: its code, which side asks for attention, and for a count of how many (`per`)."""

    code: str
    side: int
    per: str = ""


NEEDS: Mapping[str, tuple[Says, ...]] = {
    "leefbaarheid": (Says("leegstand", HIGH), Says("bevolkingsdichtheid", HIGH), Says("oordeel-buurt", LOW)),
    "veiligheid": (Says("onveilig-gevoel", HIGH), Says("overlast", HIGH)),
    "armoede": (Says("laag-inkomen", HIGH), Says("bijstand", HIGH, per="inwoners"), Says("woz", LOW)),
    "werk": (Says("werk", LOW),),
    "gezondheid": (Says("ervaren-gezondheid", LOW), Says("afstand-huisarts", HIGH), Says("leeftijd-65-plus", HIGH, per="inwoners")),
    "jeugd": (Says("leeftijd-0-14", HIGH, per="inwoners"), Says("leeftijd-15-24", HIGH, per="inwoners")),
    "ontmoeten": (Says("eenzaamheid", HIGH), Says("alleenwonend", HIGH, per="huishoudens")),
}
"""By code of a challenge: the figures that say something about it. Source: CBS Kerncijfers wijken en buurten, and indicators that the city
loads under these codes (`oordeel-buurt`, `onveilig-gevoel`, `overlast`, `ervaren-gezondheid`, `eenzaamheid`). A challenge that stands not
here, or of which no figure is loaded, has no known need: that is shown as such, and is never read as "goes well".

Limits: a figure is an average of a neighbourhood and tells of no household; many children or old people ask for more to be there, which is
no problem in itself; the value of homes says little about debts. Figures are a year or more old."""

MUCH, SOME, A_LITTLE = 1.5, 0.75, 0.25
"""From so many robust standard deviations on: much attention (4), attention (3), look at it (2); below that it goes well (1)."""
NEEDS_ATTENTION, NEEDS_MUCH, GOES_WELL = 3, 4, 1


def scores(values: Mapping[int, Decimal], *, side: int, kind: str, decimals: int) -> dict[int, float]:
    """By area: how far its value lies from the middle of all areas, toward the side that asks for attention. Needs 8 areas at least.

    A difference that rounding explains (`figures.rules.noticeable`) counts as none.
    """
    if len(values) < LEAST_AREAS:
        return {}
    others = list(values.values())
    typical = Decimal(str(median(others)))
    differ = {area: noticeable(typical, value, kind=kind, decimals=decimals) for area, value in values.items()}
    return {area: side * robust_score(value, others) if differ[area] else 0.0 for area, value in values.items()}


def need_of(found: Sequence[float]) -> int | None:
    """How large a need is, from the scores of its figures: their mean, in four steps. None without any figure."""
    if not found:
        return None
    mean = sum(found) / len(found)
    return NEEDS_MUCH if mean >= MUCH else NEEDS_ATTENTION if mean >= SOME else 2 if mean >= A_LITTLE else GOES_WELL


THEMES: Mapping[str, str] = {
    "green": "leefbaarheid", "clean": "leefbaarheid", "traffic": "veiligheid", "safe": "veiligheid", "nuisance": "veiligheid",
    "together": "ontmoeten", "youth": "jeugd", "money": "armoede", "health": "gezondheid",
}  # fmt: skip
"""Under which challenge a wish or plan of residents counts that is under no topic, by its theme. "Homes" and others: none."""


# --- findings ---------------------------------------------------------------------------------------

CONFIRMED_DAYS = CONFIRMED_WITHIN.days
"""A project of which nobody said for two months that it is right is not confirmed. A new sheet counts as confirmed on its first day."""
APART_DAYS = 365
"""Two works in one place count as close when at most so many days lie between the end of one and the beginning of the other."""
NEAR_METRES = 15.0
"""Two shapes are at the same place when they touch, or lie at most so far apart: the width of a street."""
POINT_METRES = 80.0
"""The point of a plan of residents is rounded to the street, so it may be so far off."""
MANY_CONTACTS = 8
"""More different contacts than this in one neighbourhood is many: residents and colleagues no longer know whom to call."""
LEAST_GOAL_WORDS = 3
STREET = re.compile(
    r"\b[\w'-]*(?:straat|laan|weg|plein|hof|kade|gracht|singel|dreef|pad|park|plantsoen|steeg|plaats|dijk|baan|erf|markt|haven)\b",
    re.IGNORECASE,
)


def streets(words: str) -> frozenset[str]:
    """The names of streets and squares in a text, in small letters: those that end as such names do, and are longer than the ending."""
    return frozenset(found.casefold() for found in STREET.findall(words) if len(found) > 6)


def days_between(one: tuple[datetime.date, datetime.date], other: tuple[datetime.date, datetime.date]) -> int:
    """How many days lie between two periods (first and last day); 0 when they overlap."""
    (_, until_first), (from_second, _) = sorted((one, other))
    return max(0, (from_second - until_first).days)


def pair_key(kind: str, one: str, other: str) -> str:
    """The same for a pair, whichever comes first."""
    return f"{kind}:" + ":".join(sorted((one, other)))


# --- measures -----------------------------------------------------------------------------------------


def half_year(day: datetime.date) -> datetime.date:
    """The first day of the half year in which a day lies."""
    return datetime.date(day.year, 1 if day.month <= 6 else 7, 1)


def month_of(day: datetime.date) -> datetime.date:
    return day.replace(day=1)


def months_back(last: datetime.date, number: int) -> list[datetime.date]:
    """The first days of so many months, the last one that of `last`; the oldest first."""
    count = last.year * 12 + last.month - 1
    return [datetime.date(at // 12, at % 12 + 1, 1) for at in range(count - number + 1, count + 1)]


def next_month(first: datetime.date) -> datetime.date:
    """The first day of the month after the one that begins on this day."""
    return month_of(first + datetime.timedelta(days=32))


def middle(numbers: Iterable[int]) -> Decimal | None:
    """The median; None of nothing."""
    known = list(numbers)
    return Decimal(str(median(known))) if known else None


def share(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """Which part of the whole, 0 to 1, in four decimals; None of nothing."""
    return (Decimal(part) / Decimal(whole)).quantize(Decimal("0.0001")) if whole else None


def spread_index(rows: Iterable[tuple[Decimal, int]]) -> Decimal | None:
    """How unequally euros lie over inhabitants (Gini): 0 where each inhabitant has as much, toward 1 where one neighbourhood has all.

    Rows are euros and inhabitants of a neighbourhood. It says nothing about whether that is fair: need differs too.
    """
    known = sorted((row for row in rows if row[1] > 0), key=lambda row: row[0] / row[1])
    euros, people = sum(row[0] for row in known), sum(row[1] for row in known)
    if not euros or not people:
        return None
    area, below = Decimal(0), Decimal(0)
    for amount, number in known:
        area += Decimal(number) / people * (2 * below + amount) / euros
        below += amount
    return (1 - area).quantize(Decimal("0.0001"))
