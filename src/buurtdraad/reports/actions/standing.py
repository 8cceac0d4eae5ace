"""Keeping how the city stands in the half year that goes on: by the worker each hour, and by the page where nothing is kept."""

import datetime

from django.db import transaction
from django.utils import timezone

from buurtdraad.reports.models import Standing
from buurtdraad.reports.queries.drafts import half_year_of
from buurtdraad.reports.queries.standing import count_standing


@transaction.atomic
def keep_standing(at: datetime.datetime) -> Standing:
    """Count the half year of `at`, and keep that over what was kept; what is of another half year goes. Two at once give one row."""
    today = timezone.localdate(at)
    first, _last = half_year_of(today)
    facts = {"counted_at": at, "numbers": count_standing(today)}
    kept, _made = Standing.objects.update_or_create(from_on=first, defaults=facts)
    Standing.objects.exclude(from_on=first).delete()
    return kept
