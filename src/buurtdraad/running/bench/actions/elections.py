"""Rounds like those of the demo with many ballots: counted ones, and one in which people vote. Only for measuring."""

from typing import Any

from django.utils import timezone

from buurtdraad.budgets.actions.closing import keep
from buurtdraad.budgets.actions.counted import count
from buurtdraad.budgets.keys import make_key
from buurtdraad.budgets.models import (
    Ballot,
    BudgetRound,
    CastDay,
    Claim,
    Counted,
    FrozenBallot,
    PaperEntry,
    Part,
    Register,
)  # fmt: skip
from buurtdraad.budgets.states import RESULT, RoundStage
from buurtdraad.running.bench.actions import copying
from buurtdraad.running.bench.actions.copying import Tree, run

# What has keys of its own kind, or has to be made of the ballots.
SECRET = (Ballot, Claim, Counted, FrozenBallot, PaperEntry, Register)
# Ballots as people cast them in the demo, in another order and number.
FROZEN = """
WITH known AS (SELECT array_agg(marks ORDER BY id) AS marks FROM budgets_frozenballot WHERE part_id = %(like)s)
INSERT INTO budgets_frozenballot (id, part_id, marks, channel)
SELECT md5(%(part)s || ':' || n)::uuid, %(part)s, marks[1 + n * 7919 %% cardinality(marks)], ''
FROM known, generate_series(1, %(count)s::bigint) AS n
"""
CAST = """
WITH known AS (SELECT array_agg(marks ORDER BY ballot_id) AS marks FROM budgets_ballot WHERE round_id = %(like)s),
used AS (
    INSERT INTO budgets_register (register_id, round_id, channel, area_id, age_band, reference, used, receipt)
    SELECT sha256(convert_to('r' || %(round)s || ':' || n, 'UTF8')), %(round)s, 'post', area_id, '', 'B' || n, true,
        substr(sha256(convert_to('t' || n, 'UTF8')), 1, length)
    FROM generate_series(1, %(count)s::bigint) AS n, (SELECT area_id FROM budgets_budgetround WHERE id = %(round)s) AS here,
        (SELECT coalesce(max(octet_length(receipt)), 8) AS length FROM budgets_register) AS lengths
), counted AS (
    INSERT INTO budgets_castday (round_id, day, channel, number, changed) VALUES (%(round)s, current_date - 1, 'post', %(count)s, 0)
)
INSERT INTO budgets_ballot (ballot_id, round_id, marks, channel, area_id)
SELECT sha256(convert_to('b' || %(round)s || ':' || n, 'UTF8')), %(round)s, marks[1 + n * 7919 %% cardinality(marks)], 'post', NULL
FROM known, generate_series(1, %(count)s::bigint) AS n
"""


def hold_elections(rounds: int, ballots: int) -> None:
    """So many rounds with so many ballots together: in the last of them people vote, the others are over."""
    each = ballots // rounds
    over = BudgetRound.objects.filter(stage__in=sorted(RESULT)).order_by("pk")[0]
    voting = BudgetRound.objects.filter(stage=RoundStage.VOTING).order_by("pk")[0]
    for model, numbers, like in ((over, rounds - 1, over), (voting, 1, voting)):
        before = set(BudgetRound.objects.values_list("pk", flat=True))
        copying.copy(Tree(BudgetRound, without=(*SECRET, CastDay) if like is voting else SECRET, among=f"id = {model.pk}"), numbers)
        for made in BudgetRound.objects.exclude(pk__in=before):
            vote(made, like=like, number=each)
        run("DROP TABLE bench_copy_budgets_budgetround")
    run("ANALYZE budgets_frozenballot, budgets_ballot, budgets_register, budgets_budgetplan")


def vote(made: BudgetRound, *, like: BudgetRound, number: int) -> None:
    """Ballots of a round that was copied: cast, or frozen and counted."""
    if made.stage == RoundStage.VOTING:
        make_key(made)
        run(CAST, {"round": made.pk, "like": like.pk, "count": number})
        return
    at = timezone.now()
    for part, first in zip(Part.objects.filter(round=made).order_by("pk"), Part.objects.filter(round=like).order_by("pk"), strict=True):
        run(FROZEN, {"part": part.pk, "like": first.pk, "count": number})
        facts = first.counted
        times = number / max(1, facts.ballots)
        keep(part, plans=facts.plans, rule=facts.rule, turnout=multiplied(facts.turnout, times), receipts=[])
    count(made, at=at)
    # The second count of so many takes hours, as in a real city.
    Counted.objects.filter(part__round=made).update(verified_at=at)


def multiplied(facts: Any, times: float) -> Any:
    """The same facts with each number so many times as large."""
    if isinstance(facts, dict):
        return {name: multiplied(fact, times) for name, fact in facts.items()}
    if isinstance(facts, list):
        return [multiplied(fact, times) for fact in facts]
    return round(facts * times) if isinstance(facts, int) and not isinstance(facts, bool) else facts
