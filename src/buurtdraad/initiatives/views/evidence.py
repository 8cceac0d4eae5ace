"""Lists with signatures: given by the people of a plan, counted at work by two people."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.audit.actions import record_look
from buurtdraad.initiatives.access import ADVISER, may_change, may_count, where_to_advise
from buurtdraad.initiatives.actions import evidence
from buurtdraad.initiatives.forms.support import CountForm, EvidenceForm, RejectForm
from buurtdraad.initiatives.models import Evidence, Initiative
from buurtdraad.initiatives.queries import evidence as queries
from buurtdraad.initiatives.states import EvidenceStage
from buurtdraad.initiatives.views.beginning import for_its_people
from buurtdraad.initiatives.views.managing import asked
from buurtdraad.initiatives.views.pieces import UNPROCESSABLE, form_page, who
from buurtdraad.lib.access import EVERYBODY, allow, require
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.uploads import serving

# So many stand on the page.
LISTED = 50


@allow(EVERYBODY)
@for_its_people
@require_form
def add(request: HttpRequest, found: Initiative) -> HttpResponse:
    """The people of a plan give a list; who advises the area does it for them."""
    form = EvidenceForm(posted(request), request.FILES if request.method == "POST" else None, about=found)

    def act() -> None:
        document, name = form.cleaned_data["document"]
        told = {"kind": form.cleaned_data["kind"], "unit": form.cleaned_data["unit"], "zone": form.chosen}
        evidence.add(found, document, name=name, **told, by=who(request), at=timezone.now())

    return asked(
        request, found, form, act, _("We have the list. Two people count it."),
        title=_("Give a list with signatures"),
        lead=_("Two people of the municipality count it. Only they open the file, and it is destroyed later."),
        send=_("Send the list"), multipart=True,
    )  # fmt: skip


@never_cache
@allow(EVERYBODY)
@require_POST
def take_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Its people gave the wrong one."""
    found = one_or_404(uuid)
    if not may_change(request.user, found.initiative, request.session):
        raise PermissionDenied
    try:
        evidence.take_back(found, by=who(request), at=timezone.now())
        notices.success(request, _("The list is destroyed."))
    except Refused as refused:
        notices.error(request, str(refused))
    return redirect("initiatives:manage", found.initiative.slug)


# --- at work --------------------------------------------------------------------------------------------


def one_or_404(uuid: UUID) -> Evidence:
    found = queries.evidence_by(uuid)
    if found is None:
        raise Http404
    return found


def for_who_counts(view: Callable) -> Callable:
    """The view gets the list of its address, for who may count it."""

    @wraps(view)
    def guarded(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
        found = one_or_404(uuid)
        require(may_count(request.user, found.initiative))
        return view(request, found)

    return never_cache(guarded)


@never_cache
@allow(ADVISER)
@require_safe
def to_count(request: HttpRequest) -> HttpResponse:
    """The lists in one's areas that one did not count yet, the oldest first."""
    found = queries.to_count(where_to_advise(me(request)), me(request).uuid)[:LISTED]
    return render(request, "initiatives/to_count.html", {"lists": found})


@allow(ADVISER)
@for_who_counts
@require_form
def count(request: HttpRequest, found: Evidence) -> HttpResponse:
    """One list. What a colleague counted is seen by who counted too, so that nobody writes over a number."""
    form = CountForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            stage = evidence.count(found, **form.cleaned_data, by=me(request), at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            notices.success(request, in_words(stage))
            return redirect("initiatives:count", found.uuid)
    counts = list(found.counts.all())
    mine = any(one.counted_by == me(request).uuid for one in counts)
    waits = found.stage in queries.WAITS
    context = {
        "list": found,
        "form": form if waits and not mine else None,
        "counts": counts if mine or not waits else [],
        "looked": len(counts),
        "may_reject": found.stage != EvidenceStage.REJECTED,
        "may_count_again": not waits and not found.destroyed_at,
    }
    return render(request, "initiatives/count.html", context, status=UNPROCESSABLE if request.method == "POST" else 200)


def in_words(stage: EvidenceStage) -> str:
    if stage == EvidenceStage.COUNTED:
        return _("Two people counted the same. The list counts now.")
    if stage == EvidenceStage.DIFFERENT:
        return _("A colleague counted other numbers. Somebody else has to look too.")
    return _("Saved. A colleague counts it too.")


@allow(ADVISER)
@for_who_counts
@require_safe
def file(request: HttpRequest, found: Evidence) -> HttpResponseBase:
    """The list itself. Who opened it is written down."""
    if found.destroyed_at:
        raise Http404
    record_look(room="initiatives", thing=f"evidence:{found.uuid}", by=me(request).uuid, at=timezone.now())
    return serving.attachment(found)


@allow(ADVISER)
@for_who_counts
@require_form
def reject(request: HttpRequest, found: Evidence) -> HttpResponse:
    """It does not count."""
    form = RejectForm(posted(request))
    back = reverse("initiatives:count", args=[found.uuid])
    if request.method == "POST" and form.is_valid():
        try:
            evidence.reject(found, why=form.cleaned_data["why"], by=me(request), at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            notices.success(request, _("The list does not count."))
            return redirect(back)
    return form_page(request, form, title=_("This list does not count"), plan=found.initiative, back=back)


@allow(ADVISER)
@for_who_counts
@require_POST
def count_again(request: HttpRequest, found: Evidence) -> HttpResponse:
    """Two people count it anew."""
    try:
        evidence.count_again(found, by=me(request), at=timezone.now())
        notices.success(request, _("Two people count it again."))
    except Refused as refused:
        notices.error(request, str(refused))
    return redirect("initiatives:count", found.uuid)
