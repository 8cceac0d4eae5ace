"""Counting what was frozen, and counting it a second time with another program. Both in the worker: a web process never counts."""

import contextlib
import datetime
from dataclasses import replace
from functools import partial
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.budgets.actions.steps import hold, note
from buurtdraad.budgets.keys import destroy_key
from buurtdraad.budgets.models import BudgetRound, Counted
from buurtdraad.budgets.queries import closing as queries
from buurtdraad.budgets.queries.counted import as_facts, counted_parts, election_of, result_from
from buurtdraad.budgets.queries.verifying import differences, takes_long
from buurtdraad.budgets.tally.election import Election
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.lib.refusal import Refused


class NotFrozen(Refused):
    """There is nothing to count: the round is not closed."""


@transaction.atomic
def count(round_: BudgetRound, *, at: datetime.datetime) -> list[Counted]:
    """Count every budget of a closed round that was not counted yet, explain it, and lay another rule beside it. Raises `NotFrozen`."""
    held = hold(round_)
    parts = counted_parts(held)
    if not parts:
        raise NotFrozen(_("First the round is closed."))
    for one in (one for one in parts if one.counted_at is None):
        election, rule = election_of(one.part), Rule.from_dict(one.rule)
        found = explained(election, rule)
        Counted.objects.filter(pk=one.pk, counted_at__isnull=True).update(
            result=found["result"], explanation=found["explanation"], beside=explained(election, other_rule(rule)), counted_at=at
        )
        note("budget_round.counted", held, by=None, at=at, payload={"part": one.part.name, "winners": found["winners"]})
    return counted_parts(held)


def explained(election: Election, rule: Rule) -> dict[str, Any]:
    """What a rule makes of an election, as plain facts."""
    from buurtdraad.budgets.tally.count import count as tally  # noqa: PLC0415 (numpy: the worker only)
    from buurtdraad.budgets.tally.explain import explain  # noqa: PLC0415

    result = tally(election, rule)
    return {
        "rule": rule.to_dict(),
        "winners": list(result.winners),
        "result": as_facts(result),
        "explanation": as_facts(explain(election, rule, result)),
    }


def other_rule(rule: Rule) -> Rule:
    """What is laid beside the count: most votes first, and beside that equal shares; thresholds and exclusions stay."""
    if rule.kind == "equal-shares":
        return replace(rule, kind="greedy", order="votes")
    return replace(rule, kind="equal-shares", utility="cost", completion="add1", order="")


def verify(round_: BudgetRound, *, at: datetime.datetime) -> bool:
    """Count again with the second program, and look whether the files still have the hashes that were published.

    Equal for every budget: said so, and the key of the round is of no use any more. Otherwise what differs is kept, for staff to see,
    and the result is shown to nobody else. That takes minutes for some hundreds of voters and hours for many thousands, so the round is not
    held meanwhile: what is frozen cannot change. Returns whether all is equal. Raises `NotFrozen`.
    """
    parts = counted_parts(round_)
    if not parts or any(one.counted_at is None for one in parts):
        raise NotFrozen(_("First the round is counted."))
    for one in (one for one in parts if one.verified_at is None):
        keep_verdict(one, differences(one), at=at)
    return queries.all_verified(round_)


@transaction.atomic
def keep_verdict(one: Counted, wrong: list[str], *, at: datetime.datetime) -> None:
    """Write down what the second program found, once."""
    held = hold(one.part.round)
    rows = Counted.objects.filter(pk=one.pk, verified_at__isnull=True)
    if wrong:
        rows.update(differs=" ".join(wrong)[:300])
        note("budget_round.count_differs", held, by=None, at=at, payload={"part": one.part.name})
    elif rows.update(verified_at=at, differs=""):
        note("budget_round.verified", held, by=None, at=at, payload={"part": one.part.name, "hash": one.whole_hash})
    if queries.all_verified(held):
        transaction.on_commit(partial(forget_key, held))


def forget_key(round_: BudgetRound) -> None:
    """From here on nobody can join who voted and what was voted, not even with a code. A process without a place for keys made none."""
    with contextlib.suppress(ImproperlyConfigured):
        destroy_key(round_)


def count_due(*, at: datetime.datetime) -> int:
    """Count what was frozen; how many rounds."""
    rounds = {one.part.round_id: one.part.round for one in queries.to_count()}
    for round_ in rounds.values():
        count(round_, at=at)
    return len(rounds)


def verify_due(*, at: datetime.datetime) -> int:
    """Check what was counted, as far as the worker has the time for it (`queries.verifying.takes_long`); how many rounds."""
    waiting = list(queries.to_verify())
    too_long = {one.part.round_id for one in waiting if takes_long(one)}
    rounds = {one.part.round_id: one.part.round for one in waiting if one.part.round_id not in too_long}
    for round_ in rounds.values():
        verify(round_, at=at)
    for round_ in queries.without_use_for_keys():
        forget_key(round_)
    return len(rounds)


def winners_of(one: Counted) -> tuple[str, ...]:
    """Numbers of the plans that won, in order of purchase."""
    return result_from(one.result).winners if one.result else ()
