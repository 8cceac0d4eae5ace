import json

import pytest

from buurtdraad.lib.bad_source import BadSource
from buurtdraad.lib.tests.stand_ins import service
from buurtdraad.places.sources import pdok
from buurtdraad.places.tests.shapes import collection, feature
from buurtdraad.places.tests.shared import CONTRACTS, needs_shared

JSON = {"Content-Type": "application/geo+json"}


def page(*features, following=None, **facts):
    links = [{"rel": "self", "href": "x"}] + ([{"rel": "next", "href": following}] if following else [])
    return 200, JSON, json.dumps(collection(*features, links=links, numberReturned=len(features)) | facts).encode()


def refused(detail="unknown query parameter(s) found: gemeentecode"):
    return 400, {"Content-Type": "application/problem+json"}, json.dumps({"status": 400, "title": "Bad Request", "detail": detail}).encode()


def read(running, **facts):
    return pdok.read("GM0344", 2025, **({"service": running.origin + "{year}/", "seconds": 5} | facts))


@needs_shared
def test_the_recorded_pages_give_all_neighbourhoods_of_utrecht():
    def answer(path, params, origin):
        number = {"": 1, "KA|yJ8c2A": 2, "UA|yJ8c2A": 3}[params.get("cursor", "")]
        content = (CONTRACTS / f"GECONSTRUEERD_pdok_ogc_buurten_utrecht_p{number}.json").read_text("utf-8")
        return 200, JSON, content.replace("https://api.pdok.nl/cbs/wijken-en-buurten-2025/ogc/v1/", origin + "2025/").encode()

    told = []
    with service(answer) as running:
        rows = read(running, told=told.append)
    assert len({row.code for row in rows}) == len(rows) == 111
    assert {row.year for row in rows} == {2025}
    assert len(told) == 3
    assert running.asked[0] == ("/2025/collections/buurten/items", {"f": "json", "limit": "1000", "gemeentecode": "GM0344"})


def test_without_a_filter_it_asks_for_the_bounds_and_keeps_its_own():
    def answer(path, params, origin):
        if "gemeentecode" in params:
            return refused()
        if "gemeenten" in path:
            return page(feature(5, gemeentecode="GM0999"), feature(1))
        return page(feature(1), feature(2, gemeentecode="GM0999"), feature(3))

    with service(answer) as running:
        assert [row.code for row in read(running)] == ["BU03440101", "BU03440103"]
    assert running.asked[-1][1]["bbox"] == "5.010000,52.000000,5.020000,52.010000"


def test_names_of_districts_come_from_their_own_collection_where_they_are_left_out():
    def answer(path, params, origin):
        return page({**feature(1), "id": "WK"} if "wijken/" in path else feature(1, wijknaam=None))

    with service(answer) as running:
        assert read(running)[0].parent_name == "West"


def test_one_error_500_is_tried_again():
    answers = [(500, {}, b"oops"), page(feature(1))]
    with service(lambda *_: answers.pop(0)) as running:
        assert len(read(running)) == 1
    assert len(running.asked) == 2


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (lambda *_: (500, {}, b"oops"), "page 1: it answers with the error 500, twice"),
        (lambda *_: (404, {}, b""), "nothing for 2025"),
        (lambda *_: (403, {}, b"no"), r"refuses \(403\)"),
        (lambda *_: (200, {"Content-Type": "text/html"}, b"<html><h1>Onderhoud</h1>"), "HTML"),
        (lambda *_: (302, {"Location": "http://169.254.169.254/"}, b""), "sends us on"),
        (lambda *_: refused("unknown"), "gemeenten 2025: unknown"),
        (lambda *_: page(), "no neighbourhood of GM0344"),
        (lambda *_: page(feature(1), numberReturned=7), "promises 7 areas and holds 1"),
        (lambda *_: (200, JSON | {"Content-Crs": "<http://www.opengis.net/def/crs/EPSG/0/28992>"}, page(feature(1))[2]), "28992"),
        (lambda path, params, origin: page(feature(1), following=f"{origin}?cursor=again"), "page 2: the service repeats"),
        (lambda *_: page(feature(1), following="http://169.254.169.254/latest"), "page 2: it points to another address"),
        (lambda *_: page(feature(1), following="file:///etc/passwd"), "another address"),
        (lambda *_: (200, JSON, page(feature(1))[2][:-30]), "cut off"),
    ],
)
def test_a_hostile_service_gives_one_clear_error(answer, cause):
    with service(answer) as running, pytest.raises(BadSource, match=cause):
        read(running)


def test_pages_without_an_end_are_stopped():
    def answer(path, params, origin):
        number = int(params.get("cursor", 1))
        return page(feature(number % 90, buurtcode=f"BU0344{number:04}"), following=f"{origin}?cursor={number + 1}")

    with service(answer) as running, pytest.raises(BadSource, match="goes on after 40 pages"):
        read(running)


@pytest.mark.parametrize("body", [[5.0], [piece for _ in range(40) for piece in (b" ", 0.1)]])
def test_a_service_that_hangs_or_dribbles_is_given_up(body):
    with service(lambda *_: (200, JSON, body)) as running, pytest.raises(BadSource, match="no answer within"):
        read(running, seconds=0.4)


def test_nobody_there_is_said_plainly():
    with service(lambda *_: page()) as running:
        pass
    with pytest.raises(BadSource, match="cannot be reached"):
        read(running)


def test_a_code_that_is_none_asks_nothing():
    with pytest.raises(BadSource, match="not the code of a municipality"):
        pdok.read("0344&x=1", 2025)
