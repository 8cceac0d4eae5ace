"""Making the overview of coherence anew: cells, findings and measures, in the worker or by the command. Never in the web.

With it goes how the half year stands (`standing`).
"""

import datetime
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from django.db import connection, transaction
from django.utils.timezone import localdate

from buurtdraad.audit.actions import record
from buurtdraad.places import queries as places
from buurtdraad.reports.actions.standing import keep_standing
from buurtdraad.reports.models import Cell, Finding, FindingStep, MeasureValue, Prepared
from buurtdraad.reports.queries import alike, doubled, overlapping, seeking
from buurtdraad.reports.queries.cells import cells
from buurtdraad.reports.queries.doing import Doing, doing
from buurtdraad.reports.queries.ground import ground
from buurtdraad.reports.queries.measuring import measures
from buurtdraad.reports.queries.seen import Seen
from buurtdraad.reports.states import FindingStage

# One at a time: the second would find half of what the first writes.
LOCK = 0x6275757275


@dataclass(frozen=True)
class Made:
    """What came of it; `seconds` is CPU time."""

    cells: int
    found: int
    solved: int
    measures: int
    seconds: float


@transaction.atomic
def prepare(at: datetime.datetime) -> Made:
    """Make all of it as of `at`. Findings that are not seen any more are solved by that; solved ones that are seen again open again.

    The same data give the same cells, findings and measures.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    started = time.process_time()
    now = doing(ground())
    made = cells(now)
    Cell.objects.all().delete()
    Cell.objects.bulk_create(made)
    keep_time("cells", started, at)
    found, solved = keep_findings(look(now, made, at), at)
    keep_time("findings", started, at)
    values = keep_measures(measures(now, at=at, on=localdate(at)))
    keep_time("measures", started, at)
    keep_standing(at)
    record(
        "coherence.prepared", room="reports", thing="coherence:all", by=None, at=at, channel="worker",
        touches=places.touched_by([now.ground.city]) if found or solved else (), payload={"found": found, "solved": solved},
    )  # fmt: skip
    return Made(len(made), found, solved, values, time.process_time() - started)


def look(now: Doing, made: list[Cell], at: datetime.datetime) -> Iterable[Seen]:
    """Every kind of finding (`states.FindingKind`)."""
    return chain(
        seeking.needs_without_work(made), seeking.works_without_need(now, made), seeking.without_owner(now), seeking.not_confirmed(now, at),
        seeking.many_contacts(now, localdate(at)), overlapping.same_place(now), alike.same_goal(now), alike.answered_already(now),
        doubled.promised_twice(now),
    )  # fmt: skip


def keep_time(part: str, started: float, at: datetime.datetime) -> None:
    Prepared.objects.update_or_create(part=part, defaults={"made_at": at, "seconds": time.process_time() - started})


# --- findings -------------------------------------------------------------------------------------------


def keep_findings(seen: Iterable[Seen], at: datetime.datetime) -> tuple[int, int]:
    """Store what is new, refresh what is there, open again what came back, solve what is gone; how many are new, and solved."""
    wanted = {one.key: one for one in seen}
    known = {one.key: one for one in Finding.objects.select_for_update()}
    new = [as_finding(one, at) for key, one in wanted.items() if key not in known]
    Finding.objects.bulk_create(new, batch_size=1000)
    keep_steps(new, FindingStage.OPEN, at)
    there = [one for key, one in known.items() if key in wanted]
    changed = []
    for one in there:
        facts = wanted[one.key].facts
        if one.facts != facts:
            one.facts = facts
            changed.append(one)
    Finding.objects.bulk_update(changed, ["facts"], batch_size=1000)
    Finding.objects.filter(pk__in=[one.pk for one in there]).update(seen_at=at)
    # What a person solved with an agreement stays so: the agreement is the answer, and the two things are still in one place.
    back = [one for one in there if one.stage == FindingStage.SOLVED and one.agreement_id is None]
    turn(back, FindingStage.OPEN, at)
    gone = [one for key, one in known.items() if key not in wanted and one.stage != FindingStage.SOLVED]
    turn(gone, FindingStage.SOLVED, at)
    return len(new), len(gone)


def as_finding(seen: Seen, at: datetime.datetime) -> Finding:
    return Finding(
        kind=seen.kind, key=seen.key, area_id=seen.area, challenge_id=seen.challenge, things=list(seen.things), facts=seen.facts,
        found_at=at, seen_at=at,
    )  # fmt: skip


def turn(findings: list[Finding], stage: FindingStage, at: datetime.datetime) -> None:
    """The machine moves many at once, each with its step. Both moves are in the table of every stage that comes here."""
    solved_at = at if stage == FindingStage.SOLVED else None
    facts = {"stage": stage, "solved_at": solved_at} | ({} if solved_at else {"taken_by": None})
    Finding.objects.filter(pk__in=[one.pk for one in findings]).update(**facts)
    keep_steps(findings, stage, at)


def keep_steps(findings: list[Finding], stage: FindingStage, at: datetime.datetime) -> None:
    FindingStep.objects.bulk_create([FindingStep(finding=one, stage=stage, at=at) for one in findings], batch_size=1000)


# --- measures ---------------------------------------------------------------------------------------------


def keep_measures(values: list[MeasureValue]) -> int:
    """Store them over those of the same month. What has no value for a month any more keeps the one it had."""
    MeasureValue.objects.bulk_create(
        values, update_conflicts=True, unique_fields=["name", "area", "month"], update_fields=["value", "part", "whole", "made_at"],
        batch_size=1000,
    )  # fmt: skip
    return len(values)
