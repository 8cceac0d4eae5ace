"""Loading areas: all of a source or nothing of it, and nothing at all when it tells nothing new."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction

from buurtdraad.audit.actions import EVERYTHING, record
from buurtdraad.lib.bad_source import BadSource, Problem
from buurtdraad.places.actions.working_areas import redraw_working_areas
from buurtdraad.places.models import Area, AreaYear, Kind
from buurtdraad.places.queries import forget_points, touched_by, working_areas_with
from buurtdraad.places.sources.checks import checked, outside
from buurtdraad.places.sources.levels import completed, drawn
from buurtdraad.places.sources.rows import AreaRow

# Two loads at once wait for each other.
LOADING_LOCK = 0x706C61636573
# Rows written by one statement: outlines and boundaries make them large.
BATCH = 500
# An event that touches more areas than this touches everything.
MANY = 1000
COMPARED = (
    "name",
    "parent_id",
    "municipality_id",
    "boundary",
    "outline",
    "frame",
    "latitude",
    "longitude",
    "area_ha",
    "schematic",
    "source",
)


@dataclass
class Report:
    """What a load did: codes that are new, changed (with what changed) and gone, and how many stayed as they were."""

    year: int
    new: list[str] = field(default_factory=list)
    changed: dict[str, list[str]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    unchanged: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def codes(self) -> list[str]:
        """Every code that the load made, changed or took away."""
        return [*self.new, *self.changed, *self.gone]


@transaction.atomic
def load(rows: Iterable[AreaRow], *, year: int | None = None, by: UUID | None, at: datetime.datetime, channel: str = "import") -> Report:
    """Make the areas of a year what the source says, and levels that it leaves out from those inside them.

    The source holds *all* areas of its levels in its municipalities: what it no longer names is gone in that year. `year`
    goes before the year that the rows name. The same rows twice change nothing and record nothing. Raises `BadSource`
    with everything that is wrong, and then nothing is loaded.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOADING_LOCK])
    rows, year, notes = _of_one_year(list(rows), year)
    rows = _sound(rows, year)
    report = _written(rows, year, at)
    report.notes += notes
    if report.codes:
        redrawn = redraw_working_areas(working_areas_with(report.codes), years=[year], at=at)
        forget_points()
        touches = touched_by([*report.codes, *redrawn])
        record(
            "areas.loaded",
            room="places",
            thing=f"year:{year}",
            by=by,
            at=at,
            channel=channel,
            touches=touches if len(touches) <= MANY else [EVERYTHING],
            payload={
                "year": year,
                "new": len(report.new),
                "changed": len(report.changed),
                "gone": len(report.gone),
                "source": sorted({row.source for row in rows if row.source})[:5],
            },
        )
    return report


def _of_one_year(rows: list[AreaRow], year: int | None) -> tuple[list[AreaRow], int, list[str]]:
    file = rows[0].file if rows else ""
    named = sorted({row.year for row in rows if row.year is not None})
    if not rows:
        raise BadSource(file, None, "there is no area in it")
    if year is None and len(named) != 1:
        raise BadSource(file, None, f"it names {'the years ' + ', '.join(map(str, named)) if named else 'no year'}: give the year yourself")
    chosen = year if year is not None else named[0]
    if not 1990 <= chosen <= 2100:
        raise BadSource(file, None, f"{chosen} is not a year from 1990 to 2100")
    notes = [f"{file}: the source names {named[0]}; loaded as {chosen}"] if named and named != [chosen] else []
    return [replace(row, year=chosen) for row in rows], chosen, notes


