"""What waits at work of rounds of neighbourhood budgets."""

# ruff: noqa: F811 (a fixture is named like what it is)

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from buurtdraad.accounts.models import Person
from buurtdraad.budgets.conftest import areas, bas, city_with_a_name, joris, kees, make_pot, make_round, noor, samira  # noqa: F401
from buurtdraad.budgets.states import RoundStage
from buurtdraad.pages.work_budget_sheet import budget_rounds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city_with_a_name")]
DAY = datetime.timedelta(days=1)


def waits(person):
    with override("en"):
        return [(item.title, item.days_left) for item in budget_rounds(person, timezone.localdate())]


def test_rounds_wait_for_who_makes_them_there(make_round, joris, samira, noor, bas, kees):  # noqa: PLR0917 (the whole cast)
    today = timezone.localdate()
    make_round("Schrijven", stage=RoundStage.PREPARING)
    make_round("Lijst", stage=RoundStage.CHECKING, list_on=today + 5 * DAY, vote_from=timezone.now() + 6 * DAY)
    make_round("Stemmen", stage=RoundStage.VOTING)
    make_round("Klaar", stage=RoundStage.DONE)
    make_round("Vast", stage=RoundStage.READY)
    expected = [
        ("Write the rules, and make them known: Schrijven", None),
        ("Make the list of plans: Lijst", 5),
        ("Voting cannot begin, look what is missing: Vast", -1),
    ]
    assert waits(joris) == waits(noor) == expected
    for other in (samira, bas, kees):
        assert waits(other) == []


def test_it_asks_as_much_for_one_as_for_three(make_round, noor):
    def asked():
        fresh = Person.objects.get(pk=noor.pk)
        with CaptureQueriesContext(connection) as questions:
            budget_rounds(fresh, timezone.localdate())
        return len(questions)

    make_round(stage=RoundStage.PREPARING)
    first = asked()
    make_round(stage=RoundStage.PREPARING), make_round(stage=RoundStage.PREPARING)
    assert asked() == first
