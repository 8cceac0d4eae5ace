"""`./run reload`: asks the supervisor of this data folder to take on the code of now, and tells what came of it."""

import fcntl
import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from buurtdraad.running.cluster import ClusterBroken
from buurtdraad.running.home import Home, find_home
from buurtdraad.running.telling import show

PATIENCE = 300  # seconds


def reload(arguments: Sequence[str]) -> int:
    """Ask, wait, tell. Returns 0 when it was reloaded. Raises `ClusterBroken` when nothing is served."""
    if arguments:
        raise ClusterBroken(f"reload takes no arguments and got {' '.join(arguments)}.")
    home = find_home()
    outcome(home).unlink(missing_ok=True)
    os.kill(supervisor(home), signal.SIGUSR1)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if outcome(home).exists():
            went, _, text = outcome(home).read_text().partition(" ")
            show(text)
            return 0 if went == "yes" else 1
        time.sleep(0.1)
    raise ClusterBroken(f"The server was asked to reload and did not say in {PATIENCE} seconds that it did: look in its log.")


def supervisor(home: Home) -> int:
    """Number of the process that serves this data folder. Raises `ClusterBroken` when there is none."""
    told = (home.folder / "serving").read_text().split() if is_served(home) else []
    if len(told) < 2:
        raise ClusterBroken(f"Nothing is served from the data folder {home.folder}. Start it with: ./run")
    return int(told[1])


def is_served(home: Home) -> bool:
    """Whether a supervisor works for this data folder: it holds the lock for as long as it lives."""
    with (home.folder / "serving").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def note_outcome(home: Home, text: str, *, went: bool) -> None:
    """The supervisor's answer, for whoever asked."""
    fresh = outcome(home).with_suffix(".new")
    fresh.write_text(f"{'yes' if went else 'no'} {text}")
    fresh.rename(outcome(home))


def outcome(home: Home) -> Path:
    return home.folder / "reload"
