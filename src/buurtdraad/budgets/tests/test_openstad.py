"""An export of OpenStad becomes wishes and plans: mapped, without people, and twice the same."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from buurtdraad.agendas.comments.models import Comment
from buurtdraad.agendas.ways_in.actions import undo
from buurtdraad.agendas.ways_in.models import Batch
from buurtdraad.agendas.ways_in.sources import openstad
from buurtdraad.agendas.wishes.actions.showing import show
from buurtdraad.agendas.wishes.models import Giver, Supporter, VotesElsewhere, Wish
from buurtdraad.agendas.wishes.states import Stage
from buurtdraad.audit.models import Event
from buurtdraad.budgets.conftest import DAY
from buurtdraad.budgets.models import BudgetPlan, Maker
from buurtdraad.budgets.states import PlanStage, RoundStage
from buurtdraad.lib.tables.reading import TableRefused
from buurtdraad.messages.models import Contact, Message

pytestmark = pytest.mark.django_db
USER = {"id": 9, "email": "emine@example.nl", "displayName": "Emine A.", "nickName": "emi", "postcode": "3554 AB"}
IDEA = {
    "id": 44, "projectId": 2, "title": "Een bank op het plein", "summary": "Een plek om te zitten.",
    "description": "<p>Op het <b>plein</b> kan niemand zitten.</p>", "status": "OPEN", "publishDate": "2024-05-01T08:00:00.000Z",
    "viewableByRole": "all", "createdAt": "2024-05-01T08:00:00.000Z", "areaId": 3, "yes": 12, "no": 1, "userId": 9, "user": USER,
    "deletedAt": None, "budget": 3000, "tags": [{"type": "theme", "name": "Groen"}],
}  # fmt: skip
AREAS = [{"id": 3, "name": "Zuilen-west"}]
MAPPING = '[areas]\n3 = "BU03440241"\n'


@pytest.fixture
def load(areas, tmp_path):
    """Writes an export and loads it: `load([idea, ...], votes=[...], mapping="...")`."""

    def loaded(ideas, *, mapping=MAPPING, options=(), **files):
        folder = tmp_path / "export"
        folder.mkdir(exist_ok=True)
        (folder / "resources.json").write_text(json.dumps({"metadata": {}, "records": ideas}))
        for name, things in files.items():
            (folder / f"{name}.json").write_text(json.dumps(things))
        (tmp_path / "mapping.toml").write_text(mapping)
        said = StringIO()
        call_command("load_openstad", str(folder), "--mapping", str(tmp_path / "mapping.toml"), *options, stdout=said)
        return said.getvalue()

    return loaded


def idea(number=44, **facts):
    return IDEA | {"id": number} | facts


def test_an_idea_becomes_a_wish_with_its_votes_as_a_number(load):
    load([idea()], areas=AREAS)
    wish = Wish.objects.get()
    assert wish.text == "Een bank op het plein. Op het plein kan niemand zitten."
    assert (wish.area.code, wish.theme, wish.stage, wish.given_at.year) == ("BU03440241", "green", Stage.TOLD, 2024)
    told = VotesElsewhere.objects.get()
    assert (told.wish, told.source, told.in_favour, told.against) == (wish, "OpenStad", 12, 1)
    assert not Supporter.objects.exists()
    assert not Message.objects.exists()


def test_of_who_wrote_and_voted_nothing_comes_along(load):
    votes = [{"id": n, "resourceId": 44, "userId": n, "opinion": "yes", "ip": "192.0.2.7", "user": USER} for n in range(3)]
    load([idea()], areas=AREAS, votes=votes)
    kept = json.dumps([list(model.objects.values()) for model in (Wish, Giver, VotesElsewhere, Event, Batch)], default=str)
    for private in ("emine", "Emine", "3554 AB", "192.0.2.7", "nickName"):
        assert private not in kept
    assert not Contact.objects.exists()
    assert VotesElsewhere.objects.get().in_favour == 3


def test_votes_that_do_not_count_there_do_not_count_here(load):
    votes = [
        {"resourceId": 44, "opinion": "yes"}, {"ideaId": 44, "opinion": "yes"}, {"resourceId": 44, "opinion": "no"},
        {"resourceId": 44, "opinion": "yes", "checked": False}, {"resourceId": 44, "opinion": "yes", "confirmed": False},
        {"resourceId": 44, "opinion": "yes", "deletedAt": "2024-05-02"}, {"resourceId": 45, "opinion": "yes"},
    ]  # fmt: skip
    load([idea()], areas=AREAS, votes=votes)
    told = VotesElsewhere.objects.get()
    assert (told.in_favour, told.against) == (2, 1)


def test_the_same_export_twice_changes_nothing_and_a_later_one_the_votes(load):
    load([idea(), idea(45)], areas=AREAS)
    events = Event.objects.count()
    assert "2 same" in load([idea(), idea(45)], areas=AREAS)
    assert (Wish.objects.count(), Batch.objects.count(), Event.objects.count()) == (2, 1, events)
    assert "1 changed, 1 same" in load([idea(yes=15, title="Anders"), idea(45)], areas=AREAS)
    assert sorted(VotesElsewhere.objects.values_list("in_favour", flat=True)) == [12, 15]
    assert Wish.objects.count() == 2


def test_a_dry_run_changes_nothing(load):
    assert "1 added" in load([idea()], areas=AREAS, options=("--dry-run",))
    assert not Wish.objects.exists()
    assert not Event.objects.filter(verb="wishes.imported").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"deletedAt": "2024-06-01"}, {"publishDate": None}, {"viewableByRole": "moderator"},
        {"title": "", "description": "", "summary": ""},
        {"areaId": 99}, {"description": "x" * 3000, "summary": "y" * 3000}, {"id": None}, {"isSpam": True},
    ],
)  # fmt: skip
def test_an_idea_that_cannot_come_along_is_named_and_stops_no_other(load, wrong):
    with pytest.raises(CommandError, match=r"1 rows are not loaded.\nrow 2: \w"):
        load([idea(), idea(45) | wrong], areas=AREAS)
    assert Wish.objects.count() == 1


def test_of_a_thousand_with_every_tenth_wrong_the_others_load(load):
    ideas = [idea(number, **({"deletedAt": "x"} if number % 10 == 0 else {})) for number in range(1, 1001)]
    with pytest.raises(CommandError, match="100 rows are not loaded"):
        load(ideas, areas=AREAS)
    assert Wish.objects.count() == VotesElsewhere.objects.count() == 900


def test_a_status_leads_to_a_step_with_the_answer_of_there(load):
    load([idea(status="DENIED", modBreak="<p>Hier mag geen bank.</p>"), idea(45, status=None, statuses=[{"name": "DONE"}])], areas=AREAS)
    denied, done = Wish.objects.order_by("mark")
    assert (denied.stage, denied.why) == (Stage.NOT_DONE, "Hier mag geen bank.")
    assert done.stage == Stage.DONE
    assert denied.answered_at
    assert not Message.objects.exists()


def test_comments_are_left_out_unless_the_mapping_keeps_them_and_undoing_takes_all_away(load, joris):
    comments = [{"id": 1, "resourceId": 44, "description": "Goed idee!", "user": USER, "createdAt": "2024-05-03"}]
    assert "1 comments are left out" in load([idea()], areas=AREAS, comments=comments)
    assert not Comment.objects.exists()
    load([idea(46)], areas=AREAS, comments=[comments[0] | {"resourceId": 46}], mapping='comments = "keep"\n' + MAPPING)
    made = Comment.objects.get()
    assert (made.text, made.person, made.name, made.showing) == ("Goed idee!", None, "", "waiting")
    undo(Batch.objects.order_by("-pk")[0], by=joris, duty="", at=timezone.now())
    assert not Comment.objects.exists()
    assert Wish.objects.count() == 1


def test_where_the_mapping_says_so_an_idea_becomes_a_plan_of_a_round(load, make_round):
    now = timezone.now()
    days = {"propose_until": timezone.localdate(now), "list_on": timezone.localdate(now) + DAY, "vote_from": now + 2 * DAY}
    round_ = make_round(stage=RoundStage.GATHERING, costs=(), **days)
    mapping = '[become]\ndefault = "wish"\n7 = "plan"\n' + MAPPING
    ideas = [idea(), idea(50, projectId=7)]
    load(ideas, mapping=mapping, areas=AREAS, options=("--round", round_.slug))
    plan = BudgetPlan.objects.get()
    assert (plan.stage, plan.shown, plan.cost, plan.title) == (PlanStage.PROPOSED, False, 3000, "Een bank op het plein")
    assert "12" in plan.story
    assert "OpenStad" in plan.story
    assert not Maker.objects.exists()
    assert Wish.objects.count() == 1
    assert "2 same" in load(ideas, mapping=mapping, areas=AREAS, options=("--round", round_.slug))


def test_plans_need_a_round(load):
    with pytest.raises(CommandError, match="Nothing is loaded"):
        load([idea()], mapping='[become]\ndefault = "plan"\n')
    assert not Wish.objects.exists()


@pytest.mark.parametrize("text", ["x = 1", "comments = 'sell'", "[status]\nOPEN = 'won'", "[become]\ndefault = 'x'", "["])
def test_a_mapping_that_says_nonsense_is_refused(tmp_path, text):
    path = tmp_path / "m.toml"
    path.write_text(text)
    with pytest.raises(TableRefused):
        openstad.mapping_of(path)


@pytest.mark.parametrize("content", ["{", "[1]", '"x"', "[]", "null", "\xff"])
def test_a_file_that_is_no_list_is_refused(tmp_path, content):
    (tmp_path / "resources.json").write_bytes(content.encode("latin-1"))
    with pytest.raises(TableRefused):
        openstad.read_export(tmp_path, openstad.mapping_of(None))


@pytest.mark.parametrize(
    "place",
    [
        {"location": {"lat": 52.1, "lng": 5.1}}, {"location": {"type": "Point", "coordinates": [52.1, 5.1]}},
        {"location": {"type": "Point", "coordinates": [5.1, 52.1]}}, {"location": None, "position": {"lat": "52.1", "lng": "5.1"}},
    ],
)  # fmt: skip
def test_a_place_is_read_as_both_apis_give_it(place):
    assert openstad.place_of(place) == (52.1, 5.1)


@pytest.mark.parametrize("place", [{}, {"location": {"lat": "x", "lng": None}}, {"location": "here"}, {"location": {"coordinates": [1]}}])
def test_a_place_that_is_none_is_no_place(place):
    assert openstad.place_of(place) is None


def test_the_page_of_a_wish_tells_the_votes_and_where_they_were_given(load, client, joris):
    load([idea()], areas=AREAS)
    wish = Wish.objects.get()
    if wish.showing != "shown":
        show(wish, was=wish.showing, by=joris, duty="", at=timezone.now())
    page = client.get(f"/wensen/{wish.reference}/").content.decode()
    assert "OpenStad" in page
    assert "12" in page
