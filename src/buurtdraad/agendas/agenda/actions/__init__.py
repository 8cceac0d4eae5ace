"""All that is done with agendas."""

from buurtdraad.agendas.agenda.actions.agreements import Promise, add_agreement, change_agreement, keep_picture
from buurtdraad.agendas.agenda.actions.importing import take_in, undo_import
from buurtdraad.agendas.agenda.actions.joining import answer_joiner, confirm_joining, join, mail_to_join
from buurtdraad.agendas.agenda.actions.moving import TellGivers, move_on, postpone, remind_owners, say_not_done, see_not_done
from buurtdraad.agendas.agenda.actions.owners import (
    OwnerFacts,
    accept,
    accept_by_link,
    add_owner,
    ask_by_mail,
    ask_contact,
    refuse,
    refuse_by_link,
    remove_owner,
)
from buurtdraad.agendas.agenda.actions.topics import TopicFacts, add_topic, change_topic, choose_wishes, remove_topic
from buurtdraad.agendas.agenda.actions.versions import adopt, answer_poll, change_version, look_back, make_draft

__all__ = [
    "OwnerFacts",
    "Promise",
    "TellGivers",
    "TopicFacts",
    "accept",
    "accept_by_link",
    "add_agreement",
    "add_owner",
    "add_topic",
    "adopt",
    "answer_joiner",
    "answer_poll",
    "ask_by_mail",
    "ask_contact",
    "change_agreement",
    "change_topic",
    "change_version",
    "choose_wishes",
    "confirm_joining",
    "join",
    "keep_picture",
    "look_back",
    "mail_to_join",
    "make_draft",
    "move_on",
    "postpone",
    "refuse",
    "refuse_by_link",
    "remind_owners",
    "remove_owner",
    "remove_topic",
    "say_not_done",
    "see_not_done",
    "take_in",
    "undo_import",
]
