"""The check "Can I get money?" and the page of the rules."""

import datetime
import re
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from buurtdraad.fund.actions.loading import load_schemes
from buurtdraad.fund.models import Application, PriceCap, SchemeRules, WrongDoor
from buurtdraad.fund.queries import checking
from buurtdraad.fund.queries.rules import our_scheme, rules_on
from buurtdraad.fund.states import Activity, Who
from buurtdraad.initiatives.states import Showing

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 3, 2)


@pytest.fixture
def ours(areas):
    load_schemes(at=timezone.now())
    return rules_on(our_scheme(), TODAY)


def said(**facts):
    plain = {
        "activity": Activity.GREEN, "here": True, "who": Who.NEIGHBOURS, "cost": Decimal(12400), "starts_on": datetime.date(2026, 6, 1),
        "neighbours": checking.FOR,
    }  # fmt: skip
    return checking.Answers(**(plain | facts))


def verdict(rules, **facts):
    return checking.check(rules, said(**facts), today=TODAY).verdict


def test_a_garden_of_12_400_that_the_neighbours_like_probably_gets_money(ours):
    result = checking.check(ours, said(), today=TODAY)
    assert (result.verdict, result.amount, result.know_by) == ("yes", 12400, datetime.date(2026, 3, 30))
    assert not result.small
    assert len(result.bring) == 5


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"here": False}, "no"),
        ({"starts_on": TODAY}, "no"),
        ({"starts_on": TODAY - datetime.timedelta(days=300)}, "no"),
        ({"starts_on": TODAY + datetime.timedelta(days=10)}, "maybe"),
        ({"cost": Decimal("35000.01")}, "maybe"),
        ({"cost": Decimal(35000)}, "yes"),
        ({"neighbours": checking.NOT_ASKED}, "maybe"),
        ({"neighbours": checking.AGAINST}, "maybe"),
        ({"years": 2}, "yes"),
        ({"years": 3}, "maybe"),
        ({"who": Who.CHILDREN}, "yes"),
        ({"years": 3, "here": False}, "no"),
    ],
)
def test_what_speaks_against_decides(ours, facts, says):
    assert verdict(ours, **facts) == says


def test_every_reason_says_where_it_stands(ours):
    result = checking.check(ours, said(years=3, neighbours=checking.NOT_ASKED, cost=Decimal(40000)), today=TODAY)
    assert all(reason.article for reason in result.reasons)
    assert [reason.weight for reason in result.reasons][:3] == ["maybe"] * 3
    assert result.amount == 35000


def test_a_highest_price_for_each_guest_counts(rules):
    PriceCap.objects.create(rules=rules, activity=Activity.MEAL, most=10, a_person=True)
    result = checking.check(rules_on(our_scheme(), TODAY), said(activity=Activity.MEAL, cost=Decimal(650), visitors=40), today=TODAY)
    assert (result.verdict, result.amount) == ("maybe", 400)
    assert result.small


def test_a_plan_above_the_amount_of_rounds_waits_for_a_round(rules):
    SchemeRules.objects.update(rounds_above=20000)
    result = checking.check(rules_on(our_scheme(), TODAY), said(cost=Decimal(25000)), today=TODAY)
    assert (result.verdict, result.know_by) == ("maybe", None)


# --- the pages ---------------------------------------------------------------------------------------------

FUTURE = (timezone.localdate() + datetime.timedelta(days=200)).isoformat()
GOOD = {
    "what": "green", "where": "here", "who": "neighbours", "cost": "ongeveer 12.400", "starts_on": FUTURE,
    "neighbours": "for", "years": "0",
}  # fmt: skip


def page(client, **answers):
    return client.get("/fonds/check/", answers)


def follow(client, response, **answer):
    """Send the form of a page as a browser does: its hidden fields, and the answer."""
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.content.decode()))
    return page(client, **hidden, **answer)


def test_seven_questions_lead_to_an_answer_without_javascript_or_account(client, rules):
    response = page(client)
    for number, (name, value) in enumerate(GOOD.items(), start=1):
        assert f"Vraag {number} van 7" in response.content.decode()
        response = follow(client, response, **{name: value})
        assert response.status_code == 200
    text = response.content.decode()
    assert "Ja, waarschijnlijk" in text
    assert "12.400" in text
    assert "sessionid" not in response.cookies


def test_an_answer_that_is_no_answer_is_asked_again_in_words(client, rules):
    response = page(client, **GOOD | {"cost": "veel", "stap": "4"})
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()


@pytest.mark.parametrize("cost", ["0", "-5", "", "1e9", "99999999999"])
def test_a_cost_that_cannot_be_is_refused(client, rules, cost):
    assert page(client, **GOOD | {"cost": cost, "stap": "4"}).status_code == 422


def test_a_page_that_was_not_sent_yet_shows_no_errors(client, rules):
    response = page(client, what="green")
    assert response.status_code == 200
    assert 'role="alert"' not in response.content.decode()


def test_one_answer_can_be_changed_and_the_others_stay(client, rules):
    text = page(client, **GOOD).content.decode()
    change = next(url for url in re.findall(r'href="([^"]+vraag=who)"', text)).replace("&amp;", "&")
    response = client.get(change)
    assert "Vraag 3 van 7" in response.content.decode()
    assert "Ja, waarschijnlijk" in follow(client, response, who="organisation").content.decode()


