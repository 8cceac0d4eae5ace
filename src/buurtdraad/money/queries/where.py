"""What money went to: of an initiative, and of an area with the thread back to the wishes that it began with. No names of people."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.agendas.agenda.models.version import TopicWish
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.initiatives.models import Initiative, InitiativeAgreement, InitiativeWish
from buurtdraad.initiatives.states import Showing
from buurtdraad.money.models import Commitment, Reservation
from buurtdraad.places import queries as places
from buurtdraad.works.models import Work, WorkAnswers


@dataclass(frozen=True)
class Spent:
    """One promise with the thread back. What is not on the site is not named."""

    commitment: Commitment
    initiative: Initiative | None = None
    agreement: Agreement | None = None
    wishes: Sequence[Wish] = field(default=())
    decided: Reservation | None = None
    work: Work | None = None


def spent_on(initiative: Initiative) -> list[Commitment]:
    """What was promised to an initiative and not set free, with its pot and area; the newest first. What everybody may know."""
    return list(Commitment.objects.public().filter(initiative=initiative).select_related("pot", "area"))


def codes_within(code: str) -> set[str] | None:
    """The codes of an area and what lies in it; None for the city, in which everything lies."""
    return None if code == places.city_code() else {code, *places.inside([code])[code]}


def spent_in(codes: Iterable[str] | None, year: int) -> QuerySet[Commitment]:
    """What was promised from the pots of a year to these areas (None: all) and not set free; the newest first. What everybody may know."""
    found = Commitment.objects.public().filter(pot__year=year)
    return found if codes is None else found.filter(area__code__in=set(codes))


def with_threads(some: QuerySet[Commitment]) -> list[Spent]:
    """Each promise with its initiative, agreement, topic and wishes, as far as everybody may see them. `some` may be a page of many.

    Four queries, however many; one more with a work. What it shows is read of these rows only, and not sorted with all others.
    """
    related = ("pot", "initiative", "agreement__topic", "work", "reservation")
    commitments = list(Commitment.objects.filter(pk__in=some.values("pk")).select_related(*related).defer("work__shape"))
    initiatives = {one.initiative_id: one.initiative for one in commitments if one.initiative and one.initiative.showing == Showing.SHOWN}
    does = agreements_of(initiatives)
    topics = {one.agreement.topic_id for one in commitments if one.agreement}
    topics |= {agreement.topic_id for agreement in does.values()}
    works = {one.work_id: one.work for one in commitments if one.work and one.work.public}
    from_initiatives, from_topics = wishes_of_initiatives(initiatives), wishes_of_topics(topics)
    from_works = wishes_of_works(works) if works else {}
    found = []
    for one in commitments:
        initiative = initiatives.get(one.initiative_id)
        agreement = one.agreement or (does.get(initiative.pk) if initiative else None)
        wishes = from_initiatives.get(initiative.pk, []) if initiative else []
        if agreement and not wishes:
            wishes = from_topics.get(agreement.topic_id, [])
        work = works.get(one.work_id)
        wishes = from_works.get(work.pk, []) if work else wishes
        found.append(Spent(one, initiative, agreement, wishes, getattr(one, "reservation", None), work))
    return found


def agreements_of(initiatives: Iterable[int | None]) -> dict[int, Agreement]:
    """The agreement that each of these initiatives carries out; of several the first."""
    rows = InitiativeAgreement.objects.filter(initiative__in=list(initiatives), agreement__in=Agreement.objects.public())
    return {row.initiative_id: row.agreement for row in rows.select_related("agreement__topic__version").order_by("-pk")}


def wishes_of_initiatives(initiatives: Iterable[int | None]) -> dict[int, list[Wish]]:
    rows = InitiativeWish.objects.filter(initiative__in=list(initiatives), wish__in=Wish.objects.on_site())
    return grouped((row.initiative_id, row.wish) for row in rows.select_related("wish").order_by("wish__given_at", "pk"))


def wishes_of_works(works: Iterable[int | None]) -> dict[int, list[Wish]]:
    rows = WorkAnswers.objects.filter(work__in=list(works), wish__in=Wish.objects.on_site())
    return grouped((row.work_id, row.wish) for row in rows.select_related("wish").order_by("wish__given_at", "pk") if row.wish)


def wishes_of_topics(topics: Iterable[int]) -> dict[int, list[Wish]]:
    rows = TopicWish.objects.filter(topic__in=list(topics), wish__in=Wish.objects.on_site())
    return grouped((row.topic_id, row.wish) for row in rows.select_related("wish").order_by("wish__given_at", "pk"))


def grouped(pairs: Iterable[tuple[int, Wish]]) -> dict[int, list[Wish]]:
    found: dict[int, list[Wish]] = defaultdict(list)
    for key, wish in pairs:
        found[key].append(wish)
    return found
