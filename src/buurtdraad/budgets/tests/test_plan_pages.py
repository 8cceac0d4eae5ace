"""The pages of plans: who sees what in which step, hostile words, the same number of queries; what waits at work; own data."""

import datetime
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.budgets import access
from buurtdraad.budgets.models import BudgetPlan, BudgetRound, Check, Like, Maker
from buurtdraad.budgets.own import actions as own
from buurtdraad.budgets.own import past, queries
from buurtdraad.budgets.queries.checking import TO_ANSWER, TO_READ, waiting
from buurtdraad.budgets.queries.plan_pages import taken_back_from_list
from buurtdraad.budgets.states import PlanStage, RoundStage
from buurtdraad.messages.actions import contact_for
from buurtdraad.pages.reporting.things import named

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
YEAR = datetime.timedelta(days=370)
HOSTILE = "<script>alert('plan')</script>"


@pytest.fixture
def made(make_round, kees):
    """Makes a round of which Kees made plan 1: `made(RoundStage.CHECKING)`."""

    def make(stage=RoundStage.CHECKING, **more):
        round_ = make_round(stage=stage, **more)
        Maker.objects.create(plan=round_.plans.get(number=1), contact=contact_for(kees, at=NOW), name="Kees", agreed_at=NOW)
        return round_

    return make


@pytest.fixture
def cast(kees, samira, joris, hamid, priya):
    """By name."""
    return SimpleNamespace(kees=kees, samira=samira, joris=joris, hamid=hamid, priya=priya)


# --- who sees and does what ------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", RoundStage.values)
@pytest.mark.parametrize("shown", [True, False])
def test_who_sees_a_plan_and_who_may_carry_read_and_answer_it(made, cast, stage, shown):
    plan = made(stage).plans.get(number=1)
    BudgetPlan.objects.filter(pk=plan.pk).update(stage=PlanStage.PROPOSED, shown=shown)
    plan.refresh_from_db()
    people = (cast.kees, AnonymousUser(), cast.samira, cast.joris, cast.hamid, cast.priya)
    public = shown and stage != RoundStage.PREPARING
    assert [access.visible_plans(one).filter(pk=plan.pk).exists() for one in people] == [True, public, public, True, True, True]
    assert [access.may_carry(one, plan) for one in people] == [True, False, False, True, False, True]
    assert [access.may_read(one, plan.round) for one in people] == [False, False, False, True, True, False]
    assert [access.may_answer_plans(one, plan.round) for one in people] == [False, False, False, True, False, True]
    assert [access.may_see_plans(one, plan.round) for one in people] == [False, False, False, True, True, True]


PAGES = ("", "uw-plan/", "wijzigen/", "foto/", "naam/", "terugnemen/", "samen/", "splitsen/")
WORK = ("plannen/", "plannen/1/", "plannen/agenda/", "plannen/plek/")


@pytest.mark.parametrize("stage", [RoundStage.GATHERING, RoundStage.CHECKING])
def test_each_page_answers_its_makers_and_staff_and_nobody_else(client, made, cast, signed_in, stage):
    round_ = made(stage)
    own_pages = [f"/budgetten/{round_.slug}/1/{page}" for page in PAGES[1:]]
    work_pages = [f"/werk/budgetten/{round_.slug}/{page}" for page in WORK]
    assert {client.get(page).status_code for page in own_pages + work_pages} == {302}
    signed_in(cast.samira)
    assert {client.get(page).status_code for page in own_pages} == {404}
    assert {client.get(page).status_code for page in work_pages} == {403, 404}  # staff of elsewhere
    signed_in(cast.kees)
    assert {client.get(page).status_code for page in own_pages} == {200}
    signed_in(cast.joris)
    assert {client.get(page).status_code for page in [*(page for page in own_pages if "naam" not in page), *work_pages]} == {200}


def test_what_nobody_has_is_not_there(client, made, joris, signed_in):
    slug = made().slug
    signed_in(joris)
    for page in (f"/budgetten/{slug}/99/", f"/budgetten/{slug}/99999999999999999999/", "/budgetten/geen/1/", f"/budgetten/{slug}/x/"):
        assert client.get(page).status_code == 404
    for page in (f"/werk/budgetten/{slug}/plannen/99/", "/werk/budgetten/geen/plannen/"):
        assert client.get(page).status_code == 404


def test_hostile_words_are_words(client, made, joris, signed_in):
    round_ = made()
    plan = round_.plans.get(number=1)
    BudgetPlan.objects.filter(pk=plan.pk).update(title=HOSTILE, summary=HOSTILE, story=HOSTILE, place=HOSTILE, cost_words=HOSTILE)
    Check.objects.create(plan=plan, verdict="repair", reason=HOSTILE, change=HOSTILE, helper=HOSTILE, by=joris.uuid, at=NOW)
    Maker.objects.update(name=HOSTILE)
    pages = [client.get(f"/budgetten/{round_.slug}/1/").content.decode()]
    signed_in(joris)
    for page in (
        f"/werk/budgetten/{round_.slug}/plannen/",
        f"/werk/budgetten/{round_.slug}/plannen/1/",
        f"/budgetten/{round_.slug}/1/uw-plan/",
    ):
        pages.append(client.get(page).content.decode())
    assert all("<script>alert" not in page and "&lt;script&gt;" in page for page in pages)


