"""Each "Meld dit" on a page that everybody sees leads to a page on which it can be reported, and to nothing that is hidden."""

import re
from html import unescape
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone

from buurtdraad.accounts.moderation import actions
from buurtdraad.accounts.moderation.states import Reason, Stage
from buurtdraad.agendas.agenda import actions as agenda
from buurtdraad.agendas.comments.models import Comment
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.models import Agreement, AreaChoices, Topic
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.lib.access import EVERYBODY
from buurtdraad.pages.reporting.things import BY_KIND, named, named_among
from tests.access import VISITOR, World, addresses

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="(/melden/\?wat=[^"]+)"')
WORDS = "Dat <script>wil</script> ik ook"


@pytest.fixture
def world():
    """The world of the table of access, with comments on its wish."""
    made = World()
    wish = Wish.objects.on_site().first()
    AreaChoices.objects.update_or_create(area=wish.area, defaults={"comments": True})
    Comment.objects.create(wish=wish, text=WORDS, showing="shown", at=timezone.now())
    return made


def links(world):
    """The links on all pages that everybody sees, as the address of the page and that of the link."""
    client = world.client(VISITOR)
    for one in addresses():
        if one.rule is EVERYBODY:
            answer = client.get(world.path(one))
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                yield from ((one.pattern, unescape(link)) for link in LINK.findall(answer.text))


def test_no_link_is_dead_and_every_kind_has_one(world):
    found = [(page, unquote(link)) for page, link in links(world)]
    assert not [(page, link) for page, link in found if Client().get(link).status_code != 200]
    assert {link.partition("=")[2].partition(":")[0] for _page, link in found} >= set(BY_KIND) - {"page"}


def test_a_report_page_names_what_it_is_about_and_where(world):
    comment, topic, agreement, meeting = (model.objects.first() for model in (Comment, Topic, Agreement, Meeting))
    found = named_among(one.thing for one in (comment, topic, agreement, meeting))
    assert {thing: (one.name, one.area) for thing, one in found.items()} == {
        comment.thing: (f"Een reactie bij wens {comment.wish.reference}: {WORDS}", comment.wish.area.code),
        topic.thing: (topic.title, topic.version.area.code),
        agreement.thing: (agreement.what, agreement.area.code),
        meeting.thing: (meeting.title, meeting.area.code),
    }
    page = Client().get(f"/melden/?wat={comment.thing}").text
    assert "<script>wil" not in page
    assert all(Client().get(one.url).status_code == 200 for one in found.values())


@pytest.mark.parametrize("kind", sorted(BY_KIND))
@pytest.mark.parametrize("text", ["", "0", "-1", "x", "²", "00000000-0000-0000-0000-000000000000", "1e3", "01", "9" * 19, "9" * 60, "%00"])
def test_what_does_not_exist_cannot_be_reported(kind, text):
    assert named(f"{kind}:{text}") is None
    assert Client().get("/melden/", {"wat": f"{kind}:{text}"}).status_code == 404


def test_what_is_not_on_the_site_yet_cannot_be_reported(world):
    version = Topic.objects.first().version
    by = world.people["area_adviser"]
    topic = agenda.add_topic(
        agenda.make_draft(version.area, by=by, at=timezone.now()), agenda.TopicFacts("Later"), by=by, at=timezone.now()
    )
    Meeting.objects.update(stage="draft")
    Comment.objects.update(showing="waiting")
    assert named_among([topic.thing, Meeting.objects.first().thing, Comment.objects.first().thing]) == {}


def test_a_comment_that_was_hidden_is_told_to_the_moderator_only(world):
    comment = Comment.objects.first()
    made = actions.report(thing=comment.thing, area=comment.wish.area, reason=Reason.RUDE, text="", doubts=(), by=None, at=timezone.now())
    address, public = f"/werk/meldingen/{made.uuid}/", f"/melden/?wat={comment.thing}"
    staff = world.client("moderator")
    answer = staff.post(address, {"decision": Stage.HIDDEN, "why": "Grof", "seen": "open"})
    assert answer.status_code == 302
    assert Client().get(public).status_code == 404
    assert "Dat &lt;script&gt;" in staff.get(address).text
    assert "ik ook" not in Client().get(f"/wensen/{comment.wish.reference}/reacties/").text
    staff.post(address, {"decision": Stage.LEFT, "why": "Toch niet", "seen": "hidden"})
    assert Client().get(public).status_code == 200


def test_of_each_kind_many_are_found_in_one_query(world, django_assert_num_queries):
    wish = Wish.objects.on_site().first()
    made = [Comment.objects.create(wish=wish, text=WORDS, showing="shown", at=timezone.now()).thing for _each in range(3)]
    with django_assert_num_queries(1):
        assert len(named_among(made)) == len(made)
