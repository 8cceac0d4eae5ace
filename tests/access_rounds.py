"""Samples of the addresses of rounds, for `tests.access`: one that is announced, with what counts, and one that is in every step after."""

import datetime
from typing import Any

from django.utils import timezone

from buurtdraad.fund.actions.interests import declare
from buurtdraad.fund.actions.rounds import RoundFacts, add_criterion, announce
from buurtdraad.fund.models import Application, Round, RoundEntry
from buurtdraad.fund.states import Interest, RankedBy, RoundStage, Stage
from tests.access_deciding import People, sent


def round_samples(people: People, at: datetime.datetime) -> dict[str, Any]:
    """Their addresses by name; announced by who decides."""
    decider, day = people["fund_decider"], timezone.localdate(at)
    known = Application.objects.select_related("rules", "pot").get(number="F-1990-0001")
    rules, pot = known.rules, known.pot
    assert pot

    def made(name: str, ranked_by: str = RankedBy.SCORES) -> Round:
        facts = RoundFacts(name, day, day, day + datetime.timedelta(days=30), ranked_by)
        return announce(facts, rules=rules, pot=pot, by=decider, at=at)

    announced, by_points, by_jury = made("Announced"), made("Points"), made("Jury", ranked_by=RankedBy.JURY)
    open_one, closed, ranked = made("Open"), made("Closed"), made("Ranked")
    criterion = add_criterion(announced, name="For everybody", by=decider, at=at)
    add_criterion(by_points, name="For everybody", by=decider, at=at)
    for one in (by_points, by_jury, closed):
        Round.objects.filter(pk=one.pk).update(stage=RoundStage.CLOSED)
    Round.objects.filter(pk=open_one.pk).update(stage=RoundStage.OPEN)
    Round.objects.filter(pk=ranked.pk).update(stage=RoundStage.RANKED)
    in_round = sent(rules, pot, "F-1990-0005", at)
    RoundEntry.objects.create(round=by_points, application=in_round)
    for name in ("fund_handler", "fund_decider", "area_adviser", "area_manager"):
        declare(in_round, people[name], Interest.NONE, by=people[name], at=at)
    assert in_round.stage == Stage.ASSESSING
    still = ("work_round", "change_round", "drop_round", "add_criterion", "open_round")
    return {f"fund:{name}": announced.uuid for name in still} | {
        "fund:close_round": open_one.uuid, "fund:take_in": closed.uuid, "fund:rank_round": by_points.uuid, "fund:note_order": by_jury.uuid,
        "fund:propose_round": ranked.uuid, "fund:take_back_order": ranked.uuid,
        "fund:give_points": {"uuid": by_points.uuid, "application": in_round.uuid},
        "fund:drop_criterion": {"uuid": announced.uuid, "number": criterion.pk},
    }  # fmt: skip
