"""How other platforms name their columns, as data: one table, read from their own exporters.

- Decidim: `decidim-proposals/lib/decidim/proposals/proposal_serializer.rb` (0.27 to 0.31); its CSV parts levels by `/`.
- CONSUL: `app/models/{proposal,debate}/exporter.rb` (CSV in the language of the site, JSON), and the older open data CSV.
- OpenStad: `apps/admin-server/src/lib/keyMap.ts` (CSV and XLSX in Dutch), and the JSON of its API.
- Go Vocal (CitizenLab): `generate_ideas_xlsx`, and `input_sheet_generator.rb`, whose headings are in the language of the site.

Names and e-mail addresses of who wrote are not taken along: they gave those to somebody else.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtdraad.agendas.wishes.rules import MOST_LETTERS
from buurtdraad.lib.tables.reading import Column, folded

# Longer cells of another platform are read, and refused later with our own sentence.
LONG = 50_000


def either(key: str, *headings: str, most: int = 500, lines: bool = False) -> tuple[Column, ...]:
    """Columns of which the first that says something counts: `title/nl` before `title/en`."""
    return tuple(Column(f"{key}:{place}", (heading,), most=most, lines=lines) for place, heading in enumerate(headings))


@dataclass(frozen=True)
class Platform:
    """An export is of the first platform of which it has all the headings of one of the sets in `known_by`."""

    key: str
    name: str | Promise
    known_by: tuple[tuple[str, ...], ...]
    columns: tuple[Column, ...]
    markup: bool = True  # its texts hold HTML


def texts(*headings: str) -> tuple[Column, ...]:
    return either("text", *headings, most=LONG, lines=True)


OWN = Platform(
    "own",
    _("a table of your own"),
    (),
    (
        Column(
            "text:0",
            ("wens", "tekst", "text", "wish", "omschrijving"),
            _("What somebody wants, or what bothers them."),
            True,
            MOST_LETTERS,
            True,
        ),
        Column("area:0", ("buurt", "wijk", "gebied", "area", "neighbourhood", "buurtcode"), _("Name or code of the neighbourhood.")),
        Column("topic:0", ("thema", "onderwerp", "theme", "topic"), _("Such as green, traffic or safe.")),
        Column("kind:0", ("soort", "kind"), _("Wish or problem.")),
        Column("given:0", ("datum", "date"), _("When it was said: 31-12-2026.")),
        Column("name:0", ("naam", "name"), _("Who said it, if they want to hear what becomes of it."), most=150),
        Column("phone:0", ("telefoon", "phone", "telefoonnummer"), _("Only who may be called with the answer."), most=30),
        Column("id:0", ("nummer", "id", "number"), _("Your own number, if there is one."), most=100),
        Column("latitude:0", ("lat", "latitude", "breedtegraad"), _("Where it is, in degrees.")),
        Column("longitude:0", ("lon", "lng", "longitude", "lengtegraad"), _("Where it is, in degrees.")),
    ),
    markup=False,
)

DECIDIM = Platform(
    "decidim",
    "Decidim",
    (("participatory_space/id", "component/id"), ("reference", "body/nl"), ("reference", "body/en")),
    (
        *either("id", "id"), *either("url", "url"),
        *either("title", "title/nl", "title/en", "title"), *texts("body/nl", "body/en", "body"),
        *either("area", "scope/name/nl", "scope/name/en", "scope/name"),
        *either("topic", "category/name/nl", "category/name/en", "category/name"),
        *either("latitude", "latitude"), *either("longitude", "longitude"), *either("given", "published_at", "created_at"),
        *either("gone", "withdrawn", "withdrawn_at", "is_amend"), *either("state", "state"),
    ),
)  # fmt: skip

OPENSTAD = Platform(
    "openstad",
    "OpenStad",
    (("Inzending ID",), ("projectId", "title", "description"), ("siteId", "title", "description")),
    (
        *either("id", "Inzending ID", "id"), *either("project", "Project ID", "projectId", "siteId"),
        *either("title", "Titel", "title"), *texts("Beschrijving", "description", "Samenvatting", "summary"),
        *either("area", "tags.place", "tags.area", "tags.buurt", "tags.wijk", "extraData/area", "extraData/buurt", "extraData/wijk"),
        *either("topic", "tags.theme", "tags.thema", "extraData/theme", "extraData/thema"),
        *either("latitude", "Locatie (lat)", "location/lat", "location/latitude", "position/lat", "location/coordinates/0"),
        *either("longitude", "Locatie (lng)", "location/lng", "location/longitude", "position/lng", "location/coordinates/1"),
        *either("given", "Datum aangemaakt (leesbaar)", "createdAt", "startDate"),
        *either("gone", "Verwijderd op", "deletedAt", "Waarschijnlijk spam", "isSpam"),
    ),
)  # fmt: skip

GO_VOCAL = Platform(
    "govocal",
    "Go Vocal",
    (("author_email", "publication_status"), ("author_name", "publication_status"),
        ("Author ID", "Project"), ("Auteur-ID", "Project"), ("Input ID",)),
    (
        *either("id", "Input ID", "id"), *either("url", "url", "Link"),
        *either("title", "title", "Titel"), *texts("body", "description", "Beschrijving", "Omschrijving"),
        *either("area", "areas", "Area", "Gebieden", "Gebied"), *either("topic", "topics", "Tags", "Themes", "Onderwerpen"),
        *either("latitude", "latitude", "Breedtegraad"), *either("longitude", "longitude", "Lengtegraad"),
        *either("given", "published_at", "created_at", "Submitted at", "Gepubliceerd op", "Ingediend op"),
        *either("draft", "publication_status"),
    ),
)  # fmt: skip

CONSUL = Platform(
    "consul",
    "CONSUL",
    (
        ("id", "title", "summary"), ("id", "titel", "samenvatting"), ("id", "title", "author"), ("id", "titel", "auteur"),
        ("id", "title", "cached_votes_up"), ("id", "título", "resumen"), ("id", "título", "autor"),
    ),
    (
        *either("id", "id"),
        *either("title", "title", "titel", "título"), *texts("summary", "samenvatting", "resumen", "description"),
        *either("area", "geozone", "geozone_name"), *either("given", "created_at", "Aangemaakt op", "Created", "Fecha de creación"),
        *either("gone", "retired_at"),
    ),
)  # fmt: skip

PLATFORMS = (DECIDIM, OPENSTAD, GO_VOCAL, CONSUL)


def platform_of(headings: set[str]) -> Platform:
    """Whose export has these headings (`folded`); a table of our own kind when it is nobody's, or when it has a column for the wish."""
    if {folded("wens"), folded("wish")} & headings:
        return OWN
    for platform in PLATFORMS:
        if any(all(folded(heading) in headings for heading in known) for known in platform.known_by):
            return platform
    return OWN


# What a topic is called elsewhere, by the beginning of a word.
TOPICS = {
    "green": ("groen", "green", "park", "natuur", "nature", "bomen", "speel", "play"),
    "traffic": ("verkeer", "parke", "traffic", "mobil", "fiets", "straat", "bereikbaar"),
    "clean": ("afval", "schoon", "zwerf", "waste", "clean", "netheid"),
    "safe": ("veilig", "safe", "criminal"),
    "nuisance": ("overlast", "geluid", "noise", "nuisance", "trouble"),
    "together": ("ontmoet", "samen", "together", "cultu", "sport", "buurthuis", "inclus", "community"),
    "youth": ("jong", "jeugd", "youth", "young", "onderwijs", "kind", "school"),
    "homes": ("wonen", "woning", "hous", "home"),
    "money": ("geld", "werk", "econom", "money", "armoede", "schuld"),
    "health": ("zorg", "gezond", "health", "welzijn"),
}
