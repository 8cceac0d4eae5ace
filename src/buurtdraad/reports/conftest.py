"""What the tests of works have; the tests of reports look at all rooms below. And who reads and approves a report."""

import pytest

from buurtdraad.accounts.duties import Duty
from buurtdraad.messages.tests.conftest import member_of_staff
from buurtdraad.works.conftest import (  # noqa: F401
    areas,
    city_with_a_name,
    emine,
    hamid,
    joris,
    kees,
    make_wish,
    make_work,
    noor,
    partner,
    samira,
    signed_in,
    tom,
)


@pytest.fixture
def anouk(areas):  # noqa: F811 (a fixture is named like what it is)
    """Alderman Anouk Smits, who approves."""
    return member_of_staff("Anouk Smits", "anouk@utrecht.example", None, Duty.ALDERMAN)
