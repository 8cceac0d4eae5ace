"""Taking in meetings from a table, and undoing that. Nobody is told: what is to come waits until somebody announces it."""

import datetime
import hashlib
from collections.abc import Sequence
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.models import Person
from buurtdraad.agendas.meetings.actions import Plan, make
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.states import MOVES, Stage
from buurtdraad.agendas.ways_in.models import Batch
from buurtdraad.agendas.ways_in.queries.meetings import untouched
from buurtdraad.agendas.ways_in.queries.naming import Names
from buurtdraad.agendas.ways_in.sources.meetings import COLUMNS, MeetingRow, meeting_of
from buurtdraad.agendas.ways_in.states import BatchKind
from buurtdraad.audit.actions import record
from buurtdraad.lib.stages import move
from buurtdraad.lib.tables.faults import Faults
from buurtdraad.lib.tables.reading import RowRefused, folded, read
from buurtdraad.lib.tables.reports import Outcome, Report, fit_each
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area

LOCK = 0x6D656574696E67


@transaction.atomic
def import_meetings(content: bytes, *, name: str, reach: Reach, by: Person, duty: str = "", at: datetime.datetime, dry_run: bool) -> Report:
    """Each row that is right and new becomes a meeting: a draft, or rounded off when it is past. Raises `TableRefused`.

    The same file twice adds nothing, and neither does a meeting that is there already. A dry run does it all and takes it back.
    """
    table = read(content, COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    batch = Batch(uuid=uuid4(), kind=BatchKind.MEETINGS, name=name[:150], by=by.uuid, made_at=at)
    taking = MeetingsIn(batch.uuid, reach, by, at)
    with transaction.atomic():
        report = fit_each(table, taking.fit, read=taking.read)
        if dry_run:
            transaction.set_rollback(True)
    if dry_run or not report.changes:
        return report
    batch.save(force_insert=True)
    record(
        "meetings.imported", room="agendas", thing=f"batch:{batch.uuid}", by=by.uuid, duty=duty, at=at,
        touches=places.touched_by(taking.shown_in) if taking.shown_in else (), payload={"new": report.changes},
    )  # fmt: skip
    return report


class MeetingsIn:
    """What taking in one file needs to know, asked once."""

    def __init__(self, batch: UUID, reach: Reach, by: Person, at: datetime.datetime) -> None:
        self.batch, self.reach, self.by, self.at = batch, reach, by, at
        self.names = Names()
        self.areas: dict[str, Area] = {}
        self.shown_in: set[str] = set()

    def read(self, faults: Faults) -> tuple[MeetingRow, Area]:
        area = faults.of("area", self.area_of, faults.line.text("area"))
        row = meeting_of(faults)
        assert area, "what is wrong was told"
        return row, area

    def fit(self, found: tuple[MeetingRow, Area]) -> tuple[str, Outcome]:
        row, area = found
        there = Meeting.objects.filter(Q(mark=mark_of(row, area)) | Q(area=area, starts_at=row.starts_at, title__iexact=row.title))
        if there.exists():
            return row.title, Outcome.SAME
        self.add(row, area)
        return row.title, Outcome.ADDED

    def area_of(self, typed: str) -> Area:
        meant = self.names.meant(typed)
        if len(meant) > 1:
            raise RowRefused(_("%(area)s can be more than one area. Write its code.") % {"area": typed})
        code = next(iter(meant), "")
        if not code:
            raise RowRefused(_("We do not know the area %(area)s.") % {"area": typed})
        if code not in self.reach:
            raise RowRefused(_("%(area)s is not one of your areas.") % {"area": typed})
        if code not in self.areas:
            self.areas[code] = Area.objects.get(code=code)
        return self.areas[code]

    def add(self, row: MeetingRow, area: Area) -> None:
        plan = Plan(
            area=area, title=row.title, starts_at=row.starts_at, ends_at=row.ends_at, place=row.place, address=row.address, kind=row.kind,
            text=row.text, languages=row.languages, capacity=row.capacity,
        )  # fmt: skip
        made = make(plan, by=self.by, at=self.at)
        Meeting.objects.filter(pk=made.pk).update(mark=mark_of(row, area), batch=self.batch)
        if row.ends_at <= self.at:
            # It was, and nobody rounds it off any more: it stands in the list of what was.
            move(made, Stage.ANNOUNCED, moves=MOVES)
            move(made, Stage.CLOSED, moves=MOVES)
            self.shown_in.add(area.code)


def mark_of(row: MeetingRow, area: Area) -> str:
    facts = "\0".join([area.code, folded(row.title), row.starts_at.isoformat()])
    return "import:" + hashlib.sha256(facts.encode()).hexdigest()[:40]


@transaction.atomic
def undo_meetings(batch: Batch, *, by: Person, duty: str, at: datetime.datetime) -> tuple[int, int]:
    """Remove the meetings of a table with which nobody did anything; how many went and how many stay."""
    found: QuerySet[Meeting] = Meeting.objects.select_for_update(of=("self",)).filter(batch=batch.uuid).select_related("area")
    meetings: Sequence[Meeting] = list(found.order_by("pk"))
    going = untouched(meetings)
    shown = {one.area.code for one in going if one.is_on_site}
    Meeting.objects.filter(pk__in=[one.pk for one in going]).delete()
    Batch.objects.filter(pk=batch.pk).update(undone_at=at)
    record(
        "meetings.import_undone", room="agendas", thing=f"batch:{batch.uuid}", by=by.uuid, duty=duty, at=at,
        touches=places.touched_by(shown) if shown else (), payload={"removed": len(going), "stay": len(meetings) - len(going)},
    )  # fmt: skip
    return len(going), len(meetings) - len(going)
