"""Registers, and taking a file of works in: all rows that are right, in one transaction; and undoing it."""

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.lib.tables.reports import Outcome
from buurtdraad.places.queries import touched_by
from buurtdraad.works.access import duty_of
from buurtdraad.works.actions.loading import Changed, Loading, LoadReport, codes_of
from buurtdraad.works.models import Register, RegisterLoad, Work, WorkArea
from buurtdraad.works.queries.registers import untouched
from buurtdraad.works.sources.rows import Row
from buurtdraad.works.states import MOVES, Stage, WorkKind

ROOM = "works"
LOADING_LOCK = 0x776F726B73
EVERYWHERE = Reach(everywhere=True)
AT_ONCE = 1000


class NotMade(Refused):
    """There is a register with this name already."""


class UndoneBefore(Refused):
    """This was undone already."""


@transaction.atomic
def make_register(*, name: str, department: str, kind: str = WorkKind.PROJECT, by: Person, at: datetime.datetime) -> Register:
    """A file that comes back each year. Raises `NotMade`."""
    try:
        with transaction.atomic():
            register = Register.objects.create(name=name, department=department, kind=kind, made_at=at)
    except IntegrityError:
        raise NotMade(_("There is a list with this name already.")) from None
    record("register.made", room=ROOM, thing=register.thing, by=by.uuid, duty=duty_of(by), at=at)
    return register


@transaction.atomic
def keep_mapping(register: Register, mapping: dict[str, str], *, by: Person, at: datetime.datetime) -> None:
    """Keep which heading of the file is which field. What is so already is not recorded again."""
    if register.mapping == mapping:
        return
    register.mapping = mapping
    Register.objects.filter(pk=register.pk).update(mapping=mapping)
    record("register.changed", room=ROOM, thing=register.thing, by=by.uuid, duty=duty_of(by), at=at, payload={"fields": sorted(mapping)})


@transaction.atomic
def load(
    register: Register | None, rows: Sequence[Row], *, dry_run: bool, by: Person, at: datetime.datetime,
    reach: Reach = EVERYWHERE, name: str = "", ignored: tuple[str, ...] = (),
) -> LoadReport:  # fmt: skip
    """Take in all rows that are right; each row says what became of it. A dry run changes nothing.

    Without a register the rows were pasted: what is there already stays as it is. `reach` is where this person may change works.
    What the file no longer has stays, and stands in `gone`.
    """
    with connection.cursor() as cursor:
        # The same file twice at once: the second one waits, and finds that all is there.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOADING_LOCK])
    loading = Loading(register, list(rows), reach=reach, by=by, at=at)
    report = loading.report(ignored)
    if dry_run or not report.changes:
        return report
    touched = {code for one in loading.new for code in one.codes}
    for changed in loading.changed:
        touched |= codes_of(changed.work) | (changed.codes or set())
    add(loading)
    change(loading)
    report.load = keep(loading, report, name=name, by=by)
    counts = {outcome.value: number for outcome, number in report.counts.items()} | {"gone": len(report.gone)}
    thing = register.thing if register else report.load.thing
    record("works.loaded", room=ROOM, thing=thing, by=by.uuid, duty=duty_of(by), at=at, touches=touched_by(touched), payload=counts)
    return report


def add(loading: Loading) -> None:
    Work.objects.bulk_create([one.work for one in loading.new], batch_size=AT_ONCE)
    pairs = [WorkArea(work=one.work, area=loading.areas[code]) for one in loading.new for code in sorted(one.codes)]
    WorkArea.objects.bulk_create(pairs, batch_size=AT_ONCE)


def change(loading: Loading) -> None:
    """Give each work what its row says; its step last, since that leans on the reason."""
    for one in loading.changed:
        fields = [name for name in one.values if name != "stage"]
        for name in fields:
            setattr(one.work, name, one.values[name])
        one.work.changed_at = loading.at
        if one.values.get("stage") == Stage.DONE:
            one.work.done_on = loading.done_on(one.work.until_on)
            fields.append("done_on")
        one.work.save(update_fields=[*fields, "changed_at"])
        if "stage" in one.values:
            move(one.work, one.values["stage"], moves=MOVES)
        if one.codes is not None:
            place(loading, one)


def place(loading: Loading, one: Changed) -> None:
    had, now = codes_of(one.work), one.codes or frozenset()
    WorkArea.objects.filter(work=one.work, area__code__in=had - now).delete()
    WorkArea.objects.bulk_create([WorkArea(work=one.work, area=loading.areas[code]) for code in sorted(now - had)])


def keep(loading: Loading, report: LoadReport, *, name: str, by: Person) -> RegisterLoad:
    """The line in the history: counts, and what each row did. No addresses of people stand in it: a name in a report outlives its sheet."""
    made = {one.number: one.work for one in loading.new}
    was = {one.number: one for one in loading.changed}
    lines = []
    for row in report.rows:
        if row.outcome == Outcome.SAME:
            continue
        line = {"row": row.number, "name": row.name, "outcome": row.outcome.value, "why": row.why}
        if work := made.get(row.number):
            line["work"] = str(work.uuid)
        if one := was.get(row.number):
            texts = {name: list(texts) for name, texts in one.was.items() if not name.startswith("owner")}
            line |= {"work": str(one.work.uuid), "changes": texts}
        lines.append(line)
    return RegisterLoad.objects.create(
        register=loading.register, name=name[:150], at=loading.at, by=by.uuid, report=lines, gone=len(report.gone),
        added=report.counts[Outcome.ADDED], changed=report.counts[Outcome.CHANGED], same=report.counts[Outcome.SAME],
        wrong=report.counts[Outcome.REFUSED],
    )  # fmt: skip


@transaction.atomic
def undo(load: RegisterLoad, *, by: Person, at: datetime.datetime) -> tuple[int, int]:
    """Remove the works that came new with a load and on which nobody built; returns how many went and how many stay.

    What the load changed stays changed: its report says how it was. Raises `UndoneBefore`.
    """
    if not RegisterLoad.objects.filter(pk=load.pk, undone_at__isnull=True).update(undone_at=at):
        raise UndoneBefore(_("This was undone already."))
    came = sum(line["outcome"] == Outcome.ADDED for line in load.report)
    works = list(untouched(load).select_for_update(of=("self",)).prefetch_related("work_areas__area"))
    touched = {code for work in works for code in codes_of(work)}
    gone = remove({work.pk for work in works})
    record(
        "works.load_undone", room=ROOM, thing=load.thing, by=by.uuid, duty=duty_of(by), at=at,
        touches=touched_by(touched) if touched else (), payload={"removed": gone, "stay": came - gone},
    )  # fmt: skip
    return gone, came - gone


def remove(ids: set[int]) -> int:
    """Remove these works, but those that something else points at, such as money that was promised to it. Returns how many went."""
    try:
        with transaction.atomic():
            Work.objects.filter(pk__in=ids).delete()
    except ProtectedError as refused:
        held = {one.work_id for one in refused.protected_objects if hasattr(one, "work_id")}
        return remove(ids - held) if ids & held else 0
    return len(ids)
