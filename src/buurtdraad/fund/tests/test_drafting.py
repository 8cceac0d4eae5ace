"""Writing an application and sending it: the number, the rules of the day, what misses, and two at once."""

import datetime
import threading
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from buurtdraad.audit.models import Event
from buurtdraad.fund import access
from buurtdraad.fund.actions import drafting, papers, small
from buurtdraad.fund.actions.drafting import Cost, Income, NoFund, NotADraft, NotReady, PlanFacts, WrongAccount
from buurtdraad.fund.models import Application, Band, CostLine, IncomeLine, Payee, SchemeRules
from buurtdraad.fund.queries import applications, ease, steps
from buurtdraad.fund.states import Activity, CostKind, DocumentKind, IncomeKind, Stage
from buurtdraad.initiatives.models import Initiative
from buurtdraad.messages.actions import contact_for
from buurtdraad.messages.models import Message

IBAN = "NL91 ABNA 0417 1643 00"


@pytest.fixture
def draft(rules, areas, kees, joris):
    """A street party of Kees that can be sent."""
    at = timezone.now()
    return written(PlanFacts("Straatfeest", areas["BU03440241"], summary="Met alle buren."), kees, at)


def written(facts, of, at, mark=""):
    made = drafting.begin(facts=facts, activity=Activity.STREET_PARTY, contact=contact_for(of, at=at), by=of, at=at, mark=mark)
    drafting.save_what(
        made, starts_on=timezone.localdate(at) + datetime.timedelta(days=40), visitors=60, applicant_address="Wilgenhof 12", by=of, at=at
    )
    drafting.save_costs(made, [Cost(CostKind.RENT, "Springkussen", Decimal("650"))], by=of, at=at)
    drafting.save_incomes(made, [Income(IncomeKind.HOURS, "Uren", hours=40)], by=of, at=at)
    drafting.save_payee(made, holder="Kees Vermeer", iban=IBAN, by=of, at=at)
    return made


def test_a_draft_names_one_helper_of_its_area_and_makes_its_plan_for_nobody_else(draft, joris):
    assert draft.helper == joris.uuid
    assert applications.helper_of(draft) == "Joris Bakker"
    assert draft.applicant_name == "Kees Vermeer"
    assert draft.initiative.members.count() == 1


def test_an_initiative_has_one_draft_at_a_time(draft, kees):
    again = drafting.begin(initiative=draft.initiative, contact=None, by=kees, at=timezone.now())
    assert again.pk == draft.pk


def test_without_rules_of_today_nothing_begins(rules, areas, kees):
    SchemeRules.objects.update(until_on=datetime.date(2020, 12, 31))
    with pytest.raises(NoFund):
        drafting.begin(facts=PlanFacts("Feest", areas["BU03440241"]), contact=None, by=kees, at=timezone.now())
    assert not Initiative.objects.exists()


def test_sending_gives_a_number_a_day_and_a_message_in_one_event(draft, kees):
    drafting.submit(draft, by=kees, at=timezone.now())
    assert draft.stage == Stage.SUBMITTED
    assert draft.number == f"F-{timezone.localdate().year}-0001"
    assert draft.asked == 650
    assert Message.objects.get(thing=draft.thing).contact == draft.contact
    sent = Event.objects.get(verb="application.sent")
    assert (sent.thing, sent.touches) == (draft.thing, [])
    assert "ABNA" not in str(list(Event.objects.values_list("payload", flat=True)))


def test_what_was_sent_keeps_the_rules_of_the_day_on_which_it_came_in(draft, rules, kees):
    today = timezone.localdate()
    newer = SchemeRules.objects.get(pk=rules.pk)
    newer.pk, newer.from_on, newer.most = None, today, 500_000
    SchemeRules.objects.filter(pk=rules.pk).update(until_on=today - datetime.timedelta(days=1))
    newer.save()
    Band.objects.create(rules=newer, up_to=500_000, accounting="full")
    drafting.submit(draft, by=kees, at=timezone.now())
    assert draft.rules == newer


def test_paper_counts_from_the_day_on_which_it_came_and_never_from_tomorrow(draft, kees):
    today = timezone.localdate()
    drafting.submit(draft, by=kees, at=timezone.now(), received_on=today + datetime.timedelta(days=3))
    assert draft.received_on == today


