"""What the page of open data says of the data itself."""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from buurtdraad.budgets.models import BudgetRound, Counted, FrozenBallot
from buurtdraad.budgets.queries.files import BALLOTS, enough_ballots
from buurtdraad.budgets.states import COUNTED
from buurtdraad.pages.opening.datasets import DATASETS
from buurtdraad.pages.opening.table import Dataset, Facts, facts_of


def with_facts() -> list[tuple[Dataset, Facts]]:
    """Every dataset with its number of rows and its last change. One query."""
    return facts_of(DATASETS)


class Ballots(NamedTuple):
    """The file with the ballots of one budget of a round, to count them again."""

    slug: str
    part: int
    name: str
    file: str = BALLOTS


def ballot_files() -> list[Ballots]:
    """The ballots that anybody can fetch, as the page of the result offers them, the newest round first. One query."""
    kept = Exists(FrozenBallot.objects.filter(part=OuterRef("part")))
    found = Counted.objects.filter(part__round__in=BudgetRound.objects.public().filter(stage__in=sorted(COUNTED)))
    by_round: dict[int, list[Counted]] = defaultdict(list)
    for one in found.select_related("part__round").annotate(kept=kept).order_by("-part__round", "part__order", "part"):
        by_round[one.part.round_id].append(one)
    return [
        Ballots(one.part.round.slug, number, one.part.round.name if len(parts) == 1 else f"{one.part.round.name}, {one.part.name}")
        for parts in by_round.values()
        if all(each.counted_at and not each.differs for each in parts)
        for number, one in enumerate(parts, start=1)
        if one.kept and enough_ballots(one)  # type: ignore[attr-defined] # annotated
    ]
