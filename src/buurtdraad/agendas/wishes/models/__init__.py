"""The tables of wishes."""

from buurtdraad.agendas.wishes.models.answers import Answer, Answered, Rating, Step
from buurtdraad.agendas.wishes.models.merging import Merging, Split
from buurtdraad.agendas.wishes.models.people import Giver, Supporter, VotesElsewhere
from buurtdraad.agendas.wishes.models.pictures import WishPicture
from buurtdraad.agendas.wishes.models.wish import AreaChoices, Series, Wish, WishQuerySet

__all__ = [
    "Answer",
    "Answered",
    "AreaChoices",
    "Giver",
    "Merging",
    "Rating",
    "Series",
    "Split",
    "Step",
    "Supporter",
    "VotesElsewhere",
    "Wish",
    "WishPicture",
    "WishQuerySet",
]
