import json
import logging

import pytest

from buurtdraad.lib.tests.stand_ins import service
from buurtdraad.places.actions import load
from buurtdraad.places.sources import geojson
from buurtdraad.places.sources.address import AddressServiceUnavailable, is_on, neighbourhood_of_address
from buurtdraad.places.tests.shapes import city
from buurtdraad.places.tests.shared import CONTRACTS, PLACES, at, needs_shared

pytestmark = pytest.mark.django_db


def answering(*documents, **facts):
    return lambda *_: (200, {"Content-Type": "application/json"}, json.dumps({"response": {"docs": documents}} | facts).encode())


def place(**facts):
    return {
        "type": "adres",
        "weergavenaam": "Bolognalaan 101, 3584CJ Utrecht",
        "gemeentecode": "0344",
        "buurtcode": "BU03440101",
        "centroide_ll": "POINT(5.025 52.005)",
    } | facts


@pytest.fixture
def ask(settings):
    """Ask a service that answers as given."""

    def asked(answer, text="Bolognalaan 101", seconds=10.0):
        load(city(), by=None, at=at())
        with service(answer) as running:
            settings.ADDRESS_SERVICE_URL = running.origin + "v3_1/"
            settings.OUTGOING_TIMEOUT = seconds
            asked.running = running
            return neighbourhood_of_address(text, municipality_code="GM0344")

    return asked


@needs_shared
@pytest.mark.parametrize(
    ("name", "code", "whole"),
    [("locatieserver_free_utrecht_adres", "BU03440533", False), ("locatieserver_free_utrecht_postcode", "BU03440533", True)],
)
def test_the_recorded_answers_give_the_neighbourhood(settings, name, code, whole):
    load(geojson.read(PLACES / "buurten.geojson"), year=2025, by=None, at=at())
    content = (CONTRACTS / f"{name}.json").read_bytes()
    with service(lambda *_: (200, {}, content)) as running:
        settings.ADDRESS_SERVICE_URL = running.origin
        (hit,) = neighbourhood_of_address("3584", municipality_code="GM0344")
    assert (hit.area_code, hit.whole_postcode) == (code, whole)


def test_the_question_is_put_as_the_contract_says(ask):
    ask(answering())
    assert ask.running.asked == [("/v3_1/free", {"q": "Bolognalaan 101", "fq": "gemeentecode:0344", "rows": "10"})]


def test_the_code_of_the_service_goes_before_the_point_where_we_know_it(ask):
    assert ask(answering(place()))[0].area_code == "BU03440101"


def test_a_code_of_another_year_and_a_postcode_go_by_their_point(ask):
    hits = ask(answering(place(buurtcode="BU03449876"), place(type="postcode", buurtcode=None)))
    assert [(hit.area_code, hit.whole_postcode) for hit in hits] == [("BU03440102", False), ("BU03440102", True)]


def test_a_place_outside_every_boundary_has_no_neighbourhood(ask):
    assert ask(answering(place(buurtcode="", centroide_ll="POINT(5.9 52.9)")))[0].area_code is None


@pytest.mark.parametrize("facts", [{"gemeentecode": "0363"}, {"centroide_ll": "POINT(x)"}, {"centroide_ll": None}, {"type": "gemeente"}])
def test_places_elsewhere_or_without_a_point_are_left_out(ask, facts):
    assert ask(answering(place(**facts), "x")) == []


@pytest.mark.parametrize(
    "answer",
    [
        lambda *_: (500, {}, b"oops"),
        lambda *_: (400, {}, b"{}"),
        lambda *_: (200, {}, b"<html>"),
        lambda *_: (200, {}, b"[]"),
        lambda *_: (200, {}, b'{"response": {"docs": 3}}'),
        lambda *_: (200, {}, [2.0]),
        lambda *_: (302, {"Location": "http://169.254.169.254/"}, b""),
        lambda *_: (200, {}, b" " * 1_100_000),
    ],
)
def test_a_service_that_does_not_work_is_said_without_the_address(ask, answer):
    with pytest.raises(AddressServiceUnavailable) as wrong:
        ask(answer, seconds=1.0)
    assert "Bolognalaan" not in str(wrong.value)


def test_the_address_is_in_no_log(ask, caplog):
    caplog.set_level(logging.INFO)
    ask(answering(place()))
    assert "Bolognalaan" not in caplog.text


def test_short_texts_ask_nothing_and_long_ones_are_cut(ask):
    assert ask(answering(place()), " a ") == []
    assert ask.running.asked == []
    ask(answering(), "x" * 5000)
    assert len(ask.running.asked[0][1]["q"]) == 200


def test_without_a_setting_the_service_is_off(settings):
    settings.ADDRESS_SERVICE_URL = ""
    assert not is_on()
    with pytest.raises(AddressServiceUnavailable):
        neighbourhood_of_address("Bolognalaan 101", municipality_code="GM0344")
