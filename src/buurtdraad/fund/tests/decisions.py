"""What tests of decisions share: a second decider, a pot of this year, and an application that was proposed or decided."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.translation import override

from buurtdraad.accounts.duties import Duty
from buurtdraad.fund.actions.deciding import decide, propose
from buurtdraad.fund.states import Outcome
from buurtdraad.messages.tests.conftest import member_of_staff

WORDS = "Een mooi plan voor de Wilgenhof."


@pytest.fixture
def in_english():
    """Refusals in the words of the code."""
    with override("en"):
        yield


@pytest.fixture
def linda(areas):
    """Decides in the whole city, beside Bas."""
    return member_of_staff("Linda Jansen", "linda@utrecht.example", None, Duty.FUND_DECIDER)


@pytest.fixture
def pot(make_pot):
    """EUR 20,000 for this year."""
    return make_pot("20000", year=timezone.localdate().year)


@pytest.fixture
def proposed(make_application, declared, pot, priya, bas, linda):  # noqa: PLR0917 (the whole cast)
    """Applications with a proposal of Priya; Bas and Linda have nothing to do with it."""

    def make(*, outcome=Outcome.GRANTED, amount=None, ground="", application=None, costs=("5000",), **facts):
        made = application or make_application(costs=costs, pot=pot, **facts)
        declared(made, priya, bas, linda)
        euros = made.asked if amount is None else Decimal(amount)
        propose(made, outcome=outcome, amount=euros, ground=ground, words=WORDS, by=priya, at=timezone.now())
        made.refresh_from_db()
        return made

    return make


@pytest.fixture
def decided(proposed, bas):
    """Decisions of Bas on what Priya proposed."""

    def make(**facts):
        return decide(proposed(**facts), by=bas, at=timezone.now())

    return make


def days_ago(number: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=number)
