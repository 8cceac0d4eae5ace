"""Taking in wishes from a table, an export of another platform, or what somebody pasted."""

import datetime
from dataclasses import dataclass, field, replace
from uuid import uuid4

from django.db import connection, transaction
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.models import Person
from buurtdraad.agendas.ways_in.actions.contacts import HearBack, contact_of
from buurtdraad.agendas.ways_in.models import Batch
from buurtdraad.agendas.ways_in.queries.naming import Names
from buurtdraad.agendas.ways_in.sources.exports import table_of
from buurtdraad.agendas.ways_in.sources.platforms import Platform
from buurtdraad.agendas.ways_in.sources.rows import WishRow, row_of
from buurtdraad.agendas.ways_in.states import BatchKind
from buurtdraad.agendas.wishes.actions import Given, OneOfMany, give_many
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.rules import as_title
from buurtdraad.agendas.wishes.states import Channel, Showing
from buurtdraad.audit.actions import record
from buurtdraad.lib.tables.faults import Faults
from buurtdraad.lib.tables.reading import RowRefused
from buurtdraad.lib.tables.reports import Outcome, Report, RowReport, fit_each
from buurtdraad.messages.rules import NotAPhoneNumber, phone_number
from buurtdraad.messages.states import Way
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area

NOON = datetime.time(12)
IMPORTING_LOCK = 0x776973686573


@dataclass(frozen=True)
class Imported:
    """What became of a file: whose export it is, each row, and the batch that was made (None for a dry run, or when nothing was new)."""

    platform: Platform
    report: Report
    batch: Batch | None = None


@dataclass
class Taking:
    """What taking in one file needs to know, asked once."""

    platform: Platform
    reach: Reach
    otherwise: Area | None
    names: Names = field(default_factory=Names)

    def area_of(self, row: WishRow) -> str:
        """The code of where this is. Raises `RowRefused` when that is not clear, or not for this person."""
        meant = self.names.meant(row.area) if row.area else set()
        if len(meant) > 1:
            raise RowRefused(_("%(area)s can be more than one area. Write its code.") % {"area": row.area})
        code = next(iter(meant), "") or (self.names.at(row.point) if row.point else "")
        if not code and row.area:
            raise RowRefused(_("We do not know the area %(area)s.") % {"area": row.area})
        code = code or (self.otherwise.code if self.otherwise else "")
        if not code:
            raise RowRefused(_("There is no area in this row. Choose one above for the rows without."))
        if code not in self.reach:
            raise RowRefused(_("%(area)s is not one of your areas.") % {"area": row.area or code})
        return code


@transaction.atomic
def import_wishes(
    content: bytes, *, name: str, otherwise: Area | None, reach: Reach, by: Person, duty: str = "", at: datetime.datetime, dry_run: bool
) -> Imported:
    """Take in all rows that are right and new; each row says what became of it. A dry run changes nothing. Raises `TableRefused`.

    The same file twice adds nothing. `otherwise` is the area of rows that name none. Personal texts wait, as everywhere.
    """
    platform, table = table_of(content)
    with connection.cursor() as cursor:
        # The same file twice at once: the second one waits, and finds that all is there.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORTING_LOCK])
    taking = Taking(platform, reach, otherwise)
    batch = Batch(uuid=uuid4(), kind=BatchKind.IMPORT, name=name[:150], by=by.uuid, made_at=at)
    rows: dict[int, tuple[WishRow, str]] = {}

    def fit(found: tuple[int, WishRow, str]) -> tuple[str, Outcome]:
        number, row, code = found
        rows[number] = row, code
        return as_title(row.text), Outcome.ADDED

    report = fit_each(table, fit, read=lambda faults: read(faults, taking, at))
    marks = Wish.objects.filter(mark__in=[row.source for row, _code in rows.values()]).values_list("mark", flat=True)
    known = {mark for mark in marks if mark}
    report.rows = [same_or_new(one, rows, known, taking.names) for one in report.rows]
    new = [rows[one.number] for one in report.of(Outcome.ADDED)]
    if dry_run or not new:
        return Imported(platform, report)
    batch.save(force_insert=True)
    areas = {area.code: area for area in Area.objects.filter(code__in={code for _row, code in new})}
    made = give_many([one_of(row, areas[code], taking, by=by, at=at) for row, code in new], by=by, at=at, batch=batch.uuid)
    shown = {wish.area.code for wish in made if wish.showing == Showing.SHOWN}
    record(
        "wishes.imported", room="agendas", thing=f"batch:{batch.uuid}", by=by.uuid, duty=duty, at=at,
        touches=places.touched_by(shown) if shown else (), payload={"platform": platform.key, "new": len(new), "areas": sorted(areas)},
    )  # fmt: skip
    return Imported(platform, report, batch)


def read(faults: Faults, taking: Taking, at: datetime.datetime) -> tuple[int, WishRow, str]:
    """The number of a row, the wish in it, and the code of its area. Of what is refused also what would not come along."""
    row = row_of(faults, taking.platform)
    code = faults.of("area", taking.area_of, row) or ""
    faults.of("phone", check_phone, row)
    faults.of("given", check_day, row, at)
    if faults.said:
        faults.said += row.remarks
    return faults.line.number, row, code


def check_phone(row: WishRow) -> None:
    try:
        if row.phone:
            phone_number(row.phone)
    except NotAPhoneNumber:
        raise RowRefused(_("This is no phone number. Write it as 06 12345678.")) from None


def check_day(row: WishRow, at: datetime.datetime) -> None:
    if row.given_on and row.given_on > localdate(at):
        raise RowRefused(_("This date has yet to come."))


def remarks(row: WishRow, names: Names) -> str:
    """What of a row that comes in does not come along."""
    outside = row.point is not None and not names.at(row.point)
    return " ".join((*row.remarks, *([_("Its place lies outside the city. It does not stand on the map.")] if outside else [])))


def same_or_new(one: RowReport, rows: dict[int, tuple[WishRow, str]], known: set[str], names: Names) -> RowReport:
    """A new row whose wish is there, or stands higher in the file, is the same."""
    if one.outcome != Outcome.ADDED:
        return one
    source = rows[one.number][0].source
    if source in known:
        return RowReport(one.number, one.name, Outcome.SAME, _("This wish is there already."))
    known.add(source)
    return replace(one, why=remarks(rows[one.number][0], names))


def one_of(row: WishRow, area: Area, taking: Taking, *, by: Person, at: datetime.datetime) -> OneOfMany:
    """One wish. Its date is that of the table, if that is past."""
    way = Way.CALL if row.phone else Way.BOARD if row.name else Way.NONE
    contact = contact_of(HearBack(way, row.name, row.phone), by=by, at=at)
    point = row.point if row.point and taking.names.at(row.point) else None
    past = row.given_on and row.given_on < localdate(at)
    said_at = datetime.datetime.combine(row.given_on, NOON, get_current_timezone()) if row.given_on and past else at
    return OneOfMany(Given(row.text, area, row.kind, row.theme, Channel.IMPORT, point), contact, row.source, said_at)
