"""Who uses the embedded database of a data folder: the first to come starts it, the last to leave stops it.

Every user holds the file `database.users` shared; who starts or stops holds `database.door` alone for as long as that
takes. The system frees both when a process dies, however it dies.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from buurtdraad.running.cluster import Cluster, Unreachable
from buurtdraad.running.home import Home


class Tenancy:
    """One user's stay."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.cluster: Cluster = home.cluster()
        self.users: IO = (home.folder / "database.users").open("a")

    def enter(self) -> Cluster:
        """The cluster, running. Raises `ClusterBroken`."""
        with self._door():
            try:
                self.cluster.start()
            except Unreachable:
                if not self._alone():
                    raise
                self.cluster.stop()
                self.cluster.start()
            fcntl.flock(self.users, fcntl.LOCK_SH)
        return self.cluster

    def leave(self, *, stop: bool = False) -> None:
        """Go; stop the database when nobody else uses it, or in any case with `stop` (the supervisor's)."""
        with self._door():
            if self._alone() or stop:
                self.cluster.stop()
            self.users.close()

    def _alone(self) -> bool:
        try:
            fcntl.flock(self.users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    @contextmanager
    def _door(self) -> Iterator[None]:
        with (self.home.folder / "database.door").open("a") as door:
            fcntl.flock(door, fcntl.LOCK_EX)
            yield
