"""Samples of the addresses of closing and counting, for `tests.access`: a round that can be closed, and one that was counted."""

import datetime
import secrets
from typing import Any

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.budgets.actions.closing import close
from buurtdraad.budgets.actions.counted import count
from buurtdraad.budgets.models import Ballot, BudgetPlan, BudgetRound, Part, Register, RulesSheet
from buurtdraad.budgets.states import Channel, PlanStage, RoundStage
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.places.models import Area

type People = dict[str, Person]
PLACE = "BU03440241"
DAY = datetime.timedelta(days=1)


def counting_samples(people: People, at: datetime.datetime) -> dict[str, Any]:
    """Their addresses by name; closed by the area adviser."""
    open_one, counted = voted("to-close", at), voted("counted", at)
    close(counted, by=people["area_adviser"], at=at)
    count(counted, at=at)
    return {
        "budgets:close": open_one.slug,
        "budgets:result": counted.slug,
        "budgets:count_steps": {"slug": counted.slug, "part": 1},
        "budgets:result_file": {"slug": counted.slug, "part": 1, "name": "uitslag.json"},
    }


def voted(slug: str, at: datetime.datetime) -> BudgetRound:
    """A round of which voting is over, with twelve ballots for one plan."""
    area, today = Area.objects.get(code=PLACE), timezone.localdate(at)
    made = BudgetRound.objects.create(slug=slug, name=slug, area=area, year=today.year, stage=RoundStage.VOTING, made_at=at)
    part = Part.objects.create(round=made, name=slug, area=area, amount=1000)
    RulesSheet.objects.create(
        round=made, rule=Rule().to_dict(), announced_at=at - 60 * DAY, propose_from=today - 50 * DAY, propose_until=today - 40 * DAY,
        list_on=today - 30 * DAY, vote_from=at - 20 * DAY, vote_until=at - 10 * DAY, paper_until=today - 9 * DAY, result_on=today,
        decides="The mayor",
    )  # fmt: skip
    BudgetPlan.objects.create(
        round=made, part=part, number=1, title="Trees", area=area, theme=Theme.GREEN, cost=500, cost_from="expert", made_at=at,
        stage=PlanStage.LISTED, shown=True,
    )  # fmt: skip
    for _each in range(12):
        Register.objects.create(
            register_id=secrets.token_bytes(32), round=made, channel=Channel.POST, area=area, reference=secrets.token_hex(6),
            used=True, receipt=secrets.token_bytes(32),
        )  # fmt: skip
        Ballot.objects.create(ballot_id=secrets.token_bytes(32), round=made, marks={"1": {"1": 1}})
    return made
