"""The jobs of this room, by subject; procrastinate finds jobs only here."""

from buurtdraad.agendas.agenda.tasks import remind_owners
from buurtdraad.agendas.meetings.tasks import hold_meetings, remind_of_meetings
from buurtdraad.agendas.ways_in.tasks import sweep_sounds

__all__ = ["hold_meetings", "remind_of_meetings", "remind_owners", "sweep_sounds"]
