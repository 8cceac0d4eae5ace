import time
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie

import pytest
from django.core.handlers.wsgi import WSGIHandler

from buurtdraad.lib.page_cache import serving
from buurtdraad.lib.page_cache.addresses import around
from buurtdraad.lib.page_cache.serving import PageCache
from buurtdraad.lib.tests.asking import aged, ask
from buurtdraad.lib.tests.waiting import PATIENCE, until

# --- what is cached ---------------------------------------------------------------------------------


def test_a_page_is_rendered_once_for_all_visitors_without_a_session(cache, demo):
    first, second = ask(cache), ask(cache, Cookie="csrftoken=abc; kleur=rood", User_Agent="Lynx")
    assert first == second
    assert demo.renders["BU1"] == 1


def test_head_gets_the_headers_of_the_page_and_no_body(cache, demo):
    page, head = ask(cache), ask(cache, method="HEAD")
    assert head.headers == page.headers
    assert head.body == b""
    assert int(head.headers["content-length"]) == len(page.body)
    assert demo.renders["BU1"] == 1


def test_head_may_come_first(cache, demo):
    head = ask(cache, method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert ask(cache).headers == head.headers
    assert demo.renders["BU1"] == 1


@pytest.mark.parametrize("headers", [{"Cookie": "sessionid=x"}, {"Cookie": "a=b;sessionid=x"}, {"Authorization": "Bearer x"}])
def test_who_may_be_known_gets_a_page_of_their_own(cache, demo, headers):
    ask(cache)
    answer = ask(cache, **headers)
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "etag" not in answer.headers
    assert demo.renders["BU1"] == 2


def test_a_page_for_somebody_known_is_never_kept(cache, demo):
    ask(cache, Cookie="sessionid=x")
    ask(cache)
    assert demo.renders["BU1"] == 2


def test_a_view_that_did_not_opt_in_is_left_alone(cache, demo):
    first = ask(cache, "/los/", Cookie="a=1")
    assert ask(cache, "/los/", Cookie="a=2").text == "hallo {'a': '2'}" != first.text
    assert "content-encoding" not in ask(cache, "/los/", Accept_Encoding="br").headers
    assert demo.renders["not cached"] == 3


@pytest.mark.parametrize("status", [404, 301, 403])
def test_only_200_is_kept(cache, demo, status):
    assert [ask(cache, f"/antwoord/{status}/").status for _ in range(2)] == [status, status]
    assert demo.renders[str(status)] == 2


def test_a_post_reaches_the_application(cache, demo):
    ask(cache)
    ask(cache, method="POST")
    assert len(cache.shelf) == 1


# --- key ----------------------------------------------------------------------------------------------


def test_scheme_host_path_and_query_make_another_page(cache, demo):
    for scheme, host, path in [
        ("http", "localhost", "/buurten/BU1/"),
        ("https", "localhost", "/buurten/BU1/"),
        ("http", "127.0.0.1:8000", "/buurten/BU1/"),
        ("http", "[::1]:8000", "/buurten/BU1/"),
        ("http", "localhost", "/buurten/BU2/"),
        ("http", "localhost", "/buurten/BU1/?jaar=2020"),
    ]:
        assert ask(cache, path, host=host, scheme=scheme).status == 200
    assert len(cache.shelf) == 6


def test_the_order_and_spelling_of_a_query_make_no_other_page(cache, demo):
    first = ask(cache, "/buurten/BU1/?soort=a+b&jaar=2020")
    assert ask(cache, "/buurten/BU1/?jaar=2020&soort=a%20b") == first
    assert demo.renders["BU1"] == 1


@pytest.mark.parametrize(
    "query", ["q=lombok", "jaar=2020&q=x", "utm_source=x", "jaar=2020&jaa%72=2021&x", "jaar=\xe9", "jaar=" + 400 * "1"]
)
def test_a_query_that_the_view_does_not_know_is_not_kept(cache, demo, query):
    assert ask(cache, f"/buurten/BU1/?{query}").status == 200
    assert len(cache.shelf) == 0


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "local host", "localhost:80:80"])
def test_nothing_is_kept_for_a_host_that_django_refuses(cache, demo, host):
    assert ask(cache, host=host).status == 400
    ask(cache)
    assert len(cache.shelf) == 1


