"""Pages after the count: writing and adopting the result, seeing to chosen plans, and how it goes with them for everybody."""

# ruff: noqa: F811, PLR0917 (a fixture is named like what it is)
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buurtdraad.budgets.models import Adoption, Winner
from buurtdraad.budgets.states import RoundStage
from buurtdraad.budgets.tests.after import WORDS, adopted, count, counted, facts, made_by, now, plan_of, today  # noqa: F401
from buurtdraad.budgets.tests.test_becoming import municipal, topic_of, winner_of  # noqa: F401
from buurtdraad.budgets.tests.test_tracking import finish
from buurtdraad.initiatives.models import Initiative
from buurtdraad.money.models import Commitment

pytestmark = pytest.mark.django_db


def path(round_, rest=""):
    return f"/werk/budgetten/{round_.slug}/{rest}"


def text_of(response):
    return " ".join(response.text.split())


def sent(**more):
    return {"words": WORDS, "decided_on": today().isoformat()} | more


# --- the result ----------------------------------------------------------------------------------------


def test_a_result_goes_from_one_person_to_another_on_the_site(counted, signed_in, joris, bas):
    round_ = counted()
    page = signed_in(joris).get(path(round_, "vaststellen/"))
    assert "het college" in text_of(page)
    assert "1. Plan 1 (€\u00a03.000)" in page.text
    assert signed_in(joris).post(path(round_, "vaststellen/"), sent()).status_code == 302
    assert path(round_, "vaststellen/ja/") not in signed_in(joris).get(path(round_, "vaststellen/")).text
    assert path(round_, "vaststellen/ja/") in signed_in(bas).get(path(round_, "vaststellen/")).text
    signed_in(bas).post(path(round_, "vaststellen/ja/"))
    round_.refresh_from_db()
    assert round_.stage == RoundStage.ADOPTED
    assert WORDS in signed_in(bas).get(path(round_, "vaststellen/")).text


def test_who_wrote_the_result_cannot_press_yes(counted, signed_in, noor):
    round_ = counted()
    signed_in(noor).post(path(round_, "vaststellen/"), sent())
    assert signed_in(noor).post(path(round_, "vaststellen/ja/")).status_code == 403
    assert signed_in(noor).post(path(round_, "vaststellen/terug/"), {"why": "Toch niet"}).status_code == 403


def test_a_result_given_back_stands_in_the_form_again(counted, signed_in, noor, bas):
    round_ = counted()
    signed_in(noor).post(path(round_, "vaststellen/"), sent(words="Eerste woorden"))
    assert signed_in(bas).post(path(round_, "vaststellen/terug/"), {"why": ""}).status_code == 422
    signed_in(bas).post(path(round_, "vaststellen/terug/"), {"why": "Noem de dag."})
    page = signed_in(noor).get(path(round_, "vaststellen/")).text
    assert "Noem de dag." in page
    assert "Eerste woorden" in page


@pytest.mark.parametrize(
    "more",
    [
        {"words": ""},
        {"decided_on": "gisteren"},
        {"without": ["1"]},
        {"without": ["99"]},
        {"without": ["x"]},
        {"also": ["3"], "departs": "Ja"},
    ],
    ids=["no words", "no day", "no reason", "an unknown plan", "no number", "too much money"],
)
def test_a_wrong_form_says_so_and_writes_nothing(counted, signed_in, noor, more):
    round_ = counted()
    assert signed_in(noor).post(path(round_, "vaststellen/"), sent(**more)).status_code == 422
    assert not Adoption.objects.exists()


def test_before_the_count_the_page_says_so(make_round, signed_in, noor):
    assert "Er is nog geen uitslag" in text_of(signed_in(noor).get(path(make_round(), "vaststellen/")))


def test_a_count_without_a_second_count_waits(counted, signed_in, noor):
    page = text_of(signed_in(noor).get(path(counted(verified=False), "vaststellen/")))
    assert "Wacht tot allebei klaar zijn." in page


def test_a_maker_reads_that_somebody_else_does_this(counted, signed_in, noor):
    round_ = counted()
    made_by(plan_of(round_, 3), noor)
    assert signed_in(noor).get(path(round_, "vaststellen/")).status_code == 403


def test_what_somebody_wrote_is_text(counted, signed_in, noor, client, bas):
    round_ = counted()
    round_.plans.filter(number=1).update(title="<script>alert(1)</script>")
    evil = "<script>alert(2)</script>"
    signed_in(noor).post(path(round_, "vaststellen/"), sent(words=evil, without=["2"], departs=evil))
    signed_in(bas).post(path(round_, "vaststellen/ja/"))
    for page in (path(round_, "vaststellen/"), path(round_, "gekozen/"), f"/budgetten/{round_.slug}/plannen-nu/"):
        shown = signed_in(bas).get(page).text
        assert "<script>alert" not in shown
        assert "&lt;script&gt;alert" in shown


# --- who may see what ----------------------------------------------------------------------------------


@pytest.mark.parametrize("rest", ["vaststellen/", "gekozen/", "gekozen/1/", "gekozen/1/klaar/"])
def test_only_who_makes_or_adopts_sees_these_pages(adopted, signed_in, client, rest, kees, samira, priya, joris, noor, bas):
    round_ = adopted(before=lambda one: municipal(one, 1))
    answers = {who.name.split()[0]: signed_in(who).get(path(round_, rest)).status_code for who in (kees, samira, priya, joris, noor, bas)}
    assert answers == {"Kees": 403, "Samira": 403, "Priya": 403, "Joris": 200, "Noor": 200, "Bas": 200}
    client.logout()
    assert client.get(path(round_, rest)).status_code == 302


