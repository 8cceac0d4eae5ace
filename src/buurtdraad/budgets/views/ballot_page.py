"""What the pages of voting show: plans to choose from with what was chosen, the basket, and the same once more to look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR
from typing import Any

from django.utils.translation import gettext as _

from buurtdraad.budgets import ballots
from buurtdraad.budgets.ballots import Marks, Rules
from buurtdraad.budgets.models import BudgetPlan, PlanPicture
from buurtdraad.budgets.queries.casting import BallotSheet, PartOnBallot
from buurtdraad.budgets.queries.casting_words import chosen_words, how_to_mark, left_words
from buurtdraad.budgets.states import PlanStage
from buurtdraad.ui.euros import euros


@dataclass(frozen=True)
class PlanRow:
    """A plan on the page: how its input is called, and what it is set to (0: not chosen)."""

    plan: BudgetPlan
    name: str
    set_to: int
    says: str = ""

    @property
    def picture(self) -> PlanPicture | None:
        """Its picture, when somebody read it."""
        found = getattr(self.plan, "picture", None)
        return found if found and found.shown else None


@dataclass(frozen=True)
class BasketLine:
    """What the basket says of one budget."""

    name: str
    chosen: str
    cost: str
    left: str
    too_much: bool
    percent: int  # of what may be chosen


@dataclass(frozen=True)
class PartOnPage:
    """One budget on the page."""

    part: PartOnBallot
    rows: list[PlanRow]
    how: str


def parts_on_page(sheet: BallotSheet, marks: Marks, start: int) -> list[PartOnPage]:
    """Each budget with its plans by number; the list begins at another plan for each voter (`start`), so that none is always first."""
    return [
        PartOnPage(part, turned(rows_of(sheet.rules, part, marks), start), how_to_mark(sheet.rules, part.budget)) for part in sheet.parts
    ]


def rows_of(rules: Rules, part: PartOnBallot, marks: Marks) -> list[PlanRow]:
    found = marks.get(part.order, {})
    listed = (plan for plan in part.plans if plan.stage == PlanStage.LISTED)
    return [PlanRow(plan, name_of(rules, part.order, plan), setting(rules, found.get(str(plan.number), 0))) for plan in listed]


def turned(rows: list[PlanRow], start: int) -> list[PlanRow]:
    at = start % len(rows) if rows else 0
    return rows[at:] + rows[:at]


def name_of(rules: Rules, part: str, plan: BudgetPlan) -> str:
    return f"part-{part}" if rules.kind in (ballots.CHOOSE, ballots.BASKET) else f"part-{part}-{plan.number}"


def setting(rules: Rules, points: int) -> int:
    """What the input is set to: a place in the order, or the points."""
    return ballots.place_of(rules, points) if points and rules.kind == ballots.RANK else points


def settings_of(rules: Rules) -> list[tuple[int, str]]:
    """What one can give a plan, where that is more than a tick."""
    if rules.kind == ballots.RANK:
        return [(0, _("No place")), *((place, _("Place %(number)s") % {"number": place}) for place in range(1, rules.most + 1))]
    if rules.kind == ballots.POINTS:
        return [(points, str(points)) for points in range(rules.points + 1)]
    return []


def basket_lines(sheet: BallotSheet, marks: Marks) -> list[BasketLine]:
    """What the basket says, a line for each budget."""
    rules = sheet.rules
    return [line_of(rules, part, marks.get(part.order, {}), several=len(sheet.parts) > 1) for part in sheet.parts]


def line_of(rules: Rules, part: PartOnBallot, found: Mapping[str, int], *, several: bool) -> BasketLine:
    money, budget = part.part.amount, part.budget
    held, short = ballots.basket(rules, budget, found), ballots.short_of(rules, budget, found)
    if rules.kind == ballots.BASKET:
        all_of_it, left = int(money), int(held.money_left.to_integral_value(ROUND_FLOOR))
    elif rules.kind == ballots.POINTS:
        all_of_it, left = rules.points, held.points_left
    else:
        all_of_it, left = rules.most, held.marks_left
    percent = min(100, (all_of_it - left) * 100 // all_of_it) if all_of_it else 0
    cost = _("together %(amount)s") % {"amount": euros(held.cost)} if held.plans else ""
    return BasketLine(part.part.name if several else "", chosen_words(rules, held), cost, left_words(rules, held, short), left < 0, percent)


def chosen_rows(sheet: BallotSheet, marks: Marks) -> list[tuple[PartOnBallot, list[PlanRow], BasketLine]]:
    """What was chosen, to look at once more: in order of place or points, else by number."""
    lines = basket_lines(sheet, marks)
    return [(part, ordered(sheet.rules, rows_of(sheet.rules, part, marks)), line) for part, line in zip(sheet.parts, lines, strict=True)]


def ordered(rules: Rules, rows: list[PlanRow]) -> list[PlanRow]:
    chosen = [row for row in rows if row.set_to]
    if rules.kind == ballots.RANK:
        return [said(row, _("Place %(number)s") % {"number": row.set_to}) for row in sorted(chosen, key=lambda row: row.set_to)]
    if rules.kind == ballots.POINTS:
        return [said(row, points_words(row.set_to)) for row in sorted(chosen, key=lambda row: -row.set_to)]
    return chosen


def points_words(points: int) -> str:
    return _("1 point") if points == 1 else _("%(points)s points") % {"points": points}


def said(row: PlanRow, says: str) -> PlanRow:
    return PlanRow(row.plan, row.name, row.set_to, says)


def hidden(sheet: BallotSheet, marks: Marks) -> list[tuple[str, Any]]:
    """The marks as inputs that nobody sees: name and value."""
    ticked = sheet.rules.kind in (ballots.CHOOSE, ballots.BASKET)
    rows = [row for part in sheet.parts for row in rows_of(sheet.rules, part, marks) if row.set_to]
    return [(row.name, row.plan.number if ticked else row.set_to) for row in rows]


def gone_words(sheet: BallotSheet, marks: Mapping[str, Mapping[str, int]]) -> str:
    """Which plans of an earlier vote were taken back since; empty when none."""
    there = ballots.still_there(sheet.budgets, marks)
    titles = sheet.titles
    gone = [titles.get(plan, plan) for part, found in marks.items() for plan in found if plan not in there.get(part, {})]
    return ", ".join(gone)
