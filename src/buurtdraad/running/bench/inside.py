"""What only a process with Django in it can see; run by `bench` in a process of its own, on the database of the copy."""

import time
from collections.abc import Callable, Sequence

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from buurtdraad.places import queries as places
from buurtdraad.places.models import Area, AreaYear, Kind

POINTS = 2_000


def areas(_: Sequence[str]) -> dict:
    """Codes of the neighbourhoods of the city (of all, when the city has none)."""
    codes = Area.objects.filter(kind=Kind.NEIGHBOURHOOD).order_by("code").values_list("code", flat=True)
    own = codes.filter(code__startswith=places.city_code().replace("GM", "BU"))
    return {"codes": list(own or codes)}


def queries(paths: Sequence[str]) -> dict:
    """The most queries that one of these pages asks, for somebody unknown and for somebody signed in (None: nobody to sign in)."""
    person = get_user_model()._default_manager.filter(is_active=True, system__isnull=True).first()
    signed_in = Client()
    if person is not None:
        signed_in.force_login(person)
    return {
        "unknown": most_queries(Client(), paths),
        "signed_in": most_queries(signed_in, paths) if person else None,
        "session": signed_in.cookies[settings.SESSION_COOKIE_NAME].value if person else None,
    }


def most_queries(client: Client, paths: Sequence[str]) -> int:
    """The most queries that one of these pages asks, once the templates are loaded."""
    counts = []
    for path in [paths[0], *paths]:
        with CaptureQueriesContext(connection) as captured:
            client.get(path, headers={"host": "localhost"})
        counts.append(len(captured))
    return max(counts[1:])


def points(_: Sequence[str]) -> dict:
    """CPU of one point to its neighbourhood (milliseconds), once the index is made, and among how many polygons."""
    area_at = places.area_at
    drawn = AreaYear.objects.filter(area__kind=Kind.NEIGHBOURHOOD, boundary__isnull=False, latitude__isnull=False)
    known = [(here.latitude or 0, here.longitude or 0) for here in drawn.only("latitude", "longitude").order_by("area__code")[:POINTS]]
    area_at(*known[0])
    began = time.process_time()
    found = sum(area_at(latitude, longitude) is not None for latitude, longitude in known)
    return {"ms": (time.process_time() - began) * 1000 / len(known), "polygons": drawn.count(), "asked": len(known), "found": found}


PARTS: dict[str, Callable[[Sequence[str]], dict]] = {"areas": areas, "queries": queries, "points": points}
