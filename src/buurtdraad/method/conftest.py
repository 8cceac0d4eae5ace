"""The city and the people of the tests of agendas, and the programme manager."""

import pytest

from buurtdraad.accounts.duties import Duty
from buurtdraad.agendas.conftest import areas, hamid, make_wish  # noqa: F401
from buurtdraad.messages.tests.conftest import city_with_a_name, emine, joris, kees, member_of_staff, samira, signed_in  # noqa: F401


@pytest.fixture
def noor(areas):  # noqa: F811 (a fixture is named like what it is)
    """Programme manager in the whole city."""
    return member_of_staff("Noor de Graaf", "noor@example.nl", None, Duty.PROGRAMME_MANAGER)
