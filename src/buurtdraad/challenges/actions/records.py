"""What every deed of this room ends with: one line in the record, and the public pages of the programme made again."""

import datetime

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.challenges.access import duty_of
from buurtdraad.challenges.models import Aim, Ambition, Challenge, Pledge
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.tables.reports import Report
from buurtdraad.places.queries import city_code


class NotChanged(Refused):
    """The programme cannot be so; the text says why."""


def write_down(deed: str, thing: Ambition | Challenge | Aim | Pledge, *, by: Person, at: datetime.datetime, **payload: object) -> None:
    """`ambition.added` and the like, of a thing. The programme is of the whole city."""
    verb = f"{type(thing).__name__.lower()}.{deed}"
    record(verb, room="challenges", thing=thing.thing, by=by.uuid, at=at, duty=duty_of(by), touches=the_city(), payload=payload)


def write_down_load(name: str, report: Report, *, by: Person, at: datetime.datetime) -> None:
    """That a file was taken in, with how many rows were new, changed and so on."""
    counts = {outcome.value: number for outcome, number in report.counts.items()}
    thing, duty = f"{name}:file", duty_of(by)
    record(f"{name}.loaded", room="challenges", thing=thing, by=by.uuid, at=at, duty=duty, touches=the_city(), payload=counts)


def the_city() -> list[str]:
    return [code] if (code := city_code()) else []
