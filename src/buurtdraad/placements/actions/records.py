"""Writing down what is done afterwards: never with words of somebody, and touching pages only where everybody sees it."""

import datetime

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.placements.access import duty_of
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area


def write_down(
    verb: str,
    thing: str,
    *,
    by: Person | None,
    at: datetime.datetime,
    public: bool = False,
    area: Area | None = None,
    payload: dict | None = None,
) -> None:
    """One line in the record. `public`: pages for everybody change, those of the city and where it has one of the area."""
    record(
        verb,
        room="placements",
        thing=thing,
        by=by.uuid if by else None,
        at=at,
        duty=duty_of(by) if by else "",
        channel="" if by else "web",
        touches=places.touched_by([places.city_code(), *([area.code] if area else [])]) if public else (),
        payload=payload,
    )
