"""The Buurtcheck: what is going on in the areas of a proposal, the text that is made of it, and how many each department did."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Window
from django.utils.timezone import make_aware

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.agendas.agenda.models import AgendaVersion, Agreement, Topic
from buurtdraad.agendas.similar.rules import key, most_like, shortlist_stems
from buurtdraad.agendas.wishes.models import Wish, WishQuerySet
from buurtdraad.partners.queries import contacts
from buurtdraad.places import queries as places
from buurtdraad.places.models import Kind
from buurtdraad.works.models import Buurtcheck, Work, WorkArea

# So much of each fits on one A4.
MOST_WISHES, MOST_TOPICS, MOST_AGREEMENTS, MOST_WORKS, MOST_CONTACTS = 12, 6, 8, 10, 8
# Among so many wishes, the newest that share a word, the alike ones are looked for.
MOST_COMPARED = 500
MOST_TO_CHOOSE = 30
MOST_DEPARTMENTS = 200


@dataclass(frozen=True)
class Some[T]:
    """The first of a list, and how many there are."""

    rows: list[T]
    number: int

    @property
    def more(self) -> int:
        return self.number - len(self.rows)


@dataclass(frozen=True)
class Neighbourhood:
    """What is going on in the areas of a proposal. Of residents only what stands on the site: no name, no contact."""

    names: list[str]
    wishes: Some[Wish]
    topics: Some[Topic]
    agreements: Some[Agreement]
    works: Some[Work]
    contacts: Some[contacts.Works]
    advisers: list[Person]


def neighbourhood(check: Buurtcheck, *, on: datetime.date) -> Neighbourhood:
    """All of the sheet of a check: wishes that are most like its title first. The same number of queries, however much is going on."""
    areas = list(places.with_names().filter(pk__in=check.areas.all()))
    own = {area.code for area in areas}
    codes = codes_in(own, {area.kind for area in areas})
    # What lies in those is among them already.
    near = own if codes is None else places.touched_by(codes)
    return Neighbourhood(
        sorted(area.name or area.code for area in areas),
        wishes_in(codes, check.title),
        first(topics_in(None if codes is None else near), MOST_TOPICS),
        first(agreements_in(None if codes is None else near), MOST_AGREEMENTS),
        first(works_in(None if codes is None else near), MOST_WORKS),
        some(whom_to_call(None if codes is None else near, on), MOST_CONTACTS),
        advisers_of(near, on),
    )


def codes_in(own: set[str], kinds: set[str]) -> frozenset[str] | None:
    """These areas and what lies in them; None for the whole city."""
    if Kind.MUNICIPALITY in kinds:
        return None
    return frozenset(own.union(*places.inside(own).values())) if own else frozenset()


def first[T](found: QuerySet, most: int) -> Some[T]:
    """The first of these and how many there are. One query."""
    rows = list(found.annotate(in_all=Window(Count("pk")))[:most])
    return Some(rows, rows[0].in_all if rows else 0)


def some[T](found: list[T], most: int) -> Some[T]:
    return Some(found[:most], len(found))


# --- wishes -----------------------------------------------------------------------------------------


def wishes_in(codes: frozenset[str] | None, about: str) -> Some[Wish]:
    """The wishes on the site of these areas: those that are about the same as a text, then the newest. Four queries."""
    there = Wish.objects.on_site().heads().within(codes)
    wanted = alike(there, about)
    rows = there.filter(pk__in=wanted) | there.filter(pk__in=there.order_by("-given_at").values("pk")[:MOST_WISHES])
    place = {pk: index for index, pk in enumerate(wanted)}
    newest = rows.defer("search", "stems").order_by("-given_at", "-pk")
    return Some(sorted(newest, key=lambda wish: place.get(wish.pk, len(place)))[:MOST_WISHES], there.count())


def alike(there: WishQuerySet, about: str) -> list[int]:
    """Ids of the wishes that are about the same as a text, most alike first."""
    wanted = key(about)
    asked = shortlist_stems(wanted)
    if not asked:
        return []
    rows = there.filter(stems__overlap=asked).order_by("-pk").values_list("pk", "stems")[:MOST_COMPARED]
    return [pk for pk, _likeness in most_like(wanted, [(pk, tuple(stems)) for pk, stems in rows], most=MOST_WISHES)]


def wishes_to_choose(check: Buurtcheck, found: Neighbourhood) -> list[Wish]:
    """Which wishes somebody may say that the proposal is about: those of the sheet, and what was chosen already."""
    chosen = list(Wish.objects.on_site().filter(pk__in=check.wishes.values("pk")).defer("search", "stems"))
    return list({wish.pk: wish for wish in [*chosen, *found.wishes.rows]}.values())[:MOST_TO_CHOOSE]


# --- what else is going on --------------------------------------------------------------------------


def topics_in(near: Collection[str] | None) -> QuerySet[Topic]:
    """The topics of the agendas that count there now."""
    versions = AgendaVersion.objects.adopted()
    versions = versions if near is None else versions.filter(area__code__in=near)
    return Topic.objects.filter(version__in=versions).order_by("version__area_id", "number")


def agreements_in(near: Collection[str] | None) -> QuerySet[Agreement]:
    """What was agreed there and is not finished, the first date first."""
    found = Agreement.objects.public().unfinished()
    found = found if near is None else found.filter(area__code__in=near)
    return found.order_by(F("due_on").asc(nulls_last=True), "pk")


def works_in(near: Collection[str] | None) -> QuerySet[Work]:
    """What the municipality does there or will do: projects before upkeep, the first to end first."""
    found = Work.objects.open().defer("shape")
    if near is not None:
        found = found.filter(pk__in=WorkArea.objects.filter(area__code__in=near).values("work"))
    return found.order_by("-kind", "until_on", "pk")


def whom_to_call(near: Collection[str] | None, on: datetime.date) -> list[contacts.Works]:
    """Who works there; of who does not stand on the site not their name and number. Those with a number first."""
    rows = contacts.without_secrets(contacts.who_works_where(near, on=on), on=on)
    return sorted(rows, key=lambda row: not row.phone)


def advisers_of(near: Collection[str], on: datetime.date) -> list[Person]:
    """The area advisers of these areas and of what they lie in."""
    held = DutyHeld.objects.on(on).filter(duty=Duty.AREA_ADVISER, area__code__in=near)
    return list(Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by("name")[:MOST_CONTACTS])


# --- lists and numbers ------------------------------------------------------------------------------


def unfinished_of(person: Person) -> QuerySet[Buurtcheck]:
    """The checks that somebody began and has still to finish, the oldest first."""
    return Buurtcheck.objects.filter(made_by=person.uuid, finished_at=None).order_by("made_at", "pk")


def departments() -> list[str]:
    """The departments that a sheet or a check names, to choose from while one types. One query."""
    of_works = Work.objects.order_by().values_list("department")
    of_checks = Buurtcheck.objects.order_by().values_list("department")
    return sorted({name for (name,) in of_works.union(of_checks).order_by("department")[:MOST_DEPARTMENTS]}, key=str.casefold)


def as_known(department: str) -> str:
    """A department as it is written already: so that "ruimte" and "Ruimte" are one."""
    known = {name.casefold(): name for name in departments()}
    return known.get(department.casefold(), department)


@dataclass(frozen=True)
class DepartmentChecks:
    """How many checks a department began in a time, and how many it finished: each is a proposal with a check."""

    department: str
    begun: int
    finished: int


def per_department(from_on: datetime.date, until_on: datetime.date) -> list[DepartmentChecks]:
    """The checks of each department from a day until and with a day, by name. One query."""
    start = make_aware(datetime.datetime.combine(from_on, datetime.time.min))
    end = make_aware(datetime.datetime.combine(until_on + datetime.timedelta(days=1), datetime.time.min))
    begun, finished = Q(made_at__gte=start, made_at__lt=end), Q(finished_at__gte=start, finished_at__lt=end)
    rows = Buurtcheck.objects.filter(begun | finished).order_by().values_list("department")
    counted = rows.annotate(begun=Count("pk", filter=begun), finished=Count("pk", filter=finished))
    return sorted((DepartmentChecks(*row) for row in counted), key=lambda one: one.department.casefold())
