"""Something real in the place of each parameter: rows of the city, tried until the page answers. So a new address needs no list here.

An address of a thing begins like the addresses of its parts, so what fitted the beginning is tried first for the rest.
"""

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, models, transaction
from django.http import HttpResponseBase
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch

from buurtdraad.accounts.models import Person
from buurtdraad.lib.url_patterns import Address, addresses
from buurtdraad.running.bench.actions.viewers import RESIDENT, VIEWERS, VISITOR, client

# Parameters that are no row: what they may be.
WORDS: dict[str, list[Any]] = {
    "width": [320, 640, 1280],
    "day": ["2026-01-01"],
    "year": [2025, 2026, 2024, 2020],
    "provider": ["idp"],
    "part": [1],
}
# A link in a mail or a slip opens these: the database holds a hash of it only.
SECRET = {"token", "mark"}
OURS = ("BEGIN", "ROLLBACK", "SAVEPOINT", "RELEASE SAVEPOINT")
EACH_STAGE, MOST, LIKELY, TRIES = 2, 20, 3, 30
# What the last word of an address before a parameter is about, where the view is of a room that has no rows of its own.
ABOUT = {
    "afspraken": "agendas.Agreement", "agenda": "places.Area", "besluiten": "fund.Decision", "bijeenkomsten": "agendas.Meeting",
    "budgetten": "budgets.BudgetRound", "buurten": "places.Area", "cijfers": "figures.Indicator", "gebieden": "places.Area",
    "indicatoren": "figures.Indicator", "initiatieven": "initiatives.Initiative", "onderwerpen": "agendas.Topic",
    "opgaven": "challenges.Challenge", "partners": "partners.Organisation", "potten": "money.Pot", "regelingen": "fund.Scheme",
    "rondes": "budgets.BudgetRound", "voortgang": "reports.Report", "voortgangsrapporten": "reports.Report", "wensen": "agendas.Wish",
    "werken": "works.Work", "wijkakkoorden": "partners.Accord",
}  # fmt: skip
NAMES = ("uuid", "slug", "code", "reference", "number", "key", "name")


class Sample(NamedTuple):
    """One page through one pair of eyes."""

    name: str
    pattern: str
    viewer: str
    path: str


@dataclass
class Found:
    """Every page that can be asked, and why another cannot."""

    samples: list[Sample] = field(default_factory=list)
    without: dict[str, str] = field(default_factory=dict)


def find(only: str = "") -> Found:
    """Samples of every GET address of the product, for a visitor, a resident and one of the staff. `only`: that hold this text."""
    found, eyes = Found(), {name: client(name) for name in VIEWERS}
    fitted: dict[str, list] = {}
    for one in addresses():
        if only not in one.pattern:
            continue
        seen = look(one, eyes, fitted)
        if isinstance(seen, str):
            found.without[one.pattern] = seen
        else:
            found.samples += seen
    return found


def look(one: Address, eyes: Mapping[str, Client], fitted: dict[str, list]) -> list[Sample] | str:
    """The page through up to three pairs of eyes, or why nobody sees it."""
    if SECRET & set(one.parameters):
        return "opened by a secret link"
    said: set[int] = set()
    may = [viewer for viewer in VIEWERS if holds(one, eyes[viewer])]
    for values, viewer in itertools.chain(told_by_the_api(one, eyes), turns(one, may, fitted)):
        try:
            path = one.path(values)
        except NoReverseMatch:
            continue
        status = ask(eyes[viewer], path).status_code
        if status == 405:
            return "is no page: a form is sent to it"
        if status == 200:
            remember(one, values, fitted)
            return through(one, path, viewer, [other for other in may if other != viewer], eyes)
        said.add(status)
    if not one.parameters and said and said <= {301, 302}:
        return "leads on to another page"
    return "nobody sees one: " + (", ".join(map(str, sorted(said))) or "no row fits")


