"""A round from nothing to the day people vote."""

# ruff: noqa: F811 (a fixture is named like what it is)

import datetime
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from buurtdraad.audit.models import Event
from buurtdraad.budgets.actions import rounds, sheet, sources
from buurtdraad.budgets.actions.rounds import NotYet
from buurtdraad.budgets.actions.sheet import WrongPart
from buurtdraad.budgets.actions.sources import NotSoMuch
from buurtdraad.budgets.actions.steps import Frozen
from buurtdraad.budgets.models import Ballot, BudgetPlan, BudgetRound, Part, RoundMoney, RulesSheet
from buurtdraad.budgets.queries.missing import missing
from buurtdraad.budgets.queries.rounds import announced, any_planned, rule_of
from buurtdraad.budgets.states import PlanStage, RoundStage
from buurtdraad.budgets.tests.preparing import DAY, in_english, prepared, whole  # noqa: F401
from buurtdraad.lib.stages import WrongStage
from buurtdraad.money.actions.pots import PotKept, PotTooSmall, close_pot
from buurtdraad.money.models import Pot
from buurtdraad.money.queries.ledger import differences
from buurtdraad.money.queries.pots import free_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "city_with_a_name")]


def stage_of(round_):
    return BudgetRound.objects.get(pk=round_.pk).stage


# --- making ------------------------------------------------------------------------------------------


def test_a_new_round_has_one_budget_a_sheet_an_address_and_nobody_sees_it(prepared):
    made = prepared(amount=None)
    assert made.slug == f"buurtbudget-geuzenwijk-{made.year}"
    assert [(part.name, part.amount) for part in made.parts.all()] == [("Buurtbudget Geuzenwijk", 0)]
    assert rule_of(made).ties == ("votes", "cost", "draw")
    assert announced(made.slug) is None
    assert not any_planned()
    assert prepared(amount=None).slug == f"{made.slug}-2"


def test_the_next_round_takes_over_the_rules_but_not_the_days_and_not_the_seed(prepared, joris, areas):
    first = prepared(ready=True)
    now = timezone.now()
    sheet.write(first, {"likes_needed": 25, "months_to_do": 6}, by=joris, at=now)
    sheet.add_part(first, name="De hele stad", area=areas["GM0344"], amount=Decimal(0), by=joris, at=now)
    second = rounds.make(name="Buurtbudget", area=areas["BU03440241"], year=2027, by=joris, at=now)
    assert second.follows == first
    assert (second.sheet.likes_needed, second.sheet.months_to_do, second.sheet.decides) == (25, 6, first.sheet.decides)
    assert (second.sheet.propose_from, second.sheet.announced_at) == (None, None)
    assert rule_of(second).seed != rule_of(first).seed
    assert [part.name for part in second.parts.all()] == ["Buurtbudget", "De hele stad"]


def test_each_deed_is_one_event_of_the_area(prepared, joris):
    made = prepared(ready=True)
    rounds.announce(made, by=joris, at=timezone.now())
    events = list(Event.objects.filter(room="budgets"))
    assert [event.verb for event in events] == [
        "budget_round.made", "budget_round.money_added", "budget_round.rules_written", "budget_round.announced",
    ]  # fmt: skip
    assert all("BU03440241" in event.touches for event in events)
    assert {event.thing for event in events} == {made.thing}


# --- money -------------------------------------------------------------------------------------------


def test_money_goes_from_a_pot_to_the_pot_of_the_round_and_back_and_the_ledger_agrees(prepared, noor, make_pot):
    made = prepared(amount=None)
    fund = make_pot("20000", name="Fonds", year=made.year)
    source = sources.add_money(made, fund, Decimal(8000), by=noor, at=timezone.now())
    sources.add_money(made, fund, Decimal(500), by=noor, at=timezone.now())
    made.refresh_from_db()
    assert (free_in(fund), free_in(made.pot), made.parts.get().amount) == (11500, 8500, 8500)
    sources.give_back(source, Decimal(1000), by=noor, at=timezone.now())
    made.pot.refresh_from_db()
    assert (free_in(fund), free_in(made.pot), made.parts.get().amount) == (12500, 7500, 7500)
    with pytest.raises(NotSoMuch):
        sources.give_back(source, Decimal("7500.01"), by=noor, at=timezone.now())
    with pytest.raises(PotTooSmall):
        sources.add_money(made, fund, Decimal(12501), by=noor, at=timezone.now())
    assert free_in(made.pot) == 7500
    assert not differences()


