"""Everything that writes persons and their duties."""

from buurtdraad.accounts.actions.duties import (
    NotAppointed,
    NotEnded,
    NotGiven,
    appoint_stand_in,
    end_duty,
    give_duty,
)
from buurtdraad.accounts.actions.persons import NotAdded, add_person, system_person

__all__ = [
    "NotAdded",
    "NotAppointed",
    "NotEnded",
    "NotGiven",
    "add_person",
    "appoint_stand_in",
    "end_duty",
    "give_duty",
    "system_person",
]
