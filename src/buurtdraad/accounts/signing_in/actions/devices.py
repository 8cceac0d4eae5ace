"""Ending sessions: one's own, from any device."""

import datetime

from django.db import transaction

from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.models import Session
from buurtdraad.audit.actions import record


@transaction.atomic
def end_session(person: Person, session: Session, *, at: datetime.datetime) -> None:
    """End one session of this person: that device is signed out at its next page."""
    Session.objects.filter(pk=session.pk, person=person).delete()
    record("session.ended", room="accounts", thing=person.thing, by=person.uuid, at=at)


@transaction.atomic
def end_other_sessions(person: Person, *, but: str | None, at: datetime.datetime) -> int:
    """End all sessions of this person except the one with the key `but`. Returns how many."""
    ended, _ = Session.objects.filter(person=person).exclude(session_key=but or "").delete()
    if ended:
        record("sessions.ended", room="accounts", thing=person.thing, by=person.uuid, at=at, payload={"count": ended})
    return ended


@transaction.atomic
def set_password(person: Person, password: str, *, keep: str | None, at: datetime.datetime) -> None:
    """Give this person a password; all sessions but the one with the key `keep` end."""
    person.set_password(password)
    person.save(update_fields=["password"])
    end_other_sessions(person, but=keep, at=at)
    record("password.set", room="accounts", thing=person.thing, by=person.uuid, at=at)
