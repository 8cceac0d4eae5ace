"""Rondes: rules, plans and the result, with no number of a small group."""

# ruff: noqa: F811 (a fixture is named like what it is)

import datetime

import pytest
from django.utils import timezone

from buurtdraad.api.tests.asking import ask, at, questions, rows, thread
from buurtdraad.budgets.conftest import (  # noqa: F401
    areas,
    bas,
    city_with_a_name,
    declared,
    emine,
    kees,
    make_application,
    make_initiative,
    make_pot,
    make_round,
    make_wish,
    noor,
    rules,
    voting_keys,
)
from buurtdraad.budgets.models import BudgetPlan, BudgetRound, Counted
from buurtdraad.budgets.queries.sheet import sections
from buurtdraad.budgets.states import RoundStage
from buurtdraad.budgets.tests.after import adopted, counted  # noqa: F401
from buurtdraad.fund.models import Decision
from buurtdraad.fund.states import Outcome
from buurtdraad.fund.states import Stage as Asked
from buurtdraad.money.models import Commitment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city_with_a_name")]


def line(key, voted, **more):
    return {"key": key, "voted": voted} | more


TURNOUT = {
    "least": 10, "codes": 500, "voted": 62, "channels": [line("post", 50, codes=400), line("email", None, codes=None)],
    "ages": [line("12-24", 7), line("25-44", 55)], "areas": [], "asides": {}, "residents": {},
}  # fmt: skip


def voted_in(round_):
    """Its count, with the turnout as it was kept when the ballots were frozen."""
    hashes = dict.fromkeys(("ballots_hash", "plans_hash", "rule_hash", "whole_hash"), "0" * 64)
    return Counted.objects.create(
        part=round_.parts.get(), rule={}, plans=[], budget=1000, result={"purchases": []}, explanation={}, ballots=62, blank=4,
        turnout=TURNOUT, counted_at=timezone.now(), **hashes,
    )  # fmt: skip


def test_a_round_that_is_being_prepared_is_not_there(make_round):
    hidden, shown = make_round(stage=RoundStage.PREPARING), make_round()
    assert [one["sleutel"] for one in rows("rondes")] == [shown.slug]
    assert rows("rondes", stand="voting")[0]["bedrag"] == 10000.0
    assert hidden.slug not in str(rows("rondes"))


def test_the_rules_are_those_of_the_sheet_in_words(make_round):
    made = make_round()
    said = ask(f"rondes/{made.slug}")["regels"]
    found = BudgetRound.objects.select_related("sheet", "area").get()
    assert [(one["vraag"], one["antwoorden"]) for one in said] == [(str(one.title), list(map(str, one.lines))) for one in sections(found)]


def test_before_the_votes_are_counted_nothing_is_said_of_them(make_round):
    one = ask(f"rondes/{make_round().slug}")
    assert (one["opkomst"], one["uitslag"]) == (None, None)
    assert [plan["gekozen"] for plan in one["plannen"]] == [None, None, None]


def test_a_plan_that_nobody_read_yet_is_not_there(make_round):
    made = make_round(stage=RoundStage.GATHERING)
    BudgetPlan.objects.filter(number=2).update(shown=False)
    assert [plan["nummer"] for plan in ask(f"rondes/{made.slug}")["plannen"]] == [1, 3]


def test_a_count_is_said_to_be_no_decision_yet(counted):
    one = ask(f"rondes/{counted().slug}")
    assert (one["uitslag"]["voorlopig"], one["uitslag"]["vastgesteldOp"]) == (True, None)
    assert {plan["nummer"]: plan["krijgt"] for plan in one["plannen"] if plan["gekozen"]} == {1: 3000.0, 2: 5000.0}
    assert one["uitslag"]["tellingen"][0]["verdeeld"] == 8000.0


def test_a_count_that_a_second_program_does_not_find_is_not_there(counted):
    made = counted(verified=False)
    Counted.objects.update(differs="Plan 3")
    one = ask(f"rondes/{made.slug}")
    assert one["uitslag"] is None
    assert {plan["gekozen"] for plan in one["plannen"]} == {None}


def test_few_ballots_are_no_number_and_no_file(counted):
    (one,) = ask(f"rondes/{counted().slug}")["uitslag"]["tellingen"]
    assert one["stembiljetten"] is None
    assert not [file for file in one["bestanden"] if "stembiljetten" in file or file.endswith(".pb")]
    assert [file for file in one["bestanden"] if file.endswith("uitslag.json")]


