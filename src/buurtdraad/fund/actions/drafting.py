"""Writing an application: begun with the initiative or for one, saved screen by screen, and sent.

A draft touches no page of the site. What was sent does not change; who asks takes it back, or answers a question about it.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import IntegerField, Max
from django.db.models.functions import Cast, Substr
from django.utils import timezone
from django.utils.translation import gettext as _
from stdnum import iban as iban_numbers
from stdnum.exceptions import ValidationError as BadNumber

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.fund.actions import clock
from buurtdraad.fund.actions.receipts import give_receipt
from buurtdraad.fund.actions.records import write_down
from buurtdraad.fund.models import Application, CostLine, IncomeLine, Payee, Scheme, SchemeRules
from buurtdraad.fund.outbox import actions as outbox
from buurtdraad.fund.queries import rules as rulebook
from buurtdraad.fund.queries.applications import asked_of, draft_of, what_misses
from buurtdraad.fund.queries.helping import helper_in
from buurtdraad.fund.states import MOVES, Activity, Channel, CostKind, IncomeKind, SentBy, Stage, Who
from buurtdraad.initiatives.actions import plans
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.states import Stage as PlanStage
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.messages.models import Contact
from buurtdraad.places.models import Area

# Which theme a kind of plan has, so that nobody is asked twice what it is about.
THEMES = {
    Activity.GREEN: Theme.GREEN, Activity.PUBLIC_SPACE: Theme.GREEN, Activity.LIVING_STREET: Theme.TRAFFIC, Activity.OTHER: Theme.OTHER,
}  # fmt: skip
BEFORE_DECISION = (PlanStage.IDEA, PlanStage.PLAN)
NOTHING = Decimal(0)
LONGEST = 150  # characters of the name of a cost line


class NoFund(Refused):
    """There is no scheme of this municipality with rules for today."""


class NotADraft(Refused):
    """It was sent already, or taken back."""


class NotReady(Refused):
    """Something that has to be there is not: `misses` holds the sentences."""

    def __init__(self, misses: list[str]) -> None:
        super().__init__(" ".join(misses))
        self.misses = misses


class WrongAccount(Refused):
    """The account number cannot be right."""


@dataclass(frozen=True)
class PlanFacts:
    """What the first screen asks of a plan that is not there yet."""

    title: str
    area: Area
    summary: str = ""
    place: str = ""


@dataclass(frozen=True)
class Cost:
    """One line of what it costs, in euros above zero."""

    kind: CostKind
    label: str
    amount: Decimal


@dataclass(frozen=True)
class Income:
    """One line of what does not come from the fund: euros, or hours, or what things are worth."""

    kind: IncomeKind
    label: str
    amount: Decimal = Decimal(0)
    hours: int | None = None
    certain: bool = True


@transaction.atomic
def begin(
    *,
    initiative: Initiative | None = None,
    facts: PlanFacts | None = None,
    activity: Activity = Activity.OTHER,
    who: Who = Who.NEIGHBOURS,
    contact: Contact | None,
    channel: Channel = Channel.WEB,
    by: Person | None,
    at: datetime.datetime,
    mark: str = "",
) -> Application:
    """A draft for an initiative, which is made at once where there is only an idea (`facts`). The same `mark` twice is one draft,
    and an initiative has one draft at a time. Raises `NoFund`."""
    if mark and (made := Application.objects.filter(mark=mark).first()):
        return made
    rules = rules_of_today(timezone.localdate(at))
    if initiative is None:
        assert facts is not None, "a draft is of an initiative or of the facts of one"
        initiative = plans.make(
            title=facts.title, area=facts.area, theme=THEMES.get(activity, Theme.TOGETHER), summary=facts.summary,
            contact=contact, by=by, at=at, mark=mark, channel=channel,
        )  # fmt: skip
        if facts.place:
            plans.change(initiative, by=by, at=at, place=facts.place)
    Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
    if made := draft_of(initiative):
        return made
    helper = helper_in(initiative.area, on=timezone.localdate(at))
    made = Application.objects.create(
        initiative=initiative, rules=rules, activity=activity, who=who, contact=contact, channel=channel, made_at=at, saved_at=at,
        mark=mark or None, starts_on=initiative.from_on, ends_on=initiative.until_on, helper=helper.uuid if helper else None,
        applicant_name=contact.person.name if contact and contact.person and channel == Channel.WEB else "",
        written_by=by.uuid if by and channel != Channel.WEB else None, send_by=sent_to(contact),
    )  # fmt: skip
    write_down("application.begun", made, by=by, at=at, payload={"channel": channel})
    if known := costs_in(initiative):
        save_costs(made, known, by=by, at=at)
    return made


def costs_in(initiative: Initiative) -> list[Cost]:
    """What the plan says already that it needs money for: the first lines of its costs."""
    needs = initiative.needs.filter(met_on=None).exclude(amount=None)
    return [Cost(CostKind.OTHER, need.words[:LONGEST], need.amount) for need in needs if need.amount]


def rules_of_today(today: datetime.date) -> SchemeRules:
    rules = rulebook.our_rules(today)
    if rules is None:
        raise NoFund(_("The fund is not open now. Call us about your plan."))
    return rules


def sent_to(contact: Contact | None) -> SentBy:
    """By e-mail to who has a confirmed address, else by post."""
    person = contact.person if contact else None
    return SentBy.EMAIL if person and person.email and person.confirmed_at else SentBy.POST


@transaction.atomic
def save_what(application: Application, *, by: Person | None, at: datetime.datetime, **facts: object) -> None:
    """Keep what it is, when, how many come, or who asks: any of the fields of `Application` that an applicant types."""
    unknown = set(facts) - TYPED
    assert not unknown, f"an applicant does not type {unknown}"
    save(application, by=by, at=at, what="what", **facts)


TYPED = frozenset({
    "who", "applicant_name", "applicant_address", "organisation_name", "register_number", "adult_name", "adult_phone", "phone", "send_by",
    "activity", "starts_on", "ends_on", "visitors", "everybody_can_come", "economic", "de_minimis",
})  # fmt: skip


@transaction.atomic
def save_costs(application: Application, lines: Sequence[Cost], *, by: Person | None, at: datetime.datetime) -> None:
    """What it costs, in place of what stood there."""
    held = still_draft(application)
    held.costs.all().delete()
    CostLine.objects.bulk_create(CostLine(application=held, kind=one.kind, label=one.label, amount=one.amount) for one in lines)
    save(application, by=by, at=at, what="costs")


@transaction.atomic
def save_incomes(application: Application, lines: Sequence[Income], *, by: Person | None, at: datetime.datetime) -> None:
    """Who pays the rest and what they do themselves, in place of what stood there."""
    held = still_draft(application)
    held.incomes.all().delete()
    IncomeLine.objects.bulk_create(
        IncomeLine(application=held, kind=one.kind, label=one.label, amount=one.amount, hours=one.hours, certain=one.certain)
        for one in lines
    )
    save(application, by=by, at=at, what="incomes")


@transaction.atomic
def save_payee(
    application: Application, *, holder: str = "", iban: str = "", card: bool = False, by: Person | None, at: datetime.datetime
) -> None:
    """To which account the money goes, or that a card is wanted. Raises `WrongAccount`. The number stands in no record."""
    facts = {"holder": holder, "iban": "" if card else read_iban(iban), "card": card, "checked_at": None, "checked_by": None}
    Payee.objects.update_or_create(application=still_draft(application), defaults=facts)
    save(application, by=by, at=at, what="payee")


@transaction.atomic
def save_applicant(
    application: Application, facts: Mapping[str, Any], *, account: Mapping[str, Any] | None, by: Person | None, at: datetime.datetime
) -> None:
    """Who asks (fields of `save_what`) and, where somebody typed it, the `account` (of `save_payee`). Raises `WrongAccount`."""
    save_what(application, **facts, by=by, at=at)
    if account is not None:
        save_payee(application, **account, by=by, at=at)


def read_iban(typed: str) -> str:
    """The account number without blanks. Raises `WrongAccount` when a letter or digit of it must be wrong."""
    try:
        return iban_numbers.validate(typed)
    except BadNumber:
        raise WrongAccount(_("This account number is not right. Look at each letter and digit again.")) from None


def save(application: Application, *, by: Person | None, at: datetime.datetime, what: str, **facts: object) -> None:
    still_draft(application)
    Application.objects.filter(pk=application.pk).update(saved_at=at, read_back_at=None, **facts)
    application.refresh_from_db()
    Application.objects.filter(pk=application.pk).update(asked=asked_of(application))
    application.refresh_from_db(fields=["asked"])
    write_down("application.written", application, by=by, at=at, payload={"part": what})


def still_draft(application: Application) -> Application:
    """The row, held until the end of the transaction. Raises `NotADraft`."""
    held = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if held.stage != Stage.DRAFT:
        raise NotADraft(_("This was sent already. You cannot change it any more. Call us if something is not right."))
    return held


@transaction.atomic
def submit(application: Application, *, by: Person | None, at: datetime.datetime, received_on: datetime.date | None = None) -> Application:
    """Send it: from now on it has a number, the rules of the day on which it came in, a last day to decide, and a receipt.

    `received_on` is the day that counts (of paper: on which it lay in the letterbox). Raises `NotReady`, `NoFund` or `NotADraft`.
    """
    scheme = Scheme.objects.select_for_update().filter(ours=True).first()
    still_draft(application)
    today = timezone.localdate(at)
    day = min(received_on or today, today)
    application.rules = rules_of_today(day)
    if misses := what_misses(application, on=day):
        raise NotReady(misses)
    assert scheme is not None, "without a scheme of ours there are no rules"
    asked = asked_of(application)
    Application.objects.filter(pk=application.pk).update(
        rules=application.rules,
        number=next_number(day.year),
        submitted_at=at,
        saved_at=at,
        received_on=day,
        asked=asked,
        small=rulebook.is_small(application.rules, asked),
        contact=application.contact or contact_of(application.initiative),
    )
    application.refresh_from_db()
    move(application, Stage.SUBMITTED, moves=MOVES)
    clock.wind(application)
    application.refresh_from_db()
    if application.initiative.stage in BEFORE_DECISION:
        plans.move_to(application.initiative, PlanStage.DECISION, by=by, at=at)
    give_receipt(application, by=by, at=at)
    outbox.put(application, at=at)
    write_down("application.sent", application, by=by, at=at, payload={"channel": application.channel})
    return application


def contact_of(initiative: Initiative) -> Contact | None:
    """The first of its people whom we can reach."""
    member = initiative.members.exclude(contact=None).order_by("joined_at", "id").select_related("contact__person").first()
    return member.contact if member else None


def next_number(year: int) -> str:
    """F-2026-0012. The row of the scheme is held, so two at once get two numbers."""
    before = f"F-{year}-"
    given = Application.objects.filter(number__startswith=before)
    last = given.aggregate(last=Max(Cast(Substr("number", len(before) + 1), IntegerField())))["last"] or 0
    return f"{before}{last + 1:04}"
