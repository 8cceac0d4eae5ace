"""Rounds at work: making one, its money, its rules a page at a time, announcing, and what who may not do."""

# ruff: noqa: F811 (a fixture is named like what it is)

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from buurtdraad.budgets.actions import rounds
from buurtdraad.budgets.models import BudgetRound, RulesSheet
from buurtdraad.budgets.states import RoundStage
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.budgets.tests.preparing import DAY, in_english, prepared  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "city_with_a_name")]


def page(name, *args):
    return "/en" + reverse(f"budgets:{name}", args=args).removeprefix("/en")


def asked(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as questions:
        assert client.get(path).status_code == 200
    return len(questions)


def test_a_round_is_made_filled_written_and_announced_in_the_browser(signed_in, joris, noor, make_pot):
    client = signed_in(joris)
    assert "There is no round yet" in client.get(page("work_rounds")).text
    assert client.post(page("make_round"), {"name": "", "area": "BU03440241", "year": "2026"}).status_code == 422
    today = timezone.localdate()
    answers = {"name": "Buurtbudget Geuzenwijk", "area": "BU03440241", "year": str(today.year), "about": "Voor een groene buurt."}
    assert client.post(page("make_round"), answers).status_code == 302
    made = BudgetRound.objects.get()
    shown = client.get(page("work_round", made.slug)).text
    assert "3 things are missing before everybody can read the rules" in shown
    assert "Whose turn it is: who makes the round." in shown
    client.post(page("change_round", made.slug), {"name": "Budget Geuzenwijk", "about": "Groen"})
    made.refresh_from_db()
    assert (made.name, made.parts.get().name) == ("Budget Geuzenwijk", "Budget Geuzenwijk")
    fund = make_pot("20000", name="Fonds", year=today.year)
    keeper = signed_in(noor)
    assert "is free" in keeper.get(page("work_sources", made.slug)).text
    assert keeper.post(page("work_sources", made.slug), {"pot": fund.uuid, "amount": "30.000"}).status_code == 422
    assert keeper.post(page("work_sources", made.slug), {"pot": fund.uuid, "amount": "10.000"}).status_code == 302
    source = made.sources.get()
    assert keeper.post(page("give_back", made.slug, source.pk), {"amount": "1000"}).status_code == 302
    assert made.parts.get().amount == 9000
    client = signed_in(joris)
    for name, answers in pages_of_the_sheet(today).items():
        answer = client.post(page("write_sheet", made.slug, name), answers)
        assert answer.status_code == 302, (name, answer.context["form"].errors)
    shown = client.get(page("work_sheet", made.slug)).text
    for words in (
        "There is €9,000 for Geuzenwijk.", "Everybody of 12 years and older can send a plan.", "Only for the school yard.",
        "A plan costs at most €5,000.", "We look at a plan when 25 people like it.", "You choose plans: at least 2 and at most 4.",
        "Every voter gets an equal part of the money to give.", "A plan needs at least this many votes: 10.",
        "At most €4,000 goes to &#x27;Green and play&#x27;.", "About the result decides: het college.", "Make the rules known",
    ):  # fmt: skip
        assert words in shown, words
    assert client.post(page("announce_round", made.slug)).status_code == 302
    made.refresh_from_db()
    assert made.stage == RoundStage.ANNOUNCED
    assert client.get(page("write_sheet", made.slug, "dagen")).status_code == 403
    assert "Make the rules known" not in client.get(page("work_round", made.slug)).text


def pages_of_the_sheet(today):
    return {
        "inzenden": {
            "propose_age": "12", "propose_organisations": "on", "propose_words": "Only for the school yard.", "likes_needed": "25",
            "most_a_plan": "5.000", "least_a_plan": "0", "months_to_do": "12",
        },
        "stemmen": {
            "vote_age": "12", "channels": ["post", "paper"], "ballot": "choose", "least_marks": "2", "most_marks": "4", "points": "10",
        },
        "tellen": {
            "way": "shares", "utility": "cost", "step": "1", "least_votes": "10", "least_percent": "0", "ties": "votes cost draw",
            "leftover": "nothing",
        },
        "grenzen": {
            "start": "exact", "stop": "overspend", "blank": "excluded", "by_cost": "0", "cap_green": "4.000", "keep_safe": "",
            **{f"weight_{channel}": "1" for channel in ("post", "email", "broker", "meeting", "help", "paper")},
        },
        "dagen": {
            "propose_from": str(today + DAY), "propose_until": str(today + 30 * DAY), "list_on": str(today + 50 * DAY),
            "vote_from": f"{today + 55 * DAY}T09:00", "vote_until": f"{today + 70 * DAY}T20:00", "paper_until": str(today + 72 * DAY),
            "result_on": str(today + 80 * DAY),
        },
        "besluit": {"decides": "het college", "if_not_adopted": "", "leftover": "back", "smallest_group": "10"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "wrong", "says"),
    [
        ("inzenden", {"least_a_plan": "6000"}, "more than a plan can cost at most"),
        ("inzenden", {"propose_age": "11"}, "Select a valid choice"),
        ("stemmen", {"most_marks": "1"}, "fewer than the number of plans at least"),
        ("stemmen", {"ballot": "points", "points": "1"}, "at least as many points as plans"),
        ("stemmen", {"channels": []}, "required"),
        ("tellen", {"way": "dice"}, "Select a valid choice"),
        ("tellen", {"step": "0"}, "above zero"),
        ("grenzen", {"weight_paper": "0"}, "greater than or equal"),
        ("dagen", {"propose_until": "2020-01-01"}, "comes too soon"),
        (
            "dagen",
            {
                "propose_from": "2027-05-01",
                "propose_until": "2027-01-01",
                "list_on": "",
                "vote_from": "",
                "vote_until": "",
                "paper_until": "",
                "result_on": "",
            },
            "First day to send a plan",
        ),
        ("dagen", {"vote_from": "2027-05-02T12:00", "vote_until": "2027-05-01T12:00"}, "You can vote from"),
        ("dagen", {"vote_until": "gisteren"}, "Enter a valid date/time"),
        ("dagen", {"result_on": "1492-01-01"}, "this century"),
        ("besluit", {"smallest_group": "3"}, "greater than or equal"),
        ("besluit", {"decides": ""}, "required"),
    ],
)
def test_a_wrong_answer_is_said_on_the_page_and_nothing_is_kept(signed_in, joris, prepared, name, wrong, says):  # noqa: PLR0917
    made = prepared()
    before = RulesSheet.objects.values().get()
    answer = signed_in(joris).post(page("write_sheet", made.slug, name), pages_of_the_sheet(timezone.localdate())[name] | wrong)
    assert answer.status_code == 422
    assert says in answer.text
    assert RulesSheet.objects.values().get() == before


def test_what_stands_in_the_sheet_stands_in_the_form(signed_in, joris, prepared):
    made, client = prepared(), signed_in(joris)
    for name, answers in pages_of_the_sheet(timezone.localdate()).items():
        client.post(page("write_sheet", made.slug, name), answers)
    assert 'value="5.000"' in client.get(page("write_sheet", made.slug, "inzenden")).text.replace("5,000", "5.000")
    assert "T20:00" in client.get(page("write_sheet", made.slug, "dagen")).text
    rule = Rule.from_dict(RulesSheet.objects.get().rule)
    assert (rule.least_votes, rule.caps, rule.weights, rule.earmarks) == (10, (("green", 4000),), (), ())


@pytest.mark.parametrize(
    ("way", "rule"),
    [
        ("shares", {"kind": "equal-shares", "completion": "add1"}),
        ("shares_rest", {"kind": "equal-shares", "completion": "add1u"}),
        ("most", {"kind": "greedy", "misfit": "skip"}),
        ("most_stop", {"kind": "greedy", "misfit": "stop"}),
        ("first", {"kind": "phragmen"}),
    ],
)
def test_every_way_of_counting_is_kept_and_said_in_words(signed_in, joris, prepared, way, rule):
    made, client = prepared(), signed_in(joris)
    answers = pages_of_the_sheet(timezone.localdate())["tellen"] | {"way": way}
    assert client.post(page("write_sheet", made.slug, "tellen"), answers).status_code == 302
    kept = RulesSheet.objects.get().rule
    assert rule.items() <= kept.items()
    assert client.get(page("write_sheet", made.slug, "tellen")).context["form"].initial["way"] == way
    assert client.get(page("work_sheet", made.slug)).status_code == 200


def test_the_round_is_taken_on_and_stopped_by_hand_in_the_browser(signed_in, joris, prepared):
    made, client = prepared(ready=True), signed_in(joris)
    rounds.announce(made, by=joris, at=timezone.now())
    assert page("move_round", made.slug, "gathering") in client.get(page("work_round", made.slug)).text
    assert client.post(page("move_round", made.slug, "gathering"), {"why": ""}).status_code == 422
    assert client.post(page("move_round", made.slug, "gathering"), {"why": "De hal is al open."}).status_code == 302
    assert "De hal is al open." in client.get(page("work_round", made.slug)).text
    for nonsense in ("closed", "dice"):
        assert client.post(page("move_round", made.slug, nonsense), {"why": "x"}).status_code == 404
    assert client.post(page("stop_round", made.slug), {"why": ""}).status_code == 422
    answer = client.post(page("stop_round", made.slug), {"why": "Te weinig plannen."}, follow=True)
    assert "The money is back where it came from." in answer.text
    assert "This round does not go on: Te weinig plannen." in answer.text


def test_budgets_within_a_round_are_added_changed_and_removed_in_the_browser(signed_in, joris, prepared):
    made, client = prepared(), signed_in(joris)
    answers = {"name": "De hele stad", "area": "GM0344", "amount": "0"}
    assert client.post(page("add_part", made.slug), answers).status_code == 302
    assert client.post(page("add_part", made.slug), answers).status_code == 422
    city = made.parts.last()
    assert client.post(page("change_part", made.slug, city.pk), answers | {"amount": "2.500"}).status_code == 302
    assert "€2,500" in client.get(page("work_parts", made.slug)).text
    assert client.post(page("remove_part", made.slug, city.pk)).status_code == 302
    assert made.parts.get().amount == Decimal(10000)


# --- who may not -------------------------------------------------------------------------------------


def test_who_has_no_duty_there_sees_no_round_in_preparation_and_changes_none(signed_in, samira, kees, prepared):
    made = prepared(ready=True)
    client = signed_in(samira)
    assert client.get(page("work_round", made.slug)).status_code == 404
    assert made.name not in client.get(page("work_rounds")).text
    known = prepared("Buurtbudget", ready=True)
    BudgetRound.objects.filter(pk=known.pk).update(stage=RoundStage.VOTING)
    RulesSheet.objects.filter(round=known).update(announced_at=timezone.now())
    assert client.get(page("work_round", known.slug)).status_code == 200
    for name, *args in (
        ("announce_round",), ("stop_round",), ("change_round",), ("simulate",), ("add_part",), ("move_round", "gathering"),
        ("write_sheet", "dagen"),
    ):  # fmt: skip
        assert client.post(page(name, known.slug, *args)).status_code == 403, name
    client = signed_in(kees)
    assert client.get(page("work_rounds")).status_code == 403


def test_who_makes_rounds_but_keeps_no_pots_moves_no_money(signed_in, joris, prepared, make_pot):
    made, client = prepared(), signed_in(joris)
    assert "Move it to the round" not in client.get(page("work_sources", made.slug)).text
    assert client.post(page("work_sources", made.slug), {"pot": make_pot(name="Fonds").uuid, "amount": "5"}).status_code == 403
    assert client.post(page("give_back", made.slug, made.sources.get().pk), {"amount": "5"}).status_code == 403


def test_who_keeps_pots_and_makes_no_rounds_puts_money_in(signed_in, bas, prepared, make_pot):
    made, client = prepared(), signed_in(bas)
    fund = make_pot("700", name="Fonds", year=made.year)
    assert client.post(page("work_sources", made.slug), {"pot": fund.uuid, "amount": "700"}).status_code == 302
    assert client.post(page("announce_round", made.slug)).status_code == 403


# --- hostile, and how much it costs ------------------------------------------------------------------


def test_a_hostile_name_does_nothing_on_any_page(signed_in, client, joris, prepared):
    hostile = "<script>alert(1)</script>"
    made = prepared(hostile, ready=True)
    RulesSheet.objects.update(propose_words=hostile, vote_words=hostile, decides=hostile, if_not_adopted=hostile)
    BudgetRound.objects.update(about=hostile)
    rounds.announce(made, by=joris, at=timezone.now())
    rounds.move_on(made, RoundStage.GATHERING, why=hostile, by=joris, at=timezone.now())
    for name in ("rounds", "round", "rules", "rules_json"):
        path = page(name, *([] if name == "rounds" else [made.slug]))
        assert "<script>alert" not in client.get(path).text or name == "rules_json"
    assert client.get(page("rules_pdf", made.slug)).content.startswith(b"%PDF")
    staff = signed_in(joris)
    for name in ("work_round", "work_sheet", "work_parts", "work_sources", "simulate"):
        assert "<script>alert" not in staff.get(page(name, made.slug)).text


def test_pages_at_work_ask_as_much_for_one_round_as_for_three(signed_in, joris, prepared, areas):
    made, client = prepared(), signed_in(joris)
    first = asked(client, page("work_rounds"))
    few = asked(client, page("work_round", made.slug))
    for name in ("Twee", "Drie"):
        prepared(name)
    assert asked(client, page("work_rounds")) == first
    assert asked(client, page("work_round", made.slug)) == few <= 26
