"""A draft sentence by sentence: write it otherwise, leave it out, put back what the machine wrote, add one of your own."""

import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.lib.refusal import Refused
from buurtdraad.reports.access import CHANGING
from buurtdraad.reports.actions.drafting import Fixed, note
from buurtdraad.reports.actions.reviewing import NothingSaid, unread
from buurtdraad.reports.models import Report, Section, Sentence
from buurtdraad.reports.queries.drafts import values_in
from buurtdraad.reports.queries.sentences import seen_now, unknown_marks


class UnknownMark(Refused):
    """A sentence names a number that the report does not have."""


class OfTheMachine(Refused):
    """The machine wrote it: it can be left out, and not be removed."""


def ready(report: Report, text: str) -> tuple[str, dict[str, str | None]]:
    """The words on one line, and the values of their numbers. Raises `NothingSaid`, `UnknownMark`, `Fixed`."""
    locked = Report.objects.light().select_for_update().get(pk=report.pk)
    if locked.stage not in CHANGING:
        raise Fixed(_("This report is approved or published. It stays as it is."))
    line = " ".join(text.split())[:2000]
    if not line:
        raise NothingSaid(_("Write a sentence, or leave it out."))
    values = values_in(report)
    if wrong := unknown_marks(line, values):
        raise UnknownMark(_("This report has no number called %(mark)s.") % {"mark": f"{{{wrong[0]}}}"})
    return line, seen_now(line, values)


@transaction.atomic
def rewrite(sentence: Sentence, text: str, *, by: Person, at: datetime.datetime) -> None:
    """Write a sentence otherwise; its numbers are looked at now. Raises `NothingSaid`, `UnknownMark`, `Fixed`."""
    report = sentence.section.report
    sentence.text, sentence.seen = ready(report, text)
    changed(sentence, by=by, at=at)
    note("report.sentence_changed", report, by=by, at=at)


@transaction.atomic
def put_back(sentence: Sentence, *, by: Person, at: datetime.datetime) -> None:
    """What the machine wrote stands there again. Raises `NothingSaid` for a sentence of a person."""
    report = sentence.section.report
    sentence.text, sentence.seen = ready(report, sentence.drafted)
    sentence.left_out = False
    changed(sentence, by=by, at=at)
    note("report.sentence_put_back", report, by=by, at=at)


@transaction.atomic
def leave_out(sentence: Sentence, *, by: Person, at: datetime.datetime) -> None:
    """Leave a sentence out of the report, or take it in again. Raises `Fixed`."""
    report = sentence.section.report
    ready(report, sentence.text)
    sentence.left_out = not sentence.left_out
    changed(sentence, by=by, at=at)
    note("report.sentence_left_out", report, by=by, at=at)


@transaction.atomic
def add(section: Section, text: str, *, part: str = "", by: Person, at: datetime.datetime) -> Sentence:
    """Add a sentence at the end of a section, or of a part of it. Raises `NothingSaid`, `UnknownMark`, `Fixed`."""
    line, seen = ready(section.report, text)
    last = section.sentences.filter(part=part).aggregate(last=Max("number"))["last"] or 0
    made = Sentence.objects.create(section=section, number=last + 1, part=part, text=line, seen=seen, edited_by=by.uuid, edited_at=at)
    unread(section.report)
    note("report.sentence_added", section.report, by=by, at=at)
    return made


@transaction.atomic
def remove_sentence(sentence: Sentence, *, by: Person, at: datetime.datetime) -> None:
    """Take away a sentence that a person added. Raises `OfTheMachine`, `Fixed`."""
    report = sentence.section.report
    ready(report, sentence.text)
    if sentence.key:
        raise OfTheMachine(_("The machine wrote this. You can leave it out."))
    sentence.delete()
    unread(report)
    note("report.sentence_removed", report, by=by, at=at)


def changed(sentence: Sentence, *, by: Person, at: datetime.datetime) -> None:
    sentence.edited_by, sentence.edited_at = by.uuid, at
    sentence.save(update_fields=["text", "seen", "left_out", "edited_by", "edited_at"])
    unread(sentence.section.report)
