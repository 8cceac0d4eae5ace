"""The city and the people of the tests of agendas, and an initiative to work with."""

import pytest
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.agendas.conftest import areas, hamid, make_wish  # noqa: F401
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.initiatives.models import Initiative, Member
from buurtdraad.initiatives.states import Role, Showing, Stage
from buurtdraad.messages.models import Contact
from buurtdraad.messages.tests.conftest import city_with_a_name, emine, joris, kees, member_of_staff, samira, signed_in  # noqa: F401


@pytest.fixture
def noor(areas):  # noqa: F811 (a fixture is named like what it is)
    """Programme manager in the whole city."""
    return member_of_staff("Noor de Graaf", "noor@utrecht.example", None, Duty.PROGRAMME_MANAGER)


@pytest.fixture
def priya(areas):  # noqa: F811
    """Handles applications in the whole city."""
    return member_of_staff("Priya Ramdin", "priya@utrecht.example", None, Duty.FUND_HANDLER)


@pytest.fixture
def bas(areas):  # noqa: F811
    """Decides on applications in the whole city."""
    return member_of_staff("Bas Hoekstra", "bas@utrecht.example", None, Duty.FUND_DECIDER)


@pytest.fixture
def ria(areas):  # noqa: F811
    """Pays, in the whole city."""
    return member_of_staff("Ria de Wit", "ria@utrecht.example", None, Duty.FINANCE)


@pytest.fixture
def make_initiative(areas):  # noqa: F811
    """Makes initiatives, straight into the table: `make_initiative("Wilgentuin", of=kees, showing=Showing.SHOWN)`."""

    def make(title="Wilgentuin", *, area="BU03440241", of=None, showing=Showing.SHOWN, stage=Stage.PLAN, theme=Theme.GREEN, slug=""):
        now = timezone.now()
        named = slug or f"{title.lower().replace(' ', '-')}-{Initiative.objects.count()}"
        made = Initiative.objects.create(
            slug=named, title=title, summary="Groen en een bank op de Wilgenhof.",
            area=areas[area], theme=theme, stage=stage, showing=showing, made_at=now,
        )  # fmt: skip
        if of is not None:
            contact, _new = Contact.objects.get_or_create(person=of, defaults={"created_at": now})
            Member.objects.create(initiative=made, contact=contact, role=Role.INITIATOR, name="Kees", agreed_at=now, joined_at=now)
        return made

    return make
