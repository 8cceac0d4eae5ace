"""Paper ballots: typed by two people who do not see each other's, compared, and cast. When they differ a third looks at the paper.

Who typed what is kept until a ballot counts, and then gone with the entry. Of a ballot that counts nothing is recorded but a number a day.
"""

import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import F

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.budgets import keys, secrecy
from buurtdraad.budgets.access import duty_of
from buurtdraad.budgets.actions.casting import AlreadyVoted, Closed, UnknownCode, WrongMarks, cast, still_votes, takes_votes
from buurtdraad.budgets.models import Aside, BudgetRound, PaperEntry, Register
from buurtdraad.budgets.states import PAPER_MOVES, AsideReason, Channel, PaperStage
from buurtdraad.lib.stages import move

type Typed = dict[str, dict[str, int]]


class Outcome(StrEnum):
    """What became of a ballot that was typed."""

    ONCE = "once"  # the first of two
    AGAIN = "again"  # the same person typed it anew
    COUNTED = "counted"
    DIFFERENT = "different"  # from what the other typed: a third has to look
    UNDECIDED = "undecided"  # the third typed something else again, and chooses
    INVALID = "invalid"  # typed twice the same, and against the rules: set aside and counted as such


@transaction.atomic
def type_ballot(round_: BudgetRound, code: str, marks: Typed, *, pile: str, by: Person, at: datetime.datetime) -> Outcome:
    """Type what stands on a paper ballot. `marks` of this voter's budgets, as they stand there, right or wrong.

    The second person's equal one counts; a third decides between two that differ. Raises `Closed`, `UnknownCode`, `AlreadyVoted`, `NoKey`.
    """
    if not takes_votes(round_, Channel.PAPER, at) or not still_votes(round_):
        raise Closed
    paper_id = _held(round_, code)
    entry = PaperEntry.objects.select_for_update().filter(paper_id=paper_id).first()
    if entry is None:
        PaperEntry.objects.create(paper_id=paper_id, round=round_, pile=pile, first=marks, first_by=by.uuid)
        return Outcome.ONCE
    if entry.stage == PaperStage.ONCE:
        return _second(round_, entry, code, marks, by=by, at=at)
    if by.uuid in (entry.first_by, entry.second_by):
        return Outcome.DIFFERENT
    return _count(round_, entry, code, marks, at) if marks in (entry.first, entry.second) else Outcome.UNDECIDED


@transaction.atomic
def decide(round_: BudgetRound, code: str, marks: Typed, *, by: Person, at: datetime.datetime) -> Outcome:
    """The third, with the paper in hand, says what stands on it when all three typed something else."""
    if not takes_votes(round_, Channel.PAPER, at) or not still_votes(round_):
        raise Closed
    entry = PaperEntry.objects.select_for_update().filter(paper_id=_held(round_, code), stage=PaperStage.DIFFERENT).first()
    if entry is None:
        raise UnknownCode
    if by.uuid in (entry.first_by, entry.second_by):
        return Outcome.DIFFERENT
    return _count(round_, entry, code, marks, at)


@transaction.atomic
def set_aside(round_: BudgetRound, *, pile: str, reason: str, code: str = "", by: Person, at: datetime.datetime) -> None:
    """A paper ballot does not count: only how many, and why. What was typed of it is gone. Raises `Closed`."""
    if not still_votes(round_):
        raise Closed
    if code:
        PaperEntry.objects.filter(round=round_, paper_id=secrecy.ids_of(keys.key_of(round_), code).paper_id).delete()
    one_aside(round_, pile, reason)
    _record("budget_round.paper_set_aside", round_, {"pile": pile, "reason": reason}, by=by, at=at)


@transaction.atomic
def take_back_aside(round_: BudgetRound, *, pile: str, reason: str, by: Person, at: datetime.datetime) -> None:
    """One that was set aside by mistake: it is typed after all. Raises `Closed`."""
    if not still_votes(round_):
        raise Closed
    found = Aside.objects.filter(round=round_, pile=pile, reason=reason, number__gte=1)
    if not found.update(number=F("number") - 1):
        return
    Aside.objects.filter(round=round_, pile=pile, reason=reason, number=0).delete()
    _record("budget_round.paper_taken_back", round_, {"pile": pile, "reason": reason}, by=by, at=at)


def one_aside(round_: BudgetRound, pile: str, reason: str) -> None:
    """One more of a pile that does not count, inside the transaction of who calls."""
    aside, new = Aside.objects.get_or_create(round=round_, pile=pile, reason=reason)
    if not new:
        Aside.objects.filter(pk=aside.pk).update(number=F("number") + 1)


def _held(round_: BudgetRound, code: str) -> bytes:
    """The key of the entry of this code; its line in the register is held, so that two typists follow one another."""
    ids = secrecy.ids_of(keys.key_of(round_), code)
    voter = Register.objects.select_for_update().filter(register_id=ids.register_id, round=round_).first()
    if voter is None:
        raise UnknownCode
    if voter.used:
        raise AlreadyVoted
    return ids.paper_id


def _second(round_: BudgetRound, entry: PaperEntry, code: str, marks: Typed, *, by: Person, at: datetime.datetime) -> Outcome:
    mine = PaperEntry.objects.filter(paper_id=entry.paper_id)
    if entry.first_by == by.uuid:
        mine.update(first=marks)
        return Outcome.AGAIN
    if entry.first == marks:
        return _count(round_, entry, code, marks, at)
    mine.update(second=marks, second_by=by.uuid)
    move(entry, PaperStage.DIFFERENT, moves=PAPER_MOVES)
    return Outcome.DIFFERENT


def _count(round_: BudgetRound, entry: PaperEntry, code: str, marks: Typed, at: datetime.datetime) -> Outcome:
    """Cast what two people read the same, or set it aside where it is against the rules."""
    entry.delete()
    chosen = {part: found for part, found in marks.items() if found}
    try:
        cast(round_, code, chosen, channel=Channel.PAPER, at=at)
    except WrongMarks:
        one_aside(round_, entry.pile, AsideReason.INVALID)
        return Outcome.INVALID
    return Outcome.COUNTED


def _record(verb: str, round_: BudgetRound, facts: dict[str, str], *, by: Person, at: datetime.datetime) -> None:
    record(verb, room="budgets", thing=round_.thing, by=by.uuid, at=at, duty=duty_of(by), payload=facts)
