"""Undoing: one wish that was just entered, or a whole table, as far as nobody has built on it."""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.ways_in.models import Batch
from buurtdraad.agendas.ways_in.queries.batches import staying
from buurtdraad.agendas.wishes.models import Giver, Supporter, Wish
from buurtdraad.agendas.wishes.states import Showing
from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.models import Contact
from buurtdraad.places import queries as places


class NotTakenBack(Refused):
    """Others have built on this wish: it stays."""


@transaction.atomic
def take_back(wish: Wish, *, by: Person, duty: str, at: datetime.datetime) -> None:
    """Remove a wish that was entered by mistake. Raises `NotTakenBack`."""
    touches = touched_by([wish])
    if not remove([wish]):
        raise NotTakenBack(_("Somebody did something with %(reference)s already. It stays.") % {"reference": wish.reference})
    record("wish.taken_back", room="agendas", thing=f"wish:{wish.reference}", by=by.uuid, duty=duty, at=at, touches=touches)


@transaction.atomic
def undo(batch: Batch, *, by: Person, duty: str, at: datetime.datetime) -> tuple[int, int]:
    """Remove the wishes of a table on which nobody built; returns how many went and how many stay."""
    wishes = list(Wish.objects.select_for_update(of=("self",)).filter(batch=batch.uuid).select_related("area").order_by("pk"))
    touches = touched_by(wishes)
    removed = remove(wishes)
    Batch.objects.filter(pk=batch.pk).update(undone_at=at)
    record(
        "wishes.import_undone", room="agendas", thing=f"batch:{batch.uuid}", by=by.uuid, duty=duty, at=at, touches=touches,
        payload={"removed": len(removed), "stay": len(wishes) - len(removed)},
    )  # fmt: skip
    return len(removed), len(wishes) - len(removed)


def touched_by(wishes: Collection[Wish]) -> set[str]:
    """The pages that change when these go."""
    codes = {wish.area.code for wish in wishes if wish.showing == Showing.SHOWN}
    return places.touched_by(codes) if codes else set()


def remove(wishes: Collection[Wish]) -> list[Wish]:
    """Remove those on which nobody built, and the people who are known for nothing else. Gives what was removed."""
    stay = staying(wishes)
    going = [wish for wish in wishes if wish.pk not in stay]
    ids = [wish.pk for wish in going]
    givers = Giver.objects.filter(wish__in=ids, contact__person=None, contact__isnull=False)
    contacts = list(givers.values_list("contact", flat=True))
    Wish.objects.filter(pk__in=ids).delete()
    kept = {pk for model in (Giver, Supporter) for pk in model.objects.filter(contact__in=contacts).values_list("contact", flat=True)}
    Contact.objects.filter(pk__in=set(contacts) - kept, person=None, messages=None, slips=None).delete()
    return going
