"""A small city: one municipality, two districts of two neighbourhoods, and a working area over a border between them."""

import datetime

from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.places.models import Area, AreaYear, Kind, Membership

YEAR = 2025
CITY = "GM0344"
INSIDE = {"WK034401": ("BU03440101", "BU03440102"), "WK034402": ("BU03440201", "BU03440202")}
WORKING_AREA, MEMBERS = "zuilen-oost", ("BU03440102", "BU03440201")
CODES = [CITY, *INSIDE, *(code for inside in INSIDE.values() for code in inside), WORKING_AREA]


def make_city():
    """Areas by code."""
    at = timezone.now()
    kinds = {CITY: Kind.MUNICIPALITY, WORKING_AREA: Kind.WORKING_AREA} | dict.fromkeys(INSIDE, Kind.DISTRICT)
    areas = {code: Area.objects.create(code=code, kind=kinds.get(code, Kind.NEIGHBOURHOOD)) for code in CODES}
    parents = {code: district for district, inside in INSIDE.items() for code in inside} | dict.fromkeys([*INSIDE, WORKING_AREA], CITY)
    for code, area in areas.items():
        AreaYear.objects.create(
            area=area,
            year=YEAR,
            name=f"Naam {code}",
            parent=areas.get(parents.get(code)),
            municipality=areas[CITY],
            loaded_at=at,
        )
    for member in MEMBERS:
        Membership.objects.create(working_area=areas[WORKING_AREA], neighbourhood=areas[member])
    return areas


def someone(name="Iemand", **facts):
    return Person.objects.create(name=name, password="!", **facts)


def holds(person, duty, area=None, *, days=(0, None), **facts):
    """Let somebody have a duty, from and until so many days from today."""
    today = timezone.localdate()
    from_on, until_on = (None if number is None else today + datetime.timedelta(days=number) for number in days)
    return DutyHeld.objects.create(
        person=person, duty=duty, area=area, from_on=from_on, until_on=until_on, given_at=timezone.now(), **facts
    )


def administrator(name="Ria Postma", **facts):
    person = someone(name, **facts)
    holds(person, Duty.ADMINISTRATOR, days=(-10, None))
    return person


def sign_in(client, person, *, strongly=True):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    if strongly:
        session = client.session
        session["second_factor"] = timezone.now().isoformat()
        session.save()
    return client
