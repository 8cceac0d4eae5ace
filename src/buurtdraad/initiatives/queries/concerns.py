"""Worries and their answers: what everybody reads, what the people of a plan answer, and what waits until somebody reads it."""

from uuid import UUID

from django.db.models import Q, QuerySet

from buurtdraad.accounts.access import Reach
from buurtdraad.initiatives.models import Concern, Initiative
from buurtdraad.places.queries import last_name


def read_concerns(initiative: Initiative) -> QuerySet[Concern]:
    """The worries that stand there, the oldest first; an answer may still wait (`answer_on_site`)."""
    return initiative.concerns.filter(on_site=True)


def concern_by(uuid: UUID) -> Concern | None:
    """One worry, with its plan."""
    return Concern.objects.select_related("initiative__area", "contact").filter(uuid=uuid).first()


def concerns_to_read(reach: Reach) -> QuerySet[Concern]:
    """Worries and answers in reach that nobody read yet, the oldest first, each with its `place_name`."""
    found = Concern.objects.filter(Q(on_site=False) | (Q(answer_on_site=False) & ~Q(answer="")))
    if not reach.everywhere:
        found = found.filter(initiative__area__code__in=reach.codes)
    named = found.annotate(place_name=last_name("initiative__area"))
    return named.select_related("initiative__area").order_by("given_at", "id")
