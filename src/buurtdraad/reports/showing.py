"""A report as a template shows it: sentences with their numbers as links, the list behind a number, and the tables of the annex."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from buurtdraad.reports.queries.content import values_of
from buurtdraad.reports.queries.figures import Row
from buurtdraad.reports.queries.figures.rows import from_kept
from buurtdraad.reports.queries.frozen import annex_of
from buurtdraad.reports.queries.sentences import Values, pieces
from buurtdraad.reports.queries.words import BY_NAME
from buurtdraad.reports.states import Part, SectionKind
from buurtdraad.ui.euros import euros
from buurtdraad.ui.numbers import as_text

type Link = Callable[[str], str]
type Content = Mapping[str, Any]


@dataclass(frozen=True)
class Chapter:
    """A section with its sentences under a heading for each part; an ambition has four of those, another section one without words."""

    kind: str
    title: str
    anchor: str
    parts: list[tuple[str, list[SafeString]]]
    subject: str = ""


@dataclass(frozen=True)
class Table:
    """A table of the annex: the first cell of a row is its name (a text, or a pair of text and address)."""

    title: str
    head: list[str]
    rows: list[list[Any]] = field(default_factory=list)
    number: int = 0  # of which these are the first; nought: these are all


def sentence(text: str, values: Values, link: Link) -> SafeString:
    """A sentence of which each number leads to what it counts."""
    found = pieces(text, values, link)
    return format_html_join("", "{}", ((linked(one.words, one.url) if one.url else one.words,) for one in found))


def linked(words: str, url: str) -> SafeString:
    return format_html('<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>', url, words)


def chapters(content: Content, link: Link) -> list[Chapter]:
    """All sections that say something, in order."""
    values = values_of(content)
    found = [chapter(number, one, values, link) for number, one in enumerate(content["sections"], start=1)]
    return [one for one in found if one.parts or one.kind == SectionKind.ANNEX]


def chapter(number: int, one: Mapping[str, Any], values: Values, link: Link) -> Chapter:
    parts: dict[str, list[SafeString]] = {}
    for line in one["sentences"]:
        parts.setdefault(line["part"], []).append(sentence(line["text"], values, link))
    named = [(str(Part(part).label) if part else "", lines) for part, lines in parts.items()]
    return Chapter(one["kind"], one["title"], anchor_of(number), named, one["subject"])


def anchor_of(number: int) -> str:
    """Where the chapter with this number stands on the page of its report."""
    return f"deel-{number}"


# --- a number -----------------------------------------------------------------------------------------


def title_of(content: Content, mark: str) -> str:
    """What a number is called, with where it was counted."""
    figure = content["figures"][mark]
    told = narrowed(content, figure["narrowed"])
    title = content["definitions"][figure["counts"]]["title"]
    return f"{title}: {told}" if told else title


def narrowed(content: Content, parameters: Mapping[str, str]) -> str:
    """The area, ambition or group of a number, in words."""
    said = dict(parameters)
    area = said.get("area")
    if area:
        said["area"] = content["areas"].get(area, {}).get("name", area)
    if (measure := BY_NAME.get(said.get("group", ""))) is not None:
        said["group"] = str(measure.title)
    if ambition := said.get("ambition"):
        named = (one["title"] for one in content["sections"] if one["kind"] == SectionKind.AMBITION and one["subject"] == ambition)
        said["ambition"] = next(named, ambition)
    return ", ".join(value for value in said.values() if value)


def row_table(rows: Iterable[Row], names: Mapping[str, str]) -> Table:
    """The list as a table, with the columns that say something. A reference leads to its page."""
    rows = list(rows)
    cells = [row_cells(row, names) for row in rows]
    heads = [_("What"), _("Where"), _("Group"), _("Day"), _("Amount"), _("Remark")]
    kept = [place for place in range(len(heads)) if any(row[place] for row in cells)]
    lines = [[(row.reference, row.path), *(line[place] for place in kept)] for row, line in zip(rows, cells, strict=True)]
    return Table("", [_("Reference"), *(heads[place] for place in kept)], lines)


def row_cells(row: Row, names: Mapping[str, str]) -> list[str]:
    where = ", ".join(names.get(code, code) for code in row.codes)
    amount = "" if row.amount is None else as_text(row.amount, 0 if row.amount == row.amount.to_integral_value() else 2)
    return [row.title or row.words, where, row.group, date_format(row.on, "j F Y") if row.on else "", amount, row.note]


def names_in(content: Content) -> dict[str, str]:
    return {code: one["name"] for code, one in content["areas"].items()}


# --- the annex ----------------------------------------------------------------------------------------

OF_AREAS = ("wensen", "wensen-op-tijd", "wensen-te-laat", "onderwerpen", "afspraken", "afspraken-klaar", "initiatieven", "geld-beloofd")
OF_MONEY = ("gepland", "vastgelegd", "uitgegeven")


def annex(content: Content) -> list[Table]:
    """The tables of the annex: a row for each area, money for each source, checks for each department, what waits and why."""
    of_lists = content.get("annex") or annex_of(content)
    found = (areas_table(content), money_table(of_lists), checks_table(of_lists), waiting_table(of_lists, names_in(content)))
    return [one for one in found if one.rows]


def areas_table(content: Content) -> Table:
    values, names = values_of(content), names_in(content)
    head = [content["definitions"][name]["title"] for name in OF_AREAS if name in content["definitions"]]
    codes = [one["subject"] for one in content["sections"] if one["kind"] == SectionKind.AREA]
    rows = [[names.get(code, code), *(cell(values, f"{name}-{code.lower()}") for name in OF_AREAS)] for code in codes]
    return Table(_("Areas"), [_("Area"), *head], rows)


def cell(values: Values, mark: str) -> str:
    return values[mark].words if mark in values else "-"


def money_table(of_lists: Content) -> Table:
    sums = sorted(of_lists["money"].items())
    rows = [[source, *(euros(Decimal(found.get(tag, 0))) for tag in OF_MONEY)] for source, found in sums]
    return Table(_("Money of projects by source"), [_("Source"), _("Planned"), _("Committed"), _("Spent")], rows)


def checks_table(of_lists: Content) -> Table:
    rows = [[name, str(number)] for name, number in sorted(of_lists["checks"].items())]
    return Table(_("Proposals with a Buurtcheck"), [_("Department"), _("Number")], rows)


def waiting_table(of_lists: Content, names: Mapping[str, str]) -> Table:
    rows = [
        [row.words, ", ".join(names.get(code, code) for code in row.codes), date_format(row.on, "j F Y") if row.on else "", row.note]
        for row in map(from_kept, of_lists["slower"])
    ]
    number = of_lists["number_slower"] if of_lists["number_slower"] > len(rows) else 0
    return Table(_("All that goes slower, in a table"), [_("What"), _("Where"), _("Day"), _("Why")], rows, number)


# --- against the report before ------------------------------------------------------------------------


def differences(content: Content) -> Table:
    """The numbers of the whole city that the report before has too: then and now."""
    earlier = content["before"].get("values", {})
    values = values_of(content)
    rows = []
    for mark, now in values.items():
        if mark in earlier and not content["figures"][mark]["narrowed"]:
            then = None if earlier[mark] is None else Decimal(earlier[mark])
            if then != now.value:
                rows.append([title_of(content, mark), now._replace(value=then).words, now.words])
    return Table(_("The numbers of then and now"), [_("Number"), _("Then"), _("Now")], rows)
