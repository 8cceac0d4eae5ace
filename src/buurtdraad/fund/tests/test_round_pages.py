"""The pages of rounds: announcing, points, the order of residents, proposals, and what everybody reads."""

# ruff: noqa: F811 (a fixture is named like what it is, and a test asks for as many as it needs)

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from buurtdraad.fund.actions.rounds import RoundFacts, announce, open_round, record_ranking
from buurtdraad.fund.models import InterestDeclaration, Proposal, Round, Score
from buurtdraad.fund.states import Interest, RankedBy, RoundStage, Who
from buurtdraad.fund.tests.decisions import days_ago, in_english, linda, pot  # noqa: F401
from buurtdraad.fund.tests.test_rounds import announced, at_day, closed, in_order, points  # noqa: F401
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.states import Showing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "city_with_a_name")]


def page(name, *args):
    return "/en" + reverse(f"fund:{name}", args=args).removeprefix("/en")


@pytest.fixture
def answers(pot, rules):
    return {
        "name": "Voorjaar", "pot": str(pot.uuid), "opens_on": days_ago(0).isoformat(), "closes_on": days_ago(-30).isoformat(),
        "decide_by": days_ago(-60).isoformat(), "ranked_by": "scores", "least_points": "3",
    }  # fmt: skip


def test_a_round_is_announced_filled_opened_and_taken_back_in_the_browser(signed_in, bas, answers):
    client = signed_in(bas)
    assert "There is no round now" in client.get(page("work_rounds")).content.decode()
    answer = client.post(page("announce_round"), answers)
    assert answer.status_code == 302, answer.context["form"].errors
    made = Round.objects.get()
    assert (made.name, made.least_points, made.stage) == ("Voorjaar", 3, RoundStage.ANNOUNCED)
    assert client.post(page("add_criterion", made.uuid), {"name": "", "weight": "0", "most": "5"}).status_code == 422
    for name in ("Voor iedereen", "Groen"):
        client.post(page("add_criterion", made.uuid), {"name": name, "weight": "2", "most": "5", "about": ""})
    client.post(page("drop_criterion", made.uuid, made.criteria.last().pk))
    assert [one.name for one in made.criteria.all()] == ["Voor iedereen"]
    assert client.post(page("change_round", made.uuid), answers | {"name": "Zomer"}).status_code == 302
    assert "Open the round" in client.get(page("work_round", made.uuid)).content.decode()
    client.post(page("open_round", made.uuid))
    made.refresh_from_db()
    assert (made.name, made.stage) == ("Zomer", RoundStage.OPEN)
    assert client.post(page("drop_round", made.uuid)).status_code == 302
    assert Round.objects.filter(pk=made.pk).exists()
    client.post(page("announce_round"), answers)
    other = Round.objects.get(name="Voorjaar")
    client.post(page("drop_round", other.uuid))
    assert not Round.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "required"),
        ({"closes_on": "2020-01-01"}, "before the first day"),
        ({"decide_by": "2020-01-01"}, "after the last day to ask"),
        ({"opens_on": "1492-01-01"}, "this century"),
        ({"opens_on": "1995-01-01"}, "no rules"),
        ({"pot": "0b8f3e4e-0000-4000-8000-000000000000"}, "Select a valid choice"),
        ({"least_points": "-1"}, "greater than or equal"),
        ({"ranked_by": "dice"}, "Select a valid choice"),
        ({"opens_on": "gisteren"}, "Enter a valid date"),
    ],
)
def test_a_wrong_announcement_is_said_on_the_form(signed_in, bas, answers, wrong, says):
    answer = signed_in(bas).post(page("announce_round"), answers | wrong)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Round.objects.exists()


def test_who_does_not_keep_the_money_announces_and_opens_nothing(signed_in, priya, announced, answers):
    made = announced()
    client = signed_in(priya)
    assert client.get(page("work_round", made.uuid)).status_code == 200
    assert client.post(page("announce_round"), answers).status_code == 403
    for name in ("open_round", "close_round", "take_in", "drop_round", "rank_round", "note_order"):
        assert client.post(page(name, made.uuid)).status_code == 403
    assert client.get(page("work_round", "0b8f3e4e-0000-4000-8000-000000000000")).status_code == 404