@pytest.mark.parametrize(
    ("change", "misses"),
    [
        ({"starts_on": datetime.date(2020, 1, 1)}, 1),
        ({"starts_on": None}, 1),
        ({"applicant_name": ""}, 1),
        ({"who": "children"}, 1),
        ({"who": "organisation"}, 1),
    ],
)
def test_what_misses_is_said_and_nothing_is_sent(draft, kees, change, misses):
    Application.objects.filter(pk=draft.pk).update(**change)
    draft.refresh_from_db()
    with pytest.raises(NotReady) as refused:
        drafting.submit(draft, by=kees, at=timezone.now())
    assert len(refused.value.misses) == misses
    draft.refresh_from_db()
    assert (draft.stage, draft.number) == (Stage.DRAFT, None)


def test_more_than_the_most_and_nothing_at_all_cannot_be_sent(draft, kees):
    at = timezone.now()
    drafting.save_costs(draft, [Cost(CostKind.RENT, "Alles", Decimal("35000.01"))], by=kees, at=at)
    assert len(applications.what_misses(draft)) == 1
    drafting.save_incomes(
        draft, [Income(IncomeKind.HOURS, "Uren", hours=4), Income(IncomeKind.PARTNER, "Winkel", Decimal("0.01"))], by=kees, at=at
    )
    assert applications.what_misses(draft) == []
    drafting.save_incomes(draft, [Income(IncomeKind.OWN_MONEY, "Zelf", Decimal(40_000))], by=kees, at=at)
    assert len(applications.what_misses(draft)) == 1
    drafting.save_costs(draft, [], by=kees, at=at)
    assert len(applications.what_misses(draft)) == 1


def test_only_money_that_is_certain_takes_off_of_what_is_asked(draft, kees):
    lines = [
        Income(IncomeKind.HOURS, "Uren", hours=100), Income(IncomeKind.GOODS, "Tafels", Decimal(200)),
        Income(IncomeKind.OTHER_FUND, "Oranjefonds", Decimal(100), certain=False), Income(IncomeKind.PARTNER, "Winkel", Decimal("49.50")),
    ]  # fmt: skip
    drafting.save_incomes(draft, lines, by=kees, at=timezone.now())
    assert applications.asked_of(draft) == Decimal("600.50")
    draft.refresh_from_db()
    assert draft.asked == Decimal("600.50")


def test_what_the_neighbours_think_is_asked_above_the_amount_of_the_rules_only(draft, rules, kees):
    assert steps.NEIGHBOURS not in steps.steps_of(draft)
    drafting.save_costs(draft, [Cost(CostKind.RENT, "Tent", Decimal("1000.01"))], by=kees, at=timezone.now())
    assert steps.NEIGHBOURS in steps.steps_of(draft)
    assert applications.documents_wanted(draft) == []
    drafting.save_costs(draft, [Cost(CostKind.RENT, "Tent", Decimal(34_000))], by=kees, at=timezone.now())
    assert applications.documents_wanted(draft) == [DocumentKind.ACTIVITY_PLAN]


@pytest.mark.parametrize("number", ["NL92 ABNA 0417 1643 00", "ABNA", "NL91ABNA041716430", "<script>", "", "DE00 0000"])
def test_an_account_number_that_cannot_be_right_is_refused(draft, kees, number):
    with pytest.raises(WrongAccount):
        drafting.save_payee(draft, holder="Kees", iban=number, by=kees, at=timezone.now())
    assert Payee.objects.get().iban == "NL91ABNA0417164300"


def test_a_card_needs_no_account_number(draft, kees):
    drafting.save_payee(draft, card=True, by=kees, at=timezone.now())
    assert applications.what_misses(draft) == []
    assert Payee.objects.get().iban == ""


def test_what_was_sent_is_written_no_more(draft, kees):
    at = timezone.now()
    drafting.submit(draft, by=kees, at=at)
    for deed in (
        lambda: drafting.save_costs(draft, [], by=kees, at=at),
        lambda: drafting.save_payee(draft, card=True, by=kees, at=at),
        lambda: drafting.submit(draft, by=kees, at=at),
        lambda: papers.throw_away(draft, by=kees, at=at),
    ):
        with pytest.raises(NotADraft):
            deed()
    assert draft.costs.count() == 1


