"""Whether a plan can be done: yes, yes if something changes (with who helps), or no; everybody reads why. Then the list for the vote.

Who made a plan of the round checks none of them (Awb 2:4): the action refuses it too, whoever asks.
"""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.models import Person
from buurtdraad.budgets.access import is_theirs
from buurtdraad.budgets.actions.plan_record import hold_plan, hold_round, tell_makers, write_down
from buurtdraad.budgets.actions.proposing import check_cost
from buurtdraad.budgets.actions.steps import note
from buurtdraad.budgets.models import BudgetPlan, BudgetRound, Check, Spot
from buurtdraad.budgets.queries.likes import has_enough
from buurtdraad.budgets.states import ANSWERING, PLAN_MOVES, TO_CHECK, CostFrom, PlanStage, RoundStage, Verdict
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move, wrong_stage

LEADS_TO = {Verdict.YES: PlanStage.FEASIBLE, Verdict.REPAIR: PlanStage.REPAIR, Verdict.NO: PlanStage.NOT_FEASIBLE}
SUBJECTS = {
    Verdict.YES: gettext_lazy("Your plan can be done: {plan}"),
    Verdict.REPAIR: gettext_lazy("Your plan can be done if something changes: {plan}"),
    Verdict.NO: gettext_lazy("Your plan cannot be done: {plan}"),
}
# A plan can get its place with others as long as nobody votes.
BEFORE_THE_VOTE = ANSWERING | {RoundStage.READY}


class OwnPlan(Refused):
    """Who made a plan of the round does not judge its plans."""


class NoCost(Refused):
    """What can be done has a cost."""


class SaysTooLittle(Refused):
    """A verdict without its reason, or a repair without what has to change and who helps."""


class TooFewLikes(Refused):
    """Not enough people like it yet to look at it."""


class NotAnswered(Refused):
    """Some plans have no answer yet, or were not read, or nothing can be listed."""


class OtherPart(Refused):
    """Plans of one place are in one budget."""


class TakenName(Refused):
    """There is such a place already."""


@transaction.atomic
def check(
    plan: BudgetPlan, *, verdict: str, reason: str, change: str = "", helper: str = "", cost: Decimal | None = None,
    cost_from: str = "", cost_words: str = "", by: Person, at: datetime.datetime,
) -> Check:  # fmt: skip
    """Say whether a plan can be done, and why; its makers hear it. `cost` (euros) with its origin takes the place of what stood there.

    Raises `OwnPlan`, `NotNow`, `SaysTooLittle`, `TooFewLikes`, `NoCost`, `WrongCost` and `WrongStage`.
    """
    held_round = hold_round(plan.round, ANSWERING, _("Plans are looked at before the list is known."))
    refuse_own(by, held_round)
    held = hold_plan(plan)
    held.round = held_round
    if not reason.strip() or (verdict == Verdict.REPAIR and not (change.strip() and helper.strip())):
        raise SaysTooLittle(_("Say why. If something has to change: say what, and who helps."))
    if verdict != Verdict.NO and not has_enough(held):
        raise TooFewLikes(_("Not enough people like this plan yet. It can be looked at after that."))
    facts: dict = {"why": reason.strip()} if verdict == Verdict.NO else {}
    if cost is not None:
        facts |= {"cost": cost, "cost_from": cost_from or CostFrom.EXPERT, "cost_words": cost_words}
    if verdict == Verdict.YES:
        priced = cost if cost is not None else held.cost
        if priced is None:
            raise NoCost(_("Write down what the plan costs."))
        check_cost(held_round, held.part, priced)
    if facts:
        BudgetPlan.objects.filter(pk=held.pk).update(**facts)
    plan.stage = held.stage
    to_verdict(plan, LEADS_TO[Verdict(verdict)])
    made = Check.objects.create(
        plan=plan, verdict=verdict, reason=reason.strip(), change=change.strip(), helper=helper.strip(), cost=cost, by=by.uuid, at=at
    )
    plan.refresh_from_db()
    write_down("budget_plan.checked", plan, by=by, at=at, payload={"verdict": verdict})
    words = "\n\n".join(part for part in (made.reason, made.change, made.helper) if part)
    tell_makers(plan, format_lazy(SUBJECTS[Verdict(verdict)], plan=plan.title), words, by=by, at=at)
    return made


def to_verdict(plan: BudgetPlan, to: PlanStage) -> None:
    """Where the verdict leads; the same verdict once more changes only the words."""
    if plan.stage == to and to in (PlanStage.FEASIBLE, PlanStage.REPAIR):
        return
    move(plan, to, moves=PLAN_MOVES)


