"""The tables of meetings, by subject."""

from buurtdraad.agendas.meetings.models.evening import FlipPicture, MeetingWish, Outcome
from buurtdraad.agendas.meetings.models.meeting import Meeting, MeetingQuerySet
from buurtdraad.agendas.meetings.models.people import SignUp
from buurtdraad.agendas.meetings.models.room import PaperCount, Sticker, Voter

__all__ = ["FlipPicture", "Meeting", "MeetingQuerySet", "MeetingWish", "Outcome", "PaperCount", "SignUp", "Sticker", "Voter"]
