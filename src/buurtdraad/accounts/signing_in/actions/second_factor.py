"""The second step: set up, passed, replaced, taken away. Codes and keys are `allauth.mfa`'s; the rules are ours."""

import datetime
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from buurtdraad.accounts import emails
from buurtdraad.accounts.access import SECOND_FACTOR
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in import passkeys
from buurtdraad.accounts.signing_in.actions.sign_in import QUARTER, sign_in
from buurtdraad.accounts.signing_in.models import Method
from buurtdraad.accounts.signing_in.queries import factors_of, person_in
from buurtdraad.audit.actions import record
from buurtdraad.lib.limits import limited
from buurtdraad.lib.refusal import Refused


class WrongSecondCode(Refused):
    """Neither the code that the app shows now, nor an unused recovery code."""


class NotPossible(Refused):
    """What is asked for is there already, or may not go."""


def begin_totp(request: HttpRequest) -> str:
    """The secret that the app is given, kept in the session until a code proves that the app has it."""
    return request.session.setdefault(totp.SECRET_SESSION_KEY, totp.generate_totp_secret())


def set_up_totp(request: HttpRequest, code: str, *, at: datetime.datetime) -> list[str]:
    """Keep the app's secret once its code is right. Returns new recovery codes when the person had none, else nothing.

    Raises `WrongSecondCode`, `NotPossible` or `TooOften`.
    """
    count_a_try(request)
    secret = request.session.get(totp.SECRET_SESSION_KEY, "")
    counter = matching_counter(secret, code)
    with transaction.atomic():
        person = locked(request)
        if factors_of(person).totp or not secret:
            raise NotPossible(_("You use an app already. First take that one away."))
        if counter is None:
            raise WrongSecondCode(_("This is not the code that the app shows now."))
        authenticator = totp.TOTP.activate(person, secret).instance
        authenticator.data["counter"] = counter
        authenticator.save(update_fields=["data"])
        totp.clear_totp_secret(request)
        return finished(request, person, "app.set_up", at)


@transaction.atomic
def add_passkey(request: HttpRequest, answer: Any, *, at: datetime.datetime) -> list[str]:
    """Keep a passkey that the browser just made. Returns new recovery codes when the person had none. Raises `BadPasskey`."""
    person = locked(request)
    passkeys.check_new(answer)
    name = get_adapter().generate_authenticator_name(person, Authenticator.Type.WEBAUTHN)
    WebAuthn.add(person, name, {part: answer[part] for part in ("id", "rawId", "type", "response")})
    return finished(request, person, "passkey.added", at)


def finished(request: HttpRequest, person: Person, verb: str, at: datetime.datetime) -> list[str]:
    """What follows every set-up: recovery codes at the first, and the step counts as passed."""
    record(verb, room="accounts", thing=person.thing, by=person.uuid, at=at)
    tell_owner(person, _("Your account has a new second step"), _("An app or passkey was added to your account."))
    codes = [] if factors_of(person).recovery else RecoveryCodes.activate(person).generate_codes()
    passed(request, at)
    return codes


def pass_with_code(request: HttpRequest, code: str, *, at: datetime.datetime) -> None:
    """Pass the second step with the app's code or with a recovery code, each of which works once.

    Raises `WrongSecondCode` or `TooOften`.
    """
    count_a_try(request)
    with transaction.atomic():
        person = row_of(request)
        factors = factors_of(person)
        if factors.totp and spend_totp(factors.totp, code):
            way = "app"
        elif factors.recovery and RecoveryCodes(factors.recovery).validate_code(code):
            way = "recovery code"
        else:
            raise WrongSecondCode(_("This code is not right, or it was used already."))
        record("second_step.passed", room="accounts", thing=person.thing, by=person.uuid, at=at, payload={"way": way})
        passed(request, at)


