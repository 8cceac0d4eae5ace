"""`/samenhang/metingen/`: how coherence goes over time, for staff."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.lib.access import allow
from buurtdraad.places.queries import last_name
from buurtdraad.reports.access import READER
from buurtdraad.reports.models import MeasureValue
from buurtdraad.reports.queries.over_time import over_time, spread_in_words
from buurtdraad.reports.queries.overview import made_at
from buurtdraad.reports.queries.words import BY_NAME
from buurtdraad.ui.csv import csv_response


@allow(READER)
@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    context = {"measures": over_time(), "made_at": made_at("measures"), "spread": spread_in_words()}
    return render(request, "reports/measures.html", context)


@allow(READER)
@require_safe
def measures_csv(request: HttpRequest) -> HttpResponse:
    """Every value of every month, with what it is part of."""
    found = MeasureValue.objects.select_related("area").annotate(place=last_name("area")).order_by("name", "area__code", "month")
    head = [_("measure"), _("what it counts"), _("code"), _("neighbourhood"), _("month"), _("value"), _("part"), _("whole")]
    rows = [
        (
            one.name, str(BY_NAME[one.name].counts) if one.name in BY_NAME else "", one.area.code if one.area else "",
            one.place or "", one.month.isoformat(), one.value, one.part, one.whole,
        )
        for one in found
    ]  # fmt: skip
    return csv_response("metingen-samenhang", head, rows)
