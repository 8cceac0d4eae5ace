"""What `doctor` looks at: each examination yields findings, in plain words."""

import datetime
import io
import os
import platform
import shutil
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import django
from django.conf import settings
from django.core.management import CommandError, call_command, get_commands
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

import buurtdraad
from buurtdraad import settings as ours
from buurtdraad.audit.queries import unsealed
from buurtdraad.messages.queries import number_undelivered, waiting_mails

FINE, NOTE, WRONG = "ok", "note", "WRONG"
# Sealing runs every minute.
LATE = datetime.timedelta(minutes=5)
# The third attempt is after half an hour.
LATE_MAIL = datetime.timedelta(hours=1)
LEAST_DISK = 1_000_000_000
SECRET = ("KEY", "URL", "PASSWORD")


class Finding(NamedTuple):
    verdict: str
    subject: str
    said: str


def examine() -> Iterator[Finding]:
    """All findings. Whatever needs the database is left out when it does not answer."""
    yield from versions()
    yield from what_is_set()
    yield from files()
    yield from disk()
    try:
        connection.ensure_connection()
    except Error as problem:
        yield Finding(WRONG, "database", " ".join(str(problem).split()))
        return
    needing_database: list[Callable[[], Iterator[Finding]]] = [database, migrations, sealing, post]
    for examination in needing_database:
        try:
            yield from examination()
        except Error as problem:
            yield Finding(WRONG, examination.__name__, " ".join(str(problem).split()))


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
        yield Finding(NOTE, "DEMO", "on: everybody on this machine can sign in without a password")
    if settings.HOST not in {"127.0.0.1", "localhost", "::1"} and not settings.HTTPS:
        yield Finding(NOTE, "HTTPS", "off, while others can reach this machine: passwords and cookies travel in the open")


def files() -> Iterator[Finding]:
    """The city's own theme and logo."""
    for name in ("CITY_THEME_CSS", "CITY_LOGO"):
        path = getattr(settings, name)
        if path and not Path(path).is_file():
            yield Finding(WRONG, name, f"there is no file {path}")
    if settings.CITY_THEME_CSS and Path(settings.CITY_THEME_CSS).is_file() and "check_theme" in get_commands():
        try:
            call_command("check_theme", str(settings.CITY_THEME_CSS), verbosity=0, stdout=io.StringIO())
        except (CommandError, SystemExit) as problem:
            yield Finding(WRONG, "theme", f"{problem} (see the command check_theme)")
        else:
            yield Finding(FINE, "theme", "every pair of colours has enough contrast")


def disk() -> Iterator[Finding]:
    folder = Path(settings.BUURTDRAAD_HOME)
    if folder.is_dir():
        free = shutil.disk_usage(folder).free
        yield Finding(FINE if free > LEAST_DISK else WRONG, "disk", f"{free / 1e9:.1f} GB free in {folder}")


def database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('server_version'), has_table_privilege('audit_event', 'UPDATE')")
        role, server, may_alter = cursor.fetchone()
    where = "embedded" if settings.EMBEDDED_DATABASE else "of DATABASE_URL"
    yield Finding(FINE, "database", f"PostgreSQL {server}, {where}, as {role}")
    if may_alter:
        yield Finding(WRONG, "role", f"{role} has more rights than the web processes should have: use buurtdraad_app in DATABASE_URL")


def migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        yield Finding(WRONG, "migrations", f"{len(missing)} not applied: run the command migrate")
    else:
        yield Finding(FINE, "migrations", "all applied")


def sealing() -> Iterator[Finding]:
    number, since = unsealed()
    if since and timezone.now() - since > LATE:
        verdict = NOTE if settings.EMBEDDED_DATABASE else WRONG  # the embedded database rests when nobody serves
        yield Finding(verdict, "audit", f"{number} events wait for their seal since {since:%Y-%m-%d %H:%M} UTC: does the jobs worker run?")
    else:
        yield Finding(FINE, "audit", f"{number} events not sealed yet")


def post() -> Iterator[Finding]:
    """Mails that wait for the jobs worker or the mail server, and mails that nobody got."""
    number, since = waiting_mails()
    if since and timezone.now() - since > LATE_MAIL:
        verdict = NOTE if settings.EMBEDDED_DATABASE else WRONG  # as with sealing
        yield Finding(verdict, "mail", f"{number} wait, the first since {since:%Y-%m-%d %H:%M} UTC: do the worker and the mail server run?")
    else:
        yield Finding(FINE, "mail", f"{number} on their way")
    if lost := number_undelivered().number:
        yield Finding(NOTE, "mail", f"{lost} did not arrive: an administrator sees them on /werk/post/")


def given() -> set[str]:
    """Names of the settings that the environment holds, as such or as the name of a file; not what we put there ourselves."""
    names = {name.removesuffix("_FILE") for name in os.environ} - {"BUURTDRAAD_EMBEDDED"}
    return names - {"DATABASE_URL", "SECRET_KEY"} if settings.EMBEDDED_DATABASE else names
