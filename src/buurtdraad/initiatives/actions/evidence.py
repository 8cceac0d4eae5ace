"""Lists with signatures and questionnaires: given, counted by two people of the staff, and destroyed when nobody can object any more.

What is on such a list are names of people who are against a plan of a neighbour. Only who counts opens it.
"""

import datetime
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.initiatives.access import may_count
from buurtdraad.initiatives.actions.records import write_down
from buurtdraad.initiatives.models import Count, Evidence, Initiative, Zone
from buurtdraad.initiatives.queries.evidence import to_destroy
from buurtdraad.initiatives.states import EVIDENCE_MOVES, EvidenceStage, Unit
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move, wrong_stage
from buurtdraad.lib.uploads.documents import CheckedDocument
from buurtdraad.lib.uploads.keeping import forget, kept_document

type Numbers = tuple[int, int, int]
WAITS = (EvidenceStage.TO_COUNT, EvidenceStage.DIFFERENT)


class CountedBefore(Refused):
    """Two different people count."""


class NotByThem(Refused):
    """Who is of the plan does not count its lists."""


class NothingCounted(Refused):
    """A list without anybody on it."""


class FileIsGone(Refused):
    """What was destroyed cannot be counted again."""


class BeingCounted(Refused):
    """What somebody counted stays."""


def add(
    initiative: Initiative, document: CheckedDocument, *, name: str, kind: str, unit: str = Unit.PERSON, zone: Zone | None = None,
    by: Person | None, at: datetime.datetime,
) -> Evidence:  # fmt: skip
    """Keep a list (`kind` is of `EvidenceKind`); it counts once two people counted the same. In a zone its unit is that of the zone."""
    with kept_document(document) as key, transaction.atomic():
        made = Evidence.objects.create(
            initiative=initiative, zone=zone, evidence_kind=kind, unit=zone.unit if zone else unit, key=key, name=name,
            kind=document.kind, bytes=len(document.content), given_by=by.uuid if by else None, given_at=at,
        )  # fmt: skip
        write_down("evidence.added", initiative, by=by, at=at, public=False, payload={"evidence": str(made.uuid), "kind": kind})
    return made


@transaction.atomic
def take_back(evidence: Evidence, *, by: Person | None, at: datetime.datetime) -> None:
    """Who gave it takes it back, while nobody counted; the file is destroyed. Raises `BeingCounted`."""
    held = hold(evidence)
    if held.counts.exists() or held.stage != EvidenceStage.TO_COUNT:
        raise BeingCounted(_("Somebody counted this list already, so it stays. Call us if it is wrong."))
    held.delete()
    transaction.on_commit(partial(forget, held.key))
    write_down("evidence.taken_back", held.initiative, by=by, at=at, public=False, payload={"evidence": str(evidence.uuid)})


@transaction.atomic
def count(evidence: Evidence, *, says_for: int, against: int, neutral: int, by: Person, at: datetime.datetime) -> EvidenceStage:
    """What one person counted. Two who counted the same let it count; else a third looks. The stage of the list after it.

    Raises `NotByThem`, `CountedBefore`, `NothingCounted`, and `WrongStage` for what waits for nobody.
    """
    held = hold(evidence)
    if not may_count(by, held.initiative):
        raise NotByThem(_("Somebody who is not part of the plan counts its lists."))
    if held.stage not in WAITS:
        raise wrong_stage(f"{held} is {held.stage}")
    if not says_for + against + neutral:
        raise NothingCounted(_("Write down how many there are. Is nobody on it? Then say that it does not count."))
    keep_count(held, (says_for, against, neutral), by=by, at=at)
    others = [one.numbers for one in held.counts.exclude(counted_by=by.uuid)]
    settle(held, (says_for, against, neutral), others, by=by, at=at)
    evidence.refresh_from_db()
    return EvidenceStage(evidence.stage)


def keep_count(held: Evidence, numbers: Numbers, *, by: Person, at: datetime.datetime) -> None:
    told = dict(zip(("says_for", "says_against", "says_neutral"), numbers, strict=True))
    try:
        with transaction.atomic():
            Count.objects.create(evidence=held, counted_by=by.uuid, **told, at=at)
    except IntegrityError:
        raise CountedBefore(_("You counted this list already. A colleague counts it too.")) from None


