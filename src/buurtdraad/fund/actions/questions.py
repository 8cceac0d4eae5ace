"""Asking the applicant to complete or explain something (Awb 4:5): the term stands still until the answer, or until the days went by."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.fund.actions import clock
from buurtdraad.fund.actions.handling import file_of
from buurtdraad.fund.actions.interests import must_be_free
from buurtdraad.fund.actions.paper import write_too
from buurtdraad.fund.actions.records import write_down
from buurtdraad.fund.actions.telling import tell_applicant, tell_colleague
from buurtdraad.fund.models import Application, ApplicationDocument, ClockEvent, Letter, Question
from buurtdraad.fund.states import DECIDED, MOVES, OVER, ClockEventKind, DocumentKind, Stage
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.lib.uploads.documents import CheckedDocument
from buurtdraad.lib.uploads.keeping import kept_document


class NoQuestion(Refused):
    """It cannot be asked or answered now."""


def page_of(question: Question) -> str:
    """The path of the page on which the applicant answers, without language."""
    return f"/fonds/aanvragen/{question.application.uuid}/vraag/{question.uuid}/"


@transaction.atomic
def ask(application: Application, *, text: str, answer_by: datetime.date, by: Person, at: datetime.datetime) -> Question:
    """Ask the applicant something, to be answered on `answer_by` or earlier. From today the time stands still.

    Raises `NotFree`, `WrongStage`, and `NoQuestion` while another question waits or when the day has passed.
    """
    must_be_free(by, application)
    if answer_by <= timezone.localdate(at):
        raise NoQuestion(_("Give them some days to answer."))
    try:
        with transaction.atomic():
            question = Question.objects.create(application=application, text=text, asked_by=by.uuid, asked_at=at, answer_by=answer_by)
    except IntegrityError:
        raise NoQuestion(_("Another question waits for its answer.")) from None
    if application.stage != Stage.WAITING:
        move(application, Stage.WAITING, moves=MOVES)
    clock.happened(application, ClockEventKind.ASKED, on=timezone.localdate(at), by=by, at=at)
    write_down("question.asked", application, by=by, at=at, payload={"question": str(question.uuid)})
    tell_applicant(application, lambda: asking(question), link=page_of(question), by=by, at=at)
    write_too(application, Letter.About.QUESTION, lambda: asking(question), at=at)
    return question


def went_out(application: Application, *, on: datetime.date) -> Question | None:
    """The letter with the question went out on a day: only from then the time stands still (Awb 4:15), and the days to answer count.

    Returns the question where it moved; None where it was answered before, or where the letter went out on the same day.
    """
    question = application.questions.select_for_update().filter(answered_at=None, lapsed_at=None).order_by("-asked_at").first()
    if question is None or on <= (asked_on := timezone.localdate(question.asked_at)):
        return None
    ClockEvent.objects.filter(application=application, kind=ClockEventKind.ASKED, on=asked_on, at=question.asked_at).update(on=on)
    question.answer_by += on - asked_on
    question.save(update_fields=["answer_by"])
    clock.wind(application)
    return question


def asking(question: Question) -> tuple[str, list[str]]:
    return _("We ask you something about your request for money"), [
        question.text,
        _("Answer on %(day)s or earlier. Until then the time to decide stands still.") % {"day": date_format(question.answer_by, "j F Y")},
        _("Do you need help? Call us."),
    ]


@transaction.atomic
def answer(question: Question, *, text: str, by: Person | None, at: datetime.datetime, on: datetime.date | None = None) -> None:
    """The answer, of who asked for the money or written down for them; `on`: when it came, else today. The time runs again.

    An answer after the last day is kept too, as long as nothing was decided. Raises `NoQuestion` for what was answered before.
    """
    held = Question.objects.select_for_update(of=("self",)).select_related("application__initiative__area").get(pk=question.pk)
    application = held.application
    if held.answered_at:
        raise NoQuestion(_("This question was answered already."))
    if application.stage in DECIDED | OVER:
        raise NoQuestion(_("There is a decision already. An answer changes nothing now. Call us if you do not agree."))
    Question.objects.filter(pk=held.pk).update(answer=text, answered_at=at)
    if held.lapsed_at is None:
        clock.happened(application, ClockEventKind.ANSWERED, on=on or timezone.localdate(at), by=by, at=at)
        go_on(application)
    question.refresh_from_db()
    write_down("question.answered", application, by=by, at=at, payload={"question": str(held.uuid)})
    tell_colleague(application.handler, lambda: answered(application), application, link=file_of(application), by=by, at=at)


def answer_with(
    question: Question, document: CheckedDocument, *, kind: DocumentKind, name: str, text: str, by: Person | None, at: datetime.datetime,
    on: datetime.date | None = None,
) -> None:  # fmt: skip
    """The answer with the document that was missing; both or neither. Raises `NoQuestion`."""
    with kept_document(document) as key, transaction.atomic():
        answer(question, text=text, by=by, at=at, on=on)
        ApplicationDocument.objects.create(
            application_id=question.application_id, document_kind=kind, key=key, name=name, kind=document.kind,
            bytes=len(document.content), given_by=by.uuid if by else None, given_at=at,
        )  # fmt: skip


def answered(application: Application) -> tuple[str, list[str]]:
    return _("The answer came: %(number)s") % {"number": application}, [_("The time to decide runs again.")]


def go_on(application: Application) -> None:
    """After the question the work goes on where it was: was everything there already, then with looking at the plan."""
    if application.stage == Stage.WAITING:
        move(application, Stage.ASSESSING if application.complete_on else Stage.CHECKING, moves=MOVES)


@transaction.atomic
def lapse(question: Question, *, at: datetime.datetime) -> None:
    """The last day to answer went by: the time runs again from the day after it.

    What was complete is looked at on. What was not stays where it is: from there it can be decided not to process it (Awb 4:5).
    Raises `NoQuestion` for what was answered, or has days left.
    """
    held = Question.objects.select_for_update(of=("self",)).select_related("application__initiative__area").get(pk=question.pk)
    if held.answered_at or held.lapsed_at:
        raise NoQuestion(_("This question is closed already."))
    if timezone.localdate(at) <= held.answer_by:
        raise NoQuestion(_("There are still days left to answer."))
    application = held.application
    Question.objects.filter(pk=held.pk).update(lapsed_at=at)
    clock.happened(application, ClockEventKind.LAPSED, on=held.answer_by, by=None, at=at)
    if application.complete_on:
        go_on(application)
    question.refresh_from_db()
    write_down("question.lapsed", application, by=None, at=at, payload={"question": str(held.uuid)})
    tell_colleague(application.handler, lambda: lapsed(application), application, link=file_of(application), by=None, at=at)


def lapsed(application: Application) -> tuple[str, list[str]]:
    return _("No answer came: %(number)s") % {"number": application}, [_("The time to decide runs again. Look at what to do now.")]


@transaction.atomic
def remind(question: Question, *, at: datetime.datetime) -> bool:
    """Remind who asked of an open question, once. Whether that was done now."""
    due = Question.objects.filter(pk=question.pk, answered_at=None, lapsed_at=None, reminded_at=None)
    if not due.update(reminded_at=at):
        return False
    write_down("question.reminded", question.application, by=None, at=at, payload={"question": str(question.uuid)})
    tell_applicant(question.application, lambda: asking(question), link=page_of(question), by=None, at=at)
    return True
