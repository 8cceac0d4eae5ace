"""Keeping what became of areas between two years."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from buurtdraad.audit.actions import record
from buurtdraad.places.models import Area, AreaChange, Change
from buurtdraad.places.queries import touched_by
from buurtdraad.places.rules import Became


@transaction.atomic
def save_changes(changes: Sequence[Became], *, year: int, by: UUID | None, at: datetime.datetime, channel: str = "import") -> int:
    """Keep these changes as those that led to this year; how many of them were not known yet or differ from what was.

    Unchanged areas are not kept. The same changes twice record nothing.
    """
    kept = [change for change in changes if change.kind in Change.values]
    areas = Area.objects.in_bulk({code for change in kept for code in (change.from_code, change.to_code)}, field_name="code")
    known = {(row.from_area_id, row.to_area_id): (row.kind, row.share) for row in AreaChange.objects.filter(year=year)}
    fresh = []
    for change in kept:
        row = AreaChange(
            from_area=areas[change.from_code],
            to_area=areas[change.to_code],
            year=year,
            kind=change.kind,
            share=min(Decimal(1), max(Decimal("0.0001"), round(Decimal(str(change.share)), 4))),
        )
        if known.get((row.from_area_id, row.to_area_id)) != (row.kind, row.share):
            fresh.append(row)
    AreaChange.objects.bulk_create(
        fresh, update_conflicts=True, unique_fields=["from_area", "to_area", "year"], update_fields=["kind", "share"], batch_size=1000
    )
    if fresh:
        touches = touched_by({area.code for row in fresh for area in (row.from_area, row.to_area)})
        record(
            "areas.compared",
            room="places",
            thing=f"year:{year}",
            by=by,
            at=at,
            channel=channel,
            touches=touches,
            payload={"changes": len(fresh)},
        )
    return len(fresh)
