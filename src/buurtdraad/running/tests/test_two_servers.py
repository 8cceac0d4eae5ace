"""Two web processes of their own before one database, as a city runs them on two machines; with Valkey beside them and without."""

import contextlib
import shutil
import subprocess

import pytest

from buurtdraad.lib.tests.waiting import PATIENCE, until
from buurtdraad.running.bench.asking import Visitor
from buurtdraad.running.bench.measures import PRODUCT, inside
from buurtdraad.running.bench.meeting import HIDDEN, Person
from buurtdraad.running.bench.product import Product, free_port

PLACE = "BU03440241"
PAGES = ("/", "/buurten/", f"/buurten/{PLACE}/", "/wensen/", "/initiatieven/", "/budgetten/", "/werkwijze/")
# Neighbourhoods and the cast, without the rest of the story.
MAKE = "from django.utils import timezone; from buurtdraad.running.demo.actions import load_city; load_city(timezone.now())"
SAYS = "Graag een kraan met drinkwater bij het schaakbord"


@pytest.fixture
def city(folder):
    with Product(folder.database) as product:
        made = product.run("shell", "-v0", "-c", MAKE)
        assert made.code == 0, made.problem
        yield product


@contextlib.contextmanager
def valkey(place):
    """The address of a Valkey (or Redis) that runs until the end of the block."""
    binary = shutil.which("valkey-server") or shutil.which("redis-server")
    if binary is None:
        pytest.skip("NO VALKEY: neither valkey-server nor redis-server is on this machine, so two processes with a cache are NOT TESTED")
    port = free_port()
    command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(place)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        until(lambda: pong(port))
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def pong(port):
    import redis

    try:
        return redis.Redis(port=port).ping()
    except redis.ConnectionError:
        return False


def text(visitor, path, **headers):
    visitor.start_anew()
    answer, body = visitor.get(path, Accept_Encoding="identity", **headers)
    assert answer.status == 200, path
    return body.decode()


def give_a_wish(server, code):
    """Somebody at a meeting writes a wish on their telephone."""
    person = Person(server.port, 1)
    hidden = dict(HIDDEN.findall(person.ask("GET", f"/m/{code}/")))
    person.ask("POST", f"/m/{code}/", hidden | {"text": SAYS}, expected=302)
    assert person.wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("with_cache", [False, True], ids=["alone", "with valkey"])
def test_what_one_process_writes_the_other_shows(city, tmp_path, with_cache):
    with contextlib.ExitStack() as stack:
        settings = {"CACHE_URL": stack.enter_context(valkey(tmp_path))} if with_cache else {}
        here, there = (stack.enter_context(city.serve(PRODUCT, **settings)) for _ in range(2))
        assert here.pid != there.pid
        one, other = stack.enter_context(Visitor(here)), stack.enter_context(Visitor(there))
        for path in PAGES:
            assert text(one, path) == text(other, path), path
        session, meeting = inside(city, "sessions")["joris"], inside(city, "meeting")["code"]
        # Both keep the page, and neither shows what nobody wrote.
        for visitor in (one, other):
            assert "etag" in visitor.cost(["/wensen/"], 3).headers
            assert SAYS not in text(visitor, "/wensen/")
        give_a_wish(here, meeting)
        until(lambda: SAYS in text(other, "/wensen/"))
        until(lambda: SAYS in text(one, "/wensen/"))
        for path in PAGES:
            until(lambda path=path: text(one, path) == text(other, path))
        # A session is of the city, not of a process.
        for visitor in (one, other):
            assert "Joris" in text(visitor, "/werk/", Cookie=f"sessionid={session}")
