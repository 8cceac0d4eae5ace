"""A dataset as a file: CSV, JSON, GeoJSON. Sent while the rows are read, so that 100,000 of them take no more memory than 2,000."""

import json
from collections.abc import Iterator
from itertools import batched
from typing import Any

from django.http import StreamingHttpResponse

from buurtdraad.pages.opening.table import Dataset, Plain
from buurtdraad.ui.csv import Cell, csv_stream
from buurtdraad.works.geometry import as_geojson

TYPES = {"csv": "text/csv", "json": "application/json", "geojson": "application/geo+json"}
PARTED = " | "
ROWS_A_PIECE = 200
POINT = ("longitude", "latitude")


def download(dataset: Dataset, form: str) -> StreamingHttpResponse:
    """The file in one of its `forms`; everybody may fetch it from a page elsewhere (CORS)."""
    if form == "csv":
        response = csv_stream(dataset.key, dataset.names, (as_cells(row) for row in dataset.rows()))
    else:
        pieces = as_json(dataset) if form == "json" else as_map(dataset)
        response = StreamingHttpResponse(pieces, content_type=f"{TYPES[form]}; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{dataset.key}.{form}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def as_cells(row: list[Plain]) -> list[Cell]:
    return [PARTED.join(value) if isinstance(value, list) else value for value in row]


def as_json(dataset: Dataset) -> Iterator[str]:
    """`{"dataset": ..., "licence": ..., "rows": [...]}`, a row on a line."""
    rows = (dict(zip(dataset.names, row, strict=True)) for row in dataset.rows())
    return in_pieces(head_of(dataset) | {"rows": []}, rows)


def as_map(dataset: Dataset) -> Iterator[str]:
    """A FeatureCollection; a row without a place has no geometry."""
    return in_pieces({"type": "FeatureCollection", **head_of(dataset), "features": []}, features_of(dataset))


def features_of(dataset: Dataset) -> Iterator[dict[str, Any]]:
    if dataset.shape:
        for row, shape in dataset.rows_with_shapes():
            yield feature(dict(zip(dataset.names, row, strict=True)), as_geojson(bytes(shape)) if shape else None)
        return
    for row in dataset.rows():
        said = dict(zip(dataset.names, row, strict=True))
        point = [said.pop(name) for name in POINT]
        yield feature(said, None if None in point else {"type": "Point", "coordinates": point})


def feature(said: dict[str, Plain], geometry: dict[str, Any] | None) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": said}


def head_of(dataset: Dataset) -> dict[str, Any]:
    credit = {"credit": dataset.licence.credit} if dataset.licence.credit else {}
    return {"dataset": dataset.key, "licence": dataset.licence.url, **credit}


def in_pieces(whole: dict[str, Any], rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    """The whole as JSON with the rows in its last list."""
    yield as_text(whole)[: -len("]}")]
    between = "\n"
    for some in batched(rows, ROWS_A_PIECE):
        yield between + ",\n".join(map(as_text, some))
        between = ",\n"
    yield "\n]}\n"


def as_text(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))
