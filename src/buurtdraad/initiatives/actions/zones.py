"""The parts of a street or neighbourhood, each with its own rule for support: the part that closes, and the rest of the street."""

import datetime

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.initiatives.actions.plans import hold_row
from buurtdraad.initiatives.actions.records import write_down
from buurtdraad.initiatives.models import Initiative, Zone
from buurtdraad.lib.refusal import Refused


class NameTaken(Refused):
    """Two parts of one name would be mixed up."""


class ZoneInUse(Refused):
    """What people said belongs to a part as it was."""


@transaction.atomic
def add_zone(
    initiative: Initiative, *, name: str, rule: str, unit: str, units: int | None = None, by: Person, at: datetime.datetime
) -> Zone:
    """This part has a rule of its own; `units` is how many persons or households there are in it. Raises `NameTaken`."""
    made = stored(Zone(initiative=initiative, name=name, rule=rule, unit=unit, units=units))
    write_down("zone.added", initiative, by=by, at=at, payload={"rule": rule, "unit": unit, "units": units})
    return made


@transaction.atomic
def change_zone(zone: Zone, *, name: str, rule: str, unit: str, units: int | None = None, by: Person, at: datetime.datetime) -> None:
    """Another name, rule or number. Whom a voice stands for stays once there are voices. Raises `NameTaken` and `ZoneInUse`."""
    initiative = hold_row(zone.initiative)
    if unit != zone.unit and (zone.opinions.exists() or zone.evidence.exists()):
        raise ZoneInUse(_("People said already what they think. So persons or households stays as it is."))
    zone.name, zone.rule, zone.unit, zone.units = name, rule, unit, units
    stored(zone)
    write_down("zone.changed", initiative, by=by, at=at, payload={"rule": rule, "unit": unit, "units": units})


@transaction.atomic
def remove_zone(zone: Zone, *, by: Person, at: datetime.datetime) -> None:
    """This part has no rule of its own after all. Raises `ZoneInUse` when somebody said something in it."""
    initiative = hold_row(zone.initiative)
    try:
        gone = Zone.objects.filter(pk=zone.pk).delete()[0]
    except ProtectedError:
        raise ZoneInUse(_("People in this part said already what they think. So it stays.")) from None
    if gone:
        write_down("zone.removed", initiative, by=by, at=at)


def stored(zone: Zone) -> Zone:
    try:
        with transaction.atomic():
            zone.save()
    except IntegrityError:
        raise NameTaken(_("There is a part with this name already.")) from None
    return zone
