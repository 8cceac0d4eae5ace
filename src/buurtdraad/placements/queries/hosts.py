"""Hosts as they stand, for a page; where mail to them goes; and whose time is past."""

import datetime
from collections.abc import Iterable

from django.db.models import Count, DateTimeField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from buurtdraad.lib.retention import CLASSES, ended_before
from buurtdraad.partners.models import Organisation, Representative
from buurtdraad.partners.queries.joining import is_one_of, same_as, whole_id
from buurtdraad.placements.models import BlackOut, Host, Shift
from buurtdraad.placements.rules import in_one_of
from buurtdraad.placements.states import ShiftStage
from buurtdraad.places import queries as places


def hosts(*, at: datetime.datetime) -> list[Host]:
    """All hosts by name, each with `place` and how many shifts are still to come (`open_shifts`). One query."""
    to_come = Q(shifts__stage=ShiftStage.OFFERED, shifts__starts_at__gt=at)
    found = Host.objects.select_related("organisation__joined_to", "area").annotate(
        place=places.last_name("area"), open_shifts=Count("shifts", filter=to_come)
    )
    return list(found)


def addresses_of(host: Host, *, on: datetime.date | None = None) -> list[str]:
    """Where mail to a host goes: its contact, else who speaks for its organisation on a day and has an address."""
    if host.contact_email:
        return [host.contact_email.lower()]
    voices = Representative.objects.on(on or timezone.localdate()).filter(same_as(host.organisation)).exclude(email="")
    return sorted({email.lower() for email in voices.values_list("email", flat=True)})


def hosts_mailed_at(email: str) -> list[Host]:
    """The hosts whose mail goes to this address."""
    voices = Representative.objects.on(timezone.localdate()).filter(email__iexact=email).values_list(whole_id(), flat=True)
    running = Host.objects.not_over(timezone.localdate()).select_related("organisation")
    return list(running.filter(Q(contact_email__iexact=email) | Q(is_one_of(voices), contact_email="")))


def organisations_to_choose() -> list[tuple[str, str]]:
    """Public id and name of the organisations that a host can be of; of doubles only the whole."""
    running = Organisation.objects.wholes().not_over(timezone.localdate())
    return [(str(uuid), name) for uuid, name in running.values_list("uuid", "name")]


def blocked(host: Host, days: Iterable[datetime.date]) -> list[datetime.date]:
    """Which of these days the host does not want anybody. One query."""
    spans = list(BlackOut.objects.filter(host=host).values_list("from_on", "until_on"))
    return [day for day in days if in_one_of(day, spans)]


def days_blocked(host: Host, on: datetime.date) -> QuerySet[BlackOut]:
    """The black-out days of a host that are not over."""
    return host.black_outs.filter(until_on__gte=on)


def shifts_between(host: Host, first: datetime.date, last: datetime.date, *, at: datetime.datetime) -> QuerySet[Shift]:
    """What a host offers from a day until and with a day, and did not begin."""
    return host.shifts.filter(stage=ShiftStage.OFFERED, starts_at__gt=at, starts_at__date__gte=first, starts_at__date__lte=last)


def contacts_due(on: datetime.date) -> QuerySet[Host]:
    """Hosts that ended so long ago (`since`) that name, e-mail and phone of their contact may go."""
    known = Host.objects.filter(~Q(contact_name="") | ~Q(contact_email="") | ~Q(contact_phone=""))
    over = known.filter(until_on__lt=ended_before(CLASSES["representative ended"], on))
    return over.annotate(since=Cast("until_on", DateTimeField()))
