"""Loading figures, and choosing which are shown."""

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.utils import DataError, IntegrityError

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import EVERYTHING, record
from buurtdraad.figures import catalogue
from buurtdraad.figures.models import Import, Indicator
from buurtdraad.figures.sources.rows import FigureRow, Origin
from buurtdraad.lib.bad_source import BadSource
from buurtdraad.lib.refusal import Refused
from buurtdraad.places.models import Area, Kind

# From so many new rows PostgreSQL counts anew at once: what it remembers of a smaller table makes it plan for hours.
MANY = 10_000
LINES_AT_ONCE = 5_000
EXAMPLES = 5
ANY_CODE = re.compile(r"[A-Za-z0-9_-]{1,60}")
CODE_FORMS = (
    (re.compile(r"NL\d\d"), Kind.COUNTRY),
    (re.compile(r"GM\d{4}"), Kind.MUNICIPALITY),
    (re.compile(r"WK\d{4}[0-9A-Z]{2}"), Kind.DISTRICT),
    (re.compile(r"BU\d{4}[0-9A-Z]{4}"), Kind.NEIGHBOURHOOD),
)
STAGE = """
CREATE TEMP TABLE figures_stage
    (area varchar(60) COLLATE "C", indicator_id bigint, year smallint, value numeric(14, 3), missing varchar(20)) ON COMMIT DROP
"""
UNKNOWN = """
SELECT s.area, count(*) FROM figures_stage s LEFT JOIN places_area a ON a.code = s.area WHERE a.id IS NULL GROUP BY s.area
"""
TWICE = """
SELECT s.area, i.code, s.year FROM figures_stage s JOIN figures_indicator i ON i.id = s.indicator_id
GROUP BY s.area, s.indicator_id, i.code, s.year HAVING count(*) > 1 ORDER BY 1, 2, 3 LIMIT 1
"""
DIFFERS = "(m.value, m.missing) IS DISTINCT FROM (s.value, s.missing)"
JOIN = """
FROM figures_stage s JOIN places_area a ON a.code = s.area
LEFT JOIN figures_measurement m ON m.area_id = a.id AND m.indicator_id = s.indicator_id AND m.year = s.year
"""
COUNT_NEW = f"SELECT count(*) FILTER (WHERE m.area_id IS NULL), count(*) FILTER (WHERE m.area_id IS NOT NULL AND {DIFFERS}) {JOIN}"
STORE = f"""
INSERT INTO figures_measurement (area_id, indicator_id, year, value, missing, origin_id)
SELECT a.id, s.indicator_id, s.year, s.value, s.missing, %s {JOIN} WHERE m.area_id IS NULL OR {DIFFERS}
ON CONFLICT (area_id, indicator_id, year)
DO UPDATE SET value = EXCLUDED.value, missing = EXCLUDED.missing, origin_id = EXCLUDED.origin_id
"""


class NothingKnown(Refused):
    """Not one area of the source is known here: the places have to be loaded first, or it is another municipality's file."""


class NoSuchIndicator(Refused):
    """No indicator has this code."""


@dataclass
class Report:
    """What one load did: how many values were read, and how many of them are new, changed, or of an unknown area."""

    read: int = 0
    new: int = 0
    changed: int = 0
    years: set[int] = field(default_factory=set)
    unknown: Counter[str] = field(default_factory=Counter)
    made_areas: int = 0

    @property
    def same(self) -> int:
        """Values that stood there already."""
        return self.read - self.unknown.total() - self.new - self.changed

    def __str__(self) -> str:
        lines = [f"{self.read} values read: {self.new} new, {self.changed} changed, {self.same} the same."]
        if self.made_areas:
            lines.append(f"{self.made_areas} areas made from their codes.")
        if self.unknown:
            some = ", ".join(sorted(self.unknown)[:EXAMPLES])
            lines.append(f"{self.unknown.total()} values left out: {len(self.unknown)} area codes are not known here ({some}).")
        return "\n".join(lines)


