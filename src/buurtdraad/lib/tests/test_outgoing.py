"""Asking a service on this machine that behaves, or does not."""

import logging
import socket
import threading

import pytest

from buurtdraad.lib.outgoing import NoAnswer, ask, same_origin
from buurtdraad.lib.tests.stand_ins import service


def asked(running, path="", **options):
    return ask(running.origin + path, **({"origin": running.origin, "seconds": 5, "largest": 1_000_000} | options))


def test_an_answer_is_given_whole_with_small_letters_for_its_headers():
    with service(lambda *_: (200, {"Content-Crs": "x"}, [b"a", 0.05, b"b"])) as running:
        answer = asked(running, "free", params=[("q", "Neude 1"), ("q", "&")])
    assert (answer.status, answer.content, answer.headers["content-crs"]) == (200, b"ab", "x")
    assert running.asked == [("/free", {"q": "&"})]


@pytest.mark.parametrize("status", [400, 404, 429])
def test_a_refusal_is_an_answer_and_not_asked_again(status):
    with service(lambda *_: (status, {}, b"no")) as running:
        assert asked(running).status == status
    assert len(running.asked) == 1


def test_one_server_error_is_forgiven_and_two_are_told_with_what_came():
    answers = [(503, {}, b"busy"), (200, {}, b"yes"), (503, {}, b"busy"), (500, {}, b"broken")]
    with service(lambda *_: answers.pop(0)) as running:
        assert asked(running).content == b"yes"
        with pytest.raises(NoAnswer, match="it answers with the error 500, twice") as wrong:
            asked(running)
    assert wrong.value.content == b"broken"


def test_a_redirect_is_not_followed():
    with service(lambda *_: (302, {"Location": "/elsewhere"}, b"")) as running, pytest.raises(NoAnswer, match=r"sends us on .*\(302\)"):
        asked(running)
    assert len(running.asked) == 1


def test_an_answer_that_is_too_large_is_not_read_to_its_end():
    with service(lambda *_: (200, {}, b" " * 3_000_001)) as running, pytest.raises(NoAnswer, match="larger than 3 MB"):
        asked(running, largest=3_000_000)
    assert len(running.asked) == 1


def test_the_time_is_for_both_tries_together():
    answers = [(500, {}, b"broken"), (200, {}, [5.0])]
    with service(lambda *_: answers.pop(0)) as running, pytest.raises(NoAnswer, match=r"no answer within 2 seconds"):
        asked(running, seconds=2)
    assert len(running.asked) == 2


def test_a_service_whose_headers_never_end_is_given_up():
    """Each byte comes well within the time, and the whole never does."""
    stopped = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip():
            visitor, _ = listening.accept()
            with visitor:
                visitor.sendall(b"HTTP/1.1 200 OK\r\nX-A: ")
                while not stopped.wait(0.05):
                    try:
                        visitor.sendall(b"a")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        origin = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        giving_up = threading.Timer(20, stopped.set)  # a try without an end of its own would hold the tests
        giving_up.start()
        try:
            with pytest.raises(NoAnswer, match=r"no answer within 0.4 seconds"):
                ask(origin, origin=origin, seconds=0.4, largest=1000)
            assert not stopped.is_set(), "it held us"
        finally:
            giving_up.cancel()
            stopped.set()
            thread.join()


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/",
        "https://api.pdok.nl.example/x",
        "http://api.pdok.nl/x",
        "https://api.pdok.nl:8443/x",
        "https://somebody:secret@api.pdok.nl/x",
        "file:///etc/passwd",
        "https://[",
        "",
    ],
)
def test_another_address_is_never_asked(url):
    with pytest.raises(NoAnswer, match=r"another address than https://api.pdok.nl/"):
        ask(url, origin="https://api.pdok.nl/", seconds=1, largest=1)


def test_a_port_that_goes_without_saying_may_be_said():
    assert same_origin("https://api.pdok.nl:443/x", "https://api.pdok.nl/")


def test_what_is_asked_stands_in_no_log(caplog):
    caplog.set_level(logging.INFO)
    with service(lambda *_: (200, {}, b"")) as running:
        asked(running, params=[("q", "Neude 1")])
    assert "Neude" not in caplog.text
