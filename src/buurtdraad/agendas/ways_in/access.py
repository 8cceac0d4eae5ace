"""Who may hear spoken notes, enter piles and take tables in: who answers wishes in that area."""

import datetime

from buurtdraad.accounts.access import Reach, has_duty
from buurtdraad.accounts.models import Person
from buurtdraad.agendas.ways_in.models import SpokenNote
from buurtdraad.agendas.wishes.access import ADVISER, ADVISERS, areas_to_answer
from buurtdraad.places.models import Area

__all__ = ["ADVISER", "ADVISERS", "may_enter", "notes_visible_to", "reach_of"]


def reach_of(person: Person, on: datetime.date | None = None) -> Reach:
    """Where somebody listens and enters."""
    return areas_to_answer(person, on)


def notes_visible_to(person: Person):
    """The spoken notes of the areas in which somebody works."""
    reach = reach_of(person)
    return SpokenNote.objects.all() if reach.everywhere else SpokenNote.objects.filter(area__code__in=reach.codes)


def may_enter(person: Person, area: Area) -> bool:
    """Whether somebody may write down wishes of others for this area."""
    return has_duty(person, *ADVISERS, area=area)
