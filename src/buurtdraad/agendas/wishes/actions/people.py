"""People around a wish: who wants it too, who follows it, and confirming an e-mail address by a link."""

import datetime

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from buurtdraad.accounts import emails
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink, make_link, use_link
from buurtdraad.accounts.signing_in.models import Purpose
from buurtdraad.agendas.wishes.actions.answering import tell_late
from buurtdraad.agendas.wishes.actions.giving import add_giver
from buurtdraad.agendas.wishes.actions.showing import tell_record
from buurtdraad.agendas.wishes.models import Giver, Supporter, Wish
from buurtdraad.agendas.wishes.states import Channel
from buurtdraad.lib.limits import limited
from buurtdraad.messages.actions import contact_for
from buurtdraad.messages.models import Contact
from buurtdraad.messages.states import Way
from buurtdraad.places.queries import city_name

CONFIRM_WITHIN = datetime.timedelta(days=7)
HOUR = datetime.timedelta(hours=1)
EMAIL, WANTS, LANGUAGE, WORDS = "email", "wants", "language", "words"
GIVER, WISH = "giver", "wish"


@transaction.atomic
def support(wish: Wish, *, contact: Contact, at: datetime.datetime) -> bool:
    """This person wants it too, once; they hear what becomes of it. Whether that was new.

    Who gave the wish (or one that was joined to it) counts already.
    """
    wish = wish.head or wish
    if counted(wish, contact):
        return False
    supporter, made = Supporter.objects.get_or_create(wish=wish, contact=contact, defaults={"since": at})
    if not made:
        Supporter.objects.filter(pk=supporter.pk).update(wants=True)
    tell_record("wish.supported", wish, by=contact.person, at=at)
    return True


def counted(wish: Wish, contact: Contact) -> bool:
    """Whether this contact counts among those who want a wish, or one of those joined to it."""
    family = Wish.objects.filter(pk=wish.pk) | Wish.objects.filter(head=wish)
    return (
        Giver.objects.filter(wish__in=family, contact=contact).exists()
        or Supporter.objects.filter(wish__in=family, contact=contact, wants=True).exists()
    )


@transaction.atomic
def take_back_support(wish: Wish, *, contact: Contact, at: datetime.datetime) -> None:
    """They do not want it after all, and hear no more. A second time changes nothing."""
    wish = wish.head or wish
    family = Wish.objects.filter(pk=wish.pk) | Wish.objects.filter(head=wish)
    if Supporter.objects.filter(wish__in=family, contact=contact).delete()[0]:
        tell_record("wish.support_taken_back", wish, by=contact.person, at=at)


@transaction.atomic
def follow(wish: Wish, *, contact: Contact, at: datetime.datetime) -> None:
    """They hear what becomes of it, and do not count among those who want it."""
    wish = wish.head or wish
    supporter, made = Supporter.objects.get_or_create(wish=wish, contact=contact, defaults={"wants": False, "since": at})
    if not made and not supporter.follows:
        Supporter.objects.filter(pk=supporter.pk).update(follows=True)
    tell_record("wish.followed", wish, by=contact.person, at=at)


@transaction.atomic
def stop_following(wish: Wish, *, contact: Contact, at: datetime.datetime) -> None:
    """They hear no more of it; who wants it still counts."""
    family = Wish.objects.filter(pk=(wish.head or wish).pk) | Wish.objects.filter(head=wish.head or wish)
    mine = Supporter.objects.filter(wish__in=family, contact=contact)
    mine.filter(wants=False).delete()
    mine.update(follows=False)


