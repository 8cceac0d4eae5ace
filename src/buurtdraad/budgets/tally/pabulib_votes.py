"""The section VOTES of a Pabulib file: up to millions of rows, so a loop over bytes that looks up equal votes only once."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from buurtdraad.budgets.tally.election import Ballots
from buurtdraad.budgets.tally.pabulib_lines import Lines

APPROVING, WITH_POINTS = ("approval", "choose-1"), ("cumulative", "scoring")
VOTE_TYPES = (*APPROVING, *WITH_POINTS, "ordinal")
# Bounds on memory: votes that are remembered to recognise equal ones, and marks on all ballots together.
MOST_REMEMBERED, LONGEST_REMEMBERED = 200_000, 1_000
MOST_MARKS = 40_000_000
MOST_POINTS = 10**9
MOST_CHANNELS = 1_000


@dataclass(frozen=True)
class Columns:
    """Where the cells stand that matter; -1 where there is none."""

    voter: int
    vote: int
    points: int
    channel: int
    number: int


def read_votes(lines: Lines, meta: Mapping[str, str], ids: Sequence[str]) -> tuple[Ballots, int]:
    """All ballots, and how many voters there are. Raises `Malformed`."""
    columns = read_columns(lines, meta["vote_type"])
    votes = Votes(lines, columns, meta["vote_type"], ids)
    began = lines.number
    for line in lines.raw:
        cells = votes.cells(line)
        if cells:
            votes.add(cells)
    refuse_double_voters(lines, votes, began)
    return votes.ballots(meta), len(votes.voters)


def read_columns(lines: Lines, vote_type: str) -> Columns:
    """The header of the votes."""
    row = lines.row()
    header = [name.lower() for name in row or []]
    needed = ["voter_id", "vote", *(["points"] if vote_type in WITH_POINTS else [])]
    if missing := [name for name in needed if name not in header]:
        raise lines.wrong(f"the votes have no column {' and no column '.join(missing)}", lines.row_began if row else None)
    if len(set(header)) != len(header):
        raise lines.wrong("two columns have the same name", lines.row_began)
    points = header.index("points") if vote_type in WITH_POINTS else -1
    channel = header.index("voting_method") if "voting_method" in header else -1
    return Columns(header.index("voter_id"), header.index("vote"), points, channel, len(header))


class Votes:
    """Ballots as they are read, in columns; equal votes become one ballot with a number."""

    def __init__(self, lines: Lines, columns: Columns, vote_type: str, ids: Sequence[str]) -> None:
        self.lines, self.columns, self.vote_type = lines, columns, vote_type
        self.places = {plan_id.encode(): place for place, plan_id in enumerate(ids)}
        self.starts, self.marks, self.points = array("q", [0]), array("i"), array("q")
        self.numbers, self.channels, self.voters = array("q"), array("i"), array("q")
        self.channel_names: dict[bytes, int] = {}
        self.remembered: dict[tuple[bytes, ...], int] = {}

    def cells(self, line: bytes) -> list[bytes] | None:
        """The cells of one row, None for an empty line."""
        row = line.rstrip()
        if not row:
            return None
        cells = [cell.encode() for cell in self.lines.cells_of(line)] if b'"' in row else row.split(b";")
        if len(cells) != self.columns.number:
            cells = self.fitting(cells)
        return cells

    def fitting(self, cells: list[bytes]) -> list[bytes]:
        """A row with empty cells too few or too many at the end; the cell of the vote has to be there."""
        number = self.columns.number
        if any(cells[number:]) or len(cells) <= self.columns.vote:
            raise self.lines.wrong(f"this row has {len(cells)} cells for {number} columns")
        return (cells + [b""] * number)[:number]

    def add(self, cells: list[bytes]) -> None:
        """Take in one row."""
        columns = self.columns
        voter = cells[columns.voter].strip()
        if not voter:
            raise self.lines.wrong("this vote has no voter_id")
        self.voters.append(hash(voter))
        key = (
            cells[columns.vote],
            cells[columns.points] if columns.points >= 0 else b"",
            cells[columns.channel] if columns.channel >= 0 else b"",
        )
        known = self.remembered.get(key)
        if known is not None:
            self.numbers[known] += 1
            return
        if len(self.remembered) < MOST_REMEMBERED and len(key[0]) + len(key[1]) < LONGEST_REMEMBERED:
            self.remembered[key] = len(self.numbers)
        marks = self.marked(key[0])
        if columns.points >= 0:
            self.points.extend(self.given(key[1], len(marks)))
        self.marks.extend(marks)
        self.starts.append(len(self.marks))
        self.numbers.append(1)
        self.channels.append(self.channel_of(key[2]))
        if len(self.marks) > MOST_MARKS:
            raise self.lines.wrong(f"the ballots up to here have more than {MOST_MARKS:,} marks together")

    def marked(self, vote: bytes) -> list[int]:
        """The places of the plans on one ballot."""
        if not vote:
            return []
        try:
            marks = [self.places[plan_id] for plan_id in vote.split(b",")]
        except KeyError:
            marks = [self.place_of(plan_id) for name in vote.split(b",") if (plan_id := name.strip())]
        if len(set(marks)) != len(marks):
            if self.vote_type not in APPROVING:
                raise self.lines.wrong("one plan stands twice in this vote, so its points or its place are not certain")
            marks = list(dict.fromkeys(marks))
        if self.vote_type == "choose-1" and len(marks) > 1:
            raise self.lines.wrong(f"this vote names {len(marks)} plans, and vote_type choose-1 allows one")
        return marks

    def place_of(self, plan_id: bytes) -> int:
        place = self.places.get(plan_id)
        if place is None:
            name = plan_id[:60].decode(errors="replace")
            raise self.lines.wrong(f"this vote names plan {name!r}, which is not among the projects")
        return place

    def given(self, cell: bytes, marks: int) -> list[int]:
        """The points beside the marks of one ballot."""
        texts = [text for part in cell.split(b",") if (text := part.strip())]
        if len(texts) != marks:
            raise self.lines.wrong(f"this vote names {marks} plans and has {len(texts)} points")
        return [self.whole(text) for text in texts]

    def whole(self, text: bytes) -> int:
        digits = text.removesuffix(b".0")
        if not digits.isdigit() or len(digits) > 10 or int(digits) > MOST_POINTS:
            raise self.lines.wrong(f"{text[:40].decode(errors='replace')!r} is not a whole number of points from 0 to {MOST_POINTS:,}")
        return int(digits)

    def channel_of(self, cell: bytes) -> int:
        name = cell.strip()
        if len(self.channel_names) >= MOST_CHANNELS and name not in self.channel_names:
            raise self.lines.wrong(f"there are more than {MOST_CHANNELS:,} ways of voting")
        return self.channel_names.setdefault(name, len(self.channel_names))

    def ballots(self, meta: Mapping[str, str]) -> Ballots:
        """All of them in columns."""
        names = tuple(name.decode(errors="replace") for name in self.channel_names) or ("",)
        points: Any = self.points if self.columns.points >= 0 else None
        if self.vote_type == "ordinal":
            points = ranked(np.frombuffer(self.starts, np.int64), meta.get("max_length", ""))
        return Ballots(self.starts, self.marks, points, self.numbers, self.channels, names)


def ranked(starts: np.ndarray, longest: str) -> np.ndarray:
    """Points for places on a ballot: the longest ballot's length for the first, one less for each next."""
    lengths = np.diff(starts)
    most = max(int(lengths.max(initial=0)), int(longest) if longest.isdigit() and len(longest) < 6 else 0)
    places = np.arange(starts[-1], dtype=np.int64) - np.repeat(starts[:-1], lengths)
    return most - places


def refuse_double_voters(lines: Lines, votes: Votes, began: int) -> None:
    """One voter, one ballot. Hashes tell in little memory whether to look; only then the file is walked again, and ids are compared."""
    hashes = np.sort(np.frombuffer(votes.voters, np.int64))
    doubtful = set(hashes[1:][hashes[1:] == hashes[:-1]].tolist())
    if not doubtful:
        return
    seen: dict[bytes, int] = {}
    with Lines(lines.path) as again:
        for line in again.raw:
            if again.number <= began or not (cells := votes.cells(line)):
                continue
            voter = cells[votes.columns.voter].strip()
            if hash(voter) in doubtful:
                if voter in seen:
                    name = voter[:60].decode(errors="replace")
                    raise lines.wrong(f"voter {name!r} stands here a second time, after line {seen[voter]:,}", again.number)
                seen[voter] = again.number