def test_a_small_plan_is_only_asked_where_and_as_far_as_the_rules_have_it(rules, areas, kees):
    at = timezone.now()
    soon = timezone.localdate() + datetime.timedelta(days=9)

    def ask(amount):
        plan = small.SmallPlan(
            PlanFacts("Geveltuin", areas["BU03440241"]), Activity.GREEN, [Cost(CostKind.MATERIAL, "Planten", Decimal(amount))],
            [Income(IncomeKind.HOURS, "Uren", hours=8)], {"starts_on": soon, "applicant_name": "Kees", "applicant_address": "Hier 1"},
            {"holder": "Kees", "iban": IBAN},
        )  # fmt: skip
        return small.ask_small(plan, contact=contact_for(kees, at=at), by=kees, at=at)

    made = ask("1000")
    assert (made.small, made.stage) == (True, Stage.SUBMITTED)
    with pytest.raises(small.NotSmall):
        ask("1000.01")
    SchemeRules.objects.update(small_on=False)
    with pytest.raises(small.NotSmall):
        ask("10")
    assert Application.objects.count() == Initiative.objects.count() == 1


@pytest.mark.parametrize(
    "bad",
    [
        lambda one: CostLine.objects.create(application=one, label="Niets", amount=0),
        lambda one: IncomeLine.objects.create(application=one, kind=IncomeKind.GOODS, label="Schuld", amount=-1),
        lambda one: Payee.objects.filter(application=one).update(holder=""),
        lambda one: Application.objects.filter(pk=one.pk).update(stage=Stage.SUBMITTED),
        lambda one: Application.objects.filter(pk=one.pk).update(asked=-1),
        lambda one: Application.objects.filter(pk=one.pk).update(ends_on=datetime.date(2020, 1, 1)),
        lambda one: one.steps.create(name="kosten") and one.steps.create(name="kosten"),
    ],
)
def test_the_tables_refuse_what_may_never_be(draft, bad):
    with pytest.raises(IntegrityError), transaction.atomic():
        bad(draft)


@pytest.mark.django_db(transaction=True)
def test_twenty_sent_at_once_get_twenty_numbers(rules, areas, kees):
    at = timezone.now()
    plan = [written(PlanFacts(f"Feest {number}", areas["BU03440241"]), kees, at) for number in range(20)]

    def send(one):
        try:
            drafting.submit(one, by=kees, at=at)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[one]) for one in plan]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    year = timezone.localdate().year
    assert sorted(Application.objects.values_list("number", flat=True)) == [f"F-{year}-{number:04}" for number in range(1, 21)]


def test_the_figures_of_ease_ask_the_same_whatever_there_is(draft, kees, django_assert_num_queries):
    at = timezone.now()
    day = timezone.localdate() - datetime.timedelta(days=30)
    drafting.submit(draft, by=kees, at=at)
    for _time in range(2):
        with django_assert_num_queries(5):
            figures = ease.ease_since(day, at=at)
        assert figures.sent >= 1
        assert figures.helped_percent is None
        for number in range(3):
            other = written(PlanFacts(f"Feest {number} {_time}", draft.initiative.area), kees, at)
            other.steps.create(name=steps.COSTS, seconds=60, times=1, saved_at=at - datetime.timedelta(days=20))
            Application.objects.filter(pk=other.pk).update(saved_at=at - datetime.timedelta(days=20))
    assert ease.ease_since(day, at=at).stopped_at == {steps.COSTS: 6}


@pytest.mark.django_db(transaction=True)
def test_one_draft_that_is_sent_by_two_at_once_is_sent_once(rules, areas, kees):
    at = timezone.now()
    made = written(PlanFacts("Feest", areas["BU03440241"]), kees, at)
    answers = []

    def send():
        try:
            answers.append(drafting.submit(Application.objects.get(pk=made.pk), by=kees, at=at).number)
        except NotADraft:
            answers.append("sent already")
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _one in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [f"F-{timezone.localdate().year}-0001", "sent already"]


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.SUBMITTED, Stage.GRANTED, Stage.WITHDRAWN])
def test_the_page_of_who_asks_is_of_who_asks_and_who_helps(make_application, kees, joris, samira, priya, stage):  # noqa: PLR0917 (the cast)
    made = make_application(stage=stage)
    Application.objects.filter(pk=made.pk).update(helper=joris.uuid, written_by=samira.uuid)
    made.refresh_from_db()
    assert [access.asks_here(person, made) for person in (kees, joris, samira, priya)] == [True, True, False, False]
