"""Objections, for who works on them: written down from paper, taken, given more time, heard, and decided."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.accounts.queries import names_of
from buurtdraad.fund import access
from buurtdraad.fund.actions import objecting as actions
from buurtdraad.fund.forms.settling import HeardForm, NoteObjectionForm, ObjectionForm
from buurtdraad.fund.models import Application, Objection
from buurtdraad.fund.queries.after import after_of
from buurtdraad.fund.queries.lateness import exposure_of_objection
from buurtdraad.fund.queries.left import in_words, tone_of
from buurtdraad.fund.rules import objection_until
from buurtdraad.fund.states import ObjectionOutcome
from buurtdraad.fund.views.on_file import deed_with_form, known
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.refusal import Refused


@allow(access.HANDLER)
@require_form
def note_objection(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An objection that came on paper, or of somebody else than who asked."""
    application = known(request, uuid, access.may_see_to)
    after = after_of(application)
    decision = after.decision
    if decision is None:
        raise Http404
    settlement = after.settlement if after.settlement and after.settlement.known_on else None
    form = NoteObjectionForm(posted(request))

    def act() -> None:
        actions.receive(decision, settlement=settlement, **form.cleaned_data, by=me(request), at=timezone.now())

    return deed_with_form(request, application, form, act, says=_("The objection is written down."), title=_("An objection came"))


@never_cache
@allow(access.HANDLER)
@require_safe
def objection(request: HttpRequest, uuid: UUID, objection: UUID) -> HttpResponse:
    """What it says, until when we decide, who handles it, and what can be done now."""
    application, found = objected(request, uuid, objection)
    today = timezone.localdate()
    days = (found.decide_by - today).days
    known_on = actions.known_on_of(found)
    context = {
        "application": application,
        "objection": found,
        "open": found.outcome == ObjectionOutcome.UNDECIDED,
        "left": in_words(days),
        "tone": tone_of(days),
        "late": found.received_on > objection_until(known_on),
        "object_until": objection_until(known_on),
        "exposure": exposure_of_objection(found, today),
        "handler": names_of([found.handler]).get(found.handler, "") if found.handler else "",
        "judges": access.may_judge(request.user, found),
        "decides": access.may_judge(request.user, found) and access.mandate_of(request.user, application) is not None,
    }
    return render(request, "fund/objection.html", context)


@allow(access.HANDLER)
@require_POST
def take_objection(request: HttpRequest, uuid: UUID, objection: UUID) -> HttpResponse:
    _application, found = objected(request, uuid, objection)
    return pressed(request, found, lambda: actions.take(found, by=me(request), at=timezone.now()), _("You handle this objection."))


@allow(access.HANDLER)
@require_POST
def extend_objection(request: HttpRequest, uuid: UUID, objection: UUID) -> HttpResponse:
    _application, found = objected(request, uuid, objection)
    says = _("There is more time. Who asked was told the new day.")
    return pressed(request, found, lambda: actions.extend(found, by=me(request), at=timezone.now()), says)


@allow(access.HANDLER)
@require_POST
def withdraw_objection(request: HttpRequest, uuid: UUID, objection: UUID) -> HttpResponse:
    _application, found = objected(request, uuid, objection)
    require(access.may_judge(request.user, found))
    says = _("Written down: they took it back.")
    return pressed(request, found, lambda: actions.withdraw(found, by=me(request), at=timezone.now()), says)


@allow(access.HANDLER)
@require_form
def hear_objection(request: HttpRequest, uuid: UUID, objection: UUID) -> HttpResponse:
    application, found = objected(request, uuid, objection)
    require(access.may_judge(request.user, found))
    form = HeardForm(posted(request))

    def act() -> None:
        actions.hear(found, **form.cleaned_data, by=me(request), at=timezone.now())

    return deed_with_form(request, application, form, act, says=_("Written down."), title=_("What was said at the hearing"))


@never_cache
@allow(access.HANDLER)
@require_form
def decide_objection(request: HttpRequest, uuid: UUID, objection: UUID) -> HttpResponse:
    application, found = objected(request, uuid, objection)
    require(access.may_judge(request.user, found))
    form = ObjectionForm(posted(request), objection=found)
    if form.is_valid():
        try:
            letter = actions.decide(found, **form.facts, by=me(request), at=timezone.now())
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("You decided. Now read the letter and send it."))
            return redirect("fund:send_after", letter.uuid)
    texts = {"title": _("Decide on the objection"), "lead": found.words, "send": _("Decide")}
    return deed_with_form(request, application, form, lambda: None, says="", **texts)


def objected(request: HttpRequest, uuid: UUID, objection: UUID) -> tuple[Application, Objection]:
    """An objection of this application, for who sees its file."""
    application = known(request, uuid, access.may_see_file)
    related = ("decision", "settlement", "letter", "default_notice")
    found = get_object_or_404(Objection.objects.select_related(*related), uuid=objection, decision__application=application)
    found.decision.application = application
    return application, found


def pressed(request: HttpRequest, found: Objection, act, says: str) -> HttpResponse:
    """A deed of one button on the page of an objection."""
    try:
        act()
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, says)
    return redirect("fund:objection", found.decision.application.uuid, found.uuid)
