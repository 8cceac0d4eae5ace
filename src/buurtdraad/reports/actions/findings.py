"""What people do with a finding: take it up, set it aside, open it again, make an agreement of it, or talk about it at a meeting."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda import actions as agendas
from buurtdraad.agendas.agenda.actions import Promise
from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.places import queries as places
from buurtdraad.reports.access import duty_of
from buurtdraad.reports.models import Cell, Finding, FindingStep
from buurtdraad.reports.queries.seeking import is_gap, unmet
from buurtdraad.reports.queries.whom import meetings_near, topics_near
from buurtdraad.reports.states import FINDING_MOVES, FindingStage


class NotNear(Refused):
    """A topic or meeting of somewhere else."""


class NoReason(Refused):
    """Set aside without a reason."""


class NoNeed(Refused):
    """A cell that is no need without work."""


@transaction.atomic
def raise_need(cell: Cell, *, by: Person, at: datetime.datetime) -> Finding:
    """A person makes a finding of a need without work; what is one already stays that one, and is open. Raises `NoNeed`."""
    if not is_gap(cell):
        raise NoNeed(_("Something is being done for this, or it asks for no attention."))
    seen = unmet(cell)
    found, made = Finding.objects.get_or_create(
        key=seen.key,
        defaults={
            "kind": seen.kind, "area_id": seen.area, "challenge_id": seen.challenge, "facts": seen.facts, "found_at": at, "seen_at": at,
        },
    )  # fmt: skip
    if made:
        FindingStep.objects.create(finding=found, stage=FindingStage.OPEN, by=by.uuid, at=at)
        touches = places.touched_by([places.city_code()])
        record("finding.raised", room="reports", thing=found.thing, by=by.uuid, duty=duty_of(by), at=at, touches=touches)
    elif found.stage in (FindingStage.SOLVED, FindingStage.SET_ASIDE):
        open_again(found, by=by, at=at)
    return found


@transaction.atomic
def take_up(finding: Finding, *, by: Person, at: datetime.datetime) -> None:
    """Somebody sees to it: this person."""
    go(finding, FindingStage.TAKEN_UP, "finding.taken_up", by=by, at=at)


@transaction.atomic
def set_aside(finding: Finding, *, why: str, by: Person, at: datetime.datetime) -> None:
    """It is right as it is; the reason stays. Raises `NoReason` without one."""
    if not why.strip():
        raise NoReason(_("Say why this can stay as it is."))
    go(finding, FindingStage.SET_ASIDE, "finding.set_aside", why=why.strip(), by=by, at=at)


@transaction.atomic
def open_again(finding: Finding, *, why: str = "", by: Person, at: datetime.datetime) -> None:
    """The way back from each of the others. An agreement that was made of it stays, and is no longer the answer."""
    go(finding, FindingStage.OPEN, "finding.opened_again", why=why.strip(), by=by, at=at)


@transaction.atomic
def make_agreement(finding: Finding, topic: Topic, promise: Promise, *, by: Person, at: datetime.datetime) -> Agreement:
    """An agreement of an agenda near it; that solves the finding. Raises `NotNear` for a topic of elsewhere."""
    if not topics_near(finding).filter(pk=topic.pk).exists():
        raise NotNear(_("This topic is of an agenda somewhere else."))
    made = agendas.add_agreement(topic, promise, by=by, at=at)
    # The moment first: a solved finding without one may not be stored.
    Finding.objects.filter(pk=finding.pk).update(agreement=made, solved_at=at)
    go(finding, FindingStage.SOLVED, "finding.solved", why=made.what, by=by, at=at)
    return made


@transaction.atomic
def put_on_meeting(finding: Finding, meeting: Meeting, *, by: Person, at: datetime.datetime) -> None:
    """To talk about at a meeting near it; with that somebody sees to it. Raises `NotNear` for a meeting elsewhere or of before."""
    if not meetings_near(finding, at).filter(pk=meeting.pk).exists():
        raise NotNear(_("This meeting is somewhere else, or it is over."))
    Finding.objects.filter(pk=finding.pk).update(meeting=meeting)
    go(finding, FindingStage.TAKEN_UP, "finding.on_a_meeting", why=meeting.title, by=by, at=at)


def go(finding: Finding, stage: FindingStage, verb: str, *, why: str = "", by: Person, at: datetime.datetime) -> None:
    """Move it, keep the step, and write it down. A finding that somebody sees to can be taken over by another."""
    if finding.stage != stage or stage != FindingStage.TAKEN_UP:
        move(finding, stage, moves=FINDING_MOVES)
    facts: dict[str, Any] = {}
    match stage:
        case FindingStage.OPEN:
            facts = {"taken_by": None, "solved_at": None, "agreement": None, "meeting": None}
        case FindingStage.TAKEN_UP | FindingStage.SET_ASIDE:
            facts = {"taken_by": by.uuid}
    if facts:
        Finding.objects.filter(pk=finding.pk).update(**facts)
    FindingStep.objects.create(finding=finding, stage=stage, why=why[:500], by=by.uuid, at=at)
    record(verb, room="reports", thing=finding.thing, by=by.uuid, duty=duty_of(by), at=at, touches=places.touched_by([places.city_code()]))
