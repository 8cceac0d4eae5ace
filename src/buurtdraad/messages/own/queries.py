"""What this room has of a person, for that person alone."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.accounts.own.queries import MOST_EVENTS, log_of
from buurtdraad.audit.queries import Wanted, events
from buurtdraad.messages.models import Contact, Message
from buurtdraad.messages.queries import choices_of, contact_of, contact_or_unmade, number_gone
from buurtdraad.messages.rules import as_written
from buurtdraad.messages.states import Stage, Way
from buurtdraad.ui.navigation import in_language
from buurtdraad.ui.rows import Row

# Keys to persons and contacts of which `personal_data` gives the rows.
GIVEN = frozenset(
    {
        "buurt_messages.Contact.person",
        "buurt_messages.Mail.contact",
        "buurt_messages.Message.contact",
        "buurt_messages.PhoneNumber.contact",
        "buurt_messages.Preference.contact",
        "buurt_messages.Slip.contact",
    }
)


def told_to(person: Person) -> QuerySet[Message]:
    """What we told a person or are about to tell, the last message first."""
    return Message.objects.filter(contact__person=person).order_by("-made_at", "-id")


def message_row(message: Message) -> Row:
    page, mark, rest = message.link.partition("?")
    url = in_language(page, get_language() or "nl") + mark + rest if page else ""
    return Row(message.subject, url, _("we will call you") if is_to_be_called(message) else "", message.made_at)


def is_to_be_called(message: Message) -> bool:
    return message.way == Way.CALL and message.stage == Stage.WAITING


def number_rows(person: Person) -> list[Row]:
    """That we cannot call who wants to be called, until they give their number again."""
    contact = contact_of(person)
    return (
        [Row(_("Give your phone number again, so that we can call"), reverse("messages:choices"))]
        if contact and number_gone(contact)
        else []
    )


def way_rows(person: Person) -> list[Row]:
    """How this person hears from us, with the page to change it."""
    return [Row(_("How do you hear from us?"), reverse("messages:choices"), contact_or_unmade(person).get_way_display())]


def personal_data(person: Person) -> dict:
    """All that this room has of a person; nothing for whom we never told anything."""
    contact = contact_of(person)
    return of_contact(contact, person) if contact else {}


def of_contact(contact: Contact, person: Person) -> dict:
    phone = getattr(contact, "phone", None)
    return {
        "openbaar nummer": contact.uuid,
        "aanspreken als": contact.name,
        "hoe": contact.get_way_display(),
        "taal": contact.get_language_display(),
        "gemaakt op": contact.created_at,
        "telefoon": {
            "nummer": phone.number,
            "gegeven op": phone.given_at,
            "keer niet bereikt": phone.tries,
            "laatst gebeld op": phone.tried_at,
            "aantekening": phone.note,
        }
        if phone
        else None,
        "hoe vaak": [
            {
                "over": chosen.preference.get_kind_display(),
                "waar": chosen.area_name,
                "hoe vaak": chosen.preference.get_rhythm_display(),
            }
            for chosen in choices_of(contact)
        ],
        "berichten": [
            {
                "onderwerp": message.subject,
                "tekst": message.body,
                "link": message.link,
                "gemaakt op": message.made_at,
                "stand": message.get_stage_display(),
                "afgerond op": message.ended_at,
            }
            for message in contact.messages.order_by("-made_at", "-id")
        ],
        "mails": [
            {
                "aan": mail.to,
                "onderwerp": mail.subject,
                "tekst": mail.text,
                "gemaakt op": mail.made_at,
                "stand": mail.get_stage_display(),
                "afgerond op": mail.ended_at,
            }
            for mail in contact.mails.all()
        ],
        "briefjes": [
            {"nummer": as_written(slip.number), "over": slip.thing, "gegeven op": slip.given_at} for slip in contact.slips.order_by("id")
        ],
        "logboek": log_of(events(Wanted(thing=f"contact:{contact.uuid}")).order_by("-id")[:MOST_EVENTS], person),
    }
