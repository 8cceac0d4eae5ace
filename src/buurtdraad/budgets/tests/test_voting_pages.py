"""The pages on which people vote: four steps, without a script, with the code in what forms send and nowhere else."""

import logging
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtdraad.budgets import keys
from buurtdraad.budgets.models import Ballot, BudgetPlan, Counted, Part, Register
from buurtdraad.budgets.secrecy import grouped, new_code
from buurtdraad.budgets.states import PlanStage, RoundStage
from buurtdraad.budgets.views.guessing import MOST_WRONG
from buurtdraad.lib.models import Allowance

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def booth(client, make_codes):
    """Sends a step of a round's form: `booth(round, "look", code=..., **marks)`."""

    def send(round_, step, code, **marks):
        address = reverse("budgets:vote_in", args=[round_.slug])
        return client.post(
            address, {"step": step, "code": code, "parts": ["1"], **{name.replace("_", "-"): v for name, v in marks.items()}}
        )

    return send


def test_from_the_code_to_the_receipt(client, make_round, make_codes):
    round_ = make_round()
    (code,) = make_codes(round_)
    page = client.get(reverse("budgets:vote"))
    assert page.status_code == 200
    page = client.post(reverse("budgets:vote"), {"code": grouped(code).lower()})
    assert "Plan 2" in page.text
    sent = {"step": "look", "code": code, "parts": "1", "part-1": ["1", "3"]}
    page = client.post(reverse("budgets:vote_in", args=[round_.slug]), sent)
    assert "Plan 3" in page.text
    assert "Plan 2" not in page.text
    sent = dict(HIDDEN.findall(page.text)) | {"part-1": ["1", "3"], "step": "cast"}
    page = client.post(reverse("budgets:vote_in", args=[round_.slug]), sent)
    assert re.search(r">[0-9A-Z]{4}(-[0-9A-Z]{4}){3}<", page.text)
    assert Ballot.objects.get().marks == {"1": {"1": 1, "3": 1}}


def test_a_receipt_never_stands_beside_what_was_chosen(make_round, make_codes, booth):
    round_ = make_round()
    (code,) = make_codes(round_)
    page = booth(round_, "cast", code, part_1=["1"])
    assert page.status_code == 200
    assert "Plan 1" not in page.text


def test_the_code_is_in_no_address_cookie_session_or_log(make_round, make_codes, booth, client, caplog):
    round_ = make_round()
    (code,) = make_codes(round_)
    with caplog.at_level(logging.DEBUG):
        for step, marks in (("begin", {}), ("look", {"part_1": ["99"]}), ("look", {"part_1": ["1"]}), ("cast", {"part_1": ["1"]})):
            page = booth(round_, step, code, **marks)
            assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
            assert not page.has_header("Location")
            assert not re.search(rf"(?:href|src|action)=\"[^\"]*{code}", page.text)
    assert "sessionid" not in client.cookies
    assert not any(code in morsel.value for morsel in client.cookies.values())
    wire = [record for record in caplog.records if not record.name.startswith("django.db")]
    assert not any(code in record.getMessage() or grouped(code) in record.getMessage() for record in wire)
    assert code not in booth(round_, "cast", code, part_1=["1"]).text


def test_no_line_of_a_refusal_tells_that_somebody_voted(client, make_round, caplog):
    round_ = make_round()
    address = reverse("budgets:vote_in", args=[round_.slug])
    with caplog.at_level(logging.DEBUG):
        assert client.post(address, {"code": "x"}).status_code == 422
        assert Client(enforce_csrf_checks=True).post(address, {"code": "x"}).status_code == 403
        assert client.get("/en/stemmen/nergens/").status_code == 404
        assert client.get("/nergens/").status_code == 404
    told = [record.getMessage() for record in caplog.records if record.name.startswith(("django.request", "django.security"))]
    assert told == ["Not Found: /nergens/"]


def test_who_votes_again_sees_what_they_chose(make_round, make_codes, booth):
    round_ = make_round()
    (code,) = make_codes(round_)
    booth(round_, "cast", code, part_1=["2"])
    page = booth(round_, "begin", code)
    assert re.search(r'value="2"[^>]*checked', page.text, re.DOTALL)
    assert not re.search(r'value="1"[^>]*checked', page.text, re.DOTALL)


def test_a_plan_that_was_taken_back_is_named_and_the_rest_of_the_vote_stays(make_round, make_codes, booth):
    round_ = make_round()
    (code,) = make_codes(round_)
    booth(round_, "cast", code, part_1=["1", "2"])
    BudgetPlan.objects.filter(number=2).update(stage=PlanStage.WITHDRAWN, why="De maker verhuist.")
    page = booth(round_, "begin", code)
    assert "Plan 2" in page.text
    assert 'value="2"' not in page.text
    page = booth(round_, "cast", code, part_1=["1", "2"])
    assert page.status_code == 422
    assert re.search(r'value="1"[^>]*checked', page.text, re.DOTALL)


