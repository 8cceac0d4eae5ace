"""Hearing what `audit.actions.record` touches, in whichever process it was recorded: PostgreSQL's LISTEN.

One thread and one connection per process. LISTEN needs a connection of its own: a pooler that hands out
connections per transaction (pgbouncer in that mode) cannot carry it; then nothing is heard and nothing is cached.
"""

import logging
import threading
from collections.abc import Collection
from typing import Protocol

import psycopg
from django.db import connections

from buurtdraad.audit.actions import CHANNEL

log = logging.getLogger(__name__)

# Seconds: between two looks whether the connection still lives, and until it is tried again (doubled up to the longest).
HEARTBEAT, FIRST_PAUSE, LONGEST_PAUSE = 1.0, 0.2, 10.0
# A network that swallows everything is noticed within these times, not after the hours of the system's default.
KEEPALIVE = {"connect_timeout": 5, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 2, "tcp_user_timeout": 5000}


class Hearer(Protocol):
    """Who wants to know."""

    def hears(self) -> None:
        """Every change from now on will be told."""

    def touched(self, codes: Collection[str]) -> None:
        """These codes changed; `*` stands for all."""

    def lost(self) -> None:
        """Changes may be missed from now on."""


class Listener(threading.Thread):
    """Tells a hearer what is touched, and connects again, for as long as the process lives or until `stop`."""

    def __init__(self, hearer: Hearer) -> None:
        super().__init__(name="listener", daemon=True)
        self.hearer = hearer
        self.stopping = threading.Event()
        self.pause = FIRST_PAUSE

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                with psycopg.connect(**address(), autocommit=True) as connection:
                    self._listen(connection)
            except psycopg.Error as problem:
                log.warning("no changes are heard, so no page is kept, until the database answers: %s", str(problem).strip())
            except Exception:
                log.exception("no changes are heard, so no page is kept")
            finally:
                self.hearer.lost()
            self.stopping.wait(self.pause)
            self.pause = min(self.pause * 2, LONGEST_PAUSE)

    def stop(self) -> None:
        """End the thread and its connection; returns when both are gone."""
        self.stopping.set()
        self.join()

    def _listen(self, connection: psycopg.Connection) -> None:
        connection.execute(f"LISTEN {CHANNEL}")
        self.hearer.hears()
        self.pause = FIRST_PAUSE
        while not self.stopping.is_set():
            for note in connection.notifies(timeout=HEARTBEAT):
                self.hearer.touched(note.payload.split())
            connection.execute("SELECT 1")


def tell_changes(hearer: Hearer) -> Listener:
    """Start to tell this hearer what is touched, in a thread of this process."""
    listener = Listener(hearer)
    listener.start()
    return listener


def address() -> dict:
    """Where Django's database is, as arguments of `psycopg.connect`."""
    parameters = connections["default"].get_connection_params()
    unfit = ("cursor_factory", "context", "prepare_threshold")
    return KEEPALIVE | {name: value for name, value in parameters.items() if name not in unfit}