def test_guests_are_asked_for_only_where_a_price_counts_them(client, rules):
    assert 'name="visitors"' not in page(client, what="meal", where="here", who="neighbours").content.decode()
    PriceCap.objects.create(rules=rules, activity=Activity.MEAL, most=10, a_person=True)
    assert 'name="visitors"' in page(client, what="meal", where="here", who="neighbours").content.decode()
    assert "400 krijgen" in page(client, **GOOD | {"what": "meal", "visitors": "40"}).content.decode()


def test_a_wrong_door_is_told_at_once_with_the_right_one(client, rules):
    WrongDoor.objects.create(scheme=rules.scheme, key="fiets", label="een fietsenrek", goes_to="Fiets stallen", phone="14 030")
    assert "een fietsenrek" in page(client).content.decode()
    text = page(client, what="door-fiets").content.decode()
    assert "Fiets stallen" in text
    assert "14 030" in text


def test_a_plan_that_is_there_is_not_asked_where_it_is(client, make_initiative, rules, kees):
    plan = make_initiative("Wilgentuin", of=kees, showing=Showing.SHOWN)
    text = page(client, plan=plan.slug).content.decode()
    assert "Vraag 1 van 6" in text
    assert "Wilgentuin" in text
    assert f'name="plan" value="{plan.slug}"' in text


def test_a_plan_of_somebody_else_is_not_named(client, make_initiative, rules, kees):
    plan = make_initiative("Geheime tuin", of=kees, showing=Showing.PRIVATE)
    assert "Geheime tuin" not in page(client, plan=plan.slug).content.decode()


def begins_at(response):
    return re.search(r'href="(/fonds/aanvragen/[^"]*)"', response.content.decode())[1].replace("&amp;", "&")


def test_what_was_answered_in_the_check_is_not_typed_again(client, rules):
    at = begins_at(page(client, **GOOD))
    form = client.get(at).context["form"]
    assert (form["activity"].value(), form["who"].value()) == ("green", "neighbours")
    sent = {
        "area": "BU03440241",
        "title": "Wilgentuin",
        "text": "Een tuin.",
        "activity": "green",
        "who": "neighbours",
        "where": "Geuzenwijk",
    }
    went = client.post(at, sent)
    assert went.status_code == 302, went.context["form"].errors
    assert Application.objects.get().starts_on.isoformat() == FUTURE
    # Answers that are wrong, or of another page, carry nothing and break nothing.
    assert client.get("/fonds/aanvragen/?starts_on=morgen&what=door-x&cost=veel&visitors=-1").status_code == 200


def test_a_small_plan_goes_from_the_check_to_its_one_screen(client, rules):
    at = begins_at(page(client, **GOOD | {"cost": "650"}))
    assert at.startswith("/fonds/aanvragen/klein/?")
    form = client.get(at).context["form"]
    assert (form["activity"].value(), form["amount"].value(), form["starts_on"].value().isoformat()) == ("green", "650", FUTURE)


def test_what_the_fund_does_not_pay_is_a_note_and_no_good_news(ours):
    reasons = checking.check(ours, said(), today=TODAY).reasons
    notes = [reason.says for reason in reasons if reason.weight == checking.NOTE]
    assert any("eten en drinken" in says.lower() for says in notes)


def test_a_script_in_an_answer_stays_text(client, rules):
    bad = "<script>alert(1)</script>"
    for answers in ({"what": bad}, GOOD | {"cost": bad}, GOOD | {"plan": bad}):
        text = page(client, **answers).content.decode()
        assert bad not in text


def test_too_much_in_the_address_is_no_answer(client, rules):
    assert page(client, **GOOD | {"who": "x" * 5000}).status_code == 200
    assert client.get("/fonds/check/?" + urlencode([("what", "green"), ("what", "meal")])).status_code == 200


def test_without_rules_the_check_says_so(client, areas):
    assert "geen fonds open" in page(client).content.decode()


def test_the_check_asks_the_database_as_often_with_more_rows(client, rules, django_assert_max_num_queries):
    page(client, **GOOD)
    with django_assert_max_num_queries(12):
        page(client, **GOOD)


# --- the rules -----------------------------------------------------------------------------------------------


def test_the_rules_stand_on_one_page_with_their_source(client, ours):
    text = client.get("/fonds/regels/").content.decode()
    assert "35.000" in text
    assert "Awb 4:13" in text
    assert ours.source in text
    assert "Rotterdam" in text
    assert "Haarlem" in text


def test_rules_of_before_and_of_others_have_a_page(client, ours):
    before = client.get("/fonds/regels/initiatievenfonds/2022-01-01/").content.decode()
    assert "20.000" in before
    assert "gelden vandaag niet" in before
    haarlem = client.get("/fonds/regels/haarlem-bewonersinitiatieven/").content.decode()
    assert "15 per persoon" in haarlem
    assert "andere gemeente" in haarlem


@pytest.mark.parametrize("path", ["geen/", "initiatievenfonds/2022-13-40/", "initiatievenfonds/2001-01-01/"])
def test_rules_that_are_not_there_are_not_found(client, ours, path):
    assert client.get(f"/fonds/regels/{path}").status_code == 404


def test_without_rules_the_page_of_the_rules_says_so(client, areas):
    assert "gelden er geen regels" in client.get("/fonds/regels/").content.decode()
