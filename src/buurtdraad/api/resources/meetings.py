"""Bijeenkomsten: where people of a neighbourhood meet, and what it brought."""

import datetime
from collections.abc import Mapping
from typing import Any, Literal

from django.db.models import QuerySet
from django.urls import reverse
from ninja import Field

from buurtdraad.agendas.meetings.models import Meeting, Outcome
from buurtdraad.agendas.meetings.states import PUBLIC, Band, Kind, Offer
from buurtdraad.agendas.meetings.states import Stage as MeetingStage
from buurtdraad.api.resources.asking import in_area, since, until
from buurtdraad.api.shape import Fields, Filter, Resource, Threaded, Told, Word, at_point, page_for_people, same, word


class OutcomeFields(Fields):
    """Wat een bijeenkomst bracht. Wie er was, staat er niet in."""

    mensen: Word = Field(description="Hoeveel er kwamen, ongeveer.")
    wie_ontbrak: Told
    verslag: Told
    antwoord: Told = Field(description="Wat wij daarna vertelden aan wie er was.")


class MeetingFields(Threaded):
    """Een bijeenkomst die aangekondigd is."""

    titel: Told
    soort: Word
    gebied: str = Field(description="Code van het gebied.", examples=["BU03440241"])
    tekst: Told
    begint: datetime.datetime
    eindigt: datetime.datetime
    plek: Told
    adres: Told = Field(description="Waar het is en hoe u er komt.")
    aanbod: list[Word] = Field(description="Wat er is, zodat iedereen kan komen.")
    talen: Told = Field(description="Talen naast het Nederlands.")
    stand: Word
    waarom: Told = Field(description="Waarom het niet doorgaat.")
    uitkomst: OutcomeFields | None = Field(description="Leeg tot de bijeenkomst is afgerond.")
    geometry: dict[str, Any] | None = Field(description="Punt waar het is (GeoJSON, WGS84).")


def rows() -> QuerySet:
    return Meeting.objects.on_site().select_related("area", "outcome")


def show(meeting: Meeting) -> Mapping[str, Any]:
    return {
        "pagina": page_for_people(reverse("agendas:meeting", args=[meeting.pk])),
        "titel": meeting.title,
        "soort": word(Kind, meeting.kind),
        "gebied": meeting.area.code,
        "tekst": meeting.text,
        "begint": meeting.starts_at,
        "eindigt": meeting.ends_at,
        "plek": meeting.place,
        "adres": meeting.address,
        "aanbod": [word(Offer, offer) for offer in meeting.offers],
        "talen": meeting.languages,
        "stand": word(MeetingStage, meeting.stage),
        "waarom": meeting.why,
        "uitkomst": told(meeting.outcome) if hasattr(meeting, "outcome") else None,
        "geometry": at_point(meeting.latitude, meeting.longitude),
    }


def told(outcome: Outcome) -> Mapping[str, Any]:
    return {
        "mensen": word(Band, outcome.band),
        "wie_ontbrak": outcome.missing,
        "verslag": outcome.minutes,
        "antwoord": outcome.told_back,
    }


MEETINGS = Resource(
    name="bijeenkomsten",
    title="Bijeenkomsten",
    says="Bijeenkomsten in de buurt, met wat ze brachten.",
    schema=MeetingFields,
    rows=rows,
    show=show,
    key="id",
    filters={
        "gebied": in_area(),
        "soort": Filter(Literal[*Kind.values], "Wat voor bijeenkomst het is.", same("kind")),
        "stand": Filter(Literal[*(stage.value for stage in PUBLIC)], "Hoe het ermee staat.", same("stage")),
        "vanaf": since("starts_at", "Begint"),
        "tot": until("starts_at", "Begint"),
    },
    sorts={"begint": "starts_at", "titel": "title"},
    order="-begint",
    example="1",
)