def test_money_that_was_promised_to_voters_of_another_round_goes_nowhere(prepared, make_round, noor, make_pot, signed_in):
    made, open_round = prepared(amount=None), make_round(stage=RoundStage.VOTING)
    with pytest.raises(PotKept):
        sources.add_money(made, open_round.pot, Decimal(500), by=noor, at=timezone.now())
    assert free_in(open_round.pot) == 10000
    page = signed_in(noor).get(f"/werk/budgetten/{made.slug}/geld/")
    assert str(open_round.pot.uuid) not in page.text
    # What a round that stopped could not give back may begin another.
    rounds.stop(open_round, why="Te weinig plannen.", by=noor, at=timezone.now())
    sources.add_money(made, open_round.pot, Decimal(500), by=noor, at=timezone.now())
    assert not differences()


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_move_the_last_money_at_once_it_moves_once(prepared, noor, make_pot):
    made = prepared(amount=None)
    fund = make_pot("1000", name="Fonds", year=made.year)

    def move(_number):
        try:
            sources.add_money(made, fund, Decimal(1000), by=noor, at=timezone.now())
        except PotTooSmall:
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(move, range(50))) == 1
    assert RoundMoney.objects.get().amount == 1000
    assert Pot.objects.filter(name=made.name).count() == 1
    assert not differences()


def test_the_budgets_of_a_round_are_divided_by_hand_when_there_are_two(prepared, joris, areas, noor, make_pot):
    made = prepared()
    city = sheet.add_part(made, name="De hele stad", area=areas["GM0344"], amount=Decimal(4000), by=joris, at=timezone.now())
    with pytest.raises(WrongPart):
        sheet.add_part(made, name="De hele stad", area=areas["GM0344"], amount=Decimal(1), by=joris, at=timezone.now())
    assert "The budgets together are €14,000. There is €10,000 in the pot of the round." in [
        one.says for one in missing(made, at=timezone.now())
    ]
    own = made.parts.first()
    sheet.change_part(own, name=own.name, area=own.area, amount=Decimal(6000), by=joris, at=timezone.now())
    assert not [one for one in missing(made, at=timezone.now()) if "pot of the round" in one.says]
    sheet.remove_part(city, by=joris, at=timezone.now())
    assert made.parts.get().amount == 10000
    with pytest.raises(WrongPart):
        sheet.remove_part(made.parts.get(), by=joris, at=timezone.now())


# --- announcing --------------------------------------------------------------------------------------


def test_four_things_that_are_missing_are_said_and_with_them_it_is_not_announced(prepared, joris):
    made = prepared(amount=None)
    now = timezone.now()
    sheet.write(made, {"channels": []}, by=joris, at=now)
    assert [one.says for one in missing(made, at=now)] == [
        "There is no money in the round yet.", "Choose how people can vote.", "A day is missing: First day to send a plan",
        "Write who decides about the result.",
    ]  # fmt: skip
    with pytest.raises(NotYet, match="no money"):
        rounds.announce(made, by=joris, at=now)
    assert stage_of(made) == RoundStage.PREPARING


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"propose_until": 0}, "Last day to send a plan"),
        ({"list_on": 30}, "The list of plans is known"),
        ({"paper_until": 60}, "Votes on paper"),
        ({"result_on": 72}, "The result is known"),
    ],
)
def test_a_day_that_comes_too_soon_is_named(prepared, joris, wrong, says):
    made, today = prepared(ready=True), timezone.localdate()
    sheet.write(made, {name: today + days * DAY for name, days in wrong.items()}, by=joris, at=timezone.now())
    assert says in missing(made, at=timezone.now())[0].says


def test_rules_cannot_begin_before_people_can_read_them(prepared, joris):
    made = prepared(ready=True)
    late = timezone.now() + 5 * DAY
    assert "must be able to read the rules" in missing(made, at=late)[0].says
    with pytest.raises(NotYet):
        rounds.announce(made, by=joris, at=late)


def test_points_are_only_counted_when_people_give_them(prepared, joris):
    made = prepared(ready=True)
    sheet.write(made, {"rule": made.sheet.rule | {"utility": "points"}}, by=joris, at=timezone.now())
    assert "Points can only be counted" in missing(made, at=timezone.now())[0].says