def test_pages_take_the_same_number_of_queries_with_one_row_and_with_many(client, made, joris, signed_in):
    round_ = made(costs=("100",))
    signed_in(joris)
    plan = round_.plans.get()
    pages = (f"/budgetten/{round_.slug}/1/", f"/werk/budgetten/{round_.slug}/plannen/", "/werk/budgetplannen/")
    counts = []
    for first in (2, 5):
        counts.append([])
        for page in pages:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            counts[-1].append(len(asked))
        for number in range(first, first + 3):
            BudgetPlan.objects.create(
                round=round_, part=plan.part, number=number, title=f"Plan {number}", area=plan.area, theme="green", made_at=NOW,
                stage=PlanStage.PROPOSED, out_of=plan, shown=True,
            )  # fmt: skip
            Check.objects.create(plan=plan, verdict="no", reason="Nee", by=joris.uuid, at=NOW)
    assert counts[0] == counts[1]


def test_a_visitor_gets_the_page_of_everybody_and_staff_the_way_to_work(client, made, joris, signed_in):
    round_ = made()
    url = f"/budgetten/{round_.slug}/1/"
    assert "/werk/budgetten/" not in client.get(url).content.decode()
    signed_in(joris)
    assert "/werk/budgetten/" in client.get(url).content.decode()


def test_a_plan_that_was_read_can_be_reported(made):
    plan = made().plans.get(number=1)
    assert named(plan.thing).name == plan.title
    BudgetPlan.objects.update(shown=False)
    assert named(plan.thing) is None
    assert named("budget_plan:zomaar") is None


# --- what waits ------------------------------------------------------------------------------------------


def test_what_waits_is_read_by_some_and_answered_by_others(made, joris, hamid, priya, samira):
    round_ = made()
    BudgetPlan.objects.filter(number=1).update(shown=False)
    BudgetPlan.objects.filter(number=2).update(stage=PlanStage.REPAIR)
    found = {person: [(plan.number, plan.todo) for plan in waiting(person)] for person in (joris, hamid, priya, samira)}
    assert found == {
        joris: [(1, TO_READ), (3, TO_ANSWER)], hamid: [(1, TO_READ)], priya: [(1, TO_ANSWER), (3, TO_ANSWER)], samira: []
    }  # fmt: skip
    Maker.objects.create(plan=round_.plans.get(number=3), contact=contact_for(joris, at=NOW))
    assert [plan.todo for plan in waiting(joris)] == [TO_READ]


def test_a_plan_waits_for_an_answer_when_enough_people_like_it_or_no_more_can(made, priya, emine):
    made(RoundStage.GATHERING, likes_needed=1, costs=("100", "200"))
    assert not waiting(priya)
    Like.objects.create(plan=BudgetPlan.objects.get(number=2), contact=emine, at=NOW)
    assert [plan.number for plan in waiting(priya)] == [2]
    BudgetRound.objects.update(stage=RoundStage.CHECKING)
    assert [plan.number for plan in waiting(priya)] == [1, 2]


def test_plans_taken_back_from_the_list_are_known_for_the_ballot(made):
    round_ = made(RoundStage.VOTING)
    round_.plans.filter(number=1).update(stage=PlanStage.WITHDRAWN, why="x", listed_at=NOW, ended_at=NOW)
    round_.plans.filter(number=2).update(stage=PlanStage.WITHDRAWN, why="x", ended_at=NOW)
    assert [plan.number for plan in taken_back_from_list(round_)] == [1]


# --- own data --------------------------------------------------------------------------------------------


def test_somebody_takes_along_their_plans_and_likes_and_erasing_keeps_the_numbers(made, kees, samira):
    round_ = made()
    one, two = round_.plans.filter(number__lte=2)
    Like.objects.create(plan=two, contact=contact_for(kees, at=NOW), at=NOW)
    assert set(queries.personal_data(kees)) == {"plannen voor een buurtbudget", "plannen die u goed vindt"}
    assert queries.personal_data(samira) == {}
    own.erase(kees, at=NOW)
    assert queries.personal_data(kees) == {}
    assert (two.likes.count(), one.makers.get().name) == (1, "")
    one.refresh_from_db()
    assert (one.title, one.stage) == ("Plan 1", PlanStage.PROPOSED)


def test_words_that_nobody_read_go_with_who_wrote_them(made, kees):
    plan = made().plans.get(number=1)
    BudgetPlan.objects.filter(pk=plan.pk).update(shown=False, story="Geheim")
    own.erase(kees, at=NOW)
    plan.refresh_from_db()
    assert (plan.story, plan.stage) == ("", PlanStage.WITHDRAWN)
    assert plan.title != "Plan 1"


@pytest.mark.parametrize(("due", "forget"), [(past.makers_due, own.forget_makers), (past.likes_due, own.forget_likes)])
def test_who_made_or_liked_a_plan_is_forgotten_a_year_after_the_round_and_not_before(made, kees, due, forget):
    round_ = made(RoundStage.CHECKING)
    Like.objects.create(plan=round_.plans.get(number=1), contact=contact_for(kees, at=NOW), at=NOW)
    assert not due(TODAY + 3 * YEAR).exists()
    BudgetRound.objects.update(stage=RoundStage.CLOSED, closed_at=NOW)
    assert not due(TODAY + datetime.timedelta(days=360)).exists()
    ids = list(due(TODAY + YEAR).values_list("pk", flat=True))
    assert len(ids) == 1
    assert forget(ids, on=TODAY) == 0
    assert forget(ids, on=TODAY + YEAR) == 1
    assert not due(TODAY + YEAR).exists()
