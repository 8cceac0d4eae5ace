"""What holds for project sheets, without a database: days as people write them, milestones in order, and money that can be true."""

import calendar
import datetime
import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

FIRST_YEAR, LAST_YEAR = 2000, 2100
# A decision that is needed within so many days waits for its owner.
DECIDE_WITHIN = datetime.timedelta(days=30)


# --- days -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Period:
    """A first and a last day."""

    first: datetime.date
    last: datetime.date


DUTCH = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december")
ENGLISH = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
MONTHS = {name: number for names in (DUTCH, ENGLISH) for number, name in enumerate(names, start=1)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"mrt": 3, "sept": 9}
SEASONS = {"voorjaar": (3, 5), "lente": (3, 5), "spring": (3, 5), "zomer": (6, 8), "summer": (6, 8)}
SEASONS |= {"najaar": (9, 11), "herfst": (9, 11), "autumn": (9, 11)}
HALVES = {"1": (1, 6), "eerste": (1, 6), "first": (1, 6), "2": (7, 12), "tweede": (7, 12), "second": (7, 12)}
WORD = "|".join(sorted(MONTHS, key=len, reverse=True))
SEASON = "|".join(SEASONS)
YEAR = r"(?P<year>(?:19|20|21)\d\d)"
PART = r"(?:(?P<part>begin|half|medio|midden|eind|einde|start|mid|end)(?:\s+(?:van|of))?\s+)?"
NUMBER = r"(?P<number>[1-4])(?:e|ste|de|st|nd|rd|th)?"
PATTERNS = {
    "day": (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4}|\d\d)",
        rf"(?P<day>\d{{1,2}})\s+(?P<word>{WORD})\.?\s+{YEAR}",
    ),
    "coming_day": (rf"(?P<day>\d{{1,2}})\s+(?P<word>{WORD})\.?",),
    "month": (rf"{PART}(?P<word>{WORD})\.?\s+{YEAR}", rf"(?P<month>\d{{1,2}})[-/]{YEAR}", rf"{YEAR}-(?P<month>\d{{1,2}})"),
    "coming_month": (rf"{PART}(?P<word>{WORD})\.?",),
    "quarter": (
        rf"[qk]\s*(?P<number>[1-4])\s*(?:van|of|-|/)?\s*{YEAR}",
        rf"{NUMBER}\s+(?:kwartaal|quarter)\s+(?:van\s+|of\s+)?{YEAR}",
        rf"(?:kwartaal|quarter)\s+(?P<number>[1-4])\s*(?:van|of|-|/)?\s*{YEAR}",
        rf"{YEAR}[ -]?[qk](?P<number>[1-4])",
    ),
    "season": (rf"(?P<season>{SEASON})\s+(?:van\s+|of\s+)?{YEAR}",),
    "half": (rf"(?P<half>[12]|eerste|tweede|first|second)(?:e|st|nd)?\s+(?:helft|half)\s+(?:van\s+|of\s+)?{YEAR}",),
    "year": (rf"{PART}{YEAR}",),
}
ASKED = {kind: tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns) for kind, patterns in PATTERNS.items()}


def read_period(text: str, today: datetime.date) -> Period | None:
    """The days that somebody wrote: "31-12-2026", "1 mei 2027", "eind juni 2027", "Q2 2027", "zomer 2027", "2027"; None for anything else.

    A month or day without a year is the coming one.
    """
    plain = " ".join(text.lower().replace(",", " ").split())
    for kind, patterns in ASKED.items():
        for pattern in patterns:
            if found := pattern.fullmatch(plain):
                try:
                    return in_reason(period_of(kind, {name: value or "" for name, value in found.groupdict().items()}, today))
                except ValueError:  # 31 februari, month 13
                    return None
    return None


def in_reason(period: Period) -> Period | None:
    return period if period.first.year >= FIRST_YEAR and period.last.year <= LAST_YEAR else None


def period_of(kind: str, found: dict[str, str], today: datetime.date) -> Period:
    """What a match says. Raises `ValueError` for a day that does not exist."""
    year = int(found.get("year") or 0)
    if "day" in kind:
        return one_day(day_of(kind, found, year, today))
    if "month" in kind:
        month = month_of(found)
        return part_of_month(year or today.year + (month < today.month), month, found.get("part", ""))
    last = 3 * int(found.get("number") or 0)
    first_and_last = {
        "quarter": (last - 2, last),
        "season": SEASONS.get(found.get("season", "")),
        "half": HALVES.get(found.get("half", "")),
    }
    return months(year, *(first_and_last.get(kind) or PARTS_OF_YEAR.get(found.get("part", "")[:3], (1, 12))))


def month_of(found: dict[str, str]) -> int:
    return MONTHS[found["word"]] if found.get("word") else int(found["month"])


def day_of(kind: str, found: dict[str, str], year: int, today: datetime.date) -> datetime.date:
    """A day; without a year the coming one."""
    if kind == "day":
        return datetime.date(year if year > LAST_OF_TWO_DIGITS else 2000 + year, month_of(found), int(found["day"]))
    day = datetime.date(today.year, month_of(found), int(found["day"]))
    return day if day >= today else day.replace(year=today.year + 1)


LAST_OF_TWO_DIGITS = 99
PARTS_OF_YEAR = {"beg": (1, 3), "sta": (1, 3), "hal": (5, 7), "med": (5, 7), "mid": (5, 7), "ein": (10, 12), "end": (10, 12)}


def one_day(day: datetime.date) -> Period:
    return Period(day, day)


def months(year: int, first: int, last: int) -> Period:
    return Period(datetime.date(year, first, 1), datetime.date(year, last, calendar.monthrange(year, last)[1]))


def part_of_month(year: int, month: int, part: str) -> Period:
    """The first ten days, the middle ten, the rest, or all of it."""
    whole = months(year, month, month)
    tenth, twentieth = datetime.date(year, month, 10), datetime.date(year, month, 20)
    one_more = datetime.timedelta(days=1)
    match part[:3]:
        case "beg" | "sta":
            return Period(whole.first, tenth)
        case "hal" | "med" | "mid":
            return Period(tenth + one_more, twentieth)
        case "ein" | "end":
            return Period(twentieth + one_more, whole.last)
        case _:
            return whole


# --- milestones -------------------------------------------------------------------------------------


def in_order[Step: Hashable](waits_for: Mapping[Step, Step | None]) -> bool:
    """Whether no milestone waits for itself, be it by way of others. A key is a milestone, its value the one for which it waits."""
    for start in waits_for:
        seen, step = {start}, waits_for[start]
        while step is not None:
            if step in seen:
                return False
            seen.add(step)
            step = waits_for.get(step)
    return True


# --- money ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MoneyRow:
    """Euros of one source in one year."""

    source: str
    year: int
    planned: Decimal = Decimal(0)
    committed: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)

    @property
    def is_empty(self) -> bool:
        return not (self.planned or self.committed or self.spent)


def twice(rows: Iterable[MoneyRow]) -> set[tuple[str, int]]:
    """Which source and year stand there more than once."""
    seen: set[tuple[str, int]] = set()
    found: set[tuple[str, int]] = set()
    for row in rows:
        key = (row.source, row.year)
        (found if key in seen else seen).add(key)
    return found