def test_a_fragment_and_a_whole_page_are_never_mixed_up(cache, demo):
    whole = ask(cache)
    part = ask(cache, HX_Request="true")
    restored = ask(cache, HX_Request="true", HX_History_Restore_Request="true")
    assert part.text.startswith("<p>deel")
    assert restored == whole
    assert restored.text.startswith("<p>heel")
    assert {name.strip() for name in part.headers["vary"].split(",")} == {"HX-Request", "Accept-Encoding"}


def test_a_restored_page_that_comes_first_is_kept_whole(cache, demo):
    ask(cache, HX_Request="true", HX_History_Restore_Request="true")
    assert ask(cache).text.startswith("<p>heel")


def test_what_is_kept_was_rendered_for_nobody_in_particular(cache, demo):
    ask(
        cache, Cookie="csrftoken=x; naam=Fatima", User_Agent="Lynx", Referer="/geheim/", Accept_Language="fr", HX_Target="x",
        X_Forwarded_For="192.0.2.9", X_Forwarded_Host="evil.example",
    )  # fmt: skip
    assert {name for name in demo.saw[0] if name.startswith("HTTP_") or name == "REMOTE_ADDR"} == {"HTTP_HOST"}


# --- fresh for whom --------------------------------------------------------------------------------


def test_who_writes_passes_the_cache_for_ten_seconds(cache, demo):
    ask(cache)
    cookie = SimpleCookie(ask(cache, method="POST").cookies[-1])["fresh"]
    assert (cookie.value, cookie["max-age"], cookie["path"], cookie["samesite"], cookie["httponly"]) == ("1", "10", "/", "Lax", True)
    assert not cookie["secure"]
    demo.words["area"] = "Oog in Al"
    assert "Oog in Al" in ask(cache, Cookie="fresh=1").text
    assert "Lombok" in ask(cache).text


def test_the_writers_cookie_is_secure_behind_https(demo, settings):
    settings.SESSION_COOKIE_SECURE = True
    cache = around(WSGIHandler(), watch=lambda shelf: shelf.hears())
    assert "Secure" in ask(cache, method="POST", scheme="https").cookies[-1]


def test_reading_sets_no_cookie(cache, demo):
    assert [ask(cache, method=method).cookies for method in ("GET", "HEAD", "OPTIONS", "GET")] == [[], [], [], []]


# --- ETag -----------------------------------------------------------------------------------------------


def test_who_has_the_page_gets_304(cache, demo):
    etag = ask(cache, Accept_Encoding="br").headers["etag"]
    strong = etag.removeprefix("W/")
    for said in (etag, strong, "*", f'"other", {etag}', f'W/"a,b" , {strong}'):
        answer = ask(cache, If_None_Match=said)
        assert (answer.status, answer.body) == (304, b"")
        assert answer.headers == {"etag": etag, "cache-control": "no-cache", "vary": "HX-Request, Accept-Encoding"}
    for said in ('"other"', strong.strip('"'), ""):
        assert ask(cache, If_None_Match=said).status == 200


def test_the_etag_follows_the_words_and_not_the_revisions(cache, demo):
    before = ask(cache).headers["etag"]
    cache.shelf.touched(["BU1"])
    assert ask(cache).headers["etag"] == before
    demo.words["area"] = "Oog in Al"
    cache.shelf.touched(["BU1"])
    assert ask(cache, If_None_Match=before).status == 200


def test_a_browser_asks_again_each_time(cache, demo):
    assert ask(cache).headers["cache-control"] == "no-cache"


def test_security_headers_stay_on_a_kept_page(cache, demo):
    assert ask(cache).headers["content-security-policy"] == ask(cache, Cookie="sessionid=x").headers["content-security-policy"]


# --- memory ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_a_page_is_compressed_as_the_visitor_accepts(cache, demo, coding):
    plain, small = ask(cache), ask(cache, Accept_Encoding=coding)
    assert small.headers["content-encoding"] == coding
    assert small.text == plain.text
    assert len(small.body) * 4 < len(plain.body)
    assert int(small.headers["content-length"]) == len(small.body)


def test_a_page_whose_words_stayed_the_same_is_not_compressed_again(cache, demo, monkeypatch):
    first = ask(cache, Accept_Encoding="br")
    aged(cache, serving.FRESH_SECONDS + 1)
    monkeypatch.setattr("buurtdraad.lib.page_cache.shelf.brotli.compress", lambda body, quality: pytest.fail("it was compressed"))
    ask(cache)
    until(lambda: demo.renders["BU1"] == 2 and not cache.remaking)
    assert time.monotonic() - next(iter(cache.shelf._pages.values())).made_at < serving.FRESH_SECONDS
    assert ask(cache, Accept_Encoding="br") == first


