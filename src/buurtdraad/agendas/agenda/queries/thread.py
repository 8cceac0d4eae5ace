"""The thread: from a wish to its topics, from a topic to its agreements. For pages of other rooms too."""

from collections.abc import Collection, Iterable

from django.db.models import Prefetch, Q, QuerySet

from buurtdraad.agendas.agenda.models import Agreement, AgreementStep, Owner, Topic
from buurtdraad.agendas.agenda.states import VersionStage

WITH_OWNERS = Prefetch("owners", Owner.objects.select_related("organisation"))


def topics_of(wishes: Collection[int]) -> list[Topic]:
    """The topics that one of these wishes (by id) came into, the newest agenda first. No drafts.

    Each with its version and area. One query.
    """
    public = Topic.objects.exclude(version__stage=VersionStage.DRAFT).filter(chosen_wishes__wish__in=wishes).distinct()
    return list(public.select_related("version__area", "challenge").order_by("-version__number", "number"))


def agreements_of(topic: Topic) -> list[Agreement]:
    """The agreements under a topic, and those that stood under it before they went on. Each with its owners. Two queries."""
    return list(agreements_under([topic]))


def agreements_under(topics: Iterable[Topic]) -> QuerySet[Agreement]:
    pks = [topic.pk for topic in topics]
    under = Q(topic__in=pks) | Q(carried__topic__in=pks)
    return Agreement.objects.filter(under).distinct().select_related("area", "topic__version").prefetch_related(WITH_OWNERS)


def history_of(agreement: Agreement) -> list[AgreementStep]:
    """All steps of an agreement, the oldest first."""
    return list(agreement.steps.all())
