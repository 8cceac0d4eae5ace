"""What goes on: agendas and meetings on the page of an area, on the home page, and what was done by agreement."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buurtdraad.agendas.agenda import actions as agendas
from buurtdraad.agendas.agenda.states import Stage as AgreementStage
from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.states import Stage
from buurtdraad.audit.models import Event
from buurtdraad.pages.tests.story import *  # noqa: F403 (the city of the wishes, and what comes after a wish)
from buurtdraad.pages.tests.story import DAY, HOSTILE, NOW, PROMISE

pytestmark = pytest.mark.django_db
INSIDE = "/buurten/BU03440241/"


@pytest.fixture
def page_at(client):
    return lambda path: " ".join(client.get(path).text.split())


@pytest.mark.parametrize("path", ["/buurten/zuilen-oost/", INSIDE, "/buurten/WK034402/"])
def test_an_area_shows_the_agenda_and_meetings_that_are_about_it(page_at, wish, story, path):
    topic = story.topic(wish)
    story.done(story.agree(topic), "Klaar")
    agendas.move_on(story.agree(topic, "Nog een"), AgreementStage.RUNNING, by=story.joris, at=NOW + DAY)
    story.agree(topic, "En nog een")
    meeting = story.meet(wish, "Samen kiezen", days=7)
    page = page_at(path)
    assert "Buurtagenda Zuilen-Oost" in page
    assert "1 van de 3 afspraken is klaar, 1 bezig" in page
    assert f'href="/onderwerpen/{topic.pk}/doe-mee/"' in page
    assert f'href="/bijeenkomsten/{meeting.pk}/"' in page
    assert 'Klaar: <a href="/afspraken/' in page


def test_elsewhere_nothing_of_it_is_shown(page_at, wish, story):
    story.agree(story.topic(wish)), story.meet(wish, "Samen kiezen", days=7)
    page = page_at("/buurten/BU03440321/")
    assert "Groen en ontmoeten" not in page
    assert "Samen kiezen" not in page
    assert "Er is hier nu geen bijeenkomst gepland." in page


def test_drafts_and_what_will_not_happen_are_on_no_page(page_at, wish, story):
    story.agree(story.topic(wish, adopted=False))
    cancelled = story.meet(wish, "Gaat niet door", days=7)
    story.cancel(cancelled)
    for path in ("/", INSIDE, "/buurten/zuilen-oost/", "/gedaan/"):
        page = page_at(path)
        assert "Groen en ontmoeten" not in page
        assert PROMISE not in page
        assert "Gaat niet door" not in page


def test_the_home_page_names_the_next_meeting_and_what_asks_for_people(page_at, wish, story):
    story.meet(wish, "Later", days=9), story.meet(wish, "Eerst", days=7)
    topic = story.topic(wish)
    story.agree(topic, "Iemand doet dit al")
    story.agree(topic, "Wie helpt mee?", owner="")
    page = page_at("/")
    assert "Eerst, " in page.partition("Kom naar een bijeenkomst")[2].partition("</a>")[0]
    assert page.index(">Eerst<") < page.index(">Later<")
    assert "Wie helpt mee?" in page
    assert "Iemand doet dit al" not in page


def test_agreements_that_are_done_stand_among_the_wishes_by_day_and_area(page_at, wish, make_wish, story):
    agreement = story.agree(story.topic(wish), at=NOW)
    story.done(agreement, at=NOW)
    old, new = make_wish("Oude wens"), make_wish("Nieuwe wens")
    actions.move_to(old, Stage.DONE, why="Klaar", by=story.joris, at=NOW - 2 * DAY)
    actions.move_to(new, Stage.DONE, why="Klaar", by=story.joris, at=NOW + 2 * DAY)
    page = page_at("/gedaan/")
    assert page.index("Nieuwe wens<") < page.index(f"{PROMISE}<") < page.index("Oude wens<")
    assert "De banken staan er." in page
    assert PROMISE in page_at("/gedaan/?buurt=zuilen-oost")
    assert PROMISE not in page_at("/gedaan/?buurt=BU03440321")
    assert PROMISE in page_at("/")


@pytest.mark.parametrize("path", ["/", "/gedaan/", "/gedaan/?buurt=zuilen-oost", "/buurten/zuilen-oost/", INSIDE, "/buurten/GM0344/"])
def test_three_cost_as_many_queries_as_one(client, make_wish, story, path):
    counts, topic = [], None
    for number in (1, 3):
        for extra in range(number):
            wish = make_wish(f"Wens {number} {extra}")
            topic = topic or story.topic(wish)
            story.done(story.agree(topic, f"Klaar {number} {extra}"), "Ja")
            story.agree(topic, f"Wie? {number} {extra}", owner="")
            actions.move_to(wish, Stage.DONE, why="Klaar", by=story.joris, at=NOW + DAY)
            story.meet(wish, f"Avond {number} {extra}", days=3 + extra)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        counts.append(len(queries))
    # Three that were done may be of one kind, two of both.
    assert counts[1] <= counts[0] <= (25 if "buurten" in path else 12)


def test_hostile_words_are_shown_as_text(page_at, wish, story):
    story.done(story.agree(story.topic(wish, HOSTILE), HOSTILE), HOSTILE)
    story.meet(wish, HOSTILE, days=5)
    for path in ("/", "/gedaan/", INSIDE):
        assert "<script>alert" not in page_at(path)


def test_every_deed_of_an_agenda_or_meeting_makes_the_pages_that_show_it_anew(client, wish, story):
    paths = ["/", "/gedaan/", INSIDE, "/buurten/zuilen-oost/", "/buurten/WK034402/", "/buurten/GM0344/"]
    shown = {path: client.get(path).shows_places for path in paths}
    began = Event.objects.count()
    story.agree(story.topic(wish)), story.meet(wish, days=7)
    verbs = ("agenda.adopted", "agreement.made", "meeting.announced")
    touched = [set(event.touches) for event in Event.objects.order_by("pk")[began:] if event.verb in verbs]
    assert len(touched) >= 2
    assert not [path for path in paths for touches in touched if not shown[path] & touches]
