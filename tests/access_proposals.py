"""Samples of the addresses of plans of a neighbourhood budget, for `tests.access`: a plan of somebody who is signed in nowhere."""

import datetime
from typing import Any

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.budgets.actions import checking, proposing, reading
from buurtdraad.budgets.models import BudgetPlan, BudgetRound, Part, RulesSheet
from buurtdraad.budgets.states import RoundStage
from buurtdraad.messages.actions import contact_for
from buurtdraad.places.models import Area

PLACE = "BU03440241"
OF_A_PLAN = (
    "plan", "own_plan", "change_plan", "add_picture", "drop_picture", "name_maker", "offer_again", "withdraw_plan", "leave_plan",
    "join_plans", "split_plan", "call_off", "work_plan", "read_plan", "look_again", "take_from_list", "like",
)  # fmt: skip
OF_A_ROUND = ("propose", "work_plans", "plans_from_agenda", "list_plans", "share_spot")


def proposal_samples(people: dict[str, Person], at: datetime.datetime) -> dict[str, Any]:
    """Their addresses by name: a round in which people send plans, with two that were read and want one place."""
    by, area, today = people["area_adviser"], Area.objects.get(code=PLACE), timezone.localdate(at)
    round_ = BudgetRound.objects.create(
        slug="gathering", name="Gathering", area=area, year=today.year, stage=RoundStage.GATHERING, made_at=at
    )
    part = Part.objects.create(round=round_, name="Neighbourhood", area=area, amount=1000)
    day = datetime.timedelta(days=1)
    RulesSheet.objects.create(
        round=round_, likes_needed=1, announced_at=at, propose_from=today, propose_until=today + day, list_on=today + 2 * day,
        vote_from=at, vote_until=at + day, paper_until=today + 3 * day, result_on=today + 4 * day, decides="The mayor",
    )  # fmt: skip
    somebody = contact_for(Person.objects.create(name="Kees", password="!", email="kees-budget@example.org"), at=at)

    def made(title: str) -> BudgetPlan:
        plan = proposing.propose(round_, part=part, title=title, area=area, theme="green", contact=somebody, by=by, at=at)
        reading.show(plan, by=by, at=at)
        return plan

    first, second = made("Bench"), made("Tree")
    spot = checking.share_spot([first, second], name="Square", why="One fits", by=by, at=at)
    here = {"slug": round_.slug, "number": first.number}
    return {
        **{f"budgets:{name}": round_.slug for name in OF_A_ROUND},
        **{f"budgets:{name}": here for name in OF_A_PLAN},
        "budgets:free_spot": {"slug": round_.slug, "pk": spot.pk},
        "budgets:note_consent": here | {"pk": 0},
    }
