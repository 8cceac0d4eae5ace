"""Saying of each line of the costs what is accepted, with a reason for what is not."""

import datetime
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.fund.actions.interests import must_be_free
from buurtdraad.fund.actions.records import write_down
from buurtdraad.fund.models import Application, CostLine
from buurtdraad.fund.queries.applications import asked_of
from buurtdraad.fund.states import IN_HAND
from buurtdraad.lib.refusal import Refused

# Euros that are accepted of a line, and why not all.
type Seen = tuple[Decimal, str]


class NotSo(Refused):
    """A line cannot be accepted in this way."""


@transaction.atomic
def see(application: Application, lines: Mapping[int, Seen], *, by: Person, at: datetime.datetime) -> Decimal:
    """What is accepted of each line (by its row): from nothing to all of it, with a reason when it is less. Gives what remains to ask.

    That is kept as `accepted`: the accepted costs without the money that comes from elsewhere for certain, never more than was asked.
    Raises `NotFree`, and `NotSo` for a line of another application, a wrong amount, no reason, or when it was decided already.
    """
    must_be_free(by, application)
    held = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if held.stage not in IN_HAND:
        raise NotSo(_("There is a decision already. The costs stay as they are."))
    rows = {line.pk: line for line in held.costs.all()}
    for pk, (accepted, reason) in lines.items():
        keep(rows.get(pk), accepted, reason)
    remains = min(asked_of(held), held.asked)
    Application.objects.filter(pk=held.pk).update(accepted=remains)
    application.accepted = remains
    write_down("costs.looked_at", application, by=by, at=at, payload={"accepted": str(remains), "lines": len(lines)})
    return remains


def keep(line: CostLine | None, accepted: Decimal, reason: str) -> None:
    if line is None or not 0 <= accepted <= line.amount:
        raise NotSo(_("You can accept nothing, a part, or all of a line. Not more than it costs."))
    if accepted < line.amount and not reason:
        raise NotSo(_("Say why not all of it is accepted: %(line)s.") % {"line": line.label})
    CostLine.objects.filter(pk=line.pk).update(accepted=accepted, reason=reason if accepted < line.amount else "")
