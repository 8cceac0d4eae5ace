"""Loading the demo city, and bringing it back to its first day."""

import datetime
from collections.abc import Callable

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from buurtdraad.accounts.actions import system_person
from buurtdraad.accounts.models import Person
from buurtdraad.figures import actions as figures
from buurtdraad.figures.sources.rows import Origin
from buurtdraad.lib.refusal import Refused
from buurtdraad.places import actions as places
from buurtdraad.places.models import AreaYear, Kind
from buurtdraad.places.sources.table import areas_from_points
from buurtdraad.running.demo import city
from buurtdraad.running.demo.cast import CAST


class AnotherCity(Refused):
    """The database is not of the demo city."""


@transaction.atomic
def load_demo(*, say: Callable[[str], None] = lambda line: None) -> None:
    """Utrecht with its neighbourhoods, figures, working areas and cast. A second time changes nothing.

    Real boundaries that were loaded stay: the schematic map is only drawn for a year that has none.
    """
    if AreaYear.objects.filter(area__kind=Kind.MUNICIPALITY).exclude(area__code=city.CITY).exists():
        raise AnotherCity("This database holds another municipality. The demo city goes into an empty one.")
    at = timezone.now()
    load_places(at, say)
    load_figures(at, say)
    make_cast()


def load_places(at: datetime.datetime, say: Callable[[str], None]) -> None:
    by = system_person("load_demo").uuid
    for year in city.YEARS:
        if AreaYear.objects.filter(municipality__code=city.CITY, year=year).exists():
            continue
        say(f"Neighbourhoods of {year}")
        source = f"CBS, {city.TABLE} {year} (CC BY 4.0)"
        rows = areas_from_points(city.facts(), municipality_code=city.CITY, municipality_name="Utrecht", year=year, source=source)
        places.load(rows, year=year, by=by, at=at)
    for slug, (name, members) in city.WORKING_AREAS.items():
        places.make_working_area(slug, name, members, by=by, at=at)


def load_figures(at: datetime.datetime, say: Callable[[str], None]) -> None:
    for year in city.YEARS:
        say(f"Figures of {year}")
        origin = Origin("CBS", table=city.TABLE, source_url="https://opendata.cbs.nl/statline/#/CBS/nl/")
        figures.load(city.figures(year), origin=origin, by=system_person("load_demo"), at=at)


def make_cast() -> None:
    for role in CAST:
        Person.objects.update_or_create(demo_role=role.slug, defaults={"name": role.name, "password": "!", "is_active": True})


@transaction.atomic
def begin_again() -> None:
    """The first day: the cast as it was, nobody signed in. Places and figures are real and stay."""
    Session.objects.all().delete()
    make_cast()
