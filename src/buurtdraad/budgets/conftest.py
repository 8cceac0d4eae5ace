"""The city and the people of the tests of the fund, and a round with plans to work with."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.budgets import keys, secrecy
from buurtdraad.budgets.models import BudgetPlan, BudgetRound, Part, Register, RulesSheet
from buurtdraad.budgets.states import Channel, PlanStage, RoundStage
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.fund.conftest import (  # noqa: F401
    areas,
    bas,
    city_with_a_name,
    declared,
    emine,
    hamid,
    joris,
    kees,
    make_application,
    make_initiative,
    make_pot,
    make_wish,
    noor,
    priya,
    ria,
    rules,
    samira,
    signed_in,
)
from buurtdraad.money.models import Pot

DAY = datetime.timedelta(days=1)
LISTED = {RoundStage.READY, RoundStage.VOTING, RoundStage.CLOSED, RoundStage.ADOPTED, RoundStage.DONE}


@pytest.fixture
def make_round(areas, make_pot):  # noqa: F811 (a fixture is named like what it is)
    """Makes rounds of Geuzenwijk straight into the table: `make_round(stage=RoundStage.VOTING, costs=("3000", "5000"))`.

    The sheet is announced for every step but the first; people vote from yesterday for a week.
    """

    def make(
        name="Buurtbudget Geuzenwijk",
        *,
        stage=RoundStage.VOTING,
        area="BU03440241",
        amount="10000",
        costs=("3000", "5000", "4000"),
        **sheet,
    ):
        now = timezone.now()
        today = timezone.localdate(now)
        count = BudgetRound.objects.count()
        made = BudgetRound.objects.create(
            slug=f"geuzenwijk-{count}", name=name, area=areas[area], year=today.year, stage=stage, made_at=now,
            pot=make_pot(amount, name=f"{name} {count}", year=today.year, area=area),
            closed_at=now if stage in {RoundStage.CLOSED, RoundStage.ADOPTED, RoundStage.DONE} else None,
            why="Te weinig plannen." if stage == RoundStage.STOPPED else "",
        )  # fmt: skip
        if stage not in {RoundStage.DONE, RoundStage.STOPPED}:
            Pot.objects.filter(pk=made.pot.pk).update(kept_for=made.thing)
            made.pot.kept_for = made.thing
        part = Part.objects.create(round=made, name=name, area=areas[area], amount=Decimal(amount))
        facts = {
            "propose_from": today - 60 * DAY, "propose_until": today - 30 * DAY, "list_on": today - 10 * DAY, "vote_from": now - DAY,
            "vote_until": now + 7 * DAY, "paper_until": today + 10 * DAY, "result_on": today + 20 * DAY, "decides": "het college",
            "least_marks": 1, "rule": Rule().to_dict(),
            "announced_at": None if stage == RoundStage.PREPARING else now - 61 * DAY,
        }  # fmt: skip
        RulesSheet.objects.create(round=made, **facts | sheet)
        for number, cost in enumerate(costs, start=1):
            BudgetPlan.objects.create(
                round=made, part=part, number=number, title=f"Plan {number}", summary="Een plan voor de buurt.", area=areas[area],
                theme=Theme.GREEN, cost=Decimal(cost), cost_from="expert", made_at=now, shown=True,
                stage=PlanStage.LISTED if stage in LISTED else PlanStage.PROPOSED,
            )  # fmt: skip
        return made

    return make


@pytest.fixture(autouse=True)
def voting_keys(settings, tmp_path):
    """The folder of the keys of votes: one of the test's own."""
    settings.VOTING_KEYS = tmp_path / "voting-keys"
    return settings.VOTING_KEYS


@pytest.fixture
def make_codes():
    """Gives codes of a round, written straight into its register: `make_codes(round, 3, channel=Channel.MEETING)`."""

    def make(round_, number=1, *, channel=Channel.POST, area=None, age_band=""):
        key = keys.make_key(round_)
        codes = [secrecy.new_code() for _each in range(number)]
        Register.objects.bulk_create(
            Register(
                register_id=secrecy.ids_of(key, code).register_id, round=round_, channel=channel, area=area or round_.area,
                age_band=age_band, reference=secrecy.new_reference(),
            )
            for code in codes
        )  # fmt: skip
        return codes

    return make
