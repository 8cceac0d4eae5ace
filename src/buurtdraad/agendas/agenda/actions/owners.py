"""Owners: adding them, asking them, and their yes or no: by a link without an account, signed in, or told to us.

The link does one thing: say yes or no to one agreement. Who passes it on gives nothing else away: it shows what everybody may
see, signs nobody in, and who answers writes who they are. After an answer it says so, and changes nothing.
"""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from buurtdraad.accounts import emails
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink, make_link, open_link, use_link
from buurtdraad.accounts.signing_in.models import Link, Purpose
from buurtdraad.agendas.agenda.actions.agreements import thing_of
from buurtdraad.agendas.agenda.actions.records import write_down
from buurtdraad.agendas.agenda.actions.topics import is_public
from buurtdraad.agendas.agenda.models import Agreement, Owner
from buurtdraad.agendas.agenda.rules import LINK_DAYS
from buurtdraad.agendas.agenda.states import OwnerKind, Role, Said
from buurtdraad.agendas.wishes.actions.people import contact_of
from buurtdraad.lib.limits import limited
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.actions import tell
from buurtdraad.messages.models import Contact
from buurtdraad.messages.states import Kind as About
from buurtdraad.messages.states import Way
from buurtdraad.partners.models import Organisation
from buurtdraad.places.queries import city_name

VALID = datetime.timedelta(days=LINK_DAYS)
HOUR = datetime.timedelta(hours=1)
EMAIL, LANGUAGE = "email", "language"


class NotAsked(Refused):
    """This owner cannot say yes or no now."""


@dataclass(frozen=True)
class OwnerFacts:
    """Who sees to an agreement, or helps. `name` stands on the site."""

    name: str
    kind: OwnerKind
    role: Role = Role.OWNER
    organisation: Organisation | None = None
    contact: Contact | None = None


@transaction.atomic
def add_owner(agreement: Agreement, facts: OwnerFacts, *, by: Person, at: datetime.datetime) -> Owner:
    """One more owner, who did not say yes yet."""
    owner = Owner.objects.create(
        agreement=agreement, name=facts.name, kind=facts.kind, role=facts.role, organisation=facts.organisation, contact=facts.contact
    )
    note("agreement.owner_added", owner, by=by, at=at)
    return owner


@transaction.atomic
def remove_owner(owner: Owner, *, by: Person, at: datetime.datetime) -> None:
    """Take an owner away; a link that they have works no more."""
    note("agreement.owner_removed", owner, by=by, at=at)
    owner.delete()


def ask_by_mail(request: HttpRequest, owner: Owner, email: str, *, by: Person, at: datetime.datetime) -> None:
    """Mail a link with which this owner says yes or no without an account. The address is kept when they do. Raises `TooOften`."""
    limited("agreement to accept", email.lower(), most=10, within=HOUR)
    with transaction.atomic():
        again(owner, by=by, at=at)
        facts = {EMAIL: email.lower(), LANGUAGE: get_language() or "nl"}
        fresh = make_link(Purpose.ACCEPT_AGREEMENT, f"owner:{owner.uuid}", valid_for=VALID, at=at, facts=facts)
        url = request.build_absolute_uri(reverse("agendas:accept", args=[fresh.token]))
        emails.send(email, letter_to(owner, url))


def letter_to(owner: Owner, url: str) -> emails.Letter:
    return emails.Letter(
        subject=_("Do you say yes to this agreement?"),
        lines=[
            *asking(owner),
            _("Open the link. There you read the whole agreement, and say yes or no. You need no account."),
        ],
        url=url,
        button=_("See the agreement"),
        last_lines=[_("You may send this mail on to who decides about it. The link only works for this agreement, and once.")],
    )


def asking(owner: Owner) -> list[str]:
    return [
        _("The neighbourhood agenda of %(city)s asks %(name)s to do this:") % {"city": city_name(), "name": owner.name},
        owner.agreement.what,
    ]


def ask_contact(request: HttpRequest, owner: Owner, *, by: Person, at: datetime.datetime) -> None:
    """Ask an owner whom we know: by mail with a link, else in the way that they chose, to say it to us. Raises `NotAsked`."""
    contact = owner.contact
    if contact is None:
        raise NotAsked(_("We do not know how to reach this owner. Send a link to an e-mail address."))
    person = contact.person
    if contact.way == Way.EMAIL and person and person.email and person.confirmed_at:
        with override(contact.language):
            ask_by_mail(request, owner, person.email, by=by, at=at)
        return
    with transaction.atomic():
        again(owner, by=by, at=at)
        with override(contact.language):
            subject, body = letter_to(owner, "").subject, "\n\n".join([*asking(owner), _("Tell us whether you say yes or no.")])
        tell(
            contact, kind=About.AGENDA, subject=subject, body=body, link=f"/afspraken/{owner.agreement_id}/ja-of-nee/",
            area=owner.agreement.area, thing=thing_of(owner.agreement), by=by.uuid, at=at,
        )  # fmt: skip


