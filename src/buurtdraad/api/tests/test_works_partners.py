"""Werken and partners: public sheets without their owner, organisations without their people."""

# ruff: noqa: F811 (a fixture is named like what it is)

import struct

import pytest
from django.utils import timezone

from buurtdraad.agendas.agenda.models import Owner
from buurtdraad.agendas.agenda.states import OwnerKind, Said, VersionStage
from buurtdraad.api.tests.asking import ask, at, questions, rows, thread
from buurtdraad.challenges.models import Ambition, Challenge
from buurtdraad.money.models import Pot
from buurtdraad.partners.models import Kind, Organisation, Representative, WorksIn
from buurtdraad.works.conftest import areas, emine, make_wish, make_work, partner, wish  # noqa: F401
from buurtdraad.works.models import Work, WorkAnswers, WorkMoney
from buurtdraad.works.states import Stage
from buurtdraad.works.tests.story import make_topic

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def test_only_public_works_and_never_their_owner(make_work, client):
    shown = make_work(trend="stuck", goal="Een doel voor ons", problem="Een zorg", lesson="Geleerd", decision="Besluit", decision_by=TODAY)
    make_work("Geheim", public=False)
    assert [one["sleutel"] for one in rows("werken")] == [str(shown.uuid)]
    said = client.get("/api/v1/werken").content.decode()
    for word in ("Tom", "tom@utrecht.example", "Geheim", "Een doel", "Een zorg", "Geleerd", "stuck"):
        assert word not in said


def test_a_work_says_why_only_when_it_stands_still(make_work):
    make_work(why="Gaat goed", stage=Stage.BUSY)
    make_work("Brug", why="Geen geld.", stage=Stage.PAUSED)
    assert {one["titel"]: one["waarom"] for one in rows("werken")} == {"Riool in de Wilgenhof vernieuwen": "", "Brug": "Geen geld."}


def test_the_money_of_a_work_stands_per_year_and_is_that_of_its_page(make_work, client):
    work = make_work()
    for source, year, planned in (("municipality", 2026, 1000), ("state", 2026, 70), ("state", 2025, 5)):
        WorkMoney.objects.create(work=work, source=source, year=year, planned=planned, committed=5, spent=1)
    one = ask(f"werken/{work.uuid}")
    assert one["geld"] == [
        {"jaar": 2025, "gepland": 5.0, "vastgelegd": 5.0, "uitgegeven": 1.0},
        {"jaar": 2026, "gepland": 1070.0, "vastgelegd": 10.0, "uitgegeven": 2.0},
    ]
    assert "€ 1.075" in client.get(f"/projecten/{work.uuid}/").text.replace("\u00a0", " ").replace("€1", "€ 1")


