"""`/werk/gebieden/<code>/kort/`: "brief me", one area on one A4."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.lib.access import allow
from buurtdraad.places import queries as places
from buurtdraad.reports import access
from buurtdraad.reports.forms.report import AreaForm
from buurtdraad.reports.queries.brief import Brief, brief_of
from buurtdraad.ui import pdf


def brief_here(code: str) -> Brief:
    found = brief_of(code, timezone.localdate())
    if found is None:
        raise Http404
    return found


@never_cache
@allow(access.REVIEWER)
@require_safe
def briefs(request: HttpRequest) -> HttpResponse:
    """ "What about Pijlsweerd?": choose an area and go there."""
    city = places.city_code()
    areas = [(one.code, one.name) for one in places.named_inside(city)] if city else []
    form = AreaForm(request.GET or None, areas=areas)
    if form.is_bound and form.is_valid():
        return redirect("reports:brief", form.cleaned_data["gebied"])
    return render(request, "reports/report_briefs.html", {"form": form})


@never_cache
@allow(access.REVIEWER)
@require_safe
def brief(request: HttpRequest, code: str) -> HttpResponse:
    """One area for a visit, to read or to print."""
    return render(request, "reports/report_brief.html", {"brief": brief_here(code), "code": code, "today": timezone.localdate()})


@never_cache
@allow(access.REVIEWER)
@require_safe
def brief_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The same on paper."""
    told = brief_here(code)
    facts = {
        "title": told.name,
        "city": places.city_name() or "",
        "demo": settings.DEMO,
        "lead": f"{date_format(timezone.localdate(), 'j F Y')}. {told.lead}",
        "parts": [{"title": title, "lines": [words for words, _path in lines]} for title, lines in told.parts],
        "calls_title": _("Whom to call"),
        "calls": [{"name": one.name, "what": one.what, "phone": one.phone} for one in told.calls],
    }
    headers = {"Content-Disposition": f'inline; filename="kort-{code}.pdf"'}
    return HttpResponse(pdf.render("reports/brief.typ", facts), content_type="application/pdf", headers=headers)
