"""What the organiser does with training: modules, sessions, calling one off, and who came."""

import datetime
from collections.abc import Collection
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.placements.actions.enrolling import expected, facts_of, locked, move_up, note, tell_each
from buurtdraad.placements.models import Enrolment, Module, Session
from buurtdraad.placements.queries.training import SEATED, taken
from buurtdraad.placements.states import ENROLLED_MOVES, Enrolled

# Before the beginning; whoever signs up after that knows.
REMIND = datetime.timedelta(hours=24)
# A change of one of these is told to who comes.
MOVED_BY = ("starts_at", "ends_at", "place")


class NotPossible(Refused):
    """This training or session cannot be so; the text says why."""


@dataclass(frozen=True)
class Plan:
    """When and where a session is, and for how many."""

    starts_at: datetime.datetime
    ends_at: datetime.datetime
    place: str
    seats: int


# --- modules ----------------------------------------------------------------------------------------


@transaction.atomic
def add_module(*, name: str, text: str, by: Person, at: datetime.datetime) -> Module:
    """A training that can be given."""
    made = Module.objects.create(name=name, text=text)
    note("training.added", f"training:{made.uuid}", by=by, at=at)
    return made


@transaction.atomic
def change_module(module: Module, *, name: str, text: str, by: Person, at: datetime.datetime) -> None:
    """Other words for a training."""
    Module.objects.filter(pk=module.pk).update(name=name, text=text)
    note("training.changed", f"training:{module.uuid}", by=by, at=at)


@transaction.atomic
def end_module(module: Module, *, by: Person, at: datetime.datetime) -> None:
    """It is no longer given from today. Raises `NotPossible` while a session is still to come: call that off first."""
    if Session.objects.filter(module=module, starts_at__gt=at, cancelled_at=None).exists():
        raise NotPossible(_("There is still a session to come. Call that off first."))
    Module.objects.filter(pk=module.pk, over_on=None).update(over_on=timezone.localdate(at))
    note("training.ended", f"training:{module.uuid}", by=by, at=at)


@transaction.atomic
def give_again(module: Module, *, by: Person, at: datetime.datetime) -> None:
    """A training that was over is given again."""
    Module.objects.filter(pk=module.pk).update(over_on=None)
    note("training.given_again", f"training:{module.uuid}", by=by, at=at)


# --- sessions ---------------------------------------------------------------------------------------


@transaction.atomic
def plan_session(module: Module, plan: Plan, *, by: Person, at: datetime.datetime) -> Session:
    """One time that a training is given. Raises `NotPossible` for one that is over, and for a time that is past."""
    if Module.objects.filter(pk=module.pk).exclude(over_on=None).exists():
        raise NotPossible(_("This training is no longer given."))
    check(plan, at)
    made = Session.objects.create(module=module, **asdict(plan))
    note("training.planned", made.thing, by=by, at=at)
    return made


@transaction.atomic
def change_session(session: Session, plan: Plan, *, by: Person, at: datetime.datetime) -> None:
    """Another time, place or number of seats. Who comes or waits is told of a move; more seats let the next ones come.

    Raises `NotPossible`, also for fewer seats than there are people with a place.
    """
    now = still_to_come(session, at)
    check(plan, at)
    if plan.seats < taken(now):
        raise NotPossible(_("More people have a place already. They keep it."))
    moved = any(getattr(now, name) != getattr(plan, name) for name in MOVED_BY)
    facts = asdict(plan) | ({"sequence": now.sequence + 1} if moved else {})
    if moved and plan.starts_at - REMIND > at:
        facts["reminded_at"] = None
    Session.objects.filter(pk=now.pk).update(**facts)
    session.refresh_from_db()
    if moved:
        tell_each(session, expected(session), moved_words, by=by, at=at)
    note("training.moved" if moved else "training.seats_changed", session.thing, by=by, at=at)
    move_up(session, by=by, at=at)


