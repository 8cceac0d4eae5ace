"""Proposing a destruction list, deciding on it, and destroying what this room has."""

import datetime
from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import ProtectedError

from buurtdraad.accounts.destruction import queries
from buurtdraad.accounts.destruction.models import DestructionLine, DestructionList
from buurtdraad.accounts.destruction.states import MOVES, Stage
from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import WrongStage, move


class OwnProposal(Refused):
    """Somebody wants to decide on what they proposed themselves."""


@transaction.atomic
def propose(
    lines: Mapping[tuple[str, str], Collection[int]], *, on: datetime.date, by: Person, at: datetime.datetime
) -> DestructionList | None:
    """Make the list of a day from ids by kind and retention class. None when nothing is due.

    A list that still waits is replaced: what it named is in the new one.
    """
    DestructionList.objects.filter(stage=Stage.PROPOSED).delete()
    due = {key: sorted(ids) for key, ids in lines.items() if ids}
    if not due:
        return None
    made = DestructionList.objects.create(on=on, proposed_by=by, proposed_at=at)
    DestructionLine.objects.bulk_create(
        DestructionLine(destruction_list=made, kind=kind, retention_class=code, ids=ids, proposed=len(ids))
        for (kind, code), ids in due.items()
    )
    counts = {kind: len(ids) for (kind, _code), ids in due.items()}
    record("destruction.proposed", room="accounts", thing=f"destruction:{made.uuid}", by=by.uuid, at=at, payload=counts)
    return made


@transaction.atomic
def refuse(made: DestructionList, *, why: str, by: Person, at: datetime.datetime) -> None:
    """Destroy nothing of this list. What is still past its time comes back in the next one."""
    decided(made, Stage.REFUSED, by=by, at=at, why=why)
    record("destruction.refused", room="accounts", thing=f"destruction:{made.uuid}", by=by.uuid, at=at, duty="administrator")


def decided(made: DestructionList, stage: Stage, *, by: Person, at: datetime.datetime, why: str = "") -> None:
    """Take the list to its end, once. Raises `OwnProposal` and `WrongStage`."""
    if made.proposed_by_id == by.pk:
        raise OwnProposal("Who proposed a list cannot decide on it.")
    move(made, stage, moves=MOVES)
    if not DestructionList.objects.filter(pk=made.pk).update(decided_by=by, decided_at=at, why=why):
        raise WrongStage(f"{made} is gone")
    made.lines.update(ids=[])


def note_destroyed(line: DestructionLine, number: int) -> None:
    """How many records really went: some may have come to life again since the proposal."""
    DestructionLine.objects.filter(pk=line.pk).update(destroyed=number)


def destroy_reports(ids: Collection[int], *, on: datetime.date) -> int:
    """Destroy the reports with these ids that are still past their time. Returns how many."""
    number, _kinds = queries.reports_due(on).filter(pk__in=ids).delete()
    return number


def destroy_persons(ids: Collection[int], *, on: datetime.date) -> int:
    """Destroy the persons with these ids that are still unused; one whom something still needs stays. Returns how many."""
    number = 0
    for person in queries.persons_due(on).filter(pk__in=ids):
        try:
            with transaction.atomic():
                person.delete()
                number += 1
        except ProtectedError:
            continue
    return number
