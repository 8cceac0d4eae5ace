"""Shifts: offered by a host, changed, called off; and what the clock does: reminders, and shifts that have been."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.accounts.models import Person
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.placements.actions.shifts import end, locked, move_up
from buurtdraad.placements.actions.telling import facts_of, mail_host, note, tell_person, when
from buurtdraad.placements.models import Host, Placement, Shift
from buurtdraad.placements.queries.hosts import blocked
from buurtdraad.placements.queries.shifts import seats_of
from buurtdraad.placements.rules import FARTHEST, REMIND, weekly
from buurtdraad.placements.states import OVER, SHIFT_MOVES, ShiftStage, Stage


class NoShift(Refused):
    """A shift cannot be so; the text says why."""


@transaction.atomic
def offer(
    host: Host,
    *,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    seats: int,
    tasks: str,
    weeks: int = 1,
    by: Person | None,
    at: datetime.datetime,
) -> list[Shift]:
    """Offer a shift, or the same one in so many weeks in a row. All of them or, with `NoShift`, none."""
    held = held_host(host)
    starts = weekly(timezone.localtime(starts_at), weeks)
    length = ends_at - starts_at
    for start in starts:
        check(held, start, start + length, seats, at=at)
    refuse_blocked(held, starts)
    made = [Shift(host=held, starts_at=start, ends_at=start + length, seats=seats, tasks=tasks, made_at=at) for start in starts]
    for shift in made:
        shift.save()
        note("shift.offered", shift, by=by, at=at, payload={"seats": seats})
    return made


@transaction.atomic
def change(
    shift: Shift,
    *,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    seats: int,
    tasks: str,
    by: Person | None,
    at: datetime.datetime,
) -> bool:
    """Change a shift that is still to come; whether it was moved. Then everybody in it is told. More seats let the next ones in.

    Raises `NoShift`.
    """
    host = held_host(shift.host)
    now = locked(shift)
    if now.stage != ShiftStage.OFFERED or now.starts_at <= at:
        raise NoShift(_("This shift is over, or will not happen. It cannot be changed."))
    moved = (starts_at, ends_at) != (now.starts_at, now.ends_at)
    check(host, starts_at, ends_at, seats, at=at, but=now)
    if moved:
        refuse_blocked(host, [timezone.localtime(starts_at)])
    taken = seats_of([now])[now.pk].taken
    if seats < taken:
        raise NoShift(
            ngettext(
                "%(number)s person has a seat already. Refuse somebody first.",
                "%(number)s people have a seat already. Refuse somebody first.",
                taken,
            )
            % {"number": taken}
        )
    facts: dict = {"starts_at": starts_at, "ends_at": ends_at, "seats": seats, "tasks": tasks, "sequence": now.sequence + moved}
    if moved and starts_at - REMIND > at:
        facts["reminded_at"] = None
    Shift.objects.filter(pk=now.pk).update(**facts)
    shift.refresh_from_db()
    if moved:
        for placement in inside(shift):
            tell_person(placement, lambda: moved_words(shift, was=now), by=by, at=at)
    note("shift.changed", shift, by=by, at=at, payload={"moved": moved})
    move_up(shift, at=at)
    return moved


@transaction.atomic
def call_off(shift: Shift, *, why: str, by: Person | None, at: datetime.datetime) -> int:
    """A shift will not happen. Everybody who was in it or waited is told why; how many.

    Raises `WrongStage`, and `NoShift` once it began.
    """
    now = locked(shift)
    if now.stage == ShiftStage.OFFERED and now.starts_at <= at:
        raise NoShift(_("This shift has begun already."))
    Shift.objects.filter(pk=now.pk, stage=ShiftStage.OFFERED).update(why=why, sequence=now.sequence + 1)
    move(now, ShiftStage.CANCELLED, moves=SHIFT_MOVES)
    shift.refresh_from_db()
    people = list(inside(shift))
    for placement in people:
        end(placement, Stage.CANCELLED, why=why[:300], at=at)
        tell_person(placement, lambda: called_off_words(shift), by=by, at=at)
    note("shift.cancelled", shift, by=by, at=at, payload={"told": len(people)})
    return len(people)


def held_host(host: Host) -> Host:
    """The host until the end of the transaction: its shifts are made one after the other, so that they fit."""
    return Host.objects.select_for_update(of=("self",)).select_related("area").get(pk=host.pk)


def check(
    host: Host, starts_at: datetime.datetime, ends_at: datetime.datetime, seats: int, *, at: datetime.datetime, but: Shift | None = None
) -> None:
    """Whether a host can have so many people then. Raises `NoShift`."""
    if starts_at <= at:
        raise NoShift(_("Choose a day that is still to come."))
    if starts_at > at + FARTHEST:
        raise NoShift(_("Choose a day within a year from now."))
    if ends_at <= starts_at:
        raise NoShift(_("The end comes after the beginning."))
    if host.until_on and timezone.localdate(starts_at) > host.until_on:
        raise NoShift(_("%(host)s has stopped then.") % {"host": host.name})
    together = host.shifts.filter(stage=ShiftStage.OFFERED, starts_at__lt=ends_at, ends_at__gt=starts_at)
    others = (together.exclude(pk=but.pk) if but else together).aggregate(sum=Sum("seats"))["sum"] or 0
    if seats + others > host.most_seats:
        raise NoShift(_("At most %(number)s people at once can come to %(host)s.") % {"number": host.most_seats, "host": host.name})


def refuse_blocked(host: Host, starts: Iterable[datetime.datetime]) -> None:
    days = blocked(host, [start.date() for start in starts])
    if days:
        raise NoShift(
            _("On %(day)s nobody can come: you said so yourself. Choose another day, or take that day back.")
            % {"day": date_format(days[0], "j F Y")}
        )


def inside(shift: Shift) -> Iterable[Placement]:
    """Who is in a shift, waits for it, or asked."""
    active = Placement.objects.filter(shift=shift).exclude(stage__in=sorted(OVER))
    return active.select_related("person", "shift__host__area")


def moved_words(shift: Shift, *, was: Shift) -> tuple[str, list[str]]:
    return _("Another time: your placement at %(host)s") % {"host": shift.host.name}, [
        _("It was planned for %(when)s. That is not so any more.") % {"when": when(was)},
        facts_of(shift),
        _("Can you not come then? Take your name off. Then somebody else can come."),
    ]


def called_off_words(shift: Shift) -> tuple[str, list[str]]:
    return _("Will not happen: your placement at %(host)s") % {"host": shift.host.name}, [
        _("It was planned for %(when)s.") % {"when": when(shift)},
        shift.why,
    ]


# --- by the clock -----------------------------------------------------------------------------------


def remind(*, at: datetime.datetime) -> int:
    """Tell who is expected, two days before, once; how many shifts that were."""
    due = Shift.objects.filter(stage=ShiftStage.OFFERED, reminded_at=None, starts_at__gt=at, starts_at__lte=at + REMIND)
    return sum(remind_of(shift, at=at) for shift in due.select_related("host__area"))


@transaction.atomic
def remind_of(shift: Shift, *, at: datetime.datetime) -> bool:
    """One reminder, with address and house rules; False when somebody else did it meanwhile."""
    if not Shift.objects.filter(pk=shift.pk, reminded_at=None, stage=ShiftStage.OFFERED).update(reminded_at=at):
        return False
    for placement in inside(shift):
        if placement.stage == Stage.CONFIRMED:
            tell_person(placement, lambda: reminder_words(shift), by=None, at=at)
    note("shift.reminded", shift, by=None, at=at, channel="clock")
    return True


def reminder_words(shift: Shift) -> tuple[str, list[str]]:
    host = shift.host
    return _("Soon: your placement at %(host)s") % {"host": host.name}, [
        facts_of(shift),
        shift.tasks,
        _("House rules: %(rules)s") % {"rules": host.house_rules} if host.house_rules else "",
        _("Bring along: %(what)s") % {"what": host.asks_for} if host.asks_for else "",
        _("Can you not come? Take your name off, also at the last moment. The host hears it at once."),
    ]


def hold(*, at: datetime.datetime) -> int:
    """What ended has been; how many shifts that were."""
    ended = list(Shift.objects.filter(stage=ShiftStage.OFFERED, ends_at__lte=at))
    for shift in ended:
        hold_one(shift, at=at)
    return len(ended)


@transaction.atomic
def hold_one(shift: Shift, *, at: datetime.datetime) -> None:
    """It has been: who got no yes in time is told, and the host is asked who was there."""
    now = locked(shift)
    move(now, ShiftStage.HELD, moves=SHIFT_MOVES)
    expected = 0
    for placement in inside(now):
        if placement.stage == Stage.CONFIRMED:
            expected += 1
            continue
        end(placement, Stage.CANCELLED, why=_("Not everybody had said yes in time."), at=at)
        tell_person(placement, lambda: too_late_words(now), by=None, at=at)
    if expected:
        mail_host(now.host, lambda: attendance_words(now), at=at)
    note("shift.held", now, by=None, at=at, channel="clock")


def too_late_words(shift: Shift) -> tuple[str, list[str]]:
    return _("It did not work out: your placement at %(host)s") % {"host": shift.host.name}, [
        _("It was planned for %(when)s.") % {"when": when(shift)},
        _("Not everybody had said yes in time. Choose another day: you are welcome."),
    ]


def attendance_words(shift: Shift) -> tuple[str, list[str]]:
    return _("Who was there? %(when)s") % {"when": when(shift)}, [
        _("Thank you for having our people. Tell us within a week who was there: one press for each person."),
    ]
