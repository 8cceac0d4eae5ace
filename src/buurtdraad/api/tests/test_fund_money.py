"""Regelingen, besluiten and budgetten: what the pages of the fund and of money show, and nothing more."""

# ruff: noqa: F811 (a fixture is named like what it is)

import datetime
import itertools
from uuid import uuid4

import pytest
from django.db.models import Sum
from django.utils import timezone

from buurtdraad.api.tests.asking import ask, at, questions, rows, thread
from buurtdraad.budgets.conftest import (  # noqa: F401
    areas,
    bas,
    city_with_a_name,
    emine,
    kees,
    make_application,
    make_initiative,
    make_pot,
    make_wish,
    rules,
)
from buurtdraad.fund.models import Application, Decision, SchemeRules
from buurtdraad.fund.queries.register import register
from buurtdraad.fund.states import Outcome, Stage, Who
from buurtdraad.initiatives.models import InitiativeWish
from buurtdraad.initiatives.states import Showing
from buurtdraad.money.models import Commitment, Pot
from buurtdraad.money.queries.pots import money_of
from buurtdraad.money.states import Kind, Source
from buurtdraad.works.tests.story import make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city_with_a_name")]
YEAR = timezone.localdate().year


@pytest.fixture
def pot(make_pot):
    return make_pot("90000", year=YEAR, area="BU03440241")


@pytest.fixture
def promise(pot):
    """Money of the pot, promised to something and told, or not told yet."""

    def make(amount, *, told=True, paid=0, of=None, **to):
        here = of or pot
        now = timezone.now()
        area = next(iter(to.values())).area if "work" not in to else here.area
        made = Commitment.objects.create(
            pot=here, area=area, amount=amount, paid=paid, kind=Kind.GRANT, made_at=now, told_on=now.date() if told else None, **to
        )
        here.committed += amount
        here.paid += paid
        Pot.objects.filter(pk=here.pk).update(committed=here.committed, paid=here.paid)
        return made

    return make


@pytest.fixture
def grant(make_application, promise, bas):
    """Decisions that were made known, straight into the tables."""
    numbers = itertools.count(1)

    def make(amount=5000, *, known=True, paid=0, outcome=Outcome.GRANTED, **facts):
        asked = make_application(number=f"F-{YEAR}-{next(numbers):04}", stage=Stage.GRANTED, costs=("6000",), **facts)
        money = promise(amount, told=known, paid=paid, initiative=asked.initiative) if amount else None
        now = timezone.now()
        return Decision.objects.create(
            application=asked, outcome=outcome, asked=6000, amount=amount, ground="" if amount == 6000 else "not_paid", words="Voor Kees.",
            taken_by=bas.uuid, mandate="fund_decider", taken_at=now, known_on=now.date() if known else None, commitment=money,
        )  # fmt: skip

    return make


# --- regelingen --------------------------------------------------------------------------------------


def test_a_scheme_has_the_rules_of_today_with_their_articles(rules):
    SchemeRules.objects.filter(pk=rules.pk).update(until_on=timezone.localdate())
    SchemeRules.objects.create(
        scheme=rules.scheme, from_on=timezone.localdate() + datetime.timedelta(days=1), source="Later", most=1, decides="x",
        made_at=timezone.now(),
    )  # fmt: skip
    one = ask("regelingen/initiatievenfonds")
    assert (one["hoogsteBedrag"], one["geldt"], one["hierAanTeVragen"]) == (35000.0, True, True)
    assert len(one["versies"]) == 2
    assert {"Awb 4:13", "Awb 6:7"} <= {each["artikel"] for each in one["regels"]}
    assert [band["totEnMet"] for band in one["bedragen"]] == [5000.0, 20000.0, 35000.0]
    assert one["nietBetaald"][0]["soort"]["code"] == "food"


def test_schemes_can_be_asked_by_whose_they_are(rules):
    assert len(rows("regelingen", hierAanTeVragen="true")) == 1
    assert rows("regelingen", hierAanTeVragen="false") == []


