"""The organisations of the demo city. Several parts of the demo tell of the same ones; each is there once."""

import datetime
from collections.abc import Iterable

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.partners.actions import add_organisation
from buurtdraad.partners.models import Organisation
from buurtdraad.places.models import Area

# They were there before anything that the demo tells of.
LONG_AGO = datetime.timedelta(days=400)


def party(name: str, kind: str, areas: Iterable[Area], *, by: Person, at: datetime.datetime) -> Organisation:
    """The organisation with this name; added where it is not there yet."""
    there = Organisation.objects.filter(name=name).first()
    return there or add_organisation(name=name, kind=kind, areas=list(areas), from_on=timezone.localdate(at - LONG_AGO), by=by, at=at)