def told_by_the_api(one: Address, eyes: Mapping[str, Client]) -> Iterator[tuple[dict[str, Any], str]]:
    """An item of the API is named by its collection."""
    collection = one.pattern.removesuffix("/<str:sleutel>")
    if not one.pattern.startswith("/api/") or collection == one.pattern:
        return
    for item in json.loads(ask(eyes[VISITOR], f"{collection}?aantal=1").getvalue()).get("results", []):
        yield {"sleutel": item["url"].rpartition("/")[2]}, VISITOR


def turns(one: Address, may: Sequence[str], fitted: Mapping[str, list]) -> Iterator[tuple[dict[str, Any], str]]:
    """What is tried, through whose eyes: the likely rows by everybody, the others by the first two."""
    for tried, values in enumerate(itertools.islice(candidates(one, fitted), TRIES)):
        yield from ((values, viewer) for viewer in (may if tried < LIKELY else may[:2]))


def through(one: Address, path: str, first: str, others: list[str], eyes: Mapping[str, Client]) -> list[Sample]:
    """A visitor, a resident and the first of the staff who get this page."""
    kinds = {first: kind(first)}
    for viewer in others:
        if kind(viewer) not in kinds.values() and ask(eyes[viewer], path).status_code == 200:
            kinds[viewer] = kind(viewer)
    return [Sample(one.name, one.pattern, viewer, path) for viewer in kinds]


def kind(viewer: str) -> str:
    return viewer if viewer in (VISITOR, RESIDENT) else "staff"


def holds(one: Address, eyes: Client) -> bool:
    """Whether the rule of the address lets this person in, whatever the row is. Without a rule the answers tell."""
    if one.rule is None:
        return True
    request = RequestFactory().get("/", headers={"host": "localhost"})
    request.session = eyes.session
    person = request.session.get("_auth_user_id")
    request.user = Person.objects.get(pk=person) if person else AnonymousUser()
    return one.rule.holds(request)


def ask(eyes: Client, path: str) -> HttpResponseBase:
    """The answer to one question, of which nothing stays behind."""
    cookies = eyes.cookies.copy()
    eyes.raise_request_exception = False
    try:
        with transaction.atomic():
            response = eyes.get(path)
            if response.streaming:
                response.getvalue()
            transaction.set_rollback(True)
    finally:
        eyes.cookies = cookies  # type: ignore[assignment] # a copy of what it was
    return response


def queries(eyes: Client, path: str) -> int | None:
    """How many queries a page asks once its templates are loaded; None when it does not answer."""
    ask(eyes, path)
    with CaptureQueriesContext(connection) as captured:
        answer = ask(eyes, path)
    # The transaction around the question is ours.
    return sum(not query["sql"].startswith(OURS) for query in captured) if answer.status_code == 200 else None


# --- values -----------------------------------------------------------------------------------------


def candidates(one: Address, fitted: Mapping[str, list]) -> Iterator[dict[str, Any]]:
    """Values for all parameters, the likely ones first."""
    if not one.parameters:
        yield {}
        return
    first, *rest = one.parameters
    before = one.pattern.partition(">")[0]
    known = fitted.get(before, [])
    if not rest:
        # Once a row of a kind fitted, others of its kind do, in another stage perhaps.
        alike = fits(one, 0, (value for row in kin(one, known) for value in called(row))) if known else of_kind(one, first)
        yield from ({first: value} for value in unique([*known, *alike]))
        return
    chosen = [value for value in known if value is not None][:6]
    for parts in related(one):
        fixed = dict(zip(one.parameters, parts, strict=False))
        missing = [name for name in one.parameters if name not in fixed]
        yield from (
            fixed | dict(zip(missing, more, strict=True)) for more in itertools.product(*(of_kind(one, name)[:8] for name in missing))
        )
    for value in chosen or of_kind(one, first)[:8]:
        yield from (
            {first: value} | dict(zip(rest, more, strict=True)) for more in itertools.product(*(of_kind(one, n)[:20] for n in rest))
        )


def remember(one: Address, values: Mapping[str, Any], fitted: dict[str, list]) -> None:
    if one.parameters:
        fitted.setdefault(one.pattern.partition(">")[0], []).insert(0, values[one.parameters[0]])


