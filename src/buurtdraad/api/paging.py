"""Cursors: where the next page begins, by the value of the order and the row itself, so that a page costs the same however far it is.

A cursor is no promise: it says "after this row" in this order, and holds as long as the order is asked the same. It is closed, for it
holds what the fields do not say, such as the second at which somebody gave a wish; and the same each time, so that a list keeps its ETag.
An order is one field, `-` before it for the other way round, and then the primary key parts what is equal; or several fields with a
comma between them, never empty, which together part all rows (a table whose primary key is of several columns has these).
"""

import base64
import datetime
import decimal
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Field, Func, Model, Q, QuerySet, TextField, Value
from django.db.models.lookups import GreaterThan, LessThan
from django.utils.timezone import is_naive

from buurtdraad.api.problems import WrongQuestion
from buurtdraad.api.shape import value_at


def in_order(rows: QuerySet, order: str, cursor: str | None) -> QuerySet:
    """The rows in this order, after the row of the cursor. Raises `WrongQuestion` for a cursor that is none, or of another order."""
    fields, down = fields_of(order), order.startswith("-")
    rows = rows.order_by(*(f"-{field}" if down else field for field in fields))
    if cursor is None:
        return rows
    values = read(cursor, order, len(fields))
    kinds = [kind_of(rows.model, field) for field in fields]
    # An empty value comes last in PostgreSQL, first in the other direction.
    if values[0] is None:
        _none, key = typed(kinds, values)
        rest = Q(**{f"{fields[0]}__isnull": True, f"{fields[1]}__{'lt' if down else 'gt'}": key})
        return rows.filter(rest | Q(**{f"{fields[0]}__isnull": False}) if down else rest)
    compare = (LessThan if down else GreaterThan)(as_row(map(F, fields)), as_row(map(Value, typed(kinds, values))))
    return rows.filter(compare if down or not may_be_empty(kinds[0]) else Q(compare) | Q(**{f"{fields[0]}__isnull": True}))


def as_row(parts: Any) -> Func:
    """Several values compared as one, which an index on all of them answers at once."""
    return Func(*parts, function="ROW", output_field=TextField())


def fields_of(order: str) -> list[str]:
    """The fields that an order goes by, which together part all rows."""
    fields = order.removeprefix("-").split(",")
    return fields if len(fields) > 1 else [*fields, "pk"]


def kind_of(model: type[Model], path: str) -> Field | None:
    """The field of the database at a path; None for what a query adds to its rows."""
    if path == "pk":
        return model._meta.pk
    kind: Any = None
    for part in path.split("__"):
        try:
            kind = model._meta.get_field(part)
        except FieldDoesNotExist:
            return None
        model = kind.related_model or model
    return kind


def may_be_empty(kind: Field | None) -> bool:
    return kind is None or kind.null


def typed(kinds: Sequence[Field | None], values: Sequence[Any]) -> list[Any]:
    """The values as the database has them. Raises `WrongQuestion` for what is no value of its field."""
    try:
        found = [value if kind is None or value is None else kind.to_python(value) for kind, value in zip(kinds, values, strict=True)]
    except (ValidationError, ValueError, TypeError, OverflowError, RuntimeWarning) as problem:
        raise no_cursor() from problem
    if any(isinstance(value, datetime.datetime) and is_naive(value) for value in found):
        raise no_cursor()
    return found


def write(row: Model, order: str) -> str:
    """The cursor that stands for this row in this order."""
    values = [plain(value_at(row, field)) for field in fields_of(order)]
    return closed([order, *values])


def closed(values: Sequence[Any]) -> str:
    """Values as a text that only this city can open."""
    return base64.urlsafe_b64encode(cipher().encrypt(json.dumps(values).encode(), None)).decode().rstrip("=")


def opened(cursor: str) -> Any:
    """What `closed` was given. Raises `ValueError` for anything else."""
    try:
        return json.loads(cipher().decrypt(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), None))
    except InvalidTag as problem:
        raise ValueError from problem


def cipher() -> AESSIV:
    """One that gives the same for the same, which the ETag of a list needs."""
    return AESSIV(hashlib.sha256(f"buurtdraad.cursor:{settings.SECRET_KEY}".encode()).digest())


def plain(value: Any) -> Any:
    return str(value) if isinstance(value, datetime.date | decimal.Decimal) else value


def read(cursor: str, order: str, number: int) -> list[Any]:
    """The values that a cursor holds, of which only the first may be empty."""
    try:
        of, *values = opened(cursor)
        if of != order or len(values) != number or not all(can_be_compared(value) for value in values) or None in values[1:]:
            raise ValueError
    except (ValueError, TypeError, RecursionError) as problem:
        raise no_cursor() from problem
    return values


def can_be_compared(value: Any) -> bool:
    """Whether the database can compare with it: no list, no NUL, no half a character, no number that does not fit."""
    if isinstance(value, str):
        return "\0" not in value and value.isprintable() and len(value.encode()) < 4_000
    return value is None or (isinstance(value, int | float) and abs(value) < 2**63)


def no_cursor() -> WrongQuestion:
    return WrongQuestion.of("cursor", "is geen cursor van deze lijst in deze volgorde")
