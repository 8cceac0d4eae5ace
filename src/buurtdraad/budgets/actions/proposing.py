"""A plan comes into a round: told from nothing, or made from a wish, an agreement, an initiative or an application.

A visitor has no account: their plan waits until they press the button in a mail. Staff put plans in for somebody, or several
at once from the agenda. What stands elsewhere already is taken over, and the plan leads back to it.
"""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from buurtdraad.accounts import emails
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink, make_link, open_link, use_link
from buurtdraad.accounts.signing_in.models import Link, Purpose
from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.agendas.wishes.actions.once import one_at_a_time
from buurtdraad.agendas.wishes.actions.people import contact_of
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.rules import to_the_street
from buurtdraad.budgets.access import may_check
from buurtdraad.budgets.actions.plan_record import NotNow, hold_round, write_down
from buurtdraad.budgets.models import BudgetPlan, BudgetRound, Maker, Part, PlanPicture
from buurtdraad.budgets.queries.checking import unconfirmed
from buurtdraad.budgets.queries.origins import Origin, Thing, facts_of, origin_of, part_for, place_in
from buurtdraad.budgets.states import ALIVE, PLAN_MOVES, TAKING_IN, CostFrom, PlanStage, RoundStage
from buurtdraad.fund.models import Application
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.rules import is_name
from buurtdraad.lib.limits import HOUR, limited
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.lib.uploads.keeping import forget
from buurtdraad.messages.models import Contact
from buurtdraad.places.models import Area
from buurtdraad.places.queries import city_name
from buurtdraad.ui.euros import euros

EMAIL, LANGUAGE, NAME, AGREED = "email", "language", "name", "agreed"
CONFIRM_WITHIN = datetime.timedelta(days=7)
MOST_LINKS = 10  # mails an hour to one address
MORE = {"summary", "story", "place", "cost", "cost_from", "cost_words", "by_municipality"}


class NotHere(Refused):
    """It lies outside the area of the round."""


class WrongCost(Refused):
    """The rules sheet allows no plan of this cost."""


class AlreadyIn(Refused):
    """This stands in the round already."""


class NotAName(Refused):
    """What was given is not what people call somebody."""


# --- in it -----------------------------------------------------------------------------------------------


@transaction.atomic
def propose(
    round_: BudgetRound, *, part: Part, title: str, area: Area, theme: str, point: tuple[float, float] | None = None,
    origin: Origin | None = None, contact: Contact | None = None, name: str = "", agreed: bool = False, mark: str = "",
    by: Person | None, at: datetime.datetime, **more: Any,
) -> BudgetPlan:  # fmt: skip
    """A new plan; the same `mark` gives back what was made before. `more` is any of `MORE`; `cost` in euros.

    `contact` made it, with a `name` that may stand on the site when they `agreed`. Of a visitor who is nobody yet (no contact, not
    by staff) it waits in WRITING until `confirm`. `point` is latitude and longitude, rounded to the street.
    Raises `NotNow`, `NotHere`, `WrongCost`, `AlreadyIn` and `NotAName`.
    """
    assert not more.keys() - MORE, more
    one_at_a_time(mark)
    if mark and (before := BudgetPlan.objects.filter(mark=mark).select_related("round__area", "area").first()):
        return before
    helps = by is not None and may_check(by, round_)
    held = hold_for_plans(round_, helps=helps, at=at)
    here = place_in(part, area)
    if part.round_id != held.pk or here is None:
        raise NotHere(_("This place is not in the area of this neighbourhood budget."))
    check_cost(held, part, more.get("cost"))
    if more.get("cost") is not None:
        more.setdefault("cost_from", CostFrom.MAKER)
    origin = origin or Origin()
    refuse_twice(held, origin)
    if point:
        more["latitude"], more["longitude"] = to_the_street(*point)
    made = BudgetPlan.objects.create(
        round=held, part=part, number=next_number(held), title=title, area=here, theme=theme, made_at=at, mark=mark,
        stage=PlanStage.PROPOSED if contact or helps else PlanStage.WRITING,
        agreement=origin.agreement, initiative=origin.initiative, application=origin.application, **more,
    )  # fmt: skip
    made.wishes.set(origin.wishes)
    for one, called, may_show in [*([(contact, name, agreed)] if contact else []), *members_of(origin.initiative)]:
        add_maker(made, one, name=called, agreed=may_show, at=at)
    write_down("budget_plan.proposed", made, by=by, at=at, payload={"number": made.number})
    return made


