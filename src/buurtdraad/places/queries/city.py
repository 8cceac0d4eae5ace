"""The municipality that this site is of. One database is one municipality; others may be loaded beside it for comparison."""

from functools import lru_cache
from typing import cast

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.functional import SimpleLazyObject

from buurtdraad.places.models import AreaYear, AreaYearQuerySet, Kind


def city() -> AreaYear | None:
    """The municipality of CITY_CODE in its last year; without that setting the one that was loaded first. None in an empty city."""
    return _municipality(settings.CITY_CODE).for_pages().order_by("area_id", "-year").first()


def _municipality(code: str) -> AreaYearQuerySet:
    """The years of the municipality of this code, or of all that were loaded."""
    found = AreaYear.objects.filter(area__kind=Kind.MUNICIPALITY)
    return found.filter(area__code=code) if code else found


def city_code() -> str:
    """Its CBS code; empty in an empty city."""
    here = city()
    return here.area.code if here else ""


def city_name() -> str:
    """Its name: as set, else as loaded. Empty when the database does not answer."""
    return settings.CITY_NAME or _name_as_loaded()


def city_name_when_shown() -> str:
    """The same for the frame of a page, asked when it is shown. Never to be kept: the database would be asked while it writes."""
    return settings.CITY_NAME or cast("str", SimpleLazyObject(_name_as_loaded))


def _name_as_loaded() -> str:
    statement, facts = _name_statement(settings.CITY_CODE)
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, facts)
            found = cursor.fetchone()
    except DatabaseError:
        return ""
    return found[0] if found else ""


@lru_cache(maxsize=8)
def _name_statement(code: str) -> tuple[str, tuple]:
    """The same question as `city` asks, of the name alone: every page asks it, so it is written in SQL once for each process."""
    return _municipality(code).order_by("area_id", "-year").values_list("name", flat=True)[:1].query.sql_with_params()
