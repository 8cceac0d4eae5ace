"""Reporting something, without an account; and the list of reports, for moderators."""

import datetime
import re

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from buurtdraad.accounts.moderation import actions, queries
from buurtdraad.accounts.moderation.access import MODERATORS, areas_to_moderate, duty_in, signed_in
from buurtdraad.accounts.moderation.models import Report
from buurtdraad.accounts.moderation.states import MOVES, Reason, Stage
from buurtdraad.accounts.queries import names_of
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.limits import limited, limited_address
from buurtdraad.lib.stages import WrongStage
from buurtdraad.pages.reporting import things
from buurtdraad.pages.reporting.forms import DecisionForm, ReportForm
from buurtdraad.pages.reporting.things import Named
from buurtdraad.places.models import Area

THING = re.compile(r"[a-z][a-z_]{0,14}:[A-Za-z0-9/_-]{1,60}")
ON_A_PAGE, LAST_DECIDED = 25, 10


@never_cache
@allow(EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """`/melden/?wat=area:BU03440111`: what it is about stands in the address, and has to exist."""
    thing = request.GET.get("wat", "")
    named = things.named(thing) if THING.fullmatch(thing) else None
    # What was hidden is not told here either.
    if named is None or (things.can_hide(thing) and queries.is_hidden(thing)):
        raise Http404
    form = ReportForm(request.POST or None)
    if request.method == "POST":
        limited_address("report", request)
        if form.is_valid():
            limited("report of one thing", thing, most=20, within=datetime.timedelta(hours=1))
            write_down(request, form, thing, named)
            return redirect("pages:reported")
    return render(request, "pages/report.html", {"form": form, "named": named}, status=422 if form.errors else 200)


def write_down(request: HttpRequest, form: ReportForm, thing: str, named: Named) -> None:
    actions.report(
        thing=thing,
        area=Area.objects.filter(code=named.area).first(),
        reason=Reason(form.cleaned_data["reason"]),
        text=form.cleaned_data["text"],
        doubts=form.doubts,
        by=request.user if request.user.is_authenticated else None,
        at=timezone.now(),
        mark=form.mark,
    )


@allow(EVERYBODY)
@require_safe
def reported(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/reported.html")


@never_cache
@allow(MODERATORS)
@require_safe
def report_queue(request: HttpRequest) -> HttpResponse:
    """What waits where this moderator decides, and what was decided last: that can be turned round."""
    reach = areas_to_moderate(signed_in(request))
    page = Paginator(queries.waiting(reach), ON_A_PAGE).get_page(request.GET.get("page"))
    decided = list(queries.decided(reach)[:LAST_DECIDED])
    names = things.named_among(made.thing for made in [*page, *decided])
    context = {
        "page": page,
        "waiting": [(made, names.get(made.thing)) for made in page],
        "decided": [(made, names.get(made.thing)) for made in decided],
    }
    return render(request, "pages/report_queue.html", context)


@never_cache
@allow(MODERATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, uuid: str) -> HttpResponse:
    reach = areas_to_moderate(signed_in(request))
    made = queries.report_of(uuid, reach)
    if made is None:
        raise Http404
    form = DecisionForm(request.POST or None, stages=choices_for(made), initial={"seen": made.stage})
    changed = request.method == "POST" and request.POST.get("seen") != made.stage
    if request.method == "POST" and not changed and form.is_valid():
        try:
            decision, why, by = Stage(form.cleaned_data["decision"]), form.cleaned_data["why"], signed_in(request)
            actions.decide(made, decision, why=why, duty=duty_in(by, made.area), by=by, at=timezone.now())
            return redirect("pages:report_queue")
        except WrongStage:
            changed = True
            made.refresh_from_db()
    if changed:  # the choice was about another state of things; the words stay
        form = DecisionForm(stages=choices_for(made), initial={"seen": made.stage, "why": request.POST.get("why", "")})
    decisions = queries.decisions_on(made)
    context = {
        "report": made,
        "named": things.named(made.thing),
        "form": form if form.fields["decision"].choices else None,  # type: ignore[attr-defined]
        "others": queries.others_on(made, reach)[:10],
        "changed": changed,
        "decisions": decisions,
        "names": names_of(event.actor for event in decisions),
    }
    return render(request, "pages/decide_report.html", context, status=422 if request.method == "POST" else 200)


def choices_for(made: Report) -> list[Stage]:
    """What can be decided now: hiding only where that does something."""
    return [stage for stage in MOVES[made.stage] if stage != Stage.HIDDEN or things.can_hide(made.thing)]
