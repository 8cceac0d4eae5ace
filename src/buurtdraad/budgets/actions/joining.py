"""Plans joined into one, or one split: asked by a maker or by staff, done when all makers of all of them said yes.

Each maker gets a link by mail. Of who has no e-mail staff write down what they said. Of a plan without makers nobody is asked.
"""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from buurtdraad.accounts import emails
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink, make_link, open_link, use_link
from buurtdraad.accounts.signing_in.models import Link, Purpose
from buurtdraad.budgets.actions.changing import SaysNoReason
from buurtdraad.budgets.actions.plan_record import NotNow, hold_round, tell_makers, write_down
from buurtdraad.budgets.actions.proposing import next_number
from buurtdraad.budgets.models import BudgetPlan, Change, Consent, Like, Maker
from buurtdraad.budgets.states import ANSWERING, CHANGE_MOVES, OPEN_PLANS, PLAN_MOVES, ChangeKind, ChangeStage, CostFrom, PlanStage
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.messages.actions.telling import mail_address

ANSWER_WITHIN = datetime.timedelta(days=14)
SUMMARY_LETTERS, STORY_LETTERS, MOST_PARTS = 300, 3000, 6


class CannotJoin(Refused):
    """These plans cannot become one, or this one not more."""


class AskedAlready(Refused):
    """Its makers think about another proposal."""


# --- asked -----------------------------------------------------------------------------------------------


@transaction.atomic
def ask_join(
    plans: Sequence[BudgetPlan], *, title: str, words: str, request: HttpRequest | None = None, by: Person, at: datetime.datetime
) -> Change:
    """Ask all makers whether these plans may go on as one. Raises `CannotJoin`, `AskedAlready` and `NotNow`."""
    if len(plans) < 2 or len({plan.part_id for plan in plans}) > 1:
        raise CannotJoin(_("Choose two plans or more that are in the same budget."))
    return ask(plans, ChangeKind.JOIN, [title], words, request, by=by, at=at)


@transaction.atomic
def ask_split(
    plan: BudgetPlan, *, titles: Sequence[str], words: str, request: HttpRequest | None = None, by: Person, at: datetime.datetime
) -> Change:
    """Ask all makers whether this plan may go on as more than one. Raises `CannotJoin`, `AskedAlready` and `NotNow`."""
    if not 2 <= len(titles) <= MOST_PARTS or len(set(titles)) < len(titles):
        raise CannotJoin(_("Give two names or more, and each another name."))
    return ask([plan], ChangeKind.SPLIT, list(titles), words, request, by=by, at=at)


def ask(
    plans: Sequence[BudgetPlan], kind: ChangeKind, titles: list[str], words: str, request: HttpRequest | None, *, by: Person,
    at: datetime.datetime,
) -> Change:  # fmt: skip
    if not words.strip():
        raise SaysNoReason(_("Say in a few words why."))
    held = hold_round(plans[0].round, ANSWERING, _("The days to change plans are over."))
    found = list(held.plans.select_for_update(of=("self",)).filter(pk__in=[plan.pk for plan in plans]).select_related("area"))
    if len(found) < len(plans) or any(plan.stage not in OPEN_PLANS for plan in found):
        raise CannotJoin(_("One of these plans cannot be changed any more."))
    if Change.objects.filter(plans__in=found, stage=ChangeStage.ASKED).exists():
        raise AskedAlready(_("The makers of one of these plans think about another proposal first."))
    change = Change.objects.create(kind=kind, titles=titles, words=words.strip(), by=by.uuid, at=at)
    change.plans.set(found)
    for plan in found:
        write_down("budget_plan.change_asked", plan, by=by, at=at, public=False, payload={"kind": kind})
    for maker in makers_of(found):
        mine = maker.contact is not None and maker.contact.person_id == by.pk
        consent = Consent.objects.create(change=change, maker=maker, says=True if mine else None, at=at if mine else None)
        if not mine and request is not None:
            mail_to_agree(request, consent, at=at)
    finish(change, by=by, at=at)
    return change


def makers_of(plans: Sequence[BudgetPlan]) -> list[Maker]:
    """Those whom we can still ask."""
    return list(Maker.objects.filter(plan__in=plans).exclude(contact=None).select_related("contact__person", "plan"))


