"""Keeping how the half year that goes on stands (each hour), and reports today (each night)."""

import datetime

from django.db import transaction
from django.utils import timezone, translation

from buurtdraad.reports.models import FigureToday, Report, Standing
from buurtdraad.reports.queries.drafts import half_year_of
from buurtdraad.reports.queries.figures.rows import DUTCH
from buurtdraad.reports.queries.standing import count_standing
from buurtdraad.reports.queries.today import count_all


@transaction.atomic
def keep_standing(at: datetime.datetime) -> Standing:
    """Count the half year of `at`, and keep that over what was kept; what is of another half year goes. Two at once give one row."""
    today = timezone.localdate(at)
    first, _last = half_year_of(today)
    facts = {"counted_at": at, "numbers": count_standing(today)}
    kept, _made = Standing.objects.update_or_create(from_on=first, defaults=facts)
    Standing.objects.exclude(from_on=first).delete()
    return kept


@transaction.atomic
def keep_today(report: Report, at: datetime.datetime) -> int:
    """Count each number of a report as it stands at `at`, in Dutch as the report is, over what was kept; how many."""
    with translation.override(DUTCH):
        made = count_all(report, at, timezone.localdate(at))
    FigureToday.objects.bulk_create(
        made, update_conflicts=True, unique_fields=["report", "mark"], update_fields=["value", "number", "rows", "counted_at"],
        batch_size=500,
    )  # fmt: skip
    FigureToday.objects.filter(report=report).exclude(mark__in=[one.mark for one in made]).delete()
    return len(made)
