"""Samples of the addresses of codes, for `tests.access`: a round in which people vote, with a pile of slips."""

import datetime
from typing import Any

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.budgets.models import BudgetRound, CodeBatch, RulesSheet
from buurtdraad.budgets.states import Channel, RoundStage
from buurtdraad.places.models import Area

PLACE = "BU03440241"
DAY = datetime.timedelta(days=1)


def voting_samples(people: dict[str, Person], at: datetime.datetime) -> dict[str, Any]:
    """Its addresses by name. No code is made: no key is kept where this runs."""
    area, today = Area.objects.get(code=PLACE), timezone.localdate(at)
    voting = BudgetRound.objects.create(slug="voting", name="Voting", area=area, year=today.year, stage=RoundStage.VOTING, made_at=at)
    days = {"propose_from": today - 60 * DAY, "propose_until": today - 30 * DAY, "list_on": today - 10 * DAY, "result_on": today + 20 * DAY}
    RulesSheet.objects.create(
        round=voting, **days, vote_from=at - DAY, vote_until=at + 7 * DAY, paper_until=today + 10 * DAY, decides="The mayor",
        announced_at=at - 61 * DAY, channels=[channel.value for channel in Channel],
    )  # fmt: skip
    facts = {"channel": Channel.MEETING, "area": area, "number": 2, "by": people["area_adviser"].uuid, "at": at}
    pile = CodeBatch.objects.create(round=voting, name="Evening", **facts)
    names = ("claim", "broker_code", "codes", "make_letters", "make_slips", "one_letter", "replace_code", "help_point")
    return {f"budgets:{name}": voting.slug for name in names} | {
        "budgets:get_code": {"slug": voting.slug, "token": "unknown"},
        "budgets:drop_batch": {"slug": voting.slug, "uuid": pile.uuid},
    }
