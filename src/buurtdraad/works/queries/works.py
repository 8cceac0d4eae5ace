"""Project sheets as they stand: in areas, looked for, with the names of their places."""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Prefetch, Q, QuerySet, Sum, prefetch_related_objects

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.lib.monthly import CONFIRMED_WITHIN
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area
from buurtdraad.works.models import Milestone, Work, WorkAnswers, WorkArea, WorkMoney, WorkPartner
from buurtdraad.works.models.sheets import WorkQuerySet
from buurtdraad.works.states import OPEN, Stage

WITH_AREAS = Prefetch("work_areas", WorkArea.objects.select_related("area"))
WITH_ANSWERS = Prefetch("answers", WorkAnswers.objects.select_related("wish__area", "topic__version__area", "agreement__area"))


def in_areas(codes: Collection[str] | None, *, public: bool) -> WorkQuerySet:
    """The works that lie in one of these areas, exactly these (None: all); only what everybody may see with `public`."""
    found = Work.objects.public() if public else Work.objects.all()
    return found if codes is None else found.filter(pk__in=WorkArea.objects.filter(area__code__in=set(codes)).values("work"))


def codes_around(code: str) -> set[str] | None:
    """An area, what it lies in and what lies in it; None for the city, in which everything lies."""
    return None if places.is_municipality(code) and code == places.city_code() else places.around([code])


@dataclass(frozen=True)
class Asked:
    """What somebody looks for; empty: everything. `unconfirmed`: that nobody confirmed for two months."""

    text: str = ""
    code: str = ""
    department: str = ""
    challenge: str = ""
    stage: str = ""
    kind: str = ""
    owner: str = ""
    unconfirmed: bool = False


def found(asked: Asked, *, at: datetime.datetime) -> WorkQuerySet:
    """The sheets of colleagues that somebody looks for, what ends first on top: open ones, then those that are over."""
    works = in_areas(codes_around(asked.code) if asked.code else None, public=False)
    if asked.text:
        said = (Q(**{f"{name}__icontains": asked.text}) for name in ("title", "where", "external", "owner_name", "owner_email", "goal"))
        any_of = Q()
        for one in said:
            any_of |= one
        works = works.filter(any_of)
    if asked.department:
        works = works.filter(department=asked.department)
    if asked.challenge:
        works = works.filter(challenge__code=asked.challenge)
    if asked.kind:
        works = works.filter(kind=asked.kind)
    if asked.stage:
        works = works.filter(stage__in=sorted(OPEN) if asked.stage == "open" else [asked.stage])
    if asked.owner:
        works = works.filter(owner_email=asked.owner.lower())
    if asked.unconfirmed:
        works = works.unconfirmed(at - CONFIRMED_WITHIN)
    return works.select_related("challenge").prefetch_related(WITH_AREAS).defer("shape")


def with_places(works: Iterable[Work]) -> list[Work]:
    """The same works, each with the names of its areas as `place_names`, by name. One query for the names; one for areas not read yet."""
    every = list(works)
    prefetch_related_objects(every, WITH_AREAS)
    names = places.names_of({one.area.code for work in every for one in work.work_areas.all()})
    for work in every:
        work.place_names = sorted(names.get(one.area.code, one.area.code) for one in work.work_areas.all())  # type: ignore[attr-defined]
    return every


def departments() -> list[str]:
    """Every department that has a work, by name."""
    return list(Work.objects.order_by("department").values_list("department", flat=True).distinct())


def department_of(person: Person) -> str:
    """The department of the last sheet that somebody made or owns; empty when there is none."""
    mine = Q(made_by=person.uuid)
    if person.email:
        mine |= Q(owner_email=person.email.lower())
    return Work.objects.filter(mine).order_by("-made_at").values_list("department", flat=True).first() or ""


def name_of_owner(email: str) -> str:
    """How the owner with this address is called: as they are known here, else as on another sheet; empty when nobody knows."""
    if not email:
        return ""
    known = Person.objects.filter(email__iexact=email, erased_at=None).values_list("name", flat=True).first()
    return known or Work.objects.filter(owner_email=email.lower()).exclude(owner_name="").values_list("owner_name", flat=True).first() or ""


def works_of(person: Person) -> WorkQuerySet:
    """The sheets of which somebody is the owner by e-mail address, what ends first on top."""
    return Work.objects.filter(owner_email=person.email.lower()) if person.email else Work.objects.none()


def sheets() -> QuerySet[Work]:
    """Sheets with all that stands on their page. Six queries."""
    return Work.objects.select_related("challenge__ambition", "register").prefetch_related(
        WITH_AREAS,
        WITH_ANSWERS,
        Prefetch("partners", WorkPartner.objects.select_related("organisation")),
        Prefetch("milestones", Milestone.objects.select_related("after")),
        "money",
        "indicators",
    )


def answers_shown(work: Work) -> list[WorkAnswers]:
    """What a work answers, without a wish that is no longer on the site. For works of `sheets`; one query more where there is a wish."""
    every = list(work.answers.all())
    wishes = [one.wish_id for one in every if one.wish_id]
    on_site = set(Wish.objects.on_site().filter(pk__in=wishes).values_list("pk", flat=True)) if wishes else set()
    return [one for one in every if not one.wish_id or one.wish_id in on_site]


def area_of(answer: WorkAnswers) -> Area | None:
    """The area of what is answered."""
    if answer.wish:
        return answer.wish.area
    if answer.topic:
        return answer.topic.version.area
    return answer.agreement.area if answer.agreement else None


@dataclass(frozen=True)
class Totals:
    """Euros of a work over all its years."""

    planned: Decimal
    committed: Decimal
    spent: Decimal


def totals(rows: Sequence[WorkMoney]) -> Totals:
    return Totals(*(sum((getattr(row, name) for row in rows), Decimal(0)) for name in ("planned", "committed", "spent")))


def totals_of(works: QuerySet[Work]) -> Totals:
    """Euros of many works. One query."""
    sums = WorkMoney.objects.filter(work__in=works).aggregate(planned=Sum("planned"), committed=Sum("committed"), spent=Sum("spent"))
    return Totals(*(sums[name] or Decimal(0) for name in ("planned", "committed", "spent")))


class OpenAndOver(NamedTuple):
    """How many go on, and how many are done."""

    open: int
    over: int


def open_and_over(works: WorkQuerySet) -> OpenAndOver:
    """One query."""
    goes_on, done = Q(stage__in=sorted(OPEN)), Q(stage=Stage.DONE)
    return OpenAndOver(**works.order_by().aggregate(open=Count("pk", filter=goes_on), over=Count("pk", filter=done)))


def answering(thing: Topic | Agreement) -> WorkQuerySet:
    """The works that everybody may see and that answer this topic or agreement."""
    this = Q(answers__topic=thing) if isinstance(thing, Topic) else Q(answers__agreement=thing)
    return Work.objects.public().filter(this)


def areas_with(codes: Collection[str]) -> QuerySet[Area]:
    """The areas with these codes."""
    return Area.objects.filter(code__in=codes)