def refuse_own(by: Person, round_: BudgetRound) -> None:
    if is_theirs(by, round_):
        raise OwnPlan(_("You made a plan in this round yourself. A colleague decides about the plans."))


# --- the list --------------------------------------------------------------------------------------------


@transaction.atomic
def list_plans(round_: BudgetRound, *, by: Person, at: datetime.datetime) -> list[BudgetPlan]:
    """All plans that can be done come on the list for the vote. First every plan has its answer, and everybody can read it.

    Raises `OwnPlan`, `NotNow` and `NotAnswered`.
    """
    held = hold_round(round_, {RoundStage.CHECKING}, _("The list is made when no plans come any more, and before people vote."))
    refuse_own(by, held)
    waiting = held.plans.filter(stage__in=TO_CHECK).count()
    if waiting:
        raise NotAnswered(_("First give every plan its answer. Without an answer: %(number)s.") % {"number": waiting})
    found = list(held.plans.select_for_update(of=("self",)).filter(stage=PlanStage.FEASIBLE).select_related("area"))
    if unread := [plan for plan in found if not plan.shown]:
        titles = ", ".join(plan.title for plan in unread)
        raise NotAnswered(_("First read these plans and put them on the site: %(titles)s.") % {"titles": titles})
    if not found and not held.plans.listed().exists():
        raise NotAnswered(_("There is no plan yet that can be done."))
    BudgetPlan.objects.filter(pk__in=[plan.pk for plan in found]).update(listed_at=at)
    for plan in found:
        plan.round = held
        move(plan, PlanStage.LISTED, moves=PLAN_MOVES)
        write_down("budget_plan.listed", plan, by=by, at=at)
        subject = format_lazy(gettext_lazy("People can vote for your plan: {plan}"), plan=plan.title)
        tell_makers(plan, subject, gettext_lazy("Your plan is on the list. On its page you see when people can vote."), by=by, at=at)
    return found


@transaction.atomic
def take_from_list(plan: BudgetPlan, *, by: Person, at: datetime.datetime) -> None:
    """Off the list again, as long as nobody votes: something about it was wrong. Raises `OwnPlan`, `NotNow` and `WrongStage`."""
    held = hold_round(plan.round, BEFORE_THE_VOTE, _("People vote now. A plan can only be taken back by who made it."))
    refuse_own(by, held)
    if not BudgetPlan.objects.filter(pk=plan.pk, stage=PlanStage.LISTED).update(listed_at=None):
        raise wrong_stage(f"{plan} is not on the list")
    move(plan, PlanStage.FEASIBLE, moves=PLAN_MOVES)
    plan.listed_at = None
    write_down("budget_plan.unlisted", plan, by=by, at=at)


# --- plans that exclude each other -----------------------------------------------------------------------


@transaction.atomic
def share_spot(plans: Sequence[BudgetPlan], *, name: str, why: str, by: Person, at: datetime.datetime) -> Spot:
    """Of these plans at most one wins, since they want the same place or purpose; each leaves the spot that it had.

    Raises `OwnPlan`, `NotNow`, `OtherPart` and `TakenName`.
    """
    round_ = plans[0].round
    held = hold_round(round_, BEFORE_THE_VOTE, _("People vote now. Which plans exclude each other stays as it is."))
    refuse_own(by, held)
    if len({plan.part_id for plan in plans}) > 1 or any(plan.round_id != held.pk for plan in plans):
        raise OtherPart(_("Choose plans that are in the same budget."))
    if len(plans) < 2:
        raise OtherPart(_("Choose two plans or more."))
    try:
        with transaction.atomic():
            spot = Spot.objects.create(round=held, name=name, why=why)
    except IntegrityError:
        raise TakenName(_("There is a place with this name already. Choose another name.")) from None
    BudgetPlan.objects.filter(pk__in=[plan.pk for plan in plans]).update(spot=spot)
    tidy(held)
    note("budget_round.spot_made", held, by=by, at=at, payload={"plans": [plan.number for plan in plans]})
    return spot


@transaction.atomic
def free_spot(spot: Spot, *, by: Person, at: datetime.datetime) -> None:
    """Its plans do not exclude each other after all. A second time changes nothing. Raises `OwnPlan` and `NotNow`."""
    held = hold_round(spot.round, BEFORE_THE_VOTE, _("People vote now. Which plans exclude each other stays as it is."))
    refuse_own(by, held)
    if Spot.objects.filter(pk=spot.pk).delete()[0]:
        note("budget_round.spot_freed", held, by=by, at=at)


def tidy(round_: BudgetRound) -> None:
    """A place that nobody shares any more is no place."""
    for spot in Spot.objects.filter(round=round_).prefetch_related("plans"):
        if len(spot.plans.all()) < 2:
            spot.delete()
