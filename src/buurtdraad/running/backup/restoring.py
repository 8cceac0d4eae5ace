"""Restoring a back-up beside what is there, looking whether all is as it was, and only then changing places.

Until the last moment the old database and uploads stand untouched: interrupted anywhere, they are still those in use.
"""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from buurtdraad.running import migrating
from buurtdraad.running.backup import BackupRefused, archive, postgres
from buurtdraad.running.cluster import APP, last_line
from buurtdraad.running.roles import grant_app

# What a database holds before anybody gave anything: migrations fill these.
FILLED_BY_MIGRATIONS = {"django_migrations", "django_content_type", "auth_permission"}
NEVER_THIS = "It holds data: give --replace if the back-up shall take its place. Make a back-up of it first."


@dataclass
class Restored:
    """What came back: rows per table, number of files, and what the person should still do."""

    tables: dict[str, int]
    files: int
    to_do: list[str] = field(default_factory=list)


def restore(source: Path, *, url: str, uploads: Path, replace: bool, say: Callable[[str], None]) -> Restored:
    """Put a back-up in the place of this database and these uploads. Raises `BackupRefused`, and then nothing has changed."""
    say("Comparing the file with its list")
    facts = archive.read_manifest(source)
    require_known(facts["migrations"])
    uploads = uploads.resolve()
    with postgres.connect(url) as connection:
        postgres.require_owner(connection)
        require_room(connection, uploads, replace=replace, needed=facts["server"])
        public = bool(postgres.one(connection, "SELECT has_database_privilege('public', current_database(), 'CONNECT')"))
    place = Place(url, postgres.name_in(url), uploads)
    place.clear()
    with tempfile.TemporaryDirectory(dir=uploads.parent, prefix=".restore-") as folder:
        archive.unpack(source, Path(folder), facts["files"])
        say("Restoring into a new database")
        place.fill(Path(folder) / archive.DUMP, server=facts["server"], public=public)
        say("Comparing rows and seals")
        place.compare(facts)
        (Path(folder) / "uploads").mkdir(exist_ok=True, mode=0o700)
        (Path(folder) / "uploads").rename(place.new_uploads)
    place.take()
    tables = {name: rows for name, (rows, _sum) in facts["tables"].items()}
    unknown = set(known_migrations()) - set(facts["migrations"])
    return Restored(
        tables, len(facts["files"]) - 1, ["Run the command 'migrate': this version is newer than the back-up."] if unknown else []
    )


def known_migrations() -> list[str]:
    return [f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations]


def require_known(migrations: list[str]) -> None:
    """A back-up of a newer version has tables that this one does not know."""
    newer = sorted(set(migrations) - set(known_migrations()))
    if newer:
        raise BackupRefused(f"The back-up is of a newer version (it has {newer[0]}): install that version first.")


def require_room(connection: psycopg.Connection, uploads: Path, *, replace: bool, needed: int) -> None:
    """Nobody else works in the database, it is empty or may be replaced, and its server is new enough."""
    if postgres.major(connection.info.server_version) < postgres.major(needed):
        raise BackupRefused(f"The back-up comes from PostgreSQL {postgres.major(needed)}; this server is older.")
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    if number := postgres.one(connection, others):
        raise BackupRefused(f"The database is in use by {number} other connections: stop the product first.")
    if not replace:
        full = [name for name, (rows, _sum) in postgres.contents(connection).items() if rows and name not in FILLED_BY_MIGRATIONS]
        if full:
            raise BackupRefused(f"The database is not empty ({full[0]}). {NEVER_THIS}")
        if uploads.exists() and any(path.is_file() for path in uploads.rglob("*")):
            raise BackupRefused(f"The folder {uploads} is not empty. {NEVER_THIS}")


