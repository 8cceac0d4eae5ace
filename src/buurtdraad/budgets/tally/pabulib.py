"""Read an election from a Pabulib file (pabulib.org/format): META, PROJECTS, VOTES.

Nothing is guessed: what cannot be counted is `Malformed`, with file, line and cause. Memory stays within bounds for every file.
What is taken as it is meant: a byte order mark, CRLF, a decimal comma, quotes, spaces around ids, an empty vote, a comma at the end of a
vote, a plan named twice on a ballot for approval (it counts once). Limits of META on ballots (`max_length` and such) are not enforced.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from buurtdraad.budgets.tally.election import Election, Plan
from buurtdraad.budgets.tally.pabulib_lines import Lines, Malformed
from buurtdraad.budgets.tally.pabulib_votes import VOTE_TYPES, read_votes

__all__ = ["Malformed", "Reading", "read"]

AMOUNT = re.compile(r"([0-9]{1,12})(?:[.,]([0-9]{1,20}))?")
MOST_DECIMALS = 4
MOST_FACTS, MOST_PLANS = 1_000, 20_000
SECTIONS = ("META", "PROJECTS", "VOTES")
LABEL_COLUMNS = ("category", "categories", "neighborhood", "subunit", "district")


@dataclass(frozen=True)
class Reading:
    """What a file holds: the election, META as it stands there, the other columns of each plan, and what is odd about the file."""

    election: Election
    meta: Mapping[str, str]
    columns: tuple[Mapping[str, str], ...]
    notes: tuple[str, ...] = ()


def read(path: str | Path) -> Reading:
    """The election of this file. Raises `Malformed`.

    Points of an ordinal vote: the first gets as many as a ballot may be long (`max_length`, or the longest is), one less for each next.
    """
    with Lines(path) as lines:
        meta, budget = read_meta(lines)
        columns, costs = read_plans(lines)
        scale = common_scale([budget, *costs])
        plans = tuple(plan_of(row, int(cost * scale)) for row, cost in zip(columns, costs, strict=True))
        ballots, voters = read_votes(lines, meta, [plan.id for plan in plans])
    election = Election(plans, int(budget * scale), ballots, scale, meta.get("currency") or "EUR")
    return Reading(election, meta, columns, odd_numbers(meta, {"num_projects": len(plans), "num_votes": voters}))


# --- the three sections ----------------------------------------------------------------------


def read_meta(lines: Lines) -> tuple[dict[str, str], Fraction]:
    """The facts of META up to the line PROJECTS, and the budget (more than 0)."""
    row = lines.row()
    if row is None or section_of(row) != "META":
        raise lines.wrong("the file does not begin with the section META", max(lines.row_began, 1))
    meta: dict[str, str] = {}
    began: dict[str, int] = {}
    while (row := lines.row()) is not None and section_of(row) != "PROJECTS":
        key = row[0].lower()
        if section_of(row) or (key in meta):
            raise lines.wrong(f"{row[0]} stands here a second time, or too early", lines.row_began)
        if len(meta) >= MOST_FACTS:
            raise lines.wrong(f"META has more than {MOST_FACTS:,} lines")
        meta[key], began[key] = (row[1] if len(row) > 1 else ""), lines.row_began
    if row is None:
        raise lines.wrong("the section PROJECTS is missing")
    for key in ("budget", "vote_type"):
        if not meta.get(key):
            raise lines.wrong(f"META has no {key}", began.get(key, lines.row_began))
    meta.pop("key", None)
    if meta["vote_type"] not in VOTE_TYPES:
        raise lines.wrong(f"vote_type is {shown(meta['vote_type'])}, not one of {', '.join(VOTE_TYPES)}", began["vote_type"])
    budget = amount(lines, meta["budget"], "the budget", began["budget"])
    if not budget:
        raise lines.wrong("the budget is 0, so there is nothing to divide", began["budget"])
    return meta, budget


def read_plans(lines: Lines) -> tuple[tuple[dict[str, str], ...], list[Fraction]]:
    """The columns of each plan up to the line VOTES, and their costs."""
    header = read_header(lines, "project_id", "cost")
    columns: list[dict[str, str]] = []
    costs: list[Fraction] = []
    ids: set[str] = set()
    while (row := lines.row()) is not None and section_of(row) != "VOTES":
        if section_of(row):
            raise lines.wrong(f"the section {row[0]} does not belong here", lines.row_began)
        if len(columns) >= MOST_PLANS:
            raise lines.wrong(f"there are more than {MOST_PLANS:,} plans")
        plan = dict(zip(header, fitting(lines, row, header), strict=True))
        check_id(lines, plan["project_id"], ids)
        ids.add(plan["project_id"])
        costs.append(amount(lines, plan["cost"], f"the cost of plan {shown(plan['project_id'])}", lines.row_began))
        columns.append(plan)
    if row is None:
        raise lines.wrong("the section VOTES is missing")
    return tuple(columns), costs


def read_header(lines: Lines, *needed: str) -> list[str]:
    """The names of the columns of a section."""
    row = lines.row()
    if row is None:
        raise lines.wrong("the file ends where the names of columns belong")
    header = [name.lower() for name in row]
    if missing := [name for name in needed if name not in header]:
        raise lines.wrong(f"there is no column {' and no column '.join(missing)}", lines.row_began)
    if len(set(header)) != len(header):
        raise lines.wrong("two columns have the same name", lines.row_began)
    return header


def section_of(row: Sequence[str]) -> str:
    """Which section begins on this row, if one does."""
    return row[0].upper() if row[0].upper() in SECTIONS and not any(row[1:]) else ""


def fitting(lines: Lines, row: list[str], header: list[str]) -> list[str]:
    """As many cells as there are columns: empty ones at the end may be left out, or be too many."""
    if any(row[len(header) :]):
        raise lines.wrong(f"this row has {len(row)} cells for {len(header)} columns: put a text with ; in quotes", lines.row_began)
    return (row + [""] * len(header))[: len(header)]


def check_id(lines: Lines, plan_id: str, earlier: set[str]) -> None:
    """An id can be named on a ballot, and only one plan has it."""
    if not plan_id or "," in plan_id or ";" in plan_id or not plan_id.isprintable():
        raise lines.wrong(f"{shown(plan_id)} cannot be the id of a plan", lines.row_began)
    if plan_id in earlier:
        raise lines.wrong(f"plan {shown(plan_id)} stands here a second time", lines.row_began)


# --- numbers and names -----------------------------------------------------------------------


def amount(lines: Lines, text: str, what: str, line: int) -> Fraction:
    """An amount of money from 0, exact. A comma is a decimal comma."""
    match = AMOUNT.fullmatch(text)
    decimals = (match[2] or "").rstrip("0") if match else ""
    if not match or len(decimals) > MOST_DECIMALS:
        raise lines.wrong(f"{what} is {shown(text)}, not an amount from 0 to 999,999,999,999 with at most {MOST_DECIMALS} decimals", line)
    return Fraction(f"{match[1]}.{decimals or 0}")


def common_scale(amounts: Sequence[Fraction]) -> int:
    """How many of the smallest unit make one: 1 where all are whole, 100 for cents."""
    whole = [1, 100, 1_000, 10_000]
    return next(scale for scale in whole if all((amount * scale).denominator == 1 for amount in amounts))


def plan_of(row: Mapping[str, str], cost: int) -> Plan:
    """A plan with its name as it may be shown, and the labels that caps and earmarks go by."""
    labels = [label.strip() for column in LABEL_COLUMNS for label in row.get(column, "").split(",")]
    return Plan(row["project_id"], cost, printable(row.get("name", "")), tuple(dict.fromkeys(filter(None, labels))))


def printable(text: str) -> str:
    """On one line and without control characters: a name must not be able to steer a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def shown(text: str) -> str:
    """A piece of the file inside a sentence, short."""
    return repr(text if len(text) <= 60 else f"{text[:57]}...")


def odd_numbers(meta: Mapping[str, str], counted: Mapping[str, int]) -> tuple[str, ...]:
    """Where META says another number than the file holds: it may be a part of a file."""
    return tuple(
        f"META says {key} {shown(meta[key])}, and there are {number}."
        for key, number in counted.items()
        if meta.get(key) and meta[key] != str(number)
    )
