"""What everybody sees of rounds: all of them, one with its plans as list and map, and its rules."""

# ruff: noqa: F811 (a fixture is named like what it is)

import json

import pikepdf
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from buurtdraad.budgets.actions import rounds
from buurtdraad.budgets.models import BudgetPlan, BudgetRound
from buurtdraad.budgets.queries import plan_list
from buurtdraad.budgets.states import PlanStage, RoundStage
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.budgets.tests.preparing import DAY, in_english, prepared  # noqa: F401
from buurtdraad.places.models import AreaYear

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "city_with_a_name")]
SQUARE = "M0 0H1000V1000H0Z"


def page(name, *args):
    return "/en" + reverse(f"budgets:{name}", args=args).removeprefix("/en")


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


def test_without_a_round_the_page_says_so_and_leads_to_the_fund(client):
    shown = client.get(page("rounds")).text
    assert "There is no neighbourhood budget now" in shown
    assert "/en/fonds/" in shown


def test_rounds_that_go_on_stand_before_those_of_before_and_one_in_preparation_nowhere(client, make_round):
    make_round("Nu")
    make_round("Vroeger", stage=RoundStage.DONE)
    make_round("Straks", stage=RoundStage.PREPARING)
    make_round("Gestopt", stage=RoundStage.STOPPED)
    shown = client.get(page("rounds")).text
    assert shown.index(">Nu<") < shown.index(">Vroeger<")
    assert "Straks" not in shown
    assert "This round does not go on: Te weinig plannen." in shown


def test_a_round_in_preparation_is_not_there_for_everybody(client, prepared):
    made = prepared(ready=True)
    for name in ("round", "rules", "rules_json", "rules_pdf"):
        assert client.get(page(name, made.slug)).status_code == 404
    assert client.get(page("round", "bestaat-niet")).status_code == 404


def test_the_page_of_a_round_says_where_it_stands_how_much_there_is_and_which_plans(client, make_round):
    made = make_round(costs=("3000", "0"))
    shown = client.get(page("round", made.slug)).text
    for words in ("You can vote until", "€10,000", "Plans on the list", "Plan 1", "€3,000", "It costs nothing", "Read the rules"):
        assert words in shown
    assert "Een plan voor de buurt." in shown


def test_plans_are_chosen_by_subject_place_and_cost(client, make_round, areas):
    made = make_round(costs=("500", "3000", "30000"))
    made.plans.filter(number=2).update(theme="safe", area=areas["BU03440242"])

    def found(query):
        rows = client.get(page("round", made.slug) + query).context["rows"]
        return {row["plan"].number for row in rows}

    assert found("") == {1, 2, 3}
    assert found("?thema=safe") == {2}
    assert found("?buurt=BU03440242") == {2}
    assert [found(f"?prijs={cost}") for cost in plan_list.COSTS] == [{1}, {2}, set(), {3}]
    assert "No plan is like that" in client.get(page("round", made.slug) + "?prijs=20000").text
    assert client.get(page("round", made.slug) + "?thema=&prijs=1000").url == page("round", made.slug) + "?prijs=1000"


@pytest.mark.parametrize(
    "query", ["thema=geld';--", "prijs=-1", "buurt=<script>", "page=0", "page=99", "page=x", "volgorde=10", "volgorde=a", "lijst=alles"]
)
def test_an_address_that_asks_nonsense_is_not_there(client, make_round, query):
    assert client.get(page("round", make_round().slug) + "?" + query).status_code == 404


def test_the_order_of_plans_is_another_one_each_day_and_on_request_and_the_same_for_a_whole_visit(make_round):
    made = make_round(costs=["100"] * 12)
    today = timezone.localdate()

    def order(day, turn=1):
        return list(plan_list.shuffled(plan_list.search(made, plan_list.Wanted()), day=day, turn=turn).values_list("number", flat=True))

    assert order(today) == order(today)
    assert sorted(order(today)) == list(range(1, 13))
    assert len({tuple(order(today + days * DAY)) for days in range(5)}) == 5
    assert order(today, 2) != order(today, 1)


