"""Writing down what is done with agendas."""

import datetime

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.access import duty_here
from buurtdraad.audit.actions import record
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area


def write_down(
    verb: str, thing: str, area: Area, *, by: Person | None, at: datetime.datetime, public: bool = True, payload: dict | None = None
) -> None:
    """One line in the record; where everybody sees what changed, the pages of the area are made anew."""
    touches = places.touched_by([area.code]) if public else ()
    record(
        verb, room="agendas", thing=thing, by=by.uuid if by else None, duty=duty_here(by) if by else "", at=at,
        channel="" if by else "web", touches=touches, payload=payload,
    )  # fmt: skip
