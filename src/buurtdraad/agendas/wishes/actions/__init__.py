"""All that is done with wishes."""

from buurtdraad.agendas.wishes.actions.answering import NotAnswered, answer, listeners, move_all, move_to, rate
from buurtdraad.agendas.wishes.actions.giving import Given, add_giver, choices_for, give, new_reference
from buurtdraad.agendas.wishes.actions.many import OneOfMany, give_many
from buurtdraad.agendas.wishes.actions.merging import NotJoined, merge, merge_all, split, unmerge, unsplit
from buurtdraad.agendas.wishes.actions.noting import Note, note
from buurtdraad.agendas.wishes.actions.online import Hearing, Sent, give_online, mean_too_online
from buurtdraad.agendas.wishes.actions.people import (
    confirm,
    follow,
    mail_to_confirm,
    mean_too,
    stop_following,
    support,
    take_back_support,
)
from buurtdraad.agendas.wishes.actions.pictures import Shown, add_picture, forget_pictures, remove_picture, show_picture
from buurtdraad.agendas.wishes.actions.showing import SeenMeanwhile, TooPersonal, choose, keep_private, reword, show

__all__ = [
    "Given",
    "Hearing",
    "NotAnswered",
    "NotJoined",
    "Note",
    "OneOfMany",
    "SeenMeanwhile",
    "Sent",
    "Shown",
    "TooPersonal",
    "add_giver",
    "add_picture",
    "answer",
    "choices_for",
    "choose",
    "confirm",
    "follow",
    "forget_pictures",
    "give",
    "give_many",
    "give_online",
    "keep_private",
    "listeners",
    "mail_to_confirm",
    "mean_too",
    "mean_too_online",
    "merge",
    "merge_all",
    "move_all",
    "move_to",
    "new_reference",
    "note",
    "rate",
    "remove_picture",
    "reword",
    "show",
    "show_picture",
    "split",
    "stop_following",
    "support",
    "take_back_support",
    "unmerge",
    "unsplit",
]
