"""Reading a plan, saying whether it can be done, the list for the vote, and plans that exclude each other."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from buurtdraad.audit.models import Event
from buurtdraad.budgets.actions import changing, checking, reading
from buurtdraad.budgets.actions.plan_record import NotNow
from buurtdraad.budgets.actions.proposing import WrongCost
from buurtdraad.budgets.models import BudgetPlan, Check, Like, Maker, PlanPicture, Spot
from buurtdraad.budgets.states import PLAN_MOVES, PlanStage, RoundStage, Verdict
from buurtdraad.lib.stages import WrongStage
from buurtdraad.messages.actions import add_contact, contact_for
from buurtdraad.messages.models import Message
from buurtdraad.messages.states import Way

NOW = timezone.now()
HOSTILE = "<script>alert('plan')</script>"


@pytest.fixture
def round_(make_round):
    """A round of which the plans are looked at, with three plans that were read."""
    return make_round(stage=RoundStage.CHECKING, most_a_plan=Decimal(6000))


@pytest.fixture
def plan(round_, kees):
    """Plan 1, of Kees."""
    found = round_.plans.get(number=1)
    Maker.objects.create(plan=found, contact=contact_for(kees, at=NOW), name="Kees", agreed_at=NOW)
    return found


@pytest.fixture
def check(joris):
    def say(plan, verdict=Verdict.YES, *, by=joris, reason="Er is plek.", **more):
        return checking.check(plan, verdict=verdict, reason=reason, by=by, at=NOW, **more)

    return say


def test_the_table_of_moves_is_complete():
    assert set(PLAN_MOVES) == set(PlanStage)


# --- whether it can be done ------------------------------------------------------------------------------


def test_yes_needs_a_cost_within_the_rules(plan, check):
    BudgetPlan.objects.filter(pk=plan.pk).update(cost=None)
    with pytest.raises(checking.NoCost):
        check(plan)
    with pytest.raises(WrongCost):
        check(plan, cost=Decimal("6000.01"))
    check(plan, cost=Decimal(6000), cost_from="offer", cost_words="Bij twee firma's gevraagd.")
    assert (plan.stage, plan.cost, plan.cost_from) == (PlanStage.FEASIBLE, Decimal(6000), "offer")


def test_a_repair_says_what_changes_and_who_helps_and_its_maker_hears_it(plan, check):
    with pytest.raises(checking.SaysTooLittle):
        check(plan, Verdict.REPAIR, change="Kleiner")
    check(plan, Verdict.REPAIR, change="Maak het kleiner.", helper="Joris, 030 123 45 67")
    assert plan.stage == PlanStage.REPAIR
    assert "Joris, 030 123 45 67" in Message.objects.get().body


def test_no_says_why_to_everybody_and_after_a_change_it_is_looked_at_again(client, plan, check, kees):
    check(plan, Verdict.NO, reason="De grond is niet van ons.")
    assert "De grond is niet van ons." in client.get(f"/budgetten/{plan.round.slug}/1/").content.decode()
    with pytest.raises(WrongStage):
        check(plan)
    changing.offer_again(plan, by=kees, at=NOW)
    assert (plan.stage, plan.why) == (PlanStage.PROPOSED, "")
    check(plan)
    assert [one.verdict for one in plan.checks.all()] == [Verdict.YES, Verdict.NO]


def test_a_repaired_plan_is_offered_again_by_its_maker(client, plan, check, kees, signed_in):
    check(plan, Verdict.REPAIR, change="Kleiner", helper="Joris")
    signed_in(kees)
    url = f"/budgetten/{plan.round.slug}/1/"
    form = {"title": "Kleine bank", "summary": "Kleiner.", "cost": "500", "theme": "green"}
    assert client.post(f"{url}wijzigen/", form).status_code == 302
    assert client.post(f"{url}opnieuw/").status_code == 302
    plan.refresh_from_db()
    assert (plan.stage, plan.title, plan.cost) == (PlanStage.PROPOSED, "Kleine bank", Decimal(500))


def test_who_made_a_plan_checks_none_of_the_round(client, round_, joris, check, signed_in):
    first, second = round_.plans.filter(number__lte=2)
    Maker.objects.create(plan=first, contact=contact_for(joris, at=NOW))
    with pytest.raises(checking.OwnPlan):
        check(second)
    with pytest.raises(checking.OwnPlan):
        checking.list_plans(round_, by=joris, at=NOW)
    signed_in(joris)
    url = f"/werk/budgetten/{round_.slug}/plannen/2/"
    assert client.get(url).context["form"] is None
    assert client.post(url, {"verdict": "no", "reason": "Nee."}).status_code == 422
    assert not second.checks.exists()


@pytest.mark.parametrize("stage", [RoundStage.ANNOUNCED, RoundStage.READY, RoundStage.VOTING, RoundStage.CLOSED])
def test_plans_are_looked_at_before_the_list_is_known_only(make_round, check, stage):
    with pytest.raises(NotNow):
        check(make_round(stage=stage).plans.first())


def test_early_answers_come_while_people_still_send_plans(make_round, check):
    plan = make_round(stage=RoundStage.GATHERING).plans.first()
    check(plan)
    assert plan.stage == PlanStage.FEASIBLE


def test_a_plan_without_enough_likes_waits_and_can_only_be_refused(make_round, emine, check):
    plan = make_round(stage=RoundStage.GATHERING, likes_needed=2).plans.first()
    Like.objects.create(plan=plan, contact=emine, at=NOW)
    with pytest.raises(checking.TooFewLikes):
        check(plan)
    Like.objects.create(plan=plan, contact=add_contact(name="Ria", way=Way.NONE, by=None, at=NOW), at=NOW)
    check(plan)
    assert plan.stage == PlanStage.FEASIBLE


def test_a_check_says_why_and_a_feasible_plan_has_a_cost(plan):
    facts = {"plan": plan, "by": plan.uuid, "at": NOW}
    for wrong in ({"verdict": "yes", "reason": ""}, {"verdict": "repair", "reason": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Check.objects.create(**facts | wrong)
    for change in ({"stage": "feasible", "cost": None}, {"stage": "not_feasible"}, {"stage": "listed", "shown": False}, {"cost": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BudgetPlan.objects.filter(pk=plan.pk).update(**change)


FORMS = (
    {}, {"verdict": "maybe", "reason": "x"}, {"verdict": "yes", "reason": "", "cost": "5", "cost_from": "offer"},
    {"verdict": "yes", "reason": "x", "cost": "", "cost_from": ""}, {"verdict": "yes", "reason": "x", "cost": "1e9", "cost_from": "offer"},
    {"verdict": "yes", "reason": "x", "cost": "100.000", "cost_from": "offer"}, {"verdict": "repair", "reason": "x"},
    {"verdict": "no", "reason": "x" * 501}, {"verdict": "yes", "reason": "x", "cost": "5"},
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_verdict_that_says_too_little_is_asked_again(client, plan, joris, signed_in, form):
    signed_in(joris)
    answer = client.post(f"/werk/budgetten/{plan.round.slug}/plannen/1/", form)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not plan.checks.exists()


# --- reading ---------------------------------------------------------------------------------------------


def test_nobody_sees_a_plan_before_it_was_read(client, plan, hamid, signed_in):
    BudgetPlan.objects.filter(pk=plan.pk).update(shown=False)
    url = f"/budgetten/{plan.round.slug}/1/"
    assert client.get(url).status_code == 404
    signed_in(hamid)
    work = f"/werk/budgetten/{plan.round.slug}/plannen/1/"
    mark = client.get(work).context["mark"]
    BudgetPlan.objects.filter(pk=plan.pk).update(summary="Stiekem anders")
    client.post(f"{work}lezen/", {"deed": "show", "was": mark})
    client.logout()
    assert client.get(url).status_code == 404
    reading.show(plan, by=hamid, at=NOW)
    assert client.get(url).status_code == 200


def test_a_question_takes_it_off_the_site_and_its_maker_hears_it_but_not_one_people_vote_for(client, plan, make_round, joris, signed_in):
    signed_in(joris)
    url = f"/werk/budgetten/{plan.round.slug}/plannen/1/lezen/"
    assert client.post(url, {"deed": "back", "question": ""}).status_code == 422
    assert client.post(url, {"deed": "back", "question": "Wie is de man in het verhaal?"}).status_code == 302
    plan.refresh_from_db()
    assert (plan.shown, Message.objects.get().body) == (False, "Wie is de man in het verhaal?")
    assert client.post(url, {"deed": "zomaar"}).status_code == 404
    with pytest.raises(NotNow):
        reading.send_back(make_round(stage=RoundStage.VOTING).plans.first(), question="x", by=joris, at=NOW)


def test_a_picture_is_looked_at_by_itself(client, plan, joris):
    made = PlanPicture.objects.create(plan=plan, key="0" * 32, given_at=NOW, alt="Een plein", width=400, height=300, people="nobody")
    url = f"/budgetten/{plan.round.slug}/1/"
    assert str(made.uuid) not in client.get(url).content.decode()
    assert client.get(f"/budgetten/foto/{made.uuid}/320/").status_code == 404
    reading.show_picture(made, by=joris, at=NOW)
    assert str(made.uuid) in client.get(url).content.decode()


# --- the list --------------------------------------------------------------------------------------------


def test_the_list_is_made_when_every_plan_has_its_answer(round_, check, joris):
    one, two, three = round_.plans.all()
    check(one)
    check(two)
    with pytest.raises(checking.NotAnswered):
        checking.list_plans(round_, by=joris, at=NOW)
    check(three, Verdict.NO, reason="Te dicht bij de weg.")
    BudgetPlan.objects.filter(pk=two.pk).update(shown=False)
    with pytest.raises(checking.NotAnswered, match="Plan 2"):
        checking.list_plans(round_, by=joris, at=NOW)
    reading.show(two, by=joris, at=NOW)
    assert [plan.number for plan in checking.list_plans(round_, by=joris, at=NOW)] == [1, 2]
    assert [plan.number for plan in round_.plans.listed()] == [1, 2]
    assert Event.objects.filter(verb="budget_plan.listed").count() == 2


def test_without_a_plan_that_can_be_done_there_is_no_list(round_, check, joris):
    for plan in round_.plans.all():
        check(plan, Verdict.NO, reason="Nee, want het ligt er al.")
    with pytest.raises(checking.NotAnswered):
        checking.list_plans(round_, by=joris, at=NOW)


def test_a_plan_leaves_the_list_before_people_vote_and_not_after(make_round, joris):
    ready = make_round(stage=RoundStage.READY).plans.first()
    checking.take_from_list(ready, by=joris, at=NOW)
    assert ready.stage == PlanStage.FEASIBLE
    with pytest.raises(WrongStage):
        checking.take_from_list(make_round(stage=RoundStage.GATHERING).plans.first(), by=joris, at=NOW)
    with pytest.raises(NotNow):
        checking.take_from_list(make_round(stage=RoundStage.VOTING).plans.first(), by=joris, at=NOW)


# --- plans that exclude each other -----------------------------------------------------------------------


def test_plans_of_one_place_say_so_and_a_place_that_is_left_is_none(client, round_, joris, signed_in):
    one, two, three = round_.plans.all()
    signed_in(joris)
    url = f"/werk/budgetten/{round_.slug}/plannen/plek/"
    facts = {"name": "De hoek", "why": "Er past één ding."}
    assert client.post(url, facts | {"plans": [one.pk]}).status_code == 422
    assert client.post(url, facts | {"plans": [one.pk, two.pk]}).status_code == 302
    assert client.post(url, facts | {"plans": [two.pk, three.pk]}).status_code == 422  # the name is taken
    page = client.get(f"/budgetten/{round_.slug}/1/").content.decode()
    assert "Er past één ding." in page
    assert "2. Plan 2" in page
    checking.share_spot([two, three], name="Het plein", why="x", by=joris, at=NOW)
    assert [spot.name for spot in Spot.objects.all()] == ["Het plein"]
    assert client.post(f"/werk/budgetten/{round_.slug}/plannen/plek/{Spot.objects.get().pk}/weg/").status_code == 302
    assert not Spot.objects.exists()


def test_which_plans_exclude_each_other_stays_once_people_vote(make_round, joris):
    plans = list(make_round(stage=RoundStage.VOTING).plans.all())
    with pytest.raises(NotNow):
        checking.share_spot(plans[:2], name="x", why="x", by=joris, at=NOW)
