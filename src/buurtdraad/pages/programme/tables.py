"""All that belongs to a challenge as rows of a file: plain rows, read while they are sent."""

import datetime
from collections.abc import Iterator
from itertools import chain

from django.db.models import QuerySet

from buurtdraad.agendas.agenda.states import Stage as AgreementStage
from buurtdraad.challenges.models import Challenge
from buurtdraad.initiatives.states import Stage as PlanStage
from buurtdraad.pages.programme.belongs import agreements_of, plans_of, works_of
from buurtdraad.places.queries import last_name
from buurtdraad.works.queries.exporting import AT_ONCE, words_of
from buurtdraad.works.queries.exporting import rows_of as rows_of_works

WORK_KEYS = ("title", "areas", "stage", "until_on", "department")

type Row = tuple[str, str, str, str, str, str]


def rows_of(challenge: Challenge) -> Iterator[Row]:
    """All of it: kind, what, where, step, until when, who. Of a work the department, never a person.

    In the language of now, also where the rows are read later. Four queries.
    """
    works = rows_of_works(works_of(challenge), WORK_KEYS, parted=", ")
    agreements = agreements_of(challenge).order_by("number", "pk")
    return chain(
        (("werk", title, where, stage, day(until_on), department) for title, where, stage, until_on, department in works),
        lines("afspraak", agreements.values_list("what", last_name("area"), "stage", "due_on"), words_of(AgreementStage)),
        lines("plan van bewoners", plans_of(challenge).values_list("title", last_name("area"), "stage", "until_on"), words_of(PlanStage)),
    )


def lines(kind: str, found: QuerySet, stages: dict[str, str]) -> Iterator[Row]:
    """Agreements or plans; nobody of the municipality answers for these alone."""
    rows = found.iterator(chunk_size=AT_ONCE)
    return ((kind, what, place or "", stages.get(stage, stage), day(until), "") for what, place, stage, until in rows)


def day(value: datetime.date | None) -> str:
    return value.isoformat() if value else ""
