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
from buurtdraad.reports.actions.standing import keep_standing
from buurtdraad.reports.models import Report, Standing
from buurtdraad.reports.queries.content import frozen_content
from buurtdraad.reports.queries.figures.rows import day_of
from buurtdraad.reports.queries.standing import OF_AMBITION, done_of, kept_standing, told, value_in
from buurtdraad.reports.queries.today import kept_today
from buurtdraad.reports.showing import annex, chapters, differences
from buurtdraad.reports.views.report_draft import day, figure_context

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
    """How each ambition stands in this half year as last counted, and every report. The first visit where nothing is kept counts."""
    now = timezone.now()
    standing = kept_standing(now) or keep_standing(now)
    context = {
        "states": [state_of(one, standing) for one in Ambition.objects.on(timezone.localdate(now)).order_by("number", "code")],
        "wishes": _("%(in_time)s of the %(due)s wishes got an answer in time.")
        % {"in_time": told(standing, "wensen-op-tijd"), "due": told(standing, "wensen-aan-de-beurt")},
        "reports": Report.objects.published().light(),
        "first": standing.from_on,
        "counted_at": standing.counted_at,
        "section": "done",
        "crumbs": [(_("What has been done?"), reverse("pages:done"))],
    }
    return shows(render(request, "reports/report_progress.html", context), places.city_code() or "")


def state_of(one: Ambition, standing: Standing) -> State:
    """Of what is not there nothing is said."""
    by = {"ambition": one.code}
    lines = [
        WORDS[name] % {"all": told(standing, name, **by), "done": told(standing, done_of(name), **by)}
        for name in OF_AMBITION
        if value_in(standing, name, **by)
    ]
    return State(one.name, lines)


def published_here(slug: str) -> Report:
    return get_object_or_404(Report.objects.published().defer("lists"), slug=slug)


@allow(EVERYBODY)
@require_safe
@cached_page
def published(request: HttpRequest, slug: str) -> HttpResponse:
    """A published report, from what was frozen."""
    report = published_here(slug)
    content = frozen_content(report)
    tables = annex(content)

    def link(mark: str) -> str:
        return reverse("reports:figure", args=[slug, mark])

    context = {
        "report": report,
        "chapters": chapters(content, link),
        "tables": tables,
        "difference": differences(content),
        "before": content["before"],
        "lists": [(name, one["title"], len(one["rows"])) for name, one in content["lists"].items()],
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
    content = frozen_content(report)
    if mark not in content["figures"]:
        raise Http404
    kept = kept_today(report, mark, content["figures"][mark]["counts"])
    context = figure_context(content, mark, kept) | {"report": report, "section": "done"}
    return shows(render(request, "reports/report_figure.html", context), places.city_code() or "")
