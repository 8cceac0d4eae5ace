"""Samples of the addresses of voting, for `tests.access`: a round in which people vote, also on paper."""

import datetime
from typing import Any

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.budgets.models import BudgetRound, RulesSheet
from buurtdraad.budgets.states import RoundStage
from buurtdraad.places.models import Area

PLACE = "BU03440241"
DAY = datetime.timedelta(days=1)


def casting_samples(people: dict[str, Person], at: datetime.datetime) -> dict[str, Any]:
    """Its addresses by name."""
    area, today = Area.objects.get(code=PLACE), timezone.localdate(at)
    round_ = BudgetRound.objects.create(slug="casting", name="Casting", area=area, year=today.year, stage=RoundStage.VOTING, made_at=at)
    RulesSheet.objects.create(
        round=round_, propose_from=today - 60 * DAY, propose_until=today - 30 * DAY, list_on=today - 10 * DAY, vote_from=at - DAY,
        vote_until=at + 7 * DAY, paper_until=today + 10 * DAY, result_on=today + 20 * DAY, decides="The mayor", announced_at=at - 61 * DAY,
    )  # fmt: skip
    return {f"budgets:{name}": round_.slug for name in ("vote_in", "receipt", "paper", "set_aside")}
