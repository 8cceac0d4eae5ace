"""Saying something below a wish, and deciding whether it stands there."""

import datetime
from collections.abc import Collection

from django.db import connection, transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.comments.models import Comment
from buurtdraad.agendas.comments.states import Showing
from buurtdraad.agendas.personal import personal
from buurtdraad.agendas.wishes.actions import choices_for
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused
from buurtdraad.places import queries as places


class NoComments(Refused):
    """This area chose to have no comments."""


class DecidedMeanwhile(Refused):
    """Somebody else decided on this comment first."""


@transaction.atomic
def react(wish: Wish, *, text: str, name: str, by: Person, at: datetime.datetime, doubts: Collection[str] = (), mark: str = "") -> Comment:
    """Say something below a wish. The same form sent again is one comment. Raises `NoComments`.

    It waits until somebody read it where the area reads first, where it may be about a person, and when a program may have sent it.
    """
    choices = choices_for(wish.area)
    if not choices.comments:
        raise NoComments(_("In this neighbourhood nobody can react on the site. Call us, or come by."))
    if mark:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [mark])
        if sent := Comment.objects.filter(mark=mark).first():
            return sent
    waits = choices.read_first or bool(doubts) or bool(personal(text) | (personal(name) - {"name"}))
    showing = Showing.WAITING if waits else Showing.SHOWN
    made = Comment.objects.create(wish=wish, person=by, name=name, text=text, showing=showing, at=at, mark=mark or None)
    tell_record("comment.made", made, by=by, at=at, seen=showing == Showing.SHOWN)
    return made


@transaction.atomic
def show_comment(comment: Comment, *, was: str, by: Person, duty: str, at: datetime.datetime) -> None:
    """Put a comment on the site. `was` is how it stood on the page of who decides. Raises `DecidedMeanwhile`."""
    turn(comment, Showing.SHOWN, was)
    tell_record("comment.shown", comment, by=by, duty=duty, at=at)


@transaction.atomic
def hide_comment(comment: Comment, *, was: str, why: str, by: Person, duty: str, at: datetime.datetime) -> None:
    """Keep a comment off the site, with the reason. Raises `DecidedMeanwhile`."""
    turn(comment, Showing.HIDDEN, was)
    tell_record("comment.hidden", comment, by=by, duty=duty, at=at, payload={"why": why})


def turn(comment: Comment, showing: Showing, was: str) -> None:
    if not Comment.objects.filter(pk=comment.pk, showing=was).update(showing=showing):
        raise DecidedMeanwhile(_("Somebody else decided on this meanwhile. Look again."))
    comment.showing = showing


def tell_record(
    verb: str, comment: Comment, *, by: Person, duty: str = "", at: datetime.datetime, payload: dict | None = None, seen: bool = True
) -> None:
    area = comment.wish.area.code
    record(
        verb, room="agendas", thing=f"comment:{comment.uuid}", by=by.uuid, duty=duty, at=at,
        touches=places.touched_by([area]) if seen else (), payload={"wish": comment.wish.reference} | (payload or {}),
    )  # fmt: skip
