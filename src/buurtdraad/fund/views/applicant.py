"""`/fonds/aanvragen/<uuid>/`: the page of who asked, the receipt, the documents, and how easy it was."""

from uuid import UUID

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.fund import access
from buurtdraad.fund.actions import assisting, drafting, ease, papers
from buurtdraad.fund.forms.asking import EaseForm
from buurtdraad.fund.models import Letter
from buurtdraad.fund.queries import applications, clock, steps
from buurtdraad.fund.queries.after import after_of
from buurtdraad.fund.queries.told import told_of
from buurtdraad.fund.queries.written import on_paper
from buurtdraad.fund.states import IN_HAND, Stage, tone_of
from buurtdraad.fund.views.asking import asked_here, visitor
from buurtdraad.lib.access import EVERYBODY, allow, require
from buurtdraad.lib.limits import limited_address
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.uploads.serving import attachment
from buurtdraad.ui import pdf
from buurtdraad.ui.asking import UNPROCESSABLE

SAID_EASE = "fund_said_ease"


@never_cache
@allow(EVERYBODY)
@require_safe
def application(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How it stands: the step, the last day to decide, what we asked, and the decision when it was made known."""
    return application_page(request, uuid, EaseForm())


def application_page(request: HttpRequest, uuid: UUID, form: EaseForm) -> HttpResponse:
    found = asked_here(request, uuid)
    if found.stage == Stage.DRAFT:
        return redirect("fund:write", found.uuid, steps.next_step(found))
    prefetch_related_objects([found], "costs", "incomes")
    told = told_of(found)
    context = {
        "told": told, "tone": tone_of(told),
        "application": found, "plan": found.initiative, "parts": on_paper(found, whole_account=access.sees_account(request.session, found)),
        "waits": told in IN_HAND, "helper": applications.helper_of(found), "still": clock.stands_still(found),
        "question": found.questions.filter(answered_at=None, lapsed_at=None).first(), "form": form, "section": "fund",
        "hearing": found.views.filter(given_at=None, waived_at=None).first(),
        "asks_ease": str(found.uuid) not in request.session.get(SAID_EASE, ()) and not found.written_by,
        "after": after_of(found), "may_withdraw": access.may_withdraw(request.user, found, request.session),
        "decision": applications.known_decision(found), "can_mail": assisting.reachable(drafting.contact_of(found.initiative)),
        "mails": assisting.reachable(found.contact), "receipt": found.letters.filter(about=Letter.About.RECEIPT).exists(),
    }  # fmt: skip
    return render(request, "fund/application.html", context, status=UNPROCESSABLE if form.errors else 200)


@never_cache
@allow(EVERYBODY)
@require_safe
def receipt(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The receipt as PDF: the same each time, from the facts as they were."""
    found = asked_here(request, uuid)
    letter = get_object_or_404(found.letters, about=Letter.About.RECEIPT)
    headers = {"Content-Disposition": f'inline; filename="ontvangstbewijs-{found.number}.pdf"', "Cache-Control": "private, no-store"}
    return HttpResponse(pdf.render("ui/letter.typ", letter.facts), content_type="application/pdf", headers=headers)


@allow(EVERYBODY)
@require_POST
def say_ease(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How easy it was: kept without who said it. Once in a browser."""
    found = asked_here(request, uuid)
    limited_address("ease", request)
    form = EaseForm(request.POST)
    if not form.is_valid():
        return application_page(request, uuid, form)
    if str(found.uuid) not in request.session.get(SAID_EASE, ()):
        ease.say(int(form.cleaned_data["how"]), form.cleaned_data["words"], channel=found.channel, at=timezone.now())
        request.session[SAID_EASE] = [*request.session.get(SAID_EASE, ()), str(found.uuid)]
    messages.success(request, _("Thank you. With this we make it easier."))
    return redirect("fund:application", found.uuid)


@allow(EVERYBODY)
@require_POST
def choose_mail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """From now on by e-mail, to the address that was confirmed with the link."""
    found = asked_here(request, uuid)
    require(access.is_applicant(request.user, found, request.session))
    try:
        assisting.choose_mail(found, by=visitor(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("From now on you hear from us by e-mail."))
    return redirect("fund:application", found.uuid)


@never_cache
@allow(EVERYBODY)
@require_safe
def document(request: HttpRequest, uuid: UUID, paper: UUID) -> HttpResponseBase:
    """A document that somebody sent along, to be saved."""
    return attachment(get_object_or_404(asked_here(request, uuid).documents, uuid=paper))


@allow(EVERYBODY)
@require_POST
def drop_document(request: HttpRequest, uuid: UUID, paper: UUID) -> HttpResponse:
    """A wrong file goes away."""
    found = asked_here(request, uuid)
    require(access.may_write(request.user, found, request.session))
    papers.drop_document(
        get_object_or_404(found.documents.select_related("application"), uuid=paper), by=visitor(request), at=timezone.now()
    )
    return redirect("fund:write", found.uuid, steps.NEIGHBOURS)
