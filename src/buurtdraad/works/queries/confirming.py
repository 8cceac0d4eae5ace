"""Which sheets an owner is asked about each month, and which nobody confirmed for two months."""

import datetime
from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from buurtdraad.lib.monthly import CONFIRMED_WITHIN
from buurtdraad.works.models import Work
from buurtdraad.works.states import WorkKind


def to_confirm() -> QuerySet[Work]:
    """The open project sheets; upkeep is not asked about one by one."""
    return Work.objects.open().projects()


def owned(email: str) -> QuerySet[Work]:
    """The open sheets of an owner."""
    return to_confirm().filter(owner_email__iexact=email) if email else Work.objects.none()


def unconfirmed(codes: Collection[str] | None, *, at: datetime.datetime | None = None) -> QuerySet[Work]:
    """The open sheets in these areas (None: everywhere) that nobody confirmed for two months, or since they were made. By `since`."""
    found = Work.objects.unconfirmed((at or timezone.now()) - CONFIRMED_WITHIN)
    if codes is not None:
        found = found.filter(work_areas__area__code__in=set(codes)).distinct()
    return found.order_by("since", "pk")  # type: ignore[misc]  # `unconfirmed` annotates it


def mine_unconfirmed(email: str, *, at: datetime.datetime) -> tuple[int, datetime.datetime | None]:
    """How many sheets of an owner nobody confirmed for two months, and since when the oldest waits. One query."""
    found = unconfirmed(None, at=at).filter(owner_email__iexact=email).order_by().aggregate(number=Count("pk"), oldest=Min("since"))
    return found["number"], found["oldest"]


def is_unconfirmed(work: Work, at: datetime.datetime) -> bool:
    """Whether two months went by since somebody said that an open project is right, or since it was made."""
    return work.is_open and work.kind == WorkKind.PROJECT and (work.confirmed_at or work.made_at) < at - CONFIRMED_WITHIN


def owners_to_ask(month: datetime.date, asked: QuerySet) -> list[str]:
    """The addresses of all who own an open sheet, each once, but those in `asked`."""
    found = to_confirm().exclude(owner_email="").annotate(address=Lower("owner_email")).exclude(address__in=asked)
    return list(found.order_by("address").values_list("address", flat=True).distinct())


def asked_about(email: str, uuids: Collection[UUID]) -> QuerySet[Work]:
    """Of the sheets that somebody was asked about: those that are still theirs, also what is done by now."""
    return Work.objects.filter(Q(uuid__in=uuids), owner_email__iexact=email)
