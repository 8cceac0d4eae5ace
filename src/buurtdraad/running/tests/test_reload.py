"""New code without a missed answer, and a stop that a balancer sees coming."""

import contextlib
import http.client
import os
import signal
import threading
import time

import psutil
import pytest

from buurtdraad.lib.tests.waiting import PATIENCE, until
from buurtdraad.running.web_server import TURN_AWAY


class Visitor(threading.Thread):
    """Asks for a page again and again, each time over a new connection that is silent at first, and keeps what went wrong."""

    def __init__(self, port, path):
        super().__init__(daemon=True)
        self.port, self.path = port, path
        self.enough = threading.Event()
        self.answers, self.failures = 0, []

    def run(self):
        while not self.enough.is_set():
            try:
                status, _ = asked(self.port, self.path, thinking=0.002)
                if status != 200:
                    self.failures.append(status)
            except (OSError, http.client.HTTPException) as problem:
                self.failures.append(repr(problem))
            self.answers += 1

    def stop(self):
        self.enough.set()
        self.join()


def asked(port, path, *, thinking=0, **headers):
    """Status and text of one answer; `thinking` is how long (seconds) the connection is silent."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.connect()
        time.sleep(thinking)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def status_of(connection):
    with connection.getresponse() as answer:
        answer.read()
        return answer.status


def callers(process):
    """Who is let in by a process: addresses of the other ends."""
    return {tuple(each.raddr) for each in process.net_connections("tcp")}


def web_processes(folder):
    return {process.pid for process in folder.processes("web_server")}


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_who_asks_during_a_reload_gets_every_answer(folder, workers):
    run = folder.serve(WEB_WORKERS=workers).ready()
    before, worker = web_processes(folder), folder.processes("procrastinate worker")
    visitors = [Visitor(run.port, path) for path in ("/readyz", "/healthz", "/readyz", "/")]
    for visitor in visitors:
        visitor.start()
    if workers == 1:
        reloaded = folder.command("reload")
        assert reloaded.returncode == 0, reloaded.stderr
        assert "Reloaded" in reloaded.stdout
    else:
        run.process.send_signal(signal.SIGHUP)
        until(lambda: "Reloaded" in run.output)
    until(lambda: folder.processes("procrastinate worker") and folder.processes("procrastinate worker") != worker)
    for visitor in visitors:
        visitor.stop()
    assert [visitor.failures for visitor in visitors] == [[], [], [], []]
    assert min(visitor.answers for visitor in visitors) > 20
    after = web_processes(folder)
    assert len(before & after) == 1, "the parent stays, everybody else is new"
    assert len(after) == len(before)
    assert "stopped (exit code" not in run.output


@pytest.mark.slow
def test_a_process_that_leaves_answers_whom_it_let_in_and_lets_nobody_new_in(folder):
    run = folder.serve(WEB_WORKERS=1).ready()
    web = max((psutil.Process(number) for number in web_processes(folder)), key=lambda process: process.create_time())
    early, late = (http.client.HTTPConnection("127.0.0.1", run.port, timeout=PATIENCE) for _ in range(2))
    with contextlib.closing(early), contextlib.closing(late):
        early.connect()
        until(lambda: early.sock.getsockname() in callers(web))
        web.send_signal(TURN_AWAY)
        until(lambda: psutil.CONN_LISTEN not in {each.status for each in web.net_connections("tcp")})
        late.request("GET", "/healthz")
        early.request("GET", "/healthz")
        assert status_of(early) == 200
        assert late.sock.getsockname() not in callers(web), "it waits"
        assert folder.command("reload").returncode == 0
        assert status_of(late) == 200, "the next process answers"


@pytest.mark.slow
def test_a_new_version_that_does_not_start_replaces_nothing(folder):
    theme = folder.path / "token"
    theme.write_text("a-token-of-twenty-characters")
    run = folder.serve(METRICS_TOKEN_FILE=theme).ready()
    before = web_processes(folder)
    theme.write_text("short")
    asked = folder.command("reload")
    assert asked.returncode == 1
    assert "Not reloaded" in asked.stdout
    assert run.answers()
    assert web_processes(folder) == before


def test_without_a_server_there_is_nothing_to_reload(empty_folder):
    asked = empty_folder.command("reload")
    assert asked.returncode == 1
    assert "Nothing is served" in asked.stderr


@pytest.mark.slow
def test_before_it_stops_it_says_so_and_goes_on_answering(folder):
    run = folder.serve(DRAIN_SECONDS=300).ready()
    run.process.send_signal(signal.SIGTERM)
    until(lambda: asked(run.port, "/readyz") == (503, "stopping\n"))
    assert run.get("/healthz") == 200
    run.process.send_signal(signal.SIGTERM)
    assert run.process.wait(timeout=290) == 0, "who asks twice need not wait"
    assert not (folder.path / "stopping").exists()
    assert os.listdir(folder.path)


@pytest.mark.slow
def test_web_processes_count_together_and_say_how_much_memory_each_has(folder):
    token = "a-token-of-twenty-characters"
    run = folder.serve(WEB_WORKERS=2, METRICS_TOKEN=token, LOG_FORMAT="json").ready()
    for _ in range(20):
        run.get("/healthz")
    line = 'buurtdraad_request_seconds_count{method="GET",status="2xx",view="buurtdraad.running.views.healthz"} '
    for _ in range(4):  # whichever process is asked
        _, told = asked(run.port, "/metrics", Authorization=f"Bearer {token}")
        assert f"{line}20.0" in told
    assert 'buurtdraad_process_memory_bytes{number="1",process="worker"}' in told
    assert 'buurtdraad_process_memory_bytes{number="3",process="web"}' in told