# --- besluiten ---------------------------------------------------------------------------------------


def test_only_grants_that_are_known_stand_in_the_register(grant):
    kept = grant()
    grant(4000, known=False)
    grant(0, outcome=Outcome.REFUSED)
    (one,) = rows("besluiten")
    assert one["sleutel"] == str(kept.uuid)
    (line,) = register()
    assert (one["gevraagd"], one["toegekend"], one["eindbedrag"]) == (float(line.asked), float(line.granted), line.determined)


def test_a_decision_says_nothing_of_who_asked(grant, client):
    grant()
    Application.objects.update(who=Who.ORGANISATION, organisation_name="Vereniging Wilgenhof")
    said = client.get("/api/v1/besluiten").content.decode()
    for word in ("Kees", "Vermeer", "Wilgenhof", "Voor Kees.", f"F-{YEAR}"):
        assert word not in said
    assert rows("besluiten")[0]["gevraagdDoor"] == "organisatie"


def test_a_plan_that_is_not_on_the_site_is_named_by_its_kind_and_ties_to_nothing(grant):
    made = grant()
    type(made.application.initiative).objects.update(showing=Showing.REMOVED)
    (one,) = rows("besluiten")
    assert (one["wat"], one["initiatief"], one["draad"]["terug"]) == ("groen", None, [])


def test_what_was_paid_counts_all_decisions_of_the_application(grant, promise):
    first = grant(3000, paid=1000)
    more = promise(500, paid=200, initiative=first.application.initiative)
    Decision.objects.create(
        application=first.application, replaces=first, outcome=Outcome.PARTLY, asked=6000, amount=3500, ground="not_paid", words="Meer.",
        taken_by=first.taken_by, mandate="fund_decider", taken_at=timezone.now(), known_on=timezone.localdate(), commitment=more,
    )  # fmt: skip
    (one,) = rows("besluiten")
    assert (one["toegekend"], one["betaald"]) == (3500.0, 1200.0)


def test_decisions_are_asked_by_area_year_scheme_budget_and_day(grant, pot):
    grant()
    for query, many in (
        ({"gebied": "WK034402"}, 1), ({"gebied": "WK034403"}, 0), ({"jaar": YEAR}, 1), ({"jaar": 2001}, 0),
        ({"regeling": "initiatievenfonds"}, 1), ({"regeling": "ander"}, 0), ({"budget": str(pot.uuid)}, 1), ({"thema": "green"}, 1),
        ({"thema": "traffic"}, 0), ({"teruggenomen": "true"}, 0), ({"teruggenomen": "false"}, 1), ({"bekendVanaf": "2999-01-01"}, 0),
    ):  # fmt: skip
        assert len(rows("besluiten", **query)) == many, query


def test_granted_in_a_year_is_what_the_register_says(grant):
    for amount in (6000, 2500, 1250.50):
        grant(amount)
    assert sum(one["toegekend"] for one in rows("besluiten", jaar=YEAR)) == float(
        sum(line.granted for line in register() if line.year == YEAR)
    )


def test_the_walk_from_a_wish_to_the_euro_and_back(grant, make_wish, pot):
    made, wish = grant(), make_wish()
    initiative = made.application.initiative
    InitiativeWish.objects.create(initiative=initiative, wish=wish)
    plan, decision, budget = at(f"initiatieven/{initiative.slug}"), at(f"besluiten/{made.uuid}"), at(f"budgetten/{pot.uuid}")
    assert plan in thread(f"wensen/{wish.reference}", "vooruit")
    assert plan in thread(f"besluiten/{made.uuid}", "terug")
    assert budget in thread(f"besluiten/{made.uuid}", "vooruit")
    assert thread(f"budgetten/{pot.uuid}", "terug") == set()
    (back,) = rows("besluiten", budget=str(pot.uuid))
    assert back["url"] == decision
    assert [one["url"] for one in rows("initiatieven", budget=str(pot.uuid))] == [plan]


# --- budgetten ---------------------------------------------------------------------------------------