def mail_to_agree(request: HttpRequest, consent: Consent, *, at: datetime.datetime) -> None:
    """Mail a maker a link with which they say yes or no; nothing to who has no confirmed address."""
    contact = consent.maker.contact
    address = mail_address(contact) if contact else ""
    if not contact or not address:
        return
    fresh = make_link(Purpose.AGREE_CHANGE, f"consent:{consent.pk}", valid_for=ANSWER_WITHIN, at=at)
    change = consent.change
    with override(contact.language):
        plan, titles = consent.maker.plan.title, ", ".join(change.titles)
        if change.kind == ChangeKind.JOIN:
            asks = _("Somebody proposes to join your plan '%(plan)s' with others. Together it is called: %(titles)s.")
        else:
            asks = _("Somebody proposes to split your plan '%(plan)s'. The parts are called: %(titles)s.")
        letter = emails.Letter(
            subject=_("May your plan change? (%(plan)s)") % {"plan": plan},
            lines=[asks % {"plan": plan, "titles": titles}, change.words, _("Nothing changes as long as one of the makers says no.")],
            url=request.build_absolute_uri(reverse("budgets:agree_change", args=[fresh.token])),
            button=_("Say yes or no"),
        )
        emails.send(address, letter)


# --- answered --------------------------------------------------------------------------------------------


def asked_of(token: str, *, at: datetime.datetime) -> Consent:
    """What a link of `mail_to_agree` is about, for its page. Changes nothing. Raises `BadLink`."""
    return consent_of(open_link(Purpose.AGREE_CHANGE, token, at=at))


def consent_of(link: Link) -> Consent:
    found = Consent.objects.filter(pk=link.subject.removeprefix("consent:"), change__stage=ChangeStage.ASKED)
    consent = found.select_related("change", "maker__plan__round__area", "maker__contact__person").first()
    if consent is None:
        raise BadLink(_("This is not asked any more."))
    return consent


@transaction.atomic
def answer_by_link(token: str, *, says: bool, at: datetime.datetime) -> Change:
    """A maker says yes or no by the link in their mail. Raises `BadLink`, and what `answer` raises."""
    consent = consent_of(use_link(Purpose.AGREE_CHANGE, token, at=at))
    by = consent.maker.contact.person if consent.maker.contact else None
    answer(consent, says=says, by=by, at=at)
    return consent.change


@transaction.atomic
def answer(consent: Consent, *, says: bool, by: Person | None, at: datetime.datetime) -> None:
    """A maker says yes or no, or staff write it down for who has no e-mail. With the last yes it is done; one no ends it.

    Raises `NotNow` and `WrongStage`.
    """
    plan = consent.maker.plan
    hold_round(plan.round, ANSWERING, _("The days to change plans are over."))
    change = Change.objects.select_for_update().get(pk=consent.change_id)
    if change.stage != ChangeStage.ASKED:
        raise NotNow(_("This is not asked any more."))
    Consent.objects.filter(pk=consent.pk).update(says=says, at=at)
    write_down("budget_plan.change_answered", plan, by=by, at=at, public=False, payload={"says": says})
    if not says:
        end(change, by=by, at=at)
    else:
        finish(change, by=by, at=at)
    consent.change = change


@transaction.atomic
def call_off(change: Change, *, by: Person, at: datetime.datetime) -> None:
    """It is not asked any more. Raises `WrongStage`."""
    end(change, by=by, at=at)


def end(change: Change, *, by: Person | None, at: datetime.datetime) -> None:
    move(change, ChangeStage.REFUSED, moves=CHANGE_MOVES)
    for plan in change.plans.select_related("area", "round__area"):
        write_down("budget_plan.change_refused", plan, by=by, at=at, public=False)
        subject = format_lazy(gettext_lazy("Your plan stays as it is: {plan}"), plan=plan.title)
        tell_makers(plan, subject, gettext_lazy("Not everybody agreed with the proposal to change it. So nothing changes."), by=by, at=at)


