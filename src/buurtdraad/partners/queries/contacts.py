"""Who works where: for residents those who agreed to stand on the site, for professionals everybody, and how many there are."""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import CharField, DateTimeField, F, Q, QuerySet
from django.db.models.functions import Cast, Coalesce, Lower

from buurtdraad.accounts.models import Person
from buurtdraad.lib.retention import CLASSES, ended_before
from buurtdraad.partners.models import ContactPicture, Kind, LocalContact
from buurtdraad.partners.queries.joining import running
from buurtdraad.places import queries as places
from buurtdraad.places.models import Kind as Level
from buurtdraad.places.queries import AreaPage


def working(on: datetime.date) -> QuerySet[LocalContact]:
    """Who works somewhere on a day, for an organisation that is not over; of whom we still keep who they are."""
    found = LocalContact.objects.on(on).filter(running(on)).exclude(first_name="")
    return found.select_related("organisation__joined_to", "picture").prefetch_related("areas")


def in_areas(contacts: QuerySet[LocalContact], codes: Collection[str]) -> QuerySet[LocalContact]:
    """Those of them who work in one of these areas, each once."""
    return contacts.filter(pk__in=LocalContact.areas.through.objects.filter(area__code__in=codes).values("localcontact"))


def shown(on: datetime.date) -> QuerySet[LocalContact]:
    """Who stands on the site on a day."""
    return working(on).filter(on_site=True)


def on_site(codes: Collection[str], *, on: datetime.date) -> list[LocalContact]:
    """Whom residents see of those who work in these areas, by first name, with areas and picture. Two queries."""
    return list(in_areas(shown(on), codes))


# --- the page of an area ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Group:
    """Who works in one area, for the page of an area that it lies in or around."""

    code: str
    name: str
    people: list[LocalContact]


def around(page: AreaPage) -> dict[str, str]:
    """The areas of the ladder of a page and their names, from near to far: itself, what lies in it, and what it lies in."""
    above = [*page.working_areas, *reversed(page.ancestors)]
    below = [(one.code, one.name) for one in places.named_inside(page.here.code)] if not page.ancestors else []
    rows = [page.here, *page.children, *above]
    return {row.area.code: row.name for row in rows} | dict(below)


def groups_of(names: dict[str, str], *, on: datetime.date) -> list[Group]:
    """Who stands on the site for these areas (of `around`), the nearest area first, everybody once. Two queries."""
    groups: dict[str, list[LocalContact]] = {code: [] for code in names}
    for one in on_site(names, on=on):
        codes = {area.code for area in one.areas.all()}
        groups[next(code for code in names if code in codes)].append(one)
    return [Group(code, names[code], people) for code, people in groups.items() if people]


# --- professionals ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Works:
    """One row of who does what where."""

    contact: LocalContact
    organisation: str
    first_name: str
    does: str
    phone: str
    areas: list[str]


def who_works_where(codes: Collection[str] | None, *, on: datetime.date, text: str = "") -> list[Works]:
    """Who works in these areas (None: anywhere), by organisation and first name. With a text: where a name or what they do holds it.

    Three queries.
    """
    found = working(on) if codes is None else in_areas(working(on), codes)
    for word in text.split():
        found = found.filter(
            Q(first_name__icontains=word) | Q(does__icontains=word) | Q(helps_with__icontains=word)
            | Q(organisation__name__icontains=word) | Q(organisation__joined_to__name__icontains=word)
        )  # fmt: skip
    by_name = Lower(Coalesce("organisation__joined_to__name", "organisation__name"))
    contacts = list(found.order_by(by_name, "first_name", "pk"))
    names = places.names_of({area.code for one in contacts for area in one.areas.all()})
    return [works(one, names) for one in contacts]


def without_secrets(people: Iterable[Works], *, on: datetime.date) -> list[Works]:
    """The same rows for who may be anybody: of who does not stand on the site only what they do for which organisation, where.

    Who leaves today is gone at once; what then says nothing is left out, and the same row stands there once.
    """
    rows = [one if one.contact.on_site else replace(one, first_name="", phone="") for one in people if one.contact.until_on != on]
    seen = {(one.organisation, one.first_name, one.does, one.phone, tuple(one.areas)): one for one in rows if one.first_name or one.does}
    return list(seen.values())


def works(one: LocalContact, names: dict[str, str]) -> Works:
    areas = sorted(names.get(area.code, area.code) for area in one.areas.all())
    return Works(one, one.organisation.whole.name, one.first_name, one.does or one.helps_with, one.phone, areas)


def codes_near(codes: Collection[str]) -> set[str]:
    """These areas, what they lie in, and what lies in them."""
    return places.touched_by(codes).union(*places.inside(codes).values())


# --- coherence --------------------------------------------------------------------------------------


def municipal(on: datetime.date) -> QuerySet[LocalContact]:
    kind = Coalesce("organisation__joined_to__kind", "organisation__kind")
    return working(on).alias(kind=kind).filter(kind=Kind.DEPARTMENT)


def municipal_contacts(code: str, *, on: datetime.date) -> int:
    """How many different people of the municipality work in an area: those of what it lies in too. The fewer, the easier for residents."""
    return in_areas(municipal(on), places.touched_by([code])).count()


@dataclass(frozen=True)
class Count:
    """How many different people of the municipality work in a neighbourhood."""

    code: str
    name: str
    number: int


def municipal_counts(*, on: datetime.date) -> list[Count]:
    """`municipal_contacts` of every neighbourhood, the most first. Six queries."""
    city = places.city()
    if city is None:
        return []
    rows = {one.code: one for one in places.named_inside(city.code) if one.kind == Level.NEIGHBOURHOOD}
    contacts = [{area.code for area in one.areas.all()} for one in municipal(on)]
    inside = places.inside(set().union(*contacts)) if contacts else {}
    reached: Counter[str] = Counter()
    for codes in contacts:
        everywhere = city.code in codes
        reached.update(set(rows) if everywhere else {within for code in codes for within in {code, *inside.get(code, ())}} & rows.keys())
    return sorted((Count(code, one.name, reached[code]) for code, one in rows.items()), key=lambda count: (-count.number, count.name))


# --- one contact ------------------------------------------------------------------------------------


def contact_of(uuid: UUID) -> LocalContact | None:
    """Somebody of whom we still keep who they are, with organisation, areas and picture, whether they work now or not."""
    found = LocalContact.objects.select_related("organisation__joined_to", "picture", "person").prefetch_related("areas")
    return found.exclude(first_name="").filter(uuid=uuid).first()


def picture_of(uuid: UUID, *, on: datetime.date) -> ContactPicture | None:
    """A face that stands on the site."""
    return ContactPicture.objects.filter(uuid=uuid, contact__in=shown(on)).first()


def faces_of(person: Person) -> QuerySet[LocalContact]:
    """Where a person works or worked with their name here, the last one first."""
    return LocalContact.objects.filter(person=person).select_related("organisation__joined_to").order_by("-from_on", "-id")


def contacts_due(on: datetime.date) -> QuerySet[LocalContact]:
    """Those who left so long ago (`since`) that who they were may go."""
    limit = ended_before(CLASSES["local contact ended"], on)
    over = LocalContact.objects.filter(until_on__lt=limit).exclude(first_name="")
    return over.annotate(since=Cast("until_on", DateTimeField()), partner=Cast(F("organisation__name"), CharField()))


def codes_of(contacts: Iterable[LocalContact]) -> set[str]:
    """The codes of all areas in which these work."""
    return {area.code for one in contacts for area in one.areas.all()}
