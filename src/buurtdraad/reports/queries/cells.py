"""The cells of the overview: for each neighbourhood and challenge the need, and what is being done."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from buurtdraad.challenges.models import Challenge
from buurtdraad.reports.models import Cell
from buurtdraad.reports.queries.doing import Doing, Sheet
from buurtdraad.reports.queries.needs import needs

CENT = Decimal("0.01")


def cells(doing: Doing) -> list[Cell]:
    """One cell for each neighbourhood and challenge that is not over, none left out. Not stored yet.

    Something in several neighbourhoods counts in each of them; its euros are divided over them, so that no euro counts twice.
    """
    known = needs(doing.ground)
    works = counted((sheet.places, challenge_of(sheet), sheet.euros) for sheet in doing.works)
    agreements, plans, wishes = (
        counted((going.places, going.challenges, going.euros) for going in goings)
        for goings in (doing.agreements, doing.plans, doing.wishes)
    )
    nothing = (0, Decimal(0))
    made = []
    challenges = list(Challenge.objects.values_list("pk", flat=True))
    for row in doing.ground.rows:
        for challenge in challenges:
            at = (row.area_id, challenge)
            need = known.get(at)
            counts = [one.get(at, nothing) for one in (works, agreements, plans)]
            made.append(
                Cell(
                    area_id=row.area_id, challenge_id=challenge, need=need.level if need else None, figures=need.figures if need else [],
                    works=counts[0][0], agreements=counts[1][0], initiatives=counts[2][0], wishes=wishes.get(at, nothing)[0],
                    euros=sum((euros for _number, euros in counts), Decimal(0)).quantize(CENT),
                )
            )  # fmt: skip
    return made


def challenge_of(sheet: Sheet) -> frozenset[int]:
    return frozenset({sheet.challenge} if sheet.challenge else ())


def counted(rows: Iterable[tuple[tuple[int, ...], frozenset[int], Decimal]]) -> dict[tuple[int, int], tuple[int, Decimal]]:
    """By neighbourhood and challenge: how many, and their part of the euros. Euros under two challenges are divided over both."""
    found: dict[tuple[int, int], tuple[int, Decimal]] = defaultdict(lambda: (0, Decimal(0)))
    for places, challenges, euros in rows:
        part = euros / (len(places) * len(challenges)) if places and challenges else Decimal(0)
        for place in places:
            for challenge in challenges:
                number, sum_ = found[place, challenge]
                found[place, challenge] = number + 1, sum_ + part
    return found
