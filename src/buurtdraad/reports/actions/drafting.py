"""Drafting a report from confirmed facts, and drafting it again: what a person wrote stays, and so does what they left out."""

import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused
from buurtdraad.places import queries as places
from buurtdraad.reports.access import duty_to_write
from buurtdraad.reports.models import Figure, FigureToday, Report, Section, Sentence
from buurtdraad.reports.queries.drafted import Chapter, Pen, chapters
from buurtdraad.reports.queries.drafts import half_year_of
from buurtdraad.reports.queries.figures import DEFINITIONS, LISTS, Counting, Period
from buurtdraad.reports.queries.figures.rows import DUTCH
from buurtdraad.reports.queries.sentences import Number, Values, marks_in, number_of, seen_now
from buurtdraad.reports.states import ReportStage

LONGEST = 732  # days: two years
OF_ONE_MEASURE = "meting"


class NoSuchPeriod(Refused):
    """The days do not make a period that can be reported about."""


class Fixed(Refused):
    """The report is approved or published: it is not drafted again."""


def note(verb: str, report: Report, *, by: Person, at: datetime.datetime, touches: frozenset[str] | set[str] = frozenset()) -> None:
    """Write down what was done with a report. Drafts touch no page of others."""
    record(verb, room="reports", thing=report.thing, by=by.uuid, at=at, duty=duty_to_write(by), touches=touches)


@transaction.atomic
def draft(*, from_on: datetime.date, until_on: datetime.date, by: Person, at: datetime.datetime) -> Report:
    """The draft of a report about these days; where it stands there already it is drafted again. Raises `NoSuchPeriod`, `Fixed`."""
    today = timezone.localdate(at)
    if not from_on < until_on:
        raise NoSuchPeriod(_("The last day must come after the first day."))
    if from_on > today:
        raise NoSuchPeriod(_("This period has still to begin."))
    if (until_on - from_on).days > LONGEST:
        raise NoSuchPeriod(_("A report is about two years at most."))
    found = Report.objects.select_for_update().filter(slug=slug_of(from_on, until_on)).first()
    if found is not None:
        draft_again(found, by=by, at=at)
        return found
    city = places.city_code()
    report = Report.objects.create(
        slug=slug_of(from_on, until_on), title=title_of(from_on, until_on), from_on=from_on, until_on=until_on,
        geography=(places.latest_year(city) if city else None) or until_on.year, made_by=by.uuid, made_at=at, counted_at=at,
        before=Report.objects.published().filter(until_on__lt=until_on).order_by("-until_on", "-pk").first(),
    )  # fmt: skip
    write(report, at=at)
    note("report.drafted", report, by=by, at=at)
    return report


@transaction.atomic
def draft_again(report: Report, *, by: Person, at: datetime.datetime) -> None:
    """Count everything again and write the machine's sentences anew; those of people stay. Raises `Fixed`."""
    if report.stage not in {ReportStage.DRAFT, ReportStage.REVIEW}:
        raise Fixed(_("This report is approved or published. It stays as it is."))
    write(report, at=at)
    if report.reviewed_by:
        report.reviewed_by = report.reviewed_at = None
        report.save(update_fields=["reviewed_by", "reviewed_at"])
    note("report.drafted_again", report, by=by, at=at)


def slug_of(from_on: datetime.date, until_on: datetime.date) -> str:
    """2026-2 for the second half of 2026, else the first and the last day."""
    if (from_on, until_on) == half_year_of(from_on):
        return f"{from_on.year}-{1 if from_on.month == 1 else 2}"
    return f"{from_on:%Y%m%d}-{until_on:%Y%m%d}"


def title_of(from_on: datetime.date, until_on: datetime.date) -> str:
    """The title in Dutch, the language of the report."""
    with translation.override(DUTCH):
        if (from_on, until_on) == half_year_of(from_on):
            first = _("Half-year report %(year)s, first half") % {"year": from_on.year}
            second = _("Half-year report %(year)s, second half") % {"year": from_on.year}
            return first if from_on.month == 1 else second
        days = {"from": date_format(from_on, "j F Y"), "until": date_format(until_on, "j F Y")}
        return _("Report about %(from)s up to and with %(until)s") % days


