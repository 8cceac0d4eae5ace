"""The city and the people of the tests of agendas, the programme manager, and somebody who works for the municipality."""

import pytest

from buurtdraad.accounts.duties import Duty
from buurtdraad.agendas.conftest import areas, hamid, make_wish  # noqa: F401
from buurtdraad.messages.tests.conftest import city_with_a_name, emine, joris, kees, member_of_staff, samira, signed_in  # noqa: F401
from buurtdraad.placements.tests.training_rooms import module, past, planned  # noqa: F401


@pytest.fixture
def noor(areas):  # noqa: F811 (a fixture is named like what it is)
    """Programme manager in the whole city."""
    return member_of_staff("Noor de Graaf", "noor@utrecht.example", None, Duty.PROGRAMME_MANAGER)


@pytest.fixture
def tom(areas):  # noqa: F811
    """Engineer of the municipality, without another duty."""
    return member_of_staff("Tom van Dijk", "tom@utrecht.example", None, Duty.EMPLOYEE)
