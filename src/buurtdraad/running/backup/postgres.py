"""Asking PostgreSQL what is in a database, and its programs to copy one."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from buurtdraad.running.backup import BackupRefused
from buurtdraad.running.cluster import ClusterBroken, binaries, last_line

TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relpersistence = 'p' ORDER BY 1
"""
# The same rows give the same sum in any order; the text of a moment hangs on the time zone.
CONTENT = "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0)::text FROM {} t"


def connect(url: str, database: str = "", **options: Any) -> psycopg.Connection:
    """A connection, to another database of the same server where one is named."""
    address = make_conninfo(url, dbname=database) if database else url
    return psycopg.connect(address, options="-c timezone=UTC -c datestyle=ISO", **options)


def name_in(url: str) -> str:
    return str(conninfo_to_dict(url).get("dbname") or conninfo_to_dict(url).get("user"))


def one(connection: psycopg.Connection, question: Any, *values: Any) -> Any:
    """The first column of the one row."""
    row = connection.execute(question, values).fetchone()
    return row[0] if row else None


def contents(connection: psycopg.Connection) -> dict[str, list]:
    """Rows and a sum over all of them, for each table that survives a crash."""
    names = [row[0] for row in connection.execute(TABLES)]
    return {name: list(connection.execute(sql.SQL(CONTENT).format(sql.Identifier(name))).fetchone() or ()) for name in names}


def migrations(connection: psycopg.Connection) -> list[str]:
    """Which migrations ran, as "app.name"; none in a database without tables."""
    if one(connection, "SELECT to_regclass('public.django_migrations')") is None:
        return []
    return sorted(f"{app}.{name}" for app, name in connection.execute("SELECT app, name FROM django_migrations"))


def require_owner(connection: psycopg.Connection) -> None:
    """Only the owner sees all and may make all. Raises `BackupRefused`."""
    if not one(connection, "SELECT pg_has_role(current_user, datdba, 'USAGE') FROM pg_database WHERE datname = current_database()"):
        role = one(connection, "SELECT current_user")
        raise BackupRefused(f"The role {role} does not own this database: set DATABASE_OWNER_URL to the owner's address.")


def major(version: int) -> int:
    """180001 is version 18."""
    return version // 10_000


def run(program: str, url: str, *arguments: str | Path, server: int, database: str = "") -> None:
    """Run one of PostgreSQL's programs on a database; the password goes by the environment, where `ps` does not show it.

    Raises `BackupRefused` with its last line.
    """
    parts: dict[str, Any] = conninfo_to_dict(url) | ({"dbname": database} if database else {})
    password = str(parts.pop("password", ""))
    environment = os.environ | ({"PGPASSWORD": password} if password else {})
    ended = subprocess.run(
        [find_program(program, server), f"--dbname={make_conninfo('', **parts)}", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if ended.returncode:
        raise BackupRefused(f"{program} failed: {last_line(ended.stderr)}")


def find_program(program: str, server: int) -> str:
    """A program that is at least as new as the server: ours, else that of the machine. Raises `BackupRefused`."""
    try:
        ours: str | None = str(binaries() / program)
    except ClusterBroken:
        ours = None
    for found in (ours, shutil.which(program)):
        if found and Path(found).exists() and version_of(found) >= major(server):
            return found
    raise BackupRefused(
        f"The server is PostgreSQL {major(server)} and no {program} of that version is here: install postgresql-client-{major(server)}."
    )


def version_of(program: str) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
    found = re.search(r"\) (\d+)", said)
    return int(found[1]) if found else 0
