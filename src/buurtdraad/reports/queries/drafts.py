"""What the pages of a draft show: sentences as objects, with what changed since somebody wrote them, and remarks."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Max, Min, Prefetch, QuerySet
from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.accounts.queries.people import names_of
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.reports.models import Remark, Report, Section, Sentence
from buurtdraad.reports.queries.sentences import Values, changed_since, number_of
from buurtdraad.reports.states import Part


@dataclass(frozen=True)
class DraftLine:
    """A sentence of a draft; `changed` when a number in it is another one than when a person wrote it."""

    sentence: Sentence
    changed: bool


@dataclass(frozen=True)
class DraftSection:
    section: Section
    parts: list[tuple[str, str, list[DraftLine]]]
    remarks: list[tuple[Remark, str]] = field(default_factory=list)


def reports() -> QuerySet[Report]:
    """Every report without its lists, the newest first."""
    return Report.objects.light().select_related("before")


def half_year_of(day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The first and last day of the half year of a day."""
    first = day.month <= 6
    return day.replace(month=1 if first else 7, day=1), day.replace(month=6 if first else 12, day=30 if first else 31)


def next_period(today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """What to report about now, so that nothing falls between two reports: the half year after the last published one.

    The first report begins with the half year of the first wish, at most a year before this one. While a half year of which
    a report is published still goes on, it is that half year.
    """
    now = half_year_of(today)
    if last := Report.objects.published().aggregate(last=Max("until_on"))["last"]:
        after = last + datetime.timedelta(days=1)
        return (after, half_year_of(after)[1]) if after <= today else now
    first = Wish.objects.aggregate(first=Min("given_at"))["first"]
    if not first:
        return now
    oldest = now[0].replace(year=now[0].year - 1)
    return min(max(half_year_of(timezone.localdate(first))[0], oldest), now[0]), now[1]


def values_in(report: Report) -> Values:
    """The number of each mark as last counted. One query."""
    return {one.mark: number_of(one.query, one.value) for one in report.figures.defer("rows")}


def sections_of(report: Report, values: Values) -> list[DraftSection]:
    """The sections with sentences and remarks. Four queries, however many there are."""
    sections = list(report.sections.prefetch_related("sentences", Prefetch("remarks", Remark.objects.select_related("sentence"))))
    names = names_of([remark.by for one in sections for remark in one.remarks.all()])
    return [
        DraftSection(one, parts_of(one, values), [(remark, names.get(remark.by, "")) for remark in one.remarks.all()])
        for one in sections
    ]  # fmt: skip


def parts_of(section: Section, values: Values) -> list[tuple[str, str, list[DraftLine]]]:
    found: dict[str, list[DraftLine]] = {}
    for one in section.sentences.all():
        found.setdefault(one.part, []).append(DraftLine(one, one.edited and changed_since(one.seen, one.text, values)))
    return [(part, str(Part(part).label) if part else "", lines) for part, lines in found.items()]


def to_look_at(sections: Sequence[DraftSection]) -> list[Sentence]:
    """Sentences that a person wrote and of which a number changed since."""
    return [line.sentence for one in sections for _part, _label, lines in one.parts for line in lines if line.changed]


def people_of(report: Report) -> dict[UUID, str]:
    """The names of who made, read and approved it; of who was erased none."""
    return names_of([report.made_by, report.reviewed_by, report.approved_by])


def waiting_for(person: Person) -> QuerySet[Report]:
    """Reports that wait for a second pair of eyes or for approval, and are of somebody else."""
    return Report.objects.light().filter(stage="review").exclude(made_by=person.uuid).order_by("made_at")