def test_a_drawn_work_is_a_geojson_feature(make_work, client):
    work = make_work(shape=struct.pack("<BI2d", 1, 1, 5.0843, 52.1097))
    (feature,) = client.get("/api/v1/werken?formaat=geojson").json()["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [5.0843, 52.1097]}
    assert feature["id"] == at(f"werken/{work.uuid}")
    assert "geometry" not in feature["properties"]


def test_works_and_what_they_answer_lead_to_each_other(make_work, wish, areas):
    work, (_topic, agreement) = make_work(), make_topic(areas["BU03440241"])
    WorkAnswers.objects.create(work=work, wish=wish, since=timezone.now())
    WorkAnswers.objects.create(work=work, agreement=agreement, since=timezone.now())
    here = at(f"werken/{work.uuid}")
    assert thread(f"werken/{work.uuid}", "terug") == {at(f"wensen/{wish.reference}"), at(f"afspraken/{agreement.pk}")}
    assert here in thread(f"wensen/{wish.reference}", "vooruit")
    Work.objects.update(public=False)
    assert thread(f"wensen/{wish.reference}", "vooruit") == set()


def test_works_are_asked_by_area_step_kind_and_day(make_work):
    make_work("Hier")
    make_work("Elders", codes=("BU03440321",), stage=Stage.DONE, done_on=TODAY, until_on=TODAY)
    for query, names in (
        ({"gebied": "WK034402"}, {"Hier"}), ({"gebied": "GM0344"}, {"Hier", "Elders"}), ({"stand": "done"}, {"Elders"}),
        ({"soort": "maintenance"}, set()), ({"afdeling": "Stadsbedrijven"}, {"Hier", "Elders"}), ({"klaarTot": str(TODAY)}, {"Elders"}),
        ({"opgave": "jeugd"}, set()),
    ):  # fmt: skip
        assert {one["titel"] for one in rows("werken", **query)} == names, query


def test_a_partner_has_no_people(partner, areas, client):
    Representative.objects.create(organisation=partner, name="Samira El Idrissi", email="samira@vecht.example", from_on=TODAY)
    WorksIn.objects.create(organisation=partner, area=areas["BU03440241"])
    said = client.get("/api/v1/partners").content.decode()
    assert "amira" not in said
    assert ask(f"partners/{partner.uuid}")["gebieden"] == ["BU03440241"]


def test_a_double_is_no_partner_of_its_own_and_works_where_the_whole_does(partner, areas):
    double = Organisation.objects.create(name="Vechtoever Wonen", kind=Kind.HOUSING, from_on=TODAY, joined_to=partner)
    WorksIn.objects.create(organisation=double, area=areas["BU03440321"])
    challenge = Challenge.objects.create(
        ambition=Ambition.objects.create(code="kracht", number=1, name="Kracht", from_on=TODAY), code="jeugd", name="Jeugd", from_on=TODAY
    )
    double.challenges.add(challenge)
    for query, many in (
        ({}, 1), ({"gebied": "WK034403"}, 1), ({"gebied": "WK034402"}, 0), ({"opgave": "jeugd"}, 1), ({"opgave": "wonen"}, 0),
        ({"soort": "housing"}, 1), ({"soort": "school"}, 0), ({"nu": "true"}, 1), ({"nu": "false"}, 0),
    ):  # fmt: skip
        assert len(rows("partners", **query)) == many, query
    (one,) = rows("partners")
    assert (one["gebieden"], one["opgaven"]) == (["BU03440321"], ["jeugd"])


def test_three_and_thirty_ask_the_same(make_work, areas):
    def more(first, last):
        for number in range(first, last):
            work = make_work(f"Werk {number}")
            WorkMoney.objects.create(work=work, source="state", year=2026, planned=1)
            made = Organisation.objects.create(name=f"Partner {number}", kind=Kind.CARE, from_on=TODAY)
            WorksIn.objects.create(organisation=made, area=areas["BU03440241"])

    more(0, 3)
    few = [questions(name) for name in ("werken", "partners")]
    more(3, 30)
    assert [questions(name, aantal=100) for name in ("werken", "partners")] == few


def test_a_partner_leads_to_its_agreements_and_back_a_double_through_the_whole(partner, areas):
    double = Organisation.objects.create(name="Vechtoever Wonen", kind=Kind.HOUSING, from_on=TODAY, joined_to=partner)
    refuses = Organisation.objects.create(name="Zei nee", kind=Kind.HOUSING, from_on=TODAY)
    _topic, mine = make_topic(areas["zuilen-oost"])
    _topic, of_double = make_topic(areas["WK034402"])
    _topic, refused = make_topic(areas["WK034403"])
    _topic, secret = make_topic(areas["GM0344"], stage=VersionStage.DRAFT)
    for agreement, organisation in ((mine, partner), (of_double, double), (secret, partner)):
        Owner.objects.create(agreement=agreement, organisation=organisation, kind=OwnerKind.PARTNER, name="Wie")
    no = {"refused_at": timezone.now(), "said": Said.TOLD, "kind": OwnerKind.PARTNER, "name": "Wie"}
    Owner.objects.create(agreement=refused, organisation=refuses, **no)
    here = at(f"partners/{partner.uuid}")
    assert thread(f"partners/{partner.uuid}", "vooruit") == {at(f"afspraken/{one.pk}") for one in (mine, of_double)}
    assert here in thread(f"afspraken/{mine.pk}", "terug")
    assert here in thread(f"afspraken/{of_double.pk}", "terug")
    assert thread(f"partners/{refuses.uuid}", "vooruit") == set()
    assert not [url for url in thread(f"afspraken/{refused.pk}", "terug") if "partners" in url]


def test_a_partner_leads_to_the_money_that_it_gives_a_neighbourhood(partner, areas):
    facts = {"name": "Samen groen", "year": 2026, "area": areas["zuilen-oost"], "amount": 2000, "made_at": timezone.now()}
    pot = Pot.objects.create(source="partner", organisation=partner, **facts)
    assert thread(f"partners/{partner.uuid}", "vooruit") == {at(f"budgetten/{pot.uuid}")}
