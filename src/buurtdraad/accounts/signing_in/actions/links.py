"""Links in mail: made, opened (which changes nothing) and used (once). Whoever needs one states its purpose.

fresh = make_link(Purpose.GO_ON, "wish-draft:12", valid_for=timedelta(days=7), at=now)   # fresh.token goes into the address
link = open_link(Purpose.GO_ON, token, at=now)      # GET: show a page with a button
link = use_link(Purpose.GO_ON, token, at=now)       # POST: the first one gets it, everybody after that is refused
"""

import datetime
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac
from django.utils.translation import gettext as _

from buurtdraad.accounts.signing_in.models import Link, Purpose
from buurtdraad.accounts.signing_in.rules import CODE_LENGTH, CODE_TRIES
from buurtdraad.lib.refusal import Refused

# 256 random bits in an address; 43 characters.
TOKEN_BYTES = 32


class BadLink(Refused):
    """The link does nothing: expired, used, for something else, or never ours."""


class WrongCode(Refused):
    """The code is not the one in the mail."""


@dataclass(frozen=True)
class Fresh:
    """A link just made. Token and code are known here and in the mail, and nowhere else."""

    link: Link
    token: str
    code: str


def make_link(purpose: Purpose, subject: str, *, valid_for: datetime.timedelta, at: datetime.datetime, facts: dict | None = None) -> Fresh:
    """A new link for one purpose about one subject. `facts` go with it (such as the page to go to afterwards)."""
    token, code = secrets.token_urlsafe(TOKEN_BYTES), get_random_string(CODE_LENGTH, "0123456789")
    link = Link.objects.create(
        purpose=purpose,
        subject=subject,
        token_hash=hashed("link", token),
        code_hash=hashed("code", code),
        facts=facts or {},
        made_at=at,
        valid_until=at + valid_for,
    )
    return Fresh(link, token, code)


def open_link(purpose: Purpose, token: str, *, at: datetime.datetime) -> Link:
    """The link, if it can be used now. Changes nothing: mail filters open every link. Raises `BadLink`."""
    link = Link.objects.filter(token_hash=hashed("link", token), purpose=purpose).first()
    if link is None:
        raise BadLink(_("We do not know this link. Perhaps a part of it is missing."))
    if link.used_at:
        raise BadLink(_("This link was used already. A link works once."))
    if link.valid_until <= at:
        raise BadLink(_("This link is too old."))
    return link


@transaction.atomic
def use_link(purpose: Purpose, token: str, *, at: datetime.datetime) -> Link:
    """The link, which from now on is used. Of two at once exactly one gets it. Raises `BadLink`, and then nothing changed."""
    return spend(open_link(purpose, token, at=at), at)


def use_code(link_id: int, code: str, *, at: datetime.datetime) -> Link:
    """The link by the code in the same mail. Each try counts, also in parallel. Raises `BadLink` or `WrongCode`."""
    link = Link.objects.filter(pk=link_id).first()
    if link is None or link.used_at or link.valid_until <= at:
        raise BadLink(_("This code is too old, or was used already."))
    if not Link.objects.filter(pk=link.pk, code_tries__lt=CODE_TRIES).update(code_tries=F("code_tries") + 1):
        raise BadLink(_("This code was tried too often."))
    if not constant_time_compare(link.code_hash, hashed("code", "".join(code.split()))):
        raise WrongCode(_("This is not the code in the mail."))
    return spend(link, at)


def spend(link: Link, at: datetime.datetime) -> Link:
    if not Link.objects.filter(pk=link.pk, used_at__isnull=True, valid_until__gt=at).update(used_at=at):
        raise BadLink(_("This link was used already. A link works once."))
    link.used_at = at
    return link


def end_links(purpose: Purpose, subject: str, *, at: datetime.datetime, facts: dict | None = None) -> int:
    """Links for this about one subject, with these facts, do nothing from now on; how many that were.

    For who gets a fresh one in their place, and for what came into the wrong hands.
    """
    found = Link.objects.filter(purpose=purpose, subject=subject, made_at__lt=at, valid_until__gt=at, facts__contains=facts or {})
    return found.update(valid_until=at)


def forget_links(*, before: datetime.datetime) -> int:
    """Remove links whose time passed before this moment, used or not. Returns how many."""
    return Link.objects.filter(valid_until__lt=before).delete()[0]


def hashed(kind: str, secret: str) -> str:
    """What is kept of a secret: who reads the database can make no link of it."""
    return salted_hmac(f"buurtdraad.accounts.{kind}", secret, algorithm="sha256").hexdigest()