def test_plans_that_cannot_be_done_stand_apart_with_why_and_hidden_ones_nowhere(client, make_round):
    made = make_round(costs=("100", "200", "300"))
    made.plans.filter(number=2).update(stage=PlanStage.NOT_FEASIBLE, why="Er ligt een gasleiding.")
    made.plans.filter(number=3).update(stage=PlanStage.PROPOSED, shown=False, title="Ongelezen")
    assert "gasleiding" not in client.get(page("round", made.slug)).text
    shown = client.get(page("round", made.slug) + "?lijst=niet").text
    assert "Er ligt een gasleiding." in shown
    assert "Ongelezen" not in shown


def test_plans_with_a_spot_stand_on_the_map_by_their_number(client, make_round):
    AreaYear.objects.filter(area__code="BU03440241").update(outline=SQUARE, frame=[0, 0, 1000, 1000])
    made = make_round(costs=("100", "200"))
    assert "buurt-map__cluster" not in client.get(page("round", made.slug)).text
    made.plans.filter(number=2).update(longitude=5.1, latitude=52.1, title="Bank <b>")
    cache.clear()
    shown = client.get(page("round", made.slug)).text
    assert shown.count("buurt-map__cluster") == 1
    assert 'aria-label="2. Bank &lt;b&gt;"' in shown


def test_in_a_district_the_map_counts_plans_per_neighbourhood(client, make_round, areas):
    AreaYear.objects.filter(area__code__startswith="BU").update(outline=SQUARE, frame=[0, 0, 1000, 1000])
    made = make_round(area="WK034402", costs=("100", "200", "300"))
    made.plans.filter(number=1).update(area=areas["BU03440242"])
    made.plans.filter(number=2).update(area=areas["BU03440242"])
    assert 'aria-label="Schaakbuurt: 2 plans"' in client.get(page("round", made.slug)).text


def test_a_page_of_plans_asks_as_much_for_one_as_for_thirty(client, make_round):
    def asked(made):
        with CaptureQueriesContext(connection) as questions:
            assert client.get(page("round", made.slug)).status_code == 200
        return len(questions)

    few, many = make_round(costs=("100",)), make_round(costs=["100"] * 30)
    asked(few)
    assert asked(few) == asked(many) <= 12


def test_the_list_of_rounds_asks_as_much_for_one_as_for_three(client, make_round):
    def asked():
        with CaptureQueriesContext(connection) as questions:
            client.get(page("rounds"))
        return len(questions)

    make_round()
    asked()
    first = asked()
    make_round(), make_round()
    assert asked() == first


# --- the rules ---------------------------------------------------------------------------------------


def test_everybody_reads_the_rules_and_takes_them_along_as_data_and_on_paper(client, prepared, joris, tmp_path):
    made = prepared(ready=True)
    rounds.announce(made, by=joris, at=timezone.now())
    shown = client.get(page("rules", made.slug)).text
    for words in (
        "How do we count?",
        "Every voter gets an equal part of the money to give.",
        "Who sees what you vote?",
        "These rules are known",
    ):
        assert words in shown
    facts = json.loads(client.get(page("rules_json", made.slug)).text)
    assert Rule.from_dict(facts["rule"]) == Rule.from_dict(made.sheet.rule)
    assert facts["budgets"] == [{"name": "Buurtbudget Geuzenwijk", "order": 1, "amount": "10000.00"}]
    paper = tmp_path / "regels.pdf"
    paper.write_bytes(client.get(page("rules_pdf", made.slug)).content)
    with pikepdf.open(paper) as document:
        assert document.Root.MarkInfo.Marked
        assert "Geuzenwijk" in str(document.docinfo.get("/Title", ""))


def test_a_step_on_another_day_is_told_with_why(client, prepared, joris):
    made = prepared(ready=True)
    rounds.announce(made, by=joris, at=timezone.now())
    rounds.move_on(made, RoundStage.GATHERING, why="De hal is al open.", by=joris, at=timezone.now())
    assert "De hal is al open." in client.get(page("round", made.slug)).text


def test_a_round_from_elsewhere_says_so(client, make_round):
    made = make_round(stage=RoundStage.PREPARING)
    BudgetRound.objects.filter(pk=made.pk).update(elsewhere="Assen")
    made.sheet.announced_at = timezone.now()
    type(made.sheet).objects.filter(pk=made.sheet.pk).update(announced_at=timezone.now())
    BudgetRound.objects.filter(pk=made.pk).update(stage=RoundStage.DONE, closed_at=timezone.now())
    BudgetPlan.objects.filter(round=made).update(stage=PlanStage.LISTED)
    assert "This was voted elsewhere: Assen." in client.get(page("round", made.slug)).text
