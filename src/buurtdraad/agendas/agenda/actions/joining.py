""" "Ik doe mee": who wants to join in, once each, and the reaction of the owner or adviser."""

import datetime

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from buurtdraad.accounts import emails
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink, make_link, use_link
from buurtdraad.accounts.signing_in.models import Purpose
from buurtdraad.agendas.agenda.actions import agreements, topics
from buurtdraad.agendas.agenda.actions.records import write_down
from buurtdraad.agendas.agenda.models import Agreement, Joiner, Topic
from buurtdraad.agendas.wishes.actions.people import contact_of
from buurtdraad.lib.limits import limited
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.actions import add_contact, tell
from buurtdraad.messages.models import Contact
from buurtdraad.messages.rules import phone_number
from buurtdraad.messages.states import Kind as About
from buurtdraad.messages.states import Way
from buurtdraad.places.models import Area
from buurtdraad.places.queries import city_name

VALID = datetime.timedelta(days=7)
HOUR = datetime.timedelta(hours=1)
EMAIL, NAME, LANGUAGE = "email", "name", "language"


class AlreadyAnswered(Refused):
    """Somebody else reacted first."""


@transaction.atomic
def join(
    thing: Topic | Agreement,
    *,
    name: str,
    contact: Contact | None = None,
    phone: str = "",
    mark: str = "",
    by: Person | None,
    at: datetime.datetime,
) -> Joiner:
    """Somebody joins in: with the contact that we know, or with a phone number. The same form, contact or number counts once.

    `by` is who sent the form; None for a visitor. Raises `NotAPhoneNumber`.
    """
    if mark and (sent := Joiner.objects.filter(mark=mark).first()):
        return sent
    if contact is None:
        number = phone_number(phone)
        if known := Joiner.objects.filter(**key(thing), contact__phone__number=number).first():
            return known
        contact = add_contact(
            name=name, way=Way.CALL, phone=number, language=get_language() or "nl", by=by.uuid if by else None, at=at,
            channel="" if by else "web",
        )  # fmt: skip
    elif known := Joiner.objects.filter(**key(thing), contact=contact).first():
        return known
    try:
        with transaction.atomic():
            made = Joiner.objects.create(**key(thing), contact=contact, name=name, since=at, mark=mark or None)
    except IntegrityError:
        # The same form or person, twice at once: the other one was first.
        found = Joiner.objects.filter(mark=mark).first() if mark else None
        return found or Joiner.objects.get(**key(thing), contact=contact)
    write_down("joining.added", name_of(thing), area_of(thing), by=by, at=at, public=False)
    return made


def key(thing: Topic | Agreement) -> dict:
    return {"topic": thing} if isinstance(thing, Topic) else {"agreement": thing}


def area_of(thing: Topic | Agreement) -> Area:
    return thing.version.area if isinstance(thing, Topic) else thing.area


def name_of(thing: Topic | Agreement) -> str:
    return topics.thing_of(thing) if isinstance(thing, Topic) else agreements.thing_of(thing)


def title_of(thing: Topic | Agreement) -> str:
    return thing.title if isinstance(thing, Topic) else thing.what


def mail_to_join(request: HttpRequest, email: str, thing: Topic | Agreement, *, name: str, at: datetime.datetime) -> None:
    """Mail a link to an address of which nobody is sure yet: who opens it and presses the button joins in. Raises `TooOften`."""
    email = email.lower()
    limited("joining to confirm", email, most=10, within=HOUR)
    facts = {EMAIL: email, NAME: name, LANGUAGE: get_language() or "nl"}
    with transaction.atomic():
        fresh = make_link(Purpose.JOIN_AGENDA, name_of(thing), valid_for=VALID, at=at, facts=facts)
        letter = emails.Letter(
            subject=_("Do you want to join in?"),
            lines=[
                _("Somebody gave us this e-mail address on the neighbourhood website of %(city)s.") % {"city": city_name()},
                _("It is about this: %(title)s") % {"title": title_of(thing)},
                _("Is it yours, and do you want to join in? Open the link, and then press the button."),
            ],
            url=request.build_absolute_uri(reverse("agendas:confirm_joining", args=[fresh.token])),
            button=_("Yes, I join in"),
            last_lines=[_("Was it not you? Then you need do nothing. We will not mail you again about this.")],
        )
        emails.send(email, letter)


@transaction.atomic
def confirm_joining(token: str, *, at: datetime.datetime) -> Joiner:
    """Use the link of `mail_to_join`. Raises `BadLink`."""
    link = use_link(Purpose.JOIN_AGENDA, token, at=at)
    thing = thing_named(link.subject)
    if thing is None:
        raise BadLink(_("This is not there any more."))
    contact = contact_of(link.facts[EMAIL], link.facts.get(LANGUAGE, "nl"), at=at)
    return join(thing, name=link.facts[NAME], contact=contact, by=contact.person, at=at)


def thing_named(name: str) -> Topic | Agreement | None:
    """The topic or agreement that a link is about."""
    kind, _colon, pk = name.partition(":")
    if kind == "topic":
        return Topic.objects.select_related("version__area").filter(pk=pk).first()
    return Agreement.objects.select_related("topic__version", "area").filter(pk=pk).first()


@transaction.atomic
def answer_joiner(joiner: Joiner, *, text: str, by: Person, at: datetime.datetime) -> None:
    """React to who wants to join in, in their own way: once. Raises `AlreadyAnswered`."""
    if not Joiner.objects.filter(pk=joiner.pk, answered_at__isnull=True).update(answered_at=at):
        raise AlreadyAnswered(_("Somebody else reacted already."))
    thing = joiner.agreement or joiner.topic
    assert thing
    with override(joiner.contact.language):
        subject = _("You want to join in: an answer")
        body = "\n\n".join([_("You want to join in with: %(title)s") % {"title": title_of(thing)}, text])
    kind, _colon, pk = name_of(thing).partition(":")
    tell(
        joiner.contact, kind=About.AGENDA, subject=subject, body=body, link=f"/{'onderwerpen' if kind == 'topic' else 'afspraken'}/{pk}/",
        area=area_of(thing), thing=name_of(thing), by=by.uuid, at=at,
    )  # fmt: skip
    write_down("joining.answered", name_of(thing), area_of(thing), by=by, at=at, public=False)