def test_an_assessor_gives_points_with_why_and_sees_where_they_may_not(signed_in, priya, joris, noor, closed):
    made, (first, second, third) = closed()
    InterestDeclaration.objects.filter(application=second, person=priya.uuid).update(says=Interest.YES)
    InterestDeclaration.objects.filter(application=third, person=priya.uuid).delete()
    client = signed_in(priya)
    shown = client.get(page("work_round", made.uuid)).content.decode()
    assert "You have something to do with it. Others give points." in shown
    assert "First say whether you have something to do with it" in shown
    assert client.get(page("give_points", made.uuid, second.uuid)).status_code == 403
    assert client.get(page("give_points", made.uuid, third.uuid)).url == page("declare", third.uuid)
    one, two = made.criteria.all()
    wrong = client.post(page("give_points", made.uuid, first.uuid), {f"points_{one.pk}": "6", f"points_{two.pk}": "1"})
    assert wrong.status_code == 422
    given = {f"points_{one.pk}": "5", f"why_{one.pk}": "Iedereen kan komen.", f"points_{two.pk}": "2", f"why_{two.pk}": "Eén dag."}
    assert client.post(page("give_points", made.uuid, first.uuid), given).status_code == 302
    assert Score.objects.filter(given_by=priya.uuid).count() == 2
    assert "4.00 points" in client.get(page("work_round", made.uuid)).content.decode()
    assert page("give_points", made.uuid, first.uuid) in signed_in(joris).get(page("file", first.uuid)).content.decode()
    assert signed_in(joris).get(page("give_points", made.uuid, first.uuid)).status_code == 200
    other = signed_in(noor).get(page("work_round", made.uuid)).content.decode()
    assert "Give points" not in other
    assert "First say" not in other


def test_the_round_goes_from_points_to_proposals_in_the_browser(signed_in, priya, bas, closed):
    made, plans = closed()
    client = signed_in(bas)
    client.post(page("rank_round", made.uuid))
    assert "no points on every criterion" in client.get(page("work_round", made.uuid)).content.decode()
    for plan, of in zip(plans, [(3, 3), (5, 2), (1, 1)], strict=True):
        points(made, plan, of, priya)
    client.post(page("rank_round", made.uuid))
    assert "Everybody can read it" in client.get(page("work_round", made.uuid)).content.decode()
    handler = signed_in(priya)
    answer = handler.post(page("propose_round", made.uuid), follow=True)
    assert "3 proposals wait for a decision." in answer.content.decode()
    assert Proposal.objects.filter(outcome="granted").count() == 2


def test_the_order_of_residents_is_written_down_with_the_evening_and_how_many_they_were(signed_in, bas, closed):
    made, plans = closed(ranked_by=RankedBy.JURY)
    client, entries = signed_in(bas), list(made.entries.all())
    order = {f"place_{entry.pk}": place for entry, place in zip(entries, (2, 3, 1), strict=True)}
    evening = {"held_on": days_ago(2).isoformat(), "where": "De Wilg", "people": "12", "words": "Met stickers."}
    wrongs = (
        {"held_on": days_ago(-1).isoformat()}, {"held_on": days_ago(20).isoformat()}, {"people": "0"}, {f"place_{entries[0].pk}": "3"},
        {f"place_{entries[0].pk}": "4"}, {f"points_{entries[0].pk}": "5"},
        {f"points_{entry.pk}": number for entry, number in zip(entries, (1, 2, 0), strict=True)},
    )  # fmt: skip
    for wrong in wrongs:
        assert client.post(page("note_order", made.uuid), evening | order | wrong).status_code == 422
    assert client.post(page("note_order", made.uuid), evening | order).status_code == 302
    made.refresh_from_db()
    assert [entry.application for entry in made.entries.order_by("place")] == [plans[2], plans[0], plans[1]]
    assert "kozen 12 bewoners. Plaats: De Wilg. Met stickers." in made.how
    assert client.get(page("note_order", made.uuid)).status_code == 403


