"""`/werk/fonds/helpen/`: filling in a request for somebody, the drafts that one helps with, and how easy asking is."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.agendas.wishes.queries.where import all_areas
from buurtdraad.fund import access
from buurtdraad.fund.actions import assisting, ease
from buurtdraad.fund.actions.drafting import PlanFacts
from buurtdraad.fund.forms.small import ForSomebodyForm
from buurtdraad.fund.queries import steps
from buurtdraad.fund.queries.drafts import drafts_of
from buurtdraad.fund.queries.ease import ease_since
from buurtdraad.fund.states import Activity, Channel, Who
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.refusal import Refused
from buurtdraad.ui.asking import UNPROCESSABLE

A_YEAR = datetime.timedelta(days=365)


@allow(access.ASSISTANT)
@require_safe
def helping(request: HttpRequest) -> HttpResponse:
    """The drafts that somebody helps with, which stands still the longest first."""
    return render(request, "fund/helping.html", {"drafts": drafts_of(me(request))})


@allow(access.ASSISTANT)
@require_form
def begin_for(request: HttpRequest) -> HttpResponse:
    """Begin for somebody who sits beside you, calls, or sent a paper. Then the same screens, and read back at the end."""
    form = ForSomebodyForm(posted(request), initial={"who": Who.NEIGHBOURS})
    if form.is_valid():
        assert form.here
        given, at, by = form.cleaned_data, timezone.now(), me(request)
        require(form.here.area.code in access.where_to_assist(by))
        plan = PlanFacts(given["title"], form.here.area, summary=given["text"], place=form.place)
        activity, asks_for, channel = Activity(given["activity"]), Who(given["who"]), Channel(given["channel"])
        try:
            made = assisting.begin_for(form.asker, plan, activity=activity, who=asks_for, channel=channel, by=by, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            ease.note_step(made, steps.PLAN, opened_at=form.opened_at, at=at)
            return redirect("fund:write", made.uuid, steps.WHEN)
    context = {"form": form, "here": form.here, "names": all_areas().values()}
    return render(request, "fund/begin_for.html", context, status=UNPROCESSABLE if form.errors else 200)


@allow(access.FUND_STAFF)
@require_safe
def ease_page(request: HttpRequest) -> HttpResponse:
    """How easy asking is, of the last year."""
    at = timezone.now()
    figures = ease_since(timezone.localdate(at) - A_YEAR, at=at)
    stops = [(steps.TITLES.get(name, name), number) for name, number in figures.stopped_at.items()]
    return render(request, "fund/ease.html", {"figures": figures, "stops": stops})
