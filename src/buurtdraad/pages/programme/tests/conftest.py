"""The city, its people and works of the tests of works, and a programme with something in it."""

import datetime

import pytest
from django.utils import timezone

from buurtdraad.agendas.agenda import actions as agendas
from buurtdraad.challenges import actions
from buurtdraad.money.conftest import make_pot  # noqa: F401
from buurtdraad.works.conftest import areas, city_with_a_name, emine, joris, kees, make_wish, make_work, noor, samira, tom  # noqa: F401

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
FROM, UNTIL = datetime.date(2024, 1, 1), datetime.date(2028, 12, 31)


@pytest.fixture
def challenge(noor):  # noqa: F811 (a fixture is named like what it is)
    """De buurt eerst: Jongeren."""
    ambition = actions.add_ambition(
        name="De buurt eerst", number=1, text="Wij beginnen daar.", from_on=FROM, until_on=UNTIL, by=noor, at=NOW
    )
    return actions.add_challenge(
        ambition=ambition, name="Jongeren", goal="Plek voor jongeren.", owner="Jeugd", from_on=FROM, by=noor, at=NOW
    )


@pytest.fixture
def topic(challenge, areas, joris, make_wish):  # noqa: F811
    """A topic of Zuilen-Oost for the challenge, of one wish."""
    at = NOW + datetime.timedelta(minutes=1)
    draft = agendas.make_draft(areas["zuilen-oost"], by=joris, at=at)
    made = agendas.add_topic(draft, agendas.TopicFacts("Jongeren op straat", challenge=challenge), by=joris, at=at)
    agendas.choose_wishes(made, [make_wish()], by=joris, at=at)
    agendas.adopt(draft, adopted_by="De avond", valid_from=TODAY, by=joris, at=at)
    made.refresh_from_db()
    return made
