"""The shifts that a person asked for or went to, and the hosts for which they speak."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.accounts.models import Person
from buurtdraad.placements.access import hosts_of, may_take_part
from buurtdraad.placements.models import Host, Placement
from buurtdraad.placements.queries.shifts import asked_of, placements_of
from buurtdraad.ui.rows import Row

# Keys to persons of which `personal_data` gives the rows.
GIVEN = frozenset({"placements.Placement.person"})

__all__ = ["GIVEN", "asking_rows", "entrance_rows", "host_row", "hosts_of_person", "personal_data", "placement_row", "placements_of"]


def placement_row(placement: Placement) -> Row:
    """One of them, with the page on which they take it back."""
    shift = placement.shift
    return Row(shift.host.name, reverse("placements:placement", args=[placement.uuid]), placement.get_stage_display(), shift.starts_at)


def hosts_of_person(person: Person) -> QuerySet[Host]:
    """The hosts for which a person can act without a link, by name."""
    return hosts_of(person)


def host_row(host: Host) -> Row:
    return Row(host.name, reverse("placements:host", args=[host.uuid]))


def asking_rows(person: Person) -> list[Row]:
    """Who wants to come to a host of theirs, as a number: names stand on the page."""
    return [
        Row(
            ngettext("%(number)s person wants to come to %(host)s", "%(number)s people want to come to %(host)s", number)
            % {"number": number, "host": host.name},
            reverse("placements:host", args=[host.uuid]),
        )
        for host, number in asked_of(hosts_of(person))
    ]


def entrance_rows(person: Person) -> list[Row]:
    """For who works for the municipality: where to choose a shift, and a training."""
    if not may_take_part(person):
        return []
    return [
        Row(_("Choose a shift in the neighbourhood"), reverse("placements:shifts")),
        Row(_("Choose a training"), reverse("placements:training")),
    ]


def personal_data(person: Person) -> dict:
    """All that shifts have of a person; nothing for who never asked for one."""
    found = placements_of(person)
    return {"stages": [of_one(one) for one in found]} if found else {}


def of_one(one: Placement) -> dict:
    return {
        "openbaar nummer": one.uuid,
        "gastheer": one.shift.host.name,
        "begint op": one.shift.starts_at,
        "afdeling": one.department,
        "e-mailadres van uw leidinggevende": one.manager_email,
        "waarom u wilde komen": one.motivation,
        "stand": one.get_stage_display(),
        "waarom niet": one.why,
        "gevraagd op": one.since,
        "akkoord op": one.agreed_at,
        "bevestigd op": one.confirmed_at,
        "klaar op": one.over_at,
    }
