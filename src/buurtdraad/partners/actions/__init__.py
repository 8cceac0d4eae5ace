"""The only place of this room that writes."""

from buurtdraad.partners.actions.accords import (
    AccordText,
    NotAgreed,
    change_draft,
    draft_next,
    drop_document,
    drop_draft,
    end_accord,
    keep_document,
    make_accord,
    put_in_force,
)
from buurtdraad.partners.actions.confirming import (
    AnsweredBefore,
    NotSaid,
    answer,
    forget_said_by,
    note_asked,
    note_asked_again,
    note_link_stopped,
    say,
)
from buurtdraad.partners.actions.contacts import (
    add_contact,
    change_contact,
    destroy_contacts,
    end_contact,
    keep_face,
    remove_face,
    withdraw,
)
from buurtdraad.partners.actions.joining import NotJoined, join, part
from buurtdraad.partners.actions.load import load_partners
from buurtdraad.partners.actions.offers import NotOffered, add_offer, change_offer, end_offer
from buurtdraad.partners.actions.organisations import NotKept, add_organisation, change_organisation, end_organisation
from buurtdraad.partners.actions.representatives import (
    add_representative,
    change_representative,
    destroy_representatives,
    end_representative,
)
from buurtdraad.partners.actions.signing import change_signature, forget_signers, leave, sign, unsign

__all__ = [
    "AccordText",
    "AnsweredBefore",
    "NotAgreed",
    "NotJoined",
    "NotKept",
    "NotOffered",
    "NotSaid",
    "add_contact",
    "add_offer",
    "add_organisation",
    "add_representative",
    "answer",
    "change_contact",
    "change_draft",
    "change_offer",
    "change_organisation",
    "change_representative",
    "change_signature",
    "destroy_contacts",
    "destroy_representatives",
    "draft_next",
    "drop_document",
    "drop_draft",
    "end_accord",
    "end_contact",
    "end_offer",
    "end_organisation",
    "end_representative",
    "forget_said_by",
    "forget_signers",
    "join",
    "keep_document",
    "keep_face",
    "leave",
    "load_partners",
    "make_accord",
    "note_asked",
    "note_asked_again",
    "note_link_stopped",
    "part",
    "put_in_force",
    "remove_face",
    "say",
    "sign",
    "unsign",
    "withdraw",
]
