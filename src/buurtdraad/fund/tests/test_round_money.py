"""The money of a round goes in its order, whatever happens at once."""

# ruff: noqa: F811 (a fixture is named like what it is, and a test asks for as many as it needs)

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from buurtdraad.fund.actions.awarding import NotAll, propose_in_order
from buurtdraad.fund.actions.deciding import NotYourTurn, decide, propose
from buurtdraad.fund.actions.rounds import (
    record_ranking,
    see_to_days,
)
from buurtdraad.fund.actions.scoring import rank_by_points
from buurtdraad.fund.models import Application, InterestDeclaration, Proposal
from buurtdraad.fund.queries.deciding import overflow_day
from buurtdraad.fund.states import Ground, Outcome, RankedBy, RoundStage, Stage
from buurtdraad.fund.tests.decisions import WORDS, days_ago, in_english, linda, pot  # noqa: F401
from buurtdraad.fund.tests.rounds import LAST, announced, at_day, closed, in_order, points  # noqa: F401
from buurtdraad.lib.refusal import Refused
from buurtdraad.money.queries.ledger import differences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "city_with_a_name")]


def test_before_the_order_is_known_nobody_in_a_round_is_granted_anything(closed, priya, bas):
    _made, (plan, *_others) = closed()
    propose(plan, outcome=Outcome.GRANTED, amount=plan.asked, words=WORDS, by=priya, at=timezone.now())
    with pytest.raises(NotYourTurn, match="round"):
        decide(plan, by=bas, at=timezone.now())


def test_plans_of_a_round_do_not_stand_in_the_order_of_arrival(closed, pot):
    closed(costs=("15000", "15000"))
    assert overflow_day(pot) is None


def test_the_money_goes_in_the_order_and_the_others_are_refused_as_lower(closed, priya, bas):
    made, plans = closed(costs=("9000", "9000", "9000", "1000"), ranked_by=RankedBy.JURY)
    order = [plans[2], plans[0], plans[1], plans[3]]
    record_ranking(made, in_order(order, why="Mooi."), how="Een avond", by=bas, at=timezone.now())
    assert propose_in_order(made, by=priya, at=timezone.now()) == 4
    said = {one.application_id: (one.outcome, one.amount, one.ground) for one in Proposal.objects.all()}
    assert [said[one.pk] for one in order] == [
        ("granted", 9000, ""), ("granted", 9000, ""), ("refused", 0, Ground.RANKED_LOWER), ("refused", 0, Ground.RANKED_LOWER)
    ]  # fmt: skip
    assert "plaats 3 van 4" in Proposal.objects.get(application=plans[1]).words
    assert propose_in_order(made, by=priya, at=timezone.now()) == 0
    for one in order:
        decide(Application.objects.get(pk=one.pk), by=bas, at=timezone.now())
    assert see_to_days(at=timezone.now()) == 1
    made.refresh_from_db()
    assert made.stage == RoundStage.DECIDED
    assert not differences()


def test_who_has_too_few_points_gets_nothing_although_there_is_money(closed, priya, bas):
    made, plans = closed(costs=("5000", "5000"), least_points=3)
    for plan, of in zip(plans, [(2, 2), (4, 4)], strict=True):
        points(made, plan, of, priya)
    rank_by_points(made, by=bas, at=timezone.now())
    propose_in_order(made, by=priya, at=timezone.now())
    assert [Proposal.objects.get(application=one).outcome for one in plans] == ["refused", "granted"]
    assert "minstens 3 punten" in Proposal.objects.get(application=plans[0]).words


def test_what_was_not_accepted_of_the_costs_is_not_granted_and_leaves_money_for_the_next(closed, priya, bas):
    made, plans = closed(costs=("12000", "9000"), ranked_by=RankedBy.JURY)
    plans[0].costs.update(accepted=11000, reason="Eten betaalt het fonds niet.")
    record_ranking(made, in_order(plans), how="Een avond", by=bas, at=timezone.now())
    propose_in_order(made, by=priya, at=timezone.now())
    said = [Proposal.objects.get(application=one) for one in plans]
    assert [(one.outcome, one.amount, one.ground) for one in said] == [("partly", 11000, Ground.NOT_PAID), ("granted", 9000, "")]


def test_an_empty_pot_is_the_ground_of_the_ceiling(closed, priya, bas, pot):
    made, plans = closed(costs=("9000", "9000", "9000"), ranked_by=RankedBy.JURY)
    record_ranking(made, in_order(plans), how="Een avond", by=bas, at=timezone.now())
    type(pot).objects.filter(pk=pot.pk).update(committed=18000)
    propose_in_order(made, by=priya, at=timezone.now())
    assert set(Proposal.objects.values_list("outcome", "ground")) == {("refused", "ceiling")}


def test_when_one_proposal_cannot_be_made_none_is(closed, priya, bas):
    made, plans = closed(ranked_by=RankedBy.JURY)
    record_ranking(made, in_order(plans), how="Een avond", by=bas, at=timezone.now())
    InterestDeclaration.objects.filter(application=plans[1], person=priya.uuid).delete()
    with pytest.raises(NotAll, match=plans[1].number):
        propose_in_order(made, by=priya, at=timezone.now())
    assert not Proposal.objects.exists()


def test_a_lower_plan_does_not_take_the_money_of_a_higher_one(closed, priya, bas):
    made, plans = closed(costs=("15000", "9000"), ranked_by=RankedBy.JURY)
    record_ranking(made, in_order(plans), how="Een avond", by=bas, at=timezone.now())
    propose(plans[1], outcome=Outcome.GRANTED, amount=plans[1].asked, words=WORDS, by=priya, at=timezone.now())
    with pytest.raises(NotYourTurn, match="sooner"):
        decide(plans[1], by=bas, at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_down_an_order_at_once_one_does(closed, bas, linda):
    made, plans = closed(ranked_by=RankedBy.JURY)

    def at_once(who):
        person, order = who
        try:
            return bool(record_ranking(made, in_order(order), how="Een avond", by=person, at=timezone.now()))
        except Refused:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(at_once, [(bas, plans), (linda, plans[::-1])])) == [False, True]
    order = [entry.application for entry in made.entries.order_by("place")]
    assert order in (plans, plans[::-1])


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_are_decided_on_at_once_exactly_the_highest_get_money(closed, make_application, priya, bas, pot):
    """Fifty of EUR 1,000 in one round, all proposed to be granted, where there is EUR 20,000: the first twenty of the order."""
    made, plans = closed(costs=("1000",) * 50, ranked_by=RankedBy.JURY)
    record_ranking(made, in_order(plans), how="Een avond", by=bas, at=timezone.now())
    for one in plans:
        propose(one, outcome=Outcome.GRANTED, amount=one.asked, words=WORDS, by=priya, at=timezone.now())

    def at_once(one):
        try:
            return decide(Application.objects.get(pk=one.pk), by=bas, at=timezone.now()) is not None
        except Refused:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as pool:
        list(pool.map(at_once, plans))
    for one in plans:  # who was not in the first twenty while others waited tries again
        at_once(one)
    granted = set(Application.objects.filter(stage=Stage.GRANTED).values_list("pk", flat=True))
    assert granted == {one.pk for one in plans[:20]}
    pot.refresh_from_db()
    assert pot.committed == 20000
    assert not differences()
