"""One process that counts one election, and says on stdout what it cost: CPU seconds, peak memory, winners. Only used by `tally`.

`python -m buurtdraad.running.bench.counting ours|pabutools FILE`, or `... made VOTERS PLANS [FILE]`: of a made-up election, which is
also written to FILE.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from buurtdraad.budgets.tally.count import count
from buurtdraad.budgets.tally.election import Ballots, Election, Plan
from buurtdraad.budgets.tally.pabulib import read
from buurtdraad.budgets.tally.rule import Rule

MEGABYTE = 1024  # of the kilobytes that Linux counts peak memory in
DISTRICTS = 10
MOST_MARKS = 10


def ours(path: str) -> dict[str, Any]:
    """Read a file, count it by our usual rule, and (for pabutools, which stops so) by the other stop."""
    reading, took = timed(lambda: read(path))
    rule = Rule() if reading.election.ballots.points is None else Rule(utility="points")
    usual, seconds = timed(lambda: count(reading.election, rule))
    peak = memory()
    exhaustive = count(reading.election, replace(rule, stop="exhaustive"))
    return {
        "read": took,
        "seconds": seconds,
        "memory": peak,
        "winners": sorted(exhaustive.winners),
        "steps": usual.steps,
        "voters": sum(reading.election.ballots.numbers),
        "plans": len(reading.election.plans),
    }


def pabutools(path: str) -> dict[str, Any]:
    """The same file by pabutools: a requirement of the tests only."""
    from pabutools.election import Additive_Cardinal_Sat, Cost_Sat, parse_pabulib  # noqa: PLC0415
    from pabutools.rules import method_of_equal_shares  # noqa: PLC0415

    (instance, profile), took = timed(lambda: parse_pabulib(path))
    satisfaction = Additive_Cardinal_Sat if instance.meta["vote_type"] in ("cumulative", "scoring") else Cost_Sat
    won, seconds = timed(lambda: method_of_equal_shares(instance, profile, sat_class=satisfaction, voter_budget_increment=1))
    return {"read": took, "seconds": seconds, "memory": memory(), "winners": sorted(map(str, won))}


def made(voters: str, plans: str, path: str = "") -> dict[str, Any]:
    """Count a made-up election from its arrays; write it to `path` where that is asked."""
    election = made_up(int(voters), int(plans))
    before = memory()
    result, seconds = timed(lambda: count(election, Rule()))
    if path:
        write(election, Path(path))
    return {"seconds": seconds, "memory": memory(), "arrays": before, "steps": result.steps, "winners": list(result.winners)}


def made_up(voters: int, plans: int) -> Election:
    """A city of districts: everybody marks 1 to 10 plans, most from their own district, popular ones more often. Always the same one."""
    chance = np.random.default_rng(2026)
    costs = (chance.lognormal(9.5, 0.8, plans) // 100 * 100 + 500).astype(int)
    wanted = chance.integers(1, MOST_MARKS + 1, voters)
    voter = np.repeat(np.arange(voters), wanted)
    popular = (chance.random(len(voter)) ** 2 * plans).astype(int)
    own = chance.random(len(voter)) < 0.7
    plan = np.where(own, popular // DISTRICTS * DISTRICTS + voter % DISTRICTS, popular) % plans
    pairs = np.unique(voter * plans + plan)  # nobody marks a plan twice
    lengths = np.bincount(pairs // plans, minlength=voters)
    ballots = Ballots(np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64), (pairs % plans).astype(np.int32))
    listed = tuple(Plan(str(number), int(cost)) for number, cost in enumerate(costs, 1))
    return Election(listed, int(costs.sum()) // 4, ballots)


def write(election: Election, path: Path) -> None:
    """The same election as a Pabulib file."""
    marks, starts = np.asarray(election.ballots.marks) + 1, election.ballots.starts.tolist()
    names = [str(mark) for mark in marks.tolist()]
    with path.open("w") as out:
        out.write(f"META\nkey;value\nbudget;{election.budget}\nvote_type;approval\nPROJECTS\nproject_id;cost\n")
        out.writelines(f"{plan.id};{plan.cost}\n" for plan in election.plans)
        out.write("VOTES\nvoter_id;vote\n")
        out.writelines(f"v{row};{','.join(names[starts[row] : starts[row + 1]])}\n" for row in range(len(starts) - 1))


def timed[T](work: Callable[[], T]) -> tuple[T, float]:
    began = time.process_time()
    done = work()
    return done, time.process_time() - began


def memory() -> float:
    """The most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE


def main(arguments: Sequence[str]) -> None:
    parts: dict[str, Callable[..., dict[str, Any]]] = {"ours": ours, "pabutools": pabutools, "made": made}
    json.dump(parts[arguments[0]](*arguments[1:]), sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
