"""What was reported, and what was decided on it."""

from collections.abc import Iterable

from django.db.models import QuerySet

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.moderation.models import Report, ReportQuerySet
from buurtdraad.accounts.moderation.states import VERBS, Stage
from buurtdraad.audit.models import Event
from buurtdraad.audit.queries import timeline
from buurtdraad.places.queries import last_name


def hidden_among(things: Iterable[str]) -> set[str]:
    """Which of these things ("wish:12") a moderator has hidden: for a list, in one query."""
    return set(Report.objects.filter(thing__in=list(things), stage=Stage.HIDDEN).values_list("thing", flat=True))


def is_hidden(thing: str) -> bool:
    """Whether a moderator has hidden this thing: its room then does not show it."""
    return bool(hidden_among([thing]))


def within(reach: Reach) -> ReportQuerySet:
    """Reports of the areas where somebody may decide; those without an area are for who may do so in the whole city."""
    return Report.objects.all() if reach.everywhere else Report.objects.filter(area__code__in=reach.codes)


def waiting(reach: Reach) -> QuerySet[Report]:
    """Reports on which nobody decided yet, danger first and then the oldest, with their area and its name (`place`)."""
    return within(reach).waiting().select_related("area").annotate(place=last_name("area"))


def decided(reach: Reach) -> QuerySet[Report]:
    """Reports on which somebody decided, the last one first."""
    return within(reach).exclude(stage=Stage.OPEN).order_by("-decided_at", "-id")


def report_of(uuid: str, reach: Reach) -> Report | None:
    """One report, with its area and its name (`place`); None when it is not there for this moderator."""
    return within(reach).filter(uuid=uuid).select_related("area").annotate(place=last_name("area")).first()


def others_on(report: Report, reach: Reach) -> QuerySet[Report]:
    """What else was reported of the same thing, newest first."""
    return within(reach).filter(thing=report.thing).exclude(pk=report.pk).order_by("-made_at")


def decisions_on(report: Report) -> list[Event]:
    """What was decided on a report, the last one first. Who reported it is not in there."""
    return [event for event in timeline(f"report:{report.uuid}") if event.verb in VERBS.values()]
