"""An evening in De Uithoek, to sign up for."""

import datetime

import pytest
from django.utils import timezone

from buurtdraad.agendas.meetings import actions
from buurtdraad.agendas.meetings.actions import Comer, Plan
from buurtdraad.agendas.meetings.states import Kind

DAY = datetime.timedelta(days=1)
# Tests about one moment: a winter evening a week from now.
EVENING = (timezone.localtime() + 7 * DAY).replace(hour=19, minute=30, second=0, microsecond=0)


@pytest.fixture
def plan(areas):
    """A plan: `plan(capacity=2)`."""

    def made(**facts):
        usual = {
            "area": areas["BU03440241"],
            "title": "Samen kiezen voor de Wilgenhof",
            "starts_at": EVENING,
            "ends_at": EVENING + datetime.timedelta(hours=2),
            "place": "De Uithoek",
            "address": "Wilgenplein 1",
            "kind": Kind.EVENING,
        }
        return Plan(**(usual | facts))

    return made


@pytest.fixture
def make_meeting(plan, joris):
    """Makes meetings that are announced: `make_meeting(capacity=2)`; with `at` in the past for one that began."""

    def made(*, announced=True, at=None, **facts):
        at = at or timezone.now()
        meeting = actions.make(plan(**facts), by=joris, at=at)
        if announced:
            actions.announce(meeting, by=joris, at=min(at, meeting.starts_at - DAY))
        return meeting

    return made


@pytest.fixture
def meeting(make_meeting):
    return make_meeting()


@pytest.fixture
def going_on(make_meeting):
    """A meeting that began half an hour ago."""
    now = timezone.now()
    return make_meeting(starts_at=now - datetime.timedelta(minutes=30), ends_at=now + datetime.timedelta(hours=2), at=now - 3 * DAY)


@pytest.fixture
def come():
    """Signs somebody up without an account: `come(meeting, "Emine")`."""

    def signed_up(meeting, name="Emine", *, people=1, at=None, by=None, **facts):
        return actions.sign_up(meeting, Comer(name, people, **facts), by=by, at=at or timezone.now())

    return signed_up
