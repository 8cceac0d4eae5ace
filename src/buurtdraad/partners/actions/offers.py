"""What a partner offers: adding, changing, ending."""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.tables.reports import differences
from buurtdraad.partners.access import duty_of
from buurtdraad.partners.models import Offer, Organisation
from buurtdraad.partners.queries.joining import now as whole_of
from buurtdraad.places.models import Area
from buurtdraad.places.queries import around


class NotOffered(Refused):
    """An offer cannot be so; the text says why."""


@transaction.atomic
def add_offer(
    organisation: Organisation,
    *,
    what: str,
    for_whom: str = "",
    areas: Collection[Area],
    from_on: datetime.date,
    until_on: datetime.date | None = None,
    by: Person,
    at: datetime.datetime,
) -> Offer:
    """An organisation offers this to people in these areas, from a day until and with a day. Raises `NotOffered`."""
    made = Offer(organisation=whole_of(organisation), what=what, for_whom=for_whom, from_on=from_on, until_on=until_on)
    keep(made)
    made.areas.set(areas)
    note("offer.added", made, by=by, at=at)
    return made


@transaction.atomic
def change_offer(offer: Offer, *, areas: Collection[Area], by: Person, at: datetime.datetime, **facts: object) -> None:
    """Give an offer these facts (of `add_offer`). What is so already is not recorded again. Raises `NotOffered`."""
    now = locked(offer)
    changed = differences(now, facts)
    for name, value in changed.items():
        setattr(now, name, value)
    keep(now)
    before = set(now.areas.values_list("code", flat=True))
    now.areas.set(areas)
    if changed or before != {area.code for area in areas}:
        note("offer.changed", now, by=by, at=at, also=before)


@transaction.atomic
def end_offer(offer: Offer, *, last_day: datetime.date, by: Person, at: datetime.datetime) -> None:
    """It can be had until and with this day. Raises `NotOffered`."""
    now = locked(offer)
    if now.until_on and now.until_on <= last_day:
        raise NotOffered(_("This has ended already."))
    now.until_on = last_day
    keep(now)
    note("offer.ended", now, by=by, at=at)


def locked(offer: Offer) -> Offer:
    """As it stands, for this transaction alone."""
    return Offer.objects.select_for_update().get(pk=offer.pk)


def keep(offer: Offer) -> None:
    if offer.until_on and offer.until_on < offer.from_on:
        raise NotOffered(_("The last day lies before the first day."))
    offer.save()


def note(verb: str, offer: Offer, *, by: Person, at: datetime.datetime, also: Collection[str] = ()) -> None:
    codes = {*offer.areas.values_list("code", flat=True), *also}
    touches = around(codes) if codes else ()
    record(verb, room="partners", thing=offer.thing, by=by.uuid, at=at, touches=touches, duty=duty_of(by))
