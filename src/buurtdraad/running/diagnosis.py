"""What `doctor` looks at: each examination yields findings, in plain words."""

import datetime
import io
import os
import platform
import shutil
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command, get_commands
from django.db import Error, connection
from django.utils import timezone

import buurtdraad
from buurtdraad import settings as ours
from buurtdraad.audit.queries import unsealed
from buurtdraad.fund.outbox import queries as cases
from buurtdraad.messages.queries import number_undelivered, waiting_mails
from buurtdraad.running import outside
from buurtdraad.running.finding import FINE, NOTE, WRONG, Finding
from buurtdraad.running.pending import pending
from buurtdraad.ui import built

__all__ = ["FINE", "NOTE", "WRONG", "Finding", "examine"]

# Sealing runs every minute.
LATE = datetime.timedelta(minutes=5)
# The third attempt is after half an hour.
LATE_MAIL = datetime.timedelta(hours=1)
LEAST_DISK = 1_000_000_000
LEAST_KEY = 50
SECRET = ("KEY", "URL", "PASSWORD", "TOKEN", "SECRET", "PROVIDERS")


def examine(*, clock_of: str = "") -> Iterator[Finding]:
    """All findings. Whatever needs the database is left out when it does not answer. `clock_of`: an address whose clock counts too."""
    for examination in (versions, what_is_set, agreeing, files, static_files, disk, outside.mail_server, outside.cache, outside.brokers):
        yield from examination()
    if clock_of:
        yield from outside.clock_of(clock_of)
    try:
        connection.ensure_connection()
    except Error as problem:
        said = " ".join(str(problem).split())
        yield Finding(WRONG, "database", said, "Start the server of DATABASE_URL, and look whether this machine may reach it.")
        return
    needing_database: list[Callable[[], Iterator[Finding]]] = [database, outside.clock, migrations, sealing, post, case_system]
    for examination in needing_database:
        try:
            yield from examination()
        except Error as problem:
            yield Finding(WRONG, examination.__name__, " ".join(str(problem).split()), "Run the command migrate, then doctor again.")


def versions() -> Iterator[Finding]:
    packages = ", ".join(f"{name} {version(name)}" for name in ("granian", "procrastinate", "psycopg"))
    yield Finding(
        FINE,
        "versions",
        f"Buurtdraad {buurtdraad.__version__}, Python {platform.python_version()}, Django {django.__version__}, {packages}",
    )


def what_is_set() -> Iterator[Finding]:
    """The settings that differ from their default; of a secret only that it is set."""
    for name, value in sorted(ours.env.dump().items()):
        if name in given():
            yield Finding(FINE, name, "set" if name.endswith(SECRET) else str(value))
    if settings.DEMO:
        yield Finding(NOTE, "DEMO", "on: everybody on this machine can sign in without a password", "Set DEMO=0 for a city.")
    if settings.HOST not in {"127.0.0.1", "localhost", "::1"} and not settings.HTTPS:
        yield Finding(
            NOTE,
            "HTTPS",
            "off, while others can reach this machine: passwords and cookies travel in the open",
            "See HTTPS in docs/running.md.",
        )


def agreeing() -> Iterator[Finding]:
    """Settings that are right by themselves and not together."""
    if settings.HTTPS and not settings.TRUSTED_PROXIES:
        said = "on, without a trusted proxy: every page redirects to itself"
        yield Finding(WRONG, "HTTPS", said, "Set TRUSTED_PROXIES to the address that the proxy comes from.")
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding(WRONG, "ALLOWED_HOSTS", "answers to every name", "Name the hosts of the site, separated by commas.")
    if not settings.EMBEDDED_DATABASE and len(settings.SECRET_KEY) < LEAST_KEY:
        yield Finding(
            WRONG, "SECRET_KEY", f"shorter than {LEAST_KEY} characters", "Make one: openssl rand -base64 48. Everybody signs in anew."
        )
    if not settings.DEMO and not settings.SECURITY_CONTACT:
        yield Finding(
            NOTE, "SECURITY_CONTACT", "not set: /.well-known/security.txt names a page", "Set it to mailto:… of who takes reports."
        )


def files() -> Iterator[Finding]:
    """The city's own theme and logo."""
    for name in ("CITY_THEME_CSS", "CITY_LOGO"):
        path = getattr(settings, name)
        if path and not Path(path).is_file():
            yield Finding(WRONG, name, f"there is no file {path}", "Put it there, or take the setting out.")
    if settings.CITY_THEME_CSS and Path(settings.CITY_THEME_CSS).is_file() and "check_theme" in get_commands():
        try:
            call_command("check_theme", str(settings.CITY_THEME_CSS), verbosity=0, stdout=io.StringIO())
        except (CommandError, SystemExit) as problem:
            yield Finding(WRONG, "theme", str(problem), "Run check_theme, and take darker or lighter colours.")
        else:
            yield Finding(FINE, "theme", "every pair of colours has enough contrast")