def of_kind(one: Address, name: str) -> list[Any]:
    """What one parameter may be: a word of its own, or what rows of its room are called."""
    if name in WORDS:
        return WORDS[name]
    reads = type(one.converters[name]).__name__
    rows = [row for model in room_models(one) for row in some(model)]
    if reads == "UUIDConverter":
        return unique(row.uuid for row in rows if hasattr(row, "uuid"))
    if reads == "IntConverter":
        numbers = [getattr(row, name, None) for row in rows] if name in ("number", "year") else []
        return unique(
            [
                *(number for number in numbers if isinstance(number, int)),
                *(row.pk for row in rows if isinstance(row.pk, int)),
                *range(1, MOST),
            ]
        )
    named = [value for row in rows for value in called(row)]
    # A text may hold a number or a mark too, as the keys of the API do.
    return unique([*(text for text in named if isinstance(text, str) and 0 < len(text) < 80), *map(str, named)])


def kin(one: Address, values: list[Any]) -> list[models.Model]:
    """The rows of the model that one of these values names a row of."""
    for model in room_models(one):
        if any(value in values for row in some(model) for value in called(row) if value != row.pk or isinstance(values[0], int)):
            return some(model)
    return []


def room_models(one: Address) -> list[type[models.Model]]:
    """The models of the room that the view is of, then those of areas, then all others."""
    module = getattr(one.view, "__module__", "") or ""
    label = module.split(".")[1] if module.startswith("buurtdraad.") else one.room
    ours = [model for model in apps.get_models() if model.__module__.startswith("buurtdraad.")]
    own = [model for model in ours if model.__module__.split(".")[1] == label]
    places = [model for model in ours if model._meta.label == "places.Area"]
    words = [word for word in one.pattern.partition("<")[0].split("/") if word in ABOUT]
    about = [apps.get_model(ABOUT[words[-1]])] if words else []
    return unique([*about, *own, *places, *ours])


_rows: dict[type[models.Model], list[models.Model]] = {}


def some(model: type[models.Model]) -> list[models.Model]:
    """Some rows: of each stage the first ones."""
    if model not in _rows:
        names = {column.name for column in model._meta.concrete_fields}
        rows = model._default_manager.order_by("pk")
        by = "stage" if "stage" in names else "kind" if model._meta.label == "places.Area" else ""
        kinds = list(rows.order_by(by).values_list(by, flat=True).distinct()[:12]) if by else [None]
        _rows[model] = [row for kind_ in kinds for row in (rows.filter(**{by: kind_}) if by else rows)[: EACH_STAGE if by else 4]]
    return _rows[model]


def called(row: models.Model) -> Iterator[Any]:
    """What a row may be called by in an address."""
    yield from (getattr(row, name) for name in NAMES if name in {column.name for column in row._meta.concrete_fields})
    area = getattr(row, "area", None)
    if area is not None and hasattr(area, "code"):
        yield area.code
    yield row.pk


def related(one: Address) -> Iterator[tuple[Any, ...]]:
    """Pairs of what a row belongs to (or what that belongs to) and the row, as two parameters in a row may name them."""
    for model in room_models(one)[: len(room_models(one)) // 2]:
        for row in some(model):
            for above in parents(row):
                yield from itertools.product(fits(one, 0, called(above)), fits(one, 1, called(row)))


def fits(one: Address, place: int, values: Iterator[Any]) -> list[Any]:
    """Those that the parameter at this place can be."""
    reads = type(one.converters[one.parameters[place]]).__name__
    kinds = {"UUIDConverter": "UUID", "IntConverter": "int"}
    return [value for value in values if type(value).__name__ == kinds.get(reads, "str") and value != ""]


def parents(row: models.Model, *, deep: bool = True) -> Iterator[models.Model]:
    for column in row._meta.concrete_fields:
        if isinstance(column, models.ForeignKey):
            try:
                above = getattr(row, column.name)
            except ObjectDoesNotExist:
                continue
            if above is not None:
                yield above
                if deep:
                    yield from parents(above, deep=False)


def unique(values: Any) -> list[Any]:
    return list(dict.fromkeys(values))
