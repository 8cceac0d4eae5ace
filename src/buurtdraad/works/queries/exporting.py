"""Works as rows of a file, by the same columns as files that come in."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.utils import timezone

from buurtdraad.places.models import Area
from buurtdraad.places.queries import last_name
from buurtdraad.works.geometry import as_geojson
from buurtdraad.works.models import Work, WorkArea
from buurtdraad.works.states import Stage, Trend

# In the order of `sources.columns.COLUMNS`, without the shape.
KEYS = (
    "title", "areas", "where", "department", "owner_email", "owner_name", "from_on", "until_on", "stage", "why", "challenge",
    "problem", "goal", "target_group", "residents_part", "external",
)  # fmt: skip
# Where the value of a key stands, when that is not in a column of that name.
STANDS: dict[str, Any] = {
    "areas": ArraySubquery(WorkArea.objects.filter(work=OuterRef("pk")).order_by().values("area")),
    "challenge": "challenge__name",
}
AT_ONCE = 2_000  # rows read at a time
SHAPES_AT_ONCE = 100


def rows_of(works: QuerySet[Work], keys: tuple[str, ...] = KEYS, *, parted: str = " | ", at_once: int = AT_ONCE) -> Iterator[list[Any]]:
    """A row for each work, by these keys, with the names of its areas `parted`: a name may have a comma in it.

    In the language of now, also where the rows are read later. Two queries, and some thousand rows in memory at a time.
    """
    areas = Area.objects.annotate(place=last_name("pk")).values_list("pk", "place", "code")
    names = {pk: place or code for pk, place, code in areas}
    shown = ready(names, parted)
    found = works.select_related(None).prefetch_related(None).order_by("until_on", "pk")
    lines = found.values_list(*(STANDS.get(key, key) for key in keys))
    said = [(place, shown[key]) for place, key in enumerate(keys) if key in shown]
    return said_of(lines.iterator(chunk_size=at_once), said)


def ready(names: dict[int, str], parted: str) -> dict[str, Callable[[Any], Any]]:
    """What makes the value of a key ready for a file."""
    stages, trends = words_of(Stage), words_of(Trend)
    return {
        "areas": lambda areas: parted.join(sorted(names[area] for area in areas if area in names)),
        "stage": lambda value: stages.get(value, value),
        "trend": lambda value: trends.get(value, value),
        "challenge": lambda name: name or "",
        # What we made ourselves says nothing to others.
        "external": lambda value: "" if value.startswith("~") else value,
        "confirmed_at": lambda moment: timezone.localdate(moment) if moment else None,
    }


def words_of(choices: Any) -> dict[str, str]:
    return {value: str(label) for value, label in choices.choices}


def said_of(rows: Iterator[tuple], said: list[tuple[int, Callable[[Any], Any]]]) -> Iterator[list[Any]]:
    for row in rows:
        cells = list(row)
        for place, ready_for in said:
            cells[place] = ready_for(cells[place])
        yield cells


def features_of(works: QuerySet[Work], headings: list[str]) -> Iterator[dict[str, Any]]:
    """A GeoJSON feature for each work; one without a shape has none."""
    return map(partial(feature_of, headings), rows_of(works, (*KEYS, "uuid", "shape"), at_once=SHAPES_AT_ONCE))


def feature_of(headings: list[str], row: list[Any]) -> dict[str, Any]:
    *values, uuid, shape = row
    said = {heading: value.isoformat() if hasattr(value, "isoformat") else value for heading, value in zip(headings, values, strict=True)}
    return {"type": "Feature", "id": str(uuid), "geometry": as_geojson(bytes(shape)) if shape else None, "properties": said}
