"""What `doctor` looks at outside this machine: mail server, cache, clocks, and the sign-on providers with their certificates."""

import datetime
import email.utils
import json
import smtplib
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import closing
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.utils import timezone

from buurtdraad.accounts.signing_in.providers import OpenIDProvider
from buurtdraad.lib.outgoing import Answer, NoAnswer, ask
from buurtdraad.running.finding import FINE, NOTE, WRONG, Finding

SECONDS = 10
# A clock may be so many seconds off: one-time codes allow half a minute, tokens of a broker less.
CLOCK_NOTE, CLOCK_WRONG = 2, 20
# Days until the last day of a certificate.
SOON, NOW = 30, 7
LARGEST_METADATA = 1_000_000


# --- mail ----------------------------------------------------------------------------------------


def mail_server() -> Iterator[Finding]:
    """Connects as a mail would, TLS and password included, and sends none."""
    if not settings.MAILERS:
        yield Finding(NOTE, "mail server", "none: mails wait for a day and then count as failed", "Set MAIL_URL and MAIL_FROM.")
        return
    to = settings.MAILERS["default"]["OPTIONS"]
    where = f"{to['host']}:{to['port'] or 'the usual port'}"
    try:
        greet(to)
    except smtplib.SMTPAuthenticationError:
        yield Finding(WRONG, "mail server", f"{where} refuses the name or password", "Set both in MAIL_URL anew; %40 stands for an @.")
    except (OSError, smtplib.SMTPException) as problem:
        said = " ".join(str(problem).split())
        yield Finding(
            WRONG, "mail server", f"{where} cannot be used: {said}", "Compare MAIL_URL with what its keeper says, and the firewall."
        )
    else:
        how = "with TLS" if to["use_tls"] or to["use_ssl"] else "without TLS"
        yield Finding(FINE, "mail server", f"{where} takes our mail, {how}")


def greet(to: dict[str, Any]) -> None:
    """Say hello to a mail server, secured and signed in as set. Raises `OSError` or `SMTPException`."""
    trusted = ssl.create_default_context()
    if to["use_ssl"]:
        server: smtplib.SMTP = smtplib.SMTP_SSL(to["host"], to["port"] or 0, timeout=SECONDS, context=trusted)
    else:
        server = smtplib.SMTP(to["host"], to["port"] or 0, timeout=SECONDS)
    with server:
        if to["use_tls"]:
            server.starttls(context=trusted)
        if to["username"]:
            server.login(to["username"], to["password"])
        server.noop()


# --- cache ---------------------------------------------------------------------------------------


def cache() -> Iterator[Finding]:
    """Whether what one connection writes another one reads."""
    if not settings.CACHE_URL:
        return
    import redis  # noqa: PLC0415 (only who has one)

    key, value = f"buurtdraad-doctor-{token_hex(8)}", token_hex(8)
    try:
        with closing(redis.Redis.from_url(settings.CACHE_URL, socket_timeout=SECONDS)) as one:
            one.set(key, value, ex=60)
            with closing(redis.Redis.from_url(settings.CACHE_URL, socket_timeout=SECONDS)) as other:
                read = other.get(key)
            one.delete(key)
    except (OSError, redis.RedisError) as problem:
        said = " ".join(str(problem).split())
        yield Finding(WRONG, "cache", f"CACHE_URL cannot be used: {said}", "Start that server, or leave CACHE_URL out: nothing needs it.")
        return
    if read == value.encode():
        yield Finding(FINE, "cache", "what one connection writes another reads")
    else:
        yield Finding(WRONG, "cache", "what one connection writes another does not read", "Let CACHE_URL name one server, and no replica.")


# --- clock ---------------------------------------------------------------------------------------


def clock() -> Iterator[Finding]:
    """This machine's clock beside that of the database server."""
    before = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        there = cursor.fetchone()[0]
    yield compared(before + (timezone.now() - before) / 2, there, "the database server")