def finish(change: Change, *, by: Person | None, at: datetime.datetime) -> None:
    """Do it, where all said yes: also who became a maker meanwhile."""
    plans = list(change.plans.select_for_update(of=("self",)).select_related("area", "part", "round__area").order_by("number"))
    agreed = set(change.consents.filter(says=True).values_list("maker", flat=True))
    if any(maker.pk not in agreed for maker in makers_of(plans)):
        return
    if any(plan.stage not in OPEN_PLANS for plan in plans):
        raise CannotJoin(_("One of these plans cannot be changed any more."))
    move(change, ChangeStage.DONE, moves=CHANGE_MOVES)
    made = [joined(change, plans, at)] if change.kind == ChangeKind.JOIN else [part_of(plans[0], title, at) for title in change.titles]
    for plan in plans:
        where = {"into": made[0]} if change.kind == ChangeKind.JOIN else {}
        BudgetPlan.objects.filter(pk=plan.pk).update(ended_at=at, spot=None, **where)
        move(plan, PlanStage.JOINED if change.kind == ChangeKind.JOIN else PlanStage.SPLIT, moves=PLAN_MOVES)
        write_down("budget_plan.joined" if where else "budget_plan.split", plan, by=by, at=at)
    keep_initiative(made, plans)
    for plan in made:
        write_down("budget_plan.proposed", plan, by=by, at=at, payload={"number": plan.number, "from": [one.number for one in plans]})
        subject = format_lazy(gettext_lazy("Your plan goes on in a new way: {plan}"), plan=plan.title)
        tell_makers(plan, subject, gettext_lazy("All makers said yes. Somebody reads it, and looks whether it can be done."), by=by, at=at)


# --- done ------------------------------------------------------------------------------------------------


def joined(change: Change, plans: Sequence[BudgetPlan], at: datetime.datetime) -> BudgetPlan:
    """One plan of several: their words one after the other, their costs together, all their makers."""
    first, costs = plans[0], [plan.cost for plan in plans if plan.cost is not None]
    story = "\n\n".join(f"{plan.title}\n{plan.story or plan.summary}" for plan in plans)[:STORY_LETTERS]
    total = sum(costs) if len(costs) == len(plans) else None
    facts: dict[str, Any] = {
        "summary": change.words[:SUMMARY_LETTERS], "story": story, "cost": total, "cost_from": CostFrom.MAKER if total is not None else "",
        "by_municipality": all(plan.by_municipality for plan in plans),
    }  # fmt: skip
    return fresh(first, plans, change.titles[0], at, facts)


def part_of(plan: BudgetPlan, title: str, at: datetime.datetime) -> BudgetPlan:
    """One of the parts of a plan: its words and makers; what the part costs is asked again."""
    facts = {"summary": plan.summary, "story": plan.story, "by_municipality": plan.by_municipality, "out_of": plan}
    return fresh(plan, [plan], title, at, facts)


def fresh(like_this: BudgetPlan, plans: Sequence[BudgetPlan], title: str, at: datetime.datetime, facts: dict[str, Any]) -> BudgetPlan:
    """A new plan that goes on for these: read again, looked at again; who made or liked one of them made or likes it."""
    made = BudgetPlan.objects.create(
        round=like_this.round, part=like_this.part, number=next_number(like_this.round), title=title, area=like_this.area,
        theme=like_this.theme, place=like_this.place, latitude=like_this.latitude, longitude=like_this.longitude,
        stage=PlanStage.PROPOSED, made_at=at, **facts,
    )  # fmt: skip
    made.wishes.set({wish for plan in plans for wish in plan.wishes.all()})
    for maker in makers_of(plans):
        Maker.objects.get_or_create(plan=made, contact=maker.contact, defaults={"name": maker.name, "agreed_at": maker.agreed_at})
    for one in Like.objects.filter(plan__in=plans).exclude(contact=None):
        Like.objects.get_or_create(plan=made, contact=one.contact, defaults={"at": one.at})
    return made


def keep_initiative(made: Sequence[BudgetPlan], plans: Sequence[BudgetPlan]) -> None:
    """What they came from, where that is one thing: an initiative goes on in the first plan only, since it is in a round once."""
    for key in ("agreement", "application", "initiative"):
        found = {getattr(plan, f"{key}_id") for plan in plans} - {None}
        if len(found) == 1:
            BudgetPlan.objects.filter(pk=made[0].pk).update(**{f"{key}_id": found.pop()})
