import threading
from concurrent.futures import ThreadPoolExecutor

from django.core.handlers.wsgi import WSGIHandler

from buurtdraad.lib.page_cache import serving
from buurtdraad.lib.page_cache.addresses import around
from buurtdraad.lib.tests.asking import aged, ask
from buurtdraad.lib.tests.waiting import PATIENCE, until


def test_a_page_is_dropped_when_a_place_it_shows_is_touched(cache, demo):
    ask(cache)
    ask(cache, "/buurten/BU2/")
    demo.words["area"] = "Oog in Al"
    cache.shelf.touched(["BU1"])
    assert "Oog in Al" in ask(cache).text
    assert "Lombok" in ask(cache, "/buurten/BU2/").text


def test_everything_is_dropped_when_everything_is_touched(cache, demo):
    ask(cache)
    ask(cache, "/privacy/")
    cache.shelf.touched(["*"])
    assert len(cache.shelf) == 0
    assert cache.shelf.held == 0


def test_a_render_during_which_a_place_moved_is_not_kept(cache, demo):
    demo.gate.clear()
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(ask, cache)
        assert demo.begun.acquire(timeout=PATIENCE)
        demo.words["area"] = "Oog in Al"
        cache.shelf.touched(["GM0344"])
        demo.gate.set()
        assert "Lombok" in asked.result().text
    assert len(cache.shelf) == 0
    assert "Oog in Al" in ask(cache).text


def test_a_render_during_which_another_place_moved_is_kept(cache, demo):
    demo.gate.clear()
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(ask, cache)
        assert demo.begun.acquire(timeout=PATIENCE)
        cache.shelf.touched(["BU9"])
        demo.gate.set()
        asked.result()
    assert len(cache.shelf) == 1


def test_after_some_seconds_a_page_is_made_anew_behind_the_visitors_back(cache, demo):
    ask(cache)
    aged(cache, serving.FRESH_SECONDS + 1)
    demo.words["area"] = "Oog in Al"
    assert "Lombok" in ask(cache).text
    until(lambda: demo.renders["BU1"] == 2 and not cache.remaking)
    assert "Oog in Al" in ask(cache).text
    assert demo.renders["BU1"] == 2


def test_a_page_is_made_anew_once_however_many_ask(cache, demo):
    ask(cache)
    aged(cache, serving.FRESH_SECONDS + 1)
    demo.gate.clear()
    for _ in range(5):
        ask(cache)
    demo.gate.set()
    until(lambda: not cache.remaking)
    assert demo.renders["BU1"] == 2


def test_a_page_that_is_gone_when_made_anew_is_dropped(cache, demo, settings):
    ask(cache)
    aged(cache, serving.FRESH_SECONDS + 1)
    settings.ROOT_URLCONF = "buurtdraad.running.urls"
    ask(cache)
    until(lambda: len(cache.shelf) == 0 and not cache.remaking)


def test_a_page_that_nobody_asked_for_in_a_long_time_is_not_shown_any_more(cache, demo):
    ask(cache)
    aged(cache, serving.STALE_SECONDS + 1)
    demo.words["area"] = "Oog in Al"
    assert "Oog in Al" in ask(cache).text


def test_without_a_listener_every_page_is_rendered(demo):
    deaf = around(WSGIHandler(), watch=lambda shelf: None)
    assert [ask(deaf).status for _ in range(2)] == [200, 200]
    assert demo.renders["BU1"] == 2


def test_losing_the_listener_drops_all_until_it_hears_again(cache, demo):
    ask(cache)
    cache.shelf.lost()
    ask(cache)
    assert demo.renders["BU1"] == 2
    cache.shelf.hears()
    ask(cache)
    ask(cache)
    assert demo.renders["BU1"] == 3


def test_a_render_that_began_before_the_listener_was_lost_is_not_kept(cache, demo):
    demo.gate.clear()
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(ask, cache)
        assert demo.begun.acquire(timeout=PATIENCE)
        cache.shelf.lost()
        cache.shelf.hears()
        demo.gate.set()
        asked.result()
    assert len(cache.shelf) == 0


def test_an_index_of_what_is_heard_stays_bounded(cache, demo, monkeypatch):
    monkeypatch.setattr("buurtdraad.lib.page_cache.shelf.MOST_CODES", 10)
    ask(cache)
    for number in range(100):
        cache.shelf.touched([f"BU9{number}"])
        assert len(cache.shelf._moved) <= 11


def test_threads_that_touch_and_ask_at_once_never_leave_an_old_page(cache, demo):
    stop = threading.Event()

    def keep_asking():
        while not stop.is_set():
            ask(cache)

    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(keep_asking) for _ in range(3)]
        try:
            for number in range(100):
                demo.words["area"] = f"stand {number}."
                cache.shelf.touched(["BU1"])
                assert f"stand {number}." in ask(cache).text
        finally:
            stop.set()
        for one in asking:
            one.result()
