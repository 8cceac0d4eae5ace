"""Everything that is done to messages: telling, mailing, calling, choosing."""

from buurtdraad.messages.actions.calls import AlreadyDone, called, give_up, not_reached, open_number
from buurtdraad.messages.actions.choices import add_contact, choose, choose_rhythm, contact_for, drop_rhythm, stop
from buurtdraad.messages.actions.destroying import destroy_contacts, destroy_mails, destroy_messages, destroy_numbers
from buurtdraad.messages.actions.digests import send_digests, send_week
from buurtdraad.messages.actions.mailing import NoAddress, deal_with, deliver, send_mail
from buurtdraad.messages.actions.telling import announce, give_slip, hand_on_slip, tell

__all__ = [
    "AlreadyDone",
    "NoAddress",
    "add_contact",
    "announce",
    "called",
    "choose",
    "choose_rhythm",
    "contact_for",
    "deal_with",
    "deliver",
    "destroy_contacts",
    "destroy_mails",
    "destroy_messages",
    "destroy_numbers",
    "drop_rhythm",
    "give_slip",
    "give_up",
    "hand_on_slip",
    "not_reached",
    "open_number",
    "send_digests",
    "send_mail",
    "send_week",
    "stop",
    "tell",
]
