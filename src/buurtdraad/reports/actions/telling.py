"""The Friday mail to aldermen: "Dit komt maandag op de site". A heads-up: nothing waits for their yes."""

import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.audit.actions import record
from buurtdraad.messages import emails
from buurtdraad.messages.actions.choices import contact_for
from buurtdraad.messages.actions.mailing import post
from buurtdraad.messages.actions.telling import mail_address
from buurtdraad.messages.states import Kind
from buurtdraad.reports.queries.coming import coming


def tell_aldermen(*, at: datetime.datetime) -> int:
    """One mail to each alderman about the week that begins on the next Monday; how many were made. Nothing comes: no mail."""
    today = localdate(at)
    monday = today + datetime.timedelta(days=7 - today.weekday())
    if not coming(monday):
        return 0
    held = DutyHeld.objects.on(today).filter(duty=Duty.ALDERMAN, person__is_active=True, person__email__isnull=False)
    people = {one.person_id: one.person for one in held.select_related("person").order_by("person_id")}
    return sum(tell_alderman(person, monday, at=at) for person in people.values())


@transaction.atomic
def tell_alderman(person: Person, monday: datetime.date, *, at: datetime.datetime) -> bool:
    """One mail; False when it was made before, or when the address is not confirmed."""
    contact = contact_for(person, at=at)
    if not mail_address(contact):
        return False
    with override(contact.language):
        items = [emails.Item(one.title, one.when, emails.address(one.url, contact.language) if one.url else "") for one in coming(monday)]
        subject = _("This comes on the site on Monday")
        opening = _("This is to let you know. You need not do anything.")
    written = emails.letter(subject, [opening], items=items, language=contact.language)
    once = f"coming:{person.uuid}:{monday.isoformat()}"
    mail = post(mail_address(contact), written, kind=Kind.WORK, contact=contact, once=once, at=at)
    if mail is None:
        return False
    record("week.told", room="reports", thing=f"week:{monday.isoformat()}", by=None, at=at, channel="worker")
    return True
