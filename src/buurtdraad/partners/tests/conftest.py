"""A small city, who works in it, and partners."""

import datetime

import pytest
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.tests.city import holds, make_city, sign_in, someone
from buurtdraad.challenges.tests.programme import make_programme, samira
from buurtdraad.partners import actions

FROM = datetime.date(2024, 1, 1)


@pytest.fixture
def areas():
    return make_city()


@pytest.fixture
def manager(areas):
    """The programme manager, who may everywhere."""
    return samira()


@pytest.fixture
def joris(areas):
    """An area adviser in district WK034401."""
    person = someone("Joris Bakker")
    holds(person, Duty.AREA_ADVISER, areas["WK034401"])
    return person


@pytest.fixture
def office(client, manager):
    return sign_in(client, manager)


@pytest.fixture
def challenge(manager):
    """One of the programme: `minder-armoede`."""
    return make_programme(manager)[2]


@pytest.fixture
def add(manager, areas):
    """Add an organisation that works in the areas with these codes."""

    def added(name="Portaal", *codes, **facts):
        given = {"kind": "housing", "from_on": FROM, "areas": [areas[code] for code in codes]} | facts
        return actions.add_organisation(name=name, **given, by=manager, at=timezone.now())

    return added


@pytest.fixture
def speaks(manager):
    """Let somebody speak for an organisation."""

    def added(organisation, name="Kees Vermeer", **facts):
        given = {"role": "directeur", "email": "Kees@portaal.example", "phone": "+31301234567", "from_on": FROM} | facts
        return actions.add_representative(organisation, name=name, **given, by=manager, at=timezone.now())

    return added


@pytest.fixture
def draft(manager, areas):
    """A draft of an agreement between partners for a district; nobody signed yet."""
    words = actions.AccordText("Concept Zuilen", "Samen verder.")
    return actions.make_accord(words, areas=[areas["WK034401"]], by=manager, at=timezone.now())


@pytest.fixture
def sign(manager):
    """Let an organisation sign a version."""

    def signed(version, organisation, **facts):
        given = {"on": timezone.localdate(), "signed_by": "Linda Mulder, beheer"} | facts
        return actions.sign(version, organisation, **given, by=manager, at=timezone.now())

    return signed


@pytest.fixture
def accord(manager, areas, add, sign):
    """What Bo-Ex and JoU agreed for a district; it counts since ten days."""
    at = timezone.now()
    began = timezone.localdate() - datetime.timedelta(days=10)
    words = actions.AccordText("Wijkakkoord Zuilen", "Goed wonen.", "Eerlijk zijn.\nSamen kijken.", text="De hele tekst.")
    version = actions.make_accord(words, areas=[areas["WK034401"]], by=manager, at=at)
    for name in ("Bo-Ex", "JoU"):
        sign(version, add(name, "WK034401"), on=began)
    actions.put_in_force(version, on=began, by=manager, at=at)
    return version
