"""A city with enough neighbourhoods for figures to say something, and a programme; a draft about another, and that draft published."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from buurtdraad.challenges.models import Ambition, Challenge
from buurtdraad.figures.models import Import, Indicator, Measurement
from buurtdraad.places.models import Area, AreaYear, Kind
from buurtdraad.reports.actions import reviewing
from buurtdraad.reports.actions.drafting import draft
from buurtdraad.reports.actions.preparing import prepare
from buurtdraad.reports.tests.report_city import FROM, UNTIL, fill

NOW = timezone.now()

# Ten neighbourhoods more in a district of their own, so that a middle exists; the last has many children.
MORE = [f"BU0344090{number}" for number in range(10)]
CHILDREN = MORE[-1]


@pytest.fixture
def programme(db):
    """Challenges by code."""
    ambition = Ambition.objects.create(code="kracht", number=1, name="Kracht van bewoners", from_on=datetime.date(2024, 1, 1))
    return {
        code: Challenge.objects.create(ambition=ambition, code=code, name=code.capitalize(), from_on=datetime.date(2024, 1, 1))
        for code in ("jeugd", "ontmoeten", "leefbaarheid", "wonen")
    }


@pytest.fixture
def figures(areas, programme):
    """Inhabitants and children of twelve neighbourhoods; in the last one of `MORE` many more children than elsewhere."""
    at = timezone.now()
    district = Area.objects.create(code="WK034409", kind=Kind.DISTRICT)
    AreaYear.objects.create(
        area=district, year=2025, name="Leidsche Rijn", parent=areas["GM0344"], municipality=areas["GM0344"], loaded_at=at
    )
    for number, code in enumerate(MORE):
        area = Area.objects.create(code=code, kind=Kind.NEIGHBOURHOOD)
        AreaYear.objects.create(area=area, year=2025, name=f"Buurt {number}", parent=district, municipality=areas["GM0344"], loaded_at=at)
    origin = Import.objects.create(source="CBS", loaded_at=at, rows=1)
    people = Indicator.objects.create(code="inwoners", kind="count", name="Inwoners")
    children = Indicator.objects.create(code="leeftijd-0-14", kind="count", name="Kinderen")
    for number, code in enumerate(["BU03440241", "BU03440242", *MORE]):
        area = Area.objects.get(code=code)
        many = 400 if code == CHILDREN else 150 + 4 * (number % 4)
        for indicator, value in ((people, 1000), (children, many)):
            Measurement.objects.create(area=area, indicator=indicator, year=2025, value=Decimal(value), origin=origin)
    return {"inwoners": people, "leeftijd-0-14": children}


@pytest.fixture
def prepared():
    """Make the overview now, or at another moment."""
    return lambda at=None: prepare(at or timezone.now())


@pytest.fixture
def told(areas):
    return fill(areas)


@pytest.fixture
def report(told, noor):
    """The draft that Noor made."""
    return draft(from_on=FROM, until_on=UNTIL, by=noor, at=NOW)


@pytest.fixture
def approved(report, noor, joris, anouk):
    reviewing.send_to_read(report, by=noor, at=NOW)
    reviewing.say_read(report, by=joris, at=NOW)
    reviewing.approve(report, by=anouk, at=NOW)
    return report


@pytest.fixture
def published(approved, noor):
    reviewing.publish(approved, by=noor, at=NOW + datetime.timedelta(minutes=1))
    return approved
