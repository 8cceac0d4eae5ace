"""The ballot of a round: what a voter may choose from, who holds a code, and what that code chose before."""

import datetime
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from django.db.models.functions import Now

from buurtdraad.budgets import ballots, keys, secrecy
from buurtdraad.budgets.keys import NoKey
from buurtdraad.budgets.models import Ballot, BudgetPlan, BudgetRound, Part, Register, RulesSheet
from buurtdraad.budgets.secrecy import Ids
from buurtdraad.budgets.states import HIDDEN, PlanStage, RoundStage
from buurtdraad.places import queries as places

# A plan that was taken back while people vote still stands on paper that was printed.
ON_PAPER = frozenset({PlanStage.LISTED, PlanStage.WITHDRAWN})
NEEDED = ("number", "title", "cost", "stage", "part_id", "round_id")


@dataclass(frozen=True)
class PartOnBallot:
    """One budget on the ballot, with its plans in the order of their numbers."""

    part: Part
    plans: tuple[BudgetPlan, ...]

    @property
    def order(self) -> str:
        """How marks name it."""
        return str(self.part.order)

    @property
    def budget(self) -> ballots.Budget:
        listed = (
            ballots.Listed(plan.number, plan.cost or Decimal(0), plan.stage != PlanStage.LISTED)
            for plan in self.plans
            if plan.stage in ON_PAPER
        )
        return ballots.Budget(self.part.amount, tuple(listed))


@dataclass(frozen=True)
class BallotSheet:
    """All that can be chosen in a round, and how."""

    rules: ballots.Rules
    parts: tuple[PartOnBallot, ...]

    def of(self, area: str) -> "BallotSheet":
        """What somebody of this area chooses from: the budgets of it and of what it lies in; all of them where none is."""
        if len(self.parts) == 1 or all(part.part.area.code == area for part in self.parts):
            return self
        around = {area, *places.touched_by([area])}
        theirs = tuple(part for part in self.parts if part.part.area.code in around)
        return BallotSheet(self.rules, theirs or self.parts)

    @property
    def budgets(self) -> dict[str, ballots.Budget]:
        return {part.order: part.budget for part in self.parts}

    @property
    def printed(self) -> dict[str, ballots.Budget]:
        """The budgets as they stand on paper: who marked a plan that was taken back since did nothing wrong."""
        return {
            part: replace(budget, plans=tuple(replace(plan, gone=False) for plan in budget.plans)) for part, budget in self.budgets.items()
        }

    @property
    def titles(self) -> dict[str, str]:
        """What each plan is called, by its number."""
        return {str(plan.number): plan.title for part in self.parts for plan in part.plans}


@dataclass(frozen=True)
class Voter:
    """Somebody who holds a code: their line in the register, and the hashes of the code."""

    register: Register
    ids: Ids


def round_to_vote(slug: str) -> BudgetRound | None:
    """A round that everybody may see, with its sheet and with `now`: the moment by the clock of the database, which decides when
    voting ends. None where there is none. One short query, the first time two: a hundred a second ask it on the last evening."""
    found = BudgetRound.objects.filter(slug=slug).annotate(now=Now()).order_by().first()
    sheet = sheet_of(found.pk, found.uuid) if found and found.stage not in HIDDEN else None
    if found is None or sheet is None:
        return None
    found.sheet = copy(sheet)
    return found


def sheet_of(pk: int, uuid: UUID) -> RulesSheet | None:
    """The rules of a round, None while they are not known."""
    try:
        return known_sheet(pk, uuid)
    except RulesSheet.DoesNotExist:
        return None


def open_rounds() -> list[BudgetRound]:
    """The rounds in which people can vote now, with their sheets and with `now` by the clock of the database."""
    rounds = BudgetRound.objects.public().filter(stage=RoundStage.VOTING, sheet__vote_from__lte=Now(), sheet__vote_until__gt=Now())
    return list(rounds.select_related("sheet").annotate(now=Now()))


def is_open(round_: BudgetRound, at: datetime.datetime) -> bool:
    """Whether people can vote on the site at this moment."""
    sheet = round_.sheet
    return bool(round_.stage == RoundStage.VOTING and sheet.vote_from and sheet.vote_until and sheet.vote_from <= at < sheet.vote_until)


def rules_of_ballot(sheet: RulesSheet) -> ballots.Rules:
    """How people mark, as the rules sheet has it."""
    return ballots.Rules(sheet.ballot, sheet.least_marks, sheet.most_marks, sheet.points)


def ballot_sheet(round_: BudgetRound, *, in_full: bool = True) -> BallotSheet:
    """What can be chosen in a round; with pictures and words, or (`in_full=False`) what the rules need. One query, first time two."""
    listed = BudgetPlan.objects.filter(round=round_, shown=True).order_by("number")
    plans = listed.select_related("picture") if in_full else listed.values_list(*NEEDED, named=True)
    of_part: dict[int, list[BudgetPlan]] = {}
    for plan in plans:
        of_part.setdefault(plan.part_id, []).append(plan)
    parts = parts_of(round_.pk, round_.uuid)
    return BallotSheet(rules_of_ballot(round_.sheet), tuple(PartOnBallot(part, tuple(of_part.get(part.pk, ()))) for part in parts))


@lru_cache(maxsize=64)
def known_sheet(pk: int, uuid: UUID) -> RulesSheet:
    """The rules of a round once they are known: as `parts_of`. Raises `RulesSheet.DoesNotExist`, and asks again the next time."""
    return RulesSheet.objects.get(round=pk, round__uuid=uuid, announced_at__isnull=False)


@lru_cache(maxsize=64)
def parts_of(pk: int, uuid: UUID) -> tuple[Part, ...]:
    """The budgets of a round whose rules are known: from then on they stay (a trigger sees to it), so a process reads them once."""
    return tuple(Part.objects.filter(round=pk, round__uuid=uuid).select_related("area").order_by("order", "id"))


def voter_of(round_: BudgetRound, code: str) -> Voter | None:
    """Who holds this code (as `secrecy.normalised` gives it) in this round; None for nobody. One query. Raises `NoKey`."""
    ids = secrecy.ids_of(keys.key_of(round_), code)
    found = Register.objects.select_related("area").filter(register_id=ids.register_id, round=round_).first()
    return Voter(found, ids) if found else None


def round_of_code(code: str, rounds: list[BudgetRound]) -> tuple[BudgetRound, Voter] | None:
    """In which of these rounds a code votes. One query a round; a round without key has no codes."""
    for round_ in rounds:
        try:
            voter = voter_of(round_, code)
        except NoKey:
            continue
        if voter:
            return round_, voter
    return None


def marks_of(ids: Ids) -> Mapping[str, Mapping[str, int]] | None:
    """What this code chose so far, None when it did not vote."""
    return Ballot.objects.filter(ballot_id=ids.ballot_id).values_list("marks", flat=True).first()


def weighs_channels(sheet: RulesSheet) -> bool:
    """Whether the count needs to know how somebody came to vote."""
    return bool(sheet.rule.get("weights"))