def spend_totp(authenticator: Authenticator, code: str) -> bool:
    """Whether the app shows this code now and it was not used before (RFC 6238, 5.2), also by another process."""
    counter = matching_counter(decrypt(authenticator.data["secret"]), code)
    if counter is None or counter <= authenticator.data.get("counter", -1):
        return False
    authenticator.data["counter"] = counter
    authenticator.save(update_fields=["data"])
    return True


def matching_counter(secret: str, code: str) -> int | None:
    """The period of 30 seconds whose code this is: now, or one before or after it for clocks that differ."""
    given = "".join(code.split())
    return next((n for n in totp.yield_hotp_counters_from_time() if totp.format_hotp_value(totp.hotp_value(secret, n)) == given), None)


@transaction.atomic
def pass_with_passkey(request: HttpRequest, answer: Any, *, at: datetime.datetime) -> None:
    """Sign in with a passkey, or pass the second step with it: it is both factors. Raises `BadPasskey` or `Closed`."""
    authenticator = passkeys.passkey_shown(answer)
    authenticator.record_usage()
    sign_in(request, authenticator.user, method=Method.PASSKEY, strong=True, at=at)


@transaction.atomic
def replace_recovery_codes(request: HttpRequest, *, at: datetime.datetime) -> list[str]:
    """New recovery codes; the old ones work no longer. Raises `NotPossible` for who has no second step."""
    person = locked(request)
    if not factors_of(person):
        raise NotPossible(_("First set up an app or a passkey."))
    Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
    tell_owner(person, _("Your recovery codes are new"), _("The old recovery codes of your account work no longer."))
    record("recovery_codes.replaced", room="accounts", thing=person.thing, by=person.uuid, at=at)
    return RecoveryCodes.activate(person).generate_codes()


@transaction.atomic
def take_away(request: HttpRequest, authenticator_id: int, *, at: datetime.datetime) -> None:
    """Remove an app or a passkey of this person. The last one takes the recovery codes along. Raises `NotPossible`."""
    person = locked(request)
    factors = factors_of(person)
    chosen = next((one for one in (factors.totp, *factors.passkeys) if one and one.pk == authenticator_id), None)
    if chosen is None:
        raise NotPossible(_("This one is gone already."))
    chosen.delete()
    if not factors_of(person):
        if factors.recovery:
            factors.recovery.delete()
        # What was proven with it is proven no longer: work is closed until there is another one.
        request.session.pop(SECOND_FACTOR, None)
    tell_owner(person, _("Your second step was taken away"), _("An app or passkey of your account works no longer."))
    record("second_step.taken_away", room="accounts", thing=person.thing, by=person.uuid, at=at, payload={"kind": chosen.type})


def tell_owner(person: Person, subject: str, what: str) -> None:
    """A mail to whose account it is: somebody else may have done this."""
    if person.email:
        emails.send(person.email, emails.Letter(subject, [what], last_lines=[_("Was it not you? Then call us at once.")]))


def count_a_try(request: HttpRequest) -> None:
    """Six digits are guessed in a few hundred thousand tries; these are ten in a quarter of an hour. Raises `TooOften`.

    Stands outside the transaction: a try that fails counts too.
    """
    limited("second step", str(person_in(request).uuid), most=10, within=QUARTER)


def locked(request: HttpRequest) -> Person:
    """The person of this session, who may change the second step. Raises `NotPossible` for who has one and did not pass it."""
    person = row_of(request)
    if SECOND_FACTOR not in request.session and factors_of(person):
        raise NotPossible(_("First pass the second step."))
    return person


def row_of(request: HttpRequest) -> Person:
    """The person of this session, locked for this transaction: two deeds at once come one after the other."""
    return Person.objects.select_for_update().get(pk=person_in(request).pk)


def passed(request: HttpRequest, at: datetime.datetime) -> None:
    """From now on this session is strong; it gets a new key, as at every step up."""
    request.session.cycle_key()
    request.session[SECOND_FACTOR] = at.isoformat()