def again(owner: Owner, *, by: Person, at: datetime.datetime) -> None:
    """They are asked, perhaps anew after a no. Raises `NotAsked` for who said yes."""
    held = Owner.objects.select_for_update(of=("self",)).get(pk=owner.pk)
    if held.accepted_at:
        raise NotAsked(already(held))
    Owner.objects.filter(pk=owner.pk).update(asked_at=at, refused_at=None, said="", said_by="", why="")
    owner.refresh_from_db()
    note("agreement.owner_asked", owner, by=by, at=at)


def owner_of(link: Link) -> Owner:
    """Whom a link asks. Raises `BadLink` when that is gone, and `NotAsked` when they said yes or no before."""
    owner = (
        Owner.objects.select_for_update(of=("self",))
        .select_related("agreement__topic__version", "agreement__area", "organisation", "contact")
        .filter(uuid=link.subject.removeprefix("owner:"))
        .first()
    )
    if owner is None:
        raise BadLink(_("You are not asked for this any more. Call us if you want to know why."))
    if owner.answered:
        raise NotAsked(already(owner))
    return owner


def already(owner: Owner) -> str:
    moment = owner.accepted_at or owner.refused_at
    facts = {"name": owner.name, "day": date_format(localtime(moment), "j F Y") if moment else ""}
    if owner.accepted_at:
        return _("%(name)s said yes to this on %(day)s. Nothing more is needed.") % facts
    return _("%(name)s said no to this on %(day)s. Do you want to change that? Call us.") % facts


@transaction.atomic
def asked_by(token: str, *, at: datetime.datetime) -> Owner:
    """Whom the link asks, for its page. Changes nothing. Raises `BadLink` or `NotAsked`."""
    return owner_of(open_link(Purpose.ACCEPT_AGREEMENT, token, at=at))


@transaction.atomic
def accept_by_link(token: str, *, said_by: str, at: datetime.datetime) -> Owner:
    """Yes, by the link. From now on its address hears of the agreement. Raises `BadLink` or `NotAsked`; of two at once one succeeds."""
    link = use_link(Purpose.ACCEPT_AGREEMENT, token, at=at)
    owner = owner_of(link)
    if owner.contact is None and link.facts.get(EMAIL):
        Owner.objects.filter(pk=owner.pk).update(contact=contact_of(link.facts[EMAIL], link.facts.get(LANGUAGE, "nl"), at=at))
        owner.refresh_from_db(fields=["contact"])
    say(owner, yes=True, how=Said.LINK, said_by=said_by, by=owner.contact.person if owner.contact else None, at=at)
    return owner


@transaction.atomic
def refuse_by_link(token: str, *, said_by: str, why: str, at: datetime.datetime) -> Owner:
    """No, by the link, with a reason for the staff. The address is not kept. Raises `BadLink` or `NotAsked`."""
    owner = owner_of(use_link(Purpose.ACCEPT_AGREEMENT, token, at=at))
    say(owner, yes=False, how=Said.LINK, said_by=said_by, why=why, by=None, at=at)
    return owner


@transaction.atomic
def accept(owner: Owner, *, said_by: str, how: Said, by: Person, at: datetime.datetime) -> None:
    """Yes, of who is signed in (and speaks for this owner), or as it was told to the staff. Raises `NotAsked` after an answer."""
    say(unanswered(owner), yes=True, how=how, said_by=said_by, by=by, at=at)


@transaction.atomic
def refuse(owner: Owner, *, said_by: str, why: str, how: Said, by: Person, at: datetime.datetime) -> None:
    """No, of who is signed in, or as it was told to the staff. Raises `NotAsked` after an answer."""
    say(unanswered(owner), yes=False, how=how, said_by=said_by, why=why, by=by, at=at)


def unanswered(owner: Owner) -> Owner:
    related = ("agreement__topic__version", "agreement__area", "contact")
    held = Owner.objects.select_for_update(of=("self",)).select_related(*related).get(pk=owner.pk)
    if held.answered:
        raise NotAsked(already(held))
    return held


def say(owner: Owner, *, yes: bool, how: Said, said_by: str, why: str = "", by: Person | None, at: datetime.datetime) -> None:
    facts = {"accepted_at": at} if yes else {"refused_at": at, "why": why}
    Owner.objects.filter(pk=owner.pk).update(said=how, said_by=said_by, **facts)
    owner.refresh_from_db()
    note("agreement.accepted" if yes else "agreement.refused", owner, by=by, at=at, payload={"how": how})


def note(verb: str, owner: Owner, *, by: Person | None, at: datetime.datetime, payload: dict | None = None) -> None:
    agreement = owner.agreement
    payload = {"owner": str(owner.uuid)} | (payload or {})
    write_down(verb, thing_of(agreement), agreement.area, by=by, at=at, public=is_public(agreement.topic.version), payload=payload)
