"""Promising money of a pot to one thing, and setting it free again."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.initiatives.models import Initiative
from buurtdraad.lib.refusal import Refused
from buurtdraad.money.actions.ledger import chain, enter, held, raise_committed, whole
from buurtdraad.money.actions.pots import PotClosed, PotTooSmall, no_room
from buurtdraad.money.actions.records import write_down
from buurtdraad.money.models import Commitment, Pot
from buurtdraad.money.queries.payments import under_way
from buurtdraad.money.states import EntryKind, Kind
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area
from buurtdraad.ui.euros import euros
from buurtdraad.works.models import Work

__all__ = ["NotFree", "PotClosed", "PotTooSmall", "WrongPlace", "commit", "release", "tell"]


class WrongPlace(Refused):
    """The money of this pot is not for that place."""


class NotFree(Refused):
    """So much of a commitment cannot be set free: it was paid, or is on its way."""


@transaction.atomic
def commit(
    pot: Pot,
    *,
    amount: Decimal,
    kind: Kind,
    area: Area,
    initiative: Initiative | None = None,
    agreement: Agreement | None = None,
    work: Work | None = None,
    words: str = "",
    told: bool = True,
    thing: str = "",
    by: Person | None,
    at: datetime.datetime,
) -> Commitment:
    """Promise euros of a pot to an initiative, an agreement or a work; they count in every pot around it too.

    Without `told` no public page names it, until `tell`: who gets it has to hear it first. `thing`: whose deed it is, for a pot that
    is kept. Of many at once exactly as many succeed as fit. Raises `PotTooSmall`, `PotClosed`, `PotKept`, `WrongPlace` and `NoMoney`.
    """
    whole(amount)
    if pot.area_id != area.pk and pot.area.code not in places.around([area.code]):
        raise WrongPlace(_("The money of '%(pot)s' is not for this area.") % {"pot": pot})
    for one in chain(pot):
        room = Pot.objects.open_to(thing).filter(pk=one.pk, amount__gte=F("committed") + amount)
        if not room.update(committed=F("committed") + amount):
            raise no_room(one, thing)
    made = Commitment.objects.create(
        pot=pot, area=area, amount=amount, kind=kind, initiative=initiative, agreement=agreement, work=work, words=words,
        made_at=at,
        told_on=timezone.localdate(at) if told else None,
    )  # fmt: skip
    enter(pot, EntryKind.COMMITTED, amount, commitment=made, why=words, by=by, at=at)
    pot.refresh_from_db(fields=["amount", "committed", "paid"])
    write_down("money.committed", made.thing, pot.area, area, by=by, at=at, payload={"amount": str(amount), "pot": str(pot.uuid)})
    return made


@transaction.atomic
def tell(commitment: Commitment, *, on: datetime.date, by: Person | None, at: datetime.datetime) -> None:
    """Who gets it heard it on day `on`: from now on everybody may know. Nothing for what was told before."""
    if Commitment.objects.filter(pk=commitment.pk, told_on=None).update(told_on=on):
        commitment.told_on = on
        write_down("money.told", commitment.thing, commitment.pot.area, commitment.area, by=by, at=at)


@transaction.atomic
def release(commitment: Commitment, amount: Decimal, *, why: str, by: Person | None, at: datetime.datetime) -> None:
    """Set euros of a commitment free again: the plan became cheaper, or does not go on. Raises `NotFree` and `NoMoney`."""
    whole(amount)
    now = held(commitment)
    left = now.amount - now.paid - under_way(now)
    if amount > left:
        raise NotFree(_("At most %(left)s can be set free: the rest was paid or is on its way.") % {"left": euros(left)})
    raise_committed(now, -amount)
    enter(now.pot, EntryKind.RELEASED, amount, commitment=now, why=why, by=by, at=at)
    commitment.refresh_from_db(fields=["amount", "paid"])
    write_down("money.released", now.thing, now.pot.area, now.area, by=by, at=at, payload={"amount": str(amount)})
