"""When two organisations turn out to be one: the double is joined to the other, and can be parted again.

Nothing moves: agreements, voices and what they confirmed keep pointing at the double, and whoever asks gets the whole.
"""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.lib.refusal import Refused
from buurtdraad.partners.actions.organisations import write_down
from buurtdraad.partners.models import Organisation, WorksIn


class NotJoined(Refused):
    """These two cannot become one, or are not; the text says why."""


@transaction.atomic
def join(double: Organisation, *, into: Organisation, by: Person, at: datetime.datetime) -> None:
    """From now on `double` is the same as `into`. Raises `NotJoined`; of two people at once the second is told what stands now."""
    if double.pk == into.pk:
        raise NotJoined(_("This is the same organisation. Choose another one."))
    here = both(double, into)
    one, whole = here[double.pk], here[into.pk]
    if one.joined_to_id:
        raise NotJoined(_("%(name)s was joined to another organisation already.") % {"name": one})
    if whole.joined_to_id:
        raise NotJoined(_("%(name)s is itself joined to another. Choose that one.") % {"name": whole})
    if one.doubles.exists():
        raise NotJoined(_("Others were joined to %(name)s. Keep this one, and join the other one to it.") % {"name": one})
    Organisation.objects.filter(pk=one.pk).update(joined_to=whole)
    write_down("organisation.joined", one, by=by, at=at, touched=codes_of(one, whole), into=str(whole.uuid))
    double.refresh_from_db(fields=["joined_to"])


@transaction.atomic
def part(double: Organisation, *, by: Person, at: datetime.datetime) -> None:
    """They are two after all. What was added to either since stays where it was added. Raises `NotJoined`."""
    one = Organisation.objects.select_for_update().get(pk=double.pk)
    whole = one.joined_to
    if whole is None:
        raise NotJoined(_("%(name)s is not joined to another organisation.") % {"name": one})
    Organisation.objects.filter(pk=one.pk).update(joined_to=None)
    write_down("organisation.parted", one, by=by, at=at, touched=codes_of(one, whole), whole=str(whole.uuid))
    double.refresh_from_db(fields=["joined_to"])


def both(*organisations: Organisation) -> dict[int, Organisation]:
    """As they stand, for this transaction alone; locked in the order of their ids, so that two people never wait for each other."""
    found = Organisation.objects.select_for_update().filter(pk__in=[one.pk for one in organisations]).order_by("pk")
    return {one.pk: one for one in found}


def codes_of(*organisations: Organisation) -> set[str]:
    return set(WorksIn.objects.filter(organisation__in=organisations).values_list("area__code", flat=True))
