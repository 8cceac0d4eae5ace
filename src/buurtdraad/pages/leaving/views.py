"""A partner that stops or leaves an agreement between partners, and what it agreed to in neighbourhood agendas."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from buurtdraad.accounts.asking import posted
from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.agendas.agenda.queries.owned import open_agreements_of
from buurtdraad.agendas.agenda.queries.words import when
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.dated import EndForm
from buurtdraad.lib.refusal import Refused
from buurtdraad.partners import access, actions
from buurtdraad.partners.forms.accords import LeaveForm
from buurtdraad.partners.models import Organisation, Signature
from buurtdraad.partners.queries.accords import codes_of
from buurtdraad.partners.queries.joining import now
from buurtdraad.partners.queries.organisations import codes_of as partner_codes
from buurtdraad.partners.queries.organisations import organisation_of
from buurtdraad.partners.states import AccordStage


@allow(access.CHANGER)
@require_http_methods(["GET", "HEAD", "POST"])
def leave_accord(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    """A party leaves what counts, with a reason. What it still has to do in agendas is shown first: that stays, and asks for somebody."""
    signature = party_here(request, uuid, pk)
    form = LeaveForm(posted(request))
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.leave(signature, on=given["on"], why=given["why"], by=request.user, at=timezone.now())  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s left the agreement.") % {"name": now(signature.organisation)})
            return redirect("partners:work_accord", uuid)
    whole = now(signature.organisation)
    context = {
        "form": form,
        "organisation": whole,
        "version": signature.version,
        "rows": agreement_rows(whole),
        "back": reverse("partners:work_accord", args=[uuid]),
    }
    return render(request, "pages/leave_accord.html", context, status=422 if form.errors else 200)


@allow(access.CHANGER)
@require_http_methods(["GET", "HEAD", "POST"])
def end_partner(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An organisation stops. What it still has to do in agendas is shown first, and afterwards waits for who makes these."""
    found = organisation_of(uuid)
    if found is None or found.joined_to:
        raise Http404
    require(access.may_end(request.user, partner_codes(found)))
    form = EndForm(posted(request))
    rows = agreement_rows(found)
    if form.is_valid():
        also = {agreement.area.code for agreement, _when in rows}
        try:
            actions.end_organisation(found, **form.cleaned_data, also=also, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It has a last day now."))
            return redirect("partners:organisation", uuid)
    context = {"form": form, "organisation": found, "rows": rows, "back": reverse("partners:organisation", args=[uuid])}
    return render(request, "pages/end_partner.html", context, status=422 if form.errors else 200)


@allow(access.STAFF_MEMBER)
@require_safe
def partner_agreements(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What a partner still has to do in neighbourhood agendas. Of a double: what the whole has."""
    found = organisation_of(uuid)
    if found is None:
        raise Http404
    whole = now(found)
    context = {"organisation": whole, "rows": agreement_rows(whole), "back": reverse("partners:organisation", args=[whole.uuid])}
    return render(request, "pages/partner_agreements.html", context)


def agreement_rows(organisation: Organisation) -> list[tuple[Agreement, str]]:
    today = timezone.localdate()
    return [(agreement, when(agreement, today)) for agreement in open_agreements_of(organisation)]


def party_here(request: HttpRequest, uuid: UUID, pk: int) -> Signature:
    """Who takes part in an accord that counts, for who may change that; else 404 or 403."""
    counting = Signature.objects.filter(version__stage=AccordStage.IN_FORCE, left_on__isnull=True)
    found = counting.select_related("version__accord", "organisation__joined_to")
    signature = get_object_or_404(found, version__accord__uuid=uuid, pk=pk)
    require(access.may_change(request.user, codes_of(signature.version.accord)))
    return signature
