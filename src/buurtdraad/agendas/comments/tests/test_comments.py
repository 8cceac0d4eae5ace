"""Reactions below a wish: off unless an area chose for them, and read first where needed."""

import pytest
from django.utils import timezone

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.moderation.actions import decide, report
from buurtdraad.accounts.moderation.states import Reason, Stage
from buurtdraad.agendas.comments import actions, queries
from buurtdraad.agendas.comments.models import Comment
from buurtdraad.agendas.comments.states import Showing
from buurtdraad.agendas.wishes import actions as wishes
from buurtdraad.lib import spam

NOW = timezone.now()
PAGE = "/wensen/ZO-1/reacties/"


@pytest.fixture(autouse=True)
def typed_slowly(monkeypatch):
    monkeypatch.setattr(spam, "QUICKEST", spam.datetime.timedelta(0))


def choose(area, by, *, comments=True, read_first=False):
    wishes.choose(area, answer_within=21, read_first=read_first, comments=comments, by=by, duty="area_adviser", at=NOW)


@pytest.fixture
def open_here(areas, joris):
    choose(areas["zuilen-oost"], joris)


def said(wish, by, text="Goed plan!", **more):
    return actions.react(wish, text=text, name="Kees", by=by, at=NOW, **more)


def form(client, text):
    opened = client.get(PAGE).text.partition('name="opened" value="')[2].partition('"')[0]
    return {"text": text, "name": "Kees", "opened": opened}


def test_without_that_choice_there_is_no_page(client, wish, kees):
    client.force_login(kees)
    assert client.get(PAGE).status_code == client.post(PAGE, {"text": "Ja"}).status_code == 404
    with pytest.raises(actions.NoComments):
        said(wish, kees)


def test_who_is_signed_in_reacts_once_and_everybody_reads_it(client, wish, kees, open_here):
    client.force_login(kees)
    facts = form(client, "Goed plan! <script>alert(1)</script>")
    for _twice in range(2):
        assert client.post(PAGE, facts).status_code == 302
    client.logout()
    page = client.get(PAGE).text
    assert "Goed plan! &lt;script&gt;" in page
    assert Comment.objects.count() == 1
    assert "melden/?wat=comment%3A" in page


def test_a_visitor_reads_and_is_asked_to_sign_in(client, wish, open_here):
    assert "Inloggen" in client.get(PAGE).text
    assert client.post(PAGE, {"text": "Ja"}).status_code == 403


@pytest.mark.parametrize("text", ["", "x" * 1001, "a\0b"])
def test_nothing_or_too_much_is_asked_again(client, wish, kees, open_here, text):
    client.force_login(kees)
    assert client.post(PAGE, form(client, text)).status_code == 422


def test_about_a_person_or_by_a_program_or_where_all_is_read_first_it_waits(areas, wish, kees, joris, open_here):
    named = said(wish, kees, "Dat doet mevrouw Jansen altijd.")
    doubted = said(wish, kees, doubts=["links"])
    choose(areas["zuilen-oost"], joris, read_first=True)
    late = said(wish, kees)
    assert {comment.showing for comment in (named, doubted, late)} == {Showing.WAITING}
    assert list(queries.to_read(Reach(everywhere=True))) == [named, doubted, late]
    assert not queries.to_read(Reach(codes=frozenset({"BU03440321"})))
    assert not queries.comments_on(wish)


def test_who_wrote_what_waits_sees_it_and_others_do_not(client, wish, kees, open_here):
    said(wish, kees, "Bel mij: 06 12345678")
    assert "06 12345678" not in client.get(PAGE).text
    client.force_login(kees)
    assert "06 12345678" in client.get(PAGE).text


def test_showing_and_hiding_is_decided_once(wish, kees, joris, open_here):
    comment = said(wish, kees, doubts=["links"])
    actions.show_comment(comment, was=Showing.WAITING, by=joris, duty="area_adviser", at=NOW)
    assert list(queries.comments_on(wish)) == [comment]
    with pytest.raises(actions.DecidedMeanwhile):
        actions.hide_comment(comment, was=Showing.WAITING, why="x", by=joris, duty="area_adviser", at=NOW)
    actions.hide_comment(comment, was=Showing.SHOWN, why="Onaardig", by=joris, duty="area_adviser", at=NOW)
    assert not queries.comments_on(wish)


@pytest.mark.usefixtures("open_here")
def test_joined_wishes_show_all_that_was_said(client, wish, make_wish, kees, joris):
    other = make_wish("Nog een bank")
    said(other, kees, "Hier ook")
    said(wish, kees, "Daar ook")
    wishes.merge(other, wish, why="", by=joris, at=NOW)
    page = client.get("/wensen/ZO-2/reacties/").text
    assert "Hier ook" in page
    assert "Daar ook" in page


def test_what_a_moderator_hides_after_a_report_is_gone(wish, kees, hamid, open_here):
    comment = said(wish, kees)
    assert queries.among([str(comment.uuid), "x"]) == {str(comment.uuid): comment}
    made = report(thing=comment.thing, area=wish.area, reason=Reason.RUDE, text="", doubts=(), by=None, at=NOW)
    decide(made, Stage.HIDDEN, why="Grof", duty="moderator", by=hamid, at=NOW)
    assert not queries.comments_on(wish)
    assert queries.among([str(comment.uuid)]), "a moderator can turn it round"


def test_the_page_asks_as_often_for_three_as_for_one(client, wish, kees, open_here, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    said(wish, kees)
    client.get(PAGE)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(PAGE)
    said(wish, kees, "Ja!")
    said(wish, kees, "En nog een.")
    with django_assert_num_queries(len(one)):
        client.get(PAGE)
