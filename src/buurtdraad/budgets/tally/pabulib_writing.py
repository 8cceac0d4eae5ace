"""Write an election as a Pabulib file, as `pabulib-checker` wants it. Imports no numpy.

What the checker refuses in any file, we cannot help: a plan that costs nothing, and a plan that costs more than the budget.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TextIO

from buurtdraad.budgets.tally.election import Election, Plan
from buurtdraad.budgets.tally.rule import Rule

# The order in which the format has them.
FACTS = (
    "description", "country", "unit", "district", "subunit", "instance", "num_projects", "num_votes", "budget", "vote_type", "rule",
    "date_begin", "date_end", "min_length", "max_length", "min_sum_cost", "max_sum_cost", "min_points", "max_points",
    "min_sum_points", "max_sum_points", "edition", "language", "currency", "fully_funded", "comment",
)  # fmt: skip
# What a name may differ in; every other choice has to be the usual one.
NAMED: dict[str, Any] = {"kind": "equal-shares", "utility": "cost", "completion": "add1", "misfit": "skip", "order": ""}
SCORED = ("cumulative", "scoring")
BLANKS_LEFT_OUT = "{number} blank ballots are left out."


@dataclass(frozen=True)
class Vote:
    """One row of the votes: an id that says nothing about who it is, ids of plans (best first), points beside them, and the channel."""

    voter: str
    marks: Sequence[str]
    points: Sequence[int] | None = None
    method: str = ""


def write(
    to: TextIO,
    election: Election,
    votes: Iterable[Vote],
    meta: Mapping[str, str],
    *,
    vote_type: str,
    rule: Rule | None = None,
    winners: Sequence[str] | None = None,
) -> None:
    """Write plans and budget of `election` and these votes, one row each; `to` is opened with `newline=""`.

    `meta` has what only the city knows: at least description, country, unit, instance, date_begin and date_end (DD.MM.YYYY); every
    other fact of `FACTS` may be in it. Blank votes cannot stand in such a file: they are left out, and META says how many.
    With `winners` the plans say whether they were selected.
    """
    rows, blank = [], 0
    for vote in votes:
        if vote.marks:
            rows.append(sorted_by_points(vote))
        else:
            blank += 1
    out = csv.writer(to, delimiter=";", lineterminator="\n")
    name = name_of(rule, scored=vote_type in SCORED, selected=winners is not None)
    out.writerows([["META"], ["key", "value"], *facts(election, rows, blank, {**meta, "rule": name}, vote_type)])
    out.writerow(["PROJECTS"])
    out.writerows(plans(election, rows, vote_type, winners))
    out.writerow(["VOTES"])
    out.writerows(ballots(rows, vote_type))


def sorted_by_points(vote: Vote) -> Vote:
    """The same vote with the most points first, as the format has it."""
    if vote.points is None:
        return vote
    pairs = sorted(zip(vote.points, vote.marks, strict=True), key=lambda pair: -pair[0])
    return Vote(vote.voter, [mark for _, mark in pairs], [points for points, _ in pairs], vote.method)


def facts(election: Election, rows: Sequence[Vote], blank: int, meta: Mapping[str, str], vote_type: str) -> Iterator[tuple[str, str]]:
    """The rows of META in their order."""
    comments = [text for text in (meta.get("comment"), BLANKS_LEFT_OUT.format(number=blank) if blank else "") if text]
    all_fit = sum(plan.cost for plan in election.plans) <= election.budget
    made = {
        "num_projects": str(len(election.plans)),
        "num_votes": str(len(rows)),
        "budget": money(election.budget, election.scale),
        "vote_type": vote_type,
        "currency": election.currency,
        "fully_funded": "1" if all_fit else "",
        "comment": " ".join(f"#{number}: {text}" for number, text in enumerate(comments, 1)),
    }
    if vote_type == "cumulative" and "max_sum_points" not in meta:
        made["max_sum_points"] = str(max((sum(row.points or ()) for row in rows), default=0))
    values = {**meta, **made}
    return ((key, on_one_line(values[key])) for key in FACTS if values.get(key))


def name_of(rule: Rule | None, *, scored: bool, selected: bool) -> str:
    """The word that the format has for a rule, where it has one for exactly this; "unknown" elsewhere.

    With `selected` the checker counts anew. For Equal Shares it does so in whole units and without ties, so there we do not name it.
    """
    if rule is None or replace(rule, **NAMED) != Rule():
        return "unknown"
    if rule.kind == "greedy" and rule.greedy_order == ("points" if scored else "votes"):
        return "greedy" if rule.misfit == "skip" else "greedy-no-skip"
    if rule.kind != "equal-shares" or rule.utility != "cost" or selected:
        return "unknown"
    return {"none": "equalshares", "add1": "equalshares/add1"}.get(rule.completion, "unknown")


def plans(election: Election, rows: Sequence[Vote], vote_type: str, winners: Sequence[str] | None) -> Iterator[list[str]]:
    """The header and the rows of the plans, the most votes first."""
    scored = vote_type in SCORED
    votes = dict.fromkeys((plan.id for plan in election.plans), 0)
    score = dict(votes)
    for row in rows:
        for mark, points in zip(row.marks, row.points or [1] * len(row.marks), strict=True):
            votes[mark] += 1
            score[mark] += points
    labelled = any(plan.labels for plan in election.plans)
    yield [
        *("project_id", "cost", "votes"), *(["score"] if scored else []), "name",
        *(["category"] if labelled else []), *([] if winners is None else ["selected"]),
    ]  # fmt: skip
    chosen = set(winners or ())

    def row_of(plan: Plan) -> list[str]:
        own = [plan.id, money(plan.cost, election.scale), str(votes[plan.id]), *([str(score[plan.id])] if scored else [])]
        labels = [",".join(on_one_line(label).replace(",", " ") for label in plan.labels)] if labelled else []
        return [*own, on_one_line(plan.name) or plan.id, *labels, *([] if winners is None else [str(int(plan.id in chosen))])]

    yield from map(row_of, sorted(election.plans, key=lambda plan: (-(score if scored else votes)[plan.id], plan.id)))


def ballots(rows: Sequence[Vote], vote_type: str) -> Iterator[list[str]]:
    """The header and the rows of the votes."""
    points, methods = vote_type in SCORED, any(row.method for row in rows)
    yield ["voter_id", "vote", *(["points"] if points else []), *(["voting_method"] if methods else [])]
    for row in rows:
        given = [",".join(map(str, row.points or [1] * len(row.marks)))] if points else []
        yield [row.voter, ",".join(row.marks), *given, *([row.method] if methods else [])]


def money(amount: int, scale: int) -> str:
    """An amount in units of currency, exact: 8982 or 12.5."""
    units, rest = divmod(amount, scale)
    return f"{units}.{rest:0{len(str(scale)) - 1}}".rstrip("0") if rest else str(units)


def on_one_line(text: str) -> str:
    """Without line ends, and without space at the edges."""
    return " ".join(text.split())
