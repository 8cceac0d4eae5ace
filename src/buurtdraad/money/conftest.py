"""The people of the tests of initiatives, and a pot to spend from."""

from decimal import Decimal

import pytest
from django.utils import timezone

from buurtdraad.initiatives.conftest import (  # noqa: F401
    areas,
    bas,
    city_with_a_name,
    emine,
    hamid,
    joris,
    kees,
    make_initiative,
    make_wish,
    noor,
    priya,
    ria,
    samira,
    signed_in,
)
from buurtdraad.money.models import Entry, Pot
from buurtdraad.money.states import EntryKind, Source


@pytest.fixture
def make_pot(areas):  # noqa: F811 (a fixture is named like what it is)
    """Makes pots with money: `make_pot("20000", area="BU03440241", within=ceiling)`. Straight into the table: for tests of others."""

    def make(amount="20000", *, name="Initiatievenfonds", year=2026, area="GM0344", source=Source.FUND, within=None, theme=""):
        now = timezone.now()
        made = Pot.objects.create(
            name=name, year=year, area=areas[area], source=source, within=within, theme=theme, amount=Decimal(amount), made_at=now
        )
        if made.amount:
            Entry.objects.create(pot=made, kind=EntryKind.PUT_IN, amount=made.amount, at=now)
        return made

    return make
