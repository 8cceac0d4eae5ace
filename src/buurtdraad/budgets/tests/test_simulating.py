"""The same votes under two rules: from a file of another city, and from a round of before."""

# ruff: noqa: F811 (a fixture is named like what it is)

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from buurtdraad.budgets.forms.simulating import MOST_MB
from buurtdraad.budgets.models import BudgetPlan, Counted, FrozenBallot
from buurtdraad.budgets.queries.simulating import compare
from buurtdraad.budgets.states import RoundStage
from buurtdraad.budgets.tally.election import Ballot, Election, Plan
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.budgets.tests.preparing import in_english, prepared  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "city_with_a_name")]
# Seven people want the dear plan, three the cheap one: by most votes those three get nothing.
PLANS = (Plan("1", 100, "Groot"), Plan("2", 30, "Klein"), Plan("3", 28, "Middel"))
VOTES = [Ballot(("1",), number=4), Ballot(("1", "3"), number=3), Ballot(("2",), number=3), Ballot((), number=2)]
FILE = """META
key;value
description;Proef
budget;100
vote_type;approval
num_projects;3
num_votes;10
PROJECTS
project_id;cost;name
1;100;Groot
2;30;<script>alert(1)</script>
3;28;Middel
VOTES
voter_id;vote
"""


def page(made):
    return "/en" + reverse("budgets:simulate", args=[made.slug]).removeprefix("/en")


def pabulib():
    marks = ["1"] * 4 + ["1,3"] * 3 + ["2"] * 3
    return FILE + "".join(f"{number};{each}\n" for number, each in enumerate(marks))


def sent(text, name="proef.pb"):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def test_two_rules_are_compared_by_winners_money_and_voters_with_nothing():
    election = Election.of_ballots(PLANS, 100, VOTES)
    found = compare(election, Rule(), Rule(kind="greedy"))
    assert (sorted(found.first.winners), sorted(found.second.winners)) == (["2", "3"], ["1"])
    assert (found.first.voters, found.first.without, found.second.without) == (10, 4, 3)
    assert (found.first.share_spent, found.second.share_spent) == (0.58, 1.0)
    assert (found.first.wins, found.second.wins) == (0.6, 0.7)
    assert (found.changed, found.plans) == (3, 3)
    assert [(row.name, row.votes, row.first, row.second) for row in found.rows] == [
        ("Groot", 7, False, True), ("Klein", 3, True, False), ("Middel", 3, True, False),
    ]  # fmt: skip


def test_what_belongs_to_plans_of_another_round_is_left_out_of_the_rule():
    election = Election.of_ballots(PLANS, 100, VOTES)
    strange = Rule(earmarks=(("green", 90),), caps=(("safe", 1),), exclusions=(frozenset({"2", "3"}),))
    assert compare(election, strange, Rule()).changed == 0


def test_nobody_voted_is_no_error():
    found = compare(Election.of_ballots(PLANS, 100, []), Rule(), Rule(kind="phragmen"))
    assert (found.first.voters, found.first.share_without, found.rows) == (0, 0.0, [])


def test_votes_of_another_city_are_counted_in_two_ways_and_not_kept(signed_in, joris, prepared):
    made, client = prepared(), signed_in(joris)
    shown = client.get(page(made)).text
    assert "There is no round of before with votes here" in shown
    shown = client.post(page(made), {"file": sent(pabulib()), "first": "sheet", "second": "most"}).text
    for words in ("3 plans win in one way and not in the other", "Fair parts", "Most votes first", "4 (40.0%)", "3 (30.0%)", "€100"):
        assert words in shown
    assert "<script>alert" not in shown
    assert not FrozenBallot.objects.exists()


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (None, "Choose a round of before, or a file"),
        (b"", "empty"),
        (b"\x00\xff\xfe", "cannot be read"),
        (b"META\nkey;value\nbudget;-5\n", "cannot be read"),
        (pabulib().replace("budget;100", "budget;0"), "cannot be read"),
        (pabulib().replace("1;100;Groot", "1;-100;Groot"), "line 10"),
        (pabulib() + "99;8\n", "cannot be read: line"),
        (b"x" * (MOST_MB * 1024 * 1024 + 1), "too large"),
    ],
)
def test_a_file_that_is_no_election_is_said_with_its_line(signed_in, joris, prepared, file, says):
    facts = {"first": "sheet", "second": "most"} | ({} if file is None else {"file": sent(file)})
    answer = signed_in(joris).post(page(prepared()), facts)
    assert answer.status_code == 422
    assert says in answer.text


@pytest.mark.parametrize("way", ["shares", "shares_rest", "most", "most_stop", "first", "count"])
def test_every_way_can_be_tried(signed_in, joris, prepared, way):
    answer = signed_in(joris).post(page(prepared()), {"file": sent(pabulib()), "first": way, "second": "sheet"})
    assert answer.status_code == 200


def test_the_votes_of_a_round_of_before_are_counted_in_two_ways(signed_in, joris, prepared, make_round):
    before = make_round("Vorig jaar", stage=RoundStage.CLOSED, amount="100", costs=("100", "30", "28"))
    part = before.parts.get()
    for ballot in VOTES:
        marks = dict.fromkeys(ballot.marks, 1)
        FrozenBallot.objects.bulk_create(FrozenBallot(part=part, marks=marks) for _each in range(ballot.number))
    plans = [
        {
            "number": plan.number,
            "title": plan.title,
            "cost": str(plan.cost),
            "theme": "green",
            "area": "BU1",
            "spot": "",
            "withdrawn": False,
        }
        for plan in BudgetPlan.objects.filter(round=before).order_by("number")
    ]
    hashes = dict.fromkeys(("ballots_hash", "plans_hash", "rule_hash", "whole_hash"), "0" * 64)
    Counted.objects.create(part=part, rule=Rule().to_dict(), plans=plans, budget=100, ballots=12, blank=2, **hashes)
    client, made = signed_in(joris), prepared()
    assert f"Vorig jaar {timezone.localdate().year}" in client.get(page(made)).text
    shown = client.post(page(made), {"part": part.pk, "first": "shares", "second": "most"}).text
    assert "3 plans win in one way and not in the other" in shown
    assert "4 (40.0%)" in shown


def test_two_ways_that_look_alike_have_two_names(signed_in, joris, prepared):
    shown = signed_in(joris).post(page(prepared()), {"file": sent(pabulib()), "first": "shares", "second": "count"}).text
    assert "Fair parts (by the number of plans)" in shown
