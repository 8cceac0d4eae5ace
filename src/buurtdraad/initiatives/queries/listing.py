"""The lists of initiatives: for everybody as gallery, list and map, and for who advises an area."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q

from buurtdraad.accounts.access import Reach
from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.agenda.states import VersionStage
from buurtdraad.agendas.wishes.queries.areas import codes_of
from buurtdraad.agendas.wishes.queries.clusters import holder_of, parts_of
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.models.initiative import InitiativeQuerySet
from buurtdraad.initiatives.queries.plans import in_areas
from buurtdraad.places import queries as places
from buurtdraad.places.models import AreaYear, Kind
from buurtdraad.places.queries import last_name


def search(
    codes: frozenset[str] | None,
    *,
    words: str = "",
    theme: str = "",
    stage: str = "",
    topic: Topic | None = None,
    agreement: Agreement | None = None,
) -> InitiativeQuerySet:
    """What stands on the site and holds these words, of this theme and step, for this topic and agreement; what is empty does not count."""
    found = saying(in_areas(codes), words)
    chosen = {"theme": theme, "stage": stage, "in_topics__topic": topic, "does_agreements__agreement": agreement}
    return found.filter(**{name: value for name, value in chosen.items() if value})


def topic_of(number: str) -> Topic | None:
    """The topic that an address names, of an agenda that everybody sees."""
    return Topic.objects.filter(pk=number).exclude(version__stage=VersionStage.DRAFT).first()


def agreement_of(number: str) -> Agreement | None:
    """The agreement that an address names, as far as everybody sees it."""
    return Agreement.objects.public().filter(pk=number).first()


def saying(found: InitiativeQuerySet, words: str) -> InitiativeQuerySet:
    """Those with each of these words in their title, summary or place."""
    for word in words.split()[:5]:
        found = found.filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(place__icontains=word))
    return found


def page_of(found: InitiativeQuerySet, number: int, size: int) -> Page:
    """One page of a list. Raises `EmptyPage` for one that is not there."""
    return Paginator(found, size).page(number)


# --- on the map --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """One part of a place, and how many initiatives it has."""

    place: AreaYear
    number: int


@dataclass(frozen=True)
class Spread:
    """A place with the initiatives of its parts. `whole` counts those that are of no one part."""

    here: AreaYear
    parts: list[Part]
    whole: int
    current: str = ""

    @property
    def number(self) -> int:
        return self.whole + sum(part.number for part in self.parts)


def spread_over(here: AreaYear) -> Spread:
    """The initiatives of a place by district (a city) or by neighbourhood (anything smaller). At most seven queries."""
    holder = holder_of(here)
    codes = codes_of(holder.area.code)
    found = Initiative.objects.on_site() if codes is None else Initiative.objects.on_site().filter(area__code__in=codes)
    counts: dict[str, int] = dict(found.order_by().values_list("area__code").annotate(number=Count("pk")))
    parts = sorted(parts_of(holder), key=lambda part: part.name)
    inside = places.inside([part.area.code for part in parts if part.area.kind == Kind.DISTRICT])
    counted = [Part(part, sum(counts.pop(code, 0) for code in {part.area.code, *inside.get(part.area.code, ())})) for part in parts]
    return Spread(holder, counted, sum(counts.values()), here.area.code if holder is not here else "")


# --- at work -----------------------------------------------------------------------------------------


def of_work(reach: Reach, *, words: str = "", showing: str = "", stage: str = "") -> InitiativeQuerySet:
    """All initiatives in reach, the newest first, also those that do not stand on the site; each with its `place_name`."""
    found = Initiative.objects.select_related("area").annotate(place_name=last_name("area"))
    if not reach.everywhere:
        found = found.filter(area__code__in=reach.codes)
    chosen = {name: value for name, value in (("showing", showing), ("stage", stage)) if value}
    people = Count("members", filter=Q(members__contact__isnull=False), distinct=True)
    return saying(found.filter(**chosen), words).annotate(people=people).order_by(F("made_at").desc(), "-id")
