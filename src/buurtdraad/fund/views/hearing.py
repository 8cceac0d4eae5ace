"""Hearing who asks for the money before a decision against them: asked from the file, and written down for who told it to us."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.fund import access
from buurtdraad.fund.actions import hearing as actions
from buurtdraad.fund.forms.questions import HearingForm, ReactionNotedForm
from buurtdraad.fund.views.on_file import deed, deed_with_form, known
from buurtdraad.lib.access import allow


@allow(access.HANDLER)
@require_form
def ask_view(request: HttpRequest, uuid: UUID) -> HttpResponse:
    application = known(request, uuid)
    form = HearingForm(posted(request), rules=application.rules)

    def act() -> None:
        actions.ask(application, **form.cleaned_data, by=me(request), at=timezone.now())

    lead = _("The time to decide runs on meanwhile.")
    texts = {"title": _("Hear them before we decide"), "lead": lead, "send": _("Ask for a reaction")}
    return deed_with_form(request, application, form, act, says=_("They are asked to react."), **texts)


@allow(access.HANDLER)
@require_form
def note_view(request: HttpRequest, uuid: UUID, view: UUID) -> HttpResponse:
    """What they said or wrote to us."""
    application = known(request, uuid)
    asked = get_object_or_404(application.views, uuid=view)
    form = ReactionNotedForm(posted(request))

    def act() -> None:
        actions.give(asked, **form.cleaned_data, by=me(request), at=timezone.now())

    texts = {"title": _("Write the reaction down"), "question": asked.about, "template": "fund/answer.html"}
    return deed_with_form(request, application, form, act, says=_("The reaction is written down."), **texts)


@allow(access.HANDLER)
@require_POST
def waive_view(request: HttpRequest, uuid: UUID, view: UUID) -> HttpResponse:
    """They do not want to react."""
    application = known(request, uuid)
    asked = get_object_or_404(application.views, uuid=view)
    says = _("Written down: they do not react.")
    return deed(request, application, lambda: actions.waive(asked, by=me(request), at=timezone.now()), says=says)
