"""Taking part in training. The session's row is locked, so nobody gets a place twice; who waits moves up by themselves."""

import datetime
from collections.abc import Callable, Collection, Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.messages.actions import contact_for, tell
from buurtdraad.messages.states import Kind as About
from buurtdraad.placements.access import duty_of
from buurtdraad.placements.models import Enrolment, Session
from buurtdraad.placements.queries.training import enrolment_in, enrolments_due, taken, together_with
from buurtdraad.placements.states import ENROLLED_MOVES, Enrolled

# Gives subject and body, in the language of the moment.
type Words = Callable[[Session], tuple[str, str]]


class NoEnrolment(Refused):
    """Somebody cannot sign up for this session, or say what they thought of it; the text says why."""


@transaction.atomic
def enrol(session: Session, *, by: Person, at: datetime.datetime) -> Enrolment:
    """They come, or wait when there is no place left. Twice is once. Raises `NoEnrolment`."""
    # One after the other of one person too, so that two sessions at the same time see each other.
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    now = locked(session)
    if now.cancelled_at or now.starts_at <= at:
        raise NoEnrolment(_("You cannot sign up for this training any more."))
    if before := enrolment_in(now, by):
        return before
    if together_with(now, by):
        raise NoEnrolment(_("You have another training at that time. Take your name off there first."))
    stage = Enrolled.PLACE if taken(now) < now.seats else Enrolled.WAITING
    made = Enrolment.objects.create(session=now, person=by, stage=stage, since=at)
    note("training.signed_up", now.thing, by=by, at=at, payload={"stage": stage})
    return made


@transaction.atomic
def leave(enrolment: Enrolment, *, by: Person, at: datetime.datetime) -> None:
    """They do not come; the next one on the list gets the place and is told. Raises `NoEnrolment` once it began, and `WrongStage`."""
    now = locked(enrolment.session)
    if now.starts_at <= at:
        raise NoEnrolment(_("This training began already."))
    enrolment.refresh_from_db()
    move(enrolment, Enrolled.CANCELLED, moves=ENROLLED_MOVES)
    note("training.signed_off", now.thing, by=by, at=at)
    move_up(now, by=by, at=at)


@transaction.atomic
def evaluate(enrolment: Enrolment, *, useful: int, words: str, by: Person, at: datetime.datetime) -> None:
    """What somebody who was there thinks of it: 1 (not) to 5 (very), and words. They can change it. Raises `NoEnrolment`."""
    was_there = Enrolment.objects.filter(pk=enrolment.pk, stage=Enrolled.ATTENDED, person=by)
    if not was_there.update(useful=useful, words=words, evaluated_at=at):
        raise NoEnrolment(_("Only who was there can say what they think of it."))
    note("training.evaluated", enrolment.session.thing, by=by, at=at)


def move_up(session: Session, *, by: Person | None, at: datetime.datetime) -> int:
    """Let who waits come, in the order of the list, as far as there are seats; each is told. How many.

    The caller is in a transaction that holds the session.
    """
    if session.cancelled_at or session.starts_at <= at:
        return 0
    free = max(session.seats - taken(session), 0)
    waiting = Enrolment.objects.filter(session=session, stage=Enrolled.WAITING).select_related("person", "session__module")
    up = list(waiting.order_by("since", "pk")[:free])
    for enrolment in up:
        move(enrolment, Enrolled.PLACE, moves=ENROLLED_MOVES)
    tell_each(session, up, moved_up_words, by=None, at=at)
    if up:
        note("training.moved_up", session.thing, by=by, at=at, payload={"enrolments": len(up)})
    return len(up)


def moved_up_words(session: Session) -> tuple[str, str]:
    lines = [
        _("You stood on the waiting list for “%(title)s”. There is a place for you now.") % {"title": session.module},
        facts_of(session),
        _("Can you not come? Take your name off the list. Then somebody else can come."),
    ]
    return _("There is a place for you: %(title)s") % {"title": session.module}, "\n\n".join(lines)


@transaction.atomic
def forget_enrolments(ids: Collection[int], *, on: datetime.date) -> int:
    """Destroy who took part and their words, of these that are still past their time; that somebody took part, and the score, stay."""
    due = list(enrolments_due(on).filter(pk__in=ids).values_list("pk", flat=True))
    return Enrolment.objects.filter(pk__in=due).update(person=None, words="")


# --- what they share --------------------------------------------------------------------------------


def locked(session: Session) -> Session:
    """The session as it is now, held until the end of the transaction: places are given one after the other."""
    return Session.objects.select_for_update(of=("self",)).select_related("module").get(pk=session.pk)


def expected(session: Session) -> QuerySet[Enrolment]:
    """Who comes or waits."""
    found = Enrolment.objects.filter(session=session, stage__in=(Enrolled.PLACE, Enrolled.WAITING))
    return found.select_related("person", "session__module")


def facts_of(session: Session) -> str:
    """When and where, as one paragraph of a message."""
    when = date_format(localtime(session.starts_at), "l j F Y, H:i")
    return _("When: %(when)s. Where: %(where)s.") % {"when": when, "where": session.place}


def session_path(session: Session) -> str:
    """The page of a session for who takes part, without a language."""
    with override("nl"):
        return reverse("placements:training_session", args=[session.uuid])


def tell_each(session: Session, enrolments: Iterable[Enrolment], words: Words, *, by: Person | None, at: datetime.datetime) -> int:
    """Tell each of these the same, in their own language; how many were told."""
    number = 0
    for enrolment in enrolments:
        if enrolment.person is None:
            continue
        contact = contact_for(enrolment.person, at=at)
        with override(contact.language):
            subject, body = words(session)
        sent = tell(
            contact, kind=About.WORK, subject=subject, body=body, link=session_path(session), thing=session.thing,
            by=by.uuid if by else None, at=at,
        )  # fmt: skip
        number += sent is not None
    return number


def note(verb: str, thing: str, *, by: Person | None, at: datetime.datetime, payload: dict | None = None) -> None:
    """One line in the record. No page for everybody shows training, so nothing is made anew."""
    actor, duty, channel = (by.uuid, duty_of(by), "") if by else (None, "", "clock")
    record(verb, room="placements", thing=thing, by=actor, at=at, duty=duty, channel=channel, payload=payload)
