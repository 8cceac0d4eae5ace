"""`/samenhang/`: neighbourhoods and challenges, one cell with what is behind it, what is stuck; as a table and on paper too."""

from dataclasses import replace

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.challenges.models import Ambition, Challenge
from buurtdraad.lib.access import allow
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area
from buurtdraad.reports import access
from buurtdraad.reports.access import READER
from buurtdraad.reports.actions.asking import ask_anew
from buurtdraad.reports.queries import overview as queries
from buurtdraad.reports.queries.cell_page import cell_page
from buurtdraad.reports.queries.narrowed import partners_to_choose, years_to_choose
from buurtdraad.reports.queries.stuck import stuck as what_is_stuck
from buurtdraad.reports.queries.words import NEED_WORDS, NO_WORK_YET
from buurtdraad.reports.views.squares import as_rows
from buurtdraad.ui import pdf
from buurtdraad.ui.csv import csv_response


def wanted_by(request: HttpRequest) -> queries.Wanted:
    """The filter of the address; what is no choice is no filter."""
    only = request.GET.get("alleen", "")
    year, partner = request.GET.get("jaar", ""), request.GET.get("partner", "")
    return queries.Wanted(
        clean(request.GET.get("gebied", "")), clean(request.GET.get("ambitie", "")),
        only if only in (queries.WITHOUT_WORK, queries.MUCH, queries.ATTENTION) else "",
        year if year in years_to_choose(timezone.localdate()) else "",
        partner if partner and partner in dict(partners_to_choose()) else "",
    )  # fmt: skip


def clean(text: str) -> str:
    """A code that may be asked of the database."""
    return "".join(letter for letter in text[:60] if letter.isalnum() or letter in "-_")


@allow(READER)
@require_safe
def coherence(request: HttpRequest) -> HttpResponse:
    """The overview as it was last made. When that is too long ago, the worker is asked to make it anew, and the page says so."""
    wanted = wanted_by(request)
    areas = queries.areas_to_choose()
    if wanted.area not in dict(areas):
        wanted = replace(wanted, area="")
    ambitions = list(Ambition.objects.order_by("number").values_list("code", "name"))
    if wanted.ambition not in dict(ambitions):
        wanted = replace(wanted, ambition="")
    page = queries.overview(wanted)
    old = queries.is_old(page.made_at, timezone.now())
    if old:
        ask_anew()
    as_list = request.GET.get("weergave") == "lijst"
    context = {
        "page": page,
        "wanted": wanted,
        "areas": areas,
        "ambitions": ambitions,
        "only_choices": only_choices(),
        "years": years_to_choose(timezone.localdate()),
        "partners": partners_to_choose(),
        "old": old,
        "hours": queries.SHOWN_HOURS,
        "rows": "" if as_list else as_rows(page.lines),
        "as_list": as_list,
        "query": request.GET.urlencode() if len(request.GET.urlencode()) < 300 else "",
        "need_words": NEED_WORDS,
        "no_work": NO_WORK_YET,
    }
    return render(request, "reports/coherence.html", context)


def only_choices() -> list[tuple[str, str]]:
    return [
        (queries.WITHOUT_WORK, _("attention needed, no work yet")), (queries.MUCH, _("much attention needed")),
        (queries.ATTENTION, _("attention needed, or much")),
    ]  # fmt: skip


@allow(READER)
@require_safe
def coherence_csv(request: HttpRequest) -> HttpResponse:
    """The cells as a table, with the same filter."""
    wanted = wanted_by(request)
    page = queries.overview(wanted)
    head = [
        _("code"), _("neighbourhood"), _("challenge"), _("need (1 goes well to 4 much attention, empty: not known)"),
        _("agreements, projects and plans"), _("wishes"), _("euros promised"),
    ]  # fmt: skip
    rows = [
        (
            line.code,
            line.name,
            square.name,
            square.need or None,
            square.doing,
            *((None, None) if wanted.narrow else (square.wishes, square.euros)),
        )
        for line in page.lines
        for square in line.squares
        if not square.faded
    ]
    return csv_response("samenhang", head, rows)


@allow(READER)
@require_safe
def coherence_pdf(request: HttpRequest) -> HttpResponse:
    """The overview on paper."""
    page = queries.overview(wanted_by(request))
    facts = {
        "title": _("Does what we do fit what the neighbourhood needs?"),
        "city": str(places.city_name()),
        "demo": settings.DEMO,
        "lead": made_in_words(page),
        "head": [_("Neighbourhood"), *(one.name for one in page.challenges)],
        "rows": [[line.name, *(in_words(square) for square in line.squares)] for line in page.lines],
        "none": _("There is nothing to show yet."),
        "method": _("The number is how many agreements, projects and plans of residents go on. Figures are a year or more old."),
    }
    headers = {"Content-Disposition": 'inline; filename="samenhang.pdf"'}
    return HttpResponse(pdf.render("reports/coherence.typ", facts), content_type="application/pdf", headers=headers)


def in_words(square: queries.Square) -> str:
    return str(NO_WORK_YET) if square.gap else f"{square.doing}: {NEED_WORDS[square.need]}"


def made_in_words(page: queries.Overview) -> str:
    if page.made_at is None:
        return _("This was not made yet.")
    return _("As it stood on %(when)s.") % {"when": date_format(timezone.localtime(page.made_at), "j F Y H:i")}


@allow(READER)
@require_safe
def cell(request: HttpRequest, code: str, challenge: str) -> HttpResponse:
    """One cell: the figures behind the need, and what is being done."""
    area, about = get_object_or_404(Area, code=code), get_object_or_404(Challenge, code=challenge)
    page = cell_page(area, about)
    if page is None:
        raise Http404
    context = {
        "page": page,
        "need": NEED_WORDS[page.cell.need or 0],
        "gap": (page.cell.need or 0) >= 3 and not (page.works or page.agreements or page.plans),
        "challenge": about,
        "may_act": access.may_act_in(request.user, code),
    }
    return render(request, "reports/cell.html", context)


@allow(READER)
@require_safe
def stuck(request: HttpRequest) -> HttpResponse:
    """Five things that are stuck, each with a name to call."""
    areas = queries.areas_to_choose()
    area = clean(request.GET.get("gebied", ""))
    codes = frozenset(places.around([area]) - {places.city_code()}) if area in dict(areas) else None
    context = {"lines": what_is_stuck(timezone.localdate(), codes), "areas": areas, "area": area if codes else ""}
    return render(request, "reports/stuck.html", context)
