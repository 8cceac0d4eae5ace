"""A plan comes into a round: from nothing, by mail, by staff, and from what is there already; nothing is typed twice."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import IntegrityError, close_old_connections, connection, transaction
from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.budgets.actions import changing, proposing
from buurtdraad.budgets.actions.plan_record import NotNow
from buurtdraad.budgets.models import BudgetPlan, Maker
from buurtdraad.budgets.queries.origins import rounds_to_propose_in
from buurtdraad.budgets.states import PlanStage, RoundStage
from buurtdraad.messages.actions import contact_for
from buurtdraad.messages.models import Contact

NOW = timezone.now()
DAY = datetime.timedelta(days=1)
TODAY = timezone.localdate(NOW)
HOSTILE = "<script>alert('plan')</script>"


@pytest.fixture
def gathering(make_round):
    """A round in which people send plans today."""
    return make_round(stage=RoundStage.GATHERING, costs=(), propose_until=TODAY + DAY, list_on=TODAY + 5 * DAY, most_a_plan=Decimal(8000))


@pytest.fixture
def propose(gathering, areas):
    def make(title="Een bank", *, of=None, by=None, round_=None, **more):
        contact = contact_for(of, at=NOW) if of else None
        where = round_ or gathering
        facts = {"part": where.parts.get(), "area": areas["BU03440241"], "theme": Theme.GREEN, "summary": "In de schaduw."} | more
        return proposing.propose(where, title=title, contact=contact, by=by or of, at=NOW, **facts)

    return make


@pytest.fixture
def mailed(db):
    """The last path below `/budgetten/link/` in the mails that wait."""

    def last():
        with connection.cursor() as cursor:
            cursor.execute("SELECT args->>'text' FROM procrastinate_jobs ORDER BY id")
            texts = [row[0] or "" for row in cursor.fetchall()]
        found = [text.split("/budgetten/link/")[1].split()[0] for text in texts if "/budgetten/link/" in text]
        return f"/budgetten/link/{found[-1]}" if found else ""

    return last


def screens(client, round_, what=None, who=None):
    """Both screens, as a browser sends them."""
    url = f"/budgetten/{round_.slug}/inzenden/"
    first = {"title": "Een bank", "summary": "In de schaduw.", "step": "next", "cost": "1.500"} | (what or {})
    opened = client.get(url).context["form"]["opened"].value() or ""
    answer = client.post(url, first | {"opened": opened})
    if answer.status_code != 200:
        return answer
    drafted = dict(answer.context["what"].draft())
    return client.post(url, drafted | {"step": "send", "email": "emine@example.nl", "name": "Emine", "old_enough": "on"} | (who or {}))


# --- by a resident ---------------------------------------------------------------------------------------


def test_two_screens_and_a_button_in_a_mail_make_a_plan_without_an_account(client, gathering, mailed):
    assert screens(client, gathering, who={"agreed": "on"}).status_code == 200
    plan = BudgetPlan.objects.get()
    assert (plan.stage, plan.cost, plan.makers.count()) == (PlanStage.WRITING, Decimal(1500), 0)
    address = mailed()
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 200
    plan.refresh_from_db()
    maker = plan.makers.get()
    assert (plan.stage, plan.shown, maker.name, maker.contact.person.email) == (PlanStage.PROPOSED, False, "Emine", "emine@example.nl")
    assert maker.agreed_at
    assert client.post(address).status_code == 404


def test_nothing_is_kept_before_it_is_sent_and_what_was_typed_stays(client, gathering):
    url = f"/budgetten/{gathering.slug}/inzenden/"
    answer = client.post(url, {"title": "", "summary": "Iets", "step": "next"})
    assert answer.status_code == 422
    assert "Iets" in answer.content.decode()
    answer = client.post(url, {"title": "Een bank", "summary": "In de schaduw.", "step": "next"})
    assert answer.status_code == 200
    assert not BudgetPlan.objects.exists()
    back = client.post(url, {"title": "Een bank", "summary": "In de schaduw.", "step": "change"})
    assert 'value="Een bank"' in back.content.decode()


@pytest.mark.parametrize(
    ("what", "who"),
    [
        ({"cost": "veel"}, {}), ({"cost": "-5"}, {}), ({"cost": "9.000"}, {}), ({"cost": "999999999999"}, {}), ({"theme": "geld"}, {}),
        ({"summary": "x" * 301}, {}), ({"homepage": "http://x.nl"}, {}), ({}, {"email": "geen"}), ({}, {"old_enough": ""}),
        ({}, {"name": "http://x.nl"}), ({}, {"name": "", "agreed": "on"}), ({"title": "x" * 121}, {}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_on_the_form_and_nothing_is_kept(client, gathering, what, who):
    assert screens(client, gathering, what, who).status_code == 422
    assert not BudgetPlan.objects.exists()


def test_sending_one_form_twice_makes_one_plan(propose, kees):
    assert propose(of=kees, mark="m").pk == propose(of=kees, mark="m").pk
    assert BudgetPlan.objects.count() == 1


def test_a_picture_comes_along(client, gathering, settings, tmp_path):
    settings.BUURTDRAAD_HOME = tmp_path
    from buurtdraad.initiatives.tests.test_reading import picture_file

    who = {"picture": picture_file(), "alt": "Een plein", "people": "nobody"}
    assert screens(client, gathering, who=who).status_code == 200
    assert BudgetPlan.objects.get().picture.alt == "Een plein"
    assert screens(client, gathering, {"title": "Nog een"}, {"picture": picture_file(), "alt": ""}).status_code == 422


def test_who_is_signed_in_needs_no_mail(client, gathering, kees, signed_in):
    signed_in(kees)
    answer = screens(client, gathering)
    plan = BudgetPlan.objects.get()
    assert answer.url == f"/budgetten/{gathering.slug}/{plan.number}/uw-plan/"
    assert (plan.stage, plan.makers.get().contact.person) == (PlanStage.PROPOSED, kees)


@pytest.mark.parametrize("stage", [RoundStage.ANNOUNCED, RoundStage.CHECKING, RoundStage.READY, RoundStage.VOTING, RoundStage.CLOSED])
def test_residents_send_plans_only_in_the_days_of_the_rules(client, make_round, propose, kees, stage):
    other = make_round(stage=stage, costs=())
    assert client.get(f"/budgetten/{other.slug}/inzenden/").status_code == 409
    with pytest.raises(NotNow):
        propose(of=kees, round_=other)


def test_the_last_day_of_the_rules_is_the_last_day_also_before_the_round_moved_on(propose, make_round, kees):
    late = make_round(stage=RoundStage.GATHERING, costs=(), propose_until=TODAY - DAY, list_on=TODAY + DAY)
    with pytest.raises(NotNow):
        propose(of=kees, round_=late)


def test_a_round_that_is_being_prepared_is_not_there(client, make_round):
    assert client.get(f"/budgetten/{make_round(stage=RoundStage.PREPARING, costs=()).slug}/inzenden/").status_code == 404


def test_a_link_that_comes_too_late_makes_no_plan(client, gathering, mailed):
    screens(client, gathering)
    gathering.stage = RoundStage.VOTING
    type(gathering).objects.filter(pk=gathering.pk).update(stage=RoundStage.VOTING)
    assert client.post(mailed()).status_code == 409
    assert BudgetPlan.objects.get().stage == PlanStage.WRITING
    with pytest.raises(BadLink):
        proposing.confirm("zomaar", at=NOW)


def test_a_plan_that_nobody_confirmed_is_destroyed_when_its_link_is_old(propose, kees):
    propose(of=kees)
    old = propose("Oud")
    assert old.stage == PlanStage.WRITING
    assert proposing.forget_unconfirmed(at=NOW) == 0
    assert proposing.forget_unconfirmed(at=NOW + 15 * DAY) == 1
    assert [plan.title for plan in BudgetPlan.objects.all()] == ["Een bank"]


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_get_fifty_numbers(gathering, propose):
    def one(number):
        try:
            return propose(f"Plan {number}", of=Person.objects.create(email=f"b{number}@example.nl", password="!")).number
        finally:
            close_old_connections()
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert sorted(pool.map(one, range(50))) == list(range(1, 51))


# --- by staff, and from what is there --------------------------------------------------------------------


def test_staff_write_a_plan_down_for_somebody_without_mail(client, gathering, joris, signed_in):
    signed_in(joris)
    answer = screens(client, gathering, who={"name": "Emine", "phone": "06 12345678"})
    plan = BudgetPlan.objects.get()
    assert answer.url.endswith(f"/plannen/{plan.number}/")
    contact = plan.makers.get().contact
    assert (plan.stage, contact.way, contact.phone.number) == (PlanStage.PROPOSED, "call", "0612345678")


def test_staff_put_in_what_was_forgotten_until_the_list_is_known(propose, make_round, joris):
    for stage in (RoundStage.ANNOUNCED, RoundStage.CHECKING):
        assert propose(by=joris, round_=make_round(stage=stage, costs=())).stage == PlanStage.PROPOSED
    with pytest.raises(NotNow):
        propose(by=joris, round_=make_round(stage=RoundStage.READY, costs=()))


def test_a_wish_fills_in_the_form_and_the_plan_leads_back_to_it(client, gathering, make_wish, kees, signed_in):
    wish = make_wish("Op het plein is geen schaduw.", point=(52.1, 5.1))
    signed_in(kees)
    form = client.get(f"/budgetten/{gathering.slug}/inzenden/?wens={wish.reference}").context["form"]
    assert (form["summary"].value(), form["theme"].value()) == (wish.text, wish.theme)
    screens(client, gathering, {"wens": wish.reference})
    plan = BudgetPlan.objects.get()
    assert list(plan.wishes.all()) == [wish]
    assert plan.latitude


def test_an_initiative_brings_its_people_and_an_application_its_amount(gathering, make_initiative, make_application, kees, joris):
    initiative = make_initiative("Wilgentuin", of=kees)
    plan = proposing.from_initiative(gathering, initiative, by=joris, at=NOW)
    maker = plan.makers.get()
    assert (plan.title, plan.initiative, maker.contact.person, maker.name) == ("Wilgentuin", initiative, kees, "Kees")
    application = make_application(initiative=make_initiative("Moestuin", of=kees), costs=("500", "250"))
    asked = proposing.from_application(gathering, application, by=joris, at=NOW)
    assert (asked.title, asked.cost, asked.application) == ("Moestuin", Decimal(750), application)


def test_a_long_wish_keeps_all_its_words(gathering, make_wish, joris):
    wish = make_wish("Een lange wens over de buurt. " * 30)
    plan = proposing.from_wish(gathering, wish, by=joris, at=NOW)
    assert len(plan.summary) <= 300
    assert plan.story == wish.text


def test_an_initiative_is_in_a_round_once(gathering, make_initiative, joris):
    initiative = make_initiative()
    proposing.from_initiative(gathering, initiative, by=joris, at=NOW)
    with pytest.raises(proposing.AlreadyIn):
        proposing.from_initiative(gathering, initiative, by=joris, at=NOW)
    first = BudgetPlan.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetPlan.objects.create(
            round=gathering, part=first.part, number=9, title="x", area=first.area, theme="green", made_at=NOW, initiative=initiative,
            stage=PlanStage.PROPOSED,
        )  # fmt: skip


def test_what_lies_elsewhere_does_not_come_in_and_a_cost_that_does_not_fit_stays_open(gathering, make_wish, make_application, joris):
    with pytest.raises(proposing.NotHere):
        proposing.from_wish(gathering, make_wish(area="BU03440321"), by=joris, at=NOW)
    plan = proposing.from_application(gathering, make_application(costs=("9000",)), by=joris, at=NOW)
    assert (plan.cost, plan.cost_from) == (None, "")


def test_somebody_elses_private_initiative_or_application_fills_in_nothing(client, gathering, make_initiative, make_application, kees):
    private = make_initiative("Geheim", of=kees, showing="private")
    for query in (f"initiatief={private.slug}", f"aanvraag={make_application().uuid}", "aanvraag=zomaar", "afspraak=x", "wens=%00"):
        page = client.get(f"/budgetten/{gathering.slug}/inzenden/?{query}")
        assert page.status_code == 200
        assert not page.context["form"]["title"].value()


def test_several_come_in_at_once_from_the_agenda_and_a_second_time_none(client, gathering, make_initiative, joris, signed_in):
    make_initiative("Wilgentuin")
    make_initiative("Moestuin")
    make_initiative("Elders", area="BU03440321")
    signed_in(joris)
    url = f"/werk/budgetten/{gathering.slug}/plannen/agenda/"
    form = client.get(url).context["form"]
    offered = [key for key, _title in form.fields["initiatives"].choices]
    assert len(offered) == 2
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"initiatives": offered}).status_code == 302
    assert sorted(gathering.plans.values_list("title", flat=True)) == ["Moestuin", "Wilgentuin"]
    assert not client.get(url).context["form"].fields


def test_a_wish_knows_in_which_rounds_it_can_become_a_plan(gathering, make_round, areas):
    district = make_round(stage=RoundStage.GATHERING, costs=(), area="WK034402", propose_until=TODAY, list_on=TODAY + DAY)
    make_round(stage=RoundStage.CHECKING, costs=())
    make_round(stage=RoundStage.GATHERING, costs=(), propose_until=TODAY - DAY, list_on=TODAY)
    assert rounds_to_propose_in(areas["BU03440241"], TODAY) == [district, gathering]
    assert rounds_to_propose_in(areas["BU03440242"], TODAY) == [district]
    assert rounds_to_propose_in(areas["BU03440321"], TODAY) == []


def test_the_page_of_a_wish_and_of_a_plan_lead_to_the_round_that_takes_plans(client, gathering, make_wish, make_initiative):
    wish, initiative = make_wish(), make_initiative("Wilgentuin")
    url = f"/budgetten/{gathering.slug}/inzenden/"
    assert f"{url}?wens={wish.reference}" in client.get(f"/wensen/{wish.reference}/").text
    assert f"{url}?initiatief={initiative.slug}" in client.get(f"/initiatieven/{initiative.slug}/geld/").text
    type(gathering).objects.filter(pk=gathering.pk).update(stage=RoundStage.CHECKING)
    for page in (f"/wensen/{wish.reference}/", f"/initiatieven/{initiative.slug}/geld/"):
        assert url not in client.get(page).text


# --- what its makers change ------------------------------------------------------------------------------


def test_new_words_of_a_maker_are_read_again_and_those_of_staff_are_not(propose, kees, joris):
    plan = propose(of=kees)
    BudgetPlan.objects.filter(pk=plan.pk).update(shown=True, question="Wie?")
    changing.change(plan, summary="Anders", by=joris, at=NOW)
    assert (plan.shown, plan.question) == (True, "")
    changing.change(plan, summary="Nog anders", by=kees, at=NOW)
    assert plan.shown is False
    with pytest.raises(proposing.WrongCost):
        changing.change(plan, cost=Decimal(9000), by=kees, at=NOW)


def test_a_plan_that_can_be_done_keeps_its_words(propose, kees):
    plan = propose(of=kees)
    BudgetPlan.objects.filter(pk=plan.pk).update(stage=PlanStage.FEASIBLE, cost=1, shown=True)
    with pytest.raises(NotNow):
        changing.change(plan, title="Iets heel anders", by=kees, at=NOW)


def test_a_plan_is_taken_back_with_a_reason_by_its_maker_and_by_nobody_else(client, propose, kees, samira, signed_in):
    plan = propose(of=kees)
    url = f"/budgetten/{plan.round.slug}/{plan.number}/terugnemen/"
    assert client.post(url, {"why": "x"}).status_code == 302  # to sign in
    signed_in(samira)
    assert client.post(url, {"why": "x"}).status_code == 404
    signed_in(kees)
    assert client.post(url, {"why": ""}).status_code == 422
    assert client.post(url, {"why": "Ik verhuis."}).status_code == 302
    plan.refresh_from_db()
    assert (plan.stage, plan.why) == (PlanStage.WITHDRAWN, "Ik verhuis.")
    assert plan.ended_at


def test_a_plan_on_the_list_is_taken_back_while_people_vote_and_that_is_said_aloud(client, make_round, kees):
    round_ = make_round(stage=RoundStage.VOTING)
    plan = round_.plans.first()
    BudgetPlan.objects.filter(pk=plan.pk).update(listed_at=NOW)
    Maker.objects.create(plan=plan, contact=contact_for(kees, at=NOW))
    changing.withdraw(plan, "De grond is verkocht.", by=kees, at=NOW)
    page = client.get(f"/budgetten/{round_.slug}/{plan.number}/").content.decode()
    assert "De grond is verkocht." in page
    assert 'role="status"' in page
    assert plan not in round_.plans.listed()


def test_after_the_count_nothing_is_taken_back(make_round, joris):
    plan = make_round(stage=RoundStage.CLOSED).plans.first()
    with pytest.raises(NotNow):
        changing.withdraw(plan, "Te laat", by=joris, at=NOW)


def test_one_of_several_makers_steps_out_and_cannot_take_the_plan_from_the_others(propose, kees, samira, joris):
    plan = propose(of=kees)
    with pytest.raises(changing.LastOne):
        changing.leave(plan, by=kees, at=NOW)
    Maker.objects.create(plan=plan, contact=contact_for(samira, at=NOW))
    with pytest.raises(changing.OthersGoOn):
        changing.withdraw(plan, "Ik stop", by=kees, at=NOW)
    changing.leave(plan, by=kees, at=NOW)
    assert [maker.contact.person for maker in plan.makers.all()] == [samira]


def test_a_maker_agrees_to_a_name_only_with_a_name(propose, kees):
    plan = propose(of=kees)
    with pytest.raises(IntegrityError), transaction.atomic():
        plan.makers.update(agreed_at=NOW, name="")
    with pytest.raises(proposing.NotAName):
        changing.name_maker(plan.makers.get(), name="", agreed=True, by=kees, at=NOW)
    changing.name_maker(plan.makers.get(), name="Kees", agreed=True, by=kees, at=NOW)
    assert plan.makers.get().agreed_at


def test_a_contact_is_a_maker_once(propose, kees):
    plan = propose(of=kees)
    with pytest.raises(IntegrityError), transaction.atomic():
        Maker.objects.create(plan=plan, contact=Contact.objects.get(person=kees))
