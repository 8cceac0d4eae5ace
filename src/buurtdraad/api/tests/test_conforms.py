"""The API does what its document says, whatever is asked: questions that schemathesis makes up from the document."""

import itertools
from copy import deepcopy

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test.client import close_old_connections, request_finished, request_started
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode, openapi
from schemathesis.checks import CHECKS, load_all_checks, not_a_server_error

from buurtdraad.api.document import document
from buurtdraad.api.resources import RESOURCES

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

load_all_checks()
ALWAYS = ("status_code_conformance", "content_type_conformance", "response_headers_conformance", "response_schema_conformance")
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
BOUNDED = settings(
    max_examples=3, derandomize=True, database=None, deadline=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
# Each question comes from an address of its own, so that the limit per address holds nobody up.
ADDRESSES = (f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}" for number in itertools.count(1))


@pytest.fixture
def application():
    """Django as a server asks it, in the transaction of the test: as its own test client does, it leaves the connection open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield WSGIHandler()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def checks_of(mode: GenerationMode) -> list:
    """What holds for every answer; and a question that is no question is refused."""
    return [not_a_server_error, *CHECKS.get_by_names([*ALWAYS, *(["negative_data_rejection"] if mode == GenerationMode.NEGATIVE else [])])]


def without_cursor(case):
    """The same question from the first page: a cursor is text, but not every text is one."""
    (case.query or {}).pop("cursor", None)
    return case


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.value)
@pytest.mark.parametrize("name", [one.name for one in RESOURCES])
def test_answers_are_as_the_document_says(name, mode, city, application):
    schema = openapi.from_dict(deepcopy(document()))
    schema.app = application
    several, one = schema[f"/{name}"]["GET"], schema[f"/{name}/{{sleutel}}"]["GET"]
    asked = [several.as_strategy(mode), several.as_strategy(mode).map(without_cursor)]
    if mode == GenerationMode.POSITIVE:
        resource = next(each for each in RESOURCES if each.name == name)
        keys = [resource.key_of(row) for row in resource.rows()[:2]]
        assert keys, "the small city has some of everything"
        # A key is any text: of most there is nothing.
        asked += [one.as_strategy(), *(one.as_strategy(path_parameters={"sleutel": key}) for key in keys)]
    for cases in asked:
        ask(cases, checks_of(mode))


def ask(cases, checks) -> None:
    """Some questions of this kind, each of which has to be answered as the document says; a refusal is a problem."""

    @BOUNDED
    @given(case=cases)
    def one(case):
        response = case.call(environ_base={"REMOTE_ADDR": next(ADDRESSES)})
        case.validate_response(response, checks=checks)
        if response.status_code >= 400:
            assert response.headers["content-type"] == ["application/problem+json"]

    one()
