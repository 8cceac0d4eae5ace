"""The services of CBS, played by a server on this machine that keeps to their contract, or does not."""

import json

import pytest

from buurtdraad.figures.sources import odata3, odata4
from buurtdraad.figures.sources.web import Service
from buurtdraad.lib.bad_source import BadSource
from buurtdraad.lib.tests.stand_ins import service

TABLE = "84799NED"
FEED = f"/ODataFeed/odata/{TABLE}/TypedDataSet"
INFOS = {"value": [{"Identifier": TABLE, "Period": "2020", "Modified": "2021-03-26T02:00:00", "RecordCount": 3}]}
PROPERTIES = {"value": [{"Key": "AantalInwoners_5", "Unit": "aantal", "Datatype": "Long"}]}
STOPPED = {"odata.error": {"message": {"value": "Timeout in database"}}}
NOT_FOUND = {"odata.error": {"code": "", "message": {"lang": "nl-NL", "value": "Resource not found"}}}


def people(*codes):
    return [{"ID": number, "WijkenEnBuurten": f"{code:<10}", "AantalInwoners_5": number * 5} for number, code in enumerate(codes, 1)]


@pytest.fixture
def cbs():
    """Answers each path (with `?$skip=` where a page is asked) from `answers`: (status, body), or a list of them in order."""
    answers = {FEED.replace("TypedDataSet", "TableInfos"): (200, INFOS), FEED.replace("TypedDataSet", "DataProperties"): (200, PROPERTIES)}

    def answer(path, params, origin):
        given = answers.get(f"{path}?$skip={params['$skip']}" if "$skip" in params else path, (404, NOT_FOUND))
        status, body = given.pop(0) if isinstance(given, list) else given
        return status, {}, json.dumps(body).encode() if isinstance(body, dict) else body

    with service(answer) as running:
        running.base, running.answers = running.origin.rstrip("/"), answers
        yield running


def fetch(server, municipality=None, *, seconds=5):
    return list(odata3.fetch(TABLE, municipality, service=Service(server.base, seconds)).rows)


def test_pages_are_followed_by_their_link_as_it_stands(cbs):
    cbs.answers[FEED] = (200, {"value": people("NL00", "GM0344"), "odata.nextLink": f"{cbs.base}{FEED}?$format=json&$skip=2"})
    cbs.answers[f"{FEED}?$skip=2"] = (200, {"value": people("BU03440111")})
    assert [(row.area_code, row.year, row.value) for row in fetch(cbs)] == [
        ("NL00", 2020, 5),
        ("GM0344", 2020, 10),
        ("BU03440111", 2020, 5),
    ]
    assert cbs.asked[-1] == (FEED, {"$format": "json", "$skip": "2"})


def test_one_municipality_is_asked_with_its_padded_code(cbs):
    cbs.answers[FEED] = (200, {"value": people("GM0344")})
    fetch(cbs, "GM0344")
    asked = "WijkenEnBuurten eq 'GM0344    ' or startswith(WijkenEnBuurten,'WK0344') or startswith(WijkenEnBuurten,'BU0344')"
    assert cbs.asked[-1] == (FEED, {"$format": "json", "$filter": asked})


def test_fewer_rows_than_the_table_has_are_refused(cbs):
    cbs.answers[FEED] = (200, {"value": people("NL00", "GM0344")})
    with pytest.raises(BadSource, match="84799NED: 2 rows came of the 3"):
        fetch(cbs)


def test_one_failure_is_forgiven(cbs):
    cbs.answers[FEED] = [(503, b"busy"), (200, {"value": people("GM0344", "WK034401", "BU03440111")})]
    assert len(fetch(cbs)) == 3


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        ((500, STOPPED), "it answers with the error 500, twice: Timeout in database"),
        ((404, NOT_FOUND), r"refuses \(404\): Resource not found"),
        ((302, b""), r"sends us on to another address \(302\)"),
        ((200, b"<html>Onderhoud</html>"), "web page"),
        ((200, b'{"value": [{"ID": 1,'), "breaks off"),
        ((200, b"[" * 100_000), "nested too deep"),
        ((200, {"iets": 1}), "no rows"),
        ((200, {"value": []}), "it has no rows"),
        ((200, b"[1]"), "not a table"),
        ((200, {"odata.error": {"message": {"value": "stuk"}}}), "an error instead of data: stuk"),
    ],
)
def test_a_wrong_answer_is_named_by_address_and_cause(cbs, answer, cause):
    cbs.answers[FEED] = answer
    with pytest.raises(BadSource, match=cause) as refusal:
        fetch(cbs)
    assert TABLE in refusal.value.problems[0].file


