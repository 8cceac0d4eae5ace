"""Asking for somebody: filled in together, by phone or from paper; read back and agreed before it is sent. Letters by mail, when chosen."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.fund.actions import drafting
from buurtdraad.fund.actions.drafting import PlanFacts, contact_of, still_draft
from buurtdraad.fund.actions.records import write_down
from buurtdraad.fund.models import Application
from buurtdraad.fund.states import Activity, Channel, SentBy, Who
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.actions import add_contact
from buurtdraad.messages.models import Contact
from buurtdraad.messages.states import Way


class NobodyToMail(Refused):
    """No e-mail address of somebody of this plan was confirmed."""


@dataclass(frozen=True)
class Asker:
    """Somebody without an e-mail address for whom we fill it in."""

    name: str
    address: str
    phone: str = ""


@transaction.atomic
def begin_for(
    asker: Asker, plan: PlanFacts, *, activity: Activity, who: Who, channel: Channel, by: Person, at: datetime.datetime
) -> Application:
    """A draft that somebody of the municipality writes for somebody else, who is the applicant and hears from us as they chose.

    Raises `NoFund`, and `NotAPhoneNumber` of messages.
    """
    contact = add_contact(name=asker.name, way=Way.CALL if asker.phone else Way.NONE, phone=asker.phone, by=by.uuid, at=at)
    made = drafting.begin(facts=plan, activity=activity, who=who, contact=contact, channel=channel, by=by, at=at)
    facts = {"applicant_name": asker.name, "applicant_address": asker.address, "phone": asker.phone, "send_by": SentBy.POST}
    drafting.save_what(made, **facts, by=by, at=at)
    return made


@transaction.atomic
def read_back(application: Application, *, by: Person, at: datetime.datetime) -> None:
    """All of it was read to who asks, and they agree. A change after this takes it back. Raises `NotADraft`."""
    still_draft(application)
    Application.objects.filter(pk=application.pk).update(read_back_at=at, written_by=by.uuid)
    application.refresh_from_db(fields=["read_back_at", "written_by"])
    write_down("application.read_back", application, by=by, at=at)


@transaction.atomic
def send_for(application: Application, *, by: Person, at: datetime.datetime, received_on: datetime.date | None = None) -> Application:
    """Read back, agreed, and sent for who asks; of paper from the day on which it came. Raises as `submit`: then nothing changed."""
    read_back(application, by=by, at=at)
    return drafting.submit(application, by=by, at=at, received_on=received_on)


@transaction.atomic
def choose_mail(application: Application, *, by: Person | None, at: datetime.datetime) -> None:
    """From now on letters and messages go to the first confirmed e-mail address of the plan. Raises `NobodyToMail`."""
    contact = application.contact if reachable(application.contact) else contact_of(application.initiative)
    if not reachable(contact):
        raise NobodyToMail(_("We do not know your e-mail address yet. Open the link in the mail that we sent you first."))
    Application.objects.filter(pk=application.pk).update(contact=contact, send_by=SentBy.EMAIL)
    application.refresh_from_db(fields=["contact", "send_by"])
    write_down("application.mail_chosen", application, by=by, at=at)


def reachable(contact: Contact | None) -> bool:
    """Whether a mail to this contact arrives at a confirmed address."""
    return drafting.sent_to(contact) == SentBy.EMAIL
