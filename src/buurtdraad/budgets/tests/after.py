"""What tests of the time after a count share: a counted round, and a result that was adopted."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from buurtdraad.budgets.actions.adopting import ResultFacts, adopt, propose
from buurtdraad.budgets.models import Counted, FrozenBallot, Maker
from buurtdraad.budgets.states import RoundStage
from buurtdraad.messages.models import Contact

WORDS = "Het college heeft de uitslag vastgesteld."
HASH = "0" * 64


def now() -> datetime.datetime:
    return timezone.now()


def today() -> datetime.date:
    return timezone.localdate()


def facts(**more) -> ResultFacts:
    return ResultFacts(**{"words": WORDS, "decided_on": today()} | more)


def count(round_, *won, verified=True):
    """The count of the first budget: the plans with these numbers won, each for its cost."""
    part = round_.parts.first()
    plans = {plan.number: plan for plan in round_.plans.all()}
    purchases = [{"plan": str(number), "amount": int(plans[number].cost * 100), "how": "equal-shares"} for number in won]
    result = {"winners": [str(number) for number in won], "purchases": purchases, "refusals": []}
    hashes = dict.fromkeys(("ballots_hash", "plans_hash", "rule_hash", "whole_hash"), HASH)
    return Counted.objects.create(
        part=part, rule={}, plans=[], budget=part.amount, result=result, explanation={}, ballots=3, counted_at=now(),
        verified_at=now() if verified else None, **hashes,
    )  # fmt: skip


@pytest.fixture
def counted(make_round):
    """A round of EUR 10,000 that was counted: plans 1 and 2 (3,000 and 5,000) won, plan 3 (4,000) did not."""

    def make(*won, verified=True, **more):
        made = make_round(stage=RoundStage.CLOSED, **more)
        part = made.parts.first()
        # Once counted, no ballot is added.
        for marks in ({"1": 1, "2": 1}, {"1": 1, "3": 1}, {"2": 1}):
            FrozenBallot.objects.create(part=part, marks=marks)
        count(made, *(won or (1, 2)), verified=verified)
        return made

    return make


@pytest.fixture
def adopted(counted, noor, bas):
    """A round of which Noor wrote the result and Bas adopted it: `adopted(without=[1], departs="...")`, set up by `before(round)`."""

    def make(*won, before=None, result=None, **more):
        made = counted(*won, **more)
        if before:
            before(made)
        propose(made, facts(**(result or {})), by=noor, at=now())
        adopt(made, by=bas, at=now())
        return made

    return make


def plan_of(round_, number):
    return round_.plans.get(number=number)


def made_by(plan, person, name="Kees"):
    contact, _new = Contact.objects.get_or_create(person=person, defaults={"created_at": now()})
    return Maker.objects.create(plan=plan, contact=contact, name=name, agreed_at=now())


def euros(amount) -> Decimal:
    return Decimal(amount)
