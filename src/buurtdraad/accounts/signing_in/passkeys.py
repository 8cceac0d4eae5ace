"""Passkeys, by `allauth.mfa` and `fido2`: what the browser is asked, and whether its answer is right.

A passkey of ours always asks for the finger, the face or the PIN, so it is both factors at once.
"""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.lib.refusal import Refused


class BadPasskey(Refused):
    """The browser's answer is not right: another key, another website, an old question, or nonsense."""


def question_for_new(person: Person) -> dict:
    """What the browser is asked to make a passkey; the answer is awaited in this session."""
    return auth.begin_registration(person, passwordless=True)


def question() -> dict:
    """What the browser is asked to show a passkey of any person; the answer is awaited in this session."""
    return auth.begin_authentication(None)


def check_new(answer: Any) -> None:
    """Whether a passkey was made for our question, with the person verified. Raises `BadPasskey`."""

    def checked() -> None:
        auth.parse_registration_response(answer)
        if not auth.complete_registration(answer).is_user_verified():
            raise ValidationError("not verified")

    guarded(checked)


def passkey_shown(answer: Any) -> Authenticator:
    """The passkey that answers our question. Raises `BadPasskey`."""

    def shown() -> Authenticator:
        auth.parse_authentication_response(answer)
        return auth.complete_authentication(auth.extract_user_from_response(answer), answer)

    return guarded(shown)


def guarded[T](check: Callable[[], T]) -> T:
    """The libraries raise what they stumble over; for us every such answer is simply not right."""
    try:
        return check()
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError, LookupError, OverflowError) as problem:
        raise BadPasskey(_("This passkey does not work here. Try again, or use a code.")) from problem
