"""The city and the people of the story, the programme manager, an engineer of the municipality, and works to look at."""

import datetime

import pytest
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.agendas.conftest import areas, hamid, make_wish  # noqa: F401
from buurtdraad.messages.tests.conftest import city_with_a_name, emine, joris, kees, member_of_staff, samira, signed_in  # noqa: F401
from buurtdraad.partners.models import Kind, Organisation
from buurtdraad.places.models import Area
from buurtdraad.works.models import Work, WorkArea


@pytest.fixture
def noor(areas):  # noqa: F811 (a fixture is named like what it is)
    """Programme manager in the whole city."""
    return member_of_staff("Noor de Graaf", "noor@utrecht.example", None, Duty.PROGRAMME_MANAGER)


@pytest.fixture
def tom(areas):  # noqa: F811
    """Engineer of the municipality, without another duty."""
    return member_of_staff("Tom van Dijk", "tom@utrecht.example", None, Duty.EMPLOYEE)


@pytest.fixture
def make_work(areas):  # noqa: F811 (a fixture is named like what it is)
    """A project sheet with the four fields, here in Geuzenwijk; and what else a test says of it."""

    def make(title="Riool in de Wilgenhof vernieuwen", *, codes=("BU03440241",), **said):
        now = timezone.now()
        fields = {
            "department": "Stadsbedrijven",
            "owner_name": "Tom van Dijk",
            "owner_email": "tom@utrecht.example",
            "until_on": timezone.localdate() + datetime.timedelta(days=120),
            "made_at": now,
            "changed_at": now,
        } | said
        work = Work.objects.create(title=title, **fields)
        for area in Area.objects.filter(code__in=codes):
            WorkArea.objects.create(work=work, area=area)
        return work

    return make


@pytest.fixture
def partner(db):
    """De Vechtoever, a housing association."""
    return Organisation.objects.create(name="De Vechtoever", kind=Kind.HOUSING, from_on=timezone.localdate())


@pytest.fixture
def wish(make_wish):  # noqa: F811
    """A bench on the Wilgenhof, in Geuzenwijk."""
    return make_wish()
