"""An agreement of Zuilen-Oost to spend on, and short ways to promise and to owe."""

import datetime
from decimal import Decimal
from itertools import count

import pytest
from django.utils import timezone

from buurtdraad.agendas.agenda.tests.conftest import agenda, agreement, draft, topic  # noqa: F401
from buurtdraad.agendas.conftest import wish  # noqa: F401
from buurtdraad.money.actions.committing import commit
from buurtdraad.money.actions.paying import owe
from buurtdraad.money.states import Kind

IBAN = "NL91ABNA0417164300"
NOW = timezone.now()
TODAY = timezone.localdate(NOW)


@pytest.fixture
def pot(make_pot):
    """The fund of the whole city, with 20,000 euros."""
    return make_pot()


@pytest.fixture
def promise(areas, make_initiative, bas):
    """Promises euros to an initiative: `promise(pot, 11900)`."""

    def make(pot, amount, initiative=None, area="BU03440241"):
        to = initiative or make_initiative()
        return commit(pot, amount=Decimal(amount), kind=Kind.GRANT, area=areas[area], initiative=to, by=bas, at=NOW)

    return make


@pytest.fixture
def owed(bas):
    """Owes euros of a promise: `owed(commitment, 500)`."""
    number = count(1)

    def make(commitment, amount, *, reference="", payee="K. Vermeer", iban=IBAN, card=False, due_on=TODAY + datetime.timedelta(days=42)):
        named = reference or f"F-2026-{next(number):04}"
        return owe(
            commitment, amount=Decimal(amount), reference=named, payee=payee, iban=iban, card=card, due_on=due_on, by=bas, at=NOW
        )  # fmt: skip

    return make
