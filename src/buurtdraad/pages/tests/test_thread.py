"""The thread of a wish over several rooms: the meeting, the topic, the agreement, what came of it; and what looks like it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buurtdraad.agendas.agenda.models import AgreementPicture
from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.queries.people import people_of
from buurtdraad.agendas.wishes.states import Stage
from buurtdraad.pages.tests.story import *  # noqa: F403 (the city of the wishes, and what comes after a wish)
from buurtdraad.pages.tests.story import DAY, HOSTILE, NOW, PROMISE
from buurtdraad.pages.thread import thread_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def page_of(client):
    return lambda wish: " ".join(client.get(f"/wensen/{wish.reference}/").text.split())


def test_the_thread_goes_from_the_wish_to_what_came_of_it(page_of, make_wish, story):
    wish = make_wish("Een bank", at=NOW - 2 * DAY)
    meeting, topic = story.meet(wish), story.topic(wish)
    agreement = story.agree(topic)
    story.done(agreement, at=NOW + 3 * DAY)
    AgreementPicture.objects.create(
        agreement=agreement, key="sleutel", alt="Twee banken", width=640, height=480, people="nobody", given_at=NOW
    )
    links = thread_of(wish)
    assert [str(link.title) for link in links] == [
        "Verteld",
        "Besproken op een bijeenkomst",
        "Gekozen als onderwerp: Groen en ontmoeten",
        f"Afspraak: {PROMISE}",
        f"Klaar: {PROMISE}",
    ]
    page = page_of(wish)
    for words in ("47 mensen", "31 van de 141 stemmen", "De Vechtoever", "De banken staan er.", 'alt="Twee banken"'):
        assert words in page
    for path in (f"/bijeenkomsten/{meeting.pk}/", f"/onderwerpen/{topic.pk}/", f"/afspraken/{agreement.pk}/"):
        assert f'href="{path}"' in page


def test_from_the_topic_and_the_agreement_one_comes_back_to_the_wish(client, wish, make_wish, story):
    topic = story.topic(wish)
    agreement = story.agree(topic)
    for path in (f"/onderwerpen/{topic.pk}/", f"/afspraken/{agreement.pk}/"):
        page = client.get(path).text
        assert f'href="/wensen/{wish.reference}/"' in page
    assert f'href="/onderwerpen/{topic.pk}/"' in page


def test_of_a_draft_nobody_reads_anything(page_of, wish, story):
    story.agree(story.topic(wish, adopted=False))
    page = page_of(wish)
    assert "Groen en ontmoeten" not in page
    assert PROMISE not in page


def test_a_meeting_to_come_says_so_and_one_that_is_cancelled_is_left_out(page_of, wish, story):
    story.meet(wish, "Straks", days=7)
    cancelled = story.meet(wish, "Gaat niet door", days=8)
    story.cancel(cancelled)
    page = page_of(wish)
    assert "We praten erover op een bijeenkomst" in page
    assert "Straks" in page
    assert "Gaat niet door" not in page


def test_a_wish_that_lives_on_in_another_brings_its_topic_along(wish, make_wish, story):
    joined = make_wish("Ook een bank")
    actions.merge(joined, wish, why="", by=story.joris, at=NOW)
    story.topic(joined)
    assert "Gekozen als onderwerp: Groen en ontmoeten" in [str(link.title) for link in thread_of(wish)]


def test_a_topic_that_goes_on_in_the_next_agenda_is_told_once(areas, wish, story):
    story.agree(story.topic(wish))
    story.next_agenda(NOW + 2 * DAY)
    titles = [str(link.title) for link in thread_of(wish)]
    assert titles.count("Gekozen als onderwerp: Groen en ontmoeten") == 1
    assert titles.count(f"Afspraak: {PROMISE}") == 1


def test_three_of_everything_cost_as_many_queries_as_one(client, wish, story):
    counts, topic = [], story.topic(wish)
    actions.move_to(wish, Stage.CHOSEN, why="", by=story.joris, at=NOW + DAY)
    for number in (1, 3):
        for extra in range(number):
            story.meet(wish, days=-number - extra)
            story.agree(topic, f"Afspraak {number} {extra}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/wensen/{wish.reference}/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 13


def test_hostile_words_of_all_rooms_are_shown_as_text(page_of, wish, make_wish, story):
    make_wish(f"{HOSTILE} geen schaduw en geen bank op de Wilgenhof")
    story.meet(wish, HOSTILE)
    story.agree(story.topic(wish, HOSTILE), HOSTILE)
    assert "<script>alert" not in page_of(wish)


# --- what looks like it ------------------------------------------------------------------------------


def test_a_young_wish_shows_what_looks_like_it_without_its_own_family(page_of, wish, make_wish, story):
    other = make_wish("Geen schaduw en geen bank op de Wilgenhof voor ouderen")
    mine = make_wish("Op de Wilgenhof geen schaduw, geen bank")
    actions.merge(mine, wish, why="", by=story.joris, at=NOW)
    part = page_of(wish).partition("Dit lijkt op")[2].partition("</section>")[0]
    assert other.reference in part
    assert mine.reference not in part
    assert f">{wish.reference}<" not in part
    actions.move_to(wish, Stage.CHOSEN, why="", by=story.joris, at=NOW + DAY)
    assert "Dit lijkt op" not in page_of(wish)


def test_reactions_are_one_click_away_where_the_area_chose_for_them(page_of, areas, wish, story):
    path = f'href="/wensen/{wish.reference}/reacties/"'
    assert path not in page_of(wish)
    actions.choose(areas["zuilen-oost"], answer_within=21, read_first=True, comments=True, by=story.joris, duty="", at=NOW)
    assert path in page_of(wish)


def test_a_wish_that_was_joined_has_the_people_of_its_head(wish, make_wish, kees, story):
    joined, third = make_wish("Nog een bank"), make_wish("En nog een")
    actions.merge(joined, wish, why="", by=story.joris, at=NOW)
    actions.merge(third, wish, why="", by=story.joris, at=NOW)
    joined.refresh_from_db()
    assert people_of([joined, wish]) == {joined.pk: 3, wish.pk: 3}
    assert people_of([joined]) == {joined.pk: 3}
