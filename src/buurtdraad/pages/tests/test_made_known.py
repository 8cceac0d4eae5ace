"""A grant is told to who asked before anybody else: nothing public knows it, and their own pages say that a decision is being made."""

# ruff: noqa: F811 (a fixture is named like what it is)

import datetime

import pytest
from django.utils import timezone
from django.utils.translation import override

from buurtdraad.fund.actions.letters import make_known
from buurtdraad.fund.conftest import (  # noqa: F401
    areas,
    bas,
    city_with_a_name,
    declared,
    kees,
    make_application,
    make_initiative,
    make_pot,
    make_wish,
    noor,
    priya,
    ria,
    rules,
)
from buurtdraad.fund.models import Account, Question, View
from buurtdraad.fund.states import Outcome, SentBy, Stage
from buurtdraad.fund.tests.decisions import decided, linda, pot, proposed  # noqa: F401
from buurtdraad.initiatives.models import InitiativeWish, Opinion
from buurtdraad.initiatives.states import Says, Showing
from buurtdraad.initiatives.states import Stage as PlanStage
from buurtdraad.messages.models import Contact
from buurtdraad.money.models import Commitment, Pot
from buurtdraad.pages.tests.one_person import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city_with_a_name")]
AMOUNT = "4.321"
GETS = "U krijgt het geld"


@pytest.fixture
def grant(decided, make_initiative, make_wish, kees):
    """A grant of EUR 4,321 to a plan that answers a wish; its letter did not go out."""
    plan = make_initiative("Wilgentuin", of=kees, stage=PlanStage.DECISION)
    InitiativeWish.objects.create(initiative=plan, wish=make_wish("Een bank op de Wilgenhof"))
    return decided(costs=("4321",), initiative=plan)


def tell(decision, by):
    make_known(decision, sent_by=SentBy.POST, on=timezone.localdate(), by=by, at=timezone.now())


def public_pages(plan):
    wish = plan.answers_wishes.get().wish.reference
    return (
        "/geld/BU03440241/", "/geld/GM0344/", "/geld/BU03440241/geld.csv", "/fonds/", "/fonds/register/", f"/wensen/{wish}/",
        f"/initiatieven/{plan.slug}/geld/", "/buurten/BU03440241/",
    )  # fmt: skip


def read(answer):
    """The words of a page, or of a file that is sent while it is read."""
    return b"".join(answer).decode()


def test_nothing_that_is_public_knows_a_grant_before_it_was_made_known(client, grant, bas):
    plan = grant.application.initiative
    for path in public_pages(plan):
        page = client.get(path)
        assert page.status_code == 200, path
        assert AMOUNT not in read(page).replace("4321", AMOUNT), path
    assert "20.000" in client.get("/geld/GM0344/").text
    tell(grant, bas)
    for path in public_pages(plan):
        assert AMOUNT in read(client.get(path)).replace("4321", AMOUNT), path


def test_the_step_of_the_plan_moves_when_the_grant_is_made_known(grant, bas):
    plan = grant.application.initiative
    assert plan.stage == PlanStage.DECISION
    tell(grant, bas)
    plan.refresh_from_db()
    assert plan.stage == PlanStage.DOING


def test_what_was_promised_is_held_from_the_decision_on(grant, pot):
    assert Pot.objects.get(pk=pot.pk).committed == 4321
    assert not Commitment.objects.public().exists()


@pytest.mark.parametrize("outcome", [Outcome.GRANTED, Outcome.REFUSED])
def test_who_asked_reads_that_a_decision_is_being_made_until_it_is_made_known(decided, kees, bas, outcome):
    refused = outcome == Outcome.REFUSED
    decision = decided(outcome=outcome, amount=0 if refused else None, ground="not_paid" if refused else "")
    with override("nl"):
        deciding = str(Stage.PROPOSED.label)
    client, paths = signed_in(kees), (f"/fonds/aanvragen/{decision.application.uuid}/", "/fonds/aanvragen/", "/mijn/", "/mijn/gegevens/")
    told = "U krijgt het geld niet" if refused else GETS
    for path in paths:
        page = client.get(path).text
        assert deciding in page, path
        assert told not in page, path
    tell(decision, bas)
    for path in paths:
        page = client.get(path).text
        assert deciding not in page, path
        assert told in page, path


