"""Reporting something, without an account; and the list of reports, for moderators."""

import datetime
import re

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld
from buurtdraad.accounts.moderation import actions, queries
from buurtdraad.accounts.moderation.access import MAY_DECIDE, MODERATORS, signed_in
from buurtdraad.accounts.moderation.forms import DecisionForm, ReportForm
from buurtdraad.accounts.moderation.models import Report
from buurtdraad.accounts.moderation.states import Reason, Stage
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.limits import limited, limited_address
from buurtdraad.lib.stages import WrongStage
from buurtdraad.places.models import Area

THING = re.compile(r"[a-z][a-z_]{0,29}:[A-Za-z0-9-]{1,40}")
CODE = re.compile(r"[A-Za-z0-9-]{1,60}")
ON_A_PAGE = 25


@never_cache
@allow(EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """`/melden/?wat=wish:12&waar=BU03440111`: what it is about stands in the address."""
    thing = request.GET.get("wat", "")
    if not THING.fullmatch(thing):
        raise Http404
    form = ReportForm(request.POST or None)
    if request.method == "POST":
        limited_address("report", request)
        if form.is_valid():
            limited("report of one thing", thing, most=20, within=datetime.timedelta(hours=1))
            actions.report(
                thing=thing,
                area=named_area(request.GET.get("waar", "")),
                reason=Reason(form.cleaned_data["reason"]),
                text=form.cleaned_data["text"],
                doubts=form.doubts,
                by=request.user if request.user.is_authenticated else None,
                at=timezone.now(),
            )
            return redirect("accounts:reported")
    return render(request, "accounts/report.html", {"form": form}, status=422 if form.errors else 200)


def named_area(code: str) -> Area | None:
    """Where it is, when the page said so."""
    return Area.objects.filter(code=code).first() if CODE.fullmatch(code) else None


@allow(EVERYBODY)
@require_safe
def reported(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/reported.html")


@never_cache
@allow(MODERATORS)
@require_safe
def report_queue(request: HttpRequest) -> HttpResponse:
    pages = Paginator(queries.waiting(), ON_A_PAGE)
    return render(request, "accounts/report_queue.html", {"page": pages.get_page(request.GET.get("page"))})


@never_cache
@allow(MODERATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, uuid: str) -> HttpResponse:
    made = get_object_or_404(Report.objects.select_related("area"), uuid=uuid)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decision = Stage(form.cleaned_data["decision"])
            actions.decide(
                made, decision, why=form.cleaned_data["why"], duty=acting_duty(request), by=signed_in(request), at=timezone.now()
            )
            return redirect("accounts:report_queue")
        except WrongStage:
            made.refresh_from_db()
    decided_before = request.method == "POST" and form.is_valid()
    context = {"report": made, "form": form, "others": queries.others_on(made)[:10], "decided_before": decided_before}
    return render(request, "accounts/decide_report.html", context, status=422 if request.method == "POST" else 200)


def acting_duty(request: HttpRequest) -> str:
    """From which duty somebody decides: that of a moderator before that of an administrator."""
    held = set(
        DutyHeld.objects.on(timezone.localdate()).filter(person=signed_in(request), duty__in=MAY_DECIDE).values_list("duty", flat=True)
    )
    return Duty.MODERATOR if Duty.MODERATOR in held else Duty.ADMINISTRATOR
