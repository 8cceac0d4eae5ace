"""Making a back-up while the product runs: database and list are of one moment."""

import datetime
import tempfile
from pathlib import Path

import psycopg

import buurtdraad
from buurtdraad.running.backup import BackupRefused, postgres
from buurtdraad.running.backup.archive import DUMP, written


def back_up(target: Path, *, url: str, uploads: Path, at: datetime.datetime) -> dict:
    """Write database and uploads to one new file (mode 0600), whole or not at all. Returns its manifest.

    Uploads are named at random and never altered, so those of after the database's moment do no harm.
    """
    with postgres.connect(url) as connection, written(target) as writing, tempfile.TemporaryDirectory(dir=target.parent) as folder:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        postgres.require_owner(connection)
        facts = facts_of(connection, at)
        dump = Path(folder) / DUMP
        snapshot = postgres.one(connection, "SELECT pg_export_snapshot()")
        options = ("--format=custom", "--no-unlogged-table-data", "--lock-wait-timeout=60s", f"--snapshot={snapshot}", f"--file={dump}")
        postgres.run("pg_dump", url, *options, server=connection.info.server_version)
        writing.add(DUMP, dump)
        for path in kept_files(uploads):
            writing.add(f"uploads/{path.relative_to(uploads).as_posix()}", path)
        writing.finish(facts)
    return facts | {"files": writing.files}


def facts_of(connection: psycopg.Connection, at: datetime.datetime) -> dict:
    """What the database has to be again after a restore. `frozen` will hold the hashes of ledgers and results."""
    migrations = postgres.migrations(connection)
    if not migrations:
        raise BackupRefused("This database has no tables yet: there is nothing to back up.")
    return {
        "product": buurtdraad.__version__,
        "made_at": at.isoformat(),
        "server": connection.info.server_version,
        "migrations": migrations,
        "tables": postgres.contents(connection),
        "last_seal": postgres.one(connection, "SELECT hash FROM audit_seal ORDER BY last_event DESC LIMIT 1") or "",
        "frozen": {},
    }


def kept_files(uploads: Path) -> list[Path]:
    """Every upload that is whole: what is still being written has a dot in front."""
    found = [path for path in uploads.rglob("*") if path.is_file() and not path.is_symlink()]
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(uploads).parts))
