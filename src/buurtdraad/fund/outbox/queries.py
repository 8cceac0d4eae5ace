"""What is brought of a request, and how it stands with all of them."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from buurtdraad.accounts.access import Reach
from buurtdraad.fund.models import Application, CaseMessage
from buurtdraad.fund.outbox.states import Stage
from buurtdraad.fund.states import Who

MOST_NAME = 200


@dataclass(frozen=True)
class CaseFacts:
    """All that leaves: no account number, card, phone number, address or document. `facts` are properties of the kind of case."""

    identification: str
    title: str
    words: str
    name: str
    is_organisation: bool
    received_on: datetime.date
    decide_by: datetime.date | None
    submitted_at: datetime.datetime
    facts: dict[str, str]


def facts_of(message: CaseMessage) -> CaseFacts:
    """What the case needs of a request. Its page here, for who may see it, says the rest."""
    application = message.application
    assert application.received_on, "a request that was sent has a day on which it came"
    assert application.submitted_at
    organisation = application.who == Who.ORGANISATION and bool(application.organisation_name)
    return CaseFacts(
        identification=message.identification,
        title=f"{application.number}: {application.initiative.title}",
        words=page_of(application),
        name=(application.organisation_name if organisation else application.applicant_name)[:MOST_NAME],
        is_organisation=organisation,
        received_on=application.received_on,
        decide_by=application.decide_by,
        submitted_at=application.submitted_at,
        facts={"kenmerk": str(application.number), "bedrag": f"{application.asked:.2f}", "gebied": application.initiative.area.code},
    )


def page_of(application: Application) -> str:
    with override("nl"):
        return settings.SITE_URL + reverse("fund:file", args=[application.uuid])


def due(at: datetime.datetime) -> QuerySet[CaseMessage]:
    """What is to be brought now, the longest waiting first."""
    return CaseMessage.objects.filter(stage=Stage.WAITING, next_at__lte=at).order_by("next_at", "pk")


def not_there(reach: Reach) -> QuerySet[CaseMessage]:
    """What is not there yet of these areas: what waits for a person first."""
    found = CaseMessage.objects.exclude(stage=Stage.THERE).select_related("application__initiative").order_by("stage", "made_at", "pk")
    return found if reach.everywhere else found.filter(application__initiative__area__code__in=reach.codes)


class Counts(NamedTuple):
    """How many wait, since when the first one, and how many were refused."""

    waiting: int
    since: datetime.datetime | None
    failed: int


def counts() -> Counts:
    """Of the whole city. One query."""
    waits = Q(stage=Stage.WAITING)
    found = CaseMessage.objects.aggregate(
        waiting=Count("pk", filter=waits), since=Min("made_at", filter=waits), failed=Count("pk", filter=Q(stage=Stage.FAILED))
    )
    return Counts(**found)


def waits_long(found: Counts, *, at: datetime.datetime | None = None) -> bool:
    """Whether something waits longer than a passing fault explains."""
    return found.since is not None and (at or timezone.now()) - found.since > datetime.timedelta(hours=1)