def test_what_was_agreed_can_be_changed_only_after_it_was_made_known(decided, kees, bas):
    decision = decided()
    client, change = signed_in(kees), f"/fonds/aanvragen/{decision.application.uuid}/wijziging/"
    assert change not in client.get(f"/fonds/aanvragen/{decision.application.uuid}/").text
    assert client.post(change, {"words": "Een dag later"}).status_code == 422
    tell(decision, bas)
    assert change in client.get(f"/fonds/aanvragen/{decision.application.uuid}/").text


def test_a_grant_puts_no_plan_on_the_site(client, decided, make_initiative, kees, bas):
    plan = make_initiative("Geheime tuin", of=kees, showing=Showing.PRIVATE, stage=PlanStage.DECISION)
    tell(decided(costs=("4321",), initiative=plan), bas)
    plan.refresh_from_db()
    assert plan.showing == Showing.PRIVATE
    assert client.get(f"/initiatieven/{plan.slug}/").status_code == 404
    assert client.get(f"/initiatieven/{plan.slug}/geld/").status_code == 404
    for path in ("/fonds/register/", "/geld/BU03440241/", "/geld/BU03440241/geld.csv", "/fonds/"):
        page = read(client.get(path))
        assert AMOUNT in page.replace("4321", AMOUNT), path
        assert "Geheime tuin" not in page, path
        assert "Kees" not in page, path


def test_my_page_says_what_waits_for_who_asked(make_application, kees, priya):
    now, day = timezone.now(), timezone.localdate()
    facts = {"asked_by": priya.uuid, "asked_at": now}
    question = Question.objects.create(application=make_application(stage=Stage.WAITING), text="Wat kost de bank?", answer_by=day, **facts)
    view = View.objects.create(application=make_application(stage=Stage.VIEW), about="Minder geld", give_by=day, **facts)
    account = Account.objects.create(application=make_application(stage=Stage.REPORT_DUE), due_on=day)
    page = signed_in(kees).get("/mijn/")
    links = [row.url for row in page.context["waiting"]]
    assert f"/fonds/aanvragen/{question.application.uuid}/vraag/{question.uuid}/" in links
    assert f"/fonds/aanvragen/{view.application.uuid}/reactie/{view.uuid}/" in links
    assert f"/fonds/aanvragen/{account.application.uuid}/verantwoording/" in links
    for link in links:
        if "/fonds/" in link:
            assert signed_in(kees).get(link).status_code == 200, link


def test_my_page_says_how_many_days_are_left_to_decide(make_application, kees):
    application = make_application(stage=Stage.ASSESSING)
    application.decide_by = timezone.localdate() + datetime.timedelta(days=9)
    application.save()
    assert "nog 9 dagen" in signed_in(kees).get("/mijn/").text


def test_the_page_of_a_plan_leads_to_what_it_got_and_from_there_to_the_pot(client, grant, bas):
    plan = grant.application.initiative
    path = f"/initiatieven/{plan.slug}/geld/"
    page = client.get(f"/initiatieven/{plan.slug}/").text
    assert f'href="{path}"' in page
    assert f"/wensen/{plan.answers_wishes.get().wish.reference}/" in page
    assert "Dit plan kreeg nog geen geld uit een pot" in client.get(path).text
    tell(grant, bas)
    page = client.get(path).text
    assert "Initiatievenfonds" in page
    assert f"/geld/BU03440241/?jaar={timezone.localdate().year}" in page


def test_who_asks_sees_what_the_neighbours_think_and_where_they_are_asked(make_application, kees):
    application = make_application(stage=Stage.DRAFT, costs=("2000",))
    plan, now = application.initiative, timezone.now()
    client, path = signed_in(kees), f"/fonds/aanvragen/{application.uuid}/buren/"
    page = client.get(path).text
    way = f"/initiatieven/{plan.slug}/werken/"
    assert f'href="{way}#h-neighbours"' in page
    assert 'id="h-neighbours"' in client.get(way).text
    assert "voor, " not in page
    for number in range(6):
        who = Contact.objects.create(created_at=now)
        Opinion.objects.create(initiative=plan, contact=who, says=Says.AGAINST if number > 4 else Says.FOR, given_at=now)
    assert "5 voor, 1 tegen, 0 geen mening" in client.get(path).text
