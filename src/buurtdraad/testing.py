"""The database that tests run on: a cluster in a short temporary folder, made at the start, gone at the end.

A pytest plugin (`-p buurtdraad.testing` in pyproject.toml), loaded before pytest-django reads the settings.
The workers of xdist inherit the address of the cluster from the environment.
"""

import os
import shutil
import tempfile
from pathlib import Path

from buurtdraad.running.cluster import FORGETFUL, OWNER, Cluster, system_account

_cluster: Cluster | None = None

if "PYTEST_XDIST_WORKER" not in os.environ:
    folder = Path(tempfile.mkdtemp(prefix="bd-test-", dir="/tmp"))
    if system_account():
        folder.chmod(0o755)  # the passwords in it stay private
    _cluster = Cluster(folder, options=FORGETFUL)
    _cluster.start()
    os.environ["DATABASE_URL"] = _cluster.url(OWNER)
    for name in ("DEMO", "SECRET_KEY", "BUURTDRAAD_EMBEDDED"):
        os.environ.pop(name, None)
os.environ["DJANGO_SETTINGS_MODULE"] = "buurtdraad.settings"


def pytest_unconfigure() -> None:
    """Stop the cluster and remove its folder."""
    if _cluster is not None:
        _cluster.stop()
        shutil.rmtree(_cluster.folder, ignore_errors=True)