@dataclass
class Place:
    """Where the back-up comes: a new database and folder beside those in use."""

    url: str
    name: str
    uploads: Path

    @property
    def new(self) -> str:
        return f"{self.name}_restored"

    @property
    def old(self) -> str:
        return f"{self.name}_before"

    @property
    def new_uploads(self) -> Path:
        return self.uploads.with_name("uploads.restored")

    @property
    def old_uploads(self) -> Path:
        return self.uploads.with_name("uploads.before")

    def beside(self, *, autocommit: bool) -> psycopg.Connection:
        """A connection to the server's own database, from which others can be made and renamed."""
        return postgres.connect(self.url, "postgres", autocommit=autocommit)

    def clear(self) -> None:
        """Remove what an interrupted restore left behind; where it was cut off between two folders, put back the old one."""
        if self.old_uploads.exists() and not (self.uploads.exists() and any(self.uploads.iterdir())):
            if self.uploads.exists():
                self.uploads.rmdir()
            self.old_uploads.rename(self.uploads)
        shutil.rmtree(self.new_uploads, ignore_errors=True)
        with self.beside(autocommit=True) as connection:
            for name in (self.new, self.old):
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))

    def fill(self, dump: Path, *, server: int, public: bool) -> None:
        """Make the new database and put the dump in it, with the rights that the old one gave."""
        new = sql.Identifier(self.new)
        try:
            with self.beside(autocommit=True) as connection:
                connection.execute(
                    sql.SQL(
                        "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
                    ).format(new)
                )
                if not public:
                    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(new))
                    connection.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(new, sql.Identifier(APP)))
        except psycopg.errors.InsufficientPrivilege:
            raise BackupRefused("The owner may not make databases: as superuser, ALTER ROLE buurtdraad_owner CREATEDB.") from None
        options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", dump)
        postgres.run("pg_restore", self.url, *options, server=server, database=self.new)
        with postgres.connect(self.url, self.new) as connection:
            grant_app(connection)  # type: ignore[arg-type] # it asks for a cursor only

    def compare(self, facts: dict) -> None:
        """Rows, their sums (between servers of one version) and the seals of the audit are those of the back-up."""
        with postgres.connect(self.url, self.new) as connection:
            found = postgres.contents(connection)
            same = postgres.major(connection.info.server_version) == postgres.major(facts["server"])
        parts = slice(None) if same else slice(1)
        wrong = [name for name in found.keys() | facts["tables"] if found.get(name, [])[parts] != facts["tables"].get(name, [])[parts]]
        if wrong:
            raise BackupRefused(f"After restoring, the table {sorted(wrong)[0]} is not as it was; nothing was replaced.")
        address = psycopg.conninfo.conninfo_to_dict(self.url)
        environment = {
            "DJANGO_SETTINGS_MODULE": "buurtdraad.settings",
            "SECRET_KEY": settings.SECRET_KEY,
            "DATABASE_URL": url_to(self.url, address["dbname"], self.new),
        }
        verified = migrating.django("verify_audit", environment)
        if verified.returncode:
            raise BackupRefused(f"The audit of the back-up is not whole: {last_line(verified.stdout + verified.stderr)}")

    def take(self) -> None:
        """Change places, all or nothing, and then remove what was there before."""
        with self.beside(autocommit=False) as connection:
            for before, after in ((self.name, self.old), (self.new, self.name)):
                connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(before), sql.Identifier(after)))
            try:
                if self.uploads.exists():
                    self.uploads.rename(self.old_uploads)
                self.new_uploads.rename(self.uploads)
                connection.commit()
            except BaseException:
                connection.rollback()
                self.put_back()
                raise
        with self.beside(autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(self.old)))
        shutil.rmtree(self.old_uploads, ignore_errors=True)

    def put_back(self) -> None:
        if self.old_uploads.exists():
            if self.uploads.exists():
                self.uploads.rename(self.new_uploads)
            self.old_uploads.rename(self.uploads)


def url_to(url: str, before: object, after: str) -> str:
    """The same address with another database at its end."""
    rest, question, query = url.partition("?")
    return f"{rest.removesuffix(f'/{before}')}/{after}{question}{query}"
