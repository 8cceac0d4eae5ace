"""Writing down what is done with initiatives, telling their people, and moving what may be seen of them."""

import datetime
from collections.abc import Iterable

from django.db import models

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.initiatives.access import duty_of
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.states import SHOWING_MOVES, Showing
from buurtdraad.lib.stages import wrong_stage
from buurtdraad.messages.actions import tell
from buurtdraad.messages.actions.telling import Words
from buurtdraad.messages.states import Kind
from buurtdraad.places import queries as places


def write_down(
    verb: str, initiative: Initiative, *, by: Person | None, at: datetime.datetime, public: bool | None = None,
    channel: str = "web", also: Iterable[str] = (), payload: dict | None = None,
) -> None:  # fmt: skip
    """One line in the record; where everybody sees what changed, the pages of its area (and of those in `also`) are made anew.

    What is public is what stands on the site, unless `public` says otherwise.
    """
    seen = initiative.showing == Showing.SHOWN if public is None else public
    touches = places.touched_by([initiative.area.code, *also]) if seen else ()
    record(
        verb, room="initiatives", thing=initiative.thing, by=by.uuid if by else None, duty=duty_of(by) if by else "",
        at=at, channel="" if by else channel, touches=touches, payload=payload,
    )  # fmt: skip


def tell_people(initiative: Initiative, subject: Words, body: Words, *, by: Person | None, at: datetime.datetime) -> None:
    """Tell everybody of an initiative something, but for who does it; they land where they go on with it."""
    for member in initiative.members.select_related("contact__person").exclude(contact=None):
        assert member.contact
        tell(
            member.contact, kind=Kind.AGENDA, subject=subject, body=body, link=f"/initiatieven/{initiative.slug}/werken/",
            area=initiative.area, thing=initiative.thing, by=by.uuid if by else None, at=at,
        )  # fmt: skip


def let_see(thing: models.Model, to: Showing) -> None:
    """Move what everybody sees of one row to the next step, unless somebody else moved it first. Raises `WrongStage`."""
    seen = thing.showing  # type: ignore[attr-defined]
    if to not in SHOWING_MOVES[seen]:
        raise wrong_stage(f"{thing} cannot go from {seen} to {to}")
    if not type(thing)._default_manager.filter(pk=thing.pk, showing=seen).update(showing=to):
        raise wrong_stage(f"{thing} is no longer {seen}")
    thing.showing = to  # type: ignore[attr-defined]
