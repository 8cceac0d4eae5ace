"""The click of the demo ("Look as...") stands for both steps of signing in, there and nowhere else."""

import pytest
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.running.demo.actions import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def joris(settings):
    settings.CITY_NAME = "Utrecht"
    make_cast()
    person = Person.objects.get(demo_role="joris")
    DutyHeld.objects.create(person=person, duty=Duty.AREA_ADVISER, from_on=timezone.localdate(), given_at=timezone.now())
    return person


def test_the_cast_works_at_once(client, settings, joris):
    settings.DEMO = True
    client.post("/demo/kijk-als/joris/")
    assert client.session["second_factor"]
    assert client.get("/open-data/").status_code == 200


def test_without_the_demo_nobody_gets_in_that_way(client, settings, joris):
    settings.DEMO = False
    assert client.post("/demo/kijk-als/joris/").status_code == 404
    assert "second_factor" not in client.session
    assert "_auth_user_id" not in client.session
