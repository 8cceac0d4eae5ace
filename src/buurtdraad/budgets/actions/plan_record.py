"""Writing down what is done with plans of a round, telling their makers, and holding a plan or its round while that is done."""

import datetime
from collections.abc import Iterable

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.budgets.access import duty_of
from buurtdraad.budgets.actions.steps import hold
from buurtdraad.budgets.models import BudgetPlan, BudgetRound
from buurtdraad.budgets.states import RoundStage
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.actions import tell
from buurtdraad.messages.actions.telling import Words
from buurtdraad.messages.states import Kind
from buurtdraad.places import queries as places


class NotNow(Refused):
    """In this step of the round that cannot be done."""


def write_down(
    verb: str, plan: BudgetPlan, *, by: Person | None, at: datetime.datetime, public: bool | None = None, payload: dict | None = None
) -> None:
    """One line in the record; where everybody sees what changed, the pages of its area and of its round are made anew.

    What is public is what stands on the site, unless `public` says otherwise.
    """
    seen = plan.shown if public is None else public
    touches = places.touched_by([plan.area.code, plan.round.area.code]) if seen else ()
    record(
        verb, room="budgets", thing=plan.thing, by=by.uuid if by else None, duty=duty_of(by) if by else "",
        at=at, channel="" if by else "web", touches=touches, payload=payload,
    )  # fmt: skip


def tell_makers(plan: BudgetPlan, subject: Words, body: Words, *, by: Person | None, at: datetime.datetime) -> None:
    """Tell all who made a plan something, but for who does it; they land where they go on with it."""
    for maker in plan.makers.select_related("contact__person").exclude(contact=None):
        assert maker.contact
        tell(
            maker.contact, kind=Kind.MONEY, subject=subject, body=body, link=f"/budgetten/{plan.round.slug}/{plan.number}/uw-plan/",
            area=plan.area, thing=plan.thing, by=by.uuid if by else None, at=at,
        )  # fmt: skip


def hold_round(round_: BudgetRound, steps: Iterable[str], refusal: str) -> BudgetRound:
    """The round as it stands now, held until this transaction ends. Raises `NotNow` with this sentence in any other step."""
    held = hold(round_)
    if RoundStage(held.stage) not in frozenset(steps):
        raise NotNow(refusal)
    return held


def hold_plan(plan: BudgetPlan) -> BudgetPlan:
    """The row as it stands now, held until this transaction ends."""
    return BudgetPlan.objects.select_for_update(of=("self",)).select_related("area", "part__area", "round__area").get(pk=plan.pk)
