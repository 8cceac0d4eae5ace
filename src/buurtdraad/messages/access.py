"""Who may call and make posters, and whose people they call."""

import datetime

from buurtdraad.accounts.access import ADMINISTRATOR, SIGNED_IN, Reach, areas_of, with_duty
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import Person

__all__ = ["ADMINISTRATOR", "CALLER", "CALLERS", "SIGNED_IN", "areas_to_call"]

CALLERS = (Duty.AREA_ADVISER, Duty.AREA_MANAGER)
CALLER = with_duty(*CALLERS)


def areas_to_call(person: Person, day: datetime.date) -> Reach:
    """Where somebody may call people on this day."""
    return areas_of(person, *CALLERS, on=day)