@transaction.atomic
def call_off(session: Session, *, why: str, by: Person, at: datetime.datetime) -> int:
    """It will not happen. Everybody with a place and everybody who waits is told why; how many. Raises `NotPossible`."""
    now = still_to_come(session, at)
    Session.objects.filter(pk=now.pk).update(cancelled_at=at, why=why, sequence=now.sequence + 1)
    session.refresh_from_db()
    coming = list(expected(session))
    number = tell_each(session, coming, called_off_words, by=by, at=at)
    for enrolment in coming:
        move(enrolment, Enrolled.CANCELLED, moves=ENROLLED_MOVES)
    note("training.called_off", session.thing, by=by, at=at, payload={"told": number})
    return number


@transaction.atomic
def note_who_came(session: Session, came: Collection[int], *, by: Person, at: datetime.datetime) -> None:
    """Of everybody with a place: whether they came (their ids are in `came`). It can be noted again. Raises `NotPossible` beforehand."""
    now = locked(session)
    if now.cancelled_at or now.starts_at > at:
        raise NotPossible(_("This session did not begin yet."))
    for enrolment in Enrolment.objects.filter(session=now, stage__in=SEATED):
        wanted = Enrolled.ATTENDED if enrolment.pk in came else Enrolled.NO_SHOW
        if enrolment.stage != wanted:
            move(enrolment, wanted, moves=ENROLLED_MOVES)
    note("training.attendance", now.thing, by=by, at=at)


# --- by the clock -----------------------------------------------------------------------------------


def remind(*, at: datetime.datetime) -> int:
    """Tell who comes, a day before, once; of how many sessions."""
    due = Session.objects.filter(cancelled_at=None, reminded_at=None, starts_at__gt=at, starts_at__lte=at + REMIND)
    return sum(remind_of(session, at=at) for session in due.select_related("module"))


@transaction.atomic
def remind_of(session: Session, *, at: datetime.datetime) -> bool:
    """One reminder; False when somebody else did it meanwhile."""
    if not Session.objects.filter(pk=session.pk, reminded_at=None, cancelled_at=None).update(reminded_at=at):
        return False
    number = tell_each(session, expected(session).filter(stage=Enrolled.PLACE), reminder_words, by=None, at=at)
    note("training.reminded", session.thing, by=None, at=at, payload={"told": number})
    return True


# --- what they share --------------------------------------------------------------------------------


def still_to_come(session: Session, at: datetime.datetime) -> Session:
    """The session, held until the end of the transaction. Raises `NotPossible` for one that began or will not happen."""
    now = locked(session)
    if now.cancelled_at or now.starts_at <= at:
        raise NotPossible(_("This session began already, or will not happen."))
    return now


def check(plan: Plan, at: datetime.datetime) -> None:
    """Raises `NotPossible` where the database would say no, and for a time that is past."""
    if plan.ends_at <= plan.starts_at:
        raise NotPossible(_("The end comes after the beginning."))
    if plan.starts_at <= at:
        raise NotPossible(_("This time is past. Choose a later one."))


def moved_words(session: Session) -> tuple[str, str]:
    lines = [
        _("This training has another time or place: “%(title)s”.") % {"title": session.module},
        facts_of(session),
        _("Can you not come? Take your name off the list. Then somebody else can come."),
    ]
    return _("The training is moved: %(title)s") % {"title": session.module}, "\n\n".join(lines)


def called_off_words(session: Session) -> tuple[str, str]:
    lines = [_("This training will not happen: “%(title)s”.") % {"title": session.module}, facts_of(session), session.why]
    return _("Will not happen: %(title)s") % {"title": session.module}, "\n\n".join(lines)


def reminder_words(session: Session) -> tuple[str, str]:
    lines = [
        _("You are coming to “%(title)s”. We look forward to it.") % {"title": session.module},
        facts_of(session),
        _("Can you not come? Take your name off the list. Then somebody else can come."),
    ]
    return _("Soon: %(title)s") % {"title": session.module}, "\n\n".join(lines)
