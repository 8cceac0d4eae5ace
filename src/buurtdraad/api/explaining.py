"""The API for people: what each collection has and answers, read from the same table that the API is made of."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from pydantic import TypeAdapter
from pydantic.alias_generators import to_camel

from buurtdraad.api.resources import RESOURCES
from buurtdraad.api.shape import MOST_ON_A_PAGE, Resource
from buurtdraad.api.ties import sides

ROOT = "/api/v1"


@dataclass(frozen=True)
class Collection:
    """One collection in words. `fields` and `questions` are rows of a table: name, type, meaning."""

    name: str
    title: str
    says: str
    example: str
    fields: list[tuple[Any, ...]]
    questions: list[tuple[Any, ...]]
    sorts: str
    terug: list[str]
    vooruit: list[str]
    drawn: bool


def root() -> str:
    return settings.SITE_URL + ROOT


def collections() -> list[Collection]:
    """Every collection, in the order of the API."""
    return [collection(one) for one in RESOURCES]


def collection(resource: Resource) -> Collection:
    ways: dict[str, list[str]] = {"terug": [], "vooruit": []}
    for _here, there, side, _tie in sides(resource.name):
        if there.name not in ways[side]:
            ways[side].append(there.name)
    return Collection(
        name=resource.name,
        title=resource.title,
        says=resource.says,
        example=f"{root()}/{resource.name}?aantal=3",
        fields=list(fields_of(resource)),
        questions=list(questions_of(resource)),
        sorts=", ".join(resource.sorts),
        drawn="geometry" in resource.schema.model_fields,
        **ways,
    )


def fields_of(resource: Resource) -> Iterator[tuple[Any, ...]]:
    """The fields of a collection as the document has them, those of a part with its name before them."""
    schema = resource.schema.model_json_schema(by_alias=True, mode="serialization")
    yield from described(schema["properties"], schema.get("$defs", {}))


def described(properties: Mapping[str, Any], parts: Mapping[str, Any], before: str = "") -> Iterator[tuple[Any, ...]]:
    for name, one in properties.items():
        kind, inner = kind_of(one, parts)
        said = one.get("description") or (inner or {}).get("description", "")
        yield f"{before}{name}", kind, in_dutch(said)
        if inner and not before:
            yield from described(inner["properties"], parts, f"{name}.")


def questions_of(resource: Resource) -> Iterator[tuple[Any, ...]]:
    """What can be asked of a collection alone."""
    for name, question in resource.filters.items():
        schema = TypeAdapter(question.kind).json_schema()
        kind = ", ".join(map(str, schema["enum"])) if "enum" in schema else kind_of(schema, {})[0]
        yield to_camel(name), kind, in_dutch(question.says)


def kind_of(one: Mapping[str, Any], parts: Mapping[str, Any]) -> tuple[str, Mapping[str, Any] | None]:
    """The type of a value in words, and the schema of what is in it."""
    choices = [choice for choice in one.get("anyOf", []) if choice.get("type") != "null"]
    if choices:
        kind, inner = kind_of(choices[0], parts)
        return _("%(kind)s, or empty") % {"kind": kind}, inner
    if "$ref" in one:
        name = one["$ref"].rpartition("/")[2]
        if name == "Word":
            return _("code and name"), None
        return _("object"), parts[name]
    if one.get("type") == "array":
        kind, inner = kind_of(one["items"], parts)
        return _("list of: %(kind)s") % {"kind": kind}, inner
    return plain(one), None


def plain(one: Mapping[str, Any]) -> str:
    kinds = {
        "date": _("day, such as 2026-05-31"),
        "date-time": _("moment, such as 2026-05-31T18:00:00Z"),
        "uuid": "UUID",
        "boolean": _("true or false"),
        "integer": _("whole number"),
        "number": _("number"),
        "object": "GeoJSON",
    }
    return kinds.get(one.get("format", one.get("type", "")), _("text"))


def in_dutch(says: str) -> SafeString:
    """A text of the document, which is in Dutch, on a page in any language."""
    return format_html('<span lang="nl" dir="ltr">{}</span>', says)


# --- examples -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Example:
    """Something that a developer wants to make, in three ways."""

    title: str
    says: str
    ways: list[tuple[Literal["curl", "Python", "JavaScript"], str]]


def examples(*, area: str, wish: str, budget: str) -> list[Example]:
    """Three examples, with an area, a wish and a budget that are there."""
    here = {"root": root(), "area": area, "wish": wish, "budget": budget, "most": MOST_ON_A_PAGE}
    return [
        Example(
            _("A map of the wishes of a neighbourhood"),
            _("Ask for GeoJSON. A map program or Leaflet can draw that at once."),
            written(MAP, here),
        ),
        Example(_("From a wish to the euro"), _("Follow the way forward until it ends."), written(FORWARD, here)),
        Example(
            _("And back: from a budget to the wishes"),
            _("Ask which decisions took money from it. Then follow the way back."),
            written(BACK, here),
        ),
    ]


def written(ways: Mapping[Any, str], here: Mapping[str, Any]) -> list[tuple[Any, str]]:
    return [(name, FILLED_IN.sub(lambda found: str(here[found[1]]), text).strip()) for name, text in ways.items()]


FILLED_IN = re.compile("<(root|area|wish|budget|most)>")
MAP = {
    "curl": 'curl "<root>/wensen?gebied=<area>&formaat=geojson&aantal=<most>" > wensen.geojson',
    "Python": """
