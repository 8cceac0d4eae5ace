"""The services of CBS, played by a server on this machine that keeps to their contract, or does not."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

import pytest

from buurtdraad.figures.sources import odata3, odata4
from buurtdraad.figures.sources.web import Service
from buurtdraad.lib.bad_source import BadSource

TABLE = "84799NED"
INFOS = {"value": [{"Identifier": TABLE, "Period": "2020", "Modified": "2021-03-26T02:00:00", "RecordCount": 3}]}
PROPERTIES = {"value": [{"Key": "AantalInwoners_5", "Unit": "aantal", "Datatype": "Long"}]}


def people(*codes):
    return [{"ID": number, "WijkenEnBuurten": f"{code:<10}", "AantalInwoners_5": number * 5} for number, code in enumerate(codes, 1)]


class Played(ThreadingHTTPServer):
    """Answers each path from `answers`: (status, body) or a list of them, one for each time it is asked."""

    daemon_threads = True

    def __init__(self):
        self.answers, self.asked, self.release = {}, [], threading.Event()
        super().__init__(("127.0.0.1", 0), Answering)
        self.base = f"http://127.0.0.1:{self.server_port}"


class Answering(BaseHTTPRequestHandler):
    def do_GET(self):
        path = unquote(self.path)
        self.server.asked.append(path)
        answer = self.server.answers.get(path) or self.server.answers.get(urlsplit(path).path)
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if answer is None:
            answer = (404, {"odata.error": {"code": "", "message": {"lang": "nl-NL", "value": "Resource not found"}}})
        if answer == "hang":
            self.server.release.wait(10)
            return
        status, body = answer
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, *args):
        pass


@pytest.fixture
def cbs():
    server = Played()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    feed = f"/ODataFeed/odata/{TABLE}"
    server.answers = {f"{feed}/TableInfos": (200, INFOS), f"{feed}/DataProperties": (200, PROPERTIES)}
    server.feed = f"{feed}/TypedDataSet"
    yield server
    server.release.set()
    server.shutdown()
    thread.join()
    server.server_close()


def fetch(server, municipality=None, **options):
    service = Service(server.base, wait=options.pop("wait", 5), patience=options.pop("patience", 5), pause=0)
    return list(odata3.fetch(TABLE, municipality, base=server.base, service=service, **options).rows)


def test_pages_are_followed_by_their_link_as_it_stands(cbs):
    second = f"{cbs.feed}?$format=json&$skip=2"
    cbs.answers[cbs.feed] = (200, {"value": people("NL00", "GM0344"), "odata.nextLink": cbs.base + second})
    cbs.answers[second] = (200, {"value": people("BU03440111")})
    assert [(row.area_code, row.year, row.value) for row in fetch(cbs)] == [
        ("NL00", 2020, 5),
        ("GM0344", 2020, 10),
        ("BU03440111", 2020, 5),
    ]
    assert cbs.asked[-1] == second


def test_one_municipality_is_asked_with_its_padded_code(cbs):
    cbs.answers[cbs.feed] = (200, {"value": people("GM0344")})
    fetch(cbs, "GM0344")
    assert (
        "WijkenEnBuurten eq 'GM0344    ' or startswith(WijkenEnBuurten,'WK0344') or startswith(WijkenEnBuurten,'BU0344')" in cbs.asked[-1]
    )


def test_fewer_rows_than_the_table_has_are_refused(cbs):
    cbs.answers[cbs.feed] = (200, {"value": people("NL00", "GM0344")})
    with pytest.raises(BadSource, match="84799NED: 2 rows came of the 3"):
        fetch(cbs)


def test_one_failure_is_forgiven(cbs):
    cbs.answers[cbs.feed] = [(503, b"busy"), (200, {"value": people("GM0344", "WK034401", "BU03440111")})]
    assert len(fetch(cbs)) == 3


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        ((500, {"odata.error": {"message": {"value": "Timeout in database"}}}), "answers 500: Timeout in database; tried 2 times"),
        ((404, {"odata.error": {"message": {"value": "Resource not found"}}}), "answers 404: Resource not found"),
        ((302, b""), "answers 302"),
        ((200, b"<html>Onderhoud</html>"), "web page"),
        ((200, b'{"value": [{"ID": 1,'), "breaks off"),
        ((200, {"iets": 1}), "no rows"),
        ((200, {"value": []}), "it has no rows"),
        ((200, [1]), "not a table"),
        ((200, {"odata.error": {"message": {"value": "stuk"}}}), "an error instead of data: stuk"),
    ],
)
def test_a_wrong_answer_is_named_by_address_and_cause(cbs, answer, cause):
    cbs.answers[cbs.feed] = answer
    with pytest.raises(BadSource, match=cause) as refusal:
        fetch(cbs)
    assert TABLE in refusal.value.file


def test_pages_in_a_circle_are_noticed(cbs):
    second = f"{cbs.feed}?$skip=1"
    cbs.answers[cbs.feed] = (200, {"value": people("NL00"), "odata.nextLink": cbs.base + second})
    cbs.answers[second] = (200, {"value": people("GM0344"), "odata.nextLink": cbs.base + second})
    with pytest.raises(BadSource, match="round in a circle"):
        fetch(cbs)


def test_a_link_to_another_host_is_not_followed(cbs):
    cbs.answers[cbs.feed] = (200, {"value": people("NL00"), "odata.nextLink": "http://169.254.169.254/latest"})
    with pytest.raises(BadSource, match=r"on another host: 169\.254\.169\.254"):
        fetch(cbs)


def test_a_service_that_hangs_is_left_after_the_time_out(cbs):
    cbs.answers[cbs.feed] = "hang"
    with pytest.raises(BadSource, match=r"no answer within 0.2 seconds; tried 2 times"):
        fetch(cbs, wait=0.2)


def test_a_service_that_is_not_there(cbs):
    with pytest.raises(BadSource, match=r"no answer: .*; tried 2 times"):
        odata3.fetch(TABLE, base="http://127.0.0.1:9", service=Service("http://127.0.0.1:9", pause=0))


@pytest.mark.parametrize(("table", "municipality"), [("../x", None), (TABLE, "GM344"), (TABLE, "GM0344' or 1 eq 1")])
def test_what_is_no_table_or_municipality_is_never_asked(cbs, table, municipality):
    with pytest.raises(BadSource, match="this is not the"):
        odata3.fetch(table, municipality, base=cbs.base)
    assert not [path for path in cbs.asked if "TypedDataSet" in path]


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
    found = list(odata4.fetch(TABLE, base=cbs.base, service=Service(cbs.base, pause=0)).rows)
    assert [(row.indicator_code, row.area_code, row.value, row.missing) for row in found] == [
        ("inwoners", "GM0344", 357_597, ""),
        ("inwoners", "WK034401", None, "not_applicable"),
        ("woz", "GM0344", 490_000, ""),
    ]