def test_files_that_are_named_can_be_fetched(counted, client):
    for file in ask(f"rondes/{counted().slug}")["uitslag"]["tellingen"][0]["bestanden"]:
        assert client.get(file.partition("/budgetten/")[1] + file.partition("/budgetten/")[2]).status_code == 200, file


def test_no_number_of_fewer_than_ten_people(make_round):
    made = make_round(stage=RoundStage.CLOSED)
    voted_in(made)
    said = ask(f"rondes/{made.slug}")
    assert (said["opkomst"]["gestemd"], said["opkomst"]["metEenCode"]) == (62, 500)
    assert [one["gestemd"] for one in said["opkomst"]["manieren"]] == [50, None]
    assert [one["gestemd"] for one in said["opkomst"]["leeftijden"]] == [None, 55]
    (count,) = said["uitslag"]["tellingen"]
    assert (count["stembiljetten"], count["blanco"]) == (62, None)


def test_what_was_adopted_counts_and_says_why_it_departs(adopted):
    made = adopted(result={"without": [1], "departs": "De grond is vies."})
    one = ask(f"rondes/{made.slug}")
    assert one["uitslag"]["andersDanDeStemming"] == "De grond is vies."
    assert not one["uitslag"]["voorlopig"]
    assert [plan["nummer"] for plan in one["plannen"] if plan["gekozen"]] == [2]


def test_a_plan_and_where_it_came_from_lead_to_each_other(make_round, make_wish, make_initiative):
    made, wish, initiative = make_round(), make_wish(), make_initiative()
    plan = BudgetPlan.objects.get(number=1)
    plan.wishes.add(wish)
    BudgetPlan.objects.filter(pk=plan.pk).update(initiative=initiative)
    assert thread(f"rondes/{made.slug}", "terug") == {at(f"wensen/{wish.reference}"), at(f"initiatieven/{initiative.slug}")}
    assert at(f"rondes/{made.slug}") in thread(f"wensen/{wish.reference}", "vooruit")


def test_what_a_winner_became_stands_ahead_of_the_round(adopted, make_initiative):
    made = adopted()
    born = make_initiative("Uit de uitslag")
    type(born).objects.filter(pk=born.pk).update(made_at=timezone.now() + datetime.timedelta(minutes=1))
    BudgetPlan.objects.filter(number=1).update(initiative=born)
    assert at(f"initiatieven/{born.slug}") in thread(f"rondes/{made.slug}", "vooruit")
    assert at(f"initiatieven/{born.slug}") not in thread(f"rondes/{made.slug}", "terug")


def test_a_decision_of_the_fund_that_a_round_put_in_order_leads_back_to_it(make_round, make_application, bas):
    made, asked, now = make_round(stage=RoundStage.ADOPTED), make_application(stage=Asked.GRANTED), timezone.now()
    money = Commitment.objects.create(
        pot=made.pot, area=made.area, amount=1000, kind="grant", initiative=asked.initiative, made_at=now, told_on=now.date()
    )
    decision = Decision.objects.create(
        application=asked, outcome=Outcome.GRANTED, asked=1000, amount=1000, words="Ja", taken_by=bas.uuid, mandate="fund_decider",
        taken_at=now, known_on=now.date(), commitment=money,
    )  # fmt: skip
    BudgetPlan.objects.filter(number=1).update(application=asked, initiative=asked.initiative)
    assert at(f"besluiten/{decision.uuid}") in thread(f"rondes/{made.slug}", "vooruit")
    assert at(f"rondes/{made.slug}") in thread(f"besluiten/{decision.uuid}", "terug")


def test_rounds_are_asked_by_area_year_and_step(make_round):
    make_round()
    for query, many in (
        ({"gebied": "WK034402"}, 1), ({"gebied": "WK034403"}, 0), ({"jaar": 2001}, 0), ({"stand": "done"}, 0),
        ({"stemmenVanaf": "2999-01-01"}, 0), ({"stemmenTot": "2999-01-01"}, 1),
    ):  # fmt: skip
        assert len(rows("rondes", **query)) == many, query


def test_three_and_thirty_ask_the_same(make_round, counted):
    counted()
    for _each in range(2):
        make_round(costs=("100",))
    few = questions("rondes")
    for _each in range(3):
        counted()
    for _each in range(24):
        make_round(costs=("100", "200"))
    assert len(rows("rondes", aantal=100)) == 30
    assert questions("rondes", aantal=100) == few
