"""Keeping hosts, the link of a host, and the days on which nobody can come."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field, fields

from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink, end_links, open_link
from buurtdraad.accounts.signing_in.models import Purpose
from buurtdraad.lib.refusal import Refused
from buurtdraad.partners.models import Organisation
from buurtdraad.placements.actions.offering import call_off
from buurtdraad.placements.actions.telling import EMAIL, mail_host, note
from buurtdraad.placements.models import BlackOut, Host, Shift
from buurtdraad.placements.queries import hosts as queries
from buurtdraad.placements.states import ShiftStage
from buurtdraad.places.models import Area


class NotPossible(Refused):
    """It cannot be done with this host now."""


@dataclass(frozen=True)
class HostFacts:
    """All that the organiser keeps of a host."""

    organisation: Organisation
    area: Area
    name: str
    address: str
    tasks: str
    from_on: datetime.date
    house_rules: str = ""
    languages: str = ""
    physical: list[str] = field(default_factory=list)
    asks_for: str = ""
    most_seats: int = 2
    others_first: bool = False
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""

    def values(self) -> dict:
        return {one.name: getattr(self, one.name) for one in fields(self)} | {"contact_email": self.contact_email.lower()}


@transaction.atomic
def add_host(facts: HostFacts, *, by: Person, at: datetime.datetime) -> Host:
    """A place that can offer shifts from now on; its contact gets a link."""
    host = Host.objects.create(**facts.values())
    note("host.added", host, by=by, at=at)
    send_link(host, by=by, at=at)
    return host


@transaction.atomic
def change_host(host: Host, facts: HostFacts, *, by: Person, at: datetime.datetime) -> None:
    """Give a host these facts. Links that went to another address work no more; the new contact gets a fresh one.

    Shifts that are there already keep their seats.
    """
    before = Host.objects.select_for_update(of=("self",)).get(pk=host.pk)
    Host.objects.filter(pk=host.pk).update(**facts.values())
    host.refresh_from_db()
    changed = sorted(name for name, value in facts.values().items() if getattr(before, name) != value)
    note("host.changed", host, by=by, at=at, payload={"fields": changed})
    if "contact_email" in changed:
        send_link(host, by=by, at=at)


@transaction.atomic
def end_host(host: Host, *, last_day: datetime.date, by: Person, at: datetime.datetime) -> int:
    """A host stops after this day. Shifts after it are called off, and who would come is told; how many shifts. Raises `NotPossible`."""
    now = Host.objects.select_for_update(of=("self",)).get(pk=host.pk)
    if last_day < now.from_on:
        raise NotPossible(_("The last day lies before the first day."))
    Host.objects.filter(pk=now.pk).update(until_on=last_day)
    later = list(now.shifts.filter(stage=ShiftStage.OFFERED, starts_at__date__gt=last_day, starts_at__gt=at))
    for shift in later:
        call_off(shift, why=_("%(host)s stops receiving people.") % {"host": now.name}, by=by, at=at)
    host.refresh_from_db()
    note("host.ended", host, by=by, at=at, payload={"last_day": last_day.isoformat(), "called_off": len(later)})
    return len(later)


# --- the link ---------------------------------------------------------------------------------------


@transaction.atomic
def send_link(host: Host, *, by: Person | None, at: datetime.datetime) -> int:
    """Mail a host a fresh link, that ends those of before; to how many addresses.

    None where we know no address: then the organiser acts for it.
    """
    if queries.addresses_of(host):
        end_links(Purpose.HOST_SHIFTS, host.thing, at=at)
    sent = mail_host(host, lambda: link_words(host), at=at)
    if sent:
        note("host.link_sent", host, by=by, at=at)
    return sent


def link_words(host: Host) -> tuple[str, list[str]]:
    return _("Your page: %(host)s") % {"host": host.name}, [
        _("On your page you offer shifts to people who work for the municipality. You also see who comes."),
        _("You choose the days. What you can take is the limit."),
    ]


@transaction.atomic
def link_asked_for(email: str, *, at: datetime.datetime) -> None:
    """Somebody asked for a fresh link: it goes to this address where it is that of a host, and nothing happens where it is not."""
    for host in queries.hosts_mailed_at(email):
        send_link(host, by=None, at=at)


def host_of(token: str, *, at: datetime.datetime) -> Host:
    """The host of a link. Changes nothing, and the link works more than once. Raises `BadLink`, also after the contact changed."""
    link = open_link(Purpose.HOST_SHIFTS, token, at=at)
    uuid = link.subject.removeprefix("host:")
    host = Host.objects.select_related("organisation__joined_to", "area").filter(uuid=uuid).first()
    if host is None or link.facts.get(EMAIL) not in queries.addresses_of(host):
        raise BadLink(_("This link works no more. Ask for a new one."))
    return host


# --- days on which nobody can come ------------------------------------------------------------------


@transaction.atomic
def block_days(
    host: Host, *, from_on: datetime.date, until_on: datetime.date, why: str = "", call_off_why: str = "",
    by: Person | None, at: datetime.datetime,
) -> list[Shift]:  # fmt: skip
    """Nobody can come on these days: no shift can be offered there, and nobody signs up for one that was. Gives those shifts.

    With a reason (`call_off_why`) they are called off, and everybody in them is told; without one they stay, closed for others.
    """
    Host.objects.select_for_update(of=("self",)).get(pk=host.pk)
    BlackOut.objects.create(host=host, from_on=from_on, until_on=until_on, why=why)
    note("host.days_blocked", host, by=by, at=at, payload={"from": from_on.isoformat(), "until": until_on.isoformat()})
    there = list(queries.shifts_between(host, from_on, until_on, at=at))
    if call_off_why:
        for shift in there:
            call_off(shift, why=call_off_why, by=by, at=at)
    return there


@transaction.atomic
def free_days(black_out: BlackOut, *, by: Person | None, at: datetime.datetime) -> None:
    """People can come on these days after all."""
    note("host.days_freed", black_out.host, by=by, at=at, payload={"from": black_out.from_on.isoformat()})
    black_out.delete()


@transaction.atomic
def forget_contacts(ids: Collection[int], *, on: datetime.date) -> int:
    """Forget how to reach hosts that ended long ago; the host stays, for the shifts that it gave. Returns how many."""
    due = list(queries.contacts_due(on).filter(pk__in=ids).values_list("pk", flat=True))
    return Host.objects.filter(pk__in=due).update(contact_name="", contact_email="", contact_phone="")
