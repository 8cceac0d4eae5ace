"""Meetings that came in from a table: which tables there were, what of them can still be undone, and the table of what is there."""

from collections.abc import Iterable, Iterator

from django.db.models import Count, ManyToOneRel, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.models import Person
from buurtdraad.agendas.meetings.access import within
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.states import Kind, Stage
from buurtdraad.agendas.ways_in.models import Batch
from buurtdraad.agendas.ways_in.states import BatchKind
from buurtdraad.ui.csv import Cell

MOST_ROWS = 5000


def tables_of_meetings(person: Person, reach: Reach) -> QuerySet[Batch]:
    """The tables that this person took in or of which all meetings lie in reach, the last one first, with how many are there."""
    found = Batch.objects.filter(kind=BatchKind.MEETINGS)
    if not reach.everywhere:
        there = Meeting.objects.filter(batch__isnull=False)
        found = found.exclude(uuid__in=there.exclude(area__code__in=reach.codes).values("batch"))
        found = found.filter(Q(by=person.uuid) | Q(uuid__in=there.values("batch")))
    counted = Meeting.objects.filter(batch=OuterRef("uuid")).order_by().values("batch").annotate(n=Count("pk")).values("n")
    return found.annotate(meetings=Coalesce(Subquery(counted), 0))


def untouched(meetings: Iterable[Meeting]) -> list[Meeting]:
    """Those that are as they came in: no word of them changed, and nothing was added, such as who signs up, a wish or a result."""
    found = [one for one in meetings if one.stage in {Stage.DRAFT, Stage.CLOSED} and one.changed_at == one.made_at]
    ids = [one.pk for one in found]
    stay: set[int] = set()
    for relation in Meeting._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel):
            key = relation.field.attname
            stay.update(relation.related_model._default_manager.filter(**{f"{key}__in": ids}).values_list(key, flat=True))
    return [one for one in found if one.pk not in stay]


def as_table(reach: Reach) -> Iterator[list[Cell]]:
    """The meetings in reach in the order of the columns, the newest first."""
    found = within(Meeting.objects.all(), reach).exclude(stage=Stage.CANCELLED).order_by("-starts_at", "-pk")
    kinds = {value: str(label) for value, label in Kind.choices}
    rows = found.values_list("title", "area__code", "starts_at", "ends_at", "place", "address", "kind", "text", "languages", "capacity")
    for title, code, starts_at, ends_at, place, address, kind, text, languages, capacity in rows[:MOST_ROWS].iterator():
        starts, ends = localtime(starts_at), localtime(ends_at)
        yield [
            title, code, f"{starts:%d-%m-%Y}", f"{starts:%H:%M}", f"{ends:%H:%M}", place, address, kinds[kind], text, languages,
            capacity or "",
        ]  # fmt: skip
