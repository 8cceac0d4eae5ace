"""Cells, findings and measures, beside a slow count of the same."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from buurtdraad.agendas.agenda import actions as agendas
from buurtdraad.agendas.agenda.actions import Promise, TopicFacts
from buurtdraad.agendas.agenda.states import Stage as AgreementStage
from buurtdraad.audit.models import Event
from buurtdraad.initiatives.models import Initiative
from buurtdraad.money.models import Commitment, Pot
from buurtdraad.places.models import Area, AreaChange
from buurtdraad.reports.models import Cell, Finding, MeasureValue, Prepared
from buurtdraad.reports.states import FindingKind, FindingStage
from buurtdraad.reports.tests.conftest import CHILDREN, MORE
from buurtdraad.works.models import Work, WorkAnswers, WorkArea, WorkMoney, WorkPartner

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


def kinds():
    return sorted(Finding.objects.exclude(stage=FindingStage.SOLVED).values_list("kind", flat=True))


def agreement_in(area, joris, challenge=None, what="Samen eten in het buurthuis", at=None):
    at = at or timezone.now()
    version = agendas.make_draft(area, by=joris, at=at)
    topic = agendas.add_topic(version, TopicFacts("Elkaar ontmoeten", challenge=challenge), by=joris, at=at)
    made = agendas.add_agreement(topic, Promise(what), by=joris, at=at)
    agendas.adopt(version, adopted_by="Bewoners", valid_from=timezone.localdate(at), by=joris, at=at)
    return made


def plan_in(area, **said):
    facts = {"title": "Een tuin op de Wilgenhof", "theme": "green", "stage": "plan", "showing": "shown", "made_at": timezone.now()} | said
    return Initiative.objects.create(slug=f"plan-{Initiative.objects.count()}", area=area, **facts)


# --- cells -------------------------------------------------------------------------------------------------


def test_a_cell_counts_what_a_slow_count_finds(figures, *, areas, programme, make_work, joris, prepared):
    jeugd = programme["jeugd"]
    works = [
        make_work("Skatebaan", challenge=jeugd, codes=("BU03440241", "BU03440242")),
        make_work("Jongerenplek", challenge=jeugd, codes=("WK034402",)),
        make_work("Klaar", challenge=jeugd, stage="done", done_on=TODAY),
        make_work("Zonder opgave"),
    ]
    WorkMoney.objects.create(work=works[0], source="municipality", year=2026, planned=900, committed=500)
    WorkMoney.objects.create(work=works[1], source="municipality", year=2026, committed=100)
    agreement_in(areas["zuilen-oost"], joris, jeugd)
    plan_in(areas["BU03440242"], theme="youth")
    plan_in(areas["BU03440242"], theme="youth", showing="private")
    prepared()
    for code in ("BU03440241", "BU03440242"):
        cell = Cell.objects.get(area__code=code, challenge=jeugd)
        assert (cell.works, cell.agreements) == (2, 1)
        assert cell.euros == Decimal(300), "half of 500 and half of 100; planned money is no promise"
    assert Cell.objects.get(area__code="BU03440242", challenge=jeugd).initiatives == 1
    assert Cell.objects.filter(challenge=jeugd).exclude(works=0).count() == 2
    assert Cell.objects.count() == 13 * 4, "every neighbourhood and challenge, none left out"


def test_much_attention_comes_from_the_figures_and_what_is_not_known_stays_so(figures, areas, programme, prepared):
    prepared()
    cell = Cell.objects.get(area__code=CHILDREN, challenge=programme["jeugd"])
    assert cell.need == 4
    (figure,) = cell.figures
    assert (figure["code"], figure["value"], figure["unit"], figure["year"], figure["asks"]) == ("leeftijd-0-14", "40.0", "%", 2025, True)
    assert set(Cell.objects.filter(challenge=programme["wonen"]).values_list("need", flat=True)) == {None}
    assert Cell.objects.get(area__code="BU03440321", challenge=programme["jeugd"]).need is None, "no figure of this one"


def test_few_inhabitants_take_no_part(figures, programme, prepared):
    figures["inwoners"].measurements.filter(area__code=CHILDREN).update(value=140)
    prepared()
    assert Cell.objects.get(area__code=CHILDREN, challenge=programme["jeugd"]).need is None


def test_a_work_in_an_area_of_before_counts_in_what_came_of_it(figures, areas, programme, make_work, prepared):
    old = Area.objects.create(code="BU03440199", kind="neighbourhood")
    AreaChange.objects.create(from_area=old, to_area=areas["BU03440241"], year=2024, kind="recoded", share=1)
    make_work("Oud riool", challenge=programme["jeugd"], codes=("BU03440199",))
    prepared()
    assert Cell.objects.get(area=areas["BU03440241"], challenge=programme["jeugd"]).works == 1


def test_what_is_for_the_whole_city_counts_in_no_neighbourhood(figures, programme, make_work, prepared):
    make_work("Stadsbreed", challenge=programme["jeugd"], codes=("GM0344",))
    prepared()
    assert not Cell.objects.exclude(works=0).exists()


def test_an_empty_city_gives_nothing_and_no_error(db, prepared):
    made = prepared()
    assert (made.cells, made.found) == (0, 0)


def test_twice_gives_the_same(figures, programme, make_work, make_wish, prepared):
    make_work("Skatebaan", challenge=programme["jeugd"], owner_email="", owner_name="")
    make_wish()
    at = timezone.now()

    def everything():
        prepared(at)
        return (
            list(Cell.objects.order_by("area", "challenge").values("area", "challenge", "need", "works", "wishes", "euros")),
            list(Finding.objects.order_by("key").values("key", "stage", "facts")),
            list(MeasureValue.objects.order_by("name", "area", "month").values("name", "area", "month", "value", "part", "whole")),
        )

    assert everything() == everything()
    assert Prepared.objects.count() == 3
    assert Event.objects.filter(verb="coherence.prepared").count() == 2


# --- findings ----------------------------------------------------------------------------------------------


def test_much_attention_without_work_is_found_and_solved_when_work_comes(figures, areas, programme, make_work, prepared):
    prepared()
    one = Finding.objects.get(kind=FindingKind.NEED_WITHOUT_WORK)
    assert (one.area.code, one.challenge) == (CHILDREN, programme["jeugd"])
    work = make_work("Speelplek", challenge=programme["jeugd"], codes=(CHILDREN,))
    prepared()
    one.refresh_from_db()
    assert one.stage == FindingStage.SOLVED
    assert one.solved_at
    work.delete()
    prepared()
    one.refresh_from_db()
    assert one.stage == FindingStage.OPEN
    assert one.solved_at is None
    assert [step.stage for step in one.steps.all()] == ["open", "solved", "open"]
    assert all(step.by is None for step in one.steps.all())


def test_work_where_all_goes_well_is_found_unless_somebody_asked_for_it(figures, *, areas, programme, make_work, make_wish, prepared):
    work = make_work("Jongerenplek", challenge=programme["jeugd"], codes=(MORE[0],))
    prepared()
    assert kinds().count(FindingKind.WORK_WITHOUT_NEED) == 1
    WorkAnswers.objects.create(work=work, wish=make_wish(), since=timezone.now())
    prepared()
    assert FindingKind.WORK_WITHOUT_NEED not in kinds()


def test_a_project_without_owner_and_one_that_is_not_confirmed_are_found(areas, make_work, prepared):
    old = timezone.now() - 70 * DAY
    make_work("Van niemand", owner_name="", owner_email="")
    make_work("Lang niet bevestigd", made_at=old)
    make_work("Net bevestigd", made_at=old, confirmed_at=timezone.now())
    make_work("Onderhoud van niemand", kind="maintenance", owner_name="", owner_email="", made_at=old)
    prepared()
    assert kinds() == [FindingKind.NO_OWNER, FindingKind.NOT_CONFIRMED]


@pytest.mark.parametrize(("apart", "found"), [(0, True), (365, True), (366, False)])
def test_two_works_in_one_street_within_twelve_months_are_found(areas, make_work, prepared, apart, found):
    make_work("Riool in de Wilgenhof", from_on=TODAY, until_on=TODAY + 10 * DAY)
    make_work("Nieuwe stenen", where="wilgenhof", from_on=TODAY + (10 + apart) * DAY, until_on=TODAY + 500 * DAY)
    prepared()
    assert (FindingKind.SAME_PLACE in kinds()) == found


def test_a_garden_of_residents_and_a_sewer_in_one_street_are_found(areas, make_work, prepared):
    work = make_work("Riool vernieuwen", where="Wilgenhof", from_on=TODAY + 60 * DAY)
    plan = plan_in(areas["BU03440241"], from_on=TODAY + 30 * DAY, until_on=TODAY + 40 * DAY)
    prepared()
    one = Finding.objects.get(kind=FindingKind.SAME_PLACE)
    assert set(one.things) == {work.thing, plan.thing}
    assert one.area.code == "BU03440241"


def test_works_in_one_street_of_another_neighbourhood_are_not(areas, make_work, prepared):
    make_work("Riool in de Kerkstraat")
    make_work("Stenen in de Kerkstraat", codes=("BU03440321",))
    prepared()
    assert FindingKind.SAME_PLACE not in kinds()


def test_two_departments_with_one_goal_for_the_same_people_are_found_once(areas, programme, make_work, prepared):
    facts = {"challenge": programme["jeugd"], "target_group": "Jongeren", "codes": ("WK034402",)}
    make_work("Sportavond", **facts)
    make_work("Huiswerkclub", department="Onderwijs", **facts | {"target_group": "jongeren "})
    make_work("Kamp", department="Stadsbedrijven", **facts)
    prepared()
    assert kinds().count(FindingKind.SAME_GOAL) == 2, "Onderwijs beside each of the two of Stadsbedrijven"


def test_a_wish_that_a_project_may_answer_is_found_until_both_are_tied(areas, make_work, make_wish, prepared):
    wish = make_wish("Een bank op de Wilgenhof, om te zitten")
    make_wish("Harder optreden tegen vuurwerk")
    work = make_work("Bank plaatsen op de Wilgenhof")
    prepared()
    one = Finding.objects.get(kind=FindingKind.ALREADY_ANSWERED)
    assert one.things == [f"wish:{wish.reference}", work.thing]
    WorkAnswers.objects.create(work=work, wish=wish, since=timezone.now())
    prepared()
    assert FindingKind.ALREADY_ANSWERED not in kinds()


def test_many_contacts_in_one_neighbourhood_are_found(areas, make_work, prepared):
    for number in range(9):
        make_work(f"Werk {number}", owner_email=f"{number}@utrecht.example")
        make_work(f"Meer werk {number}", owner_email=f"{number}@utrecht.example")
    prepared()
    one = Finding.objects.get(kind=FindingKind.MANY_CONTACTS)
    assert one.facts == {"number": 9, "departments": ["Stadsbedrijven"]}
    assert "@" not in str(one.facts)


def test_money_for_one_agreement_from_two_pots_is_found(areas, joris, make_work, prepared):
    agreement = agreement_in(areas["zuilen-oost"], joris)
    for name in ("Agendageld", "Wijkgeld"):
        pot = Pot.objects.create(name=name, source="city", year=2026, area=areas["zuilen-oost"], amount=900, made_at=timezone.now())
        Commitment.objects.create(
            pot=pot, area=areas["zuilen-oost"], amount=100, kind="agreement", agreement=agreement, made_at=timezone.now()
        )
        prepared()
        assert (FindingKind.MONEY_TWICE in kinds()) == (name == "Wijkgeld")
    assert Finding.objects.get(kind=FindingKind.MONEY_TWICE).facts["euros"] == "200.00"


def test_a_hostile_title_is_only_text(areas, make_work, make_wish, prepared):
    make_work("<script>alert(1)</script> Wilgenhof", where="'); DROP TABLE--", owner_name="", owner_email="")
    make_wish("<script>alert(1)</script>")
    prepared()
    assert FindingKind.NO_OWNER in kinds()


# --- measures ----------------------------------------------------------------------------------------------


def newest(name, area=None):
    return (
        MeasureValue.objects.filter(name=name, area__code=area if area else None).latest("month")
        if area
        else MeasureValue.objects.filter(name=name, area=None).latest("month")
    )


def test_days_to_a_first_action_are_the_middle_of_all_ways(areas, joris, make_work, make_wish, prepared):
    at = timezone.now()
    early, later, _waiting, before = (make_wish(f"Wens {number}", at=at - 40 * DAY) for number in range(4))
    WorkAnswers.objects.create(work=make_work(started_on=TODAY - 30 * DAY), wish=early, since=at)
    agreement = agreement_in(areas["zuilen-oost"], joris, at=at - 30 * DAY)
    agendas.choose_wishes(agreement.topic, [later], by=joris, at=at - 30 * DAY)
    agendas.move_on(agreement, AgreementStage.RUNNING, by=joris, at=at - 10 * DAY)
    WorkAnswers.objects.create(work=make_work("Eerder", started_on=TODAY - 50 * DAY), wish=before, since=at)
    prepared(at)
    rows = list(MeasureValue.objects.filter(name="first_action"))
    assert sum(int(row.part) for row in rows) == 2, "what waits, and what began before the wish, is in none"
    if len(rows) == 1:
        assert rows[0].value == 20


def test_answered_in_time_is_the_share_that_a_slow_count_finds(make_wish, prepared):
    at = timezone.now()
    wishes = [make_wish(f"Wens {number}", at=at - 60 * DAY) for number in range(4)]
    due = wishes[0].answer_by
    for wish, days in zip(wishes, (-1, 0, 1, None), strict=True):
        moment = None if days is None else timezone.make_aware(datetime.datetime.combine(due + days * DAY, datetime.time(12)))
        type(wish).objects.filter(pk=wish.pk).update(answered_at=moment)
    prepared(at)
    row = MeasureValue.objects.get(name="answered_in_time", month=due.replace(day=1))
    assert (row.part, row.whole, row.value) == (2, 4, Decimal("0.5"))


def test_works_and_euros_lead_back_as_a_slow_count_says(areas, make_work, make_wish, prepared):
    asked, not_asked = make_work("Gevraagd"), make_work("Niet gevraagd")
    make_work("Onderhoud", kind="maintenance")
    make_work("Gaat niet door", stage="stopped", why="Geen geld")
    WorkAnswers.objects.create(work=asked, wish=make_wish(), since=timezone.now())
    WorkMoney.objects.create(work=asked, source="municipality", year=2026, committed=300)
    WorkMoney.objects.create(work=not_asked, source="state", year=2026, planned=5000, committed=100)
    prepared()
    row = newest("works_lead_back")
    assert (row.part, row.whole) == (1, 2)
    row = newest("euros_lead_back")
    assert (row.part, row.whole, row.value) == (300, 400, Decimal("0.75"))


def test_shared_works_contacts_and_names_are_as_a_slow_count_says(areas, make_work, prepared):
    from buurtdraad.partners.models import Organisation

    partner = Organisation.objects.create(name="De Vechtoever", kind="housing", from_on=TODAY)
    WorkPartner.objects.create(work=make_work("Samen"), organisation=partner, role="pays")
    WorkPartner.objects.create(work=make_work("Alleen verteld"), organisation=partner, role="informed")
    make_work("Zonder naam", department="Ruimte", owner_name="", owner_email="", codes=("BU03440242",))
    prepared()
    row = newest("shared_works")
    assert (row.part, row.whole) == (1, 3)
    assert newest("contacts", "BU03440241").value == 1
    assert newest("contacts", "BU03440242").value == 0
    assert (newest("departments_named", "BU03440242").part, newest("departments_named").whole) == (0, 2)


def test_euros_per_inhabitant_are_divided_over_the_neighbourhoods(figures, areas, make_work, prepared):
    work = make_work(codes=("zuilen-oost",))
    WorkMoney.objects.create(work=work, source="municipality", year=2026, committed=5000)
    prepared()
    row = newest("euros_per_inhabitant", "BU03440241")
    assert (row.value, row.part, row.whole) == (Decimal("2.5"), 2500, 1000)
    assert newest("euros_spread").value == Decimal("0.8333"), "two of twelve equal neighbourhoods have all"


def test_findings_over_time_count_what_was_open_and_solved(areas, make_work, prepared):
    work = make_work(owner_name="", owner_email="", made_at=timezone.now() - 70 * DAY, confirmed_at=timezone.now())
    prepared(timezone.now() - 62 * DAY)
    Work.objects.filter(pk=work.pk).update(owner_name="Tom")
    prepared()
    assert newest("findings_open").value == 0
    assert newest("findings_solved").value == 1
    assert WorkArea.objects.exists()
