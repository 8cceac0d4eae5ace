"""Which neighbourhood an address lies in, asked of the address service (PDOK Locatieserver, `free`).

The address is in the question and nowhere else: not stored, not logged, not in an error. Choosing the neighbourhood
oneself is an equal route, so every page that asks here offers it, and without the service it is the only one.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from django.conf import settings

from buurtdraad.lib.outgoing import NoAnswer, ask
from buurtdraad.lib.refusal import Refused
from buurtdraad.places.models import AreaYear, Kind
from buurtdraad.places.queries import area_at

POINT = re.compile(r"^POINT\s*\(\s*(-?\d+(?:\.\d+)?)\s+(-?\d+(?:\.\d+)?)\s*\)$")
MOST_HITS = 10
LONGEST = 200
LARGEST = 1_000_000
# Kinds of answer that tell of a place small enough for one neighbourhood.
PRECISE, WHOLE = "adres", {"postcode", "weg"}


class AddressServiceUnavailable(Refused):
    """The address service is off or gives no answer; the page then offers to choose the neighbourhood oneself."""


@dataclass(frozen=True)
class Hit:
    """One place that fits what was typed; `whole_postcode` warns that a postcode or street may lie in more neighbourhoods."""

    label: str
    area_code: str | None
    latitude: float
    longitude: float
    whole_postcode: bool


def is_on() -> bool:
    """Whether this city uses an address service (`ADDRESS_SERVICE_URL` is not empty)."""
    return bool(settings.ADDRESS_SERVICE_URL)


def neighbourhood_of_address(text: str, *, municipality_code: str) -> list[Hit]:
    """At most ten places in a municipality that fit a typed address or postcode, the likeliest first.

    The neighbourhood is the one that the service names, where we know it; a code of another year and a postcode
    (which names none) go by their point. Nothing for less than three characters. Raises `AddressServiceUnavailable`.
    """
    if not is_on():
        raise AddressServiceUnavailable("The address service is switched off.")
    typed = " ".join(text.split())[:LONGEST]
    if len(typed) < 3:
        return []
    documents = [found for found in _asked(typed, municipality_code) if found.get("type") == PRECISE or found.get("type") in WHOLE]
    named = {str(found.get("buurtcode") or "").strip() for found in documents}
    known = set(
        AreaYear.objects.filter(area__code__in=named, area__kind=Kind.NEIGHBOURHOOD, municipality__code=municipality_code).values_list(
            "area__code", flat=True
        )
    )
    return [hit for found in documents if (hit := _hit(found, known, municipality_code))]


def _asked(typed: str, municipality_code: str) -> list[dict]:
    """The documents that the service answers with."""
    service = settings.ADDRESS_SERVICE_URL
    params = [("q", typed), ("fq", f"gemeentecode:{municipality_code.removeprefix('GM')}"), ("rows", str(MOST_HITS))]
    try:
        answer = ask(f"{service.rstrip('/')}/free", params=params, origin=service, seconds=settings.OUTGOING_TIMEOUT, largest=LARGEST)
        if answer.status != 200:
            raise NoAnswer(f"it refuses ({answer.status})")
        documents = json.loads(answer.content)["response"]["docs"]
        if not isinstance(documents, list):
            raise NoAnswer("its answer has no list of places")
    except NoAnswer as wrong:
        raise AddressServiceUnavailable(f"The address service does not work: {wrong}.") from None
    except (ValueError, KeyError, TypeError):
        raise AddressServiceUnavailable("The address service does not work: its answer cannot be read.") from None
    return [found for found in documents if isinstance(found, dict)][:MOST_HITS]


def _hit(found: dict, known: set[str], municipality_code: str) -> Hit | None:
    """The place of one document; None when it lies in another municipality or has no point."""
    at = POINT.match(str(found.get("centroide_ll") or ""))
    if at is None or f"GM{found.get('gemeentecode', '')}" != municipality_code:
        return None
    longitude, latitude = float(at[1]), float(at[2])
    code: str | None = str(found.get("buurtcode") or "").strip()
    if code not in known:
        here = area_at(latitude, longitude)
        code = here.area.code if here and here.municipality and here.municipality.code == municipality_code else None
    return Hit(str(found.get("weergavenaam") or "")[:LONGEST], code, latitude, longitude, found.get("type") != PRECISE)
