"""The document (OpenAPI 3.1): it is one, and what it promises is so."""

import jsonschema_rs
import pytest
import schemathesis

from buurtdraad.api.document import document
from buurtdraad.api.resources import RESOURCES

pytestmark = pytest.mark.django_db
BY_NAME = {resource.name: resource for resource in RESOURCES}


def operations():
    return [(path, path_item["get"]) for path, path_item in document()["paths"].items()]


def follows(schema, value):
    """What is wrong with a value by the document; empty when nothing is."""
    whole = {**schema, "components": document()["components"]}
    return [error.message for error in jsonschema_rs.Draft202012Validator(whole).iter_errors(value)]


def test_it_is_a_document_that_a_reader_of_openapi_loads(client):
    said = client.get("/api/v1/openapi.json")
    assert said["Access-Control-Allow-Origin"] == "*"
    assert said.json()["openapi"].startswith("3.1")
    loaded = [found.ok() for found in schemathesis.openapi.from_dict(said.json()).get_all_operations()]
    assert len(loaded) == 2 * len(RESOURCES)


def test_paths_and_fields_are_written_by_the_rules():
    for path, operation in operations():
        assert not path.endswith("/")
        assert path.partition("{")[0] == path.partition("{")[0].lower()
        assert operation["description"]
        assert {str(status) for status in operation["responses"]} >= {"200", "400", "429"}
        for parameter in operation["parameters"]:
            assert "_" not in parameter["name"]
    for schema in document()["components"]["schemas"].values():
        assert not [name for name in schema["properties"] if "_" in name]


def test_every_question_has_a_sentence_and_an_example():
    for path, operation in operations():
        for parameter in operation["parameters"]:
            schema = parameter["schema"]
            assert schema.get("description") or parameter.get("description"), (path, parameter["name"])
            assert schema.get("examples") or parameter["name"] == "cursor", (path, parameter["name"])


@pytest.mark.parametrize("name", BY_NAME)
def test_every_example_is_answered_by_what_the_document_promises(name, city, ask):
    for path, operation in operations():
        if path.strip("/").partition("/")[0] != name:
            continue
        promised = operation["responses"][200]["content"]["application/json"]["schema"]
        address = path.format(sleutel=BY_NAME[name].example)
        examples = [(one["name"], one["schema"].get("examples", ())) for one in operation["parameters"] if one["in"] == "query"]
        asked = [{}, *({name: as_asked(value)} for name, values in examples for value in values)]
        for query in asked:
            response = ask(address, **query)
            assert response.status_code == 200, (address, query, response.content)
            assert not follows(promised, response.json())


def as_asked(value):
    return str(value).lower() if isinstance(value, bool) else value


@pytest.mark.parametrize("name", BY_NAME)
def test_a_list_shows_what_an_item_shows(name, city, ask):
    (one, *_rest) = ask(f"/{name}").json()["results"]
    response = ask(one["url"])
    assert response.status_code == 200
    assert response.json() == one


def test_a_problem_follows_the_document(ask):
    response = ask("/wensen", aantal=0, x=1)
    assert not follows({"$ref": "#/components/schemas/Problem"}, response.json())
