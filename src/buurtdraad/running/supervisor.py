"""`buurtdraad serve`: starts the database, the web server and the jobs worker, keeps them going, and stops all of them.

What it starts it owns: nothing is left after Ctrl-C, and what a `kill -9` left behind is stopped or joined at the next start.
"""

import fcntl
import http.client
import importlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from types import FrameType, ModuleType

import psutil

from buurtdraad.running import addresses
from buurtdraad.running.children import MARK, Child, GaveUp, stop_marked
from buurtdraad.running.cluster import ClusterBroken, last_line
from buurtdraad.running.databases import CityServer, Database, EmbeddedDatabase
from buurtdraad.running.demo.codes import printed
from buurtdraad.running.home import STOPPING, Home, find_home
from buurtdraad.running.metrics import FOLDER
from buurtdraad.running.reloading import note_outcome
from buurtdraad.running.telling import say, show
from buurtdraad.running.web_options import WEB_ENVIRONMENT, WEB_OPTIONS

# Seconds that web and worker get to finish what they are doing.
PATIENCE = 10
UNTIL_READY = 60


def serve(arguments: Sequence[str]) -> int:
    """Serve until INT or TERM. Returns the exit code; 0 too when this data folder is already served.

    Raises `ImproperlyConfigured` for nonsense in the environment and `ClusterBroken` for all else that prevents a start.
    """
    if arguments:
        raise ClusterBroken(
            f"serve takes no arguments and got {' '.join(arguments)}: settings come from the environment, such as PORT=9000."
        )
    if addresses.named("DATABASE_URL"):
        os.environ.pop("BUURTDRAAD_EMBEDDED", None)
    else:
        home = find_home()
        os.environ |= {"DEMO": home.demo(), "BUURTDRAAD_EMBEDDED": "1"}
    settings = addresses.read_settings()
    home = find_home()
    if settings.EMBEDDED_DATABASE:
        home.keep_demo(os.environ["DEMO"])
    address = f"http://{'localhost' if settings.HOST in {'0.0.0.0', '::'} else bracketed(settings.HOST)}:{settings.PORT}/"  # noqa: S104
    with (home.folder / "serving").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            show(f"Buurtdraad is served already: {address_in(lock)} (data folder {home.folder})")
            return 0
        lock.truncate(0)
        lock.write(f"{address} {os.getpid()}")
        lock.flush()
        try:
            return Supervisor(home, settings, address).run()
        finally:
            lock.truncate(0)


