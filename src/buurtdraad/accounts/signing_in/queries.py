"""What is true of somebody's sign-in now."""

import datetime
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from buurtdraad.accounts.access import SECOND_FACTOR
from buurtdraad.accounts.duties import STAFF
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.accounts.signing_in.models import Identity, Link, Purpose, Session
from buurtdraad.accounts.signing_in.rules import LATELY, QUITE_LATELY
from buurtdraad.accounts.signing_in.sessions import BEGAN_AT

AUTHENTICATES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def person_in(request: HttpRequest) -> Person:
    """Whose session this is, in a view that is for whoever is signed in."""
    assert request.user.is_authenticated
    return request.user


def signed_in_lately(request: HttpRequest, *, at: datetime.datetime) -> bool:
    """Whether this session began so shortly ago that it is surely the person, for what cannot be undone."""
    began = request.session.get(BEGAN_AT, "")
    return bool(began) and at - datetime.datetime.fromisoformat(began) <= LATELY


def passed_lately(request: HttpRequest, *, at: datetime.datetime) -> bool:
    """Whether this session passed the second step so shortly ago that the step itself may be changed."""
    passed = request.session.get(SECOND_FACTOR, "")
    return bool(passed) and at - datetime.datetime.fromisoformat(passed) <= QUITE_LATELY


def other_ways(person: Person) -> list[str]:
    """The names of the city's providers at which a person signs in too, the first one first."""
    names = {provider.id: provider.name for provider in settings.OIDC_PROVIDERS}
    linked = Identity.objects.filter(person=person, provider__in=names).order_by("made_at", "pk")
    return [names[provider] for provider in linked.values_list("provider", flat=True)]


def must_sign_in_again(request: HttpRequest, *, at: datetime.datetime) -> bool:
    """Whether somebody signs in once more before their address changes: who can without that mailbox, and did so a while ago.

    Who has nothing but the mailbox may have lost just that; a second step is asked for by itself.
    """
    person = person_in(request)
    by_password = settings.PASSWORDS and person.has_usable_password()
    if signed_in_lately(request, at=at) or passed_lately(request, at=at):
        return False
    return by_password or bool(other_ways(person))


def address_asked(person: Person, link_id: int, *, at: datetime.datetime) -> str:
    """The address for which a person was mailed this link; empty when it does nothing any more."""
    asked = Link.objects.filter(pk=link_id, purpose=Purpose.CONFIRM_ADDRESS, subject=person.thing)
    found = asked.filter(used_at__isnull=True, valid_until__gt=at)
    return found.values_list("facts__email", flat=True).first() or ""


def needs_second_factor(person: Person, *, on: datetime.date) -> bool:
    """Whether this person's sign-in is only whole with a second factor: they have one, or hold a duty of staff on this day."""
    duties = DutyHeld.objects.on(on).filter(person=OuterRef("pk"), duty__in=STAFF)
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=AUTHENTICATES)
    return Person.objects.filter(Q(Exists(duties)) | Q(Exists(factors)), pk=person.pk).exists()


@dataclass(frozen=True)
class Factors:
    """What a person can pass the second step with."""

    totp: Authenticator | None
    passkeys: tuple[Authenticator, ...]
    recovery: Authenticator | None

    def __bool__(self) -> bool:
        return bool(self.totp or self.passkeys)


def factors_of(person: Person) -> Factors:
    """The authenticators of a person, in one query."""
    every = list(Authenticator.objects.filter(user=person).order_by("created_at", "id"))
    kinds = Authenticator.Type
    return Factors(
        totp=next((one for one in every if one.type == kinds.TOTP), None),
        passkeys=tuple(one for one in every if one.type == kinds.WEBAUTHN),
        recovery=next((one for one in every if one.type == kinds.RECOVERY_CODES), None),
    )


@dataclass(frozen=True)
class Device:
    """One session as a person sees it; `mark` names it without giving its key away."""

    session: Session
    mark: str
    current: bool

    @property
    def words(self) -> str:
        return self.session.device

    @property
    def began_at(self) -> datetime.datetime | None:
        return self.session.began_at


def devices_of(person: Person, *, current: str | None) -> list[Device]:
    """The living sessions of a person, this one first, then the newest."""
    sessions = Session.objects.filter(person=person, expire_date__gt=timezone.now()).order_by("-began_at")
    devices = [Device(session, mark_of(session.session_key), session.session_key == current) for session in sessions]
    return sorted(devices, key=lambda device: not device.current)


def mark_of(session_key: str) -> str:
    return salted_hmac("buurtdraad.accounts.session", session_key, algorithm="sha256").hexdigest()[:20]
