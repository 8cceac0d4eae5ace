"""A round that was voted elsewhere, from a Pabulib file: finished, counted here by our own programs, and said to be from elsewhere."""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.budgets.actions.closing import keep
from buurtdraad.budgets.actions.steps import note
from buurtdraad.budgets.models import BudgetPlan, BudgetRound, FrozenBallot, Part, RulesSheet
from buurtdraad.budgets.queries.counted import plans_of
from buurtdraad.budgets.states import BallotKind, CostFrom, PlanStage, RoundStage
from buurtdraad.budgets.tally.election import Ballots, Plan
from buurtdraad.budgets.tally.pabulib import Reading
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.lib.refusal import Refused
from buurtdraad.places.models import Area

AT_ONCE = 5_000  # ballots written at a time
MOST_PLANS, HIGHEST = 2_000, 32_767
KINDS = {"ordinal": BallotKind.RANK, "cumulative": BallotKind.POINTS, "scoring": BallotKind.POINTS}
DAY = datetime.timedelta(days=1)
DATE = re.compile(r"(?:(\d{1,2})\.(\d{1,2})\.)?(\d{4})")


class LoadedBefore(Refused):
    """This round was loaded already, or it does not fit in our tables."""


@transaction.atomic
def load_round(reading: Reading, *, area: Area, rule: Rule | None = None, by: Person, at: datetime.datetime) -> BudgetRound:
    """A finished round of the area with the plans and ballots of a file. `actions.counted.count` counts it. Raises `LoadedBefore`.

    Without `rule` it is the one that the file names: most votes first, or equal shares.
    """
    meta, election = reading.meta, reading.election
    if len(election.plans) > MOST_PLANS:
        raise LoadedBefore(_("A round has at most %(most)s plans.") % {"most": MOST_PLANS})
    began, ended = days_of(meta, at)
    made = made_round(meta, area, year=ended.year, ended=ended, at=at)
    amount = Decimal(election.budget) / election.scale
    part = Part.objects.create(round=made, name=made.name, area=area, amount=amount)
    RulesSheet.objects.create(round=made, **sheet_facts(meta, rule or rule_named(meta), began, ended))
    numbers = numbers_for([plan.id for plan in election.plans])
    BudgetPlan.objects.bulk_create(
        plan_row(made, part, numbers[plan.id], plan, Decimal(plan.cost) / election.scale, at=at) for plan in election.plans
    )
    FrozenBallot.objects.bulk_create(frozen(part, election.ballots, [numbers[plan.id] for plan in election.plans]), batch_size=AT_ONCE)
    voted = part.frozen.count()
    turnout = {"least": 10, "codes": 0, "voted": voted, "channels": [], "ages": [], "areas": [], "asides": {}, "residents": {}}
    keep(part, plans=plans_of(part), rule=made.sheet.rule, turnout=turnout, receipts=[])
    note("budget_round.loaded", made, by=by, at=at, payload={"from": made.elsewhere, "ballots": voted})
    return made


def made_round(meta: Mapping[str, str], area: Area, *, year: int, ended: datetime.datetime, at: datetime.datetime) -> BudgetRound:
    name = (meta.get("description") or meta.get("unit") or "Buurtbudget")[:100]
    where = " ".join(filter(None, (meta.get("unit"), meta.get("district"), meta.get("instance"))))
    slug = slugify(f"{where} {name}")[:60].strip("-")
    if not slug or BudgetRound.objects.filter(slug=slug).exists():
        raise LoadedBefore(_("There is a round with this name already."))
    return BudgetRound.objects.create(
        slug=slug, name=name, area=area, year=year, stage=RoundStage.DONE, elsewhere=where[:300] or name, made_at=at, closed_at=ended
    )


def sheet_facts(meta: Mapping[str, str], rule: Rule, began: datetime.datetime, ended: datetime.datetime) -> dict:
    """What a file tells of the rules. Of proposing it tells nothing: the days before the vote stand there."""
    first, last = timezone.localdate(began), timezone.localdate(ended)
    least = whole(meta.get("min_length"), 1)
    return {
        "ballot": BallotKind.BASKET if meta.get("max_sum_cost") else KINDS.get(meta["vote_type"], BallotKind.CHOOSE),
        "least_marks": least, "most_marks": max(least, whole(meta.get("max_length"), 5)), "points": whole(meta.get("max_sum_points"), 10),
        "rule": rule.to_dict(), "decides": meta.get("unit") or "-", "channels": [],
        "propose_from": first - 2 * DAY, "propose_until": first - 2 * DAY, "list_on": first - DAY,
        "vote_from": began, "vote_until": ended, "paper_until": last, "result_on": last, "announced_at": began,
    }  # fmt: skip


def plan_row(made: BudgetRound, part: Part, number: int, plan: Plan, cost: Decimal, *, at: datetime.datetime) -> BudgetPlan:
    return BudgetPlan(
        round=made, part=part, number=number, title=(plan.name or plan.id)[:120], area=made.area, theme=Theme.OTHER, cost=cost,
        cost_from=CostFrom.EARLIER, stage=PlanStage.LISTED, shown=True, by_municipality=True, made_at=at,
    )  # fmt: skip


def numbers_for(ids: Sequence[str]) -> dict[str, int]:
    """A number for each id, so that texts of numbers sort as the ids do: on that depends who wins a tie."""
    if all(one.isascii() and one.isdigit() and one == str(int(one)) and 0 < int(one) <= HIGHEST for one in ids):
        return {one: int(one) for one in ids}
    first = 10 ** len(str(len(ids)))
    return {one: first + place for place, one in enumerate(sorted(ids))}


def frozen(part: Part, ballots: Ballots, numbers: Sequence[int]) -> Iterator[FrozenBallot]:
    """A row for each ballot, in the order of the file, each under a random id."""
    for row in range(len(ballots)):
        places = range(int(ballots.starts[row]), int(ballots.starts[row + 1]))
        marks = {str(numbers[ballots.marks[at]]): 1 if ballots.points is None else int(ballots.points[at]) for at in places}
        for _each in range(1 if ballots.numbers is None else int(ballots.numbers[row])):
            yield FrozenBallot(part=part, marks=marks)


def rule_named(meta: Mapping[str, str]) -> Rule:
    """The rule that a file says it was counted by: greedy by votes, or else equal shares."""
    named = meta.get("rule", "")
    if named.startswith("greedy"):
        return Rule(kind="greedy", misfit="stop" if named == "greedy-no-skip" else "skip")
    return Rule()


def days_of(meta: Mapping[str, str], at: datetime.datetime) -> tuple[datetime.datetime, datetime.datetime]:
    """When the vote began and ended: a day (20.11.2025) or only a year."""
    began, ended = (day_of(meta.get(name, "")) or timezone.localdate(at) for name in ("date_begin", "date_end"))
    return moment(began, 0), moment(max(began, ended), 23)


def day_of(text: str) -> datetime.date | None:
    match = DATE.fullmatch(text)
    if not match:
        return None
    try:
        return datetime.date(int(match[3]), int(match[2] or 1), int(match[1] or 1))
    except ValueError:
        return None


def moment(day: datetime.date, hour: int) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


def whole(text: str | None, otherwise: int) -> int:
    return min(int(text), HIGHEST) if text and text.isascii() and text.isdigit() and int(text) else otherwise
