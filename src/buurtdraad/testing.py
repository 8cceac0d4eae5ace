"""The database that tests run on: a cluster in a short temporary folder, made at the start, gone at the end.

A pytest plugin (`-p buurtdraad.testing` in pyproject.toml), loaded before pytest-django reads the settings.
The workers of xdist inherit the address of the cluster from the environment.

All migrations take half a minute. They run once, in the city's database of a cluster that is kept in `.pytest_cache` by a fingerprint
of the migrations. The next run begins with a copy of it, and so does each test that starts the product (`begin_with_tables`).
The databases of the tests are copied from a second one, `prepared`, that nobody works in.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from buurtdraad.running.cluster import DATABASE, FORGETFUL, OWNER, Cluster
from buurtdraad.running.home import PACKAGE
from buurtdraad.running.migrating import fingerprint, migrate, note

if TYPE_CHECKING:  # who makes a migration imports no pytest (below)
    import pytest

PREPARED = "prepared"
_cluster: Cluster | None = None


def _kept() -> Path:
    """The kept cluster of these migrations and grants."""
    made_by = (PACKAGE / "running/roles.py").read_bytes() + Path(__file__).read_bytes()
    mark = sha256(fingerprint().encode() + made_by).hexdigest()[:16]
    return PACKAGE.parents[1] / ".pytest_cache" / f"cluster-{mark}"


def begin_with_tables(folder: Path) -> bool:
    """Put a stopped cluster in this folder, empty till now, in whose database all migrations ran already.

    Whether that succeeded: where nothing is kept or it cannot be copied, the folder stays empty and the cluster is made as always.
    """
    folder.mkdir(parents=True, exist_ok=True)
    copied = note(Cluster(_kept())).exists() and _copy(_kept(), folder)
    if not copied:
        shutil.rmtree(folder)
        folder.mkdir()
    folder.chmod(0o711 if os.geteuid() == 0 else 0o700)  # as a cluster is made: PostgreSQL's account passes through
    return copied


def _copy(of: Path, to: Path) -> bool:
    """Copy a stopped cluster with its owners and rights; whether that succeeded."""
    return subprocess.run(["cp", "-a", f"{of}/.", to], stderr=subprocess.DEVNULL).returncode == 0


def _start() -> None:
    assert _cluster is not None
    _cluster.start()
    os.environ["DATABASE_URL"] = _cluster.url(OWNER)


def _prepare() -> None:
    """Have all tables in the city's database, and in one to copy from."""
    assert _cluster is not None
    migrate({"DATABASE_URL": _cluster.url(OWNER), "DJANGO_SETTINGS_MODULE": "buurtdraad.settings", "SECRET_KEY": "x" * 50})
    with psycopg.connect(_cluster.url(OWNER, "postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {PREPARED} TEMPLATE {DATABASE}")
    note(_cluster).write_text(fingerprint())
    _cluster.stop()
    _keep(_cluster.folder)
    _start()


def _keep(stopped: Path) -> None:
    """Keep a copy for the next run, in place of the older ones. Where that cannot be, the next run makes its own."""
    kept = _kept()
    shutil.rmtree(kept.with_suffix(".new"), ignore_errors=True)
    kept.with_suffix(".new").mkdir(parents=True, mode=0o700)
    if not _copy(stopped, kept.with_suffix(".new")):
        return
    for older in kept.parent.glob("cluster-*"):
        if older != kept.with_suffix(".new"):
            shutil.rmtree(older, ignore_errors=True)
    kept.with_suffix(".new").rename(kept)


# Some machines keep no bytecode. The tests start the product a hundred times, which takes half as long again without.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
if "PYTEST_XDIST_WORKER" not in os.environ:
    folder = Path(tempfile.mkdtemp(prefix="bd-test-", dir="/tmp"))
    begin_with_tables(folder)
    _cluster = Cluster(folder, options=FORGETFUL)
    _start()
    # Only tests need it: who makes a migration has none to run yet.
    if "pytest" in sys.modules and not note(_cluster).exists():
        _prepare()
    for name in ("DEMO", "SECRET_KEY", "BUURTDRAAD_EMBEDDED"):
        os.environ.pop(name, None)
os.environ["DJANGO_SETTINGS_MODULE"] = "buurtdraad.settings"


def pytest_runtest_logreport(report: "pytest.TestReport") -> None:
    """Name what fails at once: a run that is cut off has told it then."""
    if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        sys.stderr.write(f"\nFAILED {report.nodeid} ({report.when})\n{report.longreprtext[-2000:]}\n")


def pytest_unconfigure() -> None:
    """Stop the cluster and remove its folder."""
    if _cluster is not None:
        _cluster.stop()
        shutil.rmtree(_cluster.folder, ignore_errors=True)
