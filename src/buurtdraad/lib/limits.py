"""Limits on how often one may try: they stop guessing, and let thirty people behind one address go on.

A limit is a bucket (GCRA, the "leaky bucket as a meter" of ATM networks): `most` tries at once, and one more each
`within / most`. One statement on one row decides, so it is right over any number of processes. Two dimensions are
two calls: small per account or code, large per address.
"""

import datetime
import ipaddress
import math
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from buurtdraad.lib.refusal import Refused

# `free_at` moves on by one step for each try; a try that would move it beyond the bucket changes nothing.
TAKE = """
    INSERT INTO lib_allowance AS a (key, free_at) VALUES (%(key)s, %(at)s + %(step)s)
    ON CONFLICT (key) DO UPDATE SET free_at = GREATEST(a.free_at, %(at)s) + %(step)s
    WHERE GREATEST(a.free_at, %(at)s) + %(step)s <= %(at)s + %(within)s
    RETURNING free_at
"""

# Of one address: a neighbourhood evening is thirty people, each with a handful of forms, behind one library's address.
MOST_OF_AN_ADDRESS, HOUR = 300, datetime.timedelta(hours=1)


class TooOften(Refused):
    """Says how many minutes to wait, or hours from an hour on; an answer with it has status 429 and `Retry-After`."""

    def __init__(self, wait: datetime.timedelta) -> None:
        self.wait = max(1, math.ceil(wait.total_seconds()))  # seconds
        self.minutes = math.ceil(self.wait / 60)
        hours = math.ceil(self.minutes / 60)
        in_minutes = ngettext(
            "This was tried very often. Please wait %(minutes)s minute and try again.",
            "This was tried very often. Please wait %(minutes)s minutes and try again.",
            self.minutes,
        )
        in_hours = ngettext(
            "This was tried very often. Please wait %(hours)s hour and try again.",
            "This was tried very often. Please wait %(hours)s hours and try again.",
            hours,
        )
        super().__init__((in_minutes if self.minutes < 60 else in_hours) % {"minutes": self.minutes, "hours": hours})


def limited(name: str, key: str, *, most: int, within: datetime.timedelta, at: datetime.datetime | None = None) -> int:
    """Count one try of `key` at what is called `name`, and return how many are left now; raises `TooOften` when there were too many.

    At most `most` at once and `most` more spread over each `within`. A refused try counts for nothing, so who waits
    gets on. Call it in the view, outside any transaction: a transaction that fails would take the count back.
    """
    at = at or timezone.now()
    facts: dict[str, Any] = {"key": hashed(name, key), "at": at, "step": within / most, "within": within}
    with connection.cursor() as cursor:
        cursor.execute(TAKE, facts)
        if taken := cursor.fetchone():
            return (at + within - taken[0]) // (within / most)
        cursor.execute("SELECT free_at FROM lib_allowance WHERE key = %(key)s", facts)
        row = cursor.fetchone()
    raise TooOften(row[0] + within / most - within - at if row else within / most)


def refuse_full(name: str, key: str, *, most: int, within: datetime.timedelta, at: datetime.datetime | None = None) -> None:
    """Raises `TooOften` when a next try of `key` would be refused; counts nothing.

    For what is counted only when it was wrong: a code, of which thirty right ones may come from one address within a minute.
    """
    at = at or timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT free_at FROM lib_allowance WHERE key = %s", [hashed(name, key)])
        row = cursor.fetchone()
    if row and row[0] + within / most > at + within:
        raise TooOften(row[0] + within / most - within - at)


def hashed(name: str, key: str) -> str:
    """What stands in the table instead of an address or account: a hash with a key that is not in the database."""
    return salted_hmac("buurtdraad.lib.limits", f"{name}\0{key}", algorithm="sha256").hexdigest()


def address_of(request: HttpRequest) -> str:
    """The visitor's address, of IPv6 the household's /64: `lib.proxies` has set it, from trusted proxies only."""
    told = request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return told
    if isinstance(address, ipaddress.IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def limited_address(name: str, request: HttpRequest) -> None:
    """The large limit, of an address: what a full room at a neighbourhood evening does never reaches it."""
    limited(f"{name} address", address_of(request), most=MOST_OF_AN_ADDRESS, within=HOUR)


def forget_old(*, at: datetime.datetime) -> int:
    """Remove what limits nobody any more. Returns how many rows that were."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM lib_allowance WHERE free_at < %s", [at])
        return cursor.rowcount
