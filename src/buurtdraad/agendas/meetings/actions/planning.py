"""Making meetings, making them known, moving and cancelling them, and reminding who comes."""

import datetime
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.meetings.actions.signing_up import move_up
from buurtdraad.agendas.meetings.actions.telling import expected, facts_of, note, tell_each, told, when, where
from buurtdraad.agendas.meetings.models import Meeting, SignUp
from buurtdraad.agendas.meetings.rules import REMIND, new_code
from buurtdraad.agendas.meetings.states import MOVES, Kind, Seat, Stage
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.messages.actions import announce as put_on_board
from buurtdraad.messages.states import Kind as About
from buurtdraad.places.models import Area

# Who comes has to know when one of these is another.
MOVED_BY = ("starts_at", "ends_at", "place", "address")


class NotPossibleNow(Refused):
    """The meeting is over, or cancelled, or was never announced."""


@dataclass(frozen=True)
class Plan:
    """All that is planned of a meeting. The point is that of the place itself, in the municipality (the form asks)."""

    area: Area
    title: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    place: str
    kind: Kind = Kind.EVENING
    text: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    offers: list[str] = field(default_factory=list)
    languages: str = ""
    capacity: int | None = None
    sign_up_until: datetime.datetime | None = None
    stickers: int = 3
    cards: int = 0

    def facts(self) -> dict:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@transaction.atomic
def make(plan: Plan, *, by: Person, at: datetime.datetime) -> Meeting:
    """A meeting that only staff sees, until it is announced."""
    while True:
        try:
            with transaction.atomic():
                meeting = Meeting.objects.create(**plan.facts(), code=new_code(), made_at=at, changed_at=at)
        except IntegrityError as problem:
            if "code" not in str(problem):
                raise
            continue  # drawn before, which is rare
        note("meeting.made", meeting, by=by, at=at)
        return meeting


@transaction.atomic
def change(meeting: Meeting, plan: Plan, *, by: Person, at: datetime.datetime) -> bool:
    """Change a meeting that is still to come; whether it was moved (another time or place). Then everybody who signed up is told.

    Room for more people lets the next ones on the waiting list come. Raises `NotPossibleNow`.
    """
    now = Meeting.objects.select_for_update(of=("self",)).select_related("area").get(pk=meeting.pk)
    if now.stage not in {Stage.DRAFT, Stage.ANNOUNCED}:
        raise NotPossibleNow(_("This meeting is over, or will not happen. It cannot be changed."))
    announced = now.stage == Stage.ANNOUNCED
    moved = announced and any(getattr(now, name) != getattr(plan, name) for name in MOVED_BY)
    facts = plan.facts() | {"changed_at": at}
    if moved:
        facts["sequence"] = now.sequence + 1
        if plan.starts_at - REMIND > at:
            facts["reminded_at"] = None
    was = now.area.code
    Meeting.objects.filter(pk=now.pk).update(**facts)
    meeting.refresh_from_db()
    if moved:
        tell_each(meeting, expected(meeting), lambda: moved_words(meeting), by=by, at=at)
        hang(meeting, lambda: _("Moved: %(title)s, now %(when)s") % {"title": meeting.title, "when": when(meeting)}, by=by, at=at)
    note("meeting.moved" if moved else "meeting.changed", meeting, by=by, at=at, payload={"area_was": was} if was != plan.area.code else {})
    if announced:
        move_up(meeting, by=by, at=at)
    return moved


def moved_words(meeting: Meeting) -> tuple[str, str]:
    lines = [
        _("This meeting has another time or place: “%(title)s”.") % {"title": meeting.title},
        facts_of(meeting),
        _("Can you not come? Take your name off the list. Then somebody else can come."),
    ]
    return _("The meeting is moved: %(title)s") % {"title": meeting.title}, "\n\n".join(lines)


