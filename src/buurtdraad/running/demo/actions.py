"""Loading the demo city, and bringing it back to its first day."""

import datetime
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from buurtdraad.accounts import actions as accounts
from buurtdraad.accounts.actions import system_person
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld, Person, Session
from buurtdraad.figures import actions as figures
from buurtdraad.figures.sources.rows import Origin
from buurtdraad.lib.refusal import Refused
from buurtdraad.places import actions as places
from buurtdraad.places.models import Area, AreaYear, Kind
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
    make_duties(at)


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


def make_duties(at: datetime.datetime) -> None:
    """The duties of the cast, and no others; those that stand already stay as they are. Nothing in a city without its places."""
    by, today = system_person("load_demo"), timezone.localdate(at)
    people = {person.demo_role: person for person in Person.objects.filter(demo_role__isnull=False)}
    areas = {area.code: area for area in Area.objects.filter(code__in={code for role in CAST for _, code in role.duties if code})}
    wanted = {(role.slug, duty, code) for role in CAST for duty, code in role.duties if not code or code in areas}
    stands: set[tuple[str, Duty, str]] = set()
    for held in DutyHeld.objects.select_related("person", "area"):
        key = (held.person.demo_role, Duty(held.duty), held.area.code if held.area else "")
        if key in wanted - stands and held.until_on is None and held.from_on <= today and held.stand_in_for_id is None:
            stands.add(key)
        else:
            held.delete()
    for slug, duty, code in sorted(wanted - stands):
        accounts.give_duty(person=people[slug], duty=duty, area=areas.get(code), from_on=today, by=by, at=at)


@transaction.atomic
def begin_again() -> None:
    """The first day: the cast and its duties as they were, nobody signed in. Places and figures are real and stay."""
    Session.objects.all().delete()
    make_cast()
    make_duties(timezone.now())