def hold_for_plans(round_: BudgetRound, *, helps: bool, at: datetime.datetime) -> BudgetRound:
    """The round, held. Residents send plans in the days of the sheet; staff put in what was forgotten until the list is known."""
    refusal = _("Plans can be sent only in the days that stand in the rules.")
    held = hold_round(round_, TAKING_IN if helps else {RoundStage.GATHERING}, refusal)
    if not helps and held.sheet.propose_until and localdate(at) > held.sheet.propose_until:
        raise NotNow(refusal)
    return held


def next_number(round_: BudgetRound) -> int:
    """The first number that no plan of the round had. The round has to be held."""
    return (round_.plans.aggregate(last=Max("number"))["last"] or 0) + 1


def check_cost(round_: BudgetRound, part: Part, cost: Decimal | None) -> None:
    """Whether a plan of this cost can be in this part of a round. Raises `WrongCost`."""
    if cost is None:
        return
    most = min(round_.sheet.most_a_plan or part.amount, part.amount)
    if cost > most:
        raise WrongCost(_("A plan costs at most %(most)s here.") % {"most": euros(most)})
    if cost < round_.sheet.least_a_plan:
        raise WrongCost(_("A plan costs at least %(least)s here.") % {"least": euros(round_.sheet.least_a_plan)})


def refuse_twice(round_: BudgetRound, origin: Origin) -> None:
    alive = round_.plans.filter(stage__in=ALIVE)
    for key in ("initiative", "agreement", "application"):
        thing = getattr(origin, key)
        if thing and alive.filter(**{key: thing}).exists():
            raise AlreadyIn(_("'%(thing)s' is in this neighbourhood budget already.") % {"thing": thing})


def members_of(initiative: Initiative | None) -> list[tuple[Contact, str, bool]]:
    """Who made an initiative makes the plan too: contact, name, and whether that may stand on the site."""
    if initiative is None:
        return []
    found = initiative.members.select_related("contact").exclude(contact=None)
    return [(one.contact, one.name, one.agreed_at is not None) for one in found if one.contact]


def add_maker(plan: BudgetPlan, contact: Contact, *, name: str, agreed: bool, at: datetime.datetime) -> Maker:
    """Somebody is one of those who made it; who is already stays as they are. Raises `NotAName`."""
    facts = {"name": called(name, agreed=agreed), "agreed_at": at if agreed and name else None}
    return Maker.objects.get_or_create(plan=plan, contact=contact, defaults=facts)[0]


def called(name: str, *, agreed: bool) -> str:
    name = " ".join(name.split())
    if name and not is_name(name):
        raise NotAName(_("Write only a first name, such as: Kees."))
    if agreed and not name:
        raise NotAName(_("Which name may stand on the site?"))
    return name


# --- from what is there already --------------------------------------------------------------------------


def from_wish(round_: BudgetRound, wish: Wish, **options: Any) -> BudgetPlan:
    """A plan from a wish (of the one in which it lives on): `propose` with its words, place and theme."""
    return from_thing(round_, wish.head or wish, **options)


def from_agreement(round_: BudgetRound, agreement: Agreement, **options: Any) -> BudgetPlan:
    """A plan from an agreement, which the municipality carries out."""
    return from_thing(round_, agreement, **options)


def from_initiative(round_: BudgetRound, initiative: Initiative, **options: Any) -> BudgetPlan:
    """A plan from an initiative: its people make it."""
    return from_thing(round_, initiative, **options)


def from_application(round_: BudgetRound, application: Application, **options: Any) -> BudgetPlan:
    """A plan from an application to the fund: that of its initiative, with the amount that was asked."""
    return from_thing(round_, application, **options)


def from_thing(round_: BudgetRound, thing: Thing, *, by: Person | None, at: datetime.datetime, **options: Any) -> BudgetPlan:
    """`propose` with what stands there already; `options` take its place where given. Where its cost does not fit it is left open.

    Raises what `propose` does.
    """
    taken = facts_of(thing)
    found = part_for(round_, taken["area"])
    if found is None:
        raise NotHere(_("This place is not in the area of this neighbourhood budget."))
    part, area = found
    facts = taken | {"part": part, "area": area} | options
    try:
        check_cost(round_, facts["part"], facts.get("cost"))
    except WrongCost:
        if "cost" in options:
            raise
        facts |= {"cost": None, "cost_from": ""}
    return propose(round_, origin=origin_of(thing), by=by, at=at, **facts)