def _sound(rows: list[AreaRow], year: int) -> list[AreaRow]:
    """The rows of all levels, checked. Raises `BadSource`."""
    found, problems = checked(rows)
    apart = {row.code: row.geometry for row in found if row.kind == Kind.MUNICIPALITY and row.geometry is not None}
    problems += outside(found, apart)
    if problems:
        raise BadSource(problems=problems)
    found = completed(found)
    known = {row.code for row in found}
    wanting = {row.parent_code for row in found if row.parent_code} - known
    known |= set(Area.objects.filter(code__in=wanting, years__year=year).values_list("code", flat=True))
    orphans = [row for row in found if row.kind != Kind.MUNICIPALITY and row.parent_code not in known]
    if orphans:
        raise BadSource(problems=[row.problem(f"what it lies in is not known: {row.parent_code or 'not given'}") for row in orphans])
    return found


def _written(rows: list[AreaRow], year: int, at: datetime.datetime) -> Report:
    areas = _areas(rows)
    wanted = list(_area_years(rows, areas, year, at))
    municipalities = {row.municipality_code for row in rows}
    kinds = {row.kind for row in rows}
    there = {
        known.area_id: known
        for known in AreaYear.objects.filter(year=year, area__kind__in=kinds, municipality__code__in=municipalities).select_related("area")
    }
    codes = {area.id: code for code, area in areas.items()}
    report = Report(year)
    new, changed = [], []
    for area_year in wanted:
        code = codes[area_year.area_id]
        known = there.pop(area_year.area_id, None)
        if known is None:
            new.append(area_year)
            report.new.append(code)
        elif different := _different(known, area_year):
            area_year.pk = known.pk
            changed.append(area_year)
            report.changed[code] = different
        else:
            report.unchanged += 1
    report.gone = sorted(known.area.code for known in there.values())
    _refuse_a_part(rows, len(wanted), len(there), report.gone)
    AreaYear.objects.bulk_create(new, batch_size=BATCH)
    AreaYear.objects.bulk_update(changed, [*COMPARED, "loaded_at"], batch_size=BATCH)
    if there:
        AreaYear.objects.filter(pk__in=[known.pk for known in there.values()]).delete()
        # Whoever watches `loaded_at` learns that something has gone.
        AreaYear.objects.filter(year=year, area__code__in=municipalities).update(loaded_at=at)
    return report


def _refuse_a_part(rows: list[AreaRow], wanted: int, gone: int, codes: list[str]) -> None:
    """A source with less than half of what is known is a part, not a new state of affairs."""
    if gone > wanted:
        raise BadSource(
            problems=[Problem(rows[0].file, None, f"it lacks {gone} areas that are known ({', '.join(codes[:3])}, ...): is it complete?")]
        )


def _areas(rows: list[AreaRow]) -> dict[str, Area]:
    """The identities of all areas that the rows name, made where they are new."""
    kinds = {row.code: row.kind for row in rows}
    named = set(kinds) | {code for row in rows for code in (row.parent_code, row.municipality_code) if code}
    known = Area.objects.in_bulk(named, field_name="code")
    Area.objects.bulk_create([Area(code=code, kind=kinds[code]) for code in sorted(kinds) if code not in known], batch_size=5000)
    return Area.objects.in_bulk(named, field_name="code")


def _area_years(rows: list[AreaRow], areas: dict[str, Area], year: int, at: datetime.datetime) -> Iterable[AreaYear]:
    import shapely

    outlines = drawn(rows)
    for row in rows:
        path, frame = outlines.get(row.code, ("", None))
        yield AreaYear(
            area=areas[row.code],
            year=year,
            name=row.name,
            parent=areas.get(row.parent_code),
            municipality=areas.get(row.municipality_code),
            boundary=None if row.geometry is None else shapely.to_wkb(shapely.normalize(row.geometry)),
            outline=path,
            frame=None if frame is None else list(frame),
            latitude=row.latitude,
            longitude=row.longitude,
            area_ha=None if row.area_ha is None else Decimal(str(round(row.area_ha, 1))),
            schematic=row.schematic,
            source=row.source[:200],
            loaded_at=at,
        )


def _different(known: AreaYear, wanted: AreaYear) -> list[str]:
    """The names of the fields in which two states of an area differ."""
    return [name.removesuffix("_id") for name in COMPARED if _plain(getattr(known, name)) != _plain(getattr(wanted, name))]


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value
