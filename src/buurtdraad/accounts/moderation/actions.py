"""Reporting something, and deciding on a report."""

import datetime

from django.db import transaction

from buurtdraad.accounts.models import Person
from buurtdraad.accounts.moderation.models import Report
from buurtdraad.accounts.moderation.states import MOVES, VERBS, Reason, Stage
from buurtdraad.audit.actions import record
from buurtdraad.lib.stages import move
from buurtdraad.places.models import Area


@transaction.atomic
def report(
    *,
    thing: str,
    area: Area | None,
    reason: Reason,
    text: str,
    doubts: tuple[str, ...],
    by: Person | None,
    at: datetime.datetime,
    channel: str = "web",
) -> Report:
    """Write down what somebody finds wrong. Nothing on any page changes: only a moderator decides."""
    made = Report.objects.create(thing=thing, area=area, reason=reason, text=text, doubts=list(doubts), by=by, made_at=at, channel=channel)
    record(
        "report.made",
        room="accounts",
        thing=f"report:{made.uuid}",
        by=by.uuid if by else None,
        at=at,
        channel="" if by else channel,
        payload={"about": thing, "reason": reason},
    )
    return made


@transaction.atomic
def decide(made: Report, stage: Stage, *, why: str, duty: str, by: Person, at: datetime.datetime) -> None:
    """Leave, hide or pass on what was reported, with the reason. Raises `WrongStage` when another moderator was first.

    The room that owns the thing asks `queries.is_hidden`; its pages for everybody are made anew at once.
    """
    # The database holds that what is decided says why: the reason comes first, and goes again if another was first.
    Report.objects.filter(pk=made.pk, stage=made.stage).update(decided_at=at, decided_by=by, why=why)
    move(made, stage, moves=MOVES)
    touches = [made.area.code] if made.area else []
    record(
        VERBS[stage],
        room="accounts",
        thing=f"report:{made.uuid}",
        by=by.uuid,
        at=at,
        duty=duty,
        touches=touches,
        payload={"about": made.thing, "why": why},
    )
