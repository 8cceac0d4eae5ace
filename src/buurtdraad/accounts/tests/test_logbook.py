"""The logbook of administrators, and taking it along."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.accounts.tests.city import administrator, sign_in, someone
from buurtdraad.audit.actions import record
from buurtdraad.audit.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def ria():
    return administrator()


@pytest.fixture
def office(client, ria):
    return sign_in(client, ria)


def tell(number=1, *, by=None, **facts):
    return record(
        "area.loaded",
        room=facts.pop("room", "places"),
        thing=f"area:{number}",
        by=by,
        at=timezone.now(),
        payload={"why": f"reden {number}"},
    )


def test_a_page_costs_the_same_with_three_and_with_thousands(office, ria):
    def cost(address="/werk/logboek/"):
        with CaptureQueriesContext(connection) as captured:
            assert office.get(address).status_code == 200
        return len(captured)

    for number in range(3):
        tell(number, by=ria.uuid)
    short = cost()
    at = timezone.now()
    many = [Event(verb="x", room="places", thing="area:1", at=at, actor=ria.uuid) for _ in range(5_000)]
    Event.objects.bulk_create(many, batch_size=1_000)
    assert cost() == short <= 8
    assert cost(f"/werk/logboek/?voor={Event.objects.first().id + 60}") == short


def test_older_events_are_a_link_away(office):
    for number in range(60):
        tell(number)
    page = office.get("/werk/logboek/?kamer=places").text
    assert "reden 59" in page
    assert "reden 9<" not in page
    last = Event.objects.order_by("-id")[49].id
    assert f"?kamer=places&amp;voor={last}" in page
    older = office.get(f"/werk/logboek/?kamer=places&voor={last}").text
    assert "reden 9" in older
    assert "reden 59" not in older


def test_a_person_is_found_by_address_or_name(office, ria):
    joris = someone("Joris Bakker", email="joris@example.nl")
    tell(1, by=joris.uuid)
    tell(2, by=ria.uuid)
    for text in ("joris@example.nl", "joris bakker", str(joris.uuid)):
        page = office.get("/werk/logboek/", {"wie": text}).text
        assert "reden 1" in page
        assert "reden 2" not in page


@pytest.mark.parametrize(
    "query",
    [
        "wie=niemand",
        "kamer=zolder",
        "vanaf=gisteren",
        "vanaf=0001-01-01",
        "tot=9999-12-31",
        "voor=0",
        "voor=x",
        "voor=1e9",
        f"voor={10**30}",
        "wat=%00",
        "vanaf=2026-02-01&tot=2026-01-01",
    ],
)
def test_nonsense_is_told_in_words(office, query):
    page = office.get(f"/werk/logboek/?{query}")
    assert page.status_code == 422
    assert 'role="alert"' in page.text


def test_the_export_is_what_was_looked_for_and_is_written_down(office, ria):
    tell(1)
    tell(2, room="figures")
    answer = office.post("/werk/logboek/gebeurtenissen.jsonl", {"kamer": "places"})
    lines = [json.loads(line) for line in answer.getvalue().decode().splitlines()]
    assert [line["thing"] for line in lines] == ["area:1"]
    assert "attachment" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "private, no-store"
    event = Event.objects.last()
    assert (event.verb, event.actor) == ("audit.exported", ria.uuid)
    assert office.post("/werk/logboek/gebeurtenissen.jsonl", {"kamer": "zolder"}).status_code == 422


@pytest.mark.parametrize("prefix", ["", "/en", "/nl-x-simpel"])
def test_an_empty_logbook_says_so(office, prefix):
    assert office.get(f"{prefix}/werk/logboek/").status_code == 200


def test_hostile_names_are_text(office):
    evil = someone("<script>alert(1)</script>")
    tell(by=evil.uuid)
    assert "<script>alert" not in office.get("/werk/logboek/", {"wie": "<script>alert(1)</script>"}).text


def test_a_thing_is_found_where_it_was_touched_or_named(office, ria):
    code, at = "BU03440241", timezone.now()
    told = [
        (f"area:{code}", [], {}),
        ("report:1", [code], {}),
        ("person:2", [], {"area": code}),
        ("report:3", [], {"about": f"area:{code}"}),
    ]
    for number, (thing, touches, facts) in enumerate(told):
        record("x", room="places", thing=thing, by=ria.uuid, at=at, touches=touches, payload=facts | {"why": f"reden {number}"})
    tell(9)
    page = office.get("/werk/logboek/", {"wat": f"area:{code}"}).text
    assert [number for number in (0, 1, 2, 3, 9) if f"reden {number}" in page] == [0, 1, 2, 3]


def test_who_finds_nothing_reads_so(office):
    tell(1)
    assert "Er is niets gevonden" in office.get("/werk/logboek/?wat=area:BU99").text
