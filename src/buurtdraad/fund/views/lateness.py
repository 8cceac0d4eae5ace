"""More time to decide, and the letter of an applicant that we are late."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.fund import access
from buurtdraad.fund.actions import lateness as actions
from buurtdraad.fund.forms.questions import EXTEND, DefaultNoticeForm, MoreTimeForm, RejectForm
from buurtdraad.fund.models import DefaultNotice, ObjectionNotice
from buurtdraad.fund.queries.clock import was_extended
from buurtdraad.fund.views.objecting import objected
from buurtdraad.fund.views.on_file import deed_with_form, known
from buurtdraad.lib.access import allow, require


@allow(access.HANDLER)
@require_form
def more_time(request: HttpRequest, uuid: UUID) -> HttpResponse:
    application = known(request, uuid)
    form = MoreTimeForm(posted(request), rules=application.rules, extended=was_extended(application))

    def act() -> None:
        given, at = form.cleaned_data, timezone.now()
        if given["how"] == EXTEND:
            actions.extend(application, why=given["why"], by=me(request), at=at)
        else:
            actions.agree(application, days=given["days"], why=given["why"], by=me(request), at=at)

    says = _("There is more time. Who asked was told the new day.")
    return deed_with_form(request, application, form, act, says=says, title=_("Take more time"))


@allow(access.HANDLER)
@require_form
def default_notice(request: HttpRequest, uuid: UUID) -> HttpResponse:
    application = known(request, uuid)
    form = DefaultNoticeForm(posted(request))

    def act() -> None:
        actions.note_default(application, **form.cleaned_data, by=me(request), at=timezone.now())

    lead = _("From two weeks after the letter we owe them money for each day, until we decide.")
    texts = {"title": _("A letter that we are late"), "lead": lead}
    return deed_with_form(request, application, form, act, says=_("The letter is written down."), **texts)


@allow(access.HANDLER)
@require_form
def reject_default(request: HttpRequest, uuid: UUID) -> HttpResponse:
    application = known(request, uuid)
    notice = get_object_or_404(DefaultNotice, application=application)
    form = RejectForm(posted(request))

    def act() -> None:
        actions.reject_default(notice, why=form.cleaned_data["why"], by=me(request), at=timezone.now())

    return deed_with_form(request, application, form, act, says=_("Who asked was told."), title=_("We are not late"))


@allow(access.HANDLER)
@require_form
def objection_late(request: HttpRequest, uuid: UUID, objection: UUID) -> HttpResponse:
    application, found = objected(request, uuid, objection)
    require(access.may_judge(request.user, found))
    form = DefaultNoticeForm(posted(request))

    def act() -> None:
        actions.note_objection_default(found, **form.cleaned_data, by=me(request), at=timezone.now())

    lead = _("From two weeks after the letter we owe them money for each day, until we decide.")
    texts = {"title": _("A letter that we are late"), "lead": lead}
    return deed_with_form(request, application, form, act, says=_("The letter is written down."), **texts)


@allow(access.HANDLER)
@require_form
def objection_not_late(request: HttpRequest, uuid: UUID, objection: UUID) -> HttpResponse:
    application, found = objected(request, uuid, objection)
    require(access.may_judge(request.user, found))
    notice = get_object_or_404(ObjectionNotice, objection=found)
    form = RejectForm(posted(request))

    def act() -> None:
        actions.reject_objection_default(notice, why=form.cleaned_data["why"], by=me(request), at=timezone.now())

    return deed_with_form(request, application, form, act, says=_("Written down."), title=_("We are not late"))
