"""Telling people the result: makers of plans that won and that did not, with why; and a colleague whose words came back."""

import datetime
from collections.abc import Callable, Mapping
from uuid import UUID

from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.models import Person
from buurtdraad.budgets.models import Adoption, BudgetPlan, BudgetRound, Counted, Maker, Winner
from buurtdraad.budgets.queries.explaining import lines_of_losers
from buurtdraad.budgets.states import PlanStage
from buurtdraad.messages.actions import tell
from buurtdraad.messages.states import Kind
from buurtdraad.ui.euros import euros

type Words = str | Promise


def tell_makers(held: BudgetRound, adoption: Adoption, *, by: Person, at: datetime.datetime) -> None:
    """Everybody who made a plan of the list hears whether it was chosen, what comes now, and where they read why."""
    winners = {winner.plan_id: winner for winner in Winner.objects.filter(plan__round=held)}
    why_not = {number: says for one in Counted.objects.filter(part__round=held) for number, says in lines_of_losers(one).items()}
    of_list = Maker.objects.filter(plan__round=held, plan__stage=PlanStage.LISTED).exclude(contact=None)
    for maker in of_list.select_related("plan__area", "contact__person").order_by("pk"):
        assert maker.contact
        winner = winners.get(maker.plan_id)
        subject, body = of_winner(held, maker.plan, winner, adoption) if winner else of_other(held, maker.plan, adoption, why_not)
        link = f"/budgetten/{held.slug}/plannen-nu/" if winner else f"/budgetten/{held.slug}/uitslag/"
        tell(
            maker.contact, kind=Kind.MONEY, subject=subject, body=body, link=link, area=maker.plan.area, thing=maker.plan.thing,
            by=by.uuid, at=at,
        )  # fmt: skip


def of_winner(held: BudgetRound, plan: BudgetPlan, winner: Winner, adoption: Adoption) -> tuple[Words, Words]:
    subject = format_lazy(gettext_lazy("Your plan was chosen: {plan}"), plan=plan.title)
    if plan.number in adoption.also:
        first = format_lazy(
            gettext_lazy("It did not win the vote, and still gets money. {decides} says why: {why}"),
            decides=held.sheet.decides, why=adoption.departs,
        )  # fmt: skip
    else:
        first = format_lazy(gettext_lazy("Residents chose it in {round}."), round=held.name)
    if held.fund_round_id:
        return subject, paragraphs(first, gettext_lazy("The fund now decides on your request. You get a letter about that."))
    money = format_lazy(gettext_lazy("There is {amount} for it."), amount=euros(winner.amount)) if winner.amount else ""
    return subject, paragraphs(first, money, gettext_lazy("We call or mail you about how to begin. Everybody can follow how it goes."))


def of_other(
    held: BudgetRound, plan: BudgetPlan, adoption: Adoption, why_not: Mapping[int, Callable[[], list[str]]]
) -> tuple[Words, Words]:
    """What the count says of a plan that was not chosen stands in it, as on the page of the result."""
    subject = format_lazy(gettext_lazy("Your plan was not chosen: {plan}"), plan=plan.title)
    if plan.number in adoption.without:
        why: Words = format_lazy(
            gettext_lazy("Residents chose it, but it gets no money. {decides} says why: {why}"),
            decides=held.sheet.decides, why=adoption.departs,
        )  # fmt: skip
    else:
        said = why_not.get(plan.number)
        all_of_it = gettext_lazy("On the page with the result you read all of it: who voted for it, and what it lacked.")
        why = paragraphs(lazy(lambda: " ".join(said()), str)(), all_of_it) if said else all_of_it
    more = gettext_lazy("Thank you for your plan. Do you want to go on with it? Call us: there are other ways to get money.")
    return subject, paragraphs(format_lazy(gettext_lazy("The result of {round} is known."), round=held.name), why, more)


def paragraphs(*parts: Words) -> Words:
    """The parts that say something, parted by an empty line; each in the language of who reads."""
    kept = [part for part in parts if part != ""]
    return format_lazy("\n\n".join(["{}"] * len(kept)), *kept)


def tell_proposer(held: BudgetRound, proposed_by: UUID, why: str, *, by: Person, at: datetime.datetime) -> None:
    """Who wrote the result hears that it came back, and why."""
    person = Person.objects.people().filter(uuid=proposed_by).first()
    if person:
        subject = format_lazy(gettext_lazy("The result came back to you: {round}"), round=held.name)
        link = f"/werk/budgetten/{held.slug}/vaststellen/"
        tell(person, kind=Kind.WORK, subject=subject, body=why, link=link, area=held.area, thing=held.thing, by=by.uuid, at=at)
