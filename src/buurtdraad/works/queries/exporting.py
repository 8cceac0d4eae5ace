"""Works as rows of a file, by the same columns as files that come in."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch, QuerySet

from buurtdraad.places.queries import last_name
from buurtdraad.works.geometry import as_geojson
from buurtdraad.works.models import Work, WorkArea

# In the order of `sources.columns.COLUMNS`, without the shape.
KEYS = (
    "title", "areas", "where", "department", "owner_email", "owner_name", "from_on", "until_on", "stage", "why", "challenge",
    "problem", "goal", "target_group", "residents_part", "external",
)  # fmt: skip


def with_areas(works: QuerySet[Work]) -> QuerySet[Work]:
    """With what a row names: its challenge, and its areas, of which `place` is the name. Two queries, however many works."""
    areas = WorkArea.objects.select_related("area").annotate(place=last_name("area"))
    return works.select_related("challenge").prefetch_related(Prefetch("work_areas", areas)).order_by("until_on", "pk")


def rows_of(works: QuerySet[Work]) -> Iterator[list[Any]]:
    """A row for each work, by `KEYS`."""
    for work in with_areas(works.defer("shape")):
        yield [value_of(work, key) for key in KEYS]


def value_of(work: Work, key: str) -> Any:
    if key == "areas":
        # A name may have a comma in it.
        return " | ".join(one.place or one.area.code for one in work.work_areas.all())  # type: ignore[attr-defined]
    if key == "stage":
        return str(work.get_stage_display())
    if key == "challenge":
        return work.challenge.name if work.challenge else ""
    if key == "external":
        # What we made ourselves says nothing to others.
        return "" if work.external.startswith("~") else work.external
    return getattr(work, key)


def features_of(works: QuerySet[Work], headings: list[str]) -> Iterator[dict[str, Any]]:
    """A GeoJSON feature for each work; one without a shape has none."""
    for work in with_areas(works):
        values = [value_of(work, key) for key in KEYS]
        said = {
            heading: value.isoformat() if hasattr(value, "isoformat") else value for heading, value in zip(headings, values, strict=True)
        }
        shape = as_geojson(bytes(work.shape)) if work.shape else None
        yield {"type": "Feature", "id": str(work.uuid), "geometry": shape, "properties": said}
