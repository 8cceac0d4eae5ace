"""Partners: organisations that the city works with. No people, no ways to reach anybody."""

import datetime
from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from ninja import Field

from buurtdraad.api.resources.asking import Code, codes_of
from buurtdraad.api.shape import Filter, Resource, Threaded, Word, same, word
from buurtdraad.partners.models import Kind, Organisation
from buurtdraad.partners.queries.organisations import WHOLE, WITH_AREAS, WITH_DOUBLES, areas_of, challenges_of


class PartnerFields(Threaded):
    """Een organisatie waarmee de gemeente in buurten werkt."""

    sleutel: UUID
    naam: str
    soort: Word
    website: str | None
    gebieden: list[str] = Field(description="Codes van de gebieden waar zij werkt.")
    opgaven: list[str] = Field(description="Codes van de opgaven waaraan zij werkt.")
    vanaf: datetime.date
    tot_en_met: datetime.date | None = Field(description="De laatste dag; leeg: tot nader bericht.")


def rows() -> QuerySet:
    return Organisation.objects.wholes().prefetch_related(WITH_AREAS, "challenges", WITH_DOUBLES)


def show(partner: Organisation) -> Mapping[str, Any]:
    return {
        "sleutel": partner.uuid,
        "naam": partner.name,
        "soort": word(Kind, partner.kind),
        "website": partner.website or None,
        "gebieden": sorted(area.code for area in areas_of(partner)),
        "opgaven": sorted(challenge.code for challenge in challenges_of(partner)),
        "vanaf": partner.from_on,
        "tot_en_met": partner.until_on,
    }


def whole_of(**said: Any) -> QuerySet:
    """Ids of the wholes of organisations, doubles too, of which this holds."""
    return Organisation.objects.filter(**said).values(whole=WHOLE)


def now(rows: QuerySet, asked: bool) -> QuerySet:
    today = timezone.localdate()
    running = Q(from_on__lte=today) & (Q(until_on__isnull=True) | Q(until_on__gte=today))
    return rows.filter(running if asked else ~running)


PARTNERS = Resource(
    name="partners",
    title="Partners",
    says="Organisaties waarmee de gemeente in buurten werkt, met hun website, gebieden en opgaven.",
    schema=PartnerFields,
    rows=rows,
    show=show,
    key="uuid",
    example="00000000-0000-4000-8000-000000000001",
    filters={
        "gebied": Filter(
            Code,
            "Code van een gebied; wat daarin ligt telt mee.",
            lambda rows, code: rows.filter(pk__in=whole_of(works_in__area__code__in=codes_of(code))),
            "BU03440241",
        ),
        "opgave": Filter(Code, "Code van een opgave.", lambda rows, code: rows.filter(pk__in=whole_of(challenges__code=code)), "jeugd"),
        "soort": Filter(Literal[*Kind.values], "Wat voor organisatie.", same("kind")),
        "nu": Filter(bool, "Of zij nu meedoet.", now, True),
    },
    sorts={"naam": "name", "vanaf": "from_on"},
    order="naam",
)
