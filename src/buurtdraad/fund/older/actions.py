"""Taking in requests from an older system.

What ended there is history: it stands in the file of its plan and counts for the years in a row, but no pot of ours pays it, no
letter goes out and nobody is told. What still runs goes on here under the term that it has: the days that went by there count.
One whose last day went by is refused: it has to be decided there.
"""

import datetime
import hashlib
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.ways_in.queries.naming import Names
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.audit.actions import record
from buurtdraad.fund.access import duty_of
from buurtdraad.fund.actions import clock
from buurtdraad.fund.models import Application, CostLine, OlderDecision, Scheme, SchemeRules
from buurtdraad.fund.older.queries import untouched
from buurtdraad.fund.older.sources import COLUMNS, OlderRow, row_of
from buurtdraad.fund.older.states import DECIDED, YES, State
from buurtdraad.fund.queries import rules as rulebook
from buurtdraad.fund.queries.clock import started_on
from buurtdraad.fund.states import Channel, ClockEventKind, CostKind, SentBy, Stage, Who
from buurtdraad.initiatives.actions import plans
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.states import Stage as PlanStage
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.tables.faults import Faults
from buurtdraad.lib.tables.reading import RowRefused, TableRefused, folded, read
from buurtdraad.lib.tables.reports import Outcome, Report, RowReport, fit_each
from buurtdraad.places.models import Area

LOCK = 0x6F6C6465727265
NOON = datetime.time(12)
ENDS = {
    State.GRANTED: Stage.CLOSED, State.PARTLY: Stage.CLOSED, State.REFUSED: Stage.REFUSED,
    State.NOT_PROCESSED: Stage.NOT_PROCESSED, State.WITHDRAWN: Stage.WITHDRAWN,
}  # fmt: skip


@dataclass
class Taking:
    """What taking in one file needs to know, asked once; and the plans that it makes, each with its last row."""

    scheme: Scheme
    known: set[str]
    by: Person
    at: datetime.datetime
    names: Names = field(default_factory=Names)
    rules: dict[datetime.date, SchemeRules | None] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    last: dict[int, OlderRow] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)

    def rules_of(self, row: OlderRow) -> SchemeRules:
        """Those of the day on which it came in; of what ended before our rules begin the first ones."""
        if row.received_on not in self.rules:
            self.rules[row.received_on] = rulebook.rules_on(self.scheme, row.received_on)
        found = self.rules[row.received_on]
        if found is None and row.state != State.RUNNING:
            found = self.scheme.versions.order_by("from_on").first()
        if found is None:
            raise RowRefused(_("The fund has no rules for the day on which this came in."))
        return found

    def area_of(self, typed: str) -> Area:
        meant = self.names.meant(typed)
        if len(meant) > 1:
            raise RowRefused(_("%(area)s can be more than one area. Write its code.") % {"area": typed})
        code = next(iter(meant), "")
        if not code:
            raise RowRefused(_("We do not know the area %(area)s.") % {"area": typed})
        if code not in self.areas:
            self.areas[code] = Area.objects.get(code=code)
        return self.areas[code]


@transaction.atomic
def take_in(content: bytes, *, dry_run: bool, by: Person, at: datetime.datetime) -> Report:
    """Take in each row that is right and new, by its number in the older system; the others say why not. The same file twice changes
    nothing. A dry run does it all and takes it back. Raises `TableRefused`.
    """
    table = read(content, COLUMNS)
    with connection.cursor() as cursor:
        # The same file twice at once: the second one waits, and finds that all is there.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    scheme = rulebook.our_scheme()
    if scheme is None:
        raise TableRefused(_("There is no fund of this municipality yet. First load its rules."))
    known = set(Application.objects.filter(mark__startswith="older:").values_list("mark", flat=True))
    taking = Taking(scheme, {mark for mark in known if mark}, by, at)
    with transaction.atomic():
        report = fit_each(table, lambda found: fit(found[0], found[1], taking), read=lambda faults: read_row(faults, taking))
        move_plans(taking)
        if dry_run:
            transaction.set_rollback(True)
    report.rows = [with_note(one, taking.notes) for one in report.rows]
    if report.changes and not dry_run:
        record(
            "applications.taken_in", room="fund", thing="applications:older", by=by.uuid, duty=duty_of(by), at=at,
            payload={"rows": report.changes},
        )  # fmt: skip
    return report


@transaction.atomic
def undo(taken_at: datetime.datetime, *, by: Person, at: datetime.datetime) -> tuple[int, int]:
    """Remove the requests of the table that was taken in at this moment, and the plans made for them alone, where nobody did anything
    with them; how many requests went and how many stay."""
    found = Application.objects.select_for_update(of=("self",)).filter(channel=Channel.OLDER, saved_at=taken_at)
    applications = list(found.select_related("initiative").order_by("pk"))
    going = untouched(applications, taken_at)
    Application.objects.filter(pk__in=[one.pk for one in going]).delete()
    plans_left = Initiative.objects.filter(pk__in={one.initiative_id for one in going}, mark__startswith="older:")
    plans_left.exclude(pk__in=Application.objects.values("initiative")).delete()
    stay = len(applications) - len(going)
    record(
        "applications.import_undone", room="fund", thing="applications:older", by=by.uuid, duty=duty_of(by), at=at,
        payload={"removed": len(going), "stay": stay},
    )  # fmt: skip
    return len(going), stay


def with_note(one: RowReport, notes: dict[int, str]) -> RowReport:
    note = notes.get(one.number, "") if one.outcome == Outcome.ADDED else ""
    return RowReport(one.number, one.name, one.outcome, note) if note else one


