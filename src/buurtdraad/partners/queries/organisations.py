"""Partners as they stand, for a page or a file."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import CharField, DateTimeField, F, Prefetch, QuerySet
from django.db.models.functions import Cast, Coalesce

from buurtdraad.challenges.models import Challenge
from buurtdraad.lib.retention import CLASSES, ended_before
from buurtdraad.partners.models import Organisation, Representative, WorksIn
from buurtdraad.partners.models.organisations import OrganisationQuerySet
from buurtdraad.partners.queries.joining import same_as
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area

WHOLE = Coalesce(F("joined_to"), F("pk"))
WITH_AREAS = Prefetch("works_in", WorksIn.objects.select_related("area"))
WITH_DOUBLES = Prefetch("doubles", Organisation.objects.prefetch_related(WITH_AREAS, "challenges__ambition"))


def found(*, on: datetime.date, text: str = "", kind: str = "", code: str = "", also_over: bool = False) -> QuerySet[Organisation]:
    """Organisations whose name holds the text, of a kind, in an area; by name, with their areas. Of doubles only the whole.

    The name of a double finds the whole, and so does where it works. With the code of an area: those that work there, in what
    it lies in, or in what lies in it.
    """
    organisations = Organisation.objects.wholes().prefetch_related(WITH_AREAS, WITH_DOUBLES)
    if not also_over:
        organisations = organisations.not_over(on)
    if text:
        organisations = organisations.filter(pk__in=Organisation.objects.filter(name__icontains=text).values(whole=WHOLE))
    if kind:
        organisations = organisations.filter(kind=kind)
    if code:
        organisations = working_in(organisations, places.touched_by([code]) | places.inside([code])[code])
    return organisations


def working_in(organisations: OrganisationQuerySet, codes: Collection[str]) -> OrganisationQuerySet:
    """Those of these that work in one of these areas, they or a double of them."""
    there = Organisation.objects.filter(works_in__area__code__in=codes)
    return organisations.filter(pk__in=there.values(whole=WHOLE))


def with_places(organisations: Iterable[Organisation]) -> list[Organisation]:
    """The same organisations, each with the names of its areas as `place_names`, by name. One query for the names."""
    every = list(organisations)
    names = places.names_of({area.code for one in every for area in areas_of(one)})
    for one in every:
        one.place_names = sorted(names.get(area.code, area.code) for area in areas_of(one))  # type: ignore[attr-defined]
    return every


def own_areas_of(organisation: Organisation) -> list[Area]:
    """The areas that stand with an organisation itself, as it is changed and as a file has it: without those of its doubles."""
    return [works.area for works in organisation.works_in.all()]


def areas_of(organisation: Organisation) -> list[Area]:
    """Where an organisation works: its own areas and those of its doubles, each once."""
    return list(dict.fromkeys(area for one in (organisation, *organisation.doubles.all()) for area in own_areas_of(one)))


def codes_of(organisation: Organisation) -> set[str]:
    """The codes of the areas in which an organisation or a double of it works."""
    return {area.code for area in areas_of(organisation)}


def challenges_of(organisation: Organisation) -> list[Challenge]:
    """What an organisation works on: its own challenges and those of its doubles, each once."""
    return list(dict.fromkeys(one for each in (organisation, *organisation.doubles.all()) for one in each.challenges.all()))


def organisation_of(uuid: UUID) -> Organisation | None:
    """One organisation with its areas and challenges, its doubles with theirs, and what it is joined to."""
    found = Organisation.objects.select_related("joined_to").prefetch_related(WITH_AREAS, "challenges__ambition", WITH_DOUBLES)
    return found.filter(uuid=uuid).first()


@dataclass(frozen=True)
class Voices:
    """Who speaks for an organisation: now, later and before, the last one first. Each with `place_names`."""

    now: list[Representative]
    later: list[Representative]
    before: list[Representative]

    @property
    def reachable(self) -> bool:
        """Whether an e-mail address or phone number of somebody can be seen."""
        return any(one.email or one.phone for one in [*self.now, *self.later])


def voices_of(organisation: Organisation, *, on: datetime.date) -> Voices:
    """All who speak or spoke for an organisation or for a double of it. Two queries."""
    every = list(Representative.objects.filter(same_as(organisation)).prefetch_related(Prefetch("areas", places.with_names())))
    for one in every:
        one.place_names = sorted(area.name or area.code for area in one.areas.all())  # type: ignore[attr-defined]
    before = [one for one in every if one.until_on and one.until_on < on]
    later = [one for one in every if one.from_on > on]
    return Voices([one for one in every if one not in before and one not in later], later, before)


def lowered(names: Iterable[str]) -> dict[str, str]:
    """Each name in small letters as the database writes it, which is how a name is there once. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, lower(name) FROM unnest(%s::text[]) AS name", [list(set(names))])
        return dict(cursor.fetchall())


def rows_of_all() -> Iterable[tuple[str, ...]]:
    """Every organisation but doubles as a row of a file that `actions.load_partners` reads. No people.

    With its own areas and challenges: taken in again, those of a double do not become its own.
    """
    challenges = Prefetch("challenges", Challenge.objects.order_by("code"))
    for one in Organisation.objects.wholes().prefetch_related(WITH_AREAS, challenges):
        yield (
            one.name,
            one.get_kind_display(),
            one.website,
            ", ".join(area.code for area in own_areas_of(one)),
            ", ".join(challenge.code for challenge in one.challenges.all()),
            one.from_on.isoformat(),
            one.until_on.isoformat() if one.until_on else "",
        )


def representatives_due(on: datetime.date) -> QuerySet[Representative]:
    """Those who spoke for a partner so long ago (`since`) that their name, e-mail and phone may go."""
    limit = ended_before(CLASSES["representative ended"], on)
    over = Representative.objects.filter(until_on__lt=limit).exclude(name="")
    return over.annotate(since=Cast("until_on", DateTimeField()), partner=Cast(F("organisation__name"), CharField()))
