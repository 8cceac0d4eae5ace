"""The catalogue of our datasets by DCAT-AP-NL 3.0, as data.overheid.nl and others read it.

Every mandatory property of that profile is there, and what a property leads to says what it is, as its shapes (SHACL, Geonovum
`DCAT-AP-NL30`, 3.0.0) ask; `tests/test_catalogue.py` reads both back. Themes, languages, rights and kinds of
files are of the lists of the European Union, the municipality is that of TOOI.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from buurtdraad.pages.opening.table import CC0, Dataset, Facts, Text
from buurtdraad.places import queries as places

if TYPE_CHECKING:
    from rdflib import Graph, Literal, Node, URIRef

FORMS = {"ttl": ("turtle", "text/turtle"), "jsonld": ("json-ld", "application/ld+json"), "rdf": ("pretty-xml", "application/rdf+xml")}
EU = "http://publications.europa.eu/resource/authority/"
MEDIA = "https://www.iana.org/assignments/media-types/"
FILES = {
    "csv": ("CSV", "text/csv"),
    "json": ("JSON", "application/json"),
    "geojson": ("GEOJSON", "application/geo+json"),
}
API, OPENAPI = "/api/v1", "/api/v1/openapi.json"
TITLES = {"nl": "Open data van {name}", "en": "Open data of {name}"}
ABOUT = {
    "nl": "Wat er gebeurt in de buurten van {name}: wensen, bijeenkomsten, afspraken, plannen, geld en cijfers.",
    "en": "What goes on in the neighbourhoods of {name}: wishes, meetings, agreements, plans, money and figures.",
}
API_TITLES = {"nl": "API van {name}", "en": "API of {name}"}
API_KEYWORD = {"nl": "buurt", "en": "neighbourhood"}
API_ABOUT = {"nl": "Dezelfde gegevens, om in een programma te gebruiken.", "en": "The same data, to use in a program."}


def catalogue(datasets: Iterable[tuple[Dataset, Facts]], form: str) -> bytes:
    """The catalogue in one of `FORMS`; the same bytes for the same data. One query, for whose it is."""
    kind = FORMS[form][0]
    return Catalogue().made(datasets).serialize(format=kind, encoding="utf-8")


class Catalogue:
    """One catalogue while it is made."""

    def __init__(self) -> None:
        from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, Graph, Literal, Namespace, URIRef  # noqa: PLC0415 (a page does not need it)

        self.dcat, self.dct, self.foaf, self.rdf, self.xsd = DCAT, DCTERMS, FOAF, RDF, XSD
        self.vcard = Namespace("http://www.w3.org/2006/vcard/ns#")
        self.literal, self.uri = Literal, URIRef
        self.graph: Graph = Graph()
        for prefix, namespace in (("dcat", DCAT), ("dct", DCTERMS), ("foaf", FOAF), ("vcard", self.vcard)):
            self.graph.bind(prefix, namespace)
        with override(settings.LANGUAGE_CODE):
            self.home = settings.SITE_URL + reverse("pages:open_data")
        self.name = places.city_name()
        self.code = places.city_code()

    def made(self, datasets: Iterable[tuple[Dataset, Facts]]) -> "Graph":
        """The whole graph."""
        self.whose()
        whole, service = self.uri(f"{self.home}#catalogus"), self.uri(f"{self.home}#api")
        datasets = list(datasets)
        self.add(whole, self.rdf.type, self.dcat.Catalog)
        self.described(whole, TITLES, ABOUT, "catalogus")
        self.add(whole, self.foaf.homepage, self.page(self.home))
        self.add(whole, self.dct.license, self.licence(CC0.url))
        self.add(whole, self.dcat.service, service)
        self.modified(whole, max((facts.changed_on for _one, facts in datasets if facts.changed_on), default=None))
        for dataset, facts in datasets:
            self.add(whole, self.dcat.dataset, self.dataset(dataset, facts))
        self.service(service, [self.about(dataset) for dataset, _facts in datasets])
        return self.graph

    # --- what all have ----------------------------------------------------------------------------

    def add(self, thing: "Node", says: "Node", what: "Node") -> None:
        self.graph.add((thing, says, what))

    def in_languages(self, thing: "Node", says: "Node", texts: dict[str, str]) -> None:
        for language, text in texts.items():
            self.add(thing, says, self.literal(text.format(name=self.name), lang=language))

    def described(self, thing: "Node", titles: dict[str, str], about: dict[str, str], key: str) -> None:
        """Title, text, who publishes it and whom to ask, in which language, and by which name it is known."""
        self.in_languages(thing, self.dct.title, titles)
        self.in_languages(thing, self.dct.description, about)
        self.add(thing, self.dct.identifier, self.literal(f"{self.home}#{key}"))
        self.add(thing, self.dct.publisher, self.publisher)
        self.add(thing, self.dct.creator, self.publisher)
        self.add(thing, self.dcat.contactPoint, self.contact)
        self.add(thing, self.dct.language, self.of_a_list("language/NLD", self.dct.LinguisticSystem))
        self.add(thing, self.dct.accessRights, self.of_a_list("access-right/PUBLIC", self.dct.RightsStatement))

    def of_a_list(self, name: str, kind: "Node") -> "URIRef":
        """A word of a list of the European Union, with what it is."""
        found = self.uri(EU + name)
        self.add(found, self.rdf.type, kind)
        return found

    def licence(self, url: str) -> "URIRef":
        found = self.uri(url)
        self.add(found, self.rdf.type, self.dct.LicenseDocument)
        return found

    def page(self, url: str) -> "URIRef":
        found = self.uri(url)
        self.add(found, self.rdf.type, self.foaf.Document)
        return found

    def modified(self, thing: "Node", day: object) -> None:
        if day:
            self.add(thing, self.dct.modified, self.literal(day, datatype=self.xsd.date))

    def whose(self) -> None:
        """The municipality, and how to reach it. Without its code it is known by this website."""
        known_as = f"https://identifier.overheid.nl/tooi/id/gemeente/{self.code.lower()}" if self.code else f"{self.home}#gemeente"
        self.publisher, self.contact = self.uri(known_as), self.uri(f"{self.home}#contact")
        self.add(self.publisher, self.rdf.type, self.foaf.Agent)
        self.add(self.publisher, self.foaf.name, self.named())
        self.add(self.publisher, self.dct.type, self.concept("http://purl.org/adms/publishertype/LocalAuthority"))
        # The shapes ask for a `Kind`, and do not know that an organisation is one.
        self.add(self.contact, self.rdf.type, self.vcard.Kind)
        self.add(self.contact, self.rdf.type, self.vcard.Organization)
        self.add(self.contact, self.vcard.fn, self.named())
        self.add(self.contact, self.vcard.hasURL, self.uri(settings.CITY_WEBSITE or settings.SITE_URL))
        if settings.CITY_PHONE:
            self.add(self.contact, self.vcard.hasTelephone, self.uri(f"tel:{settings.CITY_PHONE.replace(' ', '')}"))

    def named(self) -> "Literal":
        return self.literal(f"Gemeente {self.name}".strip(), lang="nl")

    # --- datasets, their files, and the API ---------------------------------------------------------

    def about(self, dataset: Dataset) -> "URIRef":
        return self.uri(f"{self.home}{dataset.key}/#dataset")

    def dataset(self, dataset: Dataset, facts: Facts) -> "URIRef":
        found = self.about(dataset)
        self.add(found, self.rdf.type, self.dcat.Dataset)
        self.described(found, in_both(dataset.title), in_both(dataset.says), dataset.key)
        self.add(found, self.dcat.theme, self.concept(f"{EU}data-theme/{dataset.theme}"))
        self.add(found, self.dcat.landingPage, self.page(f"{self.home}{dataset.key}/"))
        # The codebook stands on the same page.
        self.add(found, self.foaf.page, self.page(f"{self.home}{dataset.key}/"))
        self.add(found, self.dct.license, self.licence(dataset.licence.url))
        self.modified(found, facts.changed_on)
        for form in dataset.forms:
            self.add(found, self.dcat.distribution, self.file(dataset, form, facts))
        return found

    def file(self, dataset: Dataset, form: str, facts: Facts) -> "URIRef":
        kind, media = FILES[form]
        url = self.uri(f"{self.home}{dataset.key}.{form}")
        found = self.uri(f"{self.home}{dataset.key}/#{form}")
        self.add(found, self.rdf.type, self.dcat.Distribution)
        self.in_languages(found, self.dct.title, {language: f"{text} ({kind})" for language, text in in_both(dataset.title).items()})
        self.add(found, self.dcat.accessURL, url)
        self.add(found, self.dcat.downloadURL, url)
        self.add(found, self.dct.license, self.licence(dataset.licence.url))
        self.add(found, self.dct.language, self.of_a_list("language/NLD", self.dct.LinguisticSystem))
        self.add(found, self.dct["format"], self.of_a_list(f"file-type/{kind}", self.dct.MediaTypeOrExtent))
        self.add(found, self.dcat.mediaType, self.uri(MEDIA + media))
        self.add(self.uri(MEDIA + media), self.rdf.type, self.dct.MediaType)
        self.modified(found, facts.changed_on)
        return found

    def service(self, found: "URIRef", serves: list["URIRef"]) -> None:
        self.add(found, self.rdf.type, self.dcat.DataService)
        self.described(found, API_TITLES, API_ABOUT, "api")
        self.add(found, self.dcat.endpointURL, self.uri(settings.SITE_URL + API))
        self.add(found, self.dcat.endpointDescription, self.uri(settings.SITE_URL + OPENAPI))
        self.add(found, self.dcat.theme, self.concept(f"{EU}data-theme/GOVE"))
        self.in_languages(found, self.dcat.keyword, API_KEYWORD)
        self.add(found, self.dct.license, self.licence(CC0.url))
        for dataset in serves:
            self.add(found, self.dcat.servesDataset, dataset)

    def concept(self, url: str) -> "URIRef":
        found = self.uri(url)
        self.add(found, self.rdf.type, self.uri("http://www.w3.org/2004/02/skos/core#Concept"))
        return found


def in_both(text: Text) -> dict[str, str]:
    """A text of ours in Dutch and in English."""
    found = {}
    for language in ("nl", "en"):
        with override(language):
            found[language] = str(text)
    return found
