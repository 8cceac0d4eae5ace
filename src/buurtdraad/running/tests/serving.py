"""Starting the product as a person does, in a data folder of the test's own, and looking at what it leaves."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

import psutil

from buurtdraad import testing
from buurtdraad.lib.tests.waiting import PATIENCE, until
from buurtdraad.running.home import Home

ROOT = Path(__file__).resolve().parents[4]
BUURTDRAAD = [sys.executable, "-P", "-m", "buurtdraad"]
# The tests' own settings would lead what we start to the tests' database.
OURS = re.compile(r"^(BUURTDRAAD_(?!SHARED)|DATABASE_|SECRET_KEY|DEMO$|PORT$|HOST$|DJANGO_|PYTEST_|COV_)")


def environment(home=None, **settings):
    kept = {name: value for name, value in os.environ.items() if not OURS.match(name)}
    if home:
        kept["BUURTDRAAD_HOME"] = str(home)
    return kept | {name: str(value) for name, value in settings.items()}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(command, **facts):
    """Start a program that hears Ctrl-C: where a shell started pytest in the background it is ignored, which is inherited."""
    return subprocess.Popen(command, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL), **facts)  # noqa: PLW1509


class Folder:
    """A data folder that is gone after the test, with what it has elsewhere and whatever still runs for it.

    Its database has all tables and no rows already, unless it is to be `empty`.
    """

    def __init__(self, *, empty=False):
        self.path = Path(tempfile.mkdtemp(prefix="bd-home-", dir="/tmp"))
        self.started = []
        if not empty:
            testing.begin_with_tables(Home(self.path).cluster().folder)

    def command(self, *words, **settings):
        return subprocess.run(
            [*BUURTDRAAD, *words],
            env=environment(self.path, **settings),
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=PATIENCE,
        )

    def begin(self, *words):
        """Start a command and go on; what it says on stdout is a pipe."""
        return start([*BUURTDRAAD, *words], env=environment(self.path), stdout=subprocess.PIPE, text=True)

    def serve(self, command=(*BUURTDRAAD, "serve"), **settings):
        run = Run(self, command, settings)
        self.started.append(run)
        return run

    @property
    def database(self):
        return (self.path / "database").resolve()

    def processes(self, word=""):
        """Everything that works for this folder and has this on its command line."""
        return [process for process in psutil.process_iter() if works_for(process, self, word)]

    def remove(self):
        for process in self.processes():
            process.kill()
        for run in self.started:
            run.process.wait(timeout=PATIENCE)
            run.said.unlink()
        note = self.database / "socket"
        if note.exists():
            shutil.rmtree(note.read_text(), ignore_errors=True)
        shutil.rmtree(self.database, ignore_errors=True)
        shutil.rmtree(self.path, ignore_errors=True)


class Run:
    """One start of the supervisor."""

    def __init__(self, folder, command, settings):
        self.port = settings.setdefault("PORT", free_port())
        settings.setdefault("WEB_WORKERS", 1)
        settings.setdefault("DEMO", 0)
        handle, name = tempfile.mkstemp(prefix="bd-said-", dir="/tmp")
        self.said = Path(name)
        self.process = start(list(command), env=environment(folder.path, **settings), stdout=handle, stderr=handle)
        os.close(handle)

    @property
    def output(self):
        return self.said.read_text()

    def ready(self):
        """Wait until it has told its address."""

        def told():
            assert self.process.poll() is None, self.output
            return "Stop with Ctrl-C" in self.output

        until(told)
        return self

    def get(self, path="/readyz"):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60) as answer:
            return answer.status

    def answers(self):
        try:
            return self.get() == 200
        except OSError:
            return False


def works_for(process, folder, word):
    """By what it carries in its environment, or by the place of its data."""
    try:
        line = " ".join(process.cmdline())
        if process.pid == os.getpid() or process.status() == psutil.STATUS_ZOMBIE or word not in line:
            return False
        return f"{folder.database}/pgdata" in line or process.environ().get("BUURTDRAAD_HOME") == str(folder.path)
    except (psutil.Error, OSError):
        return False