def read_row(faults: Faults, taking: Taking) -> tuple[int, OlderRow]:
    """The number of a row in the file, and what it says. What is here already needs no area that we still know."""
    if mark_of(faults.line.text("number")) not in taking.known:
        faults.of("area", taking.area_of, faults.line.text("area"))
    return faults.line.number, row_of(faults, today=timezone.localdate(taking.at))


def fit(number: int, row: OlderRow, taking: Taking) -> tuple[str, Outcome]:
    mark = mark_of(row.number)
    name = f"{row.number} {row.title}"
    if mark in taking.known:
        return name, Outcome.SAME
    try:
        with transaction.atomic():
            plan = plan_of(row, taking)
            if row.state == State.RUNNING:
                go_on(row, plan, taking)
            else:
                keep(row, plan, taking)
    except RowRefused:
        raise
    except Refused as refusal:
        raise RowRefused(str(refusal)) from None
    taking.known.add(mark)
    before = taking.last.get(plan.pk)
    if before is None or before.received_on <= row.received_on:
        taking.last[plan.pk] = row
    if row.state in YES and row.final is None:
        taking.notes[number] = _("Its final amount is not known. The older system sees to that, and to payments.")
    return name, Outcome.ADDED


def mark_of(number: str) -> str:
    return f"older:{number.casefold()}"


def plan_of(row: OlderRow, taking: Taking) -> Initiative:
    """The plan of this name in this area, made once for all its rows. Nobody else sees it until somebody puts it on the site."""
    area = taking.area_of(row.area)
    mark = "older:" + hashlib.sha256(f"{area.code}\0{folded(row.title)}".encode()).hexdigest()[:40]
    return plans.make(
        title=row.title, area=area, theme=Theme.OTHER, contact=None, by=taking.by, at=taking.at, mark=mark, channel=Channel.OLDER
    )  # fmt: skip


def made(row: OlderRow, plan: Initiative, stage: Stage, taking: Taking, **facts: object) -> Application:
    """The row of a request: without a contact, so that nobody gets a mail. People come to us by the letters that they get."""
    came = datetime.datetime.combine(row.received_on, NOON, timezone.get_current_timezone())
    return Application.objects.create(
        number=f"O-{row.number}", mark=mark_of(row.number), initiative=plan, rules=taking.rules_of(row), stage=stage,
        channel=Channel.OLDER, who=Who.ORGANISATION if row.organisation else Who.NEIGHBOURS, organisation_name=row.organisation,
        applicant_name=row.applicant, applicant_address=row.address, send_by=SentBy.POST, asked=row.asked, starts_on=row.starts_on,
        ends_on=row.ends_on, received_on=row.received_on, submitted_at=came, made_at=came, saved_at=taking.at, **facts,
    )  # fmt: skip


def keep(row: OlderRow, plan: Initiative, taking: Taking) -> None:
    """What ended there. The time that it is kept counts from its end; one that is not finished is kept from today."""
    open_still = row.state in YES and row.final is None
    ended_on = row.ended_on or (None if open_still else row.decided_on or row.received_on)
    ended_at = datetime.datetime.combine(ended_on, NOON, timezone.get_current_timezone()) if ended_on else taking.at
    application = made(row, plan, ENDS[row.state], taking, complete_on=row.complete_on, ended_at=ended_at)
    if row.state in DECIDED and row.decided_on:
        OlderDecision.objects.create(
            application=application, outcome=str(row.state), amount=row.granted, final=row.final, decided_on=row.decided_on, words=row.words
        )


def go_on(row: OlderRow, plan: Initiative, taking: Taking) -> None:
    """What still runs: in hand here, with the day on which its term ends. Raises `RowRefused` when that day went by."""
    today = timezone.localdate(taking.at)
    application = made(row, plan, Stage.ASSESSING if row.complete_on else Stage.CHECKING, taking, complete_on=row.complete_on)
    if row.asked:
        with override("nl"):
            label = _("As asked in the older system")
        CostLine.objects.create(application=application, kind=CostKind.OTHER, label=label, amount=row.asked)
    if row.still and (start := started_on(application)):
        until = start + datetime.timedelta(days=row.still)
        if until > today:
            raise RowRefused(_("The time cannot have stood still for more days than went by."))
        for kind, day in ((ClockEventKind.ASKED, start), (ClockEventKind.ANSWERED, until)):
            clock.happened(application, kind, on=day, why="", by=taking.by, at=taking.at)
    last = clock.wind(application)
    if last and last < today:
        raise RowRefused(_("Its last day to decide went by. Decide on it in the older system, and take in the decision."))


def move_plans(taking: Taking) -> None:
    """Each new plan to the step that its last row tells; one that somebody moved on already stays where it is."""
    for plan in Initiative.objects.filter(pk__in=taking.last, stage=PlanStage.IDEA):
        row = taking.last[plan.pk]
        if row.state == State.RUNNING:
            plans.move_to(plan, PlanStage.DECISION, by=taking.by, at=taking.at)
        elif row.state in YES:
            done_on = row.ends_on or row.ended_on or row.decided_on
            plans.move_to(plan, PlanStage.DOING, by=taking.by, at=taking.at)
            if done_on and done_on <= timezone.localdate(taking.at):
                plans.move_to(plan, PlanStage.DONE, by=taking.by, at=taking.at, done_on=done_on)
        else:
            with override("nl"):
                why = row.words or _("The older system says that it did not go on.")
            plans.move_to(plan, PlanStage.STOPPED, why=why, by=taking.by, at=taking.at)
