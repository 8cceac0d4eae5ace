"""Who of the municipality helps with a plan in an area."""

import datetime

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.places.models import Area
from buurtdraad.places.queries import touched_by


def helper_in(area: Area, *, on: datetime.date) -> Person | None:
    """The one adviser who is named to who asks for money there: the nearest one; None where nobody has the duty."""
    held = DutyHeld.objects.on(on).filter(duty=Duty.AREA_ADVISER, area__code__in=touched_by([area.code]), person__erased_at=None)
    found = sorted(held.select_related("person", "area"), key=lambda one: (one.area != area, one.stand_in_for_id or 0, one.pk))
    return found[0].person if found else None
