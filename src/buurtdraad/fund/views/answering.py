"""`/fonds/aanvragen/<uuid>/vraag/…` and `…/reactie/…`: where who asks for the money answers a question, or reacts before a decision."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from buurtdraad.accounts.asking import posted, require_form
from buurtdraad.accounts.models import Person
from buurtdraad.fund import access
from buurtdraad.fund.actions import hearing
from buurtdraad.fund.actions.handling import page_of_applicant
from buurtdraad.fund.forms.questions import AnswerForm, ReactionForm
from buurtdraad.fund.models import Application, View
from buurtdraad.fund.queries.left import day_in_words
from buurtdraad.fund.states import DECIDED, OVER
from buurtdraad.fund.views.questions import keep_answer
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.refusal import Refused
from buurtdraad.ui.asking import UNPROCESSABLE, said


@never_cache
@allow(EVERYBODY)
@require_form
def answer(request: HttpRequest, uuid: UUID, question: UUID) -> HttpResponse:
    """The question, until when, and what happens if no answer comes."""
    application = theirs(request, uuid)
    if application is None:
        return redirect_to_login(request.get_full_path())
    asked = get_object_or_404(application.questions, uuid=question)
    title = _("We ask you something")
    if asked.answered_at:
        return told(request, application, title, _("You answered this on %(day)s.") % {"day": day_in_words(asked.answered_at)})
    lead = _("Answer on %(day)s or earlier. Until then the time to decide stands still.") % {"day": day_in_words(asked.answer_by)}
    if asked.lapsed_at:
        lead = _("The last day to answer was %(day)s. Answer quickly: as long as there is no decision, we still read it.")
        lead %= {"day": day_in_words(asked.answer_by)}
    form = AnswerForm(posted(request), request.FILES or None)

    def act() -> None:
        keep_answer(asked, form, by=who(request))

    done = _("Thank you. We have your answer, and go on with your request.")
    texts = {"title": title, "question": asked.text, "lead": lead, "send": _("Send the answer")}
    return said_or_asked(request, application, form, act, done=done, **texts)


@never_cache
@allow(EVERYBODY)
@require_form
def react(request: HttpRequest, uuid: UUID, view: UUID) -> HttpResponse:
    """What we think of deciding, and room for what they think of that."""
    application = theirs(request, uuid)
    if application is None:
        return redirect_to_login(request.get_full_path())
    asked = get_object_or_404(application.views, uuid=view)
    title = _("Your reaction before we decide")
    if asked.given_at:
        return told(request, application, title, _("You reacted on %(day)s.") % {"day": day_in_words(asked.given_at)})
    if asked.waived_at or is_past(asked):
        return told(request, application, title, _("The time to react is over. Call us if you still want to say something."))
    form = ReactionForm(posted(request))

    def act() -> None:
        hearing.give(asked, words=form.cleaned_data["words"], by=who(request), at=timezone.now())

    lead = _("Do you see it otherwise? Tell us on %(day)s or earlier. You may write it, or call us.")
    lead %= {"day": day_in_words(asked.give_by)}
    texts = {"title": title, "question": asked.about, "lead": lead, "send": _("Send your reaction")}
    return said_or_asked(request, application, form, act, done=_("Thank you. We read this before we decide."), **texts)


def is_past(asked: View) -> bool:
    """Whether it was decided meanwhile; what we ask after the decision is answered in its own time."""
    application = asked.application
    last = application.decisions.order_by("taken_at").last()
    after = last is not None and asked.asked_at >= last.taken_at and application.stage in access.AFTER_YES
    return application.stage in DECIDED | OVER and not after


def theirs(request: HttpRequest, uuid: UUID) -> Application | None:
    """The application, for who asks for the money. None: perhaps, once they sign in. 404 for everybody else."""
    found = access.visible_applications(request.user, request.session).filter(uuid=uuid).first()
    if found and access.may_answer(request.user, found, request.session):
        return found
    if request.user.is_authenticated:
        raise Http404
    return None


def who(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None


def said_or_asked(
    request: HttpRequest, application: Application, form: forms.Form, act: Callable[[], None], *, done: str, **texts: str
) -> HttpResponse:
    """The form, or after it was sent thanks with the way back."""
    if form.is_valid():
        try:
            act()
        except Refused as no:
            form.add_error(None, str(no))
        else:
            return told(request, application, texts["title"], done)
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "fund/answer.html", {"form": form, "back": page_of_applicant(application)} | texts, status=status)


def told(request: HttpRequest, application: Application, title: str, says: str) -> HttpResponse:
    return said(request, title, says, back=page_of_applicant(application), go=_("To your request"))
