"""Who may look at reports and decide on them: moderators and administrators, where their duty holds, with a second factor."""

import datetime

from django.http import HttpRequest

from buurtdraad.accounts.access import Reach, areas_of, with_duty
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import Person
from buurtdraad.places.models import Area

MAY_DECIDE = (Duty.MODERATOR, Duty.ADMINISTRATOR)


def signed_in(request: HttpRequest) -> Person:
    """The person of a request that a rule has let through."""
    assert isinstance(request.user, Person)
    return request.user


MODERATORS = with_duty(*MAY_DECIDE)


def areas_to_moderate(person: Person, on: datetime.date | None = None) -> Reach:
    """Where somebody may see reports and decide on them."""
    return areas_of(person, *MAY_DECIDE, on=on)


def duty_in(person: Person, area: Area | None) -> str:
    """From which duty somebody decides on a report about an area; empty when from none.

    A report about no area is for who has the duty in the whole city.
    """
    for duty in MAY_DECIDE:
        reach = areas_of(person, duty)
        if reach.everywhere or (area and area.code in reach):
            return duty.value
    return ""
