"""The tables of initiatives."""

from buurtdraad.initiatives.models.initiative import (
    HelpOffer,
    Initiative,
    InitiativeAgreement,
    InitiativeTopic,
    InitiativeWish,
    Member,
    Need,
)
from buurtdraad.initiatives.models.news import InitiativePicture, Prize, Update
from buurtdraad.initiatives.models.support import Concern, Count, Evidence, Opinion, Zone

__all__ = [
    "Concern",
    "Count",
    "Evidence",
    "HelpOffer",
    "Initiative",
    "InitiativeAgreement",
    "InitiativePicture",
    "InitiativeTopic",
    "InitiativeWish",
    "Member",
    "Need",
    "Opinion",
    "Prize",
    "Update",
    "Zone",
]
