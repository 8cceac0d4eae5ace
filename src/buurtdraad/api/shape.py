"""What every resource is made of: its fields, its rows, what can be asked of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, get_args

from django.conf import settings
from django.db.models import QuerySet, TextChoices
from django.utils.translation import override
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from buurtdraad.lib.without_contacts import without_contacts

MOST_ON_A_PAGE, ON_A_PAGE = 1_000, 25

# Words that people wrote.
Told = Annotated[str, AfterValidator(without_contacts)]


class Fields(BaseModel):
    """Fields of an answer or a question: `_` in Python, camelCase on the wire.

    Bare pydantic: the schemas of django-ninja look into each row for attributes, which takes longer than all the rest.
    """

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class Word(Fields):
    """Een waarde uit een vaste lijst: een code die blijft, en hoe hij heet."""

    code: str
    naam: str


class Link(Fields):
    """Een stap op de draad."""

    soort: str = Field(description="Naam van de verzameling, zoals `afspraken`.")
    titel: Told
    url: str = Field(description="Adres in deze API.")


class Thread(Fields):
    """Waar het uit voortkwam, en wat eruit voortkwam."""

    terug: list[Link] = Field(description="Waar het uit voortkomt.")
    vooruit: list[Link] = Field(description="Wat eruit voortkwam.")


class Item(Fields):
    """What every resource tells."""

    url: str = Field(description="Adres in deze API.")


class Threaded(Item):
    """What lies on the thread, and has a page for people."""

    pagina: str | None = Field(None, description="Adres van de pagina voor mensen.")
    draad: Thread


@dataclass(frozen=True, eq=False)
class Resource:
    """A collection: `GET /api/v1/<name>` and `GET /api/v1/<name>/<key>`.

    `rows()` are public rows and nothing else, with what `show` needs, so that a page costs the same queries whatever its length.
    `show(row)` gives the fields of its schema without `url` and `draad`. `filters` turns a name of the query into a condition.
    `key` is the field by which the address of one names it; several fields with a dot between them are told so in the address too.
    """

    name: str
    title: str
    says: str
    schema: type[Item]
    rows: Callable[[], QuerySet]
    show: Callable[[Any], Mapping[str, Any]]
    key: str
    # Type of each filter with its sentence, and what it asks of the rows.
    filters: Mapping[str, "Filter"] = field(default_factory=dict)
    # What can be asked of one item besides its form.
    item_filters: Mapping[str, "Filter"] = field(default_factory=dict)
    # Name of the sort in the query -> field of the row, or fields with a comma between them that together part all rows.
    sorts: Mapping[str, str] = field(default_factory=dict)
    # The sort when none is asked; `-` the other way round.
    order: str = ""
    # The rows with what a drawing needs, where that is too heavy to bring along always.
    drawn: Callable[[QuerySet], QuerySet] | None = None
    # Extra facts for the rows of one page, in a fixed number of queries: they land on the rows themselves.
    prepare: Callable[[list[Any]], None] | None = None
    # Key of one in the examples of the document.
    example: str = ""

    def key_of(self, row: Any) -> str:
        return ".".join(str(value_at(row, path)) for path in self.key.split("."))

    def named(self, rows: QuerySet, key: str) -> QuerySet:
        """The row with this key. Raises `ValueError` or `ValidationError` for what can be no key."""
        paths, values = self.key.split("."), key.split(".")
        return rows.filter(**dict(zip(paths, values, strict=True))) if "\0" not in key else rows.none()

    def url_of(self, key: object) -> str:
        return f"{settings.SITE_URL}/api/v1/{self.name}/{key}"


@dataclass(frozen=True)
class Filter:
    """One question about a collection: the type of its value, what it means, how the rows answer it, and an example of a value."""

    kind: Any
    says: str
    narrow: Callable[[QuerySet, Any], QuerySet]
    example: Any = None
    # What holds when it is not asked.
    otherwise: Callable[[QuerySet], QuerySet] | None = None

    def answer(self, rows: QuerySet, value: Any) -> QuerySet:
        """The rows that this value leaves; None is not asked."""
        if value is not None:
            return self.narrow(rows, value)
        return self.otherwise(rows) if self.otherwise else rows

    @property
    def examples(self) -> list[Any]:
        """What can be asked, for the document: of a fixed list its first value."""
        return [self.example if self.example is not None else get_args(self.kind)[0]]


@cache
def word(kinds: type[TextChoices], value: str) -> dict[str, str]:
    """A value of a fixed list as `Word`, in Dutch whoever asks."""
    with override(settings.LANGUAGE_CODE):
        return {"code": value, "naam": str(kinds(value).label)}


def value_at(row: Any, path: str) -> Any:
    """The value of a row at a path of the database: `area__code`."""
    for part in path.split("__"):
        row = getattr(row, part)
    return row


def same(path: str) -> Callable[[QuerySet, Any], QuerySet]:
    """The rows whose field is this value."""
    return lambda rows, value: rows.filter(**{path: value})


def at_point(latitude: float | None, longitude: float | None) -> dict[str, Any] | None:
    """A point as GeoJSON has it (longitude first); None without one."""
    if latitude is None or longitude is None:
        return None
    return {"type": "Point", "coordinates": [round(longitude, 6), round(latitude, 6)]}


def page_for_people(path: str) -> str:
    """The whole address of a page of the site."""
    return settings.SITE_URL + path
