"""Groups of wishes that can get one answer: after an evening, and for what waits long."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.accounts.asking import me
from buurtdraad.agendas.wishes.access import ADVISER, areas_to_answer
from buurtdraad.agendas.wishes.forms.noting import new_mark
from buurtdraad.agendas.wishes.models import WishQuerySet
from buurtdraad.agendas.wishes.queries.groups import busy_days, proposed
from buurtdraad.agendas.wishes.queries.work import area_choices
from buurtdraad.agendas.wishes.states import Stage
from buurtdraad.agendas.wishes.views.work_list import day_of
from buurtdraad.audit.actions import record_look
from buurtdraad.lib.access import allow


@never_cache
@allow(ADVISER)
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """One page, group by group; `?gebied=` for one area, `?dag=` for the wishes of one day."""
    return groups_page(request)


def groups_page(request: HttpRequest, among: WishQuerySet | None = None, of_what: str = "") -> HttpResponse:
    """The same of some wishes only, such as those of one meeting (`of_what`), which then are not chosen by area and day."""
    reach = areas_to_answer(me(request))
    areas = area_choices(reach)
    area = request.GET.get("gebied", "")
    area = area if area in dict(areas) else ""
    day = day_of(request.GET.get("dag", ""))
    found = proposed(reach, area=area, day=day, among=among)
    if found.groups:
        record_look(room="agendas", thing="wishes:groups", by=me(request).uuid, at=timezone.now())
    context = {
        "groups": [(group, new_mark()) for group in found.groups],
        "found": found,
        "of_what": of_what,
        "areas": areas,
        "area": area,
        "day": day,
        "days": busy_days(reach),
        "stages": Stage.choices[1:],
        "back": request.get_full_path(),
    }
    return render(request, "agendas/groups.html", context)
