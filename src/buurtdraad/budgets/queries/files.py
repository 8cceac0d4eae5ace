"""What anybody can fetch of a count: the ballots, the plans, the rule, the receipts, and the numbers that prove they are whole.

The files are the same bytes on every day and in every language: their SHA-256 was published when the ballots were frozen.
"""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone

from buurtdraad.budgets.models import Counted, FrozenBallot, Part
from buurtdraad.budgets.queries.counted import election_of
from buurtdraad.budgets.states import BallotKind
from buurtdraad.budgets.tally.pabulib_writing import Vote, write
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.places.queries import city_name
from buurtdraad.ui.csv import harmless

BALLOTS, PLANS, RULE, SUMS, RECEIPTS, RESULT, PABULIB, ALL_SUMS = (
    "stembiljetten.csv", "plannen.csv", "telregels.json", "SHA256SUMS", "bewijzen.txt", "uitslag.json", "telling.pb", "SHA256SUMS-alles",
)  # fmt: skip
PLAN_COLUMNS = ("number", "title", "cost", "theme", "area", "spot", "withdrawn")
VOTE_TYPES = {
    BallotKind.CHOOSE: "approval", BallotKind.BASKET: "approval", BallotKind.POINTS: "cumulative", BallotKind.RANK: "ordinal",
}  # fmt: skip
AT_ONCE = 5_000  # ballots read at a time


def ballots_csv(part: Part, *, with_channel: bool) -> Iterator[bytes]:
    """The frozen ballots in the order of their random ids: numbers of plans, and the points of each."""
    yield b"id;plans;points;channel\n" if with_channel else b"id;plans;points\n"
    found = FrozenBallot.objects.filter(part=part).order_by("id").values_list("id", "marks", "channel")
    for key, marks, channel in found.iterator(chunk_size=AT_ONCE):
        numbers = sorted(marks, key=int)
        cells = [str(key), ",".join(numbers), ",".join(str(marks[number]) for number in numbers)]
        yield (";".join([*cells, channel] if with_channel else cells) + "\n").encode()


def plans_csv(plans: list[dict[str, Any]]) -> bytes:
    """The plans as they were on the ballot."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(PLAN_COLUMNS)
    writer.writerows([harmless(str(plan[column])) for column in PLAN_COLUMNS] for plan in plans)
    return text.getvalue().encode()


def rule_json(rule: Mapping[str, Any], budget: Decimal) -> bytes:
    """The rule and the budget (euros)."""
    return plain_json({"rule": rule, "budget": f"{budget:.2f}", "currency": "EUR"})


def plain_json(facts: Any) -> bytes:
    """Always the same bytes for the same facts."""
    return (json.dumps(facts, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def sums(ballots: str, plans: str, rule: str) -> bytes:
    """The three hashes, as `sha256sum -c` reads them; the hash of this file is the one over the three."""
    return "".join(f"{digest}  {name}\n" for digest, name in ((ballots, BALLOTS), (plans, PLANS), (rule, RULE))).encode()


def sha256(pieces: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def weighs_channels(rule: Mapping[str, Any]) -> bool:
    """Whether the channel of a ballot decides what it weighs: only then it is kept."""
    return bool(rule.get("weights"))


def all_sums(counted: Counted) -> bytes:
    """The hash of every other file that can be fetched now, as `sha256sum -c` reads them: also of those made after the closing."""
    rest = ((name, MADE[name](counted)) for name in names_of(counted) if name != ALL_SUMS)
    return "".join(f"{sha256(pieces(made))}  {name}\n" for name, made in rest).encode()


def pieces(made: bytes | Iterator[bytes]) -> Iterator[bytes]:
    return iter([made]) if isinstance(made, bytes) else made


# --- what may be fetched -------------------------------------------------------------------------


def has_ballots(counted: Counted) -> bool:
    """Whether ballots can be fetched: there are enough of them, and they are still kept."""
    return enough_ballots(counted) and counted.part.frozen.exists()


def enough_ballots(counted: Counted) -> bool:
    """Whether there are so many ballots that nobody can be seen in them, also of each channel where that is said."""
    if counted.ballots < counted.turnout.get("least", 10):
        return False
    return not weighs_channels(counted.rule) or all(row["voted"] is not None for row in counted.turnout.get("channels", []))


def result_json(counted: Counted) -> bytes:
    """Who won, who paid what, and what each plan lacked."""
    return plain_json({"result": counted.result, "explanation": counted.explanation, "beside": counted.beside})


def pabulib(counted: Counted) -> Iterator[bytes]:
    """The same election in the format of pabulib.org, that other programs read. Marks of plans that were taken back are left out."""
    election, kind = election_of(counted.part), BallotKind(counted.part.round.sheet.ballot)
    text, votes = io.StringIO(newline=""), votes_of(counted, set(election.places), kind)
    write(text, election, votes, facts_of(counted), vote_type=VOTE_TYPES[kind], rule=Rule.from_dict(counted.rule))
    yield text.getvalue().encode()


def votes_of(counted: Counted, known: set[str], kind: str) -> Iterator[Vote]:
    """The frozen ballots, each under a number."""
    weighed = weighs_channels(counted.rule)
    found = FrozenBallot.objects.filter(part=counted.part).order_by("id").values_list("marks", "channel")
    for number, (marks, channel) in enumerate(found.iterator(chunk_size=AT_ONCE), start=1):
        plans = sorted((plan for plan in marks if plan in known), key=int)
        points = [marks[plan] for plan in plans] if kind in {BallotKind.POINTS, BallotKind.RANK} else None
        yield Vote(str(number), plans, points, channel if weighed else "")


def facts_of(counted: Counted) -> dict[str, str]:
    """What the file says about the round."""
    round_, sheet = counted.part.round, counted.part.round.sheet
    facts = {
        "description": f"{round_.name}: {counted.part.name}" if counted.part.name != round_.name else round_.name,
        "country": "Netherlands",
        "unit": round_.elsewhere or city_name() or round_.area.code,
        "instance": str(round_.year),
        "edition": round_.slug,
        "language": "nl",
        "date_begin": f"{timezone.localtime(sheet.vote_from):%d.%m.%Y}" if sheet.vote_from else "",
        "date_end": f"{timezone.localtime(sheet.vote_until):%d.%m.%Y}" if sheet.vote_until else "",
    }
    match sheet.ballot:
        case BallotKind.BASKET:
            return facts | {"max_sum_cost": str(counted.budget)}
        case BallotKind.POINTS:
            return facts | {"max_sum_points": str(sheet.points)}
    return facts | {"max_length": str(sheet.most_marks)}


MADE: dict[str, Callable[[Counted], bytes | Iterator[bytes]]] = {
    BALLOTS: lambda counted: ballots_csv(counted.part, with_channel=weighs_channels(counted.rule)),
    PLANS: lambda counted: plans_csv(counted.plans),
    RULE: lambda counted: rule_json(counted.rule, counted.budget),
    SUMS: lambda counted: sums(counted.ballots_hash, counted.plans_hash, counted.rule_hash),
    RECEIPTS: lambda counted: counted.receipts.encode(),
    RESULT: result_json,
    PABULIB: pabulib,
    ALL_SUMS: all_sums,
}
OF_BALLOTS = (BALLOTS, PABULIB)


def names_of(counted: Counted) -> list[str]:
    """The files of a count that can be fetched now (1 query)."""
    return files_with(has_ballots(counted))


def files_with(ballots: bool) -> list[str]:
    """The files of a count, with or without those of its ballots."""
    return [name for name in MADE if ballots or name not in OF_BALLOTS]
