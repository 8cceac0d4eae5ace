"""Topics of a version: what they are about, how they were chosen, and which wishes they come from."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.actions.records import write_down
from buurtdraad.agendas.agenda.actions.versions import locked
from buurtdraad.agendas.agenda.models import AgendaVersion, Topic, TopicFollows, TopicWish
from buurtdraad.agendas.agenda.rules import MOST_TOPICS
from buurtdraad.agendas.agenda.states import Following, Method, Origin, VersionStage
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.challenges.models import Challenge
from buurtdraad.lib.refusal import Refused


class NotATopic(Refused):
    """This topic cannot be added or taken away so."""


@dataclass(frozen=True)
class TopicFacts:
    """What a topic is about and how it was chosen: "with stickers: 31 of the 141, three each, by 47 people"."""

    title: str
    text: str = ""
    challenge: Challenge | None = None
    origin: Origin = Origin.CONVERSATION
    method: Method | str = ""
    votes: int | None = None
    votes_total: int | None = None
    people: int | None = None
    per_person: int | None = None
    chosen_on: datetime.date | None = None

    def columns(self) -> dict:
        return asdict(self) | {"challenge": self.challenge}


@transaction.atomic
def add_topic(
    version: AgendaVersion, facts: TopicFacts, *, follows: Mapping[Topic, Following] | None = None, by: Person, at: datetime.datetime
) -> Topic:
    """One more topic, the last in the agenda. `follows` tells after which topics of the version before it comes. Raises `NotATopic`."""
    locked(version.area)
    if version.topics.count() >= MOST_TOPICS:
        raise NotATopic(_("An agenda has at most %(most)s topics.") % {"most": MOST_TOPICS})
    last = version.topics.aggregate(last=Max("number"))["last"] or 0
    topic = Topic.objects.create(version=version, number=last + 1, **facts.columns())
    set_follows(topic, follows or {})
    write_down("topic.added", thing_of(topic), version.area, by=by, at=at, public=is_public(version))
    return topic


@transaction.atomic
def change_topic(
    topic: Topic, facts: TopicFacts, *, follows: Mapping[Topic, Following] | None = None, by: Person, at: datetime.datetime
) -> None:
    """Change what a topic is about or how it was chosen; without `follows` that stays as it is."""
    Topic.objects.filter(pk=topic.pk).update(**facts.columns())
    if follows is not None:
        set_follows(topic, follows)
    write_down("topic.changed", thing_of(topic), topic.version.area, by=by, at=at, public=is_public(topic.version))


def set_follows(topic: Topic, follows: Mapping[Topic, Following]) -> None:
    if any(before.version.area_id != topic.version.area_id or before.version.number >= topic.version.number for before in follows):
        raise NotATopic(_("A topic can only follow a topic of an earlier agenda of the same neighbourhood."))
    TopicFollows.objects.filter(topic=topic).delete()
    TopicFollows.objects.bulk_create(TopicFollows(topic=topic, before=before, how=how) for before, how in follows.items())


@transaction.atomic
def remove_topic(topic: Topic, *, by: Person, at: datetime.datetime) -> None:
    """Take a topic out of a draft. Raises `NotATopic` for one that was adopted, or has agreements."""
    if topic.version.stage != VersionStage.DRAFT:
        raise NotATopic(_("This topic was adopted, so it stays. The next version can leave it out."))
    if topic.agreements.exists():
        raise NotATopic(_("There are agreements under this topic, so it stays."))
    write_down("topic.removed", thing_of(topic), topic.version.area, by=by, at=at, public=False)
    topic.delete()


@transaction.atomic
def choose_wishes(topic: Topic, chosen: Collection[Wish], *, by: Person, at: datetime.datetime) -> None:
    """Which wishes the topic is about: these and no others. A wish that was joined to another counts as that one."""
    wanted = {wish.head_id or wish.pk for wish in chosen}
    TopicWish.objects.filter(topic=topic).exclude(wish__in=wanted).delete()
    there = set(topic.chosen_wishes.values_list("wish", flat=True))
    TopicWish.objects.bulk_create((TopicWish(topic=topic, wish_id=pk) for pk in sorted(wanted - there)), ignore_conflicts=True)
    payload = {"wishes": len(wanted)}
    write_down("topic.wishes_chosen", thing_of(topic), topic.version.area, by=by, at=at, public=is_public(topic.version), payload=payload)


def is_public(version: AgendaVersion) -> bool:
    return version.stage != VersionStage.DRAFT


def thing_of(topic: Topic) -> str:
    return topic.thing
