"""What the deeds of the editor share: that only a draft is written, and the record of it."""

import datetime

from django.utils.translation import gettext as _

from buurtdraad.accounts.access import duty_for
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused
from buurtdraad.method.models import MethodVersion
from buurtdraad.method.states import VersionStage
from buurtdraad.places import queries as places


class NotWritten(Refused):
    """The method cannot be written so; the text says why."""


def held(version: MethodVersion) -> MethodVersion:
    """The draft as it stands, for this transaction alone. Raises `NotWritten` for what is or was in use: runs rest on it."""
    now = MethodVersion.objects.select_for_update().filter(pk=version.pk).first()
    if now is None or now.stage != VersionStage.DRAFT:
        raise NotWritten(_("This version is no draft any more. Look at the list of versions for the one to write in."))
    return now


def write_down(verb: str, version: MethodVersion, *, by: Person, at: datetime.datetime, public: bool = False, **payload: object) -> None:
    """Record a deed on a version; a public one drops the pages of the city from the cache."""
    city = places.city_code() if public else ""
    record(
        verb,
        room="method",
        thing=f"method:{version.number}",
        by=by.uuid,
        at=at,
        touches=[city] if city else (),
        duty=duty_for(by, Duty.PROGRAMME_MANAGER),
        payload=payload,
    )
