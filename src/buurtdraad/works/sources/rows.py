"""A file of works as rows: a table (CSV, Excel, pasted) or features with a shape (GeoJSON)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from buurtdraad.lib.tables import spreadsheet
from buurtdraad.lib.tables.reading import MOST_BYTES, MOST_ROWS, SEPARATORS, Line, TableRefused, cleaned, decoded, folded, read, too_long
from buurtdraad.works.sources import shapes
from buurtdraad.works.sources.columns import Headings, columns_for, headings_in, mapping_of

ZIP, MOST_FEATURES, LARGEST = b"PK\x03\x04", 50_000, 200_000_000
BARE = ("wat", "waar", "wie", "tot wanneer")


@dataclass(frozen=True)
class Row:
    """One row of a file. `shape` is WKB in WGS84; a `problem` is of the shape."""

    line: Line
    shape: bytes = b""
    problem: str = ""


@dataclass(frozen=True)
class Rows:
    """The rows of a file, and the headings of it that nothing stands for."""

    rows: list[Row]
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True)
class File:
    """What somebody brought: as text (CSV), or the features of a GeoJSON. `headings` are those that it has."""

    text: bytes = b""
    features: Sequence[dict] = ()
    rd: bool = False
    headings: tuple[str, ...] = ()
    # Rows without headings above them: What? Where? Who? Until when?
    bare: bool = False


def opened(content: bytes) -> File:
    """What is in a file, by its content. Raises `TableRefused`."""
    if content.startswith(ZIP):
        content = spreadsheet.as_csv(content)
    elif content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return features_of(content)
    return File(content, headings=tuple(headings_in(decoded(content))))


def features_of(content: bytes) -> File:
    """Of a GeoJSON FeatureCollection; in RD (EPSG:28992) when it says so."""
    try:
        found = json.loads(content.decode("utf-8-sig"))
        features = [one for one in found["features"] if isinstance(one["properties"], dict)]
        crs = json.dumps(found.get("crs") or "")
    except (ValueError, RecursionError, KeyError, TypeError):
        raise TableRefused(_("We cannot read this file. Is it whole, and is it GeoJSON?")) from None
    if not features:
        raise TableRefused(_("There is nothing in this file."))
    if len(features) > MOST_FEATURES:
        raise TableRefused(_("There are more than %(most)s rows in this file. Cut it in pieces.") % {"most": MOST_FEATURES})
    headings = dict.fromkeys(str(name) for one in features for name in one["properties"])
    return File(features=features, rd="28992" in crs, headings=tuple(headings))


def pasted(content: bytes) -> File:
    """What somebody pasted; rows without headings are the four fields in their order. Raises `TableRefused`."""
    file = opened(content)
    if file.features or mapping_of(file.headings, {}):
        return file
    text = decoded(file.text)
    sign = next((one for one in SEPARATORS if one in text), "\t")
    head = sign.join(BARE)
    return File(f"{head}\n{text}".encode(), headings=BARE, bare=True)


def rows_of(file: File, mapping: Headings, *, large: bool = False, with_shapes: bool = False) -> Rows:
    """The rows of a file by a mapping. Shapes are read `with_shapes` only: that is work for a command. Raises `TableRefused`."""
    if file.features:
        return of_features(file, mapping, with_shapes=with_shapes)
    most_rows, most_bytes = (MOST_FEATURES, LARGEST) if large else (MOST_ROWS, MOST_BYTES)
    table = read(file.text, columns_for(mapping), most_rows=most_rows, most_bytes=most_bytes)
    lines = [replace(line, number=line.number - 1) for line in table.lines] if file.bare else table.lines
    if not with_shapes:
        return Rows([Row(line, problem=no_shapes(line)) for line in lines], table.ignored)
    read_shapes = shapes.of_texts([line.text("shape") for line in lines])
    return Rows([Row(line, *one) for line, one in zip(lines, read_shapes, strict=True)], table.ignored)


def no_shapes(line: Line) -> str:
    return _("Lines and areas on the map are taken in by your administrator.") if line.text("shape") else ""


def of_features(file: File, mapping: Headings, *, with_shapes: bool) -> Rows:
    if not with_shapes:
        raise TableRefused(_("Lines and areas on the map are taken in by your administrator."))
    columns = columns_for(mapping)
    known = {folded(heading): column for column in columns for heading in column.headings}
    places = {name: known[folded(name)] for name in file.headings if folded(name) in known}
    lines = []
    for number, feature in enumerate(file.features, start=1):
        said = {places[name].key: (value, places[name]) for name, value in feature["properties"].items() if name in places}
        cells = {key: cleaned(as_text(value), column) for key, (value, column) in said.items()}
        long = {key: column for key, (_value, column) in said.items() if len(cells[key]) > column.most}
        if not cells.get("external") and feature.get("id") not in {None, ""}:
            cells["external"] = str(feature["id"])[:80]
        lines.append(Line(number, cells, {key: too_long(column) for key, column in long.items()}))
    read_shapes = shapes.of_geojson([feature.get("geometry") for feature in file.features], rd=file.rd)
    ignored = tuple(name for name in file.headings if name not in places)
    return Rows([Row(line, *one) for line, one in zip(lines, read_shapes, strict=True)], ignored)


def as_text(value: object) -> str:
    """A property as a cell: a whole number without a point, nothing as an empty cell."""
    if value is None or isinstance(value, dict | list):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
