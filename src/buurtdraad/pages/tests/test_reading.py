"""`/werk/lezen/reacties/` and `/werk/lezen/fotos/`: what waits, who decides, and the lines on `/werk/`."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.accounts.access import Reach
from buurtdraad.agendas.comments import actions as comments
from buurtdraad.agendas.comments.states import Showing as CommentShowing
from buurtdraad.agendas.conftest import *  # noqa: F403 (the city of the wishes)
from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.models import WishPicture
from buurtdraad.agendas.wishes.states import Showing
from buurtdraad.audit.models import Event
from buurtdraad.pages import work
from buurtdraad.pages.reading.queries import waiting_to_read

pytestmark = pytest.mark.django_db
NOW = timezone.now()
COMMENTS, PICTURES = "/werk/lezen/reacties/", "/werk/lezen/fotos/"
HOSTILE = "<script>alert(1)</script>"
EVERYWHERE = Reach(everywhere=True)


@pytest.fixture
def say(areas, joris, kees):
    """A reaction of Kees that waits."""

    def said(wish, text="Goed plan!"):
        actions.choose(areas["zuilen-oost"], answer_within=21, read_first=True, comments=True, by=joris, duty="", at=NOW)
        return comments.react(wish, text=text, name="Kees", by=kees, at=NOW)

    return said


@pytest.fixture
def picture(wish):
    return picture_with(wish)


@pytest.fixture
def people(kees, samira, joris):
    return kees, samira, joris


@pytest.fixture
def to_decide(wish, say, picture):
    return {COMMENTS: say(wish), PICTURES: picture}


def picture_with(wish, alt="Een kapotte bank"):
    facts = {"key": f"k{WishPicture.objects.count()}", "width": 1280, "height": 960, "people": "nobody", "given_at": NOW}
    return WishPicture.objects.create(wish=wish, alt=alt, **facts)


def titles(person):
    return [item.title for item in work.waiting_for(person, on=timezone.localdate()).items]


def test_what_waits_is_counted_in_one_query(wish, make_wish, say, picture):
    make_wish("Wacht", showing=Showing.WAITING, at=NOW - datetime.timedelta(days=3))
    say(wish), say(wish, "Nog iets")
    with CaptureQueriesContext(connection) as queries:
        found = waiting_to_read(EVERYWHERE)
    assert [waiting.number for waiting in found] == [1, 2, 1]
    assert found[0].since == NOW - datetime.timedelta(days=3)
    assert len(queries) == 1
    assert [waiting.number for waiting in waiting_to_read(Reach(codes=frozenset({"BU03440321"})))] == [0, 0, 0]


def test_on_the_page_of_work_each_has_a_line(joris, samira, wish, say, picture):
    say(wish)
    assert {"Reacties om te lezen: 1", "Foto's om te bekijken: 1"} <= set(titles(joris))
    assert not [title for title in titles(samira) if "lezen" in title or "bekijken" in title]


def test_a_reaction_is_shown_or_kept_off_with_the_reason(signed_in, joris, wish, say):
    shown, hidden = say(wish), say(wish, "Wat een onzin")
    client = signed_in(joris)
    client.post(COMMENTS, {"which": shown.uuid, "was": "waiting", "deed": "show"})
    refused = client.post(COMMENTS, {"which": hidden.uuid, "was": "waiting", "deed": "hide", "why": ""})
    assert refused.status_code == 422
    assert client.post(COMMENTS, {"which": hidden.uuid, "was": "waiting", "deed": "hide", "why": "Grof"}).status_code == 302
    shown.refresh_from_db(), hidden.refresh_from_db()
    assert (shown.showing, hidden.showing) == (CommentShowing.SHOWN, CommentShowing.HIDDEN)
    assert "Er is niets om te lezen" in client.get(COMMENTS).text


def test_who_comes_second_hears_that_somebody_decided(signed_in, joris, hamid, wish, say):
    made = say(wish)
    comments.hide_comment(made, was="waiting", why="Grof", by=hamid, duty="moderator", at=NOW)
    answer = signed_in(joris).post(COMMENTS, {"which": made.uuid, "was": "waiting", "deed": "show"})
    assert answer.status_code == 422
    assert "Iemand anders" in answer.text


def test_a_picture_is_shown_or_destroyed(signed_in, joris, wish, picture):
    other, client = picture_with(wish, "Een boom"), signed_in(joris)
    page = " ".join(client.get(PICTURES).text.split())
    assert f'src="/wensen/foto/{picture.uuid}/1280/"' in page
    assert "Dit is erop te zien: Een boom" in page
    client.post(PICTURES, {"which": picture.uuid, "deed": "show"})
    client.post(PICTURES, {"which": other.uuid, "deed": "remove"})
    picture.refresh_from_db()
    assert picture.shown_at
    assert not WishPicture.objects.filter(pk=other.pk).exists()
    assert f'src="/wensen/foto/{picture.uuid}/640/"' in client.get(f"/wensen/{wish.reference}/").text


def test_a_picture_is_decided_on_the_page_of_its_wish_too(signed_in, joris, wish, make_wish, picture):
    client, path = signed_in(joris), f"/werk/wensen/{wish.reference}/"
    assert f'src="/wensen/foto/{picture.uuid}/1280/"' in client.get(path).text
    of_another = picture_with(make_wish("Iets anders"))
    assert client.post(path, {"which": of_another.uuid, "deed": "show_picture"}).status_code == 404
    client.post(path, {"which": picture.uuid, "deed": "show_picture"})
    picture.refresh_from_db()
    assert picture.shown_at
    client.post(path, {"which": picture.uuid, "deed": "remove_picture"})
    assert not wish.pictures.exists()


@pytest.mark.parametrize("path", [COMMENTS, PICTURES])
def test_only_who_reads_there_comes_here(client, signed_in, people, to_decide, path):
    kees, samira, joris = people
    wish, made = to_decide[path].wish, to_decide[path]
    assert client.get(path).status_code == 302
    assert signed_in(kees).get(path).status_code == 403
    assert signed_in(joris, second_factor=False).get(path).status_code == 302
    client = signed_in(samira)
    assert wish.reference not in client.get(path).text
    assert client.post(path, {"which": made.uuid, "was": "waiting", "deed": "show"}).status_code == 403
    for nonsense in ("", "x", "\x00"):
        assert client.post(path, {"which": nonsense, "deed": "show"}).status_code == 404
    assert signed_in(joris).get(path).status_code == 200
    assert Event.objects.filter(verb="looked", actor=joris.uuid).count() == 1


@pytest.mark.parametrize("path", [COMMENTS, PICTURES])
def test_three_cost_as_many_queries_as_one_and_hostile_words_are_text(signed_in, joris, make_wish, say, path):
    counts, client = [], signed_in(joris)
    for number in (1, 3):
        for _each in range(number):
            wish = make_wish(HOSTILE)
            say(wish, HOSTILE), picture_with(wish, HOSTILE)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(path).text
        counts.append(len([query for query in queries if query["sql"].startswith("SELECT")]))
        assert "<script>alert" not in page
    assert counts[0] == counts[1]


def test_the_lists_lead_to_each_other(signed_in, joris, wish, say, picture):
    say(wish)
    client = signed_in(joris)
    for path in ("/werk/lezen/", COMMENTS, PICTURES):
        page = client.get(path).text
        for other in ("/werk/lezen/", COMMENTS, PICTURES):
            assert f'href="{other}"' in page
    assert "Reacties (1)" in page
