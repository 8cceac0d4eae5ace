"""The way of a report: read along, read by another, approved, published, corrected. Approving freezes it."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import EVERYTHING
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.places import queries as places
from buurtdraad.reports.actions.asking import ask_files
from buurtdraad.reports.actions.drafting import note
from buurtdraad.reports.actions.freezing import keep_parts
from buurtdraad.reports.models import Erratum, Remark, Report, Section, Sentence
from buurtdraad.reports.queries.content import canonical, content_of, digest_of
from buurtdraad.reports.states import REPORT_MOVES, ReportStage


class SamePerson(Refused):
    """Two people are needed."""


class NotReadYet(Refused):
    """Nobody else read it as it stands now."""


class NothingSaid(Refused):
    """There are no words."""


def two_people(report: Report, by: Person) -> None:
    if by.uuid == report.made_by:
        raise SamePerson(_("You made this report. Somebody else must do this."))


@transaction.atomic
def remark(section: Section, text: str, *, sentence: Sentence | None = None, by: Person, at: datetime.datetime) -> Remark:
    """Say something about a section or one of its sentences. Raises `NothingSaid`."""
    if not text.strip():
        raise NothingSaid(_("Write what you want to say."))
    made = Remark.objects.create(section=section, sentence=sentence, text=text.strip()[:2000], by=by.uuid, at=at)
    note("report.remarked", section.report, by=by, at=at)
    return made


@transaction.atomic
def remark_done(one: Remark, *, by: Person, at: datetime.datetime) -> None:
    """Somebody did something with it; once more opens it again."""
    one.done_at = None if one.done_at else at
    one.save(update_fields=["done_at"])
    note("report.remark_done", one.section.report, by=by, at=at)


@transaction.atomic
def send_to_read(report: Report, *, by: Person, at: datetime.datetime) -> None:
    """Let others read along. Raises `WrongStage`."""
    move(report, ReportStage.REVIEW, moves=REPORT_MOVES)
    note("report.sent_to_read", report, by=by, at=at)


@transaction.atomic
def back_to_draft(report: Report, *, by: Person, at: datetime.datetime) -> None:
    """Write on. Raises `WrongStage`."""
    move(report, ReportStage.DRAFT, moves=REPORT_MOVES)
    unread(report)
    note("report.back_to_draft", report, by=by, at=at)


@transaction.atomic
def say_read(report: Report, *, by: Person, at: datetime.datetime) -> None:
    """Another than who made it read it as it stands. Raises `SamePerson`, `NotReadYet`."""
    two_people(report, by)
    fresh = Report.objects.light().select_for_update().get(pk=report.pk)
    if fresh.stage != ReportStage.REVIEW:
        raise NotReadYet(_("This report is not there to be read along."))
    report.reviewed_by, report.reviewed_at = by.uuid, at
    report.save(update_fields=["reviewed_by", "reviewed_at"])
    note("report.read", report, by=by, at=at)


def unread(report: Report) -> None:
    """It changed: what somebody read is not what stands there now."""
    if report.reviewed_by:
        report.reviewed_by = report.reviewed_at = None
        report.save(update_fields=["reviewed_by", "reviewed_at"])


@transaction.atomic
def approve(report: Report, *, by: Person, at: datetime.datetime) -> None:
    """Approve and freeze it: every word, number, definition and list. Raises `SamePerson`, `NotReadYet`, `WrongStage`."""
    two_people(report, by)
    fresh = Report.objects.select_for_update(of=("self",)).select_related("before").get(pk=report.pk)
    if fresh.stage == ReportStage.REVIEW and fresh.reviewed_by is None:
        raise NotReadYet(_("Nobody else read this report yet as it stands now."))
    move(report, ReportStage.APPROVED, moves=REPORT_MOVES)
    frozen = canonical(content_of(fresh))
    report.frozen, report.digest, report.approved_by, report.approved_at = frozen, digest_of(frozen), by.uuid, at
    report.save(update_fields=["frozen", "digest", "approved_by", "approved_at"])
    note("report.approved", report, by=by, at=at)


@transaction.atomic
def take_back(report: Report, *, by: Person, at: datetime.datetime) -> None:
    """Undo the approval. Raises `WrongStage`."""
    move(report, ReportStage.REVIEW, moves=REPORT_MOVES)
    report.frozen = report.digest = ""
    report.approved_by = report.approved_at = report.reviewed_by = report.reviewed_at = None
    report.save(update_fields=["frozen", "digest", "approved_by", "approved_at", "reviewed_by", "reviewed_at"])
    note("report.back_to_read", report, by=by, at=at)


@transaction.atomic
def publish(report: Report, *, by: Person, at: datetime.datetime) -> None:
    """Make public exactly what was approved. From now on nothing of it can change. Raises `WrongStage`."""
    if report.stage == ReportStage.APPROVED:
        keep_parts(report)
        report.published_at = at
        report.save(update_fields=["published_at"])
    move(report, ReportStage.PUBLISHED, moves=REPORT_MOVES)
    note("report.published", report, by=by, at=at, touches=everything())
    ask_files(report)


@transaction.atomic
def correct(report: Report, text: str, *, by: Person, at: datetime.datetime) -> Erratum:
    """Add an erratum to a published report; everybody sees it above the text, which stays. Raises `NothingSaid`, `NotReadYet`."""
    if report.stage != ReportStage.PUBLISHED:
        raise NotReadYet(_("This report is not published: change the text itself."))
    if not text.strip():
        raise NothingSaid(_("Write what is not right, and what is."))
    made = Erratum.objects.create(report=report, text=text.strip()[:2000], by=by.uuid, at=at)
    note("report.corrected", report, by=by, at=at, touches=everything())
    ask_files(report)
    return made


def everything() -> set[str]:
    """What a published report touches: the page of the city, and of each thing that it counts."""
    city = places.city_code()
    return {EVERYTHING, city} if city else {EVERYTHING}


@transaction.atomic
def remove(report: Report, *, by: Person, at: datetime.datetime) -> None:
    """Throw a draft away. Raises `NotReadYet` for what others read already."""
    if report.stage != ReportStage.DRAFT:
        raise NotReadYet(_("Others read this report already. It stays."))
    note("report.removed", report, by=by, at=at)
    report.delete()
