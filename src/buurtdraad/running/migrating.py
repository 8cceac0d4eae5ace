"""Bringing the tables of the embedded database up to date, only when a migration is new."""

import importlib.metadata
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from buurtdraad.running import addresses
from buurtdraad.running.cluster import Cluster, ClusterBroken, last_line
from buurtdraad.running.home import PACKAGE, Home


def make_tables(home: Home, cluster: Cluster) -> None:
    """Run `migrate` where no migration ever ran; a command on an older database leaves it as it is. Raises `ClusterBroken`."""
    if not note(cluster).exists():
        bring_up_to_date(home, cluster)


def bring_up_to_date(home: Home, cluster: Cluster) -> None:
    """Run `migrate` as the owner unless these same migrations ran before. Raises `ClusterBroken`."""
    mark = fingerprint()
    if note(cluster).exists() and note(cluster).read_text() == mark:
        return
    print("Bringing the database up to date…", file=sys.stderr, flush=True)  # noqa: T201
    migrate(addresses.embedded(home, cluster, as_owner=True))
    note(cluster).write_text(mark)


def forget(cluster: Cluster) -> None:
    """A person changes the tables by hand: the next start looks again."""
    if note(cluster).exists():
        note(cluster).write_text("by hand")


def note(cluster: Cluster) -> Path:
    return cluster.folder / "migrated"


def migrate(environment: dict[str, str]) -> None:
    """Run `migrate` with these settings. Raises `ClusterBroken` with its last line."""
    ended = django("migrate", environment)
    if ended.returncode:
        raise ClusterBroken(f"The database could not be brought up to date: {last_line(ended.stderr)}")


def is_up_to_date(environment: dict[str, str]) -> bool:
    """Whether every migration has run. Raises `ClusterBroken` when that cannot be told."""
    ended = django("showmigrations", environment, "--plan")
    if ended.returncode:
        raise ClusterBroken(f"The database cannot be asked for its migrations: {last_line(ended.stderr)}")
    return "[ ]" not in ended.stdout


def django(command: str, environment: dict[str, str], *options: str) -> subprocess.CompletedProcess:
    """Run one of Django's own commands in a process of its own, that Ctrl-C does not reach."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "django", command, *options],
        env=addresses.merged(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        start_new_session=True,
    )


def fingerprint() -> str:
    """A text that changes when a migration of ours is added or changed, or a package that brings some."""
    digest = sha256()
    for file in sorted(PACKAGE.glob("*/migrations/*.py")):
        digest.update(f"{file.relative_to(PACKAGE)}\n".encode())
        digest.update(file.read_bytes())
    for package in ("django", "procrastinate"):
        digest.update(f"{package} {importlib.metadata.version(package)}\n".encode())
    return digest.hexdigest()
