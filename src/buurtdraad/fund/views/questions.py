"""Questions: asked from the file, and their answers written down for who told them to us."""

import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.accounts.models import Person
from buurtdraad.fund import access
from buurtdraad.fund.actions import questions as actions
from buurtdraad.fund.forms.questions import AnswerForm, AnswerNotedForm, QuestionForm
from buurtdraad.fund.models import Question, TextBlock
from buurtdraad.fund.queries.blocks import blocks_of
from buurtdraad.fund.views.on_file import deed_with_form, known
from buurtdraad.lib.access import allow


@allow(access.HANDLER)
@require_form
def ask_question(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Standard questions are chosen with a form of their own, which fills in the text; then it is changed as needed."""
    application = known(request, uuid)
    blocks = blocks_of(application.rules.scheme, TextBlock.For.QUESTION)
    chosen = set(request.GET.getlist("blok"))
    text = "\n\n".join(block.text for block in blocks if str(block.uuid) in chosen)
    form = QuestionForm(posted(request), rules=application.rules, text=text)

    def act() -> None:
        actions.ask(application, **form.cleaned_data, by=me(request), at=timezone.now())

    texts = {"title": _("Ask something"), "send": _("Send the question"), "blocks": blocks, "chosen": chosen}
    says = _("The question is sent. Time stands still from today.")
    return deed_with_form(request, application, form, act, says=says, template="fund/ask_question.html", **texts)


@allow(access.HANDLER)
@require_form
def note_answer(request: HttpRequest, uuid: UUID, question: UUID) -> HttpResponse:
    """An answer that came by phone, on paper or at the desk."""
    application = known(request, uuid)
    asked = get_object_or_404(application.questions, uuid=question)
    form = AnswerNotedForm(posted(request), request.FILES or None, asked_on=timezone.localdate(asked.asked_at))

    def act() -> None:
        keep_answer(asked, form, on=form.cleaned_data["on"], by=me(request))

    says = _("The answer is written down. Time runs again.")
    texts = {"title": _("Write the answer down"), "question": asked.text, "template": "fund/answer.html"}
    return deed_with_form(request, application, form, act, says=says, **texts)


def keep_answer(asked: Question, form: AnswerForm | AnswerNotedForm, *, by: Person | None, on: datetime.date | None = None) -> None:
    """An answer, with its document where there is one."""
    facts = {"text": form.cleaned_data["text"], "on": on, "by": by, "at": timezone.now()}
    if document := form.document_facts:
        actions.answer_with(asked, document.pop("document"), **document, **facts)
    else:
        actions.answer(asked, **facts)
