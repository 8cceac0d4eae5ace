"""A training to plan, take part in and look back on, for tests."""

import datetime

import pytest
from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.placements import actions
from buurtdraad.placements.actions import Plan

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
NOW = timezone.now()


@pytest.fixture
def module(noor):
    return actions.add_module(name="Aan de deur", text="Luisteren", by=noor, at=NOW)


@pytest.fixture
def planned(module, noor):
    """Plan a session: `planned(seats=2)`; in three days, unless said otherwise."""

    def plan(starts=NOW + 3 * DAY, seats=2, at=NOW):
        return actions.plan_session(module, Plan(starts, starts + 2 * HOUR, "Stadhuis", seats), by=noor, at=at)

    return plan


def colleague(name="Tom", **facts):
    return Person.objects.create(name=name, password="!", **facts)


def come(session, name="Tom", at=NOW):
    return actions.enrol(session, by=colleague(name), at=at)


@pytest.fixture
def past(planned, noor):
    """A session that was, with so many who were there; each gave this score and these words."""

    def held(*answers):
        session = planned(NOW - 3 * DAY, seats=20, at=NOW - 9 * DAY)
        made = [come(session, f"Collega {number}", NOW - 8 * DAY) for number in range(len(answers))]
        actions.note_who_came(session, {one.pk for one in made}, by=noor, at=NOW)
        for one, (useful, words) in zip(made, answers, strict=True):
            if useful:
                actions.evaluate(one, useful=useful, words=words, by=one.person, at=NOW)
        return session

    return held
