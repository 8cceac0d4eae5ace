"""At work: all that the neighbours think of one plan, per part, and the rules of its parts."""

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.audit.actions import record_look
from buurtdraad.initiatives.access import ADVISER, may_advise, may_read
from buurtdraad.initiatives.actions import zones
from buurtdraad.initiatives.forms.support import ZoneForm
from buurtdraad.initiatives.models import Initiative, Zone
from buurtdraad.initiatives.queries.concerns import read_concerns
from buurtdraad.initiatives.queries.support import ONLINE, support_of
from buurtdraad.initiatives.states import EvidenceKind
from buurtdraad.initiatives.views.neighbours import bars
from buurtdraad.initiatives.views.pieces import form_page
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.refusal import Refused


def advised(request: HttpRequest, slug: str) -> Initiative:
    """A plan in an area of who asks; 404 and 403 for any other."""
    found = get_object_or_404(Initiative.objects.select_related("area"), slug=slug)
    require(may_advise(request.user, found))
    return found


@never_cache
@allow(ADVISER)
@require_safe
def neighbours(request: HttpRequest, slug: str) -> HttpResponse:
    """All numbers, also those that are too small for everybody. Who looked is written down."""
    found = advised(request, slug)
    record_look(room="initiatives", thing=found.thing, by=me(request).uuid, at=timezone.now())
    support = support_of(found)
    words = dict(EvidenceKind.choices) | {ONLINE: _("on the site")}
    context = {
        "plan": found,
        "support": support,
        "support_bars": bars(support.voices) if support.total else "",
        "sources": [(words[name], voices) for name, voices in support.sources.items()],
        "lists": found.evidence.select_related("zone"),
        "concerns": read_concerns(found),
        "reads": may_read(request.user, found),
    }
    return render(request, "initiatives/neighbours.html", context)


@never_cache
@allow(ADVISER)
@require_form
def add(request: HttpRequest, slug: str) -> HttpResponse:
    found = advised(request, slug)
    form = ZoneForm(posted(request))
    return zone_page(request, found, form, lambda told: zones.add_zone(found, **told, by=me(request), at=timezone.now()))


@never_cache
@allow(ADVISER)
@require_form
def change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = advised(request, slug)
    zone = get_object_or_404(found.zones.all(), pk=pk)
    form = ZoneForm(posted(request), initial={name: getattr(zone, name) for name in ("name", "rule", "unit", "units")})
    return zone_page(request, found, form, lambda told: zones.change_zone(zone, **told, by=me(request), at=timezone.now()))


def zone_page(request: HttpRequest, found: Initiative, form: ZoneForm, act) -> HttpResponse:
    back = reverse("initiatives:neighbours", args=[found.slug])
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            notices.success(request, _("Saved."))
            return redirect(back)
    return form_page(request, form, title=_("A part with a rule of its own"), plan=found, back=back)


@never_cache
@allow(ADVISER)
@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = advised(request, slug)
    zone: Zone = get_object_or_404(found.zones.all(), pk=pk)
    try:
        zones.remove_zone(zone, by=me(request), at=timezone.now())
        notices.success(request, _("This part is gone."))
    except Refused as refused:
        notices.error(request, str(refused))
    return redirect("initiatives:neighbours", found.slug)
