"""Mails that collect: once a day, once a week, and the week of who works for the city."""

import datetime
from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from buurtdraad.accounts.duties import STAFF
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.messages import emails
from buurtdraad.messages.actions.choices import contact_for
from buurtdraad.messages.actions.mailing import post
from buurtdraad.messages.actions.telling import mail_address
from buurtdraad.messages.models import Contact, Message
from buurtdraad.messages.queries import names_of, waiting_contacts
from buurtdraad.messages.rules import MOST_WORK_ITEMS, WorkItem, week_of
from buurtdraad.messages.states import Kind, Rhythm, Stage, Way
from buurtdraad.places.queries import city_name


def send_digests(rhythm: Rhythm, *, at: datetime.datetime) -> int:
    """One mail to each contact for whom something of this rhythm waits; how many. Each contact is a transaction of its own."""
    return sum(send_digest(contact, rhythm, at=at) for contact in list(waiting_contacts(rhythm)))


@transaction.atomic
def send_digest(contact: Contact, rhythm: Rhythm, *, at: datetime.datetime) -> bool:
    """All that waits for one contact in one mail; whether there was one."""
    # Held, so that two workers never tell the same twice.
    waiting = contact.messages.filter(stage=Stage.WAITING, way=Way.EMAIL, rhythm=rhythm, mail=None).select_for_update()
    messages = list(waiting.order_by("made_at", "id"))
    if not messages:
        return False
    if not mail_address(contact):
        contact.messages.filter(pk__in=[message.pk for message in messages]).update(stage=Stage.KEPT, ended_at=at)
        return False
    with override(contact.language):
        subject = ngettext("%d message about your neighbourhood", "%d messages about your neighbourhood", len(messages)) % len(messages)
        opening = _("This is what is new. You chose to get it together.")
    stop = emails.stop_url(contact, "")
    items = [as_item(message, contact.language) for message in messages]
    written = emails.letter(subject, [opening], items=items, stop_url=stop, language=contact.language)
    post(mail_address(contact), written, kind=messages[0].kind, stop_url=stop, contact=contact, messages=messages, at=at)
    return True


def as_item(message: Message, language: str) -> emails.Item:
    return emails.Item(message.subject, message.body, emails.address(message.link, language))


def send_week(work_items: Callable[[Person], Sequence[WorkItem]], *, at: datetime.datetime) -> int:
    """The Monday mail "Uw week in <area>" to everybody with a duty of staff for whom something waits; how many were made.

    `work_items(person)` gives what waits, most urgent first; five at most are told. A second time in the same week makes none.
    """
    day = timezone.localdate(at)
    held = DutyHeld.objects.on(day).filter(duty__in=STAFF, person__is_active=True, person__email__isnull=False)
    staff: dict[int, list[DutyHeld]] = {}
    for duty in held.select_related("person").order_by("person_id", "id"):
        staff.setdefault(duty.person_id, []).append(duty)
    names = names_of({duty.area_id for duties in staff.values() for duty in duties if duty.area_id})
    made = 0
    for duties in staff.values():
        items = list(work_items(duties[0].person))[:MOST_WORK_ITEMS]
        areas = list(dict.fromkeys(names.get(duty.area_id or 0, "") or city_name() for duty in duties))
        made += bool(items) and send_week_to(duties[0].person, " / ".join(str(area) for area in areas[:2]), items, at=at)
    return made


def about(item: WorkItem) -> str:
    """Where it is and how long there is still."""
    return ", ".join(part for part in (item.area, emails.days_left(item.days_left)) if part)


@transaction.atomic
def send_week_to(person: Person, area: str, items: Sequence[WorkItem], *, at: datetime.datetime) -> bool:
    """One person's week; False when it was made before, or when their address is not confirmed."""
    contact = contact_for(person, at=at)
    if not mail_address(contact):
        return False
    with override(contact.language):
        subject = _("Your week in %(area)s") % {"area": area}
        opening = ngettext("This waits for you.", "These things wait for you.", len(items))
        lines = [emails.Item(item.title, about(item), emails.address(item.link, contact.language)) for item in items]
    written = emails.letter(subject, [opening], items=lines, language=contact.language)
    return (
        post(
            mail_address(contact),
            written,
            kind=Kind.WORK,
            contact=contact,
            once=f"week:{person.uuid}:{week_of(timezone.localdate(at))}",
            at=at,
        )
        is not None
    )
