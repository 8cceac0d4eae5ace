"""`/open-data/`: every dataset with what it holds, its codebook and its files, and the catalogue of all."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.pages import queries as pages
from buurtdraad.pages.opening import catalogue as making
from buurtdraad.pages.opening import queries
from buurtdraad.pages.opening.catalogue import API, OPENAPI
from buurtdraad.pages.opening.datasets import BY_KEY
from buurtdraad.pages.opening.downloads import download
from buurtdraad.pages.opening.table import Dataset, facts_of
from buurtdraad.places import queries as places

FORMS = {"csv": "CSV", "json": "JSON", "geojson": "GeoJSON"}
CATALOGUES = {"ttl": "Turtle", "jsonld": "JSON-LD", "rdf": "RDF/XML"}


@allow(EVERYBODY)
@require_safe
@cached_page
def open_data(request: HttpRequest) -> HttpResponse:
    """Every dataset, where it comes from, and how a program reads it."""
    context = {
        "datasets": [(dataset, facts, files_of(dataset)) for dataset, facts in queries.with_facts()],
        "origins": pages.origins(),
        "catalogues": CATALOGUES.items(),
        "api": API,
        "openapi": OPENAPI,
    }
    return shows(render(request, "pages/open_data.html", context), places.city_code())


@allow(EVERYBODY)
@require_safe
@cached_page
def dataset(request: HttpRequest, key: str) -> HttpResponse:
    """One dataset with its codebook."""
    found = dataset_or_404(key)
    context = {
        "dataset": found,
        "facts": facts_of([found])[0][1],
        "files": files_of(found),
        "columns": found.columns,
        "ballots": queries.ballot_files() if key == "rondes" else [],
    }
    return shows(render(request, "pages/dataset.html", context), places.city_code())


@allow(EVERYBODY)
@require_safe
def dataset_file(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """Its rows as a file."""
    found = dataset_or_404(key)
    if form not in found.forms:
        raise Http404
    return download(found, form)


@allow(EVERYBODY)
@require_safe
@cached_page
def catalogue(request: HttpRequest, form: str) -> HttpResponse:
    """All datasets by DCAT-AP-NL."""
    if form not in making.FORMS:
        raise Http404
    made = HttpResponse(making.catalogue(queries.with_facts(), form), content_type=f"{making.FORMS[form][1]}; charset=utf-8")
    made["Access-Control-Allow-Origin"] = "*"
    return shows(made, places.city_code())


def dataset_or_404(key: str) -> Dataset:
    if key not in BY_KEY:
        raise Http404
    return BY_KEY[key]


def files_of(dataset: Dataset) -> list[tuple[str, str]]:
    return [(form, FORMS[form]) for form in dataset.forms]
