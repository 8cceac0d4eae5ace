"""Confirming an e-mail address by a link: only its owner can press the button (double opt-in)."""

import datetime

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtdraad.accounts import emails
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink, make_link, use_link
from buurtdraad.accounts.signing_in.models import Link, Purpose
from buurtdraad.audit.actions import record
from buurtdraad.lib.limits import limited
from buurtdraad.lib.refusal import Refused
from buurtdraad.places.queries import city_name

CONFIRM_WITHIN = datetime.timedelta(days=2)
HOUR = datetime.timedelta(hours=1)
EMAIL = "email"


class AddressTaken(Refused):
    """Somebody else has this address."""


def ask_to_confirm(request: HttpRequest, person: Person, email: str, *, at: datetime.datetime) -> Link:
    """Mail a link that makes this address the person's own when its owner presses the button. Raises `TooOften`."""
    email = email.lower()
    limited("address to confirm", email, most=5, within=HOUR)
    with transaction.atomic():
        fresh = make_link(Purpose.CONFIRM_ADDRESS, f"person:{person.uuid}", valid_for=CONFIRM_WITHIN, at=at, facts={EMAIL: email})
        letter = emails.Letter(
            subject=_("Is this your e-mail address?"),
            lines=[
                _("Somebody gave us this e-mail address on the neighbourhood website of %(city)s.") % {"city": city_name()},
                _("Is it yours? Open the link, and then press the button."),
            ],
            url=request.build_absolute_uri(reverse("accounts:confirm_address", args=[fresh.token])),
            button=_("Confirm my address"),
            last_lines=[_("Was it not you? Then you need do nothing. We will not mail you again about this.")],
        )
        emails.send(email, letter)
        return fresh.link


@transaction.atomic
def confirm_address(token: str, *, at: datetime.datetime) -> Person:
    """Use the link: the address in it is the person's, and confirmed. Raises `BadLink` or `AddressTaken`; then nothing changed."""
    link = use_link(Purpose.CONFIRM_ADDRESS, token, at=at)
    person = Person.objects.select_for_update().filter(uuid=link.subject.removeprefix("person:")).first()
    if person is None:
        raise BadLink(_("We do not know this link. Perhaps a part of it is missing."))
    person.email, person.confirmed_at = link.facts[EMAIL], at
    try:
        with transaction.atomic():
            person.save(update_fields=["email", "confirmed_at"])
    except IntegrityError:
        raise AddressTaken(_("This address belongs to another account already. Sign in with it, or call us.")) from None
    record("address.confirmed", room="accounts", thing=f"person:{person.uuid}", by=person.uuid, at=at)
    return person