@transaction.atomic
def load(
    rows: Iterable[FigureRow],
    *,
    origin: Origin,
    by: Person,
    at: datetime.datetime,
    make_areas: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Store the figures of one source: all or nothing, and a second time changes nothing.

    `rows` are read once, lazily. Areas that are not known are counted and left out, or made from their code when `make_areas`
    (only codes of the form of CBS). Values that differ are replaced. When anything is new or changed, one `Import` and one audit
    event say so. Raises `BadSource` from the source, when a value stands in it twice, or for an indicator that nobody
    knows; `NothingKnown` when no area is known.
    """
    report = Report()
    make_indicators(origin)
    # Before the COPY starts: while it runs the connection takes no other question.
    indicators = dict(Indicator.objects.values_list("code", "id"))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.figures_stage")
        cursor.execute(STAGE)
        with cursor.copy("COPY figures_stage FROM STDIN") as copy:
            for chunk in in_chunks(as_lines(rows, indicators, report, origin)):
                copy.write(chunk)
                if progress:
                    progress(report.read)
        cursor.execute("ANALYZE figures_stage")
        refuse_doubles(cursor, origin)
        find_unknown(cursor, report, origin=origin, make_areas=make_areas)
        cursor.execute(COUNT_NEW)
        report.new, report.changed = cursor.fetchone()
        if report.new or report.changed:
            store(cursor, report, origin=origin, by=by, at=at)
        if report.new + report.made_areas >= MANY:
            cursor.execute("ANALYZE places_area, figures_measurement")
        cursor.execute("DROP TABLE figures_stage")
    return report


def as_lines(rows: Iterable[FigureRow], indicators: dict[str, int], report: Report, origin: Origin) -> Iterator[str]:
    """The rows as lines for COPY; a code that could not be one is refused before it reaches the database."""
    seen: set[str] = set()
    for code, area, year, value, missing in rows:
        report.read += 1
        if area not in seen:
            if not ANY_CODE.fullmatch(area):
                raise BadSource(origin.name, None, f"{area!r} is no code of an area")
            seen.add(area)
        indicator = indicators.get(code)
        if indicator is None:
            raise BadSource(origin.name, None, f"nobody knows the indicator '{code}'; describe it in the mapping file")
        report.years.add(year)
        shown = "\\N" if value is None else value
        yield f"{area}\t{indicator}\t{year}\t{shown}\t{missing}\n"


def in_chunks(lines: Iterator[str]) -> Iterator[str]:
    """Join the lines by thousands: one call for each would take longer than the database does."""
    chunk: list[str] = []
    for line in lines:
        chunk.append(line)
        if len(chunk) == LINES_AT_ONCE:
            yield "".join(chunk)
            chunk = []
    yield "".join(chunk)


def find_unknown(cursor, report: Report, *, origin: Origin, make_areas: bool) -> None:
    """Count the values of areas that are not known, after making those whose code has the form of CBS (when `make_areas`)."""
    cursor.execute(UNKNOWN)
    report.unknown = Counter(dict(cursor.fetchall()))
    if make_areas:
        kinds = {code: kind for code in report.unknown for form, kind in CODE_FORMS if form.fullmatch(code)}
        Area.objects.bulk_create([Area(code=code, kind=kind) for code, kind in kinds.items()], batch_size=2_000)
        report.made_areas = len(kinds)
        for code in kinds:
            del report.unknown[code]
    if report.read and report.unknown.total() == report.read:
        raise NothingKnown(f"{origin.name}: none of its {len(report.unknown)} areas is known here. Load the places first.")


def make_indicators(origin: Origin) -> None:
    """Bring the built-in catalogue and the source's own indicators into the database. What a city chose to show stays as it chose."""
    described = [Indicator(**fields) for fields in (*catalogue.as_indicators(), *origin.indicators)]
    fixed = {"id", "code", "shown", "headline"}
    Indicator.objects.bulk_create(
        described,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[column.name for column in Indicator._meta.concrete_fields if column.name not in fixed],
    )


def refuse_doubles(cursor, origin: Origin) -> None:
    """A value that stands twice in one source means that we misread it: refuse it all, with its place."""
    cursor.execute(TWICE)
    if found := cursor.fetchone():
        area, indicator, year = found
        raise BadSource(origin.name, f"row {area}", f"'{indicator}' of {year} stands there twice")


def store(cursor, report: Report, *, origin: Origin, by: Person, at: datetime.datetime) -> None:
    """Write what is new or changed, where it came from, and the event.

    A figure changes more pages than its own: what stands out and what is usual in the city hang on all neighbourhoods
    together. So the event touches everything; loads are rare.
    """
    kept = Import.objects.create(
        source=origin.source,
        table=origin.table,
        file=origin.file,
        source_url=origin.source_url,
        modified=origin.modified,
        licence=origin.licence,
        loaded_at=at,
        rows=report.new + report.changed,
        years=sorted(report.years),
    )
    try:
        # A table that was empty at its last ANALYZE is read from begin to end for each row, while it grows: hours for a country.
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(STORE, [kept.pk])
        cursor.execute("SET LOCAL enable_nestloop = on")
    except (IntegrityError, DataError) as refusal:
        raise BadSource(origin.name, None, f"the database refuses a value: {str(refusal).splitlines()[0]}") from refusal
    record(
        "figures.loaded",
        room="figures",
        thing=f"import:{kept.pk}",
        by=by.uuid,
        at=at,
        touches=[EVERYTHING],
        payload={"source": str(kept), "new": report.new, "changed": report.changed, "years": sorted(report.years)},
    )


@transaction.atomic
def show(code: str, *, shown: bool, by: Person, at: datetime.datetime) -> bool:
    """Show an indicator on the pages and in open data, or hide it. False when it was so already. Raises `NoSuchIndicator`."""
    make_indicators(Origin(source="CBS"))
    found = Indicator.objects.filter(code=code)
    if not found.exists():
        raise NoSuchIndicator(f"There is no indicator '{code}'.")
    if not found.exclude(shown=shown).update(shown=shown):
        return False
    verb = "indicator.shown" if shown else "indicator.hidden"
    record(verb, room="figures", thing=f"indicator:{code}", by=by.uuid, at=at, touches=[EVERYTHING])
    return True