@pytest.mark.parametrize("step", ["look", "cast"])
@pytest.mark.parametrize("number", ["99", "<script>alert(1)</script>", "-1", "", "9" * 400])
def test_a_forged_choice_is_said_and_changes_nothing(make_round, make_codes, booth, step, number):
    round_ = make_round()
    (code,) = make_codes(round_)
    page = booth(round_, step, code, part_1=["1", number])
    assert page.status_code == 422
    assert "<script>alert" not in page.text
    assert not Ballot.objects.exists()


@pytest.mark.parametrize("points", ["-5", "1e9", "11", "٣", "0.5", "NaN"])
def test_forged_points_are_said_and_change_nothing(make_round, make_codes, booth, points):
    round_ = make_round(ballot="points", points=10)
    (code,) = make_codes(round_)
    assert booth(round_, "cast", code, **{"part-1-1": points}).status_code == 422
    assert not Ballot.objects.exists()


def test_over_budget_by_a_forged_form_is_refused(make_round, make_codes, booth):
    round_ = make_round(ballot="basket", amount="7000")
    (code,) = make_codes(round_)
    page = booth(round_, "cast", code, part_1=["1", "2"])
    assert page.status_code == 422
    assert "1.000" in page.text


def test_points_and_places_are_kept_as_points(make_round, make_codes, booth):
    points, places = make_round(ballot="points", points=10), make_round(ballot="rank", most_marks=3)
    (one,), (two,) = make_codes(points), make_codes(places)
    booth(points, "cast", one, **{"part-1-1": "7", "part-1-2": "0", "part-1-3": "3"})
    booth(places, "cast", two, **{"part-1-1": "2", "part-1-2": "0", "part-1-3": "1"})
    assert [Ballot.objects.get(round=round_).marks for round_ in (points, places)] == [{"1": {"1": 7, "3": 3}}, {"1": {"1": 2, "3": 3}}]
    assert re.search(r'<option value="1" selected>', booth(places, "begin", two).text)


def test_a_blank_ballot_is_asked_about_and_then_counts(make_round, make_codes, booth):
    round_ = make_round(least_marks=3)
    (code,) = make_codes(round_)
    assert "blanco" in booth(round_, "look", code).text
    assert booth(round_, "cast", code).status_code == 200
    assert Ballot.objects.get().marks == {"1": {}}


def test_the_basket_is_counted_without_a_code(client, make_round):
    round_ = make_round(ballot="basket")
    sent = {"step": "count", "parts": ["1"], "part-1": ["1", "2"]}
    page = client.post(reverse("budgets:vote_in", args=[round_.slug]), sent, headers={"HX-Request": "true"})
    assert page.status_code == 200
    assert "8.000" in page.text
    assert "2.000" in page.text
    assert "<html" not in page.text


def test_without_a_script_the_basket_is_counted_by_a_button(make_round, make_codes, booth):
    round_ = make_round(ballot="basket")
    (code,) = make_codes(round_)
    page = booth(round_, "count", code, part_1=["1"])
    assert 'name="step" value="count"' in page.text
    assert "3.000" in page.text
    assert re.search(r'value="1"[^>]*checked', page.text, re.DOTALL)


@pytest.mark.parametrize("typed", ["", "ABC", "0" * 13, "x" * 500, "<script>alert(1)</script>", "\x00"])
def test_what_is_no_code_is_said_in_words_and_is_no_guess(client, make_round, make_codes, typed):
    round_ = make_round()
    make_codes(round_)
    for address in (reverse("budgets:vote"), reverse("budgets:vote_in", args=[round_.slug])):
        page = client.post(address, {"code": typed if typed != "0" * 13 else "0000000000001"})
        assert page.status_code == 422
        assert "<script>alert" not in page.text
    assert not Allowance.objects.exists()


def test_sixty_wrong_codes_from_one_address_stop_that_address_and_no_other(client, make_round, make_codes):
    round_ = make_round()
    (code,) = make_codes(round_)
    address = reverse("budgets:vote_in", args=[round_.slug])
    for _each in range(MOST_WRONG):
        assert client.post(address, {"code": new_code()}).status_code == 422
    assert client.post(address, {"code": new_code()}).status_code == 429
    assert client.post(address, {"code": code}).status_code == 429
    assert Client(REMOTE_ADDR="203.0.113.9").post(address, {"code": code}).status_code == 200