# --- writing --------------------------------------------------------------------------------------------


def write(report: Report, *, at: datetime.datetime) -> None:
    """Count, and write what the machine can say."""
    counting = Counting(Period.of(report.from_on, report.until_on, timezone.localdate(at)))
    with translation.override(DUTCH):
        pen = Pen(counting)
        written = chapters(pen)
        for name in DEFINITIONS:
            if name != OF_ONE_MEASURE:
                pen.mark(name)
        values = count_figures(report, pen, at=at)
        write_chapters(report, written, values)
        drop_unused_figures(report, pen)
        report.lists = {name: [row.as_kept() for row in counting.rows(name)] for name in LISTS}
    # What was kept of how it stood is older than this count.
    FigureToday.objects.filter(report=report).delete()
    report.counted_at = at
    report.save(update_fields=["lists", "counted_at"])


def count_figures(report: Report, pen: Pen, *, at: datetime.datetime) -> dict[str, Number]:
    """The value of each number of the draft, and of each one that is there already."""
    there = {one.mark: one for one in report.figures.all()}
    asked = {mark: (one.query, one.parameters) for mark, one in there.items() if one.query in DEFINITIONS} | pen.figures
    values: dict[str, Number] = {}
    new: list[Figure] = []
    old: list[Figure] = []
    for mark, (name, parameters) in asked.items():
        counted = pen.counting.count(name, **parameters)
        values[mark] = number_of(name, counted.value)
        figure = there.get(mark) or Figure(report=report, mark=mark, query=name, parameters=parameters)
        figure.value, figure.rows, figure.computed_at = counted.value, counted.places, at
        (old if figure.pk else new).append(figure)
    Figure.objects.bulk_create(new)
    Figure.objects.bulk_update(old, ["value", "rows", "computed_at"], batch_size=500)
    return values


def drop_unused_figures(report: Report, pen: Pen) -> None:
    """Numbers that neither the machine nor a person names any more."""
    texts = Sentence.objects.filter(section__report=report).values_list("text", "drafted")
    named = {mark for both in texts for text in both for mark in marks_in(text)}
    report.figures.exclude(mark__in=named | set(pen.figures)).delete()


def write_chapters(report: Report, written: list[Chapter], values: Values) -> None:
    sections = {(one.kind, one.subject): one for one in report.sections.prefetch_related("sentences")}
    for number, chapter in enumerate(written, start=1):
        section = sections.pop((chapter.kind, chapter.subject), None)
        if section is None:
            section = Section.objects.create(
                report=report, kind=chapter.kind, subject=chapter.subject, number=number, title=chapter.title[:150]
            )
        else:
            section.number, section.title = number, chapter.title[:150]
            section.save(update_fields=["number", "title"])
        write_lines(section, chapter, values)
    for number, section in enumerate(sections.values(), start=len(written) + 1):
        # What has no chapter any more stays as far as a person wrote in it.
        write_lines(section, Chapter(section.kind, section.title), values)  # type: ignore[arg-type]
        if section.sentences.exists():
            section.number = number
            section.save(update_fields=["number"])
        else:
            section.delete()


def write_lines(section: Section, chapter: Chapter, values: Values) -> None:
    there = list(section.sentences.all())
    by_key = {one.key: one for one in there if one.key}
    new: list[Sentence] = []
    old: list[Sentence] = []
    for number, line in enumerate(chapter.lines, start=1):
        text = line.text[:2000]
        one = by_key.pop(line.key[:150], None)
        if one is None:
            new.append(
                Sentence(
                    section=section, key=line.key[:150], number=number * 10, part=line.part, text=text, drafted=text,
                    seen=seen_now(text, values),
                )
            )  # fmt: skip
            continue
        if not one.edited:
            one.text, one.seen = text, seen_now(text, values)
        one.drafted, one.number, one.part = text, number * 10, line.part
        old.append(one)
    Sentence.objects.bulk_create(new)
    Sentence.objects.bulk_update(old, ["text", "seen", "drafted", "number", "part"], batch_size=500)
    gone = [one.pk for one in by_key.values() if not one.edited]
    Sentence.objects.filter(pk__in=gone).delete()
