"""Rounds: those that everybody sees, one by its address, its rule, its days, and those at work."""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from buurtdraad.budgets import rules
from buurtdraad.budgets.access import visible_rounds
from buurtdraad.budgets.models import BudgetPlan, BudgetRound, RulesSheet
from buurtdraad.budgets.states import RUNNING, PlanStage, RoundStage
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.places.queries import last_name

ZERO = Decimal(0)


def with_facts() -> QuerySet[BudgetRound]:
    """Rounds with their sheet and area, the name of the area (`place`) and what there is to divide (`amount`); the newest first."""
    found = BudgetRound.objects.select_related("sheet", "area", "pot", "follows")
    return found.annotate(place=last_name("area"), amount=Sum("parts__amount"))


def announced(slug: str) -> BudgetRound | None:
    """The round at this address, as everybody sees it; None while its rules are not known, and for no round."""
    return with_facts().filter(pk__in=BudgetRound.objects.public(), slug=slug).first()


def known(slug: str, person) -> BudgetRound | None:
    """The round at this address for who may see it at work; None for others."""
    return with_facts().filter(pk__in=visible_rounds(person).values("pk"), slug=slug).first()


def public_rounds() -> list[BudgetRound]:
    """All rounds that everybody sees, the newest first. One query."""
    return list(with_facts().filter(pk__in=BudgetRound.objects.public()))


def any_planned() -> bool:
    """Whether there is a round for the pages of everybody to lead to."""
    return BudgetRound.objects.public().exclude(stage=RoundStage.STOPPED).exists()


def running(rounds: Iterable[BudgetRound]) -> list[BudgetRound]:
    """Those of these that go on now."""
    return [one for one in rounds if one.stage in RUNNING]


def at_work(person) -> QuerySet[BudgetRound]:
    """The rounds that somebody sees at work, the newest first, with the number of plans."""
    return with_facts().filter(pk__in=visible_rounds(person).values("pk"))


def last_of(code: str) -> BudgetRound | None:
    """The last round of an area, whose rules the next one takes over."""
    found = BudgetRound.objects.filter(area__code=code, sheet__isnull=False, elsewhere="").exclude(stage=RoundStage.STOPPED)
    return found.select_related("sheet").first()


# --- of one round --------------------------------------------------------------------------------------


def rule_of(round_: BudgetRound) -> Rule:
    """By what a round is counted: the rule of its sheet, and of plans for one spot that are on the list at most one."""
    rule = Rule.from_dict(round_.sheet.rule)
    groups: dict[int, set[str]] = {}
    for spot, number in round_.plans.filter(stage=PlanStage.LISTED, spot__isnull=False).values_list("spot", "number"):
        groups.setdefault(spot, set()).add(str(number))
    return replace(rule, exclusions=rule.exclusions + tuple(frozenset(groups[spot]) for spot in sorted(groups) if len(groups[spot]) > 1))


def days_of(sheet: RulesSheet) -> rules.Days:
    """The days of a sheet, as the rules of a round count with them."""

    def here(moment: datetime.datetime | None) -> datetime.date | None:
        return timezone.localdate(moment) if moment else None

    return rules.Days(
        sheet.propose_from, sheet.propose_until, sheet.list_on, here(sheet.vote_from), here(sheet.vote_until), sheet.paper_until,
        sheet.result_on, sheet.vote_from, sheet.vote_until,
    )  # fmt: skip


def numbers_of(round_: BudgetRound) -> dict[str, int]:
    """How many plans a round has, by step. One query."""
    found = BudgetPlan.objects.filter(round=round_).order_by().values_list("stage").annotate(Count("pk"))
    return dict(found)


def to_see_to(at: datetime.datetime) -> QuerySet[BudgetRound]:
    """Rounds that wait for who makes them: not announced, held up on their day, plans not on the list in time. The oldest first."""
    today = timezone.localdate(at)
    waits = (
        Q(stage=RoundStage.PREPARING)
        | Q(stage=RoundStage.ANNOUNCED, sheet__propose_from__lt=today)
        | Q(stage=RoundStage.CHECKING)
        | Q(stage=RoundStage.READY, sheet__vote_from__lt=at)
    )
    return BudgetRound.objects.filter(waits, elsewhere="").select_related("sheet").annotate(place=last_name("area")).order_by("pk")