@transaction.atomic
def announce(meeting: Meeting, *, by: Person, at: datetime.datetime) -> None:
    """Put it on the site and on the board of the area. Raises `WrongStage`; `NotPossibleNow` for what is over already."""
    if meeting.ends_at <= at:
        raise NotPossibleNow(_("This meeting is over already. Choose another day first."))
    move(meeting, Stage.ANNOUNCED, moves=MOVES)
    hang(meeting, lambda: _("%(when)s: %(title)s, %(place)s") % {
        "when": when(meeting), "title": meeting.title, "place": where(meeting)}, by=by, at=at)  # fmt: skip
    note("meeting.announced", meeting, by=by, at=at)


@transaction.atomic
def cancel(meeting: Meeting, *, why: str, by: Person, at: datetime.datetime) -> int:
    """It will not happen. Everybody who signed up is told why; how many were. Raises `WrongStage`."""
    was_known = meeting.stage == Stage.ANNOUNCED
    Meeting.objects.filter(pk=meeting.pk, stage=meeting.stage).update(why=why, sequence=meeting.sequence + 1, changed_at=at)
    move(meeting, Stage.CANCELLED, moves=MOVES)
    meeting.refresh_from_db()
    number = 0
    if was_known:
        number = tell_each(meeting, expected(meeting), lambda: cancelled_words(meeting), by=by, at=at)
        hang(meeting, lambda: _("Will not happen: %(title)s, %(when)s") % {"title": meeting.title, "when": when(meeting)}, by=by, at=at)
    note("meeting.cancelled", meeting, by=by, at=at, payload={"told": number})
    return number


def cancelled_words(meeting: Meeting) -> tuple[str, str]:
    lines = [
        _("This meeting will not happen: “%(title)s”.") % {"title": meeting.title},
        _("It was planned for %(when)s.") % {"when": when(meeting)},
        meeting.why,
    ]
    return _("Will not happen: %(title)s") % {"title": meeting.title}, "\n\n".join(lines)


def hang(meeting: Meeting, sentence, *, by: Person, at: datetime.datetime) -> None:
    """A sentence for the board in the community centre, in Dutch."""
    with override("nl"):
        put_on_board(
            meeting.area, kind=About.MEETING, board=sentence(), link=reverse("agendas:meeting", args=[meeting.pk]),
            thing=meeting.thing, by=by.uuid, at=at,
        )  # fmt: skip


# --- by the clock ------------------------------------------------------------------------------------


def remind(*, at: datetime.datetime) -> int:
    """Tell who comes, a day before, once; how many meetings that were. Who signs up after that knows."""
    due = Meeting.objects.filter(stage=Stage.ANNOUNCED, reminded_at=None, starts_at__gt=at, starts_at__lte=at + REMIND)
    return sum(remind_of(meeting, at=at) for meeting in due.select_related("area"))


@transaction.atomic
def remind_of(meeting: Meeting, *, at: datetime.datetime) -> bool:
    """One reminder; False when somebody else did it meanwhile."""
    if not Meeting.objects.filter(pk=meeting.pk, reminded_at=None, stage=Stage.ANNOUNCED).update(reminded_at=at):
        return False
    coming = told(SignUp.objects.filter(meeting=meeting, stage=Seat.SIGNED))
    number = tell_each(meeting, coming, lambda: reminder_words(meeting), by=None, at=at)
    note("meeting.reminded", meeting, by=None, at=at, channel="clock", payload={"told": number}, touches=False)
    return True


def reminder_words(meeting: Meeting) -> tuple[str, str]:
    lines = [
        _("You are coming to “%(title)s”. We look forward to it.") % {"title": meeting.title},
        facts_of(meeting),
        _("Can you not come? Take your name off the list. Then somebody else can come."),
    ]
    return _("Soon: %(title)s") % {"title": meeting.title}, "\n\n".join(lines)


def hold(*, at: datetime.datetime) -> int:
    """What ended has been; how many meetings that were."""
    ended = list(Meeting.objects.filter(stage=Stage.ANNOUNCED, ends_at__lte=at).select_related("area"))
    for meeting in ended:
        hold_one(meeting, at=at)
    return len(ended)


@transaction.atomic
def hold_one(meeting: Meeting, *, at: datetime.datetime) -> None:
    move(meeting, Stage.HELD, moves=MOVES)
    note("meeting.held", meeting, by=None, at=at, channel="clock")
