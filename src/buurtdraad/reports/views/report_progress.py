"""`/voortgang/`: how the ambitions stand, as counted each hour; all published reports, one of them and its numbers, as frozen."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from buurtdraad.challenges.models import Ambition
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.places import queries as places
from buurtdraad.reports.models import Report, Standing
from buurtdraad.reports.queries import frozen
from buurtdraad.reports.queries.drafts import half_year_of
from buurtdraad.reports.queries.figures.rows import day_of, from_kept
from buurtdraad.reports.queries.standing import OF_AMBITION, done_of, kept_standing, told, value_in
from buurtdraad.reports.queries.today import kept_today
from buurtdraad.reports.showing import annex, chapters, differences
from buurtdraad.reports.views.report_draft import MOST_ROWS, day, shown_figure

WORDS = {
    "beloften": gettext_lazy("Promises for this half year: %(all)s. Done: %(done)s."),
    "afspraken": gettext_lazy("Agreements with neighbourhoods: %(all)s. Done: %(done)s."),
    "werken": gettext_lazy("Projects of the municipality: %(all)s. Done: %(done)s."),
    "initiatieven": gettext_lazy("Plans of residents: %(all)s. Done: %(done)s."),
}


@dataclass(frozen=True)
class State:
    """How an ambition stands now, in sentences with the numbers of this half year."""

    name: str
    lines: list[str]


@allow(EVERYBODY)
@require_safe
@cached_page
def progress(request: HttpRequest) -> HttpResponse:
    """How each ambition stands in this half year as last counted, and every report. Until the worker counted it says so."""
    today = timezone.localdate()
    first, _last = half_year_of(today)
    standing = kept_standing(first)
    context = {
        "states": [state_of(one, standing) for one in Ambition.objects.on(today).order_by("number", "code")],
        "wishes": wishes_in_time(standing) if standing else "",
        "reports": Report.objects.published().light(),
        "first": first,
        "counted_at": standing.counted_at if standing else None,
        "section": "done",
        "crumbs": [(_("What has been done?"), reverse("pages:done"))],
    }
    return shows(render(request, "reports/report_progress.html", context), places.city_code() or "")


def wishes_in_time(standing: Standing) -> str:
    numbers = {"in_time": told(standing, "wensen-op-tijd"), "due": told(standing, "wensen-aan-de-beurt")}
    return _("%(in_time)s of the %(due)s wishes got an answer in time.") % numbers


def state_of(one: Ambition, standing: Standing | None) -> State:
    """Of what is not there, or not counted, nothing is said."""
    if standing is None:
        return State(one.name, [])
    by = {"ambition": one.code}
    lines = [
        WORDS[name] % {"all": told(standing, name, **by), "done": told(standing, done_of(name), **by)}
        for name in OF_AMBITION
        if value_in(standing, name, **by)
    ]
    return State(one.name, lines)


def published_here(slug: str) -> Report:
    return get_object_or_404(Report.objects.published().light().select_related("text"), slug=slug)


@allow(EVERYBODY)
@require_safe
@cached_page
def published(request: HttpRequest, slug: str) -> HttpResponse:
    """A published report, from what was frozen."""
    report = published_here(slug)
    content = frozen.told(report)
    tables = annex(content)

    def link(mark: str) -> str:
        return reverse("reports:figure", args=[slug, mark])

    context = {
        "report": report,
        "chapters": chapters(content, link),
        "tables": tables,
        "difference": differences(content),
        "before": content["before"],
        "lists": [(name, one["title"], one["number"]) for name, one in content["lists"].items()],
        "errata": [(day_of(one.at), one.text) for one in report.errata.all()],
        "counted_on": day(content["report"]["counted_on"]),
        "section": "done",
    }
    return shows(render(request, "reports/report.html", context), places.city_code() or "")


@allow(EVERYBODY)
@require_safe
@cached_page
def figure(request: HttpRequest, slug: str, mark: str) -> HttpResponse:
    """A number of a report: what it counts, the list as it was frozen, and how it stands today as counted last night."""
    report = published_here(slug)
    content = frozen.told(report)
    if mark not in content["figures"]:
        raise Http404
    name = content["figures"][mark]["counts"]
    behind = frozen.places_behind(report, mark)
    rows = [from_kept(row) for row in frozen.rows_at(report, content, content["definitions"][name]["list"], behind[:MOST_ROWS])]
    context = shown_figure(content, mark, rows, len(behind), kept_today(report, mark, name)) | {"report": report, "section": "done"}
    return shows(render(request, "reports/report_figure.html", context), places.city_code() or "")
