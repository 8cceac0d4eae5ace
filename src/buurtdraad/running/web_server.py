"""granian with one listening socket for all web processes, so that a restart of each in turn answers everybody.

On Linux granian gives each process a socket of its own, and what waits in the queue of one that goes is lost. Here the queue belongs
to the parent: who comes while a process is replaced waits for the next one. On HUP the processes are replaced one by one. When the new
one has loaded the product, the old one turns away from the queue, so that nobody new comes in; a moment later, when all whom it had
let in have said what they want, it finishes what it began and goes. `running/tests/test_reload.py` holds it to that.
"""

import contextlib
import gc
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.synchronize import Event
from types import FrameType
from typing import Any

from granian.cli import entrypoint
from granian.net import SocketSpec
from granian.server import mp
from granian.server.common import load_target

# A new process that takes longer (seconds) to load than this is not waited for.
LONGEST_START = 120
# An old process goes on this long (seconds) after it let the last one in: it closes a connection on which nothing was said when it goes.
LAST_WORDS = 1
TURN_AWAY = signal.SIGUSR2


class WebServer(mp.MPServer):
    """The server of granian's command, with our socket and our patience."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.loaded = multiprocessing.Event()
        self.replacing = False

    def serve(self, spawn_target: Any = None, target_loader: Any = None, wrap_loader: bool = True) -> None:
        super().serve(spawn_target, partial(load, self.loaded, self.target), wrap_loader=False)

    def _init_shared_socket(self) -> None:
        shared: Any = SocketSpec(self.bind_addr, self.bind_port, self.backlog).build()
        self._shd = shared
        self._sso = socket.socket(fileno=shared.get_fd())
        self._sso.set_inheritable(True)

    def _reload(self, spawn_target: Any, target_loader: Any) -> None:
        self.replacing = True
        try:
            super()._reload(spawn_target, target_loader)
        finally:
            self.replacing = False

    def _spawn_worker(self, idx: int, target: Any, callback_loader: Any) -> mp.WorkerProcess:  # type: ignore[override]
        worker = super()._spawn_worker(idx, target, callback_loader)
        if self.replacing:
            worker.start = partial(self.start_and_wait, worker, worker.start)  # type: ignore[method-assign]
        worker.terminate = partial(self.end, worker, worker.terminate)  # type: ignore[method-assign]
        return worker

    def end(self, worker: mp.WorkerProcess, end: Callable[[], None]) -> None:
        """End a process: at once when all stops, and without cutting anybody off when another one takes its place."""
        if self.replacing and worker.is_alive():
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker.inner.pid, TURN_AWAY)
            time.sleep(LAST_WORDS)
        end()

    def start_and_wait(self, worker: mp.WorkerProcess, start: Callable[[], None]) -> None:
        """Start a process, and return once it has loaded the product (or died)."""
        self.loaded.clear()
        start()
        deadline = time.monotonic() + LONGEST_START
        while not self.loaded.wait(0.05) and worker.is_alive() and time.monotonic() < deadline:
            pass


def load(loaded: Event, target: str) -> Any:
    """The product, as it stands on disk now: a process is forked from a parent that may have been started with an older version."""
    from django.urls import get_resolver  # noqa: PLC0415 (the parent stays small)

    for name in [name for name in sys.modules if name.partition(".")[0] == "buurtdraad"]:
        del sys.modules[name]
    application = load_target(target)
    get_resolver().url_patterns  # noqa: B018 (every view is loaded now, and not while the first visitor waits)
    # What is loaded now stays: the collector of garbage need not look at it again and again (a twentieth of what a page costs).
    gc.collect()
    gc.freeze()
    signal.signal(TURN_AWAY, turn_away)
    loaded.set()
    return application


def turn_away(number: int, frame: FrameType | None) -> None:
    """Let nobody in any more, and go on with those who are in.

    The queue is shared and may not be closed, and the server has no call for this. So what it listens to is exchanged, under the same
    number (`dup2`), for a queue of this process alone, to which nobody comes.
    """
    nobody = socket.socket(socket.AF_UNIX)
    nobody.bind("")  # a name that the system makes up, without a file
    nobody.listen()
    nobody.setblocking(False)
    for file in listening():
        os.dup2(nobody.fileno(), file)
    nobody.close()


def listening() -> list[int]:
    """The numbers under which this process listens: the server keeps more than one of the same queue."""
    return [file for file in map(int, os.listdir("/proc/self/fd")) if listens(file)]


def listens(file: int) -> bool:
    try:
        looked_at = socket.socket(fileno=file)
    except OSError:  # no socket
        return False
    try:
        return bool(looked_at.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
    finally:
        looked_at.detach()


if __name__ == "__main__":
    import granian.cli

    granian.cli.Server = WebServer
    entrypoint()
