"""What a plan that won becomes: an agreement with an owner, or a plan of its makers; and its money, promised from the pot of the round.

A plan goes by itself to what it came from, to its makers, or under the topic of its wish. For the rest somebody says it.
"""

import datetime
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda import actions as agendas
from buurtdraad.agendas.agenda.actions import OwnerFacts, Promise
from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.agenda.states import OwnerKind, Said
from buurtdraad.agendas.agenda.states import Role as OwnerRole
from buurtdraad.budgets.actions import leftover
from buurtdraad.budgets.actions.steps import hold, note
from buurtdraad.budgets.models import BudgetPlan, BudgetRound, PlanPicture, Winner
from buurtdraad.budgets.queries.becoming import topics_for
from buurtdraad.budgets.sharing import months_later
from buurtdraad.budgets.states import Leftover
from buurtdraad.initiatives.actions import gallery, people, plans
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.rules import is_name
from buurtdraad.initiatives.states import Role, Stage
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import wrong_stage
from buurtdraad.money.actions.committing import commit
from buurtdraad.money.models import Commitment
from buurtdraad.money.states import Kind
from buurtdraad.places import queries as places
from buurtdraad.places.queries import city_name

BEFORE_DOING = frozenset({Stage.IDEA, Stage.PLAN, Stage.DECISION})


class NotHere(Refused):
    """This topic is not of an agenda of the place of the plan."""


@dataclass(frozen=True)
class Doer:
    """Who sees to a plan: `name` stands on the site."""

    name: str
    kind: OwnerKind


# --- by itself, or as somebody says ---------------------------------------------------------------------


def by_itself(winner: Winner, *, by: Person, at: datetime.datetime) -> None:
    """A plan that came from an initiative or an agreement goes on there; else its makers do it, or the municipality under the topic
    of its wish. Where there is no such topic it waits."""
    plan = winner.plan
    if plan.initiative:
        to_initiative(winner, plan.initiative, by=by, at=at)
    elif plan.agreement:
        to_agreement(winner, plan.agreement, by=by, at=at)
    elif not plan.by_municipality:
        to_initiative(winner, of_its_makers(plan, by=by, at=at), by=by, at=at)
    elif topic := topics_for(plan).filter(wishes_of(plan)).first():
        to_agreement(winner, agreed(winner, topic, municipality(), by=by, at=at), by=by, at=at)


def municipality() -> Doer:
    return Doer(_("Municipality of %(city)s") % {"city": city_name()}, OwnerKind.MUNICIPALITY)


def wishes_of(plan: BudgetPlan) -> Q:
    """Topics that hold a wish of the plan, or the one that it lives on in."""
    wishes = [key for wish in plan.wishes.all() for key in (wish.pk, wish.head_id) if key]
    return Q(chosen_wishes__wish__in=wishes)


@transaction.atomic
def give_to_topic(winner: Winner, topic: Topic, doer: Doer, *, by: Person, at: datetime.datetime) -> Agreement:
    """Somebody says under which topic of an agenda it is agreed, and who sees to it. Raises `NotHere`, `WrongStage` and `PotTooSmall`."""
    held, round_ = still_open(winner)
    if not topics_for(held.plan).filter(pk=topic.pk).exists():
        raise NotHere(_("Choose a topic of an agenda of this neighbourhood."))
    agreement = agreed(held, topic, doer, by=by, at=at)
    to_agreement(held, agreement, by=by, at=at)
    let_go_of_rest(round_, by=by, at=at)
    winner.refresh_from_db()
    return agreement


@transaction.atomic
def give_to_makers(winner: Winner, *, by: Person, at: datetime.datetime) -> Initiative:
    """Its makers do it after all, as a plan of residents. Raises `WrongStage` and `PotTooSmall`."""
    held, round_ = still_open(winner)
    initiative = held.plan.initiative or of_its_makers(held.plan, by=by, at=at)
    to_initiative(held, initiative, by=by, at=at)
    let_go_of_rest(round_, by=by, at=at)
    winner.refresh_from_db()
    return initiative


def still_open(winner: Winner) -> tuple[Winner, BudgetRound]:
    """The winner as it is now, held; nobody said yet who does it. Raises `WrongStage`."""
    round_ = hold(winner.plan.round)
    held = Winner.objects.select_related("plan__area", "plan__round__pot__area", "plan__round__sheet").get(pk=winner.pk)
    if held.agreement_id or held.commitment_id or held.plan.initiative_id or round_.fund_round_id or held.closed_on:
        raise wrong_stage(f"{held} is done by somebody already")
    return held, round_