def test_what_was_announced_is_for_everybody_and_stays(prepared, joris, noor, areas, make_pot):
    made, now = prepared(ready=True), timezone.now()
    rounds.announce(made, by=joris, at=now)
    assert announced(made.slug) == made
    assert any_planned()
    assert [step.stage for step in made.steps.all()] == [RoundStage.ANNOUNCED]
    part = made.parts.get()
    for deed in (
        lambda: sheet.write(made, {"vote_age": 18}, by=joris, at=now),
        lambda: sheet.change_part(part, name="Anders", area=part.area, amount=Decimal(1), by=joris, at=now),
        lambda: sheet.add_part(made, name="Meer", area=part.area, amount=Decimal(1), by=joris, at=now),
        lambda: sources.add_money(made, make_pot("5", name="Meer", year=made.year), Decimal(5), by=noor, at=now),
        lambda: sources.give_back(made.sources.get(), Decimal(5), by=noor, at=now),
        lambda: rounds.change(made, name="Anders", about="", by=joris, at=now),
        lambda: rounds.announce(made, by=joris, at=now),
    ):
        with pytest.raises(Frozen):
            deed()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE budgets_rulessheet SET vote_age = 18",
        "UPDATE budgets_rulessheet SET announced_at = NULL",
        "DELETE FROM budgets_rulessheet",
        "UPDATE budgets_part SET amount = amount + 1",
        "DELETE FROM budgets_part",
        "INSERT INTO budgets_part (round_id, name, area_id, amount, \"order\") SELECT round_id, 'Meer', area_id, 1, 2 FROM budgets_part",
        "UPDATE budgets_budgetround SET slug = 'anders'",
        "UPDATE budgets_budgetround SET year = year + 1",
    ],
)
def test_the_database_refuses_to_change_rules_that_are_known(prepared, joris, change):
    made = prepared(ready=True)
    rounds.announce(made, by=joris, at=timezone.now())
    with pytest.raises(ProgrammingError, match="stay as they are"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE budgets_budgetround SET why = 'x'")


def test_retention_may_delete_rules_that_are_known(prepared, joris):
    made = prepared(ready=True)
    rounds.announce(made, by=joris, at=timezone.now())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL buurtdraad.retention = 'on'")
        cursor.execute("DELETE FROM budgets_rulessheet")
    assert not RulesSheet.objects.exists()


@pytest.mark.parametrize(
    "facts",
    [{"vote_age": 11}, {"least_marks": 0}, {"least_marks": 6, "most_marks": 5}, {"smallest_group": 9}, {"announced_at": timezone.now()}],
)
def test_a_sheet_that_cannot_be_is_refused_by_the_database(prepared, facts):
    made = prepared()
    with pytest.raises(IntegrityError), transaction.atomic():
        RulesSheet.objects.filter(round=made).update(**facts)


@pytest.mark.parametrize("facts", [{"amount": 0}, {"back": -1}, {"back": 10001}])
def test_money_that_cannot_have_come_is_refused_by_the_database(prepared, facts):
    prepared()
    with pytest.raises(IntegrityError), transaction.atomic():
        RoundMoney.objects.update(**facts)


def test_a_budget_below_zero_and_a_second_one_of_one_name_are_refused_by_the_database(prepared):
    made = prepared()
    with pytest.raises(IntegrityError), transaction.atomic():
        Part.objects.filter(round=made).update(amount=-1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Part.objects.create(round=made, name=made.parts.get().name, area=made.area, amount=1)


# --- on by its days ----------------------------------------------------------------------------------


def with_plans(made, *costs):
    for number, cost in enumerate(costs, start=1):
        BudgetPlan.objects.create(
            round=made, part=made.parts.get(), number=number, title=f"Plan {number}", area=made.area, theme="green", cost=cost,
            made_at=timezone.now(), shown=True, stage=PlanStage.LISTED,
        )  # fmt: skip


def moment(days, hour=13):
    day = timezone.localdate() + days * DAY
    return datetime.datetime.combine(day, datetime.time(hour), tzinfo=timezone.get_current_timezone())


def test_a_round_goes_on_by_its_days_and_each_day_once(prepared, joris):
    made = prepared(ready=True)
    rounds.announce(made, by=joris, at=timezone.now())
    assert rounds.see_to_days(at=timezone.now()) == 0
    went = [(rounds.see_to_days(at=moment(days)), stage_of(made)) for days in (1, 1, 30, 31, 60)]
    assert went == [(1, "gathering"), (0, "gathering"), (0, "gathering"), (1, "checking"), (0, "checking")]
    with_plans(made, 100, 200)
    rounds.move_on(made, RoundStage.READY, by=joris, at=moment(50))
    assert rounds.see_to_days(at=moment(55, 11)) == 0
    assert rounds.see_to_days(at=moment(55, 12)) == 1
    assert stage_of(made) == RoundStage.VOTING
    assert [step.by for step in made.steps.all()][-2:] == [joris.uuid, None]


def test_a_round_without_enough_plans_on_the_list_does_not_go_to_the_vote(prepared, joris):
    made = prepared(ready=True)
    sheet.write(made, {"least_marks": 3}, by=joris, at=timezone.now())
    rounds.announce(made, by=joris, at=timezone.now())
    for days in (1, 31):
        rounds.see_to_days(at=moment(days))
    with_plans(made, 100, 200)
    made.refresh_from_db()
    with pytest.raises(NotYet, match="at least 3 plans"):
        rounds.move_on(made, RoundStage.READY, by=joris, at=moment(40))
    BudgetRound.objects.filter(pk=made.pk).update(stage=RoundStage.READY)
    assert rounds.see_to_days(at=moment(56)) == 0


def test_by_hand_a_step_comes_on_another_day_only_with_a_reason_that_everybody_reads(prepared, joris):
    made = prepared(ready=True)
    rounds.announce(made, by=joris, at=timezone.now())
    with pytest.raises(NotYet, match="Write why"):
        rounds.move_on(made, RoundStage.GATHERING, by=joris, at=timezone.now())
    rounds.move_on(made, RoundStage.GATHERING, why="De hal is nu al open.", by=joris, at=timezone.now())
    assert made.steps.last().why == "De hal is nu al open."


def test_what_was_promised_is_not_shortened_by_hand(prepared, joris):
    made = prepared(ready=True)
    rounds.announce(made, by=joris, at=timezone.now())
    rounds.see_to_days(at=moment(1))
    made.refresh_from_db()
    with pytest.raises(NotYet, match="That was promised"):
        rounds.move_on(made, RoundStage.CHECKING, why="Wij hebben haast.", by=joris, at=moment(30))
    rounds.see_to_days(at=moment(31))
    with_plans(made, 100)
    made.refresh_from_db()
    rounds.move_on(made, RoundStage.READY, by=joris, at=moment(40))
    for days in (54, 71):
        with pytest.raises(NotYet, match="not before or after"):
            rounds.move_on(made, RoundStage.VOTING, why="Nu maar.", by=joris, at=moment(days))


def test_back_from_the_list_to_checking_needs_a_reason_and_from_the_vote_there_is_no_way_back(make_round, joris):
    made = make_round(stage=RoundStage.READY)
    with pytest.raises(NotYet, match="Write why"):
        rounds.move_on(made, RoundStage.CHECKING, by=joris, at=timezone.now())
    rounds.move_on(made, RoundStage.CHECKING, why="Een plan was vergeten.", by=joris, at=timezone.now())
    voting = make_round(stage=RoundStage.VOTING)
    with pytest.raises(WrongStage):
        rounds.move_on(voting, RoundStage.CHECKING, why="Toch niet.", by=joris, at=timezone.now())
    with pytest.raises(WrongStage):
        rounds.move_on(voting, RoundStage.CLOSED, by=joris, at=timezone.now())


# --- stopping ----------------------------------------------------------------------------------------


def test_who_stops_a_round_says_why_and_the_money_goes_back(prepared, joris, noor):
    made = prepared(ready=True)
    fund = made.sources.get().pot
    rounds.announce(made, by=joris, at=timezone.now())
    with pytest.raises(NotYet):
        rounds.stop(made, why="  ", by=joris, at=timezone.now())
    rounds.stop(made, why="Te weinig plannen.", by=joris, at=timezone.now())
    made.pot.refresh_from_db()
    assert (made.stage, made.why, free_in(made.pot), free_in(fund)) == (RoundStage.STOPPED, "Te weinig plannen.", 0, 10000)
    assert announced(made.slug).why == "Te weinig plannen."
    assert not any_planned()
    assert not differences()
    with pytest.raises(WrongStage):
        rounds.stop(made, why="Nog eens.", by=joris, at=timezone.now())


def test_money_of_a_pot_that_is_closed_stays_in_the_pot_of_the_round(prepared, joris, noor):
    made = prepared(ready=True)
    close_pot(made.sources.get().pot, by=noor, at=timezone.now())
    rounds.stop(made, why="Te weinig plannen.", by=joris, at=timezone.now())
    assert (free_in(made.pot), made.sources.get().back) == (10000, 0)
    assert Event.objects.filter(verb="budget_round.stopped").get().payload == {"stays": "10000.00"}


def test_what_people_voted_is_thrown_away_when_the_vote_is_stopped(make_round, joris):
    made = make_round(stage=RoundStage.VOTING)
    Ballot.objects.create(ballot_id=b"x" * 32, round=made, marks={"1": {"1": 1}})
    rounds.stop(made, why="De lijst klopte niet.", by=joris, at=timezone.now())
    assert not Ballot.objects.exists()


def test_of_plans_for_one_spot_the_rule_lets_at_most_one_win(make_round):
    made = make_round(costs=("100", "200", "300", "400"))
    spot = made.spots.create(name="Het veldje")
    made.plans.filter(number__in=(2, 4)).update(spot=spot)
    made.plans.filter(number=1).update(spot=made.spots.create(name="De hoek"))
    assert rule_of(made).exclusions == (frozenset({"2", "4"}),)