def test_a_page_is_kept_compressed_only_and_still_answered_plain(cache, demo):
    first = ask(cache)
    kept = next(iter(cache.shelf._pages.values()))
    assert set(kept.bodies) == {"br", "gzip"}
    again = ask(cache)
    assert again.body == first.body
    assert demo.renders["BU1"] == 1
    assert int(again.headers["content-length"]) == len(again.body)
    assert "content-encoding" not in again.headers


def test_a_tiny_page_is_not_compressed(cache, demo):
    assert "content-encoding" not in ask(cache, "/privacy/", Accept_Encoding="br, gzip").headers


def test_memory_is_bounded_and_the_least_used_page_goes_first(demo):
    cache = around(WSGIHandler(), watch=lambda shelf: shelf.hears())
    ask(cache, "/buurten/BU0/")
    cache.shelf.most = 3 * cache.shelf.held + 500
    for number in range(1, 20):
        ask(cache, f"/buurten/BU{number}/")
        ask(cache, "/buurten/BU0/")
        assert cache.shelf.held <= cache.shelf.most
        assert cache.shelf.held == sum(kept.size for kept in cache.shelf._pages.values())
    assert demo.renders["BU0"] == 1
    assert len(cache.shelf) == 3


def test_no_megabytes_is_no_cache(demo, settings):
    settings.PAGE_CACHE_MB = 0
    cache = around(WSGIHandler(), watch=lambda shelf: pytest.fail("nothing to hear for"))
    assert [ask(cache).status for _ in range(2)] == [200, 200]
    assert demo.renders["BU1"] == 2


def test_many_visitors_of_a_cold_page_cause_one_render(cache, demo):
    demo.gate.clear()
    with ThreadPoolExecutor(12) as pool:
        asked = [pool.submit(ask, cache) for _ in range(12)]
        assert demo.begun.acquire(timeout=PATIENCE)
        demo.gate.set()
        answers = [one.result() for one in asked]
    assert all(answer == answers[0] for answer in answers)
    assert demo.renders["BU1"] == 1
    assert not cache.flights


def test_who_waited_too_long_renders_the_page_too(cache, demo, monkeypatch):
    monkeypatch.setattr(serving, "WAIT_SECONDS", 0.05)
    demo.gate.clear()
    with ThreadPoolExecutor() as pool:
        first, second = pool.submit(ask, cache), pool.submit(ask, cache)
        assert demo.begun.acquire(timeout=PATIENCE)
        assert demo.begun.acquire(timeout=PATIENCE)
        demo.gate.set()
        assert first.result().text == second.result().text


def test_a_render_that_fails_lets_everybody_else_try(cache, demo):
    with ThreadPoolExecutor(4) as pool:
        assert {answer.status for answer in pool.map(lambda _: ask(cache, "/stuk/"), range(4))} == {500}
    assert not cache.flights
    assert len(cache.shelf) == 0


class Closing(list):
    closed = 0

    def close(self):
        type(self).closed += 1


def plain_cache(app):
    return PageCache(
        app, query_of=lambda path: frozenset(), known_host=lambda host: True, watch=lambda shelf: shelf.hears(), megabytes=1,
        session_cookie="sessionid", secure=False,
    )  # fmt: skip


def test_an_application_that_raises_frees_who_waits():
    def app(environ, start_response):
        raise ZeroDivisionError

    cache = plain_cache(app)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            ask(cache)
    assert not cache.flights


def test_what_the_application_answers_is_closed():
    def app(environ, start_response):
        start_response("404 Not Found", [("Content-Type", "text/plain")])(b"first ")
        return Closing([b"second"])

    Closing.closed = 0
    assert ask(plain_cache(app)).body == b"first second"
    assert Closing.closed == 1


def test_a_forked_process_begins_with_nothing_and_its_own_listener(demo):
    heard = []
    cache = around(WSGIHandler(), watch=lambda shelf: (heard.append(shelf), shelf.hears()))
    ask(cache)
    cache.process = -1  # as in a child
    ask(cache)
    assert len(heard) == 2
    assert heard[0] is not heard[1]
    assert demo.renders["BU1"] == 2