# --- chosen plans at work ------------------------------------------------------------------------------


def test_a_plan_that_waits_is_given_to_a_topic_with_an_owner(adopted, signed_in, noor, topic_of):
    topic = topic_of()
    round_ = adopted(before=lambda one: municipal(one, 1))
    assert path(round_, "gekozen/1/") in signed_in(noor).get(path(round_, "gekozen/")).text
    missing = signed_in(noor).post(path(round_, "gekozen/1/"), {"where": topic.pk})
    assert missing.status_code == 422
    given = {"where": topic.pk, "kind": "municipality", "name": "Het team voor groen"}
    assert signed_in(noor).post(path(round_, "gekozen/1/"), given).status_code == 302
    assert winner_of(round_, 1).agreement.owners.get().name == "Het team voor groen"
    again = signed_in(noor).post(path(round_, "gekozen/1/"), given)
    assert again.status_code == 422


def test_a_plan_that_waits_can_be_done_by_its_makers(adopted, signed_in, noor):
    round_ = adopted(before=lambda one: municipal(one, 1))
    signed_in(noor).post(path(round_, "gekozen/1/"), {"where": "makers"})
    assert Initiative.objects.filter(title="Plan 1").exists()


def test_a_plan_is_rounded_off_on_the_site_when_its_money_is_away(adopted, signed_in, noor, bas):
    round_ = adopted()
    refused = signed_in(noor).post(path(round_, "gekozen/1/klaar/"), {"words": "Klaar"})
    assert refused.status_code == 422
    finish("Plan 1", by=bas, pictured=False)
    signed_in(noor).post(path(round_, "gekozen/1/klaar/"), {"words": "Niemand wilde op de foto."})
    assert Winner.objects.get(plan__round=round_, plan__number=1).closed_on == today()
    assert "Niemand wilde op de foto." in signed_in(noor).get(f"/budgetten/{round_.slug}/plannen-nu/").text


def test_no_plan_at_all_is_said(adopted, signed_in, noor, counted, bas, make_round, client):
    round_ = make_round(stage=RoundStage.ADOPTED)
    assert "Er is geen plan gekozen." in text_of(signed_in(noor).get(path(round_, "gekozen/")))
    assert "Er is geen plan gekozen." in text_of(client.get(f"/budgetten/{round_.slug}/plannen-nu/"))


# --- for everybody -------------------------------------------------------------------------------------


def test_everybody_follows_the_chosen_plans(adopted, client, kees):
    round_ = adopted(before=lambda one: made_by(plan_of(one, 1), kees), result={"without": [2], "departs": "De grond is vervuild."})
    page = text_of(client.get(f"/budgetten/{round_.slug}/plannen-nu/"))
    for words in ("Plan 1", "Kees", WORDS, "De grond is vervuild.", "€ 3.000"):
        assert words in page.replace("\u00a0", " ")
    assert 'id="plan-2"' not in page


def test_following_the_chosen_plans_asks_nothing_for_each_plan(adopted, client, django_assert_max_num_queries):
    address = f"/budgetten/{adopted().slug}/plannen-nu/"
    client.get(address)
    with django_assert_max_num_queries(8):
        assert client.get(f"{address}?keer=2").status_code == 200


@pytest.mark.parametrize("stage", [one for one in RoundStage if one not in {RoundStage.ADOPTED, RoundStage.DONE}])
def test_before_the_result_is_known_there_is_nothing_to_follow(make_round, client, stage):
    assert client.get(f"/budgetten/{make_round(stage=stage).slug}/plannen-nu/").status_code == 404


def test_from_money_and_from_an_agreement_to_the_vote(adopted, client, topic_of, make_wish):
    wish = make_wish()
    topic_of(wishes=[wish])
    round_ = adopted(before=lambda one: municipal(one, 1, wish))
    money, agreement = Commitment.objects.get(agreement__isnull=False), winner_of(round_, 1).agreement
    for page in (f"/budgetten/van/geld/{money.uuid}/", f"/budgetten/van/afspraak/{agreement.pk}/"):
        assert round_.slug in client.get(page)["Location"]
    assert client.get("/budgetten/van/geld/00000000-0000-0000-0000-000000000000/").status_code == 404
    assert client.get("/budgetten/van/afspraak/999999/").status_code == 404


@pytest.mark.parametrize("costs", [("3000",), ("3000", "2000", "1000")])
def test_the_page_costs_the_same_with_one_plan_and_with_three(adopted, client, costs):
    round_ = adopted(*range(1, len(costs) + 1), costs=costs)
    client.get(f"/budgetten/{round_.slug}/plannen-nu/")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/budgetten/{round_.slug}/plannen-nu/")
    assert len(asked) <= 10


def test_the_page_of_a_chosen_plan_leads_to_how_it_is_going_and_that_of_another_does_not(adopted, client):
    round_ = adopted()
    there = f"/budgetten/{round_.slug}/plannen-nu/#plan-"
    assert f"{there}1" in client.get(f"/budgetten/{round_.slug}/1/").text
    assert there not in client.get(f"/budgetten/{round_.slug}/3/").text
    assert 'id="plan-1"' in client.get(f"/budgetten/{round_.slug}/plannen-nu/").text
