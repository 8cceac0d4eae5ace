"""Versions of an agenda: a draft as a copy of the one before, adopting it, and looking back on it."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.actions.records import write_down
from buurtdraad.agendas.agenda.actions.telling import TellGivers, tell_givers
from buurtdraad.agendas.agenda.models import AgendaVersion, Agreement, Carried, PollAnswer, Topic, TopicFollows, TopicWish
from buurtdraad.agendas.agenda.states import OPEN, VERSION_MOVES, Following, Noticed, VersionStage
from buurtdraad.agendas.wishes.states import Stage as WishStage
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.messages.actions import announce
from buurtdraad.messages.states import Kind as About
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area


class NotAdopted(Refused):
    """This version cannot be made or adopted so."""


def locked(area: Area) -> list[AgendaVersion]:
    """All versions of an area, newest first, held until the end: who counts on from them is alone."""
    return list(AgendaVersion.objects.select_for_update(of=("self",)).select_related("area").filter(area=area).order_by("-number"))


@transaction.atomic
def make_draft(area: Area, *, by: Person, at: datetime.datetime) -> AgendaVersion:
    """The draft of the next version: the topics of the one before with their wishes, all going on. One that is there is given back."""
    versions = locked(area)
    if versions and versions[0].stage == VersionStage.DRAFT:
        return versions[0]
    before = versions[0] if versions else None
    try:
        with transaction.atomic():
            draft = AgendaVersion.objects.create(
                area=area,
                number=before.number + 1 if before else 1,
                steering_group=before.steering_group if before else "",
                summary=before.summary if before else {},
            )
    except IntegrityError:
        return AgendaVersion.objects.get(area=area, stage=VersionStage.DRAFT)  # somebody else was first
    for old in before.topics.all() if before else ():
        copy_topic(old, draft)
    write_down("agenda.drafted", thing_of(draft), area, by=by, at=at, public=False, payload={"number": draft.number})
    return draft


def copy_topic(old: Topic, draft: AgendaVersion) -> Topic:
    facts = {
        name: getattr(old, name)
        for name in (
            "number", "title", "text", "challenge_id", "origin", "method", "votes", "votes_total", "people", "per_person", "chosen_on",
        )
    }  # fmt: skip
    topic = Topic.objects.create(version=draft, **facts)
    TopicFollows.objects.create(topic=topic, before=old, how=Following.CONTINUED)
    TopicWish.objects.bulk_create(TopicWish(topic=topic, wish_id=pk) for pk in old.chosen_wishes.values_list("wish", flat=True))
    return topic


@transaction.atomic
def change_version(version: AgendaVersion, *, steering_group: str, summary: dict[str, str], by: Person, at: datetime.datetime) -> None:
    """Who watches over it, and the summary in plain words by language."""
    AgendaVersion.objects.filter(pk=version.pk).update(steering_group=steering_group, summary=summary)
    write_down("agenda.changed", thing_of(version), version.area, by=by, at=at, public=version.stage != VersionStage.DRAFT)


@transaction.atomic
def adopt(
    version: AgendaVersion,
    *,
    adopted_by: str,
    valid_from: datetime.date,
    tell: TellGivers | None = None,
    by: Person,
    at: datetime.datetime,
) -> None:
    """From now on this version counts. What was not finished goes on under the topic that follows its own.

    `tell` gives the people of the topics' wishes one answer, and those wishes are chosen. Raises `NotAdopted` without topics,
    and `WrongStage` when it was adopted before.
    """
    versions = locked(version.area)
    if not version.topics.exists():
        raise NotAdopted(_("Add at least one topic first."))
    for old in versions:
        if old.stage == VersionStage.ADOPTED:
            move(old, VersionStage.FOLLOWED, moves=VERSION_MOVES)
    # The database holds that an adopted version says by whom: so that is written first.
    facts = {"adopted_by": adopted_by, "valid_from": valid_from, "adopted_at": at}
    AgendaVersion.objects.filter(pk=version.pk, stage=VersionStage.DRAFT).update(**facts)
    move(version, VersionStage.ADOPTED, moves=VERSION_MOVES)
    carry_on(version)
    told = tell_givers(tell, WishStage.CHOSEN, by=by, at=at) if tell else 0
    name = places.names_of([version.area.code]).get(version.area.code, version.area.code)
    board = f"De nieuwe buurtagenda van {name} is er."
    announce(version.area, kind=About.AGENDA, board=board, link=f"/agenda/{version.area.code}/", thing=thing_of(version), by=by.uuid, at=at)
    write_down("agenda.adopted", thing_of(version), version.area, by=by, at=at, payload={"number": version.number, "told": told})


def carry_on(version: AgendaVersion) -> None:
    """Unfinished agreements go to the topic that follows theirs; where they were before stays on record."""
    followed: dict[int, int] = {}
    for follows in TopicFollows.objects.filter(topic__version=version).exclude(how=Following.REPLACED).order_by("topic__number"):
        followed.setdefault(follows.before_id, follows.topic_id)
    for agreement in Agreement.objects.select_for_update(of=("self",)).filter(topic__in=followed, stage__in=list(OPEN)):
        Carried.objects.create(agreement=agreement, topic_id=agreement.topic_id)
        Agreement.objects.filter(pk=agreement.pk).update(topic_id=followed[agreement.topic_id])


@transaction.atomic
def look_back(version: AgendaVersion, *, lesson: str, by: Person, at: datetime.datetime) -> None:
    """What we learned of this version."""
    AgendaVersion.objects.filter(pk=version.pk).update(lesson=lesson)
    write_down("agenda.looked_back", thing_of(version), version.area, by=by, at=at)


@transaction.atomic
def answer_poll(
    version: AgendaVersion, *, better: Noticed, kept: Noticed, could_join: Noticed, doubted: bool, mark: str, at: datetime.datetime
) -> PollAnswer:
    """What a resident noticed. The same form sent twice is one answer; what may be of a program is kept and does not count."""
    facts = {"version": version, "better": better, "kept": kept, "could_join": could_join, "counts": not doubted, "at": at}
    if not mark:
        made, is_new = PollAnswer.objects.create(**facts), True
    else:
        made, is_new = PollAnswer.objects.get_or_create(mark=mark, defaults=facts)
    if is_new:
        write_down("agenda.polled", thing_of(version), version.area, by=None, at=at)
    return made


def thing_of(version: AgendaVersion) -> str:
    return f"agenda:{version.area.code}"
