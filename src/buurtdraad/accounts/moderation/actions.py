"""Reporting something, and deciding on a report."""

import datetime
import hashlib

from django.db import connection, transaction

from buurtdraad.accounts.models import Person
from buurtdraad.accounts.moderation.models import Report
from buurtdraad.accounts.moderation.states import MOVES, VERBS, Reason, Stage
from buurtdraad.audit.actions import record
from buurtdraad.lib.spam import bare
from buurtdraad.lib.stages import move
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area

REPORTING_LOCK = 0x7265706F7274


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
    mark: str = "",
) -> Report:
    """Write down what somebody finds wrong. Nothing on any page changes: only a moderator decides.

    One form that was sent twice (`mark`) is one report. The same words again are counted on the report that still waits;
    after a decision they are a new one, for something may have happened since.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REPORTING_LOCK])
    if mark and (sent := Report.objects.filter(marks__contains=[mark]).first()):
        return sent
    same, marks = sameness(thing, reason, text, doubts, by), [mark] if mark else []
    made = Report.objects.filter(same=same, stage=Stage.OPEN).first()
    verb = "report.again" if made else "report.made"
    if made:
        made.times, made.marks = made.times + 1, made.marks + marks
        made.save(update_fields=["times", "marks"])
    else:
        facts = {"thing": thing, "area": area, "reason": reason, "text": text, "doubts": list(doubts), "by": by}
        made = Report.objects.create(**facts, made_at=at, channel=channel, same=same, marks=marks)
    record(
        verb,
        room="accounts",
        thing=f"report:{made.uuid}",
        by=by.uuid if by else None,
        at=at,
        channel="" if by else channel,
        payload={"about": thing, "reason": reason},
    )
    return made


def sameness(thing: str, reason: str, text: str, doubts: tuple[str, ...], by: Person | None) -> str:
    """A hash of what makes two reports the same. A text full of links is the same wherever it is left.

    Somebody with an account has their own, so that it stands among what they reported.
    """
    about = "" if "links" in doubts else thing
    return hashlib.sha256("\0".join((about, reason, bare(text), str(by.uuid) if by else "")).encode()).hexdigest()


@transaction.atomic
def decide(made: Report, stage: Stage, *, why: str, duty: str, by: Person, at: datetime.datetime) -> None:
    """Leave, hide or pass on what was reported, or turn such a decision round, with the reason.

    Raises `WrongStage` when another moderator was first.
    The room that owns the thing asks `queries.is_hidden`; its pages for everybody are made anew at once.
    """
    was = {} if made.stage == Stage.OPEN else {"was": made.stage}
    # The database holds that what is decided says why: the reason comes first, and goes again if another was first.
    Report.objects.filter(pk=made.pk, stage=made.stage).update(decided_at=at, decided_by=by, why=why)
    move(made, stage, moves=MOVES)
    touches = places.touched_by([made.area.code]) if made.area else ()
    record(
        VERBS[stage],
        room="accounts",
        thing=f"report:{made.uuid}",
        by=by.uuid,
        at=at,
        duty=duty,
        touches=touches,
        payload={"about": made.thing, "why": why, **was},
    )
