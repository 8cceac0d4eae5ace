"""The catalogue, read back: what DCAT-AP-NL 3.0 demands is there, and it says of each dataset what the page says."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buurtdraad.pages.opening.datasets import DATASETS
from buurtdraad.pages.tests.small_city import CITY, load_city

pytestmark = pytest.mark.django_db
PARSERS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}
HOME = "https://buurt.example.nl/open-data/"
RESOURCE = ("dct:title", "dct:description", "dct:publisher", "dcat:contactPoint", "dct:identifier", "dct:language")
MANDATORY = {
    "dcat:Catalog": (*RESOURCE, "dct:license", "dct:modified", "dcat:dataset", "dcat:service"),
    "dcat:Dataset": (
        *RESOURCE, "dct:creator", "dct:accessRights", "dcat:theme", "dct:license", "dcat:distribution", "dcat:landingPage", "foaf:page",
    ),
    "dcat:Distribution": ("dct:title", "dcat:accessURL", "dcat:downloadURL", "dct:license", "dct:format", "dcat:mediaType", "dct:language"),
    "dcat:DataService": (
        *RESOURCE, "dct:creator", "dct:accessRights", "dcat:theme", "dct:license", "dcat:endpointURL", "dcat:endpointDescription",
        "dcat:servesDataset", "dcat:keyword",
    ),
    "foaf:Agent": ("foaf:name", "dct:type"),
    "vcard:Organization": ("vcard:fn", "vcard:hasURL"),
}  # fmt: skip
# What a property leads to has to be, by the shapes of DCAT-AP 3.0 and DCAT-AP-NL 3.0 (Geonovum, `klassebereik`).
LEADS_TO = {
    "dcat:accessService": "dcat:DataService",
    "dcat:contactPoint": "vcard:Kind",
    "dcat:dataset": "dcat:Dataset",
    "dcat:distribution": "dcat:Distribution",
    "dcat:landingPage": "foaf:Document",
    "dcat:mediaType": "dct:MediaType",
    "dcat:servesDataset": "dcat:Dataset",
    "dcat:service": "dcat:DataService",
    "dcat:theme": "skos:Concept",
    "dct:accessRights": "dct:RightsStatement",
    "dct:creator": "foaf:Agent",
    "dct:format": "dct:MediaTypeOrExtent",
    "dct:language": "dct:LinguisticSystem",
    "dct:license": "dct:LicenseDocument",
    "dct:publisher": "foaf:Agent",
    "dct:type": "skos:Concept",
    "foaf:homepage": "foaf:Document",
    "foaf:page": "foaf:Document",
}
# Of these a thing has one at most.
ONCE = ("dct:identifier", "dct:publisher", "dct:modified", "dcat:contactPoint", "dcat:accessURL", "dcat:downloadURL", "dcat:endpointURL")


@pytest.fixture
def read(client, settings):
    settings.SITE_URL, settings.CITY_NAME, settings.CITY_PHONE = "https://buurt.example.nl", "Utrecht", "14 030"
    load_city()

    def graph(form="ttl", language=""):
        import rdflib

        response = client.get(f"{language}/open-data/catalogus.{form}")
        assert response.status_code == 200
        found = rdflib.Graph().parse(data=response.text, format=PARSERS[form])
        found.bind("vcard", "http://www.w3.org/2006/vcard/ns#")
        found.bind("dct", "http://purl.org/dc/terms/")
        return found

    return graph


def of_kind(graph, kind):
    return [row[0] for row in graph.query(f"SELECT ?thing WHERE {{ ?thing a {kind} }}")]


def told(graph, thing, says):
    return [row[0] for row in graph.query(f"SELECT ?what WHERE {{ ?thing {says} ?what }}", initBindings={"thing": thing})]


@pytest.mark.parametrize("kind", MANDATORY)
def test_everything_has_its_mandatory_properties(read, kind):
    graph = read()
    found = of_kind(graph, kind)
    assert found
    assert not [(thing, says) for thing in found for says in MANDATORY[kind] if not told(graph, thing, says)]


def test_what_a_property_leads_to_says_what_it_is(read):
    graph = read()
    asked = "SELECT ?what WHERE {{ ?thing {says} ?what . FILTER NOT EXISTS {{ ?what a {kind} }} }}"
    assert not [(says, row[0]) for says, kind in LEADS_TO.items() for row in graph.query(asked.format(says=says, kind=kind))]


def test_nothing_says_twice_what_it_may_say_once(read):
    graph = read()
    asked = "SELECT ?thing WHERE {{ ?thing {says} ?one, ?other . FILTER (?one != ?other) }}"
    assert not [(says, row[0]) for says in ONCE for row in graph.query(asked.format(says=says))]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # by rdflib itself
def test_the_three_forms_say_the_same(read):
    import rdflib.compare

    first, *others = (rdflib.compare.to_isomorphic(read(form)) for form in PARSERS)
    assert all(first == other for other in others)
    assert first == rdflib.compare.to_isomorphic(read("ttl", "/en"))


def test_every_dataset_is_in_it_with_its_files(read):
    graph = read()
    assert len(of_kind(graph, "dcat:Dataset")) == len(DATASETS)
    files = {str(url) for thing in of_kind(graph, "dcat:Distribution") for url in told(graph, thing, "dcat:downloadURL")}
    assert files == {f"{HOME}{dataset.key}.{form}" for dataset in DATASETS for form in dataset.forms}


def test_titles_are_in_dutch_and_english(read):
    graph = read()
    [figures] = [thing for thing in of_kind(graph, "dcat:Dataset") if "/cijfers/" in str(thing)]
    assert {(str(title), title.language) for title in told(graph, figures, "dct:title")} == {("Cijfers", "nl"), ("Figures", "en")}
    assert [str(licence) for licence in told(graph, figures, "dct:license")] == ["https://creativecommons.org/licenses/by/4.0/"]


def test_the_api_and_the_municipality_are_named(read):
    graph = read()
    [api] = of_kind(graph, "dcat:DataService")
    assert [str(url) for url in told(graph, api, "dcat:endpointURL")] == ["https://buurt.example.nl/api/v1"]
    assert [str(url) for url in told(graph, api, "dcat:endpointDescription")] == ["https://buurt.example.nl/api/v1/openapi.json"]
    assert [str(who) for who in of_kind(graph, "foaf:Agent")] == ["https://identifier.overheid.nl/tooi/id/gemeente/gm0344"]


def test_a_city_without_data_has_a_catalogue_too(client):
    assert client.get("/open-data/catalogus.ttl").status_code == 200


def test_the_catalogue_can_be_shared_and_asks_each_dataset_once(read, client):
    response = client.get("/open-data/catalogus.rdf")
    assert response.shows_places == {CITY}
    with CaptureQueriesContext(connection) as queries:
        client.get("/open-data/catalogus.ttl")
    assert len(queries) <= len(DATASETS) + 5
