"""Rounding the evening off: numbers, who was missing, minutes without names, a picture, and what everybody is told."""

import datetime
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.meetings.actions.telling import note, tell_each, told
from buurtdraad.agendas.meetings.models import FlipPicture, Meeting, Outcome, SignUp
from buurtdraad.agendas.meetings.states import MOVES, TAKES_A_PLACE, Band, Stage
from buurtdraad.agendas.personal import NEVER_ON_SITE, personal
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.lib.uploads.keeping import kept_picture
from buurtdraad.lib.uploads.models import People
from buurtdraad.lib.uploads.pictures import CleanPicture


class NotRoundedOff(Refused):
    """This evening cannot be rounded off so."""


@dataclass(frozen=True)
class Evening:
    """How it was. Nothing in it names a resident."""

    band: Band
    ages: list[str] = field(default_factory=list)
    missing: str = ""
    minutes: str = ""


@dataclass(frozen=True)
class Photo:
    """A picture of the flip-over, with words for who cannot see it."""

    picture: CleanPicture
    alt: str
    people: People = People.NOBODY


def round_off(meeting: Meeting, evening: Evening, *, told_back: str, photo: Photo | None = None, by: Person, at: datetime.datetime) -> None:
    """Close a meeting that began, keep the picture, and tell everybody who came or signed up what comes of it, where that is written.

    Raises `NotRoundedOff` before it began and for a phone number or e-mail address in a text, and `WrongStage`.
    """
    if photo is None:
        close(meeting, evening, told_back=told_back, by=by, at=at)
        return
    with kept_picture(photo.picture) as key, transaction.atomic():
        FlipPicture.objects.create(
            meeting=meeting, key=key, alt=photo.alt, width=photo.picture.width, height=photo.picture.height, people=photo.people,
            agreed_at=at if photo.people == People.AGREED else None, given_by=by.uuid, given_at=at,
        )  # fmt: skip
        close(meeting, evening, told_back=told_back, by=by, at=at)


@transaction.atomic
def close(meeting: Meeting, evening: Evening, *, told_back: str, by: Person, at: datetime.datetime) -> None:
    if meeting.starts_at > at:
        raise NotRoundedOff(_("This meeting has not begun yet."))
    check_texts(evening.missing, evening.minutes, told_back)
    move(meeting, Stage.CLOSED, moves=MOVES)
    Meeting.objects.filter(pk=meeting.pk).update(voting=False, changed_at=at)
    Outcome.objects.create(
        meeting=meeting, band=evening.band, ages=evening.ages, missing=evening.missing, minutes=evening.minutes, by=by.uuid, at=at
    )
    note("meeting.rounded_off", meeting, by=by, at=at, payload={"band": evening.band})
    if told_back:
        tell_back(meeting, told_back, by=by, at=at)


@transaction.atomic
def tell_back(meeting: Meeting, text: str, *, by: Person, at: datetime.datetime) -> int:
    """Tell everybody who came or signed up what comes of it, once; how many were told. Raises `NotRoundedOff`."""
    check_texts(text)
    if not Outcome.objects.filter(meeting=meeting, told_back_at=None).update(told_back=text, told_back_at=at):
        raise NotRoundedOff(_("People were told already, or the evening is not rounded off yet."))
    people = told(SignUp.objects.filter(meeting=meeting, stage__in=TAKES_A_PLACE))
    number = tell_each(meeting, people, lambda: back_words(meeting, text), by=by, at=at)
    note("meeting.told_back", meeting, by=by, at=at, payload={"told": number})
    return number


def back_words(meeting: Meeting, text: str) -> tuple[str, str]:
    lines = [_("You signed up for “%(title)s”. This is what comes of it.") % {"title": meeting.title}, text]
    return _("What comes of it: %(title)s") % {"title": meeting.title}, "\n\n".join(lines)


def check_texts(*texts: str) -> None:
    if any(personal(text) & NEVER_ON_SITE for text in texts):
        raise NotRoundedOff(_("There is a phone number, e-mail address or number plate in it. Everybody reads this: take it out."))
