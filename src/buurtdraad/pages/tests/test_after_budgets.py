"""What comes after a vote about money, on pages of several rooms: the thread of a wish, the area, the home page, money, and work."""

# ruff: noqa: F811 (a fixture is named like what it is)
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.budgets.actions.adopting import propose
from buurtdraad.budgets.conftest import *  # noqa: F403 (the city, the people and rounds of the tests of budgets)
from buurtdraad.budgets.states import PlanStage, RoundStage
from buurtdraad.budgets.tests.after import adopted, count, counted, facts, made_by, now, plan_of  # noqa: F401
from buurtdraad.budgets.tests.test_becoming import municipal, topic_of, winner_of  # noqa: F401
from buurtdraad.pages import work
from buurtdraad.pages.thread import thread_of

pytestmark = pytest.mark.django_db


def titles(wish):
    return [str(link.title) for link in thread_of(wish)]


def work_of(person):
    return [item.title for item in work.waiting_for(person, on=timezone.localdate()).items]


@pytest.fixture
def wish(make_wish):
    return make_wish("Een bank op de Wilgenhof.")


@pytest.fixture
def page_of(client):
    return lambda path: " ".join(client.get(path).text.split()).replace("\u00a0", " ")


def from_wish(wish, number=1):
    return lambda round_: plan_of(round_, number).wishes.add(wish)


# --- the thread ----------------------------------------------------------------------------------------


def test_the_thread_of_a_wish_goes_over_the_vote_to_what_it_got(adopted, wish, page_of):
    round_ = adopted(before=from_wish(wish))
    assert titles(wish)[1:] == [
        "Verteld als plan voor het buurtbudget: Plan 1",
        "Hierop is gestemd: Plan 1",
        "Bewoners maakten een plan: Plan 1",
        "€\u00a03.000 voor Plan 1",
    ]
    page = page_of(f"/wensen/{wish.reference}/")
    assert "Het is gekozen en krijgt € 3.000." in page
    assert f"/budgetten/{round_.slug}/plannen-nu/#plan-1" in page


def test_a_plan_that_lost_says_so_in_the_thread(adopted, wish, page_of):
    adopted(before=from_wish(wish, 3))
    assert "Het is niet gekozen. U kunt lezen waarom." in page_of(f"/wensen/{wish.reference}/")


def test_before_the_result_is_known_the_thread_says_only_that_votes_are_counted(counted, wish, page_of):
    from_wish(wish)(counted())
    page = page_of(f"/wensen/{wish.reference}/")
    assert "De stemmen zijn geteld." in page
    assert "gekozen" not in page.partition("Hierop is gestemd")[2].partition("</li>")[0]


def test_a_plan_that_cannot_be_done_says_why_in_the_thread(make_round, wish, page_of):
    round_ = make_round(stage=RoundStage.CHECKING)
    from_wish(wish)(round_)
    round_.plans.filter(number=1).update(stage=PlanStage.NOT_FEASIBLE, why="Daar ligt een gasleiding.")
    assert "Daar ligt een gasleiding." in page_of(f"/wensen/{wish.reference}/")


@pytest.mark.parametrize("hidden", [{"shown": False}, {"stage": PlanStage.WRITING}])
def test_a_plan_that_nobody_read_is_not_in_the_thread(make_round, wish, hidden):
    round_ = make_round(stage=RoundStage.GATHERING)
    from_wish(wish)(round_)
    round_.plans.filter(number=1).update(**hidden)
    assert len(titles(wish)) == 1


def test_a_round_that_is_being_prepared_is_not_in_the_thread(make_round, wish):
    from_wish(wish)(make_round(stage=RoundStage.PREPARING))
    assert len(titles(wish)) == 1


# --- the area, the home page, money --------------------------------------------------------------------


def test_the_pages_of_an_area_and_of_the_city_say_what_came_of_the_last_budget(adopted, page_of):
    round_ = adopted(name="Buurtbudget Geuzenwijk")
    asked = f"Wat kwam er van het buurtbudget van {round_.year}?"
    for path in ("/buurten/BU03440241/", "/buurten/zuilen-oost/"):
        page = page_of(path)
        assert asked in page, path
        assert f"/budgetten/{round_.slug}/plannen-nu/" in page
    assert asked not in page_of("/buurten/BU03440321/")
    home = page_of("/")
    assert "Wat kwam er van Buurtbudget Geuzenwijk?" in home
    assert "2 plannen gekozen, 0 afgerond" in home


def test_adopting_makes_the_pages_that_tell_of_it_anew(counted, noor, bas, client):
    from buurtdraad.audit.models import Event
    from buurtdraad.budgets.actions.adopting import adopt

    round_ = counted()
    propose(round_, facts(), by=noor, at=now())
    adopt(round_, by=bas, at=now())
    touched = set(Event.objects.get(verb="budget_round.result_adopted").touches)
    for path in ("/", "/buurten/BU03440241/", "/buurten/zuilen-oost/", f"/budgetten/{round_.slug}/plannen-nu/"):
        assert client.get(path).shows_places & touched, path


def test_money_that_residents_gave_says_so_and_leads_to_their_plan(adopted, page_of, kees):
    round_ = adopted(before=lambda one: made_by(plan_of(one, 1), kees))
    commitment = winner_of(round_, 1).commitment
    slug = plan_of(round_, 1).initiative.slug
    for path in ("/geld/BU03440241/", f"/initiatieven/{slug}/geld/"):
        page = page_of(path)
        assert "Bewoners kozen dit met een stemming." in page
        assert f"/budgetten/van/geld/{commitment.uuid}/" in page


def test_an_agreement_leads_to_where_its_money_comes_from(adopted, topic_of, wish, page_of):
    topic_of(wishes=[wish])
    round_ = adopted(before=lambda one: municipal(one, 1, wish))
    agreement = winner_of(round_, 1).agreement
    assert f"/budgetten/van/afspraak/{agreement.pk}/" in page_of(f"/afspraken/{agreement.pk}/")


# --- work ----------------------------------------------------------------------------------------------


def test_a_counted_round_waits_for_who_writes_the_result_and_then_for_a_second_person(counted, joris, bas, samira, noor):
    round_ = counted(name="Budget")
    assert "Schrijf de uitslag op: Budget" in work_of(joris)
    assert "Schrijf de uitslag op: Budget" not in work_of(samira)
    propose(round_, facts(), by=noor, at=now())
    assert not [one for one in work_of(joris) + work_of(noor) if one.endswith("Budget")]
    assert "Kijk naar de uitslag: Budget" in work_of(bas)


def test_a_maker_of_a_plan_is_not_asked_about_the_result(counted, joris):
    round_ = counted(name="Budget")
    made_by(plan_of(round_, 1), joris)
    assert not [one for one in work_of(joris) if one.endswith("Budget")]


def test_votes_that_were_not_counted_twice_wait_for_nobody(counted, joris):
    counted(name="Budget", verified=False)
    assert not [one for one in work_of(joris) if one.endswith("Budget")]


def test_a_chosen_plan_that_nobody_does_waits(adopted, joris):
    adopted(name="Budget", before=lambda one: municipal(one, 1))
    assert "Zeg wie 1 gekozen plan doet: Budget" in work_of(joris)


@pytest.mark.parametrize("number", [1, 3])
def test_more_rounds_cost_no_more_queries(counted, joris, number):
    for each in range(number):
        counted(name=f"Budget {each}")
    with CaptureQueriesContext(connection) as asked:
        work.work_budget_after.budget_results(joris, timezone.localdate())
    assert len(asked) <= 6
