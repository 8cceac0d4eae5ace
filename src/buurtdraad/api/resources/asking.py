"""Questions that several collections answer alike."""

import datetime
import re
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from ninja import Field
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from buurtdraad.api.problems import WrongQuestion
from buurtdraad.api.shape import Filter
from buurtdraad.money.models import Commitment
from buurtdraad.places.models import Area, AreaYear
from buurtdraad.places.queries import inside

# A code of CBS, the slug of a working area, an indicator.
Code = Annotated[str, Field(max_length=60, pattern=r"^[A-Za-z0-9_-]+$")]
Number = Annotated[int, Field(ge=1, lt=2**31)]
# Of free words, such as the name of a department; the database knows no NUL in a text.
Words = Annotated[str, Field(max_length=120, pattern=r"^[^\x00]+$")]
Year = Annotated[int, Field(ge=1900, le=2100)]


def written_out(value: object) -> object:
    """A day as year-month-day, and nothing else that can be read as one (such as a number of seconds)."""
    if isinstance(value, str) and not DAY.fullmatch(value):
        raise PydanticCustomError("date_written_out", "year-month-day")
    return value


DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
Day = Annotated[datetime.date, BeforeValidator(written_out)]


def in_area(path: str = "area__code") -> Filter:
    """Those of an area, and of what lies inside it."""
    return Filter(
        Code,
        "Code van een gebied; wat daarin ligt telt mee.",
        lambda rows, code: rows.filter(**{f"{path}__in": sorted(codes_of(code))}),
        "BU03440241",
    )


def codes_of(code: str, asked: str = "gebied") -> set[str]:
    """The code itself, and those of what lies in it: neighbourhoods of a district or working area, everything of a municipality.

    Raises `WrongQuestion` about the parameter `asked` for a code of no area: a slip of the pen is not a place where nothing happens.
    """
    everything = AreaYear.objects.filter(municipality__code=code).values_list("area__code", flat=True)
    found = {code, *inside([code])[code], *everything}
    if found == {code} and not Area.objects.filter(code=code).exists():
        raise WrongQuestion.of(asked, "is de code van geen gebied: zie gebieden")
    return found


def from_budget(what: str) -> Filter:
    """Those that got money of a budget, as far as everybody may know it; `what` is how a commitment names them."""
    return Filter(
        UUID,
        "Sleutel van een budget: wat daaruit geld kreeg.",
        lambda rows, key: rows.filter(pk__in=Commitment.objects.public().filter(pot__uuid=key, **{f"{what}__isnull": False}).values(what)),
        "00000000-0000-4000-8000-000000000001",
    )


def since(path: str, says: str) -> Filter:
    """Those from a day on, that day included."""
    return Filter(Day, f"{says} vanaf deze dag.", lambda rows, day: from_day(rows, path, day), "2026-01-01")


def until(path: str, says: str) -> Filter:
    """Those until a day, that day included."""
    return Filter(Day, f"{says} tot en met deze dag.", lambda rows, day: to_day(rows, path, day), "2027-12-31")


def from_day(rows: QuerySet, path: str, day: datetime.date) -> QuerySet:
    return rows.filter(**{f"{path}__gte": midnight(day) if path.endswith("_at") else day})


def to_day(rows: QuerySet, path: str, day: datetime.date) -> QuerySet:
    if not path.endswith("_at"):
        return rows.filter(**{f"{path}__lte": day})
    if day == datetime.date.max:
        return rows
    return rows.filter(**{f"{path}__lt": midnight(day + datetime.timedelta(days=1))})


def midnight(day: datetime.date) -> datetime.datetime:
    """When a day begins in the city."""
    return datetime.datetime.combine(day, datetime.time(), timezone.get_default_timezone())


def empty_or_not(path: str, says: str) -> Filter:
    """Whether a field is filled."""
    return yes_or_no(says, {f"{path}__isnull": False})


def yes_or_no(says: str, facts: dict[str, Any]) -> Filter:
    """Those for which these facts hold, or those for which they do not."""
    return Filter(bool, says, lambda rows, yes: rows.filter(**facts) if yes else rows.exclude(**facts), True)
