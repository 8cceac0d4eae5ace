"""Voortgangsrapporten: what was published to the council, from the text as it was frozen."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from ninja import Field

from buurtdraad.api.resources.asking import since, until
from buurtdraad.api.shape import Fields, Resource, Threaded, page_for_people
from buurtdraad.reports.models import Report
from buurtdraad.reports.queries.content import values_of
from buurtdraad.reports.queries.frozen import told
from buurtdraad.reports.queries.sentences import Number, in_words, marks_in
from buurtdraad.reports.states import ReportStage


class SaidFields(Fields):
    """Een zin van het rapport, met welke cijfers erin staan."""

    deel: str = Field(description="`intended`, `done`, `seen` of `learned` bij een ambitie; anders leeg.")
    tekst: str
    cijfers: list[str] = Field(description="Kenmerken van de cijfers in deze zin.")


class ChapterFields(Fields):
    """Een deel van het rapport."""

    soort: str
    onderwerp: str = Field(description="Code van de ambitie of het gebied; leeg bij de andere delen.")
    titel: str
    zinnen: list[SaidFields]


class FrozenFields(Fields):
    """Een cijfer zoals het in het rapport staat, met wat het telt."""

    kenmerk: str
    waarde: float | None
    telt: str = Field(description="Naam van de telling.")
    titel: str
    uitleg: str = Field(description="Wat er geteld is.")
    eenheid: str
    bron: str
    grenzen: str = Field(description="Wat dit cijfer niet zegt.")
    pagina: str
    rijen: str = Field(description="Adres van de lijst erachter (CSV): elk ding dat meetelt, met zijn pagina als die op de site staat.")


class ErratumFields(Fields):
    """Een verbetering na het uitkomen. De tekst zelf blijft zoals hij was."""

    op: datetime.date
    tekst: str


class ReportFields(Threaded):
    """Een rapport aan de raad, zoals het uitkwam."""

    sleutel: str = Field(examples=["2026-2"])
    titel: str
    vanaf: datetime.date
    tot_en_met: datetime.date
    vorig: str | None = Field(description="Adres in deze API van het rapport ervoor, waarmee het vergelijkt.")
    gebiedsindeling: int = Field(description="Van welk jaar de gebieden zijn.")
    uitgekomen_op: datetime.date
    sha256: str = Field(description="Van het bestand JSON, byte voor byte.")
    delen: list[ChapterFields]
    cijfers: list[FrozenFields]
    verbeteringen: list[ErratumFields]
    pdf: str
    docx: str
    json_bestand: str
    codeboek: str


def rows() -> QuerySet:
    light = Report.objects.published().light().defer("before__lists", "before__frozen")
    return light.select_related("text", "before").prefetch_related("errata")


def show(report: Report) -> Mapping[str, Any]:
    content = told(report)
    return {
        "pagina": page_of(report, "report"),
        "sleutel": report.slug,
        "titel": report.title,
        "vanaf": report.from_on,
        "tot_en_met": report.until_on,
        "vorig": REPORTS.url_of(report.before.slug) if report.before and report.before.stage == ReportStage.PUBLISHED else None,
        "gebiedsindeling": report.geography,
        "uitgekomen_op": day_of(report.published_at),
        "sha256": report.digest,
        "delen": chapters_of(content),
        "cijfers": [figure_of(report, content, mark) for mark in content["figures"]],
        "verbeteringen": [{"op": day_of(one.at), "tekst": one.text} for one in report.errata.all()],
        "pdf": page_of(report, "report_pdf"),
        "docx": page_of(report, "report_docx"),
        "json_bestand": page_of(report, "report_json"),
        "codeboek": page_of(report, "report_codebook"),
    }


def page_of(report: Report, name: str, *more: str) -> str:
    return page_for_people(reverse(f"reports:{name}", args=[report.slug, *more]))


def day_of(at: datetime.datetime | None) -> datetime.date | None:
    return timezone.localdate(at) if at else None


def chapters_of(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The sections that say something, with their numbers written in."""
    values = values_of(content)
    return [
        {
            "soort": one["kind"],
            "onderwerp": one["subject"],
            "titel": one["title"],
            "zinnen": [sentence_of(line, values) for line in one["sentences"]],
        }
        for one in content["sections"]
        if one["sentences"]
    ]


def sentence_of(line: Mapping[str, str], values: Mapping[str, Number]) -> dict[str, Any]:
    marks = [mark for mark in marks_in(line["text"]) if mark in values]
    return {"deel": line["part"], "tekst": in_words(line["text"], values), "cijfers": marks}


def figure_of(report: Report, content: Mapping[str, Any], mark: str) -> dict[str, Any]:
    figure = content["figures"][mark]
    counted = content["definitions"][figure["counts"]]
    return {
        "kenmerk": mark,
        "waarde": None if figure["value"] is None else float(Decimal(figure["value"])),
        "telt": figure["counts"],
        "titel": counted["title"],
        "uitleg": counted["counts"],
        "eenheid": counted["unit"],
        "bron": counted["source"],
        "grenzen": counted["limits"],
        "pagina": page_of(report, "figure", mark),
        "rijen": page_of(report, "figure_csv", mark),
    }


REPORTS = Resource(
    name="voortgangsrapporten",
    title="Voortgangsrapporten",
    says="Rapporten aan de raad zoals ze uitkwamen: elke zin, en elk cijfer met wat het telt.",
    schema=ReportFields,
    rows=rows,
    show=show,
    key="slug",
    example="2026-1",
    filters={"vanaf": since("until_on", "Gaat over de tijd"), "tot": until("from_on", "Gaat over de tijd")},
    sorts={"totEnMet": "until_on", "uitgekomenOp": "published_at"},
    order="-totEnMet",
)