def static_files() -> Iterator[Finding]:
    """Styles, fonts and translations, which are built and not in git."""
    rebuild = "In a checkout ./run builds them; in a wheel they are there: install it again."
    try:
        lacking = [name for name in built.manifest().values() if not (built.FOLDER / name).is_file()]
    except ImproperlyConfigured:
        lacking = ["manifest.json"]
    if lacking:
        yield Finding(WRONG, "static files", f"{len(lacking)} not built, such as {lacking[0]}", rebuild)
    elif not (Path(buurtdraad.__file__).parent / "ui/locale/nl/LC_MESSAGES/django.mo").is_file():
        yield Finding(WRONG, "static files", "translations are not compiled", rebuild)
    else:
        yield Finding(FINE, "static files", "built")


def disk() -> Iterator[Finding]:
    folder = Path(settings.BUURTDRAAD_HOME)
    if folder.is_dir():
        free = shutil.disk_usage(folder).free
        few = free <= LEAST_DISK
        do = "Remove old back-ups, or move BUURTDRAAD_HOME to a larger disk." if few else ""
        yield Finding(WRONG if few else FINE, "disk", f"{free / 1e9:.1f} GB free in {folder}", do)


def database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('server_version'), has_table_privilege('audit_event', 'UPDATE')")
        role, server, may_alter = cursor.fetchone()
    where = "embedded" if settings.EMBEDDED_DATABASE else "of DATABASE_URL"
    yield Finding(FINE, "database", f"PostgreSQL {server}, {where}, as {role}")
    if may_alter:
        yield Finding(WRONG, "role", f"{role} has more rights than the web processes should have", "Use buurtdraad_app in DATABASE_URL.")


def migrations() -> Iterator[Finding]:
    if missing := pending():
        said = f"{len(missing)} not applied, the first {missing[0]}"
        yield Finding(WRONG, "migrations", said, "Make a back-up, then run the command migrate with DATABASE_OWNER_URL set.")
    else:
        yield Finding(FINE, "migrations", "all applied")


def sealing() -> Iterator[Finding]:
    number, since = unsealed()
    if since and timezone.now() - since > LATE:
        verdict = NOTE if settings.EMBEDDED_DATABASE else WRONG  # the embedded database rests when nobody serves
        said = f"{number} events wait for their seal since {since:%Y-%m-%d %H:%M} UTC"
        yield Finding(verdict, "audit", said, "Look whether the jobs worker runs (systemctl status buurtdraad).")
    else:
        yield Finding(FINE, "audit", f"{number} events not sealed yet")


def post() -> Iterator[Finding]:
    """Mails that wait for the jobs worker or the mail server, and mails that nobody got."""
    number, since = waiting_mails()
    if since and timezone.now() - since > LATE_MAIL:
        verdict = NOTE if settings.EMBEDDED_DATABASE else WRONG  # as with sealing
        said = f"{number} wait, the first since {since:%Y-%m-%d %H:%M} UTC"
        yield Finding(verdict, "mail", said, "Look whether the jobs worker runs, and at `mail server` above.")
    else:
        yield Finding(FINE, "mail", f"{number} on their way")
    if lost := number_undelivered().number:
        yield Finding(NOTE, "mail", f"{lost} did not arrive", "An administrator sees them on /werk/post/.")


def case_system() -> Iterator[Finding]:
    """Requests for money that are not at the case system yet."""
    found = cases.counts()
    if not settings.ZGW_URL:
        if found.waiting:
            yield Finding(NOTE, "case system", f"off, while {found.waiting} requests wait for it", "Set ZGW_URL and what belongs to it.")
        return
    late = cases.waits_long(found)
    said = f"{found.waiting} requests on their way{', some for an hour' if late else ''}"
    yield Finding(WRONG if late else FINE, "case system", said, "Look whether it answers, and in the log of the worker." if late else "")
    if found.failed:
        yield Finding(WRONG, "case system", f"{found.failed} were refused", "Who handles requests sees why on /werk/fonds/zaaksysteem/.")


def given() -> set[str]:
    """Names of the settings that the environment holds, as such or as the name of a file; not what we put there ourselves."""
    names = {name.removesuffix("_FILE") for name in os.environ} - {"BUURTDRAAD_EMBEDDED"}
    return names - {"DATABASE_URL", "SECRET_KEY"} if settings.EMBEDDED_DATABASE else names
