"""A report as documents: facts for typst (PDF), and a Word file for the council's own system. Both from what a page shows."""

import datetime
import io
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

import segno
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtdraad.reports.models import Report
from buurtdraad.reports.queries.content import values_of
from buurtdraad.reports.queries.figures.rows import DUTCH, path_to
from buurtdraad.reports.queries.sentences import Piece, pieces
from buurtdraad.reports.showing import Table, annex, differences, names_in
from buurtdraad.reports.states import Part, ReportStage, SectionKind
from buurtdraad.ui import pdf

type Content = Mapping[str, Any]
BAR = 26  # points that a bar takes, with its name above it
WIDE = 460  # points
# What kind of file each ending is.
MADE_AS = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


def document_of(report: Report, content: Content, ending: str, to_figure: str) -> bytes:
    """The report as a file; its numbers lead to the address named `to_figure`. In Dutch, whatever the language of who reads."""

    def link(mark: str) -> str:
        return settings.SITE_URL + path_to(to_figure, report.slug, mark)

    with translation.override(DUTCH):
        path = path_to("reports:report", report.slug)
        if ending == "pdf":
            return pdf.render("reports/report.typ", pdf_facts(report, content, link, path))
        return word_file(report, content, link, path)


def told_chapters(content: Content, link: Callable[[str], str]) -> list[tuple[str, list[tuple[str, list[list[Piece]]]]]]:
    """Titles, parts and sentences in pieces; sections that say nothing are left out."""
    values = values_of(content)
    found = []
    for one in content["sections"]:
        parts: dict[str, list[list[Piece]]] = {}
        for line in one["sentences"]:
            parts.setdefault(line["part"], []).append(pieces(line["text"], values, link))
        if parts:
            found.append((one["title"], [(str(Part(part).label) if part else "", lines) for part, lines in parts.items()]))
    return found


def tables_of(content: Content) -> list[Table]:
    difference = differences(content)
    return [*annex(content), *([difference] if difference.rows else [])]


def lead_of(report: Report) -> str:
    days = {"from": date_format(report.from_on, "j F Y"), "until": date_format(report.until_on, "j F Y"), "year": report.geography}
    return _("About %(from)s up to and with %(until)s, with the neighbourhoods of %(year)s.") % days


def errata_of(report: Report) -> list[str]:
    return [f"{_('Correction of %(day)s') % {'day': date_format(one.at, 'j F Y')}}: {one.text}" for one in report.errata.all()]


def pdf_facts(report: Report, content: Content, link: Callable[[str], str], path: str) -> dict[str, Any]:
    """What `reports/report.typ` asks for. `path` is where the report stands on the site."""
    chart, chart_alt = chart_of(content)
    counted = datetime.date.fromisoformat(content["report"]["counted_on"])
    return {
        "title": content["report"]["title"],
        "city": content["report"]["city"],
        "language": "nl",
        "demo": settings.DEMO,
        "archived": [counted.year, counted.month, counted.day],
        "lead": lead_of(report),
        "draft": "" if report.stage == ReportStage.PUBLISHED else _("This is a draft."),
        "errata": errata_of(report),
        "join": _("Press a number, or point your telephone at this picture: you see what each number counts, and how it stands today."),
        "qr": drawn(settings.SITE_URL + path),
        "qr_alt": _("Picture of the address %(short)s") % {"short": host() + path},
        "short": host() + path,
        "chart": chart,
        "chart_alt": chart_alt,
        "chart_says": chart_alt,
        "chapters": [
            {"title": title, "parts": [{"label": label, "lines": [as_facts(line) for line in lines]} for label, lines in parts]}
            for title, parts in told_chapters(content, link)
        ],
        "tables": [{"title": one.title, "head": one.head, "rows": one.rows} for one in tables_of(content)],
        "hash_says": _("The hash (SHA-256) of the file with the whole report:") if report.digest else "",
        "digest": report.digest,
    }


def as_facts(line: Sequence[Piece]) -> list[dict[str, str]]:
    return [{"words": one.words, "url": one.url} for one in line]


def host() -> str:
    return settings.SITE_URL.partition("://")[2]


