"""A throw-away copy of the product: its own cluster, data and web processes, in a temporary folder."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psycopg
from psycopg import sql

from buurtdraad.running.bench.processes import tree
from buurtdraad.running.cluster import APP, DATABASE, OWNER, Cluster, last_line, system_account
from buurtdraad.running.migrating import is_up_to_date
from buurtdraad.running.web_options import WEB_ENVIRONMENT, WEB_OPTIONS

PACKAGE_ROOT = Path(__file__).parents[3]
START_SECONDS = 180  # of a machine that does other things too
TABLES = "tables"


@dataclass
class Ended:
    """A command that was run: how it ended and what it used."""

    code: int
    output: str
    problem: str
    seconds: float
    cpu_seconds: float
    peak_bytes: int


@dataclass
class Server:
    """A granian that answers on this port."""

    port: int
    pid: int

    @property
    def processes(self) -> list[int]:
        return tree(self.pid)

    @property
    def workers(self) -> list[int]:
        return self.processes[1:]


class Product:
    """The copy. Use as `with Product() as product`: at the end nothing of it is left.

    `cluster` is the folder of a stopped database to work in, which stays its maker's to remove; without it one is made.
    `kept`: the uploads and keys of the copy stand in that folder too, for the next time.
    """

    def __init__(self, cluster: Path | None = None, *, kept: bool = False) -> None:
        self.given = cluster.resolve() if cluster else None
        self.kept = kept and cluster is not None

    def __enter__(self) -> "Product":
        self.folder = Path(tempfile.mkdtemp(prefix="bd-bench-", dir="/tmp"))
        if system_account():
            self.folder.chmod(0o755)  # the passwords in it stay private
        self.home = self.given / "home" if self.kept and self.given else self.folder / "home"
        self.home.mkdir(parents=True, exist_ok=True, mode=0o711)  # the demo city keeps uploads in it
        if self.given:
            self.given.chmod(0o711)
        self.cluster = Cluster(self.given or self.folder / "cluster")
        try:
            self.cluster.start()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.cluster.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self, *, role: str = APP, database: str = DATABASE) -> dict[str, str]:
        """Settings of the copy: never those of the city that this machine serves."""
        ours = {"DATABASE_URL", "DATABASE_OWNER_URL", "CACHE_URL", "SECRET_KEY_FILE", "ALLOWED_HOSTS", "HTTPS", "CITY_CODE", "DEMO"}
        return {name: value for name, value in os.environ.items() if name not in ours} | {
            "DATABASE_URL": self.cluster.url(role, database),
            "DATABASE_OWNER_URL": self.cluster.url(OWNER, database),
            "BUURTDRAAD_EMBEDDED": "1",
            "BUURTDRAAD_HOME": str(self.home),
            "SECRET_KEY": "only for the minutes of this bench, nobody else gets here",
            "DEMO": "1",
            "HOST": "127.0.0.1",
            "TRUSTED_PROXIES": "127.0.0.1",  # so that the bench may be many visitors
            "DJANGO_SETTINGS_MODULE": "buurtdraad.settings",
            "PYTHONPATH": str(PACKAGE_ROOT),
        }

    def migrate(self) -> None:
        """Have all tables, and keep a database with nothing but tables. Raises `RuntimeError`."""
        self.bring_up_to_date(DATABASE)
        self._copy_database(DATABASE, TABLES)

    def bring_up_to_date(self, database: str) -> None:
        """Migrate one database, where it has to be. Raises `RuntimeError`."""
        if (
            not is_up_to_date(self.environment(role=OWNER, database=database))
            and (migrated := self.run("migrate", role=OWNER, database=database)).code
        ):
            raise RuntimeError(f"the copy could not be migrated: {migrated.problem}")

    def make_database(self, name: str) -> None:
        """One more database in the cluster, migrated and empty."""
        self._copy_database(TABLES, name)

    def databases(self) -> set[str]:
        """Every database of the cluster."""
        with psycopg.connect(self.cluster.url(OWNER, "postgres")) as connection:
            return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}

    def _copy_database(self, source: str, name: str) -> None:
        self.at_server("CREATE DATABASE {} TEMPLATE {}", name, source)

    def at_server(self, order: str, *names: str) -> None:
        """Make, rename or drop a database: `order` with its names."""
        with psycopg.connect(self.cluster.url(OWNER, "postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(order).format(*map(sql.Identifier, names)))

    def run(self, *command: str | Path, role: str = APP, database: str = DATABASE) -> Ended:
        """Run a management command on the copy, in a process of its own."""
        out, err = self.folder / "out", self.folder / "err"
        began = time.monotonic()
        with out.open("w") as stdout, err.open("w") as stderr:
            process = subprocess.Popen(
                [sys.executable, "-m", "django", *map(str, command)],
                env=self.environment(role=role, database=database),
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
            )
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        return Ended(
            code=process.returncode,
            output=out.read_text(),
            problem=last_line(err.read_text()),
            seconds=time.monotonic() - began,
            cpu_seconds=used.ru_utime + used.ru_stime,
            peak_bytes=used.ru_maxrss * 1024,
        )

    @contextmanager
    def serve(
        self,
        application: str,
        *,
        workers: int = 1,
        ready: str = "/readyz",
        options: Sequence[str] = (),
        database: str = DATABASE,
        **settings: str,
    ) -> Iterator[Server]:
        """Serve a WSGI application as the product is served, until the end of the block; it has answered 200 on `ready`."""
        port = free_port()
        where = ("--port", str(port), "--workers", str(workers))
        log = self.folder / f"granian-{port}.log"
        with log.open("w") as file:
            server = [sys.executable, "-m", "buurtdraad.running.web_server"]
            process = subprocess.Popen(
                [*server, *WEB_OPTIONS, "--log-level", "warning", *options, *where, application],
                env=WEB_ENVIRONMENT | self.environment(database=database) | settings,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
            )
        try:
            wait_until_ready(port, ready, process, log)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until_ready(port: int, path: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.05)
    raise RuntimeError(f"the server did not answer on {path}: {last_line(log.read_text())}")


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
