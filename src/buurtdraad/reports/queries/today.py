"""How a number of a report stands today, over the days of the report: as counted each night, or now."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.reports.models import FigureToday, Report
from buurtdraad.reports.queries.figures import DEFINITIONS, Counting, Period, Row
from buurtdraad.reports.queries.figures.rows import from_kept

# Of the list of today a page shows so many.
MOST = 50
# Lists whose rows are wishes: with the words of residents as they are now.
OF_WISHES = ("wensen", "steun")


@dataclass(frozen=True)
class Today:
    """A number with the first rows of its list, and how many rows there are. `counted_at` is empty when it was counted just now."""

    value: Decimal | None
    rows: Sequence[Row]
    number: int
    counted_at: datetime.datetime | None = None


def count_today(counting: Counting, name: str, narrowed: Mapping[str, str]) -> Today:
    """The number now. Goes over its whole list. Raises `KeyError` for what is not defined any more."""
    counted = counting.count(name, **narrowed)
    rows = counting.rows(DEFINITIONS[name].of)
    return Today(counted.value, [rows[place] for place in counted.places[:MOST]], len(counted.places))


def count_all(report: Report, at: datetime.datetime, today: datetime.date) -> list[FigureToday]:
    """Every number of a report that is still defined, now; not stored."""
    counting = Counting(Period.of(report.from_on, report.until_on, today))
    figures = [one for one in report.figures.defer("rows") if one.query in DEFINITIONS]
    counting.reaches(sorted({one.parameters["area"] for one in figures if one.parameters.get("area")}))
    made = []
    for one in figures:
        found = count_today(counting, one.query, one.parameters)
        rows = [row.as_kept() for row in found.rows]
        made.append(FigureToday(report=report, mark=one.mark, value=found.value, number=found.number, rows=rows, counted_at=at))
    return made


def kept_today(report: Report, mark: str, name: str) -> Today | None:
    """As it was counted last; None where it was not. Two queries at most: what residents wrote is asked now, for it may be gone."""
    kept = FigureToday.objects.filter(report=report, mark=mark).first()
    if kept is None:
        return None
    rows = [from_kept(row) for row in kept.rows]
    if rows and name in DEFINITIONS and DEFINITIONS[name].of in OF_WISHES:
        shown = Wish.objects.on_site().filter(reference__in=[row.reference for row in rows])
        titles = {wish.reference: wish.title for wish in shown.only("reference", "text")}
        rows = [replace(row, title=titles.get(row.reference, ""), path=row.path if row.reference in titles else "") for row in rows]
    return Today(kept.value, rows, kept.number, kept.counted_at)
