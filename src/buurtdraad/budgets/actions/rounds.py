"""A round from nothing to the day people vote: made, announced, on by its days or by hand, and stopped with its money back.

Closing, adopting and what comes after are deeds of their own files.
"""

import datetime
import secrets
from dataclasses import replace
from functools import partial

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.budgets import keys
from buurtdraad.budgets.actions import sources
from buurtdraad.budgets.actions.steps import go, hold, must_be_preparing, note
from buurtdraad.budgets.models import Ballot, BudgetRound, Claim, PaperEntry, Part, RulesSheet
from buurtdraad.budgets.queries.missing import missing
from buurtdraad.budgets.queries.rounds import days_of, last_of
from buurtdraad.budgets.rules import due, planned
from buurtdraad.budgets.states import PlanStage, RoundStage
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.lib.by_the_clock import each
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import wrong_stage
from buurtdraad.money.actions import pots
from buurtdraad.places.models import Area

BY_HAND = (RoundStage.GATHERING, RoundStage.CHECKING, RoundStage.READY, RoundStage.VOTING)
# Of a sheet, what belongs to one round alone.
OWN = {
    "id", "round_id", "announced_at", "announced_by", "propose_from", "propose_until", "list_on", "vote_from", "vote_until", "paper_until",
    "result_on",
}  # fmt: skip


class NotYet(Refused):
    """Something is missing for this step, or it is not its time."""


# --- making --------------------------------------------------------------------------------------------


@transaction.atomic
def make(
    *, name: str, area: Area, year: int, about: str = "", follows: BudgetRound | None = None, by: Person, at: datetime.datetime
) -> BudgetRound:
    """A round with one budget and a rules sheet, still without money. It takes over the rules of `follows`, or of the last round here."""
    before = follows or last_of(area.code)
    made = BudgetRound.objects.create(slug=free_slug(name, year), name=name, area=area, year=year, about=about, follows=before, made_at=at)
    for part in before.parts.all() if before else ():
        same = name if before and part.name == before.name else part.name
        Part.objects.create(round=made, name=same, area=part.area, amount=0, order=part.order)
    if not made.parts.exists():
        Part.objects.create(round=made, name=name, area=area, amount=0)
    RulesSheet.objects.create(round=made, **taken_over(before))
    note("budget_round.made", made, by=by, at=at, payload={"year": year})
    return made


def free_slug(name: str, year: int) -> str:
    """An address that no round has."""
    start = slugify(f"{name[:45]} {'' if str(year) in name else year}") or str(year)
    slug, number = start, 1
    while BudgetRound.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{start}-{number}"
    return slug


def taken_over(before: BudgetRound | None) -> dict:
    """What a new sheet says: all but the days of the one before, with a new seed for lots."""
    facts = {name: value for name, value in vars(before.sheet).items() if name not in OWN and name[0] != "_"} if before else {}
    rule = Rule.from_dict(facts["rule"]) if facts.get("rule") else Rule(ties=("votes", "cost", "draw"), seed="-")
    return facts | {"rule": replace(rule, seed=secrets.token_hex(8)).to_dict()}


@transaction.atomic
def change(round_: BudgetRound, *, name: str, about: str, by: Person, at: datetime.datetime) -> None:
    """Another name, or other words about it, while it is being prepared. Raises `Frozen`."""
    held = hold(round_)
    must_be_preparing(held)
    Part.objects.filter(round=held, name=held.name).update(name=name)
    BudgetRound.objects.filter(pk=held.pk).update(name=name, about=about)
    round_.name, round_.about = name, about
    note("budget_round.changed", held, by=by, at=at)


# --- on ------------------------------------------------------------------------------------------------


@transaction.atomic
def announce(round_: BudgetRound, *, by: Person, at: datetime.datetime) -> None:
    """Everybody can read the rules from now on, and nobody changes them. Raises `NotYet` with the first thing that is missing."""
    held = hold(round_)
    must_be_preparing(held)
    if lacks := missing(held, at=at):
        raise NotYet(lacks[0].says)
    RulesSheet.objects.filter(pk=held.sheet.pk).update(announced_at=at, announced_by=by.uuid)
    go(held, RoundStage.ANNOUNCED, by=by, at=at)
    round_.refresh_from_db()
    note("budget_round.announced", held, by=by, at=at)


