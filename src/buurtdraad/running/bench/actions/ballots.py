"""A round with many codes, for measuring; and whether every ballot that was answered is there. Only on a throw-away copy."""

import datetime
import json
from decimal import Decimal
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone

from buurtdraad.budgets import keys, secrecy
from buurtdraad.budgets.models import Ballot, BudgetPlan, BudgetRound, CastDay, Part, Register, RulesSheet
from buurtdraad.budgets.states import Channel, PlanStage, RoundStage
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.places.models import Area, Kind

SLUG, PLANS, BATCH = "bench", 30, 5_000
DAY = datetime.timedelta(days=1)


@transaction.atomic
def make_voters(count: int) -> list[str]:
    """A round in which people vote, with 30 plans and so many codes, which it returns."""
    at, today = timezone.now(), timezone.localdate()
    area, _new = Area.objects.get_or_create(code="BU00000001", defaults={"kind": Kind.NEIGHBOURHOOD})
    round_ = BudgetRound.objects.create(slug=SLUG, name="Bench", area=area, year=today.year, made_at=at)
    part = Part.objects.create(round=round_, name="Bench", area=area, amount=Decimal(100_000))
    RulesSheet.objects.create(
        round=round_, propose_from=today - 60 * DAY, propose_until=today - 30 * DAY, list_on=today - 10 * DAY, vote_from=at - DAY,
        vote_until=at + DAY, paper_until=today + DAY, result_on=today + 20 * DAY, decides="het college", announced_at=at,
        rule=Rule().to_dict(), least_marks=3,
    )  # fmt: skip
    BudgetRound.objects.filter(pk=round_.pk).update(stage=RoundStage.VOTING)
    BudgetPlan.objects.bulk_create(
        BudgetPlan(
            round=round_, part=part, number=number, title=f"Plan {number}", summary="Een plan voor de buurt.", area=area, theme="green",
            cost=Decimal(1000 * number), cost_from="expert", made_at=at, shown=True, stage=PlanStage.LISTED,
        )
        for number in range(1, PLANS + 1)
    )  # fmt: skip
    key = keys.make_key(round_)
    codes = [secrecy.new_code() for _each in range(count)]
    lines = [
        Register(register_id=secrecy.ids_of(key, code).register_id, round=round_, channel=Channel.POST, area=area, reference=f"B{number}")
        for number, code in enumerate(codes)
    ]
    Register.objects.bulk_create(lines, batch_size=BATCH)
    return codes


def analyse() -> None:
    """The figures that the database plans by, as they are in a round that stands for days."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE budgets_register, budgets_budgetplan, budgets_ballot")


def lost_or_doubled(answered: Path) -> dict[str, int]:
    """How many ballots that got an answer (a file: the code, and the plans it chose) are not there as sent, and how many are too many."""
    sent: dict[str, list[str]] = json.loads(answered.read_text())
    round_ = BudgetRound.objects.get(slug=SLUG)
    key = keys.key_of(round_)
    kept = {bytes(pk): marks["1"] for pk, marks in Ballot.objects.filter(round=round_).values_list("ballot_id", "marks")}
    lost = sum(kept.get(secrecy.ids_of(key, code).ballot_id) != dict.fromkeys(plans, 1) for code, plans in sent.items())
    used = Register.objects.filter(round=round_, used=True).count()
    counted = CastDay.objects.filter(round=round_).aggregate(total=Sum("number"))["total"] or 0
    return {"lost": lost, "ballots": len(kept), "uneven": abs(used - len(kept)) + abs(counted - len(kept))}
