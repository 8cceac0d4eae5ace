"""The number of a request, slow pages, and what a line of the log holds."""

import json
import logging
import sys

import pytest
from django.db import connection

from buurtdraad.lib.proxies import BehindProxies
from buurtdraad.lib.watching import seen
from buurtdraad.lib.watching.answers import Watched
from buurtdraad.lib.watching.inside import Timed
from buurtdraad.lib.watching.json_lines import JsonLine
from buurtdraad.lib.watching.lines import Line, scrubbed

PROXY = "10.0.0.1"


def ask(app, path="/buurten/", **environ):
    """Status and headers of the answer."""
    started = {}

    def start(status, headers, exc_info=None):
        started.update(dict(headers), status=status)

    b"".join(app({"REQUEST_METHOD": "GET", "PATH_INFO": path, "REMOTE_ADDR": PROXY} | environ, start))
    return started


def plain(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [seen.number().encode()]


def failing(environ, start_response):
    raise ValueError("kees@example.nl did not fit")


def line(message="a", error=None, **extra):
    record = logging.LogRecord("buurtdraad.test", logging.ERROR, "x.py", 1, message, None, error)
    record.__dict__.update(extra)
    return record


class Observed(list):
    def __call__(self, told, seconds):
        self.append((told.view, told.method, told.status, told.cache))


def test_each_request_has_a_number_of_its_own_that_its_answer_tells():
    app = Watched(plain, slow_ms=0)
    first, second = ask(app), ask(app)
    assert len(first["X-Request-ID"]) == 16
    assert first["X-Request-ID"] != second["X-Request-ID"]
    assert seen.number() == "", "outside a request there is none"


@pytest.mark.parametrize(
    ("proxies", "given", "taken"),
    [
        ([PROXY], "abcdef0123456789", True),
        ([], "abcdef0123456789", False),
        (["10.9.9.9"], "abcdef0123456789", False),
        ([PROXY], "short", False),
        ([PROXY], "with a space in it", False),
        ([PROXY], 'quote"{}</p>', False),
        ([PROXY], "a" * 65, False),
    ],
)
def test_the_number_of_a_listed_proxy_is_taken_and_of_nobody_else(proxies, given, taken):
    app = BehindProxies(Watched(plain, slow_ms=0), proxies)
    assert (ask(app, HTTP_X_REQUEST_ID=given)["X-Request-ID"] == given) == taken


def test_an_answer_is_told_with_its_status_and_a_failure_as_500():
    told = Observed()
    ask(Watched(plain, slow_ms=0, observe=told), "/static/ui/site.css", REQUEST_METHOD="HEAD")
    with pytest.raises(ValueError, match="did not fit"):
        ask(Watched(failing, slow_ms=0, observe=told))
    assert told == [("static", "HEAD", 200, "pass"), ("none", "GET", 500, "pass")]


@pytest.mark.parametrize(
    "path",
    ["/stemmen/", "/en/stemmen/lombok/", "/nl-x-simpel/stemmen/", "/budgetten/lombok/stemcode/", "/werk/budgetten/lombok/hulppunt/"],
)
def test_of_pages_of_voting_nothing_is_counted_or_timed(path, caplog):
    told = Observed()
    ask(Watched(plain, slow_ms=0.000001, observe=told), path)
    assert told == []
    assert not caplog.records


def test_a_slow_page_is_logged_by_the_name_of_its_view_and_without_its_address(caplog):
    ask(Watched(plain, slow_ms=0.000001), "/static/secret-name.css", QUERY_STRING="q=kees")
    (record,) = caplog.records
    assert record.getMessage().startswith("slow: static took ")
    assert "with 0 queries of 0 ms" in record.getMessage()
    assert "secret-name" not in record.getMessage()
    caplog.clear()
    ask(Watched(plain, slow_ms=0))
    ask(Watched(plain, slow_ms=60_000))
    assert not caplog.records


@pytest.mark.django_db
def test_queries_of_a_request_are_counted_and_timed():
    request = seen.Seen("n", "GET", 0)
    with connection.execute_wrapper(Timed(request)), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.execute("SELECT 2")
    assert request.queries == 2
    assert request.database_seconds > 0


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Key (email)=(kees@example.nl) exists", "Key (email)=(…) exists"),
        ("postgresql://app:secret@db.example.nl/x refused", "… refused"),
        ("Not Found: /zoeken/?q=kees&pagina=2", "Not Found: /zoeken/?…"),
        ("why? because", "why? because"),
        ("@allow(EVERYBODY)", "@allow(EVERYBODY)"),
    ],
)
def test_a_line_holds_no_address_of_a_person_no_password_and_no_query(said, kept):
    assert scrubbed(said) == kept
    assert Line("{message}", style="{").format(line(said)) == kept
    assert json.loads(JsonLine().format(line(said)))["message"] == kept


def test_a_line_in_json_holds_named_fields_and_nothing_that_a_library_hangs_on_it():
    token = seen.current.set(seen.Seen("abc123", "GET", 0, view="pages:area"))
    try:
        raise ValueError("kees@example.nl")
    except ValueError:
        said = json.loads(JsonLine().format(line("Internal Server Error", sys.exc_info(), request="GET /?q=kees", status_code=500)))
    finally:
        seen.current.reset(token)
    assert set(said) == {"time", "level", "logger", "message", "request_id", "view", "status", "duration_ms", "traceback"}
    assert (said["level"], said["logger"], said["request_id"], said["view"], said["status"]) == (
        "ERROR",
        "buurtdraad.test",
        "abc123",
        "pages:area",
        500,
    )
    assert "ValueError: …" in said["traceback"]
    assert said["time"].endswith("+00:00")


def test_a_line_in_words_names_the_request():
    shown = Line("{levelname} {name}{numbered}: {message}", style="{")
    assert shown.format(line("hello")) == "ERROR buurtdraad.test: hello"
    token = seen.current.set(seen.Seen("abc123", "GET", 0))
    assert shown.format(line("hello")) == "ERROR buurtdraad.test [abc123]: hello"
    seen.current.reset(token)
