"""The neighbourhood budgets of the demo city: a result that two programs agree on, a code that everybody may use, and "Begin opnieuw"."""

from decimal import Decimal

import pytest
from django.utils import timezone

from buurtdraad.budgets import keys
from buurtdraad.budgets.actions.casting import cast
from buurtdraad.budgets.models import Ballot, BudgetPlan, BudgetRound, Counted, Winner
from buurtdraad.budgets.states import PlanStage, RoundStage
from buurtdraad.money.models import Pot
from buurtdraad.money.queries.ledger import differences
from buurtdraad.running.demo.actions import begin_again, load_demo
from buurtdraad.running.demo.cast import GEUZENWIJK, OVERVECHT
from buurtdraad.running.demo.codes import CODES, printed

pytestmark = pytest.mark.django_db


def the_result():
    return [(one.plan.title, one.place, one.amount) for one in Winner.objects.select_related("plan")]


def sums():
    return {(str(pot), pot.amount, pot.committed, pot.paid) for pot in Pot.objects.all()}


def stages():
    return {one.area.code: one.stage for one in BudgetRound.objects.select_related("area")}


def test_the_demo_has_a_result_a_vote_and_a_round_to_prepare_and_begins_again(settings, client, django_capture_on_commit_callbacks):
    settings.DEMO = True
    with django_capture_on_commit_callbacks(execute=True):
        load_demo()
    assert stages() == {GEUZENWIJK: RoundStage.ADOPTED, "ondiep-2e-daalsebuurt": RoundStage.VOTING, OVERVECHT: RoundStage.PREPARING}
    voted, voting = (BudgetRound.objects.get(stage=stage) for stage in (RoundStage.ADOPTED, RoundStage.VOTING))
    count = Counted.objects.get()
    assert (count.ballots, count.budget, bool(count.verified_at)) == (91, Decimal(20_000), True)
    won = the_result()
    assert {amount for _title, _place, amount in won} >= {Decimal(0)}
    assert sum(amount for _title, _place, amount in won) <= 20_000
    assert len({title for title, *_rest in won} & {"Nieuwe doelen op het trapveld", "Een nieuw trapveld"}) <= 1
    assert Winner.objects.filter(closed_on__isnull=False).exists()
    assert Winner.objects.filter(closed_on=None).exists()
    assert not Winner.objects.filter(plan__initiative=None).exists()
    assert BudgetPlan.objects.filter(round=voted, stage=PlanStage.NOT_FEASIBLE).exclude(why="").count() == 1
    assert BudgetPlan.objects.filter(round=voting).listed().count() == 6
    assert BudgetPlan.objects.filter(round=voting, initiative__isnull=False).exists()
    assert BudgetPlan.objects.filter(round=voting, wishes__isnull=False).exists()
    # The key of the first is destroyed; with a code of the demo everybody votes.
    with pytest.raises(keys.NoKey):
        keys.key_of(voted)
    page = client.get("/demo/").text
    assert all(code in page for code in printed())
    assert f"/budgetten/{voted.slug}/uitslag/" in page
    for address in ("/budgetten/", f"/budgetten/{voted.slug}/uitslag/", f"/budgetten/{voting.slug}/", "/stemmen/", f"/geld/{GEUZENWIJK}/"):
        assert client.get(address).status_code == 200
    before = Ballot.objects.count()
    numbers = BudgetPlan.objects.filter(round=voting).listed().order_by("cost").values_list("number", flat=True)[:3]
    for code in CODES:
        cast(voting, code, {"1": {str(number): 1 for number in numbers}}, at=timezone.now())
    assert Ballot.objects.count() == before + len(CODES)
    was, files = sums(), list(keys.folder().iterdir())
    with django_capture_on_commit_callbacks(execute=True):
        begin_again()
    assert (the_result(), sums(), differences()) == (won, was, [])
    assert Ballot.objects.count() == before
    assert len(stages()) == 3
    assert not set(files) & set(keys.folder().iterdir())
