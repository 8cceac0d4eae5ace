"""The steps of a work, and its owner saying that the sheet is right."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.lib.stages import move
from buurtdraad.works.actions.records import NotKept, codes_of, write_down
from buurtdraad.works.models import Work
from buurtdraad.works.states import MOVES, NEEDS_REASON, OPEN, Stage


@transaction.atomic
def move_to(work: Work, stage: Stage, *, why: str = "", on: datetime.date | None = None, by: Person | None, at: datetime.datetime) -> None:
    """To another step, as of a day that has been (today when not said). What stands still or stops says why.

    Raises `NotKept`, and `WrongStage` when it cannot go there or somebody else moved it.
    """
    stage, today = Stage(stage), timezone.localdate(at)
    day = on or today
    if stage in NEEDS_REASON and not why:
        raise NotKept(_("Say why, in plain words."))
    if day > today:
        raise NotKept(_("Choose a day that has been."))
    if stage == Stage.DONE and work.started_on and day < work.started_on:
        raise NotKept(_("It cannot be done before it started."))
    before = work.stage
    facts: dict[str, Any] = {"why": why, "changed_at": at, "done_on": day if stage == Stage.DONE else None}
    if stage in (Stage.BUSY, Stage.DONE) and not work.started_on:
        facts["started_on"] = day
    if stage not in OPEN:
        facts["trend"] = ""
    # The database holds that what stops says why and what is done says when: that is written first.
    first = {name: facts[name] for name in ("why", "done_on") if facts[name]}
    if first:
        Work.objects.filter(pk=work.pk, stage=before).update(**first)
    move(work, stage, moves=MOVES)
    Work.objects.filter(pk=work.pk, stage=stage).update(**facts)
    work.refresh_from_db()
    payload = {"from": before, "stage": stage.value}
    write_down("work.moved", work, by=by, at=at, codes=codes_of(work) if work.public else (), payload=payload)


@transaction.atomic
def confirm(work: Work, *, name: str, by: Person | None, at: datetime.datetime) -> None:
    """Its owner, or who keeps it, says that the sheet is right. `name` of who says so is for staff alone."""
    Work.objects.filter(pk=work.pk).update(confirmed_at=at, confirmed_by=name)
    work.refresh_from_db()
    write_down("work.confirmed", work, by=by, at=at)