def test_everybody_reads_days_criteria_and_the_order_and_nobody_by_name(client, closed, bas):
    assert "There is no round now" in client.get(page("rounds")).content.decode()
    made, plans = closed(ranked_by=RankedBy.JURY)
    shown = client.get(page("rounds")).content.decode()
    assert "Voor iedereen" in shown
    assert "Wilgentuin" not in shown
    type(plans[0]).objects.filter(pk=plans[0].pk).update(who=Who.ORGANISATION, organisation_name="Stichting Groen")
    Initiative.objects.filter(pk=plans[1].initiative_id).update(showing=Showing.PRIVATE, title="Geheim plan")
    Initiative.objects.filter(pk=plans[2].initiative_id).update(title="<script>alert(1)</script>")
    record_ranking(made, in_order(plans, points=7), how="<b>Een</b> avond", by=bas, at=timezone.now())
    shown = client.get(page("rounds")).content.decode()
    assert "Stichting Groen" in shown
    assert "resident" in shown
    assert "7.00" in shown
    for hidden in ("Geheim plan", "<script>alert", "<b>Een", "Kees", "Vermeer"):
        assert hidden not in shown


def test_what_counts_stands_below_the_title_of_its_round_on_every_page(signed_in, client, bas, announced):
    made = announced()
    open_round(made, by=bas, at=timezone.now())
    assert '<h3 class="utrecht-heading-3">What counts</h3>' in client.get(page("rounds")).content.decode()
    assert '<h2 class="utrecht-heading-3">What counts</h2>' in signed_in(bas).get(page("work_round", made.uuid)).content.decode()


def test_a_hostile_name_does_nothing_on_the_page_of_staff(signed_in, bas, rules, pot):
    facts = RoundFacts("<script>alert(1)</script>", days_ago(30), days_ago(10), days_ago(-60))
    made = announce(facts, rules=rules, pot=pot, by=bas, at=at_day(40))
    for shown in (signed_in(bas).get(page("work_rounds")), signed_in(bas).get(page("work_round", made.uuid))):
        assert "<script>alert" not in shown.content.decode()


def test_a_page_asks_the_same_number_of_questions_for_one_and_for_three(signed_in, priya, client, closed, bas):
    def asked(who, path):
        who.get(path)
        with CaptureQueriesContext(
            connection,
        ) as questions:
            assert who.get(path).status_code == 200
        return len(questions)

    one, _plans = closed(costs=("9000",), ranked_by=RankedBy.JURY)
    three, plans = closed(name="Ronde 3", ranked_by=RankedBy.JURY)
    handler = signed_in(priya)
    assert asked(handler, page("work_round", one.uuid)) == asked(handler, page("work_round", three.uuid))
    first = asked(handler, page("work_rounds"))
    record_ranking(one, in_order(_plans), how="Zo", by=bas, at=timezone.now())
    few = asked(client, page("rounds"))
    record_ranking(three, in_order(plans), how="Zo", by=bas, at=timezone.now())
    assert asked(client, page("rounds")) == few
    closed(name="Ronde 4", ranked_by=RankedBy.JURY)
    assert asked(handler, page("work_rounds")) == first


def test_an_order_is_taken_back_in_the_browser(signed_in, priya, bas, closed):
    made, plans = closed(ranked_by=RankedBy.JURY)
    record_ranking(made, in_order(plans), how="Een avond", by=bas, at=timezone.now())
    client = signed_in(bas)
    assert page("take_back_order", made.uuid) in client.get(page("work_round", made.uuid)).content.decode()
    assert client.post(page("take_back_order", made.uuid), {"why": ""}).status_code == 422
    assert signed_in(priya).get(page("take_back_order", made.uuid)).status_code == 403
    answer = signed_in(bas).post(page("take_back_order", made.uuid), {"why": "Twee plaatsen waren verwisseld."}, follow=True)
    assert "Twee plaatsen waren verwisseld." in answer.content.decode()
    assert client.get(page("take_back_order", made.uuid)).status_code == 403
