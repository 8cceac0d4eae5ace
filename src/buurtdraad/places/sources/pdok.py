"""Areas live from PDOK: "CBS Wijken en Buurten" of a year by OGC API Features (server GoKoala).

What the contract says and this module lives by: at most 1000 features a page; paging by the `next` link only; a cursor
that does not fit its parameters leads silently back to the first page; an unknown parameter is a 400.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from buurtdraad.lib.bad_source import BadSource, Problem
from buurtdraad.lib.outgoing import Answer, NoAnswer, ask
from buurtdraad.places.models import Kind
from buurtdraad.places.sources.features import Feature, area_rows
from buurtdraad.places.sources.geojson import features_of, parsed
from buurtdraad.places.sources.rows import CODES, AreaRow

SERVICE = "https://api.pdok.nl/cbs/wijken-en-buurten-{year}/ogc/v1/"
SECONDS_A_PAGE = 60.0
PAGE = 1000
# The whole country has about 15,000 neighbourhoods.
MOST_PAGES = 40
LARGEST_PAGE = 200_000_000


@dataclass(frozen=True)
class Service:
    """One year of the service: its address, and how long one page of it may take."""

    base: str
    year: int
    seconds: float
    told: Callable[[str], None]

    def file(self, collection: str) -> str:
        """What a problem with a collection is filed under."""
        return f"{urlsplit(self.base).hostname}: {collection} {self.year}"


def read(
    municipality: str, year: int, *, service: str = SERVICE, seconds: float = SECONDS_A_PAGE, told: Callable[[str], None] = lambda _: None
) -> list[AreaRow]:
    """The neighbourhoods of a municipality in a year. `told` hears of every page. Raises `BadSource`."""
    if not CODES[Kind.MUNICIPALITY].match(municipality):
        raise BadSource("", None, f"{municipality!r} is not the code of a municipality, such as GM0344")
    asked = Service(service.format(year=year), year, seconds, told)
    features, filtered_by = _of_municipality(asked, municipality)
    file = asked.file("buurten")
    rows, problems = area_rows(features, file=file, source=f"CBS/Kadaster, Wijken en Buurten {year} (PDOK)", kind=Kind.NEIGHBOURHOOD)
    if problems:
        raise BadSource(problems=problems)
    if not rows:
        raise BadSource(file, None, f"it holds no neighbourhood of {municipality}")
    if not all(row.parent_name for row in rows):
        rows = _with_district_names(asked, rows, filtered_by)
    return [replace(row, year=row.year or year) for row in rows]


def _of_municipality(asked: Service, municipality: str) -> tuple[list[Feature], dict[str, str]]:
    """Its neighbourhoods, and the parameters that they were asked by: its code, or where that is refused its bounds."""
    by: dict[str, str] = {"gemeentecode": municipality}
    try:
        found = list(_features(asked, "buurten", by))
    except Refused400:
        asked.told("The service does not filter by municipality; asking for an area on the map instead.")
        by = {"bbox": _bounds(asked, municipality)}
        try:
            found = list(_features(asked, "buurten", by))
        except Refused400 as wrong:
            raise BadSource(asked.file("buurten"), None, str(wrong)) from None
    return [feature for feature in found if str(feature.properties.get("gemeentecode") or "").strip() == municipality], by


def _bounds(asked: Service, municipality: str) -> str:
    """West, south, east and north of the municipality, from the collection of all municipalities."""
    try:
        for feature in _features(asked, "gemeenten", {}):
            if str(feature.properties.get("gemeentecode") or "").strip() == municipality and feature.geometry is not None:
                return ",".join(f"{number:.6f}" for number in feature.geometry.bounds)
    except Refused400 as wrong:
        raise BadSource(asked.file("gemeenten"), None, str(wrong)) from None
    raise BadSource(asked.file("gemeenten"), None, f"it does not hold {municipality}")


def _with_district_names(asked: Service, rows: list[AreaRow], by: dict[str, str]) -> list[AreaRow]:
    """The rows with the names of their districts, which some years keep in their own collection only."""
    try:
        districts, _ = area_rows(_features(asked, "wijken", by), file=asked.file("wijken"), source="", kind=Kind.DISTRICT)
    except Refused400 as wrong:
        raise BadSource(asked.file("wijken"), None, str(wrong)) from None
    names = {district.code: district.name for district in districts}
    return [replace(row, parent_name=row.parent_name or names.get(row.parent_code, "")) for row in rows]


class Refused400(Exception):  # noqa: N818
    """The service does not know a parameter; the text is its own explanation."""


def _features(asked: Service, collection: str, by: dict[str, str]) -> Iterator[Feature]:
    """All features of a collection, page after page. Raises `BadSource`; `Refused400` only for the first page."""
    file = asked.file(collection)
    url: str | None = f"{asked.base}collections/{collection}/items"
    params: list[tuple[str, str]] | None = [("f", "json"), ("limit", str(PAGE)), *by.items()]
    seen: set[str] = set()
    number = 0
    while url:
        number += 1
        if number > MOST_PAGES:
            raise BadSource(file, f"page {number}", f"it goes on after {MOST_PAGES} pages")
        row = f"page {number}"
        try:
            answer = ask(url, params=params, origin=asked.base, seconds=asked.seconds, largest=LARGEST_PAGE)
        except NoAnswer as wrong:
            raise BadSource(file, row, str(wrong)) from None
        if answer.status == 400 and number == 1:
            raise Refused400(_explained(answer))
        document = _page(answer, file, row, asked.year)
        _unseen(document, seen, file, row)
        asked.told(f"{file}: page {number}, {len(seen)} areas")
        problems: list[Problem] = []
        yield from features_of(document, file=file, problems=problems)
        if problems:
            raise BadSource(problems=[replace_row(problem, row) for problem in problems])
        url, params = _next(document), None


def replace_row(problem: Problem, page: str) -> Problem:
    """The same problem, with its page before its row."""
    return problem._replace(row=f"{page}, {problem.row}")


def _page(answer: Answer, file: str, row: str, year: int) -> dict:
    if answer.status == 404:
        raise BadSource(file, row, f"the service has nothing for {year} (404)")
    if answer.status != 200:
        raise BadSource(file, row, f"the service refuses ({answer.status}): {_explained(answer)}")
    crs = answer.headers.get("content-crs", "")
    if crs and "CRS84" not in crs:
        raise BadSource(file, row, f"its coordinates are in {crs.strip('<>')}, expected longitude and latitude (CRS84)")
    try:
        document = parsed(answer.content, file=file)
    except BadSource as wrong:
        raise BadSource(problems=[problem._replace(row=row) for problem in wrong.problems]) from None
    promised = document.get("numberReturned")
    if isinstance(promised, int) and promised != len(document["features"]):
        raise BadSource(file, row, f"it promises {promised} areas and holds {len(document['features'])}")
    return document


def _unseen(document: dict, seen: set[str], file: str, row: str) -> None:
    """Refuse a page with a feature that came before: the service has gone back to its first page."""
    for feature in document["features"]:
        key = json.dumps([feature.get("id"), feature.get("properties")], sort_keys=True) if isinstance(feature, dict) else repr(feature)
        if key in seen:
            raise BadSource(file, row, "the service repeats what came before: its pages go round in a loop")
        seen.add(key)


def _next(document: dict) -> str | None:
    links = document.get("links")
    if not isinstance(links, list):
        return None
    return next((str(link["href"]) for link in links if isinstance(link, dict) and link.get("rel") == "next" and link.get("href")), None)


def _explained(answer: Answer) -> str:
    """What the service itself says of an error (problem+json), on one short line."""
    try:
        told = json.loads(answer.content)
        text = str(told.get("detail") or told.get("title") or "")
    except (ValueError, AttributeError):
        text = ""
    return " ".join(text.split())[:200] or f"the error {answer.status}"