def settle(held: Evidence, mine: Numbers, others: list[Numbers], *, by: Person, at: datetime.datetime) -> None:
    """What this count makes of it, with the numbers of all counts on record."""
    told = {"evidence": str(held.uuid), "counts": [*others, mine]}
    if mine in others:
        Evidence.objects.filter(pk=held.pk).update(says_for=mine[0], says_against=mine[1], says_neutral=mine[2], counted_at=at)
        move(held, EvidenceStage.COUNTED, moves=EVIDENCE_MOVES)
        write_down("evidence.counted", held.initiative, by=by, at=at, payload=told)
    elif others:
        move(held, EvidenceStage.DIFFERENT, moves=EVIDENCE_MOVES)
        write_down("evidence.differs", held.initiative, by=by, at=at, public=False, payload=told)
    else:
        write_down("evidence.looked_through", held.initiative, by=by, at=at, public=False, payload=told)


@transaction.atomic
def reject(evidence: Evidence, *, why: str, by: Person, at: datetime.datetime) -> None:
    """It does not count, for a reason that the people of the plan read. Raises `WrongStage`."""
    held = hold(evidence)
    counted = held.stage == EvidenceStage.COUNTED
    Evidence.objects.filter(pk=held.pk).update(why=why)
    move(held, EvidenceStage.REJECTED, moves=EVIDENCE_MOVES)
    evidence.refresh_from_db()
    write_down(
        "evidence.rejected", held.initiative, by=by, at=at, public=None if counted else False, payload={"evidence": str(held.uuid)}
    )  # fmt: skip


@transaction.atomic
def count_again(evidence: Evidence, *, by: Person, at: datetime.datetime) -> None:
    """Two people count it anew; what was counted before stays in the record. Raises `FileIsGone` and `WrongStage`."""
    held = hold(evidence)
    if held.destroyed_at:
        raise FileIsGone(_("The file is destroyed, so nobody can count it again."))
    told = {"evidence": str(held.uuid), "counts": [one.numbers for one in held.counts.all()]}
    counted = held.stage == EvidenceStage.COUNTED
    move(held, EvidenceStage.TO_COUNT, moves=EVIDENCE_MOVES)
    held.counts.all().delete()
    Evidence.objects.filter(pk=held.pk).update(why="", counted_at=None, says_for=0, says_against=0, says_neutral=0)
    evidence.refresh_from_db()
    write_down("evidence.to_count_again", held.initiative, by=by, at=at, public=None if counted else False, payload=told)


def hold(evidence: Evidence) -> Evidence:
    """The row, locked: two who count at once come one after the other."""
    return Evidence.objects.select_for_update(of=("self",)).select_related("initiative__area").get(pk=evidence.pk)


# --- how long a file is kept -----------------------------------------------------------------------------------


@transaction.atomic
def keep_until(initiative: Initiative, day: datetime.date, *, by: Person | None, at: datetime.datetime) -> None:
    """Somebody can object until this day, so the files of its lists stay until then. A day before the one that is known changes nothing.

    The room that decides calls it when a decision is made known, and again when somebody objects.
    """
    sooner = Q(keep_until=None) | Q(keep_until__lt=day)
    if Evidence.objects.filter(sooner, initiative=initiative, destroyed_at=None).update(keep_until=day):
        write_down("evidence.kept", initiative, by=by, at=at, public=False, payload={"until": str(day)})


@transaction.atomic
def destroy_files(*, at: datetime.datetime) -> int:
    """Destroy the files that nobody needs any more; what was counted stays. How many. Every night, by the job."""
    due = list(to_destroy(timezone.localdate(at)).select_for_update(of=("self",)).select_related("initiative__area"))
    for held in due:
        Evidence.objects.filter(pk=held.pk).update(destroyed_at=at, name="")
        transaction.on_commit(partial(forget, held.key))
        write_down("evidence.destroyed", held.initiative, by=None, at=at, public=False, channel="job", payload={"evidence": str(held.uuid)})
    return len(due)
