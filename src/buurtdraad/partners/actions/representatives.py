"""Who speaks for an organisation: adding, changing, ending, and destroying what is past its time."""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.lib.tables.reports import differences
from buurtdraad.partners.actions.organisations import NotKept, end, write_down
from buurtdraad.partners.models import LocalContact, Organisation, Representative
from buurtdraad.partners.queries.organisations import representatives_due
from buurtdraad.places.models import Area


@transaction.atomic
def add_representative(
    organisation: Organisation,
    *,
    name: str,
    role: str = "",
    email: str = "",
    phone: str = "",
    areas: Collection[Area] = (),
    from_on: datetime.date,
    until_on: datetime.date | None = None,
    by: Person,
    at: datetime.datetime,
) -> Representative:
    """Somebody speaks for an organisation (in these areas; without: wherever it works), from a day until and with a day.

    Their account comes along when this e-mail address is one that they confirmed. Raises `NotKept`.
    """
    made = Representative(
        organisation=organisation,
        name=name,
        role=role,
        email=email.lower(),
        phone=phone,
        from_on=from_on,
        until_on=until_on,
        person=account_of(email),
    )
    check_days(made)
    made.save()
    made.areas.set(areas)
    write_down("representative.added", organisation, by=by, at=at, representative=str(made.uuid))
    return made


@transaction.atomic
def change_representative(
    representative: Representative, *, areas: Collection[Area], email: str = "", by: Person, at: datetime.datetime, **facts: object
) -> None:
    """Give somebody who speaks for an organisation these facts (of `add_representative`). Raises `NotKept`."""
    now = locked(representative)
    same = now.person if email.lower() == now.email else None
    facts |= {"email": email.lower(), "person": account_of(email) or same}
    changed = differences(now, facts)
    for name, value in changed.items():
        setattr(now, name, value)
    check_days(now)
    now.save()
    had = set(now.areas.values_list("pk", flat=True))
    now.areas.set(areas)
    if changed or had != {area.pk for area in areas}:
        write_down("representative.changed", now.organisation, by=by, at=at, representative=str(now.uuid), fields=sorted(changed))


@transaction.atomic
def end_representative(representative: Representative, *, last_day: datetime.date, by: Person, at: datetime.datetime) -> None:
    """Somebody speaks for an organisation until and with this day. Raises `NotKept`."""
    now = locked(representative)
    end(now, last_day)
    payload = {"representative": str(now.uuid), "last_day": last_day.isoformat()}
    write_down("representative.ended", now.organisation, by=by, at=at, **payload)


def destroy_representatives(ids: Collection[int], *, on: datetime.date) -> int:
    """Destroy name, e-mail and phone of these who are still past their time; that somebody spoke stays. Returns how many."""
    due = representatives_due(on).filter(pk__in=ids).values_list("pk", flat=True)
    return Representative.objects.filter(pk__in=list(due)).update(name="", email="", phone="", person=None)


def locked(representative: Representative) -> Representative:
    """As it stands, for this transaction alone. Raises `NotKept` for who was erased or destroyed."""
    now = Representative.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=representative.pk)
    if not now.name:
        raise NotKept(_("We no longer keep who this is, so nothing can be changed."))
    return now


def check_days(representative: Representative | LocalContact) -> None:
    if representative.until_on and representative.until_on < representative.from_on:
        raise NotKept(_("The last day lies before the first day."))


def account_of(email: str) -> Person | None:
    """Who confirmed this address."""
    return Person.objects.people().filter(email__iexact=email, confirmed_at__isnull=False).first() if email else None
