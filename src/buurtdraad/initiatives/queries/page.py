"""All that the page of one initiative shows, for everybody; and all that its people see of it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.initiatives.models import HelpOffer, Initiative, InitiativePicture, Member, Need, Prize, Update
from buurtdraad.initiatives.queries import plans
from buurtdraad.initiatives.states import HELPS, Showing


@dataclass(frozen=True)
class Seen:
    """What stands on the page of an initiative. `people` agreed that their name stands there; `others` is how many did not."""

    people: list[Member]
    others: int
    needs: list[Need]
    updates: list[Update]
    pictures: list[InitiativePicture]
    prizes: list[Prize]
    wishes: list[Wish]
    topics: list[Topic]
    agreements: list[Agreement]
    alike: list[Initiative]

    @property
    def answers(self) -> bool:
        return bool(self.wishes or self.topics or self.agreements)


def seen_by_all(initiative: Initiative) -> Seen:
    """Nine queries, however much there is."""
    members, updates = list(initiative.members.all()), list(initiative.updates.filter(showing=Showing.SHOWN))
    pictures = list(initiative.pictures.filter(showing=Showing.SHOWN))
    for update in updates:
        update.shown_pictures = [one for one in pictures if one.update_id == update.pk]  # type: ignore[attr-defined]
    return Seen(
        people=[member for member in members if member.agreed_at],
        others=sum(1 for member in members if not member.agreed_at),
        needs=list(initiative.needs.filter(on_site=True)),
        updates=updates,
        pictures=[one for one in pictures if one.update_id is None],
        prizes=list(initiative.prizes.all()),
        wishes=plans.wishes_of(initiative),
        topics=plans.topics_of(initiative),
        agreements=plans.agreements_of(initiative),
        alike=plans.alike(initiative),
    )


def picture_by(uuid: UUID) -> InitiativePicture | None:
    """One picture, whether shown or not."""
    return InitiativePicture.objects.select_related("initiative__area").filter(uuid=uuid).first()


def is_public(picture: InitiativePicture) -> bool:
    """Whether everybody may see a picture: it was looked at, and so were its initiative and its update."""
    by_itself = picture.showing == Showing.SHOWN and picture.initiative.showing == Showing.SHOWN
    return by_itself and (picture.update is None or picture.update.showing == Showing.SHOWN)


def helped_by(person: Person) -> list[int]:
    """The initiatives (by key) with which somebody helps, or wants to."""
    return list(HelpOffer.objects.filter(contact__person=person, stage__in=HELPS).values_list("initiative", flat=True))


@dataclass(frozen=True)
class Own:
    """What its people see of an initiative, besides what everybody sees."""

    members: list[Member]
    needs: list[Need]
    offers: list[HelpOffer]
    updates: list[Update]
    pictures: list[InitiativePicture]
    prizes: list[Prize]
    wishes: list[Wish]
    topics: list[Topic]
    agreements: list[Agreement]


def seen_by_its_people(initiative: Initiative) -> Own:
    """Nine queries, however much there is."""
    offers: QuerySet[HelpOffer] = initiative.offers.select_related("contact__person", "need")
    return Own(
        members=list(initiative.members.select_related("contact__person")),
        needs=list(initiative.needs.all()),
        offers=list(offers),
        updates=list(initiative.updates.all()),
        pictures=list(initiative.pictures.all()),
        prizes=list(initiative.prizes.all()),
        wishes=plans.wishes_of(initiative),
        topics=plans.topics_of(initiative),
        agreements=plans.agreements_of(initiative),
    )
