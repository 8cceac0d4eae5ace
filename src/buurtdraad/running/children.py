"""The processes that the supervisor keeps going: each in a session of its own, marked, restarted when it dies."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import psutil

MARK = "BUURTDRAAD_SUPERVISED"
# One that lived this long (seconds) was well; its next death starts the counting anew.
WELL_AFTER = 30
MOST_FAILURES = 5


class GaveUp(Exception):  # noqa: N818
    """A process kept failing; the message is for the person at the terminal."""


@dataclass
class Child:
    """One process of ours and the processes that it starts."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen | None = None
    started_at: float = 0
    failures: int = 0
    next_start: float = 0
    renewed: bool = False  # asked to stop, to be started again at once

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(self.command, env=self.environment, stdin=subprocess.DEVNULL, start_new_session=True)

    def tend(self) -> str | None:
        """Start it again when it died, after a pause that doubles. Returns a line to show, or None; raises `GaveUp`."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.next_start:
                self.start()
            return None
        if not self.has_died():
            return None
        self.kill()
        if self.renewed:
            self.renewed = False
            self.start()
            return None
        code, lived = self.process.returncode, now - self.started_at
        self.process = None
        self.failures = 1 if lived > WELL_AFTER else self.failures + 1
        if self.failures >= MOST_FAILURES:
            raise GaveUp(f"The {self.name} stopped {self.failures} times in a row (last exit code {code}); what it said stands above.")
        pause = 2 ** (self.failures - 1)
        self.next_start = now + pause
        return f"The {self.name} stopped (exit code {code}); starting it again in {pause} s."

    def has_died(self) -> bool:
        """Look without reaping: as long as we do not reap, its number is nobody else's."""
        assert self.process is not None
        if self.process.returncode is not None:
            return True
        try:
            return os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        except ChildProcessError:
            return True

    def ask_to_stop(self) -> None:
        if self.process is not None and not self.has_died():
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(signal.SIGTERM)

    def renew(self) -> None:
        """Let it finish, and start it again when it has."""
        self.renewed = True
        self.ask_to_stop()

    def take_on_new_code(self) -> set[int]:
        """Let the web server replace its processes one by one. Returns the numbers of those that go."""
        assert self.process is not None
        old = {child.pid for child in psutil.Process(self.process.pid).children()}
        self.process.send_signal(signal.SIGHUP)
        return old

    def kill(self) -> None:
        """End it and everything in its session, then reap it."""
        if self.process is None or self.process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def stop_marked(mark: str, *, patience: float = 10) -> int:
    """Stop what a supervisor that was killed left behind: every process with this mark. Returns how many there were."""
    left = [process for process in psutil.process_iter() if process.pid != os.getpid() and carries(process, mark)]
    for process in left:
        with contextlib.suppress(psutil.Error):
            process.terminate()
    _, stubborn = psutil.wait_procs(left, timeout=patience)
    for process in stubborn:
        with contextlib.suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(stubborn, timeout=5)
    return len(left)


def carries(process: psutil.Process, mark: str) -> bool:
    try:
        return process.environ().get(MARK) == mark
    except (psutil.Error, OSError):
        return False
