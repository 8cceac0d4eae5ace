"""What its makers do with their plan: other words, a picture, offer it again, step out, take it back.

What they change of the words is read again before it stands on the site. A plan is taken back also while people vote: that is
said on its page, and its votes count for nothing.
"""

import datetime
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.models import Person
from buurtdraad.budgets.access import is_maker, may_check, may_read
from buurtdraad.budgets.actions.plan_record import NotNow, hold_plan, hold_round, tell_makers, write_down
from buurtdraad.budgets.actions.proposing import NotHere, called, check_cost
from buurtdraad.budgets.models import BudgetPlan, Maker, PlanPicture
from buurtdraad.budgets.queries.origins import place_in
from buurtdraad.budgets.states import ANSWERING, COUNTED, OPEN_PLANS, OPEN_WORDS, PLAN_MOVES, TAKING_IN, CostFrom, PlanStage, RoundStage
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.lib.uploads.keeping import forget, kept_picture
from buurtdraad.lib.uploads.models import People
from buurtdraad.lib.uploads.pictures import CleanPicture

# What everybody reads, and so is read first; and what can be chosen.
WORDS = ("title", "summary", "story", "place", "cost_words")
FACTS = ("area", "theme", "cost", "by_municipality")


class SaysNoReason(Refused):
    """What is taken back says why."""


class OthersGoOn(Refused):
    """One of several makers cannot take it from the others."""


class LastOne(Refused):
    """A plan keeps somebody whom we can reach."""


@dataclass(frozen=True)
class Shown:
    """A picture as somebody gives it, with words for who cannot see it, and whether people in it agree."""

    picture: CleanPicture
    alt: str
    people: str
    agreed_with: str = ""


@transaction.atomic
def change(plan: BudgetPlan, *, by: Person, at: datetime.datetime, **facts: Any) -> None:
    """Other words or facts: any of `WORDS` and `FACTS`; `cost` in euros. New words of its makers are read before they stand on the site.

    Raises `NotNow` (once it can be done, only staff mend its words), `NotHere` and `WrongCost`.
    """
    assert not facts.keys() - {*WORDS, *FACTS}, facts
    refusal = _("This plan cannot be changed any more. Call us if something is wrong.")
    held_round = hold_round(plan.round, TAKING_IN, refusal)
    held = hold_plan(plan)
    helps = may_check(by, held.round)
    if held.stage not in OPEN_WORDS and not (helps and held.stage == PlanStage.FEASIBLE):
        raise NotNow(refusal)
    new = {name: value for name, value in facts.items() if value != getattr(held, name)}
    if not new:
        return
    if "area" in new and place_in(held.part, new["area"]) is None:
        raise NotHere(_("This place is not in the area of this neighbourhood budget."))
    if "cost" in new:
        check_cost(held_round, held.part, new["cost"])
        new["cost_from"] = CostFrom.MAKER if new["cost"] is not None else ""
    if set(new) & set(WORDS):
        new |= {"question": ""} if may_read(by, held.round) else {"question": "", "shown": False}
    BudgetPlan.objects.filter(pk=held.pk).update(**new)
    plan.refresh_from_db()
    write_down("budget_plan.changed", plan, by=by, at=at, public=held.shown or plan.shown, payload={"what": sorted(facts.keys() & new)})


@transaction.atomic
def offer_again(plan: BudgetPlan, *, by: Person, at: datetime.datetime) -> None:
    """After a change, or since they do not agree: somebody looks at it once more. Raises `NotNow` and `WrongStage`."""
    hold_round(plan.round, ANSWERING, _("The days to change plans are over."))
    move(plan, PlanStage.PROPOSED, moves=PLAN_MOVES)
    BudgetPlan.objects.filter(pk=plan.pk).update(why="")
    plan.why = ""
    write_down("budget_plan.offered_again", plan, by=by, at=at)


