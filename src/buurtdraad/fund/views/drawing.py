"""Holding a draw on a ceiling that runs out, and all draws for everybody who wants to repeat one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.accounts.asking import me, require_form
from buurtdraad.fund import access
from buurtdraad.fund.actions.drawing import draw
from buurtdraad.fund.models import Application
from buurtdraad.fund.queries.deciding import overflow_day, together_on
from buurtdraad.fund.queries.register import draws as all_draws
from buurtdraad.lib.access import EVERYBODY, allow, require
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.lib.refusal import Refused
from buurtdraad.money.models import Pot
from buurtdraad.places import queries as places


@allow(access.DECIDER)
@never_cache
@require_form
def hold_draw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who was complete on the day on which the ceiling runs out, and drawing their order."""
    pot = get_object_or_404(Pot.objects.select_related("area"), uuid=uuid)
    require(access.may_draw(request.user, pot))
    if request.method == "POST":
        try:
            draw(pot, by=me(request), at=timezone.now())
        except Refused as no:
            messages.error(request, str(no))
            return redirect("fund:hold_draw", pot.uuid)
        messages.success(request, _("The draw was held. Everybody can see the order."))
        return redirect("fund:draws")
    day = overflow_day(pot)
    context = {
        "pot": pot,
        "day": day,
        "together": together_on(pot, day) if day else [],
        "crumbs": [(_("To decide"), reverse("fund:to_decide"))],
    }
    return render(request, "fund/hold_draw.html", context)


@allow(EVERYBODY)
@require_safe
@cached_page
def draws(request: HttpRequest) -> HttpResponse:
    """Every draw: its day, its seed and its order, by the number of each request."""
    found = all_draws()
    uuids = {uuid for one in found for uuid in one.order}
    numbers = {str(uuid): number for uuid, number in Application.objects.filter(uuid__in=uuids).values_list("uuid", "number")}
    rows = [(one, [(uuid, numbers.get(uuid, "")) for uuid in one.order]) for one in found]
    crumbs = [(_("Who got money?"), reverse("fund:register"))]
    return shows(render(request, "fund/draws.html", {"draws": rows, "crumbs": crumbs, "section": "fund"}), places.city_code())
