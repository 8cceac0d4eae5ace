"""Samples of the addresses of the API, for `tests.access`: the key of one of each collection."""

from typing import Any

from django.db.models import QuerySet

from buurtdraad.api.resources import RESOURCES


def api_samples() -> dict[str, Any]:
    """By address, as far as that collection has something public here; what has nothing answers 404 as it should."""
    return {f"api:een_{one.name}": first_key(one.key_of, one.rows()) for one in RESOURCES} | {"api:nothing": "niets"}


def first_key(key_of: Any, rows: QuerySet) -> str:
    row = rows.order_by("pk").first()
    return key_of(row) if row else "geen"
