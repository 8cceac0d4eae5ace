import http.client
import os
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.utils import timezone

from buurtdraad.audit.actions import record
from buurtdraad.audit.listening import Listener, address, tell_changes
from buurtdraad.lib.page_cache.addresses import around
from buurtdraad.lib.tests.asking import ask
from buurtdraad.lib.tests.waiting import PATIENCE, until

pytestmark = pytest.mark.django_db(transaction=True)

LISTENERS = "SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN%' OR query = 'SELECT 1'"


class Diary:
    """Writes down what it is told."""

    def __init__(self):
        self.told = []

    def hears(self):
        self.told.append("hears")

    def touched(self, codes):
        self.told.append(sorted(codes))

    def lost(self):
        self.told.append("lost")


def tell(*codes):
    record("area.loaded", room="places", thing="area:1", by=None, at=timezone.now(), touches=codes)


@pytest.fixture
def diary():
    """A diary whose listener hears, and ends with the test."""
    diary = Diary()
    listener = tell_changes(diary)
    until(lambda: diary.told == ["hears"])
    yield diary
    listener.stop()
    assert diary.told[-1] == "lost"


def cut_listeners():
    """End the connections that listen, as a database that restarts does."""
    with psycopg.connect(**address(), autocommit=True) as other:
        mine = [pid for (pid,) in other.execute(LISTENERS).fetchall() if pid != other.info.backend_pid]
        for pid in mine:
            other.execute("SELECT pg_terminate_backend(%s)", [pid])


def test_what_a_deed_touches_is_heard(diary):
    tell("GM0344", "BU03440241")
    until(lambda: diary.told[1:] == [["BU03440241", "GM0344"]])


def test_nothing_is_heard_of_what_was_rolled_back(diary):
    with transaction.atomic():
        tell("BU1")
        transaction.set_rollback(True)
    tell("BU2")
    until(lambda: len(diary.told) > 1)
    assert diary.told[1:] == [["BU2"]]


def test_more_codes_than_one_note_holds_are_all_heard(diary):
    codes = [f"BU{number:08}" for number in range(1200)]
    tell(*codes)
    until(lambda: sorted(code for told in diary.told[1:] for code in told) == codes)


def test_a_lost_connection_is_told_and_made_again(diary):
    cut_listeners()
    until(lambda: diary.told == ["hears", "lost", "hears"])
    tell("BU1")
    until(lambda: diary.told[3:] == [["BU1"]])


def test_a_database_that_cannot_be_reached_is_tried_again_ever_later(monkeypatch):
    monkeypatch.setattr("buurtdraad.audit.listening.address", lambda: {"host": "/nowhere"})
    diary = Diary()
    listener = Listener(diary)
    listener.start()
    until(lambda: len(diary.told) > 1)
    listener.stop()
    assert set(diary.told) == {"lost"}
    assert listener.pause > 0.4


@pytest.fixture
def cache(settings):
    """The page cache with its real listener around the page that counts events."""
    settings.ROOT_URLCONF = "buurtdraad.audit.tests.served"
    listeners = []
    cache = around(WSGIHandler(), watch=lambda shelf: listeners.append(tell_changes(shelf)))
    ask(cache, "/hoeveel/BU1/")
    until(lambda: cache.shelf.listening)
    yield cache
    for listener in listeners:
        listener.stop()
    connection.close()


def test_a_recorded_deed_drops_the_pages_of_the_places_it_touches(cache):
    one, other = ask(cache, "/hoeveel/BU1/"), ask(cache, "/hoeveel/BU2/")
    assert ask(cache, "/hoeveel/BU1/") == one
    tell("BU1", "GM1")
    until(lambda: ask(cache, "/hoeveel/BU1/") != one)
    assert ask(cache, "/hoeveel/BU2/") == other
    tell("*")
    until(lambda: ask(cache, "/hoeveel/BU2/") != other)


def test_a_lost_listener_drops_all(cache):
    one = ask(cache, "/hoeveel/BU1/")
    cut_listeners()
    until(lambda: ask(cache, "/hoeveel/BU1/") != one)
    until(lambda: cache.shelf.listening)
    assert ask(cache, "/hoeveel/BU1/") == ask(cache, "/hoeveel/BU1/")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(port, path="/hoeveel/BU1/"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    except OSError:
        return ""
    finally:
        connection.close()


@pytest.fixture
def two_servers(tmp_path):
    """Ports of two granian servers, each with a worker process and a cache of its own."""
    name = connection.settings_dict["NAME"]
    environment = os.environ | {
        "DATABASE_URL": os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{name}",
        "SECRET_KEY": "x" * 50,
        "BUURTDRAAD_TEST_SERVED": "1",
        "PYTHONPATH": str(Path(__file__).parents[3]),
    }
    ports, servers = [free_port(), free_port()], []
    for port in ports:
        log = (tmp_path / f"{port}.log").open("w")
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "buurtdraad.audit.tests.served:application"]
        servers.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=tmp_path))
        log.close()
    try:
        for port in ports:
            until(lambda port=port: get(port))
        yield ports
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            server.wait(timeout=PATIENCE)


def test_a_change_is_heard_in_every_process(two_servers):
    def kept(port):
        return get(port) == get(port)

    for port in two_servers:
        until(lambda port=port: kept(port))
    before = [get(port) for port in two_servers]
    assert before[0].split()[1] != before[1].split()[1]
    tell("BU1")
    until(lambda: all(get(port).startswith("1 ") for port in two_servers))