def test_three_hundred_right_codes_from_one_library_all_get_on_and_nothing_of_it_is_kept(client, make_round, make_codes):
    round_ = make_round()
    address = reverse("budgets:vote_in", args=[round_.slug])
    answers = {client.post(address, {"code": code}).status_code for code in make_codes(round_, 300)}
    assert answers == {200}
    assert not Allowance.objects.exists()


def test_with_no_round_open_it_says_so(client, make_round):
    assert client.get(reverse("budgets:vote")).status_code == 200
    round_ = make_round(stage=RoundStage.READY)
    assert client.get(reverse("budgets:vote_in", args=[round_.slug])).status_code == 200
    hidden = make_round(stage=RoundStage.PREPARING)
    assert client.get(reverse("budgets:vote_in", args=[hidden.slug])).status_code == 404
    assert client.get(reverse("budgets:receipt", args=[hidden.slug])).status_code == 404


def test_after_closing_the_form_of_before_gets_words(make_round, make_codes, booth):
    round_ = make_round()
    (code,) = make_codes(round_)
    type(round_).objects.filter(pk=round_.pk).update(stage=RoundStage.CLOSED, closed_at=timezone.now())
    page = booth(round_, "cast", code, part_1=["1"])
    assert page.status_code == 422
    assert not Ballot.objects.exists()


def test_a_round_without_its_key_says_whom_to_call(make_round, make_codes, booth):
    round_ = make_round()
    (code,) = make_codes(round_)
    keys.destroy_key(round_)
    assert booth(round_, "begin", code).status_code == 503


def test_with_two_rounds_open_the_code_finds_its_own(client, make_round, make_codes):
    one, other = make_round("Buurtbudget Pijlsweerd"), make_round("Buurtbudget Ondiep")
    make_codes(one)
    (code,) = make_codes(other)
    assert "Ondiep" in client.get(reverse("budgets:vote")).text
    page = client.post(reverse("budgets:vote"), {"code": code})
    assert reverse("budgets:vote_in", args=[other.slug]) in page.text


def test_hostile_names_stay_text(make_round, make_codes, booth):
    round_ = make_round("<script>alert(1)</script>")
    BudgetPlan.objects.update(title="<script>alert(2)</script>", summary="<img src=x onerror=alert(3)>", story="<b>x</b>")
    (code,) = make_codes(round_)
    for step in ("begin", "look", "cast"):
        page = booth(round_, step, code, part_1=["1", "2"])
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text


def test_the_ballot_asks_the_same_queries_with_three_and_with_thirty_plans(make_round, make_codes, booth, django_assert_max_num_queries):
    seen = []
    for costs in (("100",) * 3, ("100",) * 30):
        round_ = make_round(costs=costs)
        (code,) = make_codes(round_)
        booth(round_, "begin", code)
        with django_assert_max_num_queries(12) as asked:
            booth(round_, "begin", code)
        seen.append(len(asked))
    assert seen[0] == seen[1]


def test_no_plan_is_first_for_everybody_and_for_one_voter_it_stays(make_round, make_codes, booth):
    round_ = make_round(costs=("100",) * 10)
    orders = []
    for code in make_codes(round_, 12):
        first, second = (re.findall(r'id="title-(\d+)"', booth(round_, "begin", code).text) for _each in range(2))
        assert first == second
        assert sorted(first, key=int) == [str(number) for number in range(1, 11)]
        orders.append(first[0])
    assert len(set(orders)) > 1


def test_a_receipt_can_be_looked_up_once_it_is_counted(client, make_round, make_codes, booth):
    round_ = make_round()
    (code,) = make_codes(round_)
    receipt = re.search(r">([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})<", booth(round_, "cast", code, part_1=["1"]).text)[1]
    address = reverse("budgets:receipt", args=[round_.slug])
    assert client.get(address).status_code == 200
    type(round_).objects.filter(pk=round_.pk).update(stage=RoundStage.CLOSED, closed_at=timezone.now())
    published = f"0000-0000-0000-0000\n{receipt}\n"
    hashes = dict.fromkeys(("ballots_hash", "plans_hash", "rule_hash", "whole_hash"), "0" * 64)
    Counted.objects.create(
        part=Part.objects.get(), plans=[], budget=10000, rule={}, result={}, explanation={}, ballots=1, receipts=published,
        counted_at=timezone.now(), **hashes,
    )  # fmt: skip
    assert "geteld" in client.post(address, {"receipt": receipt.lower().replace("-", " ")}).text
    assert client.post(address, {"receipt": "AAAA-BBBB"}).status_code == 200
    assert client.post(address, {"receipt": ""}).status_code == 422
    assert Register.objects.get().used
