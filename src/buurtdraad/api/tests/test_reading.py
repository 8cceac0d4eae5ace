"""`/open-data/api/`: what people read about the API is what the API has."""

import re

import pytest

from buurtdraad.api.explaining import collections, examples
from buurtdraad.api.resources import RESOURCES
from buurtdraad.places.models import Area, Kind

pytestmark = pytest.mark.django_db
PAGE = "/open-data/api/"


def test_the_page_names_every_collection_with_its_fields(client):
    page = client.get(PAGE).text
    for one in RESOURCES:
        assert f'id="{one.name}"' in page
        assert one.says.split("'")[0] in page
    for name in ("gegevenOp", "draad.vooruit", "beantwoordOp", "eindbedrag"):
        assert name in page


def test_what_can_be_asked_of_a_collection_is_what_it_answers(client):
    for one in collections():
        document = client.get("/api/v1/openapi.json").json()["paths"][f"/{one.name}"]["get"]
        asked = {each["name"] for each in document["parameters"]} - {"sorteer", "aantal", "cursor", "formaat"}
        assert {name for name, *_rest in one.questions} == asked


def test_every_example_address_answers(client):
    Area.objects.create(code="GM0344", kind=Kind.MUNICIPALITY)
    found = [one.example for one in collections()]
    for example in examples(area="GM0344", wish="ZO-1", budget="00000000-0000-4000-8000-000000000000"):
        for _name, text in example.ways:
            found += re.findall(r'https?://[^"\s]+', text)
    assert len(found) > len(RESOURCES) + 8
    for address in found:
        response = client.get("/" + address.split("/", 3)[3])
        assert response.status_code == (404 if address.endswith("/wensen/ZO-1") else 200), address


@pytest.mark.parametrize("language", ["", "/en", "/nl-x-simpel"])
def test_texts_of_the_document_are_dutch_in_every_language(client, language):
    page = client.get(language + PAGE)
    assert page.status_code == 200
    assert '<span lang="nl" dir="ltr">Hoe mensen de wens noemen.</span>' in page.text


def test_the_page_is_the_same_for_everybody_and_asks_little(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        response = client.get(PAGE)
    assert not response.cookies


def test_python_of_an_example_is_python():
    for example in examples(area="GM0344", wish="ZO-1", budget="x"):
        compile(dict(example.ways)["Python"], example.title, "exec")


def test_what_is_written_once_for_each_process_is_so_for_each_language(client, db):
    for _again in range(2):
        assert "Wat erin staat:" in client.get("/open-data/api/").text
        assert "Fields of" in client.get("/en/open-data/api/").text