class Supervisor:
    """One run of everything, from start to stop."""

    def __init__(self, home: Home, settings: ModuleType, address: str) -> None:
        self.home, self.settings, self.address = home, settings, address
        self.database: Database = CityServer() if addresses.named("DATABASE_URL") else EmbeddedDatabase(home)
        self.children: list[Child] = []
        self.asked = 0  # how often we were asked to stop
        self.at_terminal = sys.stdin.isatty()
        self.reload_asked = False
        self.going: set[int] = set()  # web processes that a reload replaces

    def run(self) -> int:
        """Start, keep going, stop. Returns 0 when it was asked to stop, 1 when a process gave up."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop_asked)
        # To a program that was started at a terminal HUP says that the terminal is gone.
        signal.signal(signal.SIGHUP, self.stop_asked if self.at_terminal else self.reload_was_asked)
        signal.signal(signal.SIGUSR1, self.reload_was_asked)
        try:
            self.start()
            self.keep_going()
        except GaveUp as problem:
            say(str(problem))
            return 1
        finally:
            self.stop()
        return 0

    def stop_asked(self, number: int, frame: FrameType | None) -> None:
        self.asked += 1

    def reload_was_asked(self, number: int, frame: FrameType | None) -> None:
        self.reload_asked = True

    def start(self) -> None:
        """Each step looks first whether somebody asked to stop."""
        steps: list[Callable[[], None]] = [
            self.clear_what_was_left,
            self.claim_port,
            self.database.start,
            self.database.bring_up_to_date,
            self.load_demo,
            self.start_children,
            self.wait_until_ready,
            self.announce,
        ]
        for step in steps:
            if self.asked:
                return
            step()

    def clear_what_was_left(self) -> None:
        (self.home.folder / STOPPING).unlink(missing_ok=True)
        if stop_marked(self.home.mark()):
            say("Stopped what an earlier run had left behind.")

    def claim_port(self) -> None:
        """Say at once, before anything is started, when the port is not to be had."""
        host, port = self.settings.HOST, self.settings.PORT
        try:
            family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except OSError as problem:
            raise ClusterBroken(
                f"Port {port} of {host} cannot be used ({problem.strerror}). Stop what uses it, or take another: PORT={port + 1} ./run"
            ) from None

    def load_demo(self) -> None:
        """Fill an empty city with the example, when it is wanted and there is one."""
        if self.settings.DEMO and has_command("load_demo") and self.database.is_empty():
            say("Loading the example city (once)…")
            demo = Child("loading of the example city", python("django", "load_demo"), self.environment())
            self.children = [demo]
            demo.start()
            while not demo.has_died() and not self.asked:
                time.sleep(0.05)
            if not self.asked:
                demo.kill()
                assert demo.process is not None
                if demo.process.returncode:
                    raise GaveUp("The example city could not be loaded; the cause stands above. DEMO=0 ./run starts without it.")
            else:
                self.stop_children()
            self.children = []

    def start_children(self) -> None:
        environment = self.environment()
        if FOLDER in environment:
            shutil.rmtree(environment[FOLDER], ignore_errors=True)
            os.mkdir(environment[FOLDER], 0o700)
        self.children = [
            Child("web server", self.granian(), WEB_ENVIRONMENT | environment),
            Child(
                "jobs worker",
                python("django", "procrastinate", "worker", "--delete-jobs=successful", f"--shutdown-graceful-timeout={PATIENCE - 2}"),
                environment,
            ),
        ]
        for child in self.children:
            child.start()

    def environment(self) -> dict[str, str]:
        counted = {FOLDER: str(self.home.folder / "metrics")} if self.settings.METRICS_TOKEN else {}
        ours = {MARK: self.home.mark(), "PYTHONSAFEPATH": "1", "BUURTDRAAD_HOME": str(self.home.folder)}
        return addresses.merged(self.database.environment() | ours | counted)

    def granian(self) -> list[str]:
        # A worker that dies is replaced; one that hangs is not waited for.
        options = [
            *WEB_OPTIONS,
            "--respawn-failed-workers",
            "--respawn-interval",
            "0.5",
            "--workers-kill-timeout",
            str(PATIENCE - 2),
        ]
        where = ["--host", self.settings.HOST, "--port", str(self.settings.PORT), "--workers", str(self.settings.WEB_WORKERS)]
        return python("buurtdraad.running.web_server", *options, *where, "--log-level", "error", "buurtdraad.wsgi:application")

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + UNTIL_READY
        while not self.asked and not is_ready(self.settings):
            if time.monotonic() > deadline:
                raise GaveUp(f"The web server did not answer within {UNTIL_READY} seconds; what it said stands above.")
            self.tend_children()
            time.sleep(0.05)

    def announce(self) -> None:
        if self.asked:
            return
        show(f"Buurtdraad is at {self.address}")
        if self.settings.DEMO:
            show(f"This is an example city: open {self.address}demo/ and choose who you are.")
            show(f"Vote in it at {self.address}stemmen/ with one of these codes: {', '.join(printed())}")
        elif self.database.is_empty():
            show("The city is empty. Load its neighbourhoods with: ./run load_places FILE")
        show("Stop with Ctrl-C.")

    def keep_going(self) -> None:
        while not self.asked:
            if not self.database.is_running():
                say("The database stopped; starting everything again.")
                self.stop_children()
                self.database.start()
                self.start_children()
            self.tend_children()
            self.tend_reload()
            time.sleep(0.2)

    def tend_reload(self) -> None:
        """Begin a reload that was asked for, and say when the last web process of before is gone."""
        if self.going:
            self.going = {number for number in self.going if psutil.pid_exists(number)}
            if not self.going:
                self.tell_of_reload("Reloaded: web processes and jobs worker run the code of now.", went=True)
        elif self.reload_asked:
            self.reload_asked = False
            self.reload()

    def reload(self) -> None:
        """Let web processes and worker take on the code as it is now, one by one. When it cannot start, all stays as it is."""
        web, worker = self.children
        if web.process is None or web.has_died():
            return self.tell_of_reload("Not reloaded: the web server is being started.", went=False)
        tried = subprocess.run(python_line("import buurtdraad.wsgi"), env=self.environment(), capture_output=True, text=True)
        if tried.returncode:
            return self.tell_of_reload(f"Not reloaded, the new code does not start: {last_line(tried.stderr)}", went=False)
        try:
            self.database.bring_up_to_date()
        except ClusterBroken as problem:
            return self.tell_of_reload(f"Not reloaded: {problem}", went=False)
        worker.renew()
        self.going = web.take_on_new_code()
        return None

    def tell_of_reload(self, text: str, *, went: bool) -> None:
        say(text)
        note_outcome(self.home, text, went=went)

    def tend_children(self) -> None:
        for child in self.children:
            if line := child.tend():
                say(line)

    def stop(self) -> None:
        """Everything in reverse order, the database last. A second Ctrl-C stops the waiting, never the stopping."""
        if self.children:
            say("Stopping…")
        (self.home.folder / STOPPING).touch()
        self.drain()
        self.stop_children()
        self.database.stop()
        (self.home.folder / STOPPING).unlink(missing_ok=True)

    def drain(self) -> None:
        """Go on answering for a while in which `/readyz` says that we stop, so that a balancer sends nobody here any more."""
        asked = self.asked
        deadline = time.monotonic() + self.settings.DRAIN_SECONDS
        while self.children and self.asked == asked == 1 and time.monotonic() < deadline:
            time.sleep(0.05)

    def stop_children(self) -> None:
        asked = self.asked
        deadline = time.monotonic() + PATIENCE
        for child in reversed(self.children):
            child.ask_to_stop()
        running = list(self.children)
        while running and time.monotonic() < deadline and self.asked == asked:
            running = [child for child in running if child.process is not None and not child.has_died()]
            time.sleep(0.02)
        for child in self.children:
            child.kill()
        self.children = []


def python(*words: str) -> list[str]:
    """A Python program of ours; `-P` so that files where the person stands are never taken for packages."""
    return [sys.executable, "-P", "-m", *words]


def python_line(line: str) -> list[str]:
    return [sys.executable, "-P", "-c", line]


def has_command(name: str) -> bool:
    return importlib.util.find_spec(f"buurtdraad.running.management.commands.{name}") is not None


def is_ready(settings: ModuleType) -> bool:
    """Whether the web server answers and its database too."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.HOST, settings.HOST)  # noqa: S104
    known = next((name.lstrip(".") for name in settings.ALLOWED_HOSTS if name != "*"), host)
    connection = http.client.HTTPConnection(host, settings.PORT, timeout=5)
    try:
        connection.request("GET", "/readyz", headers={"Host": known})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def address_in(lock) -> str:
    """Where the other one serves; it writes that just after it took the lock."""
    for _ in range(50):
        lock.seek(0)
        if told := lock.read().split():
            return told[0]
        time.sleep(0.1)
    return "its address is not known yet"


def bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
