"""Who may make meetings, see who comes, and round them off; and where."""

import datetime

from buurtdraad.accounts.access import Reach, areas_of, duty_for, has_duty, with_duty
from buurtdraad.accounts.models import Person
from buurtdraad.agendas.meetings.models import Meeting, MeetingQuerySet
from buurtdraad.agendas.wishes.access import ADVISERS, Someone
from buurtdraad.places.models import Area

HOST = with_duty(*ADVISERS)


def areas_to_host(person: Person, on: datetime.date | None = None) -> Reach:
    """Where somebody holds meetings."""
    return areas_of(person, *ADVISERS, on=on)


def within(meetings: MeetingQuerySet, reach: Reach) -> MeetingQuerySet:
    """Those of these meetings that lie in reach."""
    return meetings if reach.everywhere else meetings.within(reach.codes)


def visible_to(person: Someone) -> MeetingQuerySet:
    """The meetings that somebody may see: what was announced, and for who works in an area all of that area."""
    everybody = Meeting.objects.on_site()
    if not isinstance(person, Person) or not has_duty(person, *ADVISERS):
        return everybody
    return everybody | within(Meeting.objects.all(), areas_to_host(person))


def may_host(person: Someone, area: Area) -> bool:
    """Whether somebody may make and lead meetings in an area, and see who comes."""
    return has_duty(person, *ADVISERS, area=area)


def duty_here(person: Someone, area: Area) -> str:
    """From which duty somebody does that, for the record."""
    return duty_for(person, *ADVISERS, area=area)
