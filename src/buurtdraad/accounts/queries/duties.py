"""Who has which duty where, for the pages about duties."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from buurtdraad.accounts.duties import STAFF
from buurtdraad.accounts.models import DutyHeld, DutyHeldQuerySet, Person, PersonQuerySet
from buurtdraad.audit.models import Event
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area, AreaYear, Kind

KINDS = (Kind.MUNICIPALITY, Kind.WORKING_AREA, Kind.DISTRICT, Kind.NEIGHBOURHOOD)


@dataclass(frozen=True)
class PersonsDuties:
    """The duties of one person: those that hold, those to come, those that are over; each with `place_name`."""

    now: list[DutyHeld]
    later: list[DutyHeld]
    before: list[DutyHeld]


def persons_duties(person: Person, *, on: datetime.date) -> PersonsDuties:
    """All duties of a person with who stands in for them, in four queries."""
    held = DutyHeld.objects.filter(person=person).select_related("area", "stand_in_for__person").prefetch_related("stand_ins__person")
    every = with_places(held.order_by("-from_on", "duty", "id"))
    over = [one for one in every if one.until_on and one.until_on < on]
    later = [one for one in every if one.from_on > on]
    return PersonsDuties([one for one in every if one not in over and one not in later], later, over)


def withdrawn(events: Iterable[Event]) -> list[DutyHeld]:
    """Duties of which no day had passed when they were ended, as the record tells: their rows are gone. Each with `place_name`."""
    told = [event.payload for event in events if event.verb == "duty.withdrawn"]
    areas = {area.code: area for area in Area.objects.filter(code__in=[facts["area"] for facts in told if "area" in facts])} if told else {}
    return with_places(as_withdrawn(facts, areas.get(facts.get("area", ""))) for facts in told)


def as_withdrawn(facts: dict, area: Area | None) -> DutyHeld:
    first, last = (datetime.date.fromisoformat(facts[name]) for name in ("from", "until"))
    held = DutyHeld(duty=facts["duty"], area=area, from_on=first, until_on=max(first, last))
    held.withdrawn = True  # type: ignore[attr-defined]
    return held


def with_places(held: Iterable[DutyHeld]) -> list[DutyHeld]:
    """The same duties, each with the name of its place as `place_name`."""
    every = list(held)
    names = places.names_of(one.area.code for one in every if one.area)
    for one in every:
        one.place_name = names.get(one.area.code, one.area.code) if one.area else _("The whole city")  # type: ignore[attr-defined]
    return every


def found_duties(*, on: datetime.date, text: str = "", duty: str = "", code: str = "", by_place: bool = False) -> DutyHeldQuerySet:
    """Duties that hold on a day or later, of persons or in places whose name holds the text; by person, or by place.

    With the code of an area: those given there, in what it lies in, or in the whole city.
    """
    found = DutyHeld.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), person__system__isnull=True)
    if text:
        named = AreaYear.objects.filter(name__icontains=text).values("area")
        found = found.filter(Q(person__name__icontains=text) | Q(person__email__icontains=text) | Q(area__in=named))
    if duty:
        found = found.filter(duty=duty)
    if code:
        found = found.filter(Q(area__isnull=True) | Q(area__code__in=places.touched_by([code])))
    order = ("area__kind", "area__code", "duty", "person__name") if by_place else ("person__name", "person_id", "duty")
    return found.select_related("person", "area", "stand_in_for__person").order_by(*order, "from_on", "id")


def found_people(text: str, *, on: datetime.date, most: int = 20) -> list[Person]:
    """Persons without a duty on a day or later whose name or e-mail address holds the text; none for an empty text."""
    if not text:
        return []
    busy = DutyHeld.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=on)).values("person")
    named = Q(name__icontains=text) | Q(email__icontains=text)
    return list(Person.objects.people().filter(named, is_active=True).exclude(pk__in=busy).order_by("name", "pk")[:most])


def ending(*, on: datetime.date, days: int, but: Person, most: int) -> list[DutyHeld]:
    """Duties of staff that end within so many days and do not go on, the first to end first, each with its `place`.

    No stand-ins, which end by themselves, and none of `but`. One query.
    """
    # Two empty areas are not equal in SQL, so here the whole city is a number too.
    where = Coalesce("area", 0, output_field=BigIntegerField())
    held = DutyHeld.objects.filter(stand_in_for=None).alias(where=where)
    longer = Q(until_on__isnull=True) | Q(until_on__gt=OuterRef("until_on"))
    goes_on = held.filter(longer, person=OuterRef("person"), duty=OuterRef("duty"), where=OuterRef("where"))
    last_day = on + datetime.timedelta(days=days)
    found = held.filter(~Exists(goes_on), duty__in=STAFF, from_on__lte=on, until_on__range=(on, last_day), person__is_active=True)
    return list(
        found.exclude(person=but).annotate(place=places.last_name("area")).select_related("person").order_by("until_on", "id")[:most]
    )


def holders(*, on: datetime.date, but: Person) -> PersonQuerySet:
    """Who else has a duty of staff on a day: they can stand in."""
    held = DutyHeld.objects.on(on).filter(duty__in=STAFF).values("person")
    found: QuerySet[Person] = Person.objects.people().filter(pk__in=held, is_active=True).exclude(pk=but.pk)
    return found.order_by("name", "pk")  # type: ignore[return-value]


def place_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Areas of the city in its last year, to choose from: groups of code and name. Two queries."""
    city = places.city()
    if city is None:
        return []
    titles = dict(zip(KINDS, (_("The city"), _("Areas with a neighbourhood agenda"), _("Districts"), _("Neighbourhoods")), strict=True))
    inside = Q(municipality=city.area_id) & ~Q(area=city.area_id)
    found = AreaYear.objects.filter(inside, year=city.year, area__kind__in=KINDS).order_by("name")
    rows = list(found.values_list("area__kind", "area__code", "name"))
    groups = [(titles[kind], [(code, name) for of, code, name in rows if of == kind]) for kind in KINDS]
    return [(title, group) for title, group in groups if group]
