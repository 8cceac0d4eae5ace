"""Regelingen: the funds, with the rules that hold today."""

import datetime
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from ninja import Field

from buurtdraad.api.resources.euros import Euros
from buurtdraad.api.shape import Fields, Filter, Item, Resource, Word, page_for_people, same, word
from buurtdraad.fund.models import Scheme, SchemeRules
from buurtdraad.fund.queries import rulebook
from buurtdraad.fund.states import Accounting, Activity, ClockStart, CostKind, DocumentKind


class RuleFields(Fields):
    """Een regel in gewone woorden."""

    zin: str
    artikel: str = Field(description="Waar dat staat, zoals `Awb 4:13`; leeg als het alleen in de regeling staat.")


class BandFields(Fields):
    """Wat bij een bedrag hoort: hoe iemand laat zien wat er gedaan is, en wat er mee moet."""

    tot_en_met: Euros
    verantwoording: Word
    weken_om_te_laten_zien: int
    voorschot_procent: int
    stukken: list[Word]
    bron: str


class CapFields(Fields):
    """Het meeste dat het fonds betaalt voor een soort plan."""

    soort: Word
    hoogstens: Euros
    per_persoon: bool


class NotPaidFields(Fields):
    """Kosten die het fonds niet betaalt."""

    soort: Word
    waarom: str
    bron: str


class VersionFields(Fields):
    """Regels van een regeling in een tijd."""

    vanaf: datetime.date
    tot_en_met: datetime.date | None
    pagina: str


class SchemeFields(Item):
    """Een regeling (fonds) met de regels die vandaag gelden; gelden er geen, dan de laatste."""

    pagina: str | None = Field(description="Adres van de pagina voor mensen.")
    sleutel: str = Field(examples=["initiatievenfonds"])
    naam: str
    gemeente: str
    hier_aan_te_vragen: bool = Field(description="Of mensen hier geld kunnen vragen. De andere staan er om te vergelijken.")
    waarvoor: str
    geldt: bool = Field(description="Of deze regels vandaag gelden.")
    vanaf: datetime.date
    tot_en_met: datetime.date | None = Field(description="De laatste dag; leeg: tot nader bericht.")
    hoogste_bedrag: Euros = Field(description="Het meeste voor een aanvraag, in euro.")
    laagste_bedrag: Euros
    hoogste_per_jaar: Euros | None
    klein_plan_tot: Euros | None = Field(description="Tot dit bedrag gaat een klein plan de korte weg.")
    weken_om_te_beslissen: int
    weken_langer: int = Field(description="Hoeveel weken het een keer langer mag duren; 0: niet.")
    telt_vanaf: Word = Field(description="Vanaf welke dag de tijd loopt.")
    dagen_om_aan_te_vullen: int
    wie_beslist: str
    rondes: bool = Field(description="Of al het geld in rondes gaat.")
    rondes_boven: Euros | None
    regels: list[RuleFields]
    bedragen: list[BandFields]
    per_soort: list[CapFields]
    niet_betaald: list[NotPaidFields]
    bron: str
    bron_url: str
    aanname: str = Field(description="Wat wij aannemen, omdat geen bron het zegt.")
    versies: list[VersionFields] = Field(description="Alle regels met hun dagen, de nieuwste eerst.")


def rows() -> QuerySet:
    return Scheme.objects.filter(pk__in=SchemeRules.objects.values("scheme"))


def prepare(schemes: list[Scheme]) -> None:
    """Each with its `rulebook`, the newest version first, and the one that is `told`: of today, else the newest."""
    today = timezone.localdate()
    found: dict[int, list[SchemeRules]] = {scheme.pk: [] for scheme in schemes}
    for each in SchemeRules.objects.filter(scheme__in=schemes).select_related("scheme").order_by("-from_on"):
        found[each.scheme_id].append(each)
    for scheme in schemes:
        scheme.rulebook = found[scheme.pk]  # type: ignore[attr-defined]
        holding = (each for each in scheme.rulebook if holds(each, today))  # type: ignore[attr-defined]
        scheme.told = next(holding, scheme.rulebook[0])  # type: ignore[attr-defined]
    prefetch_related_objects([scheme.told for scheme in schemes], "bands", "caps", "not_paid")  # type: ignore[attr-defined]


def holds(version: SchemeRules, day: datetime.date) -> bool:
    return version.from_on <= day and (version.until_on is None or day <= version.until_on)


def show(scheme: Any) -> Mapping[str, Any]:
    told: SchemeRules = scheme.told
    return {
        "pagina": page_for_people(reverse("fund:rules_scheme", args=[scheme.slug])),
        "sleutel": scheme.slug,
        "naam": scheme.name,
        "gemeente": scheme.municipality,
        "hier_aan_te_vragen": scheme.ours,
        "waarvoor": scheme.about,
        "geldt": holds(told, timezone.localdate()),
        "vanaf": told.from_on,
        "tot_en_met": told.until_on,
        "hoogste_bedrag": told.most,
        "laagste_bedrag": told.least,
        "hoogste_per_jaar": told.most_a_year,
        "klein_plan_tot": told.small_up_to if told.small_on else None,
        "weken_om_te_beslissen": told.weeks,
        "weken_langer": told.extension_weeks,
        "telt_vanaf": word(ClockStart, told.clock_start),
        "dagen_om_aan_te_vullen": told.answer_days,
        "wie_beslist": told.decides,
        "rondes": told.all_in_rounds,
        "rondes_boven": told.rounds_above,
        "regels": rules_of(told),
        "bedragen": [band_of(each) for each in told.bands.all()],
        "per_soort": [
            {"soort": word(Activity, each.activity), "hoogstens": each.most, "per_persoon": each.a_person} for each in told.caps.all()
        ],
        "niet_betaald": [
            {"soort": word(CostKind, each.kind), "waarom": each.reason, "bron": each.source} for each in told.not_paid.all()
        ],
        "bron": told.source,
        "bron_url": told.source_url,
        "aanname": told.note,
        "versies": versions_of(scheme.slug, scheme.rulebook),
    }  # fmt: skip


def rules_of(told: SchemeRules) -> list[dict[str, str]]:
    """The rules as they stand on the page of the scheme."""
    said = chain(rulebook.amounts(told), rulebook.asking(told), rulebook.deciding(told))
    return [{"zin": str(each.words), "artikel": each.article} for each in said]


def band_of(band: Any) -> dict[str, Any]:
    return {
        "tot_en_met": band.up_to,
        "verantwoording": word(Accounting, band.accounting),
        "weken_om_te_laten_zien": band.report_weeks,
        "voorschot_procent": band.advance_percent,
        "stukken": [word(DocumentKind, kind) for kind in band.documents],
        "bron": band.source,
    }


def versions_of(slug: str, versions: Iterable[SchemeRules]) -> list[dict[str, Any]]:
    return [
        {
            "vanaf": each.from_on,
            "tot_en_met": each.until_on,
            "pagina": page_for_people(reverse("fund:rules_version", args=[slug, each.from_on.isoformat()])),
        }
        for each in versions
    ]


SCHEMES = Resource(
    name="regelingen",
    title="Regelingen",
    says="De fondsen waarvan plannen geld krijgen, met de regels die vandaag gelden en waar die staan.",
    schema=SchemeFields,
    rows=rows,
    show=show,
    prepare=prepare,
    key="slug",
    example="initiatievenfonds",
    filters={"hier_aan_te_vragen": Filter(bool, "Alleen waar mensen hier geld kunnen vragen, of juist de andere.", same("ours"), True)},
    sorts={"naam": "name", "gemeente": "municipality"},
    order="naam",
)
