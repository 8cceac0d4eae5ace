"""Rows of the city in the place of the parameters of an address, the likely ones first.

An address of a thing begins like the addresses of its parts, so what fitted the beginning is tried first for the rest.
"""

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from buurtdraad.lib.url_patterns import Address

EACH_STAGE, MOST = 2, 20
# Parameters that are no row: what they may be.
WORDS: dict[str, list[Any]] = {
    "width": [320, 640, 1280],
    "day": ["2026-01-01"],
    "year": [2025, 2026, 2024, 2020],
    "provider": ["idp"],
    "part": [1],
}
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
