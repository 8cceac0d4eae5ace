"""Who may call and make posters, and how often a slip may be looked up."""

import datetime

from django.core.cache import cache
from django.db.models import Q

from buurtdraad.accounts.access import SIGNED_IN, with_duty
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.places.models import AreaYear, Membership

__all__ = ["CALLER", "SIGNED_IN", "areas_to_call", "count_wrong_number", "may_look_up"]

CALLERS = (Duty.AREA_ADVISER, Duty.AREA_MANAGER)

# Wrong numbers from one address: enough for a table full of people who mistype, too few to find a slip by trying.
MOST_WRONG_NUMBERS = 30
WRONG_NUMBERS_FOR = 600  # seconds


CALLER = with_duty(*CALLERS)


def areas_to_call(person: Person, day: datetime.date) -> set[int] | None:
    """Ids of the areas whose people somebody may call on this day; None for the whole city.

    A duty in a wijk holds in its buurten, one in a working area in its neighbourhoods, and both in working areas that lie there.
    """
    held = set(DutyHeld.objects.on(day).filter(person=person, duty__in=CALLERS).values_list("area_id", flat=True))
    if None in held:
        return None
    inside = Q(parent__in=held) | Q(municipality__in=held) | Q(area__working_areas__working_area__in=held)
    held |= set(AreaYear.objects.filter(inside).values_list("area_id", flat=True))
    return held | set(Membership.objects.filter(neighbourhood__in=held).values_list("working_area_id", flat=True))


def may_look_up(address: str) -> bool:
    """Whether this network address may try a slip's number: only wrong numbers count, so a whole evening can look theirs up."""
    return cache.get(f"messages.wrong:{address}", 0) < MOST_WRONG_NUMBERS


def count_wrong_number(address: str) -> None:
    """Remember one wrong number of this network address for some minutes."""
    key = f"messages.wrong:{address}"
    if not cache.add(key, 1, WRONG_NUMBERS_FOR):
        cache.incr(key)
