"""A city of one district with two neighbourhoods, another district, and the people of the story."""

import datetime

import pytest
from django.core.cache import cache
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.messages import actions
from buurtdraad.messages.states import Kind, Way
from buurtdraad.places.models import Area, AreaYear
from buurtdraad.places.models import Kind as Level

LONG_AGO = datetime.date(2020, 1, 1)


@pytest.fixture(autouse=True)
def city_with_a_name(settings):
    settings.CITY_NAME, settings.CITY_PHONE = "Utrecht", "14 030"
    settings.SITE_URL = "https://buurt.example.nl"
    cache.clear()


@pytest.fixture
def areas(db):
    """Areas by code: GM0344; WK034402 with BU03440241 (Geuzenwijk) and BU03440242; WK034403 with BU03440321."""
    made = {}
    for code, kind, name, parent in (
        ("GM0344", Level.MUNICIPALITY, "Utrecht", None),
        ("WK034402", Level.DISTRICT, "Noordwest", "GM0344"),
        ("WK034403", Level.DISTRICT, "Overvecht", "GM0344"),
        ("BU03440241", Level.NEIGHBOURHOOD, "Geuzenwijk", "WK034402"),
        ("BU03440242", Level.NEIGHBOURHOOD, "Schaakbuurt", "WK034402"),
        ("BU03440321", Level.NEIGHBOURHOOD, "Taagdreef", "WK034403"),
    ):
        made[code] = Area.objects.create(code=code, kind=kind)
        AreaYear.objects.create(
            area=made[code], year=2025, name=name, parent=made.get(parent), municipality=made["GM0344"], loaded_at=timezone.now()
        )
    return made


@pytest.fixture
def kees(db):
    """A resident whose e-mail address is confirmed."""
    return Person.objects.create(name="Kees Vermeer", email="kees@example.nl", confirmed_at=timezone.now(), password="!")


@pytest.fixture
def emine(db):
    """Without an account and without e-mail: she wants to be called."""
    return actions.add_contact(name="Mevrouw Aydin", way=Way.CALL, phone="06 12345678", by=None, at=timezone.now(), channel="phone")


def member_of_staff(name, email, area, duty=Duty.AREA_ADVISER):
    person = Person.objects.create(name=name, email=email, confirmed_at=timezone.now(), password="!")
    DutyHeld.objects.create(person=person, duty=duty, area=area, from_on=LONG_AGO, given_at=timezone.now())
    return person


@pytest.fixture
def joris(areas):
    """Area adviser of Noordwest."""
    return member_of_staff("Joris Bakker", "joris@example.nl", areas["WK034402"])


@pytest.fixture
def samira(areas):
    """Area adviser of Overvecht."""
    return member_of_staff("Samira El Idrissi", "samira@example.nl", areas["WK034403"])


@pytest.fixture
def signed_in(client):
    """Sign somebody in, with a second factor."""

    def sign_in(person, second_factor=True):
        client.force_login(person)
        session = client.session
        if second_factor:
            session["second_factor"] = timezone.now().isoformat()
        session.save()
        return client

    return sign_in


@pytest.fixture
def tell():
    """Tell somebody that their wish for a bench is done."""

    def told(to, **facts):
        usual = {
            "kind": Kind.WISH,
            "subject": "Uw wens over een bank is klaar",
            "body": "De bank staat er.\n\nKomt u kijken?",
            "link": "/wensen/ZO-42/",
            "thing": "wish:42",
            "by": None,
            "at": timezone.now(),
        }
        return actions.tell(to, **(usual | facts))

    return told


@pytest.fixture
def by_mail_server(settings):
    """As in a city with a mail server: what leaves lies in `mailoutbox`."""
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    settings.DEFAULT_FROM_EMAIL = "Gemeente Utrecht <buurt@utrecht.example>"


@pytest.fixture
def jobs(db):
    """The jobs that wait, by name."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    return lambda: [(job.task_name, job.args) for job in ProcrastinateJob.objects.order_by("id")]
