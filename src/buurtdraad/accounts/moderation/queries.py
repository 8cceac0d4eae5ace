"""What was reported, and what was decided on it."""

from collections.abc import Iterable

from django.db.models import QuerySet

from buurtdraad.accounts.moderation.models import Report
from buurtdraad.accounts.moderation.states import Stage
from buurtdraad.places.queries import last_name


def hidden_among(things: Iterable[str]) -> set[str]:
    """Which of these things ("wish:12") a moderator has hidden: for a list, in one query."""
    return set(Report.objects.filter(thing__in=list(things), stage=Stage.HIDDEN).values_list("thing", flat=True))


def is_hidden(thing: str) -> bool:
    """Whether a moderator has hidden this thing: its room then does not show it."""
    return bool(hidden_among([thing]))


def waiting() -> QuerySet[Report]:
    """Reports on which nobody decided yet, danger first and then the oldest, with their area and its name (`place`)."""
    return Report.objects.waiting().select_related("area").annotate(place=last_name("area"))


def others_on(report: Report) -> QuerySet[Report]:
    """What else was reported of the same thing, newest first."""
    return Report.objects.filter(thing=report.thing).exclude(pk=report.pk).order_by("-made_at")
