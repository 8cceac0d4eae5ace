"""Entering a pile of answer sheets."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.ways_in.actions.contacts import HearBack, contact_of
from buurtdraad.agendas.ways_in.models import Batch
from buurtdraad.agendas.ways_in.rules import sheet_mark
from buurtdraad.agendas.ways_in.states import BatchKind
from buurtdraad.agendas.wishes.actions import Given, give
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.states import Channel, Kind, Theme
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.rules import as_written
from buurtdraad.places.models import Area


class EnteredBefore(Refused):
    """A sheet with this number is in already."""


@dataclass(frozen=True)
class Sheet:
    """What stands on one sheet. `number` is the eight characters without a dash, empty for a sheet of others."""

    text: str
    area: Area
    kind: Kind
    theme: Theme
    hears: HearBack
    number: str = ""


@transaction.atomic
def enter(sheet: Sheet, *, sitting: UUID, about: str, mark: str, by: Person, at: datetime.datetime) -> Wish:
    """Write down one sheet. Sent twice (`mark`, for a sheet without number) it is one. Raises `EnteredBefore`, `NotAPhoneNumber`."""
    mark = sheet_mark(sheet.number) if sheet.number else f"pile:{mark}"
    if sent := Wish.objects.filter(mark=mark).first():
        return same_or_refused(sent, sheet, sitting)
    Batch.objects.update_or_create(
        uuid=sitting, defaults={"name": about}, create_defaults={"kind": BatchKind.PILE, "name": about, "by": by.uuid, "made_at": at}
    )
    given = Given(sheet.text, sheet.area, sheet.kind, sheet.theme, Channel.PAPER)
    wish = give(given, contact=contact_of(sheet.hears, by=by, at=at), by=by, at=at, mark=mark, batch=sitting)
    # Somebody else may have entered this sheet at the same moment.
    return wish if wish.given_at == at else same_or_refused(wish, sheet, sitting)


def same_or_refused(sent: Wish, sheet: Sheet, sitting: UUID) -> Wish:
    if sent.batch == sitting and sent.text == sheet.text:
        return sent
    raise EnteredBefore(
        _("Sheet %(number)s was entered before: it is wish %(reference)s.")
        % {"number": as_written(sheet.number), "reference": sent.reference}
    )
