"""Signing in with what an OpenID Connect provider says."""

import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.sign_in import sign_in
from buurtdraad.accounts.signing_in.models import Identity, Method
from buurtdraad.accounts.signing_in.providers import OpenIDProvider
from buurtdraad.accounts.signing_in.rules import looks_like_bsn
from buurtdraad.lib.refusal import Refused

# OpenID Connect Core, 2: at most 255 ASCII characters.
LONGEST_SUBJECT = 255


class BadSubject(Refused):
    """The provider sends no name for the person that we may keep: none at all, or a citizen service number."""


@transaction.atomic
def sign_in_by_openid(request: HttpRequest, provider: OpenIDProvider, claims: dict, *, at: datetime.datetime) -> None:
    """Sign in the person whom the claims (already checked) are about; made at the first time. Raises `BadSubject` or `Closed`."""
    subject = str(claims.get(provider.claims["subject"], ""))
    if not 0 < len(subject) <= LONGEST_SUBJECT or looks_like_bsn(subject):
        raise BadSubject(_("This way of signing in sends something that we may not keep. Please tell us."))
    sign_in(
        request,
        person_of(provider, subject, claims, at),
        method=Method.OPENID,
        provider=provider.id,
        assurance=str(claims.get(provider.assurance_claim) or "")[:200],
        strong=provider.is_strong(claims),
        at=at,
    )


def person_of(provider: OpenIDProvider, subject: str, claims: dict, at: datetime.datetime) -> Person:
    identity = Identity.objects.filter(provider=provider.id, subject=subject).select_related("person").first()
    if identity:
        return identity.person
    try:
        with transaction.atomic():
            person = person_by_address(provider, claims, at) or Person.objects.create(name=name_in(provider, claims), password="!")  # noqa: S106
            Identity.objects.create(person=person, provider=provider.id, subject=subject, made_at=at)
            return person
    except IntegrityError:  # made at the same moment
        return Identity.objects.select_related("person").get(provider=provider.id, subject=subject).person


def person_by_address(provider: OpenIDProvider, claims: dict, at: datetime.datetime) -> Person | None:
    """Who has the address that a trusted provider gives, known to us or new. None when it gives none, or is not trusted with it."""
    email = str(claims.get(provider.claims["email"]) or "").strip().lower()
    if not provider.trust_email or claims.get("email_verified") is False:
        return None
    try:
        validate_email(email)
    except ValidationError:
        return None
    person, _new = Person.objects.get_or_create(
        email=email, defaults={"name": name_in(provider, claims), "confirmed_at": at, "password": "!"}
    )
    return person


def name_in(provider: OpenIDProvider, claims: dict) -> str:
    return str(claims.get(provider.claims["name"]) or "").replace("\x00", "").strip()[:150]
