"""A vote about a round of the fund: the fund gets the order, decides on the money, and the tracker follows its grants."""

# ruff: noqa: F811 (a fixture is named like what it is)
import pytest

from buurtdraad.budgets.actions.adopting import adopt, propose
from buurtdraad.budgets.models import BudgetRound, FrozenBallot, RulesSheet, Winner
from buurtdraad.budgets.queries.tracking import left_over, tracked
from buurtdraad.budgets.states import RoundStage
from buurtdraad.budgets.tests.after import count, facts, made_by, now, today
from buurtdraad.fund.actions.rounds import NotImpartial
from buurtdraad.fund.models import InterestDeclaration
from buurtdraad.fund.states import Interest
from buurtdraad.fund.states import RoundStage as FundStage
from buurtdraad.fund.tests.rounds import announced, closed, linda, pot  # noqa: F401
from buurtdraad.messages.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def voted(make_round, closed):
    """A round whose vote puts a closed round of the fund in order: request 2 won, then more people voted for 3 than for 1."""

    def make():
        fund_round, requests = closed()
        round_ = make_round(stage=RoundStage.CLOSED, announced_at=None, costs=("9000", "9000", "9000"))
        BudgetRound.objects.filter(pk=round_.pk).update(fund_round=fund_round)
        for plan, request in zip(round_.plans.all(), requests, strict=True):
            type(plan).objects.filter(pk=plan.pk).update(application=request)
        RulesSheet.objects.filter(round=round_).update(announced_at=now())
        part = round_.parts.get()
        for marks in ({"2": 1, "3": 1}, {"2": 1, "3": 1}, {"1": 1}):
            FrozenBallot.objects.create(part=part, marks=marks)
        count(round_, 2)
        round_.refresh_from_db()
        return round_, fund_round, requests

    return make


def test_the_fund_gets_the_order_of_the_vote_and_keeps_its_own_money(voted, noor, bas, kees):
    round_, fund_round, requests = voted()
    made_by(round_.plans.get(number=2), kees)
    propose(round_, facts(), by=noor, at=now())
    adopt(round_, by=bas, at=now())
    fund_round.refresh_from_db()
    assert fund_round.stage == FundStage.RANKED
    entries = list(fund_round.entries.order_by("place").select_related("application"))
    assert [one.application for one in entries] == [requests[1], requests[2], requests[0]]
    assert [int(one.points) for one in entries] == [2, 2, 1]
    assert "Gekozen door kiezers." in entries[0].why
    winner = Winner.objects.get()
    assert (winner.commitment, winner.agreement) == (None, None)
    assert "fonds" in Message.objects.get(contact__person=kees).body
    (row,) = tracked(round_, today=today())
    assert row.does == requests[1].initiative
    # Money of the round is not touched: the fund decides on each request.
    assert left_over(round_) == round_.pot.amount


def test_who_has_an_interest_in_a_request_does_not_adopt(voted, noor, bas):
    round_, _fund_round, requests = voted()
    propose(round_, facts(), by=noor, at=now())
    InterestDeclaration.objects.filter(application=requests[0], person=bas.uuid).delete()
    InterestDeclaration.objects.create(application=requests[0], person=bas.uuid, says=Interest.YES, at=now())
    with pytest.raises(NotImpartial):
        adopt(round_, by=bas, at=now())
    round_.refresh_from_db()
    assert round_.stage == RoundStage.CLOSED