@transaction.atomic
def from_agenda(round_: BudgetRound, things: Sequence[Thing], *, by: Person, at: datetime.datetime) -> list[BudgetPlan]:
    """Several at once by staff, all or none. What is in the round already is left out."""
    made = []
    for thing in things:
        try:
            with transaction.atomic():
                made.append(from_thing(round_, thing, by=by, at=at))
        except AlreadyIn:
            continue
    return made


# --- a visitor, by mail ----------------------------------------------------------------------------------


def mail_to_confirm(
    request: HttpRequest, plan: BudgetPlan, email: str, *, name: str = "", agreed: bool = False, at: datetime.datetime
) -> None:
    """Mail a link with which a visitor says that the plan is theirs; until then nobody sees it. Raises `TooOften` and `NotAName`."""
    email = email.lower()
    limited("budget plan to confirm", email, most=MOST_LINKS, within=HOUR)
    facts = {EMAIL: email, LANGUAGE: get_language() or "nl", NAME: called(name, agreed=agreed), AGREED: agreed}
    with transaction.atomic():
        fresh = make_link(Purpose.PROPOSE_PLAN, plan.thing, valid_for=CONFIRM_WITHIN, at=at, facts=facts)
        letter = emails.Letter(
            subject=_("Is this your plan? (%(plan)s)") % {"plan": plan.title},
            lines=[
                _("Somebody gave us this e-mail address on the neighbourhood website of %(city)s.") % {"city": city_name()},
                _("They sent a plan for %(round)s. It is called: %(plan)s.") % {"round": plan.round.name, "plan": plan.title},
                _("Is it yours? Open the link, and then press the button. Only then we have your plan."),
            ],
            url=request.build_absolute_uri(reverse("budgets:confirm_plan", args=[fresh.token])),
            button=_("Yes, this is my plan"),
            last_lines=[_("Was it not you? Then you need do nothing. We will not mail you again about this.")],
        )
        emails.send(email, letter)


def asked_to_confirm(token: str, *, at: datetime.datetime) -> BudgetPlan:
    """What a link of `mail_to_confirm` is about, for its page. Changes nothing. Raises `BadLink`."""
    return of_link(open_link(Purpose.PROPOSE_PLAN, token, at=at))


def of_link(link: Link) -> BudgetPlan:
    """The plan that a link names. Raises `BadLink`."""
    found = BudgetPlan.objects.filter(uuid=link.subject.removeprefix("budget_plan:"))
    plan = found.select_related("round__area", "round__sheet", "area").first()
    if plan is None:
        raise BadLink(_("This plan is not there any more. Call us if you want to know why."))
    return plan


@transaction.atomic
def confirm(token: str, *, at: datetime.datetime) -> BudgetPlan:
    """Yes, to the link of `mail_to_confirm`: we have the plan, and its maker is known. Raises `BadLink` and `NotNow`."""
    link = use_link(Purpose.PROPOSE_PLAN, token, at=at)
    plan, facts = of_link(link), link.facts
    hold_for_plans(plan.round, helps=False, at=at)
    contact = contact_of(facts[EMAIL], facts.get(LANGUAGE, "nl"), at=at)
    move(plan, PlanStage.PROPOSED, moves=PLAN_MOVES)
    add_maker(plan, contact, name=facts[NAME], agreed=facts[AGREED], at=at)
    write_down("budget_plan.confirmed", plan, by=contact.person, at=at)
    return plan


@transaction.atomic
def forget_unconfirmed(*, at: datetime.datetime) -> int:
    """Destroy plans of visitors who never pressed the button, once its link is old: nobody saw them. Returns how many."""
    found = unconfirmed(at - 2 * CONFIRM_WITHIN)
    for key in PlanPicture.objects.filter(plan__in=found).values_list("key", flat=True):
        transaction.on_commit(partial(forget, key))
    return found.delete()[1].get("budgets.BudgetPlan", 0)
