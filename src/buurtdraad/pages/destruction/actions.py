"""Destroying what a list names, over all rooms in one transaction."""

import datetime

from django.db import transaction

from buurtdraad.accounts.destruction.actions import decided, note_destroyed
from buurtdraad.accounts.destruction.models import DestructionList
from buurtdraad.accounts.destruction.states import Stage
from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.pages.destruction.kinds import BY_KIND


@transaction.atomic
def destroy(made: DestructionList, *, by: Person, at: datetime.datetime) -> dict[str, int]:
    """Approve a list and destroy what it names and is still due. Returns how many of each kind went.

    The record keeps that it happened, the counts and the classes, and no name. Raises `OwnProposal` for who proposed
    it, and `WrongStage` when somebody decided before.
    """
    order = list(BY_KIND)
    lines = sorted(made.lines.all(), key=lambda line: order.index(line.kind))
    decided(made, Stage.DESTROYED, by=by, at=at)
    gone = {}
    for line in lines:
        gone[line.kind] = BY_KIND[line.kind].destroy(line.ids, on=made.on)
        note_destroyed(line, gone[line.kind])
    payload = {"counts": gone, "classes": {line.kind: line.retention_class for line in lines}}
    record("destruction.done", room="accounts", thing=f"destruction:{made.uuid}", by=by.uuid, at=at, duty="administrator", payload=payload)
    return gone
