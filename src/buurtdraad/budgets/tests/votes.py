"""Voters and their ballots, straight into the tables, for the tests of what comes after."""

import datetime
import secrets
from collections.abc import Sequence

from django.utils import timezone

from buurtdraad.budgets.models import Ballot, BudgetRound, Register
from buurtdraad.budgets.states import Channel

type Marks = dict[str, dict[str, int]]


def chosen(*numbers: int) -> Marks:
    """A ballot of a round with one budget that chooses these plans."""
    return {"1": {str(number): 1 for number in numbers}}


def cast(round_: BudgetRound, marks: Marks, *, channel=Channel.POST, area=None, age="", weighed=False) -> Ballot:
    """One voter with a ballot."""
    Register.objects.create(
        register_id=secrets.token_bytes(32), round=round_, channel=channel, area=area or round_.area, age_band=age,
        reference=secrets.token_hex(6), used=True, receipt=secrets.token_bytes(32),
    )  # fmt: skip
    return Ballot.objects.create(ballot_id=secrets.token_bytes(32), round=round_, marks=marks, channel=channel if weighed else "")


def cast_all(round_: BudgetRound, ballots: Sequence[tuple[int, Sequence[int]]], **facts) -> None:
    """So many voters for each choice: `[(10, (1, 2)), (3, ())]`."""
    for number, plans in ballots:
        for _each in range(number):
            cast(round_, chosen(*plans), **facts)


def give_codes(round_: BudgetRound, number: int, *, channel=Channel.POST) -> None:
    """Codes that nobody used."""
    for _each in range(number):
        Register.objects.create(
            register_id=secrets.token_bytes(32), round=round_, channel=channel, area=round_.area, reference=secrets.token_hex(6)
        )


def over(*, paper_days=-1) -> dict:
    """What the sheet of a round says of which the last moment to vote was a minute ago: `make_round(**over())`.

    The last day for paper was yesterday, or is `paper_days` from today.
    """
    now = timezone.now()
    return {
        "vote_until": now - datetime.timedelta(minutes=1), "paper_until": timezone.localdate(now) + datetime.timedelta(days=paper_days)
    }  # fmt: skip
