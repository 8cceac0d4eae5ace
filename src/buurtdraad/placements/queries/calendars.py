"""A placement or a training session for a calendar: its UID stays, a change raises SEQUENCE, and what is off says so."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from buurtdraad.messages import calendars
from buurtdraad.placements.models import Placement, Session
from buurtdraad.placements.states import Stage


def of_placement(placement: Placement, *, at: datetime.datetime) -> bytes:
    """Somebody's placement as a file, in the language of the moment."""
    shift, host = placement.shift, placement.shift.host
    off = placement.stage in {Stage.CANCELLED, Stage.REFUSED}
    said = calendars.event(
        placement.uuid, _("Placement: %(host)s") % {"host": host.name}, shift.starts_at, shift.ends_at, off=off,
        path=reverse("placements:placement", args=[placement.uuid]), place=f"{host.name}, {host.address}",
        lines=[shift.tasks, host.house_rules],
    )  # fmt: skip
    status = "CANCELLED" if off else "CONFIRMED" if placement.stage == Stage.CONFIRMED else "TENTATIVE"
    return file_of(said, sequence=shift.sequence + off, status=status, at=at)


def of_session(session: Session, *, at: datetime.datetime) -> bytes:
    """A training session as a file, in the language of the moment."""
    off = session.cancelled_at is not None
    said = calendars.event(
        session.uuid, session.module.name, session.starts_at, session.ends_at, off=off,
        path=reverse("placements:training_session", args=[session.uuid]), place=session.place, lines=[session.why, session.module.text],
    )  # fmt: skip
    return file_of(said, sequence=session.sequence, status="CANCELLED" if off else "CONFIRMED", at=at)


def file_of(said, *, sequence: int, status: str, at: datetime.datetime) -> bytes:
    """The file with one event."""
    said.add("sequence", sequence)
    said.add("status", status)
    said.add("dtstamp", at.astimezone(datetime.UTC))
    return calendars.calendar([said], of="Stages").to_ical()
