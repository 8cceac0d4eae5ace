"""Who takes part in an agreement between partners. Leaving it is a page of `pages`, which knows what a partner agreed to in agendas."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buurtdraad.accounts.asking import posted, require_form
from buurtdraad.lib.access import allow
from buurtdraad.lib.refusal import Refused
from buurtdraad.partners import access, actions
from buurtdraad.partners.forms.accords import SignatureForm, SignForm
from buurtdraad.partners.models import Organisation, Signature
from buurtdraad.partners.queries import accords as queries
from buurtdraad.partners.views.work_accords import accord_to_change, done_or_asked, now_by, version_to_change


@allow(access.CHANGER)
@require_form
def sign_accord(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    """One more party: in the draft, or later in what counts. `?partner=` names one beforehand."""
    version = version_to_change(request, uuid, number)
    there = {party.organisation.pk for party in queries.taking_part(version)}
    form = SignForm(posted(request), but=there, initial={"organisation": request.GET.get("partner", "")[:36]})
    words = {"title": _("Who takes part?"), "about": version.title, "button": _("Add")}

    def deed() -> None:
        asked: Organisation = form.cleaned_data["organisation"]
        actions.sign(version, asked, on=form.cleaned_data["on"], signed_by=form.cleaned_data["signed_by"], **now_by(request))

    return done_or_asked(request, form, uuid, deed, **words)


@allow(access.CHANGER)
@require_form
def change_signature(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    signature = signature_here(request, uuid, pk)
    form = SignatureForm(posted(request), initial={"on": signature.signed_on, "signed_by": signature.signed_by})
    words = {"title": _("Change: %(name)s") % {"name": signature.organisation}, "about": signature.version.title}

    def deed() -> None:
        actions.change_signature(signature, on=form.cleaned_data["on"], signed_by=form.cleaned_data["signed_by"], **now_by(request))

    return done_or_asked(request, form, uuid, deed, **words)


@allow(access.CHANGER)
@require_POST
def unsign(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    """Out of a draft again."""
    signature = signature_here(request, uuid, pk)
    try:
        actions.unsign(signature, **now_by(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(name)s does not stand in the draft any more.") % {"name": signature.organisation})
    return redirect("partners:work_accord", uuid)


def signature_here(request: HttpRequest, uuid: UUID, pk: int) -> Signature:
    """A signature of the accord of the address, for who may change that; else 404 or 403."""
    accord_to_change(request, uuid)
    found = Signature.objects.select_related("organisation", "version__accord")
    return get_object_or_404(found, version__accord__uuid=uuid, left_on__isnull=True, pk=pk)
