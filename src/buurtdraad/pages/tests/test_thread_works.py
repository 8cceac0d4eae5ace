"""The part of the thread that the municipality makes: what it works on for a wish, and what came of that."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.pages.tests.story import *  # noqa: F403 (the city of the wishes, and what comes after a wish)
from buurtdraad.pages.tests.story import HOSTILE
from buurtdraad.pages.thread import thread_of
from buurtdraad.works.conftest import make_work  # noqa: F401
from buurtdraad.works.models import WorkAnswers
from buurtdraad.works.states import Stage

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def answers(work, **thing):
    return WorkAnswers.objects.create(work=work, since=timezone.now(), **thing)


def titles(wish):
    return [str(link.title) for link in thread_of(wish)]


def test_the_page_of_a_wish_says_that_the_municipality_works_on_it(client, wish, make_work):  # noqa: F811 (a fixture)
    work = make_work("Bomen op de Wilgenhof", until_on=datetime.date(2031, 6, 30))
    answers(work, wish=wish)
    page = " ".join(client.get(f"/wensen/{wish.reference}/").text.split())
    for words in ("De gemeente werkt hieraan: Bomen op de Wilgenhof", "Stadsbedrijven doet het, tot en met 30 juni 2031.", "Gepland"):
        assert words in page
    assert f'href="/projecten/{work.uuid}/"' in page
    assert "Tom van Dijk" not in page


def test_a_work_for_its_topic_or_an_agreement_is_on_the_thread_once(wish, make_work, story):  # noqa: F811
    topic = story.topic(wish)
    work = make_work("Bomen")
    answers(work, topic=topic), answers(work, agreement=story.agree(topic)), answers(work, wish=wish)
    assert titles(wish).count("De gemeente werkt hieraan: Bomen") == 1


def test_what_came_of_it_and_why_not_are_told(wish, make_work):  # noqa: F811
    answers(make_work("Bomen", stage=Stage.DONE, done_on=TODAY, result="Drie bomen staan er."), wish=wish)
    answers(make_work("Banken", stage=Stage.STOPPED, why="De grond is vuil."), wish=wish)
    assert "Klaar: Bomen" in titles(wish)
    assert {link.text for link in thread_of(wish)} >= {"Drie bomen staan er."}
    assert "Gaat niet door. De grond is vuil." in {str(link.note) for link in thread_of(wish)}


def test_of_a_work_for_colleagues_and_of_a_draft_nobody_reads_anything(wish, make_work, story):  # noqa: F811
    answers(make_work("Geheim", public=False), wish=wish)
    answers(make_work("Concept"), topic=story.topic(wish, adopted=False))
    assert not [title for title in titles(wish) if "Geheim" in title or "Concept" in title]


def test_hostile_words_stay_words_and_three_works_cost_as_many_queries_as_one(client, wish, make_work):  # noqa: F811
    counts = []
    for number in (1, 3):
        for _ in range(number):
            answers(make_work(HOSTILE, department=HOSTILE), wish=wish)
        with CaptureQueriesContext(connection) as queries:
            assert HOSTILE not in client.get(f"/wensen/{wish.reference}/").text
        counts.append(len(queries))
    assert counts[0] == counts[1]
