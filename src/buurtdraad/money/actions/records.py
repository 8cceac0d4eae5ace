"""Writing down what is done with money: amounts and numbers, never a name or an account."""

import datetime

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.money.access import duty_of
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area


def write_down(
    verb: str,
    thing: str,
    *areas: Area,
    by: Person | None,
    at: datetime.datetime,
    payload: dict | None = None,
) -> None:
    """One line in the record. `areas`: whose pages show it, none for what finance alone sees."""
    touches = places.touched_by([area.code for area in areas]) if areas else ()
    record(
        verb, room="money", thing=thing, by=by.uuid if by else None, duty=duty_of(by) if by else "", at=at,
        channel="" if by else "web", touches=touches, payload=payload,
    )  # fmt: skip
