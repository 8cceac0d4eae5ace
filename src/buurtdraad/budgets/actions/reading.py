"""Plans are read before everybody sees them: on the site, back with a question, off it again; and their pictures."""

import datetime
import hashlib
import json

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.models import Person
from buurtdraad.budgets.actions.changing import WORDS, drop_picture
from buurtdraad.budgets.actions.plan_record import NotNow, hold_plan, tell_makers, write_down
from buurtdraad.budgets.models import BudgetPlan, PlanPicture
from buurtdraad.budgets.states import PlanStage
from buurtdraad.lib.refusal import Refused


class OtherWords(Refused):
    """Its words changed while somebody read it."""


def mark_of(plan: BudgetPlan) -> str:
    """The same for the same words: what somebody read is what they put on the site."""
    return hashlib.sha256(json.dumps([getattr(plan, name) for name in WORDS]).encode()).hexdigest()[:32]


@transaction.atomic
def show(plan: BudgetPlan, *, by: Person, at: datetime.datetime, was: str = "") -> None:
    """Everybody sees it from now on. A second time changes nothing.

    Raises `OtherWords` when it is not what was read (`was`, of `mark_of`), and `NotNow` for what nobody sent yet.
    """
    held = hold_plan(plan)
    if held.stage == PlanStage.WRITING:
        raise NotNow(_("Nobody sent this plan yet."))
    if was and was != mark_of(held):
        raise OtherWords(_("The words changed meanwhile. Read them again."))
    if held.shown:
        return
    BudgetPlan.objects.filter(pk=held.pk).update(shown=True, question="")
    plan.refresh_from_db()
    write_down("budget_plan.shown", plan, by=by, at=at)
    subject = format_lazy(gettext_lazy("Your plan is on the site: {plan}"), plan=plan.title)
    tell_makers(plan, subject, gettext_lazy("Everybody can read your plan now. You hear from us whether it can be done."), by=by, at=at)


@transaction.atomic
def send_back(plan: BudgetPlan, *, question: str, by: Person, at: datetime.datetime) -> None:
    """It is not for the site like this, or not any more: its makers get a question. Raises `NotNow` for one on the list."""
    held = hold_plan(plan)
    if held.stage == PlanStage.LISTED:
        raise NotNow(_("People vote for this plan. Take it from the list first."))
    BudgetPlan.objects.filter(pk=held.pk).update(shown=False, question=question)
    plan.refresh_from_db()
    write_down("budget_plan.taken_off" if held.shown else "budget_plan.sent_back", plan, by=by, at=at, public=held.shown)
    tell_makers(plan, format_lazy(gettext_lazy("We have a question about your plan: {plan}"), plan=plan.title), question, by=by, at=at)


@transaction.atomic
def show_picture(picture: PlanPicture, *, by: Person, at: datetime.datetime) -> None:
    """Everybody sees this picture once its plan is on the site. A second time changes nothing."""
    if PlanPicture.objects.filter(pk=picture.pk, shown=False).update(shown=True):
        picture.shown = True
        write_down("budget_plan.picture_shown", picture.plan, by=by, at=at, payload={"picture": str(picture.uuid)})


@transaction.atomic
def remove_picture(plan: BudgetPlan, *, by: Person | None, at: datetime.datetime) -> None:
    """Destroy the picture of a plan and its files. A second time changes nothing."""
    if drop_picture(hold_plan(plan)):
        write_down("budget_plan.picture_removed", plan, by=by, at=at)