def let_go_of_rest(held: BudgetRound, *, by: Person, at: datetime.datetime) -> None:
    """The last plan that waited has its money: what is left is for who keeps the pot, where it does not go back."""
    if held.sheet.leftover != Leftover.BACK:
        leftover.let_go(held, by=by, at=at)


# --- what it becomes ------------------------------------------------------------------------------------


def to_initiative(winner: Winner, initiative: Initiative, *, by: Person, at: datetime.datetime) -> None:
    """Its money for a plan of residents, which goes to doing now."""
    plan = winner.plan
    BudgetPlan.objects.filter(pk=plan.pk).update(initiative=initiative)
    plan.initiative = initiative
    Winner.objects.filter(pk=winner.pk).update(commitment=promised(winner, by=by, at=at, initiative=initiative))
    if initiative.stage in BEFORE_DOING:
        plans.move_to(initiative, Stage.DOING, by=by, at=at)
    became(winner, initiative.thing, by=by, at=at)


def to_agreement(winner: Winner, agreement: Agreement, *, by: Person, at: datetime.datetime) -> None:
    """Its money for an agreement."""
    commitment = promised(winner, by=by, at=at, agreement=agreement)
    Winner.objects.filter(pk=winner.pk).update(commitment=commitment, agreement=agreement)
    became(winner, agreement.thing, by=by, at=at)


def became(winner: Winner, thing: str, *, by: Person, at: datetime.datetime) -> None:
    note("budget_round.plan_became", winner.plan.round, by=by, at=at, payload={"plan": winner.plan.number, "thing": thing})


def promised(
    winner: Winner, *, by: Person, at: datetime.datetime, initiative: Initiative | None = None, agreement: Agreement | None = None
) -> Commitment | None:
    """The euros of a winner, from the pot of the round; none for a plan that costs nothing. Raises `PotTooSmall`."""
    plan, pot = winner.plan, winner.plan.round.pot
    if not winner.amount:
        return None
    assert pot, "the money of a round lies in its pot"
    here = pot.area_id == plan.area_id or pot.area.code in places.around([plan.area.code])
    area = plan.area if here else pot.area
    return commit(
        pot, amount=winner.amount, kind=Kind.BUDGET, area=area, initiative=initiative, agreement=agreement, words=plan.title,
        thing=plan.round.thing, by=by, at=at,
    )  # fmt: skip


def of_its_makers(plan: BudgetPlan, *, by: Person, at: datetime.datetime) -> Initiative:
    """A plan of residents with all that stands in this one, on the site; its makers are its people."""
    point = (plan.latitude, plan.longitude) if plan.latitude is not None and plan.longitude is not None else None
    made = plans.make(
        title=plan.title, area=plan.area, theme=plan.theme, summary=plan.summary, contact=None, by=by, at=at, point=point,
        mark=f"budget_plan:{plan.uuid}", answers=list(plan.wishes.all()),
    )  # fmt: skip
    plans.change(made, by=by, at=at, story=plan.story, place=plan.place)
    picture = PlanPicture.objects.filter(plan=plan, shown=True).first()
    if picture:
        gallery.take_over_picture(made, picture, by=by, at=at)
    # Before its makers are of it: they hear one thing, that it won.
    plans.show(made, by=by, at=at)
    for number, maker in enumerate(plan.makers.select_related("contact").exclude(contact=None)):
        assert maker.contact
        name = maker.name if is_name(maker.name) else ""
        role = Role.CO_WORKER if number else Role.INITIATOR
        people.add_member(made, maker.contact, role=role, name=name, agreed=bool(name and maker.agreed_at), by=by, at=at)
    return made


def agreed(winner: Winner, topic: Topic, doer: Doer, *, by: Person, at: datetime.datetime) -> Agreement:
    """An agreement under a topic, for the day that the rules give, with the money of the round. The municipality said yes by adopting."""
    plan, sheet = winner.plan, winner.plan.round.sheet
    whole = int(winner.amount.to_integral_value(ROUND_CEILING))
    promise = Promise(
        what=plan.title, due_on=months_later(timezone.localdate(at), sheet.months_to_do), amount=whole or None,
        money_source=plan.round.name if winner.amount > Decimal(0) else "",
    )  # fmt: skip
    made = agendas.add_agreement(topic, promise, by=by, at=at)
    owner = agendas.add_owner(made, OwnerFacts(doer.name, doer.kind, OwnerRole.OWNER), by=by, at=at)
    if doer.kind == OwnerKind.MUNICIPALITY:
        agendas.accept(owner, said_by=sheet.decides[:150], how=Said.TOLD, by=by, at=at)
    return made
