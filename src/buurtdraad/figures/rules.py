"""What figures say, and what they do not. Numbers in, words out: no Django, no database, no clock.

Two facts of CBS rule all of this ("Kerncijfers wijken en buurten", explanation): counts of a neighbourhood are rounded
to 5 or 10 at random, so small differences are noise and sums do not add up; and figures about few people are kept secret.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import median

Number = Decimal | int | float

LEAST_DIFFERENCE_OF_COUNTS = 10
"""Two counts rounded to 5 that differ by less may well be equal."""
LEAST_DIFFERENCE_OF_SHARES = 2
"""In percentage points: both shares are whole numbers, so each may be half a point off."""
LEAST_PART = {"count": Decimal("0.02"), "amount": Decimal("0.05"), "average": Decimal("0.05"), "distance": Decimal("0.05")}
"""A smaller part of the older value is "about the same"."""
TREND_YEARS = 5
COMPARABLE = frozenset({"share", "amount", "average", "distance", "score"})


class Word(StrEnum):
    """How one value stands to another, in the words that the sentences know."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    MORE = "more"
    LESS = "less"


@dataclass(frozen=True)
class Trend:
    """From the value in `since` to the value in `until`, in a word."""

    word: Word
    since: int
    until: int
    before: Decimal
    after: Decimal


@dataclass(frozen=True)
class Outlier:
    """An indicator on which an area differs from most of its municipality. `word` says which way."""

    code: str
    word: Word
    value: Decimal
    typical: Decimal
    score: float


@dataclass(frozen=True)
class About:
    """A number that is not exact: pages say "about"."""

    value: Decimal
    about: bool = True


def noticeable(before: Number, after: Number, *, kind: str, decimals: int = 0, rounded_to: int = 0) -> bool:
    """Whether two values differ by more than rounding and chance explain.

    Counts: at least 10, at least twice the rounding, and at least 2%. Shares: at least 2 points. Others: at least two
    units of the last decimal and at least 5% of the older value.
    """
    older, gap = Decimal(str(before)), abs(Decimal(str(after)) - Decimal(str(before)))
    if kind == "share":
        return gap >= LEAST_DIFFERENCE_OF_SHARES
    least = max(LEAST_DIFFERENCE_OF_COUNTS, 2 * rounded_to) if kind == "count" else 2 * Decimal(10) ** -decimals
    return gap >= least and gap >= abs(older) * LEAST_PART.get(kind, Decimal(0))


def word_for(before: Number, after: Number, *, good: str, differs: bool) -> Word:
    """The word for a step from one value to another: better or worse only where the indicator has a good direction."""
    if not differs:
        return Word.SAME
    rose = after > before
    if good == "none":
        return Word.MORE if rose else Word.LESS
    return Word.BETTER if rose == (good == "up") else Word.WORSE


def trend(
    series: Sequence[tuple[int, Decimal | None]],
    *,
    kind: str,
    good: str = "none",
    decimals: int = 0,
    rounded_to: int = 0,
    breaks: Iterable[int] = (),
) -> Trend | None:
    """The last year against the oldest of the five years before it; None where nothing can be compared.

    Years without a value are passed over. A break (another method, or a border that moved) starts a new series: years
    before it are not compared with years from it on. Where there is nothing within five years, the nearest older year serves.
    """
    known = sorted((year, value) for year, value in series if value is not None)
    if not known:
        return None
    until, after = known[-1]
    start = max((year for year in breaks if year <= until), default=0)
    earlier = [(year, value) for year, value in known[:-1] if year >= start]
    if not earlier:
        return None
    recent = [pair for pair in earlier if pair[0] >= until - TREND_YEARS]
    since, before = recent[0] if recent else earlier[-1]
    differs = noticeable(before, after, kind=kind, decimals=decimals, rounded_to=rounded_to)
    return Trend(word_for(before, after, good=good, differs=differs), since, until, before, after)


def comparison(here: Number, there: Number, *, kind: str, decimals: int = 0) -> Word | None:
    """How a place stands to its district or city: more, less or the same; None for counts, which say nothing side by side.

    Never better or worse: a page does not grade neighbourhoods against each other.
    """
    if kind not in COMPARABLE:
        return None
    return word_for(there, here, good="none", differs=noticeable(there, here, kind=kind, decimals=decimals))


# --- what stands out -----------------------------------------------------------------------------
SPREAD_OF_NORMAL = 1.4826
"""Median absolute deviation to standard deviation, for a normal distribution."""
LEAST_AREAS = 8
LEAST_INHABITANTS = 150
STANDS_OUT_AT = 2.0
MOST_SHOWN = 3


@dataclass(frozen=True)
class Spread:
    """One indicator over the neighbourhoods of a municipality: by area code, only areas with enough people."""

    code: str
    kind: str
    good: str
    decimals: int
    values: Mapping[str, Decimal]


