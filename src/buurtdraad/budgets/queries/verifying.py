"""Whether what was published is what was frozen, and whether a second program counts the same. Reads only."""

from collections.abc import Iterator
from fractions import Fraction

from buurtdraad.budgets.models import Counted
from buurtdraad.budgets.queries import files
from buurtdraad.budgets.queries.counted import election_of, result_from
from buurtdraad.budgets.tally.election import Election
from buurtdraad.budgets.tally.result import Result
from buurtdraad.budgets.tally.rule import Rule

# A second count looks at every voter and every plan in every step, at some 8 to 30 millionths of a second each: so many are two minutes.
MOST_LOOKS = 5_000_000


def takes_long(one: Counted) -> bool:
    """Whether the second count takes longer than the worker may be kept from its other work: then `./run verify_round` does it."""
    steps = (one.result or {}).get("steps", 0)
    return (steps + 1) * one.ballots * len(one.plans) > MOST_LOOKS


def differences(one: Counted) -> list[str]:
    """What is wrong with a count, in plain English for who looks after the program; empty when all is equal."""
    return [*wrong_hashes(one), *wrong_count(one)]


def wrong_hashes(one: Counted) -> Iterator[str]:
    """Files that are no longer what was published."""
    if one.part.frozen.exists() or not one.ballots:
        ballots = files.sha256(files.ballots_csv(one.part, with_channel=files.weighs_channels(one.rule)))
        if ballots != one.ballots_hash:
            yield "The ballots are not those that were frozen."
    if files.sha256(iter([files.plans_csv(one.plans)])) != one.plans_hash:
        yield "The plans are not those that were frozen."
    if files.sha256(iter([files.rule_json(one.rule, one.budget)])) != one.rule_hash:
        yield "The rule is not the one that was frozen."
    if files.sha256(iter([files.sums(one.ballots_hash, one.plans_hash, one.rule_hash)])) != one.whole_hash:
        yield "The hashes are not those that were published."


def wrong_count(one: Counted) -> Iterator[str]:
    """Where the second program finds something else. Nothing can be counted again when the ballots are past their time."""
    if not one.part.frozen.exists() and one.ballots:
        return
    from buurtdraad.budgets.tally.recount import recount  # noqa: PLC0415 (used by the worker and commands only)

    election, rule = election_of(one.part), Rule.from_dict(one.rule)
    first, second = result_from(one.result or {}), recount(election, rule)
    if first.winners != second.winners:
        yield f"Winners: {', '.join(first.winners) or 'none'} and {', '.join(second.winners) or 'none'}."
    if first.cost != second.cost:
        yield f"Cost: {first.cost} and {second.cost} cents."
    if (first.endowment_start, first.endowment_end) != (second.endowment_start, second.endowment_end):
        yield f"Money of a voter: {first.endowment_start} to {first.endowment_end}, and {second.endowment_start} to {second.endowment_end}."
    if paid_of(election, rule, first) != {plan: paid for plan, paid in second.payments.items() if paid}:
        yield "What voters paid is not the same."


def paid_of(election: Election, rule: Rule, result: Result) -> dict[str, dict[Fraction, Fraction]]:
    """Per winner that somebody paid for: how many voters paid which amount."""
    from buurtdraad.budgets.tally.payments import payments  # noqa: PLC0415 (numpy)

    return {plan: {paid.amount: paid.voters for paid in found} for plan, found in payments(election, rule, result).items()}
