"""The final amount (vaststelling): as granted, or lower on one of the four grounds of Awb 4:46, after who got it was heard (4:12).

It counts from the day on which its letter went out. Then the rest is owed, or what was paid too much is asked back. What was
promised above it stays promised until nobody can object any more (`ending.finish`).
"""

import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.fund import access
from buurtdraad.fund.actions import hearing
from buurtdraad.fund.actions.deciding import HearFirst, NoMandate, must_have_mandate
from buurtdraad.fund.actions.hearing import NoHearing
from buurtdraad.fund.actions.interests import must_be_free
from buurtdraad.fund.actions.paper import write_too
from buurtdraad.fund.actions.paying import owe_up_to, stop_paying
from buurtdraad.fund.actions.records import hold, write_down
from buurtdraad.fund.actions.recovering import demand
from buurtdraad.fund.actions.telling import tell_applicant
from buurtdraad.fund.models import Account, Application, Decision, Letter, Settlement, View
from buurtdraad.fund.queries.letters_after import of_settlement
from buurtdraad.fund.queries.paying import granted_of, sums_of
from buurtdraad.fund.queries.settling import last_settlement, needs_two, open_view, was_heard_after
from buurtdraad.fund.rules import needs_view, pay_by
from buurtdraad.fund.states import MOVES, PAYABLE, SettlementGround, Stage
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move, wrong_stage
from buurtdraad.ui.euros import euros, to_cents

# Who showed what they did; and who does not, and is asked in vain (ex officio, Awb 4:47).
SETTLEABLE = frozenset({Stage.REPORT_DUE, Stage.REPORTED})


class NotSettled(Refused):
    """The final amount cannot be so, or not yet."""


@transaction.atomic
def ask_view(application: Application, *, about: str, give_by: datetime.date, by: Person, at: datetime.datetime) -> View:
    """Hear who got the money before it becomes less, or is taken back. One at a time. Raises `NotFree` and `NoHearing`."""
    must_be_free(by, application)
    held = hold(application)
    if granted_of(held) is None or held.stage not in access.AFTER_YES:
        raise NoHearing(_("No money was granted here."))
    if open_view(held):
        raise NoHearing(_("They were asked already. Wait for the reaction."))
    if give_by <= timezone.localdate(at):
        raise NoHearing(_("Give them some days to react."))
    view = View.objects.create(application=held, about=about, asked_by=by.uuid, asked_at=at, give_by=give_by)
    write_down("view.asked", held, by=by, at=at, payload={"view": str(view.uuid)})
    tell_applicant(held, lambda: hearing.asking(view), link=hearing.page_of(view), by=by, at=at)
    write_too(held, Letter.About.VIEW, lambda: hearing.asking(view), at=at)
    return view


@transaction.atomic
def settle(
    application: Application,
    *,
    amount: Decimal,
    ground: SettlementGround | str,
    words: str,
    replaces: Settlement | None = None,
    by: Person,
    at: datetime.datetime,
) -> Settlement:
    """Decide on the final amount in euros; its letter is written, and goes out by `sending.send`.

    Above the amount of four eyes somebody else looked at the account before. `replaces`: after an objection, never lower.
    Raises `NotFree`, `NoMandate`, `NotSettled`, `HearFirst` and `WrongStage`.
    """
    must_be_free(by, application)
    held = hold(application)
    decision = granted_of(held)
    if decision is None or decision.at_once:
        raise NotSettled(_("There is no final amount to decide here."))
    must_have_mandate(by, held)
    must_be_on_a_ground(decision, amount, ground, words)
    second = second_of(held, by)
    if replaces is None:
        must_be_heard(held, ground)
        if held.stage not in SETTLEABLE:
            raise wrong_stage(f"{held} has no final amount yet")
        move(held, Stage.DETERMINED, moves=MOVES)
    else:
        must_be_better(replaces, amount, by)
    sums = sums_of(held)
    facts = of_settlement(decision, amount=amount, ground=str(ground), words=words, paid=sums.paid + sums.under_way)
    letter = Letter.objects.create(application=held, about=Letter.About.SETTLEMENT, facts=facts, made_at=at)
    made = Settlement.objects.create(
        application=held, replaces=replaces, decision=decision, letter=letter, granted=decision.amount, amount=amount,
        ground=ground, words=words, made_by=by.uuid, with_whom=second, made_at=at,
    )  # fmt: skip
    application.refresh_from_db()
    write_down("settlement.made", held, by=by, at=at, payload={"amount": str(amount), "ground": str(ground)})
    return made


def must_be_on_a_ground(decision: Decision, amount: Decimal, ground: str, words: str) -> None:
    """As granted, or lower on a ground; never higher (Awb 4:46)."""
    if amount != to_cents(amount) or not 0 <= amount <= decision.amount:
        raise NotSettled(_("Write an amount from zero to %(granted)s.") % {"granted": euros(decision.amount)})
    if (ground == SettlementGround.AS_GRANTED) != (amount == decision.amount):
        raise NotSettled(_("A lower amount needs one of the reasons of the law. As granted needs the whole amount."))
    if not words.strip():
        raise NotSettled(_("Write why you decide so."))


def must_be_heard(held: Application, ground: str) -> None:
    if needs_view(settlement_ground=str(ground)) and not was_heard_after(held):
        raise HearFirst(_("First ask them for a reaction. The law asks that before a lower amount."))


def must_be_better(replaces: Settlement, amount: Decimal, by: Person) -> None:
    """After an objection: by somebody else, and never less."""
    if by.uuid in {replaces.made_by, replaces.with_whom}:
        raise NoMandate(_("You took the first decision. Somebody else must decide on the objection."))
    if amount < replaces.amount:
        raise NotSettled(_("Nobody gets less because they object."))


def second_of(held: Application, by: Person):
    """Who looked at the account, when that is somebody else. Raises `NoMandate` where two are needed."""
    looked = Account.objects.filter(application=held).values_list("looked_by", flat=True).first()
    second = looked if looked != by.uuid else None
    if needs_two(held) and second is None:
        raise NoMandate(_("For this amount somebody else first says that what they did is in order."))
    return second


def carry_out(settlement: Settlement, *, on: datetime.date, by: Person, at: datetime.datetime) -> None:
    """It was made known on a day: owe what lacks, or ask back what was paid too much. Part of sending it."""
    held = hold(settlement.application)
    if held.stage not in PAYABLE or last_settlement(held) != settlement:
        raise wrong_stage(f"{settlement} counts no more")
    Settlement.objects.filter(pk=settlement.pk).update(known_on=on)
    sums = sums_of(held)
    if sums.paid + sums.under_way > settlement.amount:
        stop_paying(held, _("The final amount is lower."), by=by, at=at)
    owe_up_to(held, settlement.amount, due_on=pay_by(on), by=by, at=at)
    sums = sums_of(held)
    still_asked = held.recoveries.filter(dropped_why="", received__lt=F("amount"))
    still_asked.update(dropped_why=_("A new final amount came in its place."))
    if (too_much := sums.paid + sums.under_way - settlement.amount) > 0:
        demand(held, too_much, settlement.words, by=by, at=at)