def mail_to_confirm(
    request: HttpRequest, email: str, *, about: Giver | Wish, wants: bool = True, words: str = "", at: datetime.datetime
) -> None:
    """Mail a link to an address of which nobody is sure yet: its owner opens it and presses a button (`confirm`). Raises `TooOften`.

    About a giver: they hear the answer to their wish. About a wish: they want it too (or only follow it), and where they
    said so in `words` of their own, these are kept.
    """
    email = email.lower()
    limited("wish to confirm", email, most=10, within=HOUR)
    subject = f"{GIVER}:{about.pk}" if isinstance(about, Giver) else f"{WISH}:{about.uuid}"
    reference = about.wish.reference if isinstance(about, Giver) else about.reference
    with transaction.atomic():
        facts = {EMAIL: email, WANTS: wants, LANGUAGE: get_language() or "nl"} | ({WORDS: words} if words else {})
        fresh = make_link(Purpose.CONFIRM_WISH, subject, valid_for=CONFIRM_WITHIN, at=at, facts=facts)
        first = (
            _("You told a wish.")
            if isinstance(about, Giver)
            else _("You want this wish too.")
            if wants
            else _("You want to follow a wish.")
        )
        letter = emails.Letter(
            subject=_("Is this your e-mail address? (%(reference)s)") % {"reference": reference},
            lines=[
                _("Somebody gave us this e-mail address on the neighbourhood website of %(city)s.") % {"city": city_name()},
                first,
                _("Is it yours? Open the link, and then press the button. After that you hear what becomes of it."),
            ],
            url=request.build_absolute_uri(reverse("agendas:confirm", args=[fresh.token])),
            button=_("Confirm my address"),
            last_lines=[_("Was it not you? Then you need do nothing. We will not mail you again about this.")],
        )
        emails.send(email, letter)


@transaction.atomic
def confirm(token: str, *, at: datetime.datetime) -> Wish:
    """Use the link of `mail_to_confirm`: its owner is a person from now on, and hears of the wish. Raises `BadLink`."""
    link = use_link(Purpose.CONFIRM_WISH, token, at=at)
    kind, _colon, key = link.subject.partition(":")
    giver = Giver.objects.select_related("wish__area", "wish__head").filter(pk=key).first() if kind == GIVER else None
    wish = giver.wish if giver else Wish.objects.select_related("area", "head").filter(uuid=key).first() if kind == WISH else None
    if wish is None:
        raise BadLink(_("This wish is not there any more."))
    contact = contact_of(link.facts[EMAIL], link.facts.get(LANGUAGE, "nl"), at=at)
    if giver:
        own(giver, contact, at=at)
    elif words := link.facts.get(WORDS, ""):
        mean_too(wish, contact=contact, words=words, by=contact.person, at=at)
    elif link.facts.get(WANTS, True):
        support(wish, contact=contact, at=at)
    else:
        follow(wish, contact=contact, at=at)
    tell_late(wish, contact, at=at)
    return wish.head or wish


def mean_too(wish: Wish, *, contact: Contact, words: str, by: Person | None, at: datetime.datetime, mark: str | None = None) -> Giver:
    """Somebody was telling a wish of their own, and means this one: they give it too, in their own words."""
    head = wish.head or wish
    giver = add_giver(head, contact=contact, words=words, channel=Channel.WEB, by=by, at=at, mark=mark)
    tell_record("wish.meant_too", head, by=by, at=at)
    return giver


def own(giver: Giver, contact: Contact, *, at: datetime.datetime) -> None:
    """The wish is of this contact; one who gave the same wish twice stays one."""
    if Giver.objects.filter(wish=giver.wish, contact=contact).exclude(pk=giver.pk).exists():
        return
    Giver.objects.filter(pk=giver.pk).update(contact=contact)
    tell_record("wish.contact_added", giver.wish, by=contact.person, at=at)


def contact_of(email: str, language: str, *, at: datetime.datetime) -> Contact:
    """The contact of who owns this address, which they have just shown; made when nobody has it."""
    person, made = Person.objects.get_or_create(email=email, defaults={"password": "!", "confirmed_at": at})
    if not made and person.confirmed_at is None:
        Person.objects.filter(pk=person.pk).update(confirmed_at=at)
        person.confirmed_at = at
        Contact.objects.filter(person=person, way=Way.NONE).update(way=Way.EMAIL)
    contact = contact_for(person, at=at)
    if made:
        Contact.objects.filter(pk=contact.pk).update(language=language)
        contact.language = language
    return contact