def drawn(url: str) -> str:
    """A code to point a telephone at, as SVG."""
    out = io.BytesIO()
    segno.make(url, error="m").save(out, kind="svg", scale=4, border=2, dark="#000", light="#fff")
    return out.getvalue().decode()


# --- the chart ----------------------------------------------------------------------------------------


def chart_of(content: Content) -> tuple[str, str]:
    """Bars of answers in time per area, in the order of the report, and the same in words. Empty where there is nothing to show."""
    values, names = values_of(content), names_in(content)
    rows = []
    for one in content["sections"]:
        marks = [f"{name}-{one['subject'].lower()}" for name in ("wensen-op-tijd", "wensen-aan-de-beurt")]
        if one["kind"] == SectionKind.AREA and all(mark in values and values[mark].value for mark in marks):
            in_time, due = (values[mark].value or Decimal(0) for mark in marks)
            rows.append((names.get(one["subject"], one["subject"]), int(in_time), int(due)))
    said = "; ".join(_("%(place)s: %(n)s of %(all)s") % {"place": name, "n": in_time, "all": due} for name, in_time, due in rows)
    return (bars(rows), _("Wishes that got an answer in time. %(each)s.") % {"each": said}) if rows else ("", "")


def bars(rows: Sequence[tuple[str, int, int]]) -> str:
    drawn_rows = []
    for place, (name, in_time, due) in enumerate(rows):
        top = place * BAR
        drawn_rows.append(
            f'<text x="0" y="{top + 10}" font-family="Source Sans 3" font-size="10">{escape(name)}: {in_time} / {due}</text>'
            f'<rect x="0" y="{top + 13}" width="{WIDE}" height="8" fill="#d9e2e6"/>'
            f'<rect x="0" y="{top + 13}" width="{WIDE * in_time / due:.1f}" height="8" fill="#084a5d"/>'
        )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {BAR * len(rows)}">{"".join(drawn_rows)}</svg>'


# --- the Word file ------------------------------------------------------------------------------------


def word_file(report: Report, content: Content, link: Callable[[str], str], path: str) -> bytes:
    """The report as a Word document with headings, links at numbers and tables with a head."""
    from docx import Document  # noqa: PLC0415 (10 MB that no other page needs)

    paper = Document()
    paper.core_properties.title = content["report"]["title"]
    paper.core_properties.author = content["report"]["city"]
    paper.core_properties.language = "nl-NL"
    paper.add_heading(content["report"]["title"], level=0)
    paper.add_paragraph(lead_of(report))
    if report.stage != ReportStage.PUBLISHED:
        paper.add_paragraph(_("This is a draft."))
    for line in errata_of(report):
        paper.add_paragraph(line)
    add_pieces(paper.add_paragraph(), [Piece(_("On the site: ")), Piece(host() + path, url=settings.SITE_URL + path)])
    for title, parts in told_chapters(content, link):
        paper.add_heading(title, level=1)
        for label, lines in parts:
            if label:
                paper.add_heading(label, level=2)
            for said in lines:
                add_pieces(paper.add_paragraph(), said)
    for one in tables_of(content):
        paper.add_heading(one.title, level=1)
        add_table(paper, one)
    if report.digest:
        paper.add_paragraph(_("The hash (SHA-256) of the file with the whole report:"))
        paper.add_paragraph(report.digest)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def add_pieces(paragraph: Any, line: Sequence[Piece]) -> None:
    """Words, and links where there is an address: the library has no call for a link, so its two elements are made here."""
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    for one in line:
        run = paragraph.add_run(clean(one.words))
        if one.url:
            linked = OxmlElement("w:hyperlink")
            linked.set(qn("r:id"), paragraph.part.relate_to(one.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            run.font.underline = True
            linked.append(run._element)
            paragraph._element.append(linked)


def add_table(paper: Any, one: Table) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415

    made = paper.add_table(rows=1, cols=len(one.head), style="Table Grid")
    for cell, name in zip(made.rows[0].cells, one.head, strict=True):
        cell.text = clean(name)
    # The head stands again on each page, and a reader hears that it is one.
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in one.rows:
        for cell, words in zip(made.add_row().cells, row, strict=True):
            cell.text = clean(words)


def clean(text: str) -> str:
    """Without the signs that XML cannot hold."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n")
