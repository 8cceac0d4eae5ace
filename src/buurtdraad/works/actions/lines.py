"""The lines below a sheet: partners with their part, steps on the way, and what is counted."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.partners.models import Organisation
from buurtdraad.works.actions.records import NotKept, locked, write_down
from buurtdraad.works.models import Milestone, Work, WorkIndicator, WorkPartner
from buurtdraad.works.rules import in_order
from buurtdraad.works.states import PartnerRole

type Line = WorkPartner | Milestone | WorkIndicator


@transaction.atomic
def keep_partner(
    work: Work, line: WorkPartner | None, *, organisation: Organisation, role: PartnerRole, by: Person | None, at: datetime.datetime
) -> WorkPartner:
    """This organisation has this part in a work: a new line, or `line` as it is now. Raises `NotKept` for what is there already."""
    line = line or WorkPartner(work=work)
    line.organisation, line.role = organisation, role
    return keep(work, line, "partners", _("This partner has that part already."), by=by, at=at)


@transaction.atomic
def keep_milestone(
    work: Work,
    line: Milestone | None,
    *,
    what: str,
    due_on: datetime.date,
    done_on: datetime.date | None = None,
    after: Milestone | None = None,
    by: Person | None,
    at: datetime.datetime,
) -> Milestone:
    """A step on the way, which may wait for another of the same work. Raises `NotKept` for steps that wait for each other in a circle."""
    locked(work)
    if after and after.work_id != work.pk:
        raise NotKept(_("A step can only wait for a step of the same project."))
    line = line or Milestone(work=work)
    waits_for = dict(work.milestones.values_list("pk", "after"))
    if line.pk and not in_order(waits_for | {line.pk: after.pk if after else None}):
        raise NotKept(_("These steps wait for each other in a circle. Choose another step to wait for."))
    line.what, line.due_on, line.done_on, line.after = what, due_on, done_on, after
    return keep(work, line, "milestones", _("This step cannot be so."), by=by, at=at)


@transaction.atomic
def keep_indicator(work: Work, line: WorkIndicator | None, *, by: Person | None, at: datetime.datetime, **facts: str) -> WorkIndicator:
    """Something that is counted: `name`, `counts`, `source`, `baseline`, `target`, `now`.

    Raises `NotKept` for a name that is there already.
    """
    line = line or WorkIndicator(work=work)
    for name, value in facts.items():
        setattr(line, name, value)
    return keep(work, line, "indicators", _("This is counted already."), by=by, at=at)


@transaction.atomic
def take_away(work: Work, line: Line, *, by: Person, at: datetime.datetime) -> None:
    """A line goes. What waited for a step waits no more."""
    if type(line)._default_manager.filter(pk=line.pk).delete()[0]:
        changed(work, FIELDS[type(line)], by=by, at=at)


FIELDS: dict[type, str] = {WorkPartner: "partners", Milestone: "milestones", WorkIndicator: "indicators"}


def keep[Kind: Line](work: Work, line: Kind, field: str, otherwise: str, *, by: Person | None, at: datetime.datetime) -> Kind:
    """Save a line. Raises `NotKept` where the database says no."""
    try:
        with transaction.atomic():
            line.save()
    except IntegrityError:
        raise NotKept(otherwise) from None
    changed(work, field, by=by, at=at)
    return line


def changed(work: Work, field: str, *, by: Person | None, at: datetime.datetime) -> None:
    Work.objects.filter(pk=work.pk).update(changed_at=at)
    write_down("work.changed", work, by=by, at=at, payload={"fields": [field]})