@transaction.atomic
def move_on(round_: BudgetRound, to: RoundStage, *, why: str = "", by: Person | None, at: datetime.datetime) -> None:
    """To the next step before people vote, or from the list back to checking. On another day than the rules say, `why` is needed.

    Raises `NotYet` where the step breaks what was promised or something is missing for it, and `WrongStage`.
    """
    held = hold(round_)
    if to not in BY_HAND:
        raise wrong_stage(f"{held} does not go to {to} by hand")
    must_keep_promise(held, to, at)
    must_be_ready_for(held, to)
    if not why and asks_why(held, to, at):
        raise NotYet(_("The rules say another day. Write why it is different, for everybody to read."))
    go(held, to, why=why, by=by, at=at)
    round_.refresh_from_db()
    note("budget_round.moved_on", held, by=by, at=at, payload={"to": to})


def must_keep_promise(held: BudgetRound, to: RoundStage, at: datetime.datetime) -> None:
    """What people may count on: they can send plans and vote for as long as the rules say."""
    sheet = held.sheet
    until, first, last = sheet.propose_until, sheet.vote_from, sheet.vote_until
    if to == RoundStage.CHECKING and held.stage == RoundStage.GATHERING and until and until >= timezone.localdate(at):
        day = date_format(until, "j F Y")
        raise NotYet(_("People can send plans until and with %(day)s. That was promised.") % {"day": day})
    if to == RoundStage.VOTING and not (first and last and first <= at < last):
        raise NotYet(_("People vote in the days of the rules, and not before or after."))


def must_be_ready_for(held: BudgetRound, to: RoundStage) -> None:
    """Without plans on the list, for each budget as many as the ballot asks, nobody can choose."""
    if to not in {RoundStage.READY, RoundStage.VOTING}:
        return
    least = held.sheet.least_marks
    for part in held.parts.annotate(listed=Count("plans", filter=Q(plans__stage=PlanStage.LISTED))):
        if part.listed < least:
            says = _("A ballot needs at least %(number)s plans. There are %(listed)s on the list for: %(name)s")
            raise NotYet(says % {"number": least, "listed": part.listed, "name": part.name})


def asks_why(held: BudgetRound, to: RoundStage, at: datetime.datetime) -> bool:
    """Whether this is another day than that of the rules. A list that is known sooner needs no reason; a step back does."""
    day, today = planned(to, days_of(held.sheet)), timezone.localdate(at)
    if held.stage == RoundStage.READY and to == RoundStage.CHECKING:
        return True
    return day is not None and (today > day if to == RoundStage.READY else today != day)


def see_to_days(*, at: datetime.datetime) -> int:
    """Take every round on whose day has come; how many. One that is held up stops no other."""
    waiting = BudgetRound.objects.filter(stage__in=(RoundStage.ANNOUNCED, RoundStage.GATHERING, RoundStage.READY), elsewhere="")
    return each(partial(go_on, one, at) for one in waiting.select_related("sheet"))


def go_on(round_: BudgetRound, at: datetime.datetime) -> bool:
    """Whether its day has come; then it takes the next step."""
    step = due(round_.stage, days_of(round_.sheet), today=timezone.localdate(at), at=at)
    if step:
        by_day(round_, RoundStage(step), at=at)
    return bool(step)


@transaction.atomic
def by_day(round_: BudgetRound, step: RoundStage, *, at: datetime.datetime) -> None:
    """The next step, because its day came. Later than that day only when something was missing, so no reason is asked."""
    held = hold(round_)
    must_be_ready_for(held, step)
    go(held, step, by=None, at=at)
    note("budget_round.moved_on", held, by=None, at=at, payload={"to": step})


@transaction.atomic
def stop(round_: BudgetRound, *, why: str, by: Person, at: datetime.datetime) -> None:
    """It does not go on, for a reason that everybody reads. The money goes back; what people voted is thrown away uncounted.

    What came from a pot that is closed stays in the pot of the round. Raises `WrongStage` once the result is adopted.
    """
    held = hold(round_)
    if not why.strip():
        raise NotYet(_("Write why it does not go on."))
    BudgetRound.objects.filter(pk=held.pk).update(why=why)
    go(held, RoundStage.STOPPED, why=why, by=by, at=at)
    for table in (Ballot, PaperEntry, Claim):
        table.objects.filter(round=held).delete()
    transaction.on_commit(lambda: keys.destroy_key(held))
    stays = sources.all_back(held, by=by, at=at)
    if held.pot:
        pots.let_go(held.pot, by=by, at=at)
    round_.refresh_from_db()
    note("budget_round.stopped", held, by=by, at=at, payload={"stays": str(stays)})