def clock_of(url: str) -> Iterator[Finding]:
    """This machine's clock beside the `Date` of a web server."""
    try:
        answer = ask(url, origin=url, seconds=SECONDS, largest=10_000_000)
    except NoAnswer as problem:
        yield Finding(NOTE, "clock", f"{url} tells no time: {problem}", "Name another address after --clock.")
        return
    yield from by_date(answer, urlsplit(url).hostname or url)


def by_date(answer: Answer, name: str) -> Iterator[Finding]:
    """What the `Date` header of an answer says of our clock; a header counts whole seconds."""
    try:
        there = email.utils.parsedate_to_datetime(answer.headers.get("date", ""))
    except ValueError:
        return
    yield compared(timezone.now(), there + datetime.timedelta(seconds=0.5), name)


def compared(here: datetime.datetime, there: datetime.datetime, name: str) -> Finding:
    """Two clocks beside each other."""
    off = abs((here - there).total_seconds())
    if off < CLOCK_NOTE:
        return Finding(FINE, "clock", f"as that of {name}")
    verdict = WRONG if off >= CLOCK_WRONG else NOTE
    return Finding(
        verdict, "clock", f"{off:.0f} seconds off from {name}", "Let both keep time by NTP (systemctl status systemd-timesyncd)."
    )


# --- sign-on providers ---------------------------------------------------------------------------


def brokers() -> Iterator[Finding]:
    """Of each provider: what it says of itself, its clock, and the last day of its certificate."""
    for provider in settings.OIDC_PROVIDERS:
        yield from metadata(provider)
        parts = urlsplit(provider.issuer)
        if parts.scheme == "https" and parts.hostname:
            yield certificate(provider.id, parts.hostname, parts.port or 443)


def metadata(provider: OpenIDProvider) -> Iterator[Finding]:
    """Whether its metadata can be read and are of this issuer."""
    subject = f"sign-on {provider.id}"
    try:
        answer = ask(provider.configuration_url, origin=provider.issuer, seconds=SECONDS, largest=LARGEST_METADATA)
        said = json.loads(answer.content) if answer.status == 200 else None
    except NoAnswer as problem:
        yield Finding(WRONG, subject, f"{provider.configuration_url}: {problem}", "Let this machine reach it, or correct `issuer`.")
        return
    except ValueError:
        said = None
    if not isinstance(said, dict) or not said.get("authorization_endpoint"):
        yield Finding(WRONG, subject, f"{provider.configuration_url} holds no metadata (status {answer.status})", "Correct `issuer`.")
    elif said.get("issuer") != provider.issuer:
        told = f"it calls itself {said.get('issuer')!r}, and not {provider.issuer!r}"
        yield Finding(WRONG, subject, told, "Write `issuer` exactly as the provider does, with or without the last slash.")
    else:
        yield Finding(FINE, subject, "its metadata can be read")
    yield from by_date(answer, provider.id)


def certificate(name: str, host: str, port: int, trusted: ssl.SSLContext | None = None) -> Finding:
    """The last day of the certificate of a server, as we see it."""
    subject = f"certificate {name}"
    try:
        context = trusted or ssl.create_default_context()
        with socket.create_connection((host, port), timeout=SECONDS) as raw, context.wrap_socket(raw, server_hostname=host) as secured:
            until = ssl.cert_time_to_seconds(str((secured.getpeercert() or {})["notAfter"]))
    except (OSError, KeyError) as problem:
        said = " ".join(str(problem).split())
        return Finding(
            WRONG, subject, f"that of {host} is not accepted: {said}", "Ask the keeper of the provider; people cannot sign in now."
        )
    return last_day(subject, until)


def last_day(subject: str, until: float) -> Finding:
    """What to say of a certificate that ends at this moment (seconds since 1970)."""
    days = int((until - time.time()) // 86_400)
    day = datetime.datetime.fromtimestamp(until, datetime.UTC).date()
    if days >= SOON:
        return Finding(FINE, subject, f"good until {day}")
    return Finding(WRONG if days < NOW else NOTE, subject, f"ends on {day}, in {days} days", "Ask the keeper of the provider to renew it.")
