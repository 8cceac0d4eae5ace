"""Another e-mail address for one's account: asked while signed in, and so from the moment that its owner proved it (double opt-in).

The link works only where the same person is signed in; the code in the same mail is for a mail that is read elsewhere. Else
somebody could have their own account confirmed by the owner of another address, and later read along in it.
"""

import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtdraad.accounts import emails
from buurtdraad.accounts.access import works_here
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.devices import end_other_sessions
from buurtdraad.accounts.signing_in.actions.links import BadLink, end_links, make_link, open_link
from buurtdraad.accounts.signing_in.models import Link, Purpose
from buurtdraad.accounts.signing_in.rules import same_domain
from buurtdraad.audit.actions import record
from buurtdraad.lib.limits import limited, limited_address
from buurtdraad.lib.refusal import Refused
from buurtdraad.places.queries import city_name

CONFIRM_WITHIN = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)
EMAIL = "email"
# Who holds one of these holds the mailbox: that is no longer the person's.
OF_THE_MAILBOX = (Purpose.SIGN_IN, Purpose.HOST_SHIFTS, Purpose.CONFIRM_WORKS)


class NotThisAddress(Refused):
    """It is the address of now, or one that somebody who works here cannot have."""


class AddressTaken(Refused):
    """Somebody else has this address."""


# --- asking ----------------------------------------------------------------------------------------


def ask_for_address(request: HttpRequest, person: Person, email: str, *, page: str, at: datetime.datetime) -> Link:
    """Mail a link (opened at the page with this name) and a code to the address that a person wants. Earlier ones end.

    Of an address with an account the owner gets another letter; who asks learns nothing. Raises `NotThisAddress` and `TooOften`.
    """
    email = email.lower()
    check_address(person, email)
    limited_address("address to confirm", request)
    limited("address to confirm", email, most=5, within=HOUR)
    limited("address to confirm, asked by", str(person.uuid), most=5, within=HOUR)
    with transaction.atomic():
        end_links(Purpose.CONFIRM_ADDRESS, person.thing, at=at)
        fresh = make_link(Purpose.CONFIRM_ADDRESS, person.thing, valid_for=CONFIRM_WITHIN, at=at, facts={EMAIL: email})
        if Person.objects.filter(email__iexact=email).exists():
            # The link stays: nobody knows its code, so every code is as wrong as it would be for a free address.
            emails.send(email, letter_to_owner())
        else:
            emails.send(email, letter_to_confirm(request.build_absolute_uri(reverse(page, args=[fresh.token])), fresh.code))
        record("address.asked", room="accounts", thing=person.thing, by=person.uuid, at=at)
        return fresh.link


def check_address(person: Person, email: str) -> None:
    old = (person.email or "").lower()
    if email == old:
        raise NotThisAddress(_("This is your address now. Type your new address."))
    # An account with work in it ends with the mailbox of the work, so it does not move to a mailbox that stays with somebody who left.
    if works_here(person) and not same_domain(old, email):
        words = _("You work for the municipality, so your address ends on @%(domain)s. Must that change? Ask an administrator.")
        raise NotThisAddress(words % {"domain": old.rpartition("@")[2]})


def letter_to_confirm(url: str, code: str) -> emails.Letter:
    return emails.Letter(
        subject=_("Is this your e-mail address?"),
        lines=[
            _("Somebody wants this e-mail address for an account on the neighbourhood website of %(city)s.") % {"city": city_name()},
            _("Was it you? Open the link on the device on which you asked for it, and then press the button."),
            _("Link and code work once, for one day."),
        ],
        url=url,
        button=_("Confirm my address"),
        code=code,
        last_lines=[_("Did you not ask for this? Then you need do nothing. Never give the code to anybody else.")],
    )


def letter_to_owner() -> emails.Letter:
    """To who has an account with the address that somebody wants: often the same person, with two accounts."""
    return emails.Letter(
        subject=_("There is an account with your e-mail address already"),
        lines=[
            _("Somebody wants this e-mail address for another account on the neighbourhood website of %(city)s.") % {"city": city_name()},
            _("That cannot be: you have an account with this address already. Nothing was changed."),
            _("Was it you? Then you have two accounts. Sign in with this address, and choose “Erase me” on “My page”."),
            _("After that, ask for this address again in the other account."),
        ],
        url=settings.SITE_URL + reverse("accounts:sign_in"),
        button=_("Sign in"),
        last_lines=[_("Was it not you? Then you need do nothing.")],
    )


# --- proving ---------------------------------------------------------------------------------------


def open_own_link(person: Person, token: str, *, at: datetime.datetime) -> Link:
    """The link in the mail, for who asked for it. Changes nothing. Raises `BadLink`."""
    return own(open_link(Purpose.CONFIRM_ADDRESS, token, at=at), person)


def own(link: Link, person: Person) -> Link:
    if link.purpose != Purpose.CONFIRM_ADDRESS or link.subject != person.thing:
        raise BadLink(_("This link belongs to another account. Sign in with the account in which you asked for it."))
    return link


@transaction.atomic
def take_address(person: Person, link: Link, *, keep: str | None, at: datetime.datetime) -> str:
    """Give a person the address in their link, which was used a moment ago. Returns the one of before.

    Other sessions than the one with the key `keep` end, and so do links in the old mailbox that would let somebody in. What
    waits there to be confirmed goes on for the new address. The old one gets a letter. Raises `BadLink` and `AddressTaken`.
    """
    own(link, person)
    row = Person.objects.people().select_for_update().filter(pk=person.pk, is_active=True).first()
    if row is None:
        raise BadLink(_("We do not know this link. Perhaps a part of it is missing."))
    old, new = row.email or "", link.facts[EMAIL]
    try:
        with transaction.atomic():
            Person.objects.filter(pk=row.pk).update(email=new, confirmed_at=at)
    except IntegrityError:
        raise AddressTaken(_("This address belongs to another account already. Sign in with it, or call us.")) from None
    if old:
        hand_on_links(old, new, at=at)
        emails.send(old, letter_of_change(at))
    end_other_sessions(row, but=keep, at=at)
    record("address.changed", room="accounts", thing=row.thing, by=row.uuid, at=at)
    return old


def hand_on_links(old: str, new: str, *, at: datetime.datetime) -> None:
    """Of links in the old mailbox: what lets somebody in ends, and what waits to be confirmed is about the new address."""
    waiting = Link.objects.filter(used_at__isnull=True, made_at__lt=at, valid_until__gt=at)
    of_mailbox = waiting.filter(purpose__in=OF_THE_MAILBOX)
    for found in (of_mailbox.filter(subject__iexact=old), of_mailbox.filter(facts__email__iexact=old)):
        found.update(valid_until=at)
    # Somebody else may have asked for the address that is free now.
    for link in waiting.filter(facts__email__iexact=old).exclude(purpose=Purpose.CONFIRM_ADDRESS):
        Link.objects.filter(pk=link.pk).update(facts=link.facts | {EMAIL: new})


def letter_of_change(at: datetime.datetime) -> emails.Letter:
    """To the old mailbox, which may be somebody else's by now: so without name and without the new address."""
    what = _("An account on the neighbourhood website of %(city)s had this e-mail address. Now it has another one.")
    return emails.Letter(
        subject=_("Your e-mail address was changed"),
        lines=[
            what % {"city": city_name()},
            _("It was changed on %(moment)s.") % {"moment": date_format(timezone.localtime(at), "j F Y, H:i")},
            _("With this address nobody gets into that account any more. Our mails go to the new one."),
        ],
        last_lines=[_("Was it not you? Then call us at once.")],
    )
