"""The thread: from a wish to its topics, from a topic to its agreements. For pages of other rooms too."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet

from buurtdraad.agendas.agenda.models import Agreement, AgreementStep, Owner, Topic
from buurtdraad.agendas.agenda.states import VersionStage
from buurtdraad.agendas.wishes.models import Wish

WITH_OWNERS = Prefetch("owners", Owner.objects.select_related("organisation"))


def topics_of(wish: Wish) -> list[Topic]:
    """The topics that a wish came into (or one that it was joined to or that was joined to it), the newest agenda first. No drafts.

    Each with its version and area. One query.
    """
    head = wish.head_id or wish.pk
    family = Q(chosen_wishes__wish=head) | Q(chosen_wishes__wish__head=head)
    public = Topic.objects.exclude(version__stage=VersionStage.DRAFT).filter(family).distinct()
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
