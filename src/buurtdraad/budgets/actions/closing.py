"""Closing a round: its ballots are frozen, copied in a random order under random ids, and what led to a voter is emptied.

Everything happens in one transaction, or not at all. The clock is that of the database, which every process shares: no ballot comes in
after closing, and none that was taken is left out (`migrations/0003_frozen_stays.py`).
"""

import datetime
from collections.abc import Collection
from functools import partial

from django.db import connection, transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.budgets.actions.steps import go, hold, note
from buurtdraad.budgets.models import Aside, Ballot, BudgetRound, Claim, Counted, FrozenBallot, PaperEntry, Part, Register
from buurtdraad.budgets.queries import closing as queries
from buurtdraad.budgets.queries import counted, files
from buurtdraad.budgets.queries.rounds import rule_of
from buurtdraad.budgets.queries.turnout import turnout_of
from buurtdraad.budgets.secrecy import receipt_words
from buurtdraad.budgets.states import AsideReason, RoundStage
from buurtdraad.lib.by_the_clock import each
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import wrong_stage

FREEZE = """
INSERT INTO budgets_frozenballot (id, part_id, marks, channel)
SELECT gen_random_uuid(), %s, marks -> %s, CASE WHEN %s THEN channel ELSE '' END
FROM budgets_ballot WHERE round_id = %s AND marks ? %s ORDER BY gen_random_uuid()
"""


class TooEarly(Refused):
    """People can still vote, or paper is still being typed."""


class DoesNotAddUp(Refused):
    """There are not as many ballots as people who voted."""


@transaction.atomic
def close(round_: BudgetRound, *, at: datetime.datetime, by: Person | None = None, open_aside: bool = False) -> BudgetRound:
    """Freeze the ballots of a round and close it; `actions.counted.count` comes next. Nothing can be cast or typed any more.

    Without `by` the clock closes it: on the first moment on which nobody can vote, and paper was typed or its last day is over.
    `open_aside`: paper that only one person typed is set aside; only after its last day. Raises `TooEarly`, `WrongStage`, `DoesNotAddUp`.
    """
    held = hold(round_)
    if held.stage != RoundStage.VOTING:
        raise wrong_stage(f"{held} is {held.stage}")
    must_be_over(held, at=at, by_hand=by is not None)
    see_to_open_paper(held, open_aside=open_aside)
    parts = list(held.parts.order_by("order", "pk"))
    turnout, receipts = turnout_of(held), receipts_of(held)
    number = held.ballots.count()
    if number != len(receipts):
        raise DoesNotAddUp(_("There are %(ballots)s ballots of %(voters)s voters. Ask who looks after the program to look at it first.")
                           % {"ballots": number, "voters": len(receipts)})  # fmt: skip
    frozen = {part.name: freeze(held, part, turnout, receipts).ballots for part in parts}
    empty(held)
    BudgetRound.objects.filter(pk=held.pk).update(closed_at=at)
    go(held, RoundStage.CLOSED, by=by, at=at)
    note("budget_round.closed", held, by=by, at=at, payload={"ballots": number, "parts": frozen})
    round_.refresh_from_db()
    return round_


def freeze(held: BudgetRound, part: Part, turnout: dict, receipts: list[str]) -> Counted:
    """The ballots of one budget, with what they are counted by and the hashes of all three."""
    plans = counted.plans_of(part)
    rule = rule_of(held).to_dict()
    weighed = files.weighs_channels(rule)
    with connection.cursor() as cursor:
        cursor.execute(FREEZE, [part.pk, str(part.order), weighed, held.pk, str(part.order)])
    return keep(part, plans=plans, rule=rule, turnout=turnout, receipts=receipts)


def keep(part: Part, *, plans: list[dict], rule: dict, turnout: dict, receipts: list[str]) -> Counted:
    """Write down what was frozen; from here on no ballot is added and none changes."""
    hashes = [
        files.sha256(files.ballots_csv(part, with_channel=files.weighs_channels(rule))),
        files.sha256(iter([files.plans_csv(plans)])),
        files.sha256(iter([files.rule_json(rule, part.amount)])),
    ]
    return Counted.objects.create(
        part=part, rule=rule, plans=plans, budget=part.amount, turnout=turnout,
        ballots=part.frozen.count(), blank=part.frozen.filter(marks={}).count(),
        ballots_hash=hashes[0], plans_hash=hashes[1], rule_hash=hashes[2], whole_hash=files.sha256(iter([files.sums(*hashes)])),
        receipts="".join(f"{receipt}\n" for receipt in receipts),
    )  # fmt: skip


def empty(held: BudgetRound) -> None:
    """What was voted and typed, and who asked for a code, is gone. The register stays until its time is over: numbers, never names."""
    for model in (Ballot, PaperEntry, Claim):
        model.objects.filter(round=held).delete()


def receipts_of(held: BudgetRound) -> list[str]:
    """The receipts of who voted, sorted: the order tells nothing."""
    found = held.register.filter(used=True, receipt__isnull=False).values_list("receipt", flat=True)
    return sorted(receipt_words(bytes(receipt or b"")) for receipt in found)


# --- when ----------------------------------------------------------------------------------------


def must_be_over(held: BudgetRound, *, at: datetime.datetime, by_hand: bool) -> None:
    if not queries.is_over(held):
        raise TooEarly(_("People can still vote."))
    if not by_hand and queries.waits_for_paper(held, at):
        raise TooEarly(_("Paper that came in time can still be typed."))


def see_to_open_paper(held: BudgetRound, *, open_aside: bool) -> None:
    """What only one person typed, or two differently, does not count. It is set aside when somebody says so, after the last day."""
    left = list(held.papers.all())
    if not left:
        return
    if not open_aside or not queries.paper_is_over(held):
        raise TooEarly(_("There are still paper ballots that two people have to type. First finish those."))
    for entry in left:
        aside, made = Aside.objects.get_or_create(round=held, pile=entry.pile, reason=AsideReason.UNCHECKED)
        if not made:
            Aside.objects.filter(pk=aside.pk).update(number=aside.number + 1)


def close_due(*, at: datetime.datetime) -> int:
    """Close every round of which the time is over; how many. One that cannot be closed yet stops no other."""
    return each(partial(close, one, at=at) for one in queries.voting_is_over())


# --- past their time -----------------------------------------------------------------------------


@transaction.atomic
def destroy_votes(ids: Collection[int], *, on: datetime.date) -> int:
    """Destroy the register and the frozen ballots of rounds whose result was final three months ago; of how many rounds.

    Totals, hashes, receipts and result stay byte for byte as they are.
    """
    found = list(queries.votes_due(on).filter(pk__in=ids))
    for round_ in found:
        FrozenBallot.objects.filter(part__round=round_).delete()
        Register.objects.filter(round=round_).delete()
    return len(found)
