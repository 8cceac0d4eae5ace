"""The console script `buurtdraad`: every management command, on the right database, as the right role.

With DATABASE_URL that server is used. Without it a command joins the running database of its data folder, or starts
and stops it. What set-up has to say goes to stderr; what the command says, and its exit code, pass through.
"""

import importlib
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg.errors
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line, find_commands
from django.db import Error, ProgrammingError, connections

from buurtdraad.running import addresses
from buurtdraad.running.cluster import ClusterBroken, binaries
from buurtdraad.running.home import find_home
from buurtdraad.running.migrating import forget, make_tables
from buurtdraad.running.tenancy import Tenancy

# `check` and `makemigrations` need one: some columns exist only on a real PostgreSQL.
WITHOUT_DATABASE = {
    "check_theme", "collectstatic", "compilemessages", "diffsettings", "findstatic", "help", "makemessages", "tally", "version",
    "--help", "-h", "--version",
}  # fmt: skip
# These change tables, read all of them, or drop what only the owner may: the role of the web processes may not.
AS_OWNER = {"backup", "flush", "forget_audit", "migrate", "restore"}
# These start the server or speak with it: no command of Django, and each sees to its own database.
OF_THE_SERVER = {"serve": "buurtdraad.running.supervisor.serve", "reload": "buurtdraad.running.reloading.reload"}


def main() -> int:
    """Run what stands on the command line; returns the exit code. What is wrong is said in one sentence."""
    words = sys.argv[1:] or ["help"]
    # Only we say that a database is the embedded one: the demo's sign-in without a password hangs on it.
    os.environ.pop("BUURTDRAAD_EMBEDDED", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "buurtdraad.settings"
    try:
        if words[0] in OF_THE_SERVER:
            module, _, deed = OF_THE_SERVER[words[0]].rpartition(".")
            return getattr(importlib.import_module(module), deed)(words[1:])
        with a_database_for(words):
            execute_from_command_line(["buurtdraad", *words])
    except (ClusterBroken, ImproperlyConfigured) as problem:
        return wrong(str(problem))
    except ProgrammingError as problem:
        if not isinstance(problem.__cause__, psycopg.errors.UndefinedTable):
            raise
        return wrong("The database lacks tables: run the command 'migrate' first.")
    except Error as problem:
        return wrong(f"The database refused: {' '.join(str(problem).split())}")
    except KeyboardInterrupt:
        return 130
    return 0


@contextmanager
def a_database_for(words: list[str]) -> Iterator[None]:
    """For as long as it lasts Django finds its database by the environment; a command that needs none gets none."""
    rooms = addresses.read_settings().INSTALLED_APPS  # nonsense in the environment stops here, before anything is started
    name = words[0]
    if needs_none(words) or {"--help", "-h"} & set(words[1:]) or not is_known(name, rooms):
        yield
    elif addresses.named("DATABASE_URL"):
        addresses.take_on(addresses.of_the_city(as_owner=name in AS_OWNER))
        yield
    else:
        home = find_home()
        tenancy = Tenancy(home)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
        try:
            cluster = tenancy.enter()
            if name in AS_OWNER - {"backup"}:
                forget(cluster)
            else:
                make_tables(home, cluster)
            path = f"{binaries()}{os.pathsep}{os.environ.get('PATH', os.defpath)}"  # psql, pg_dump
            addresses.take_on(addresses.embedded(home, cluster, as_owner=name in AS_OWNER) | {"PATH": path})
            yield
        finally:
            hang_up()
            tenancy.leave()


def needs_none(words: list[str]) -> bool:
    """Whether a command does without a database. `tally` needs one for a round, and none for a file."""
    if words[0] != "tally":
        return words[0] in WITHOUT_DATABASE
    named = [word for word in words[1:] if not word.startswith("-") and not word.endswith(".json")]
    return not named or any(word.endswith(".pb") or Path(word).exists() for word in named)


def hang_up() -> None:
    """Close what Django keeps open, before the database goes."""
    if django_settings.configured:
        for connection in connections.all(initialized_only=True):
            connection.close()
            getattr(connection, "close_pool", lambda: None)()


def is_known(name: str, rooms: list[str]) -> bool:
    """Whether some room has this command; Django then says what is wrong with an unknown one."""
    folders = [Path(spec.origin).parent for room in ["django.core", *rooms] if (spec := importlib.util.find_spec(room)) and spec.origin]
    return any(name in find_commands(str(folder / "management")) for folder in folders)


def wrong(sentence: str) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201
    return 1
