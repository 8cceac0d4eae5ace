"""Taking in an export of OpenStad: ideas become wishes, or plans of a round that takes plans now, as the mapping says."""

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.ways_in.actions.openstad import area_of, take_in_ideas
from buurtdraad.agendas.ways_in.queries.naming import Names
from buurtdraad.agendas.ways_in.sources.openstad import PLAN, Export, Idea, mapping_of, read_export
from buurtdraad.budgets.actions.proposing import propose
from buurtdraad.budgets.models import BudgetPlan, BudgetRound
from buurtdraad.budgets.queries.origins import part_for, told
from buurtdraad.budgets.states import PLAN_MOVES, PlanStage
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.lib.tables.reading import RowRefused, TableRefused
from buurtdraad.lib.tables.reports import Outcome, Report, RowReport
from buurtdraad.places.models import Area


@transaction.atomic
def load_openstad(
    folder: Path, *, mapping: Path | None, round_: BudgetRound | None, by: Person, at: datetime.datetime, dry_run: bool
) -> tuple[Report, int]:
    """What became of each idea, and how many comments were left out. A dry run does it all and takes it back. Raises `TableRefused`.

    Plans wait, as those that residents send, until somebody reads them. The same export twice changes nothing.
    """
    export = read_export(folder, mapping_of(mapping))
    plans = [(name, idea) for _number, name, idea in export.ideas if isinstance(idea, Idea) and idea.become == PLAN]
    if plans and round_ is None:
        raise TableRefused(_("The mapping makes plans of some ideas. Say of which round: --round."))
    with transaction.atomic():
        report = take_in_ideas(export, by=by, at=at, dry_run=False)
        names = Names()
        for name, idea in plans:
            assert round_
            report.rows.append(plan_row(round_, idea, name, export, names, by=by, at=at))
        if dry_run:
            transaction.set_rollback(True)
    report.rows.sort(key=lambda row: row.number)
    return report, export.dropped_comments


def plan_row(round_: BudgetRound, idea: Idea, name: str, export: Export, names: Names, *, by: Person, at: datetime.datetime) -> RowReport:
    if BudgetPlan.objects.filter(mark=idea.mark).exists():
        return RowReport(idea.number, name, Outcome.SAME)
    try:
        with transaction.atomic():
            add_plan(round_, idea, export, names, by=by, at=at)
    except Refused as refusal:
        return RowReport(idea.number, name, Outcome.REFUSED, str(refusal))
    return RowReport(idea.number, name, Outcome.ADDED, idea.remark)


def add_plan(round_: BudgetRound, idea: Idea, export: Export, names: Names, *, by: Person, at: datetime.datetime) -> None:
    """One plan, sent in without a maker: nobody is told of it. Its votes there stand in its story, with their source."""
    area = Area.objects.get(code=area_of(idea, names, export.mapping.areas["default"]))
    where = part_for(round_, area)
    if where is None:
        raise RowRefused(_("This place is not in the area of this neighbourhood budget."))
    facts: dict[str, Any] = told(idea.title, idea.text)
    if idea.in_favour or idea.against:
        with override("nl"):
            votes = _("On %(platform)s %(number)s people voted for it, and %(against)s against.")
        said = votes % {"platform": export.mapping.name, "number": idea.in_favour, "against": idea.against}
        facts["story"] = f"{facts['story'][:2700]}\n\n{said}".strip()
    if idea.budget:
        facts["cost"] = Decimal(idea.budget)
    point = idea.point if idea.point and names.at(idea.point) else None
    made = propose(round_, part=where[0], area=where[1], theme=idea.theme, point=point, mark=idea.mark, by=by, at=at, **facts)
    if made.stage == PlanStage.WRITING:
        move(made, PlanStage.PROPOSED, moves=PLAN_MOVES)
