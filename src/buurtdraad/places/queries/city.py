"""The municipality that this site is of. One database is one municipality; others may be loaded beside it for comparison."""

from typing import cast

from django.conf import settings
from django.db import DatabaseError
from django.utils.functional import SimpleLazyObject

from buurtdraad.places.models import AreaYear, Kind


def city() -> AreaYear | None:
    """The municipality of CITY_CODE in its last year; without that setting the one that was loaded first. None in an empty city."""
    municipalities = AreaYear.objects.for_pages().filter(area__kind=Kind.MUNICIPALITY)
    if settings.CITY_CODE:
        municipalities = municipalities.filter(area__code=settings.CITY_CODE)
    return municipalities.order_by("area_id", "-year").first()


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
    try:
        here = city()
    except DatabaseError:
        return ""
    return here.name if here else ""