def test_the_budgets_of_a_year_are_what_the_page_of_money_says(grant, make_pot, pot):
    ceiling = make_pot("200000", name="Alles", year=YEAR)
    Pot.objects.filter(pk=pot.pk).update(within=ceiling)
    make_pot("700", name="Van de stad", year=YEAR, source=Source.CITY)
    grant(5000, paid=1000)
    Pot.objects.filter(pk=ceiling.pk).update(committed=5000, paid=1000)
    page = money_of(None, {"GM0344"}, YEAR).all
    outer = [one for one in rows("budgetten", jaar=YEAR) if one["binnen"] is None]
    for name, amount in (("bedrag", page.amount), ("vastgelegd", page.committed), ("betaald", page.paid), ("over", page.free)):
        assert sum(one[name] for one in outer) == float(amount)


def test_money_that_nobody_was_told_of_is_free(grant, pot):
    grant(4000, known=False)
    one = ask(f"budgetten/{pot.uuid}")
    assert Pot.objects.get().committed == 4000
    assert (one["vastgelegd"], one["over"]) == (0.0, 90000.0)


def test_what_lies_in_another_budget_has_no_more_left_than_that(make_pot, pot):
    ceiling = make_pot("100", name="Alles", year=YEAR)
    Pot.objects.filter(pk=pot.pk).update(within=ceiling)
    one = ask(f"budgetten/{pot.uuid}")
    assert (one["binnen"], one["over"]) == (str(ceiling.uuid), 100.0)
    assert [each["naam"] for each in rows("budgetten", binnen=str(ceiling.uuid))] == [pot.name]


def test_budgets_are_asked_by_area_year_and_source(make_pot, pot):
    make_pot("700", name="Stad", year=2001, source=Source.CITY)
    for query, names in (
        ({"gebied": "WK034402"}, {pot.name}), ({"gebied": "GM0344"}, {pot.name, "Stad"}), ({"jaar": 2001}, {"Stad"}),
        ({"geldVan": "city"}, {"Stad"}), ({"gesloten": "true"}, set()), ({"thema": "green"}, set()),
    ):  # fmt: skip
        assert {one["naam"] for one in rows("budgetten", **query)} == names, query


def test_money_of_agreements_and_works_leads_to_its_budget(promise, areas, pot):
    from buurtdraad.works.models import Work

    _topic, agreement = make_topic(areas["BU03440241"])
    now = timezone.now()
    work = Work.objects.create(title="Bank", department="Groen", until_on=now.date(), made_at=now, changed_at=now)
    promise(100, agreement=agreement)
    promise(200, work=work)
    assert thread(f"werken/{work.uuid}", "vooruit") == {at(f"budgetten/{pot.uuid}")}
    asked = {"budget": str(pot.uuid)}
    assert [one["url"] for one in rows("werken", **asked)] == [at(f"werken/{work.uuid}")]
    assert [one["url"] for one in rows("afspraken", **asked)] == [at(f"afspraken/{agreement.pk}")]
    assert rows("werken", budget=str(uuid4())) == rows("initiatieven", **asked) == []
    Commitment.objects.update(told_on=None)
    assert thread(f"werken/{work.uuid}", "vooruit") == set()
    assert rows("werken", **asked) == rows("afspraken", **asked) == []
    assert Commitment.objects.aggregate(all=Sum("amount"))["all"] == 300


# --- as much for three as for thirty --------------------------------------------------------------------


def test_three_and_thirty_ask_the_same(grant, make_pot, make_initiative, rules):
    one = make_initiative("Wilgentuin")
    for number in range(3):
        grant(100, initiative=one)
        make_pot("10", name=f"Pot {number}", year=YEAR - number)
    few = [questions(name) for name in ("besluiten", "budgetten", "regelingen")]
    for number in range(3, 30):
        grant(100, initiative=one)
        make_pot("10", name=f"Pot {number}", year=YEAR - number % 20)
    assert [questions(name, aantal=100) for name in ("besluiten", "budgetten", "regelingen")] == few