def test_pages_in_a_circle_are_noticed(cbs):
    second = f"{FEED}?$skip=1"
    cbs.answers[FEED] = (200, {"value": people("NL00"), "odata.nextLink": cbs.base + second})
    cbs.answers[second] = (200, {"value": people("GM0344"), "odata.nextLink": cbs.base + second})
    with pytest.raises(BadSource, match="round in a circle"):
        fetch(cbs)


@pytest.mark.parametrize(
    ("link", "cause"),
    [
        ("http://169.254.169.254/latest", r"169\.254\.169\.254/latest: it points to another address"),
        ("file:///etc/passwd", "it points to another address"),
        ("http://[", "its link to the next page is no address"),
        ({"a": 1}, r"refuses \(404\)"),
    ],
)
def test_a_link_to_another_host_is_not_followed(cbs, link, cause):
    cbs.answers[FEED] = (200, {"value": people("NL00"), "odata.nextLink": link})
    with pytest.raises(BadSource, match=cause):
        fetch(cbs)


def test_a_service_that_hangs_is_left_after_the_time_out(cbs):
    cbs.answers[FEED] = (200, [2.0])
    with pytest.raises(BadSource, match=r"it gave no answer within 0.4 seconds"):
        fetch(cbs, seconds=0.4)


def test_a_service_that_is_not_there():
    with pytest.raises(BadSource, match="it cannot be reached"):
        odata3.fetch(TABLE, service=Service("http://127.0.0.1:9"))


@pytest.mark.parametrize(("table", "municipality"), [("../x", None), (TABLE, "GM344"), (TABLE, "GM0344' or 1 eq 1")])
def test_what_is_no_table_or_municipality_is_never_asked(cbs, table, municipality):
    with pytest.raises(BadSource, match="this is not the"):
        odata3.fetch(table, municipality, service=Service(cbs.base))
    assert not cbs.asked


def test_version_4_gives_values_by_measure(cbs):
    root = f"/odata/v1/CBS/{TABLE}"
    rows = [
        {"Id": 0, "Measure": "T001036", "ValueAttribute": "None", "Value": 357597.0, "StringValue": None, "WijkenEnBuurten": "GM0344"},
        {"Id": 1, "Measure": "T001036", "ValueAttribute": "Impossible", "Value": None, "StringValue": None, "WijkenEnBuurten": "WK034401"},
        {"Id": 2, "Measure": "M001642", "ValueAttribute": "None", "Value": 490.0, "StringValue": None, "WijkenEnBuurten": "GM0344"},
        {"Id": 3, "Measure": "onbekend", "ValueAttribute": "None", "Value": 1.0, "StringValue": None, "WijkenEnBuurten": "GM0344"},
    ]
    second = f"{root}/Observations?$skip=2"
    cbs.answers[f"{root}/Properties"] = (200, {"Identifier": TABLE, "TemporalCoverage": "2020", "ObservationCount": 4})
    cbs.answers[f"{root}/Observations"] = (200, {"value": rows[:2], "@odata.nextLink": cbs.base + second})
    cbs.answers[second] = (200, {"value": rows[2:]})
    found = list(odata4.fetch(TABLE, service=Service(cbs.base)).rows)
    assert [(row.indicator_code, row.area_code, row.value, row.missing) for row in found] == [
        ("inwoners", "GM0344", 357_597, ""),
        ("inwoners", "WK034401", None, "not_applicable"),
        ("woz", "GM0344", 490_000, ""),
    ]
