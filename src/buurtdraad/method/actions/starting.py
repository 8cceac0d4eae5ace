"""Starting a run: the method in an area, or what was built in another area here too."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.lib.refusal import Refused
from buurtdraad.method.actions.run_records import write_down
from buurtdraad.method.models import MethodVersion, Run, RunPartner, RunPerson, RunStep
from buurtdraad.method.queries.runs import method_in_use
from buurtdraad.method.queries.starting import beginning
from buurtdraad.method.states import StepStage, VersionStage
from buurtdraad.places.models import Area


class NotStarted(Refused):
    """A run cannot begin here so."""


def version_to_start(like: Run | None) -> MethodVersion:
    """The version with which a run begins: that of the run it is like, else the one in use. `NotStarted` when there is none."""
    version = like.version if like else method_in_use()
    if version is None:
        raise NotStarted(_("There is no working method in use yet. The programme manager can put one in use."))
    return version


@transaction.atomic
def start(
    area: Area,
    *,
    version: MethodVersion | None = None,
    like: Run | None = None,
    first_on: datetime.date | None = None,
    by: Person,
    at: datetime.datetime,
) -> Run:
    """Begin a run in an area; `like` another one it has its version, proposes partners for both areas, and keeps the tie.

    The first step begins on `first_on`, today where none is given; the others get a date from the usual weeks. Who starts it works on
    it. `NotStarted` for a draft, a version without steps, or an area in which a run is under way.
    """
    version = version or version_to_start(like)
    first_on = first_on or timezone.localdate(at)
    begin = beginning(area, version, like, first_on)
    if version.stage == VersionStage.DRAFT or not begin.steps:
        raise NotStarted(_("This version of the method cannot be started yet."))
    try:
        with transaction.atomic():
            run = Run.objects.create(area=area, version=version, like=like, started_on=first_on)
    except IntegrityError:
        raise NotStarted(_("In this area a run is under way already.")) from None
    RunStep.objects.bulk_create(
        RunStep(
            run=run, step=step, planned_on=day, stage=StepStage.TO_COME if number else StepStage.NOW, since_on=None if number else first_on
        )
        for number, (step, day) in enumerate(begin.steps)
    )  # fmt: skip
    RunPartner.objects.bulk_create(RunPartner(run=run, organisation=one) for one in begin.partners)
    RunPerson.objects.create(run=run, person=by)
    write_down("run.started", run, by=by, at=at, payload={"version": version.number} | ({"like": str(like.uuid)} if like else {}))
    return run
