"""The tables of agendas."""

from buurtdraad.agendas.agenda.models.agreement import Agreement, AgreementPicture, AgreementStep, Carried, NotDone, Owner
from buurtdraad.agendas.agenda.models.joining import Joiner
from buurtdraad.agendas.agenda.models.version import AgendaVersion, PollAnswer, Topic, TopicFollows, TopicWish

__all__ = [
    "AgendaVersion",
    "Agreement",
    "AgreementPicture",
    "AgreementStep",
    "Carried",
    "Joiner",
    "NotDone",
    "Owner",
    "PollAnswer",
    "Topic",
    "TopicFollows",
    "TopicWish",
]
