"""Signing in and out. However somebody proves who they are, the last step is `sign_in`."""

import datetime

from django.contrib.auth import authenticate as by_password
from django.contrib.auth import login, logout
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtdraad.accounts import emails
from buurtdraad.accounts.access import SECOND_FACTOR
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in import sessions
from buurtdraad.accounts.signing_in.actions.links import BadLink, make_link, use_code, use_link
from buurtdraad.accounts.signing_in.models import Link, Method, Purpose, SignIn
from buurtdraad.accounts.signing_in.rules import LINK_VALID_FOR, device_words
from buurtdraad.audit.actions import record
from buurtdraad.lib.limits import limited, limited_address
from buurtdraad.lib.refusal import Refused
from buurtdraad.places.queries import city_name

NEXT = "next"
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
QUARTER, DAY = datetime.timedelta(minutes=15), datetime.timedelta(days=1)


class Closed(Refused):
    """The account is closed; the person cannot sign in."""


class WrongPassword(Refused):
    """Address and password do not belong together, or nobody has them."""


def ask_to_sign_in(request: HttpRequest, email: str, *, go_on: str, at: datetime.datetime) -> Link:
    """Mail a link and a code to this address, whether or not we know it: the answer is the same.

    Raises `TooOften` when an address got many mails, or one network address asked for very many: thirty people at a
    neighbourhood evening still get in. Mails that were sent before keep working.
    """
    limited_address("sign-in asked", request)
    limited("sign-in mailed to", email, most=5, within=QUARTER)
    limited("sign-in mailed to, a day", email, most=20, within=DAY)
    with transaction.atomic():
        fresh = make_link(Purpose.SIGN_IN, email, valid_for=LINK_VALID_FOR, at=at, facts={NEXT: go_on})
        emails.send(email, sign_in_letter(request.build_absolute_uri(reverse("accounts:sign_in_link", args=[fresh.token])), fresh.code))
        return fresh.link


def sign_in_letter(url: str, code: str) -> emails.Letter:
    return emails.Letter(
        subject=_("Sign in to the neighbourhood website of %(city)s") % {"city": city_name()},
        lines=[_("You want to sign in. Open the link, and then press the button."), _("The link works once, for 15 minutes.")],
        url=url,
        button=_("Sign in"),
        code=code,
        last_lines=[_("Did you not ask for this? Then you need do nothing. Never give the code to anybody else.")],
    )


@transaction.atomic
def sign_in_by_link(request: HttpRequest, token: str, *, at: datetime.datetime) -> Link:
    """Use the link in the mail and sign its owner in. Raises `BadLink` or `Closed`; then nothing changed."""
    link = use_link(Purpose.SIGN_IN, token, at=at)
    sign_in(request, owner_of(link.subject, at), method=Method.LINK, at=at)
    return link


def sign_in_by_code(request: HttpRequest, link_id: int, code: str, *, at: datetime.datetime) -> Link:
    """Use the code in the mail, in the browser that asked for it. Raises `BadLink`, `WrongCode` or `Closed`."""
    # Outside the transaction below: a wrong try counts.
    link = use_code(link_id, code, at=at)
    if link.purpose != Purpose.SIGN_IN:
        raise BadLink(_("We do not know this link. Perhaps a part of it is missing."))
    with transaction.atomic():
        sign_in(request, owner_of(link.subject, at), method=Method.CODE, at=at)
    return link


def sign_in_by_password(request: HttpRequest, email: str, password: str, *, at: datetime.datetime) -> None:
    """Raises `WrongPassword` (which never tells what of it is wrong) or `TooOften`."""
    limited_address("password tried", request)
    limited("password tried for", email, most=10, within=QUARTER)
    person = by_password(request, username=email, password=password)
    if person is None:
        raise WrongPassword(_("The e-mail address or the password is not right."))
    with transaction.atomic():
        sign_in(request, person, method=Method.PASSWORD, at=at)


def owner_of(email: str, at: datetime.datetime) -> Person:
    """The person with this address, which is confirmed now; made at its first use. The address is in lower case."""
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        try:
            with transaction.atomic():
                return Person.objects.create(email=email, confirmed_at=at, password="!")  # noqa: S106 (none at all)
        except IntegrityError:  # made at the same moment
            person = Person.objects.get(email__iexact=email)
    if person.confirmed_at is None:
        person.confirmed_at = at
        person.save(update_fields=["confirmed_at"])
    return person


@transaction.atomic
def sign_in(
    request: HttpRequest,
    person: Person,
    *,
    method: Method,
    at: datetime.datetime,
    provider: str = "",
    assurance: str = "",
    strong: bool = False,
) -> None:
    """Make the session of this request the person's own, under a new key. Raises `Closed`.

    `strong`: a second factor was part of it, so staff duties count.
    """
    if not person.is_active:
        raise Closed(_("This account is closed. Call us if that is not right."))
    # Nothing of an earlier visitor stays: neither the key (fixation) nor what was proven.
    request.session.flush()
    login(request, person, backend=MODEL_BACKEND)
    request.session[sessions.DEVICE] = device_words(request.headers.get("User-Agent", ""))
    request.session[sessions.BEGAN_AT] = at.isoformat()
    if strong:
        request.session[SECOND_FACTOR] = at.isoformat()
    SignIn.objects.create(person=person, at=at, method=method, provider=provider, assurance=assurance, strong=strong)
    record(
        "person.signed_in",
        room="accounts",
        thing=person.thing,
        by=person.uuid,
        at=at,
        payload={"method": method, "strong": strong} | ({"provider": provider, "assurance": assurance} if provider else {}),
    )


@transaction.atomic
def sign_out(request: HttpRequest, *, at: datetime.datetime) -> None:
    """End this session. Does nothing for who is not signed in."""
    if request.user.is_authenticated:
        record("person.signed_out", room="accounts", thing=request.user.thing, by=request.user.uuid, at=at)
    logout(request)
