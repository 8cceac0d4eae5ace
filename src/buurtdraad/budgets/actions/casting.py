"""Casting a vote: one transaction that writes that a code voted, and what was chosen. The record keeps a number a day, nothing else.

Changing a vote until closing is casting it again: the same code gives the same keys, and its ballot is written over.
"""

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from buurtdraad.budgets import ballots, keys, secrecy
from buurtdraad.budgets.models import Ballot, BudgetRound
from buurtdraad.budgets.queries.casting import BallotSheet, ballot_sheet, is_open, weighs_channels
from buurtdraad.budgets.queries.casting_words import all_words
from buurtdraad.budgets.secrecy import Ids
from buurtdraad.budgets.states import Channel, RoundStage
from buurtdraad.lib.refusal import Refused

# Closing writes the row of the round: it waits until casts that hold it are through, and casts after it see that it is closed.
STAGE_HELD = "SELECT stage FROM budgets_budgetround WHERE id = %s FOR SHARE"
# Who holds a code, and their line held until the end: of fifty at once with one code each waits for the one before.
VOTER_HELD = """
    SELECT voter.used, voter.channel, area.code FROM budgets_register AS voter JOIN places_area AS area ON area.id = voter.area_id
    WHERE voter.register_id = %s AND voter.round_id = %s FOR UPDATE OF voter
"""
# A vote that was changed. One row for a round, a day and a channel; one statement, so that fifty at once each count.
CHANGED = """
    INSERT INTO budgets_castday AS d (round_id, day, channel, number, changed) VALUES (%(round)s, %(day)s, %(counted)s, 0, 1)
    ON CONFLICT (round_id, day, channel) DO UPDATE SET changed = d.changed + 1
"""
# A first vote, in one go to the database: the ballot, the line of the voter, and the number of the day.
FIRST = """
    WITH voted AS (
        UPDATE budgets_register SET used = true, receipt = %(receipt)s WHERE register_id = %(register)s
    ), cast_now AS (
        INSERT INTO budgets_ballot (ballot_id, round_id, marks, channel) VALUES (%(ballot)s, %(round)s, %(marks)s, %(channel)s)
    )
    INSERT INTO budgets_castday AS d (round_id, day, channel, number, changed)
    VALUES (%(round)s, %(day)s, %(counted)s, 1, 0)
    ON CONFLICT (round_id, day, channel) DO UPDATE SET number = d.number + 1
"""


class UnknownCode(Refused):
    """No voter of this round holds it."""

    def __init__(self) -> None:
        super().__init__(_("We do not know this code. Look at your letter and type it again, or call us."))


class Closed(Refused):
    """Voting did not begin, or it has ended."""

    def __init__(self) -> None:
        super().__init__(_("You cannot vote in this round now."))


class AlreadyVoted(Refused):
    """The code of a paper ballot voted before: the paper is set aside."""

    def __init__(self) -> None:
        super().__init__(_("This code has voted already. Set this ballot aside."))


class WrongMarks(Refused):
    """The ballot is against the rules of the round, or a plan was taken back. `problems` says what; the words are all of it."""

    def __init__(self, problems: list[ballots.Problem], sheet: BallotSheet) -> None:
        self.problems, self.words = problems, all_words(problems, sheet.rules, sheet.titles)
        super().__init__(" ".join(self.words))


class Held(NamedTuple):
    """The line of a voter: whether they voted, how they got their code, and the code of their area."""

    used: bool
    channel: str
    area: str


class Casted(NamedTuple):
    """What a voter hears: the receipt in words, and whether they had voted before."""

    receipt: str
    changed: bool


def cast(round_: BudgetRound, code: str, marks: Mapping[str, Mapping[str, int]], *, channel: str = "", at: datetime.datetime) -> str:
    """`cast_vote`, and only the receipt of it."""
    return cast_vote(round_, code, marks, channel=channel, at=at).receipt


@transaction.atomic
def cast_vote(
    round_: BudgetRound, code: str, marks: Mapping[str, Mapping[str, int]], *, channel: str = "", at: datetime.datetime
) -> Casted:
    """Cast or change the vote of a code (as `secrecy.normalised` gives it).

    `marks` as in `Ballot.marks`; a budget that is not named is left open. `channel` where it is not the one of the code: help or paper.
    `at` is a moment by the database's clock. Everything is checked again here. Of fifty at once with one code each is a change of the
    one before. Raises `UnknownCode`, `Closed`, `WrongMarks`, for paper `AlreadyVoted`, and `NoKey`.
    """
    if not takes_votes(round_, channel, at) or not still_votes(round_):
        raise Closed
    ids = secrecy.ids_of(keys.key_of(round_), code)
    voter = voter_held(round_, ids)
    if channel == Channel.PAPER and voter.used:
        raise AlreadyVoted
    sheet = ballot_sheet(round_, in_full=False).of(voter.area)
    if problems := ballots.problems(sheet.rules, sheet.printed if channel == Channel.PAPER else sheet.budgets, marks):
        raise WrongMarks(problems, sheet)
    there = ballots.tidy(ballots.still_there(sheet.budgets, marks), sheet.budgets)
    counted = channel or voter.channel
    kept = counted if weighs_channels(round_.sheet) else ""
    facts = {"round": round_.pk, "day": timezone.localdate(at), "counted": counted}
    if voter.used:
        _change(ids, there, kept, facts)
    else:
        names = {"register": ids.register_id, "ballot": ids.ballot_id, "receipt": ids.receipt}
        _run(FIRST, facts | names | {"marks": Jsonb(there), "channel": kept})
    return Casted(secrecy.receipt_words(ids.receipt), voter.used)


def takes_votes(round_: BudgetRound, channel: str, at: datetime.datetime) -> bool:
    """Whether a vote may come in at this moment. Paper that came in time is typed until its own last day."""
    if channel != Channel.PAPER:
        return is_open(round_, at)
    sheet = round_.sheet
    return bool(sheet.vote_from and sheet.paper_until and sheet.vote_from <= at and timezone.localdate(at) <= sheet.paper_until)


def still_votes(round_: BudgetRound) -> bool:
    """Whether the round is not closed, and hold that so until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(STAGE_HELD, [round_.pk])
        found = cursor.fetchone()
    return bool(found and found[0] == RoundStage.VOTING)


def voter_held(round_: BudgetRound, ids: Ids) -> Held:
    """Who holds a code, locked until the end of the transaction. Raises `UnknownCode`."""
    with connection.cursor() as cursor:
        cursor.execute(VOTER_HELD, [ids.register_id, round_.pk])
        found = cursor.fetchone()
    if found is None:
        raise UnknownCode
    return Held(*found)


def _change(ids: Ids, marks: dict[str, dict[str, int]], channel: str, facts: Mapping[str, Any]) -> None:
    """Another vote of the same code. The same one sent twice is no change."""
    if Ballot.objects.filter(ballot_id=ids.ballot_id).exclude(marks=marks).update(marks=marks, channel=channel):
        _run(CHANGED, facts)


def _run(statement: str, facts: Mapping[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
