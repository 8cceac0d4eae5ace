"""What tests of rounds share: a round that was announced, one that closed with plans in it, and points."""

# ruff: noqa: F811, PLR0917 (a fixture is named like what it is)
import datetime

import pytest
from django.utils import timezone

from buurtdraad.fund.actions.rounds import (
    Ranked,
    RoundFacts,
    add_criterion,
    announce,
    close,
    open_round,
)
from buurtdraad.fund.actions.scoring import give_points
from buurtdraad.fund.tests.decisions import WORDS, days_ago, in_english, linda, pot  # noqa: F401

LAST = 10  # so many days ago the rounds of these tests closed


def at_day(ago: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=ago)


@pytest.fixture
def announced(rules, pot, bas):
    """Announces rounds that opened thirty days ago and closed ten days ago: `announced(ranked_by=RankedBy.JURY)`."""

    def make(name="Ronde 1", **facts):
        days = {"opens_on": days_ago(30), "closes_on": days_ago(LAST), "decide_by": days_ago(-60)} | facts
        made = announce(RoundFacts(name, **days), rules=rules, pot=pot, by=bas, at=at_day(40))
        for criterion, weight in (("Voor iedereen", 2), ("Blijft lang", 1)):
            add_criterion(made, name=criterion, weight=weight, by=bas, at=at_day(40))
        return made

    return make


@pytest.fixture
def closed(announced, make_application, declared, pot, priya, bas, linda, joris):
    """A closed round of three plans of EUR 9,000, where there is 20,000."""

    def make(costs=("9000", "9000", "9000"), **facts):
        plans = [make_application(costs=(each,), pot=pot, on=days_ago(LAST)) for each in costs]
        for one in plans:
            declared(one, priya, bas, linda, joris)
        made = announced(**facts)
        open_round(made, by=bas, at=at_day(30))
        close(made, by=bas, at=timezone.now())
        return made, plans

    return make


def points(round_, application, of, by):
    given = {one: (number, "Omdat") for one, number in zip(round_.criteria.all(), of, strict=True)}
    give_points(round_, application, given, by=by, at=timezone.now())


def in_order(plans, **facts):
    return [Ranked(one, **facts) for one in plans]
