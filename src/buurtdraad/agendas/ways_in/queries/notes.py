"""Spoken notes that wait."""

from django.db.models import QuerySet

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.ways_in.access import notes_visible_to
from buurtdraad.agendas.ways_in.models import SpokenNote
from buurtdraad.agendas.ways_in.states import NoteStage
from buurtdraad.places.queries import last_name


def notes_to_hear(person: Person) -> QuerySet[SpokenNote]:
    """The notes that this person can listen to, the oldest first, with the name of their area (`place`) and who spoke."""
    waiting = notes_visible_to(person).filter(stage=NoteStage.WAITING)
    return waiting.select_related("area", "contact__person").annotate(place=last_name("area"))


def known_keys() -> set[str]:
    """The sounds that a note still needs."""
    return set(SpokenNote.objects.exclude(key="").values_list("key", flat=True))
