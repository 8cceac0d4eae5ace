"""Noting what has to be brought to the case system, bringing it, and trying again what was refused.

The row is held while it is brought: of two workers one does it, and of one that is killed the row is free at once. What a killed
worker brought is found there by the next one.
"""

import datetime

from django.db import transaction

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.fund.access import duty_of
from buurtdraad.fund.models import Application, CaseMessage
from buurtdraad.fund.outbox import queries, sources
from buurtdraad.fund.outbox.rules import identification_of, pause_after
from buurtdraad.fund.outbox.states import FINAL, MOVES, Problem, Stage
from buurtdraad.lib.stages import move

# In one run; a system that is away is not asked about each of thousands.
MOST_AT_ONCE, MOST_PROBLEMS = 100, 3


def put(application: Application, *, at: datetime.datetime) -> None:
    """Note that a request has to be brought, in the transaction that sends it; nothing where there is no case system."""
    if sources.our_system():
        CaseMessage.objects.get_or_create(
            application=application, defaults={"identification": identification_of(application.uuid), "made_at": at, "next_at": at}
        )


def bring_due(*, at: datetime.datetime) -> int:
    """Bring what waits, each by itself; how many are there now."""
    system = sources.our_system()
    brought = problems = 0
    for pk in list(queries.due(at).values_list("pk", flat=True)[:MOST_AT_ONCE]) if system else []:
        assert system
        stage = bring_one(pk, system, at=at)
        brought += stage == Stage.THERE
        problems += stage == Stage.WAITING
        if problems >= MOST_PROBLEMS:
            break
    return brought


@transaction.atomic
def bring_one(pk: int, system: sources.CaseSystem, *, at: datetime.datetime) -> Stage | None:
    """Bring one, held from others; how it stands after it. None: somebody else has it, or it is there."""
    waiting = CaseMessage.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk, stage=Stage.WAITING)
    held = waiting.select_related("application__initiative__area").first()
    if held is None:
        return None
    try:
        case = sources.bring(queries.facts_of(held), system)
    except sources.NotBrought as no:
        return did_not_arrive(held, no.problem, no.detail, at=at)
    except Exception as wrong:
        return did_not_arrive(held, Problem.BROKEN, type(wrong).__name__, at=at)
    CaseMessage.objects.filter(pk=held.pk).update(case_url=case, there_at=at, problem="", detail="", tries=held.tries + 1)
    move(held, Stage.THERE, moves=MOVES)
    record("case.brought", room="fund", thing=held.application.thing, by=None, at=at, channel="clock")
    return Stage.THERE


def did_not_arrive(held: CaseMessage, problem: Problem, detail: str, *, at: datetime.datetime) -> Stage:
    tries = held.tries + 1
    CaseMessage.objects.filter(pk=held.pk).update(problem=problem, detail=detail, tries=tries, next_at=at + pause_after(tries))
    if problem not in FINAL:
        return Stage.WAITING
    move(held, Stage.FAILED, moves=MOVES)
    record("case.refused", room="fund", thing=held.application.thing, by=None, at=at, channel="clock", payload={"problem": str(problem)})
    return Stage.FAILED


@transaction.atomic
def try_again(reach: Reach, *, pk: int | None = None, by: Person, at: datetime.datetime) -> int:
    """Bring again what was refused, and what waits at once: one, or all of these areas; how many."""
    found = queries.not_there(reach).filter(**({"pk": pk} if pk else {}))
    held = list(CaseMessage.objects.select_for_update(skip_locked=True).filter(pk__in=found.values("pk")))
    for one in held:
        if one.stage == Stage.FAILED:
            move(one, Stage.WAITING, moves=MOVES)
    CaseMessage.objects.filter(pk__in=[one.pk for one in held]).update(next_at=at)
    if held:
        record("case.tried_again", room="fund", thing="case:waiting", by=by.uuid, duty=duty_of(by), at=at, payload={"number": len(held)})
    return len(held)