def robust_score(value: Number, others: Sequence[Number]) -> float:
    """How many robust standard deviations a value lies from the median: 0 where the others do not differ at all.

    Median and median absolute deviation (Iglewicz and Hoaglin, "How to Detect and Handle Outliers", 1993): a few extreme small
    areas move neither, as they would move mean and standard deviation. Where more than half of the areas are equal, the mean
    absolute deviation takes its place (same source).
    """
    numbers = [float(other) for other in others]
    middle = median(numbers)
    gaps = [abs(number - middle) for number in numbers]
    spread = SPREAD_OF_NORMAL * median(gaps) or 1.2533 * sum(gaps) / len(gaps)
    return (float(value) - middle) / spread if spread else 0.0


def outlier(area: str, spread: Spread) -> Outlier | None:
    """The area's place within one indicator, with its score; None where too few areas are known or the area is not."""
    value = spread.values.get(area)
    if value is None or len(spread.values) < LEAST_AREAS or spread.kind not in COMPARABLE:
        return None
    others = list(spread.values.values())
    typical = Decimal(median(others))
    differs = noticeable(typical, value, kind=spread.kind, decimals=spread.decimals)
    word = word_for(typical, value, good=spread.good, differs=differs)
    return Outlier(spread.code, word, value, typical, robust_score(value, others))


def stands_out(area: str, spreads: Iterable[Spread]) -> list[Outlier]:
    """At most three things in which an area differs from most of its municipality, never a place in a ranking.

    Method: only neighbourhoods with at least 150 inhabitants take part (the caller leaves the others out), at least 8 of
    them, on shares, averages and distances. A thing stands out when its robust score is 2 or more and the difference from
    the median is noticeable. Something that needs attention is shown only beside something that goes well here: the best
    thing that is noticeably better than usual, even if it is not an outlier; without one it is left out on the public page.
    """
    found = [seen for spread in spreads if (seen := outlier(area, spread)) and seen.word is not Word.SAME]
    found.sort(key=lambda seen: (-abs(seen.score), seen.code))
    strong = [seen for seen in found if abs(seen.score) >= STANDS_OUT_AT]
    well = [seen for seen in strong if seen.word is Word.BETTER] or [seen for seen in found if seen.word is Word.BETTER][:1]
    attention = [seen for seen in strong if seen.word is Word.WORSE] if well else []
    plain = [seen for seen in strong if seen.word in {Word.MORE, Word.LESS}]
    chosen = attention[:1] + (well[:1] if attention else [])
    rest = sorted([seen for seen in plain + well if seen not in chosen and abs(seen.score) >= STANDS_OUT_AT], key=lambda s: -abs(s.score))
    order = {Word.BETTER: 0, Word.WORSE: 1}
    return sorted((chosen + rest)[:MOST_SHOWN], key=lambda seen: order.get(seen.word, 2))


# --- small numbers and sums ----------------------------------------------------------------------
LEAST_PARTICIPANTS = 10
LEAST_NEIGHBOURS = 50


def suppress(count: int, *, inhabitants: int | None = None) -> int | None:
    """Our own count of people who took part, or None when it could point at somebody.

    None from 1 to 9, and wherever fewer than 50 people live; zero tells of nobody and stays. Show None as "fewer than 10".
    """
    if inhabitants is not None and inhabitants < LEAST_NEIGHBOURS:
        return None
    return None if 0 < count < LEAST_PARTICIPANTS else count


def rests_on_too_few(base: Number | None, least: int) -> bool:
    """Whether a figure rests on fewer people, homes or households than its source allows (an unknown base does not count)."""
    return base is not None and base < least


def total(values: Iterable[Number], *, rounded: bool) -> About:
    """The sum of counts; "about" as soon as one of them was rounded, for rounding at random does not cancel out."""
    return About(sum((Decimal(str(value)) for value in values), Decimal(0)), about=rounded)


def quantile_classes(values: Iterable[Number], classes: int = 4) -> list[Decimal]:
    """The upper bounds of all classes but the last, so that each holds about as many areas: for the colours of a map.

    Equal bounds fall together: a map with one value has one class. A value belongs to the first class whose bound it does not exceed.
    """
    ordered = sorted(Decimal(str(value)) for value in values)
    if not ordered:
        return []
    bounds = [ordered[(len(ordered) * number - 1) // classes] for number in range(1, classes) if len(ordered) * number >= classes]
    return sorted({bound for bound in bounds if bound < ordered[-1]})


def class_of(value: Number, bounds: Sequence[Decimal]) -> int:
    """Which class a value falls in, from 0."""
    return sum(1 for bound in bounds if value > bound)


# --- which sentence says it ----------------------------------------------------------------------
@dataclass(frozen=True)
class Sentence:
    """Which sentence of `sentences.py` tells a figure, and with which number (None in a sentence about a missing one)."""

    which: str
    number: Decimal | None = None
    about: bool = False


def as_sentence(code: str, *, kind: str, value: Decimal | None, missing: str = "", rounded_to: int = 0, exact: bool = False) -> Sentence:
    """Choose the sentence for a figure. Counts that the source rounds are told as "about"; those of a municipality are exact."""
    if value is None:
        return Sentence(f"missing:{missing or 'secret'}")
    about = kind == "count" and rounded_to > 0 and not exact
    if value == 0 and kind == "count":
        return Sentence(f"none:{code}", value, about)
    return Sentence(f"figure:{code}", value, about)
