"""The first thing that was done for each wish, and when."""

import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.utils.timezone import localdate

from buurtdraad.agendas.agenda.models import Agreement, AgreementStep, Carried, TopicWish
from buurtdraad.agendas.agenda.states import Stage as AgreementStage
from buurtdraad.agendas.wishes.models import Step, Wish
from buurtdraad.agendas.wishes.states import Stage
from buurtdraad.works.models import WorkAnswers


def first_actions() -> dict[int, tuple[datetime.date, datetime.date]]:
    """By wish (heads only): the day on which it was given, and the first day on or after that on which something was done for it.

    Done: the wish itself went to "under way" or "done"; an agreement under a topic with this wish did; or a work that answers the wish, its
    topic or such an agreement began. What began before the wish was given is no answer to it. Wishes without an action are not in it.
    """
    wishes_of = wishes_by_topic()
    days: dict[int, list[datetime.date]] = defaultdict(list)
    for wish, at in Step.objects.filter(stage__in=(Stage.BUSY, Stage.DONE)).values_list("wish", "at"):
        days[wish].append(localdate(at))
    for topics, day in (*agreements_begun(), *works_begun()):
        for topic in topics:
            for wish in wishes_of[topic]:
                days[wish].append(day)
    direct = WorkAnswers.objects.filter(wish__isnull=False, work__started_on__isnull=False)
    for answered, begun in direct.values_list("wish", "work__started_on"):
        days[answered].append(begun)  # type: ignore[arg-type]
    found = {}
    for pk, given_at in Wish.objects.heads().filter(pk__in=days).values_list("pk", "given_at"):
        given = localdate(given_at)
        if later := [day for day in days[pk] if day >= given]:
            found[pk] = (given, min(later))
    return found


def wishes_by_topic() -> dict[int, set[int]]:
    """The heads of the wishes that each topic is about."""
    found: dict[int, set[int]] = defaultdict(set)
    for topic, wish, head in TopicWish.objects.values_list("topic", "wish", "wish__head"):
        found[topic].add(head or wish)
    return found


def topics_by_agreement() -> dict[int, set[int]]:
    """The topic of each agreement, and those under which it stood before."""
    found: dict[int, set[int]] = defaultdict(set)
    for agreement, topic in (*Agreement.objects.values_list("pk", "topic"), *Carried.objects.values_list("agreement", "topic")):
        found[agreement].add(topic)
    return found


def agreements_begun() -> Iterable[tuple[set[int], datetime.date]]:
    topics = topics_by_agreement()
    steps = AgreementStep.objects.filter(stage__in=(AgreementStage.RUNNING, AgreementStage.DONE)).values_list("agreement", "at")
    return [(topics[agreement], localdate(at)) for agreement, at in steps]


def works_begun() -> Iterable[tuple[set[int], datetime.date]]:
    topics = topics_by_agreement()
    rows = WorkAnswers.objects.filter(wish__isnull=True, work__started_on__isnull=False)
    return [
        ({topic} if topic else topics[agreement], day)  # type: ignore[misc]
        for topic, agreement, day in rows.values_list("topic", "agreement", "work__started_on")
    ]