@transaction.atomic
def withdraw(plan: BudgetPlan, why: str, *, by: Person | None, at: datetime.datetime) -> None:
    """It does not go on, for a reason that everybody reads. On the list and while people vote too; not any more once it is counted.

    Raises `SaysNoReason`, `NotNow`, `WrongStage`, and `OthersGoOn` for one of several makers.
    """
    if not why.strip():
        raise SaysNoReason(_("Say in a few words why it does not go on."))
    steps = set(RoundStage) - COUNTED - {RoundStage.STOPPED}
    held_round = hold_round(plan.round, steps, _("The votes are counted. A plan cannot be taken back any more."))
    held = hold_plan(plan)
    others = held.makers.exclude(contact=None).exclude(contact__person=by) if by and is_maker(by, held) else Maker.objects.none()
    if by and not may_check(by, held.round) and others.exists():
        raise OthersGoOn(_("Others made this plan too. You can step out, and they go on. Does nobody want it any more? Call us."))
    BudgetPlan.objects.filter(pk=held.pk).update(why=why.strip(), ended_at=at)
    plan.stage = held.stage
    move(plan, PlanStage.WITHDRAWN, moves=PLAN_MOVES)
    plan.refresh_from_db()
    write_down("budget_plan.withdrawn", plan, by=by, at=at, payload={"from": held.stage, "round": held_round.stage})
    tell_makers(plan, format_lazy(gettext_lazy("Your plan does not go on: {plan}"), plan=plan.title), plan.why, by=by, at=at)


@transaction.atomic
def leave(plan: BudgetPlan, *, by: Person, at: datetime.datetime) -> None:
    """One of its makers steps out; the others go on. A second time changes nothing. Raises `LastOne`."""
    held = hold_plan(plan)
    if not held.makers.exclude(contact=None).exclude(contact__person=by).exists():
        raise LastOne(_("Without you nobody is left. You can take the plan back."))
    if held.makers.filter(contact__person=by).delete()[0]:
        write_down("budget_plan.maker_left", held, by=by, at=at)


@transaction.atomic
def name_maker(maker: Maker, *, name: str, agreed: bool, by: Person, at: datetime.datetime) -> None:
    """What to call one of its makers, and whether that may stand on the site. Raises `NotAName`."""
    name = called(name, agreed=agreed)
    Maker.objects.filter(pk=maker.pk).update(name=name, agreed_at=(maker.agreed_at or at) if agreed else None)
    maker.refresh_from_db()
    write_down("budget_plan.maker_named", maker.plan, by=by, at=at, payload={"on_site": agreed})


# --- its picture -----------------------------------------------------------------------------------------


def add_picture(plan: BudgetPlan, given: Shown, *, by: Person | None, at: datetime.datetime) -> PlanPicture:
    """The picture of a plan, in the place of the one before; nobody sees it before somebody looked at it. Raises `NotNow`."""
    if plan.stage not in OPEN_WORDS | OPEN_PLANS:
        raise NotNow(_("This plan cannot be changed any more. Call us if something is wrong."))
    with kept_picture(given.picture) as key, transaction.atomic():
        drop_picture(hold_plan(plan))
        made = PlanPicture.objects.create(
            plan=plan, key=key, given_by=by.uuid if by else None, given_at=at, alt=given.alt, width=given.picture.width,
            height=given.picture.height, people=given.people, agreed_with=given.agreed_with,
            agreed_at=at if given.people == People.AGREED else None,
        )  # fmt: skip
        write_down("budget_plan.picture_added", plan, by=by, at=at, public=False, payload={"picture": str(made.uuid)})
    return made


def drop_picture(plan: BudgetPlan) -> bool:
    """Destroy the picture of a plan with its files; whether there was one."""
    found = PlanPicture.objects.filter(plan=plan)
    keys = list(found.values_list("key", flat=True))
    for key in keys:
        transaction.on_commit(partial(forget, key))
    found.delete()
    return bool(keys)
