"""What partners offer, for their page and for an area."""

import datetime
from collections.abc import Collection, Iterable

from django.db.models import Prefetch

from buurtdraad.partners.models import Offer, Organisation
from buurtdraad.partners.queries.joining import is_one_of, same_as
from buurtdraad.places import queries as places

WITH_AREAS = Prefetch("areas", places.with_names())


def offers_of(organisation: Organisation, *, on: datetime.date) -> list[Offer]:
    """What an organisation or a double of it offers on this day or later, by name. Each with `place_names`. Two queries."""
    found = Offer.objects.not_over(on).filter(same_as(organisation))
    return named(found.select_related("organisation__joined_to").prefetch_related(WITH_AREAS))


def offers_in(codes: Collection[str] | None, *, on: datetime.date, of: Collection[int] | None = None) -> list[Offer]:
    """What can be had in these areas (None: anywhere) on this day, from partners that are not over; `of` names ids of partners (wholes).

    An offer of a double stands with the name of the whole: `partner`. Each with `place_names`. Two queries.
    """
    found = Offer.objects.on(on)
    if codes is not None:
        found = found.filter(areas__code__in=codes).distinct()
    if of is not None:
        found = found.filter(is_one_of(of))
    offers = named(found.select_related("organisation__joined_to").prefetch_related(WITH_AREAS))
    return [one for one in offers if not is_over(one.partner, on)]  # type: ignore[attr-defined]


def named(offers: Iterable[Offer]) -> list[Offer]:
    """Each, with `WITH_AREAS`, with the names of its areas as `place_names`, and as `partner` the organisation that offers it. No query."""
    every = list(offers)
    for one in every:
        one.place_names = sorted(area.name or area.code for area in one.areas.all())  # type: ignore[attr-defined]
        one.partner = one.organisation.whole  # type: ignore[attr-defined]
    return every


def is_over(organisation: Organisation, on: datetime.date) -> bool:
    return bool(organisation.until_on and organisation.until_on < on)