import json
from urllib.request import urlopen

url = "<root>/wensen?gebied=<area>&formaat=geojson"
while url:
    bladzijde = json.load(urlopen(url))
    for wens in bladzijde["features"]:
        print(wens["geometry"], wens["properties"]["tekst"])
    url = bladzijde["next"]
""",
    "JavaScript": """
const antwoord = await fetch("<root>/wensen?gebied=<area>&formaat=geojson&aantal=<most>");
const tekst = (wens) => Object.assign(document.createElement("p"), { textContent: wens.feature.properties.tekst });
L.geoJSON(await antwoord.json()).bindPopup(tekst).addTo(kaart);
""",
}
FORWARD = {
    "curl": 'curl "<root>/wensen/<wish>"',
    "Python": """
import json
from urllib.request import urlopen

def vooruit(url, diep=0):
    for stap in json.load(urlopen(url))["draad"]["vooruit"]:
        print("  " * diep + stap["soort"], stap["titel"])
        vooruit(stap["url"], diep + 1)

vooruit("<root>/wensen/<wish>")
""",
    "JavaScript": """
async function vooruit(url, diep = 0) {
  const { draad } = await (await fetch(url)).json();
  for (const stap of draad.vooruit) {
    console.log("  ".repeat(diep) + stap.soort, stap.titel);
    await vooruit(stap.url, diep + 1);
  }
}
await vooruit("<root>/wensen/<wish>");
""",
}
BACK = {
    "curl": 'curl "<root>/besluiten?budget=<budget>"',
    "Python": """
import json
from urllib.request import urlopen

def terug(url, diep=1):
    for stap in json.load(urlopen(url))["draad"]["terug"]:
        print("  " * diep + stap["soort"], stap["titel"])
        terug(stap["url"], diep + 1)

for besluit in json.load(urlopen("<root>/besluiten?budget=<budget>"))["results"]:
    print(besluit["toegekend"], besluit["wat"])
    terug(besluit["url"])
""",
    "JavaScript": """
async function terug(url, diep = 1) {
  const { draad } = await (await fetch(url)).json();
  for (const stap of draad.terug) {
    console.log("  ".repeat(diep) + stap.soort, stap.titel);
    await terug(stap.url, diep + 1);
  }
}
const besluiten = await (await fetch("<root>/besluiten?budget=<budget>")).json();
for (const besluit of besluiten.results) {
  console.log(besluit.toegekend, besluit.wat);
  await terug(besluit.url);
}
""",
}
