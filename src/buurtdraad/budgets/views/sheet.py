"""`/werk/budgetten/<round>/regels/`: the rules sheet as everybody will read it, and writing it a page at a time."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.budgets import access
from buurtdraad.budgets.actions import sheet as actions
from buurtdraad.budgets.forms.counting import CountForm, LimitsForm
from buurtdraad.budgets.forms.sheet import DaysForm, DecideForm, ProposeForm, SheetForm, VoteForm
from buurtdraad.budgets.queries.missing import missing
from buurtdraad.budgets.queries.sheet import days, sections
from buurtdraad.budgets.states import RoundStage
from buurtdraad.budgets.views.pieces import crumbs_to, made_by_me, round_at_work
from buurtdraad.lib.access import allow, require
from buurtdraad.ui.asking import done, form_page

FORMS: dict[str, type[SheetForm]] = {
    "inzenden": ProposeForm,
    "stemmen": VoteForm,
    "tellen": CountForm,
    "grenzen": LimitsForm,
    "dagen": DaysForm,
    "besluit": DecideForm,
}


def titles() -> dict[str, str]:
    """The pages of the sheet in words."""
    return {
        "inzenden": _("Sending plans"),
        "stemmen": _("Voting"),
        "tellen": _("Counting"),
        "grenzen": _("Limits and exact choices of the count"),
        "dagen": _("Days"),
        "besluit": _("Deciding"),
    }


@allow(access.STAFF)
@never_cache
@require_safe
def work_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The sheet as everybody will read it, with a way to change each part, what is missing, and the button to announce it."""
    found = round_at_work(request, slug)
    preparing = found.stage == RoundStage.PREPARING
    changes = preparing and access.may_make(me(request), found.area)
    context = {
        "round": found,
        "sections": sections(found),
        "days": days(found.sheet),
        "pages": [(title, reverse("budgets:write_sheet", args=[slug, name])) for name, title in titles().items()] if changes else [],
        "changes": changes,
        "missing": missing(found, at=timezone.now()) if preparing else [],
        "crumbs": crumbs_to(found),
    }
    return render(request, "budgets/work_sheet.html", context)


@allow(access.MAKER)
@never_cache
@require_form
def write_sheet(request: HttpRequest, slug: str, page: str) -> HttpResponse:
    """One page of questions about the sheet; then the next one, until all were asked."""
    if page not in FORMS:
        raise Http404
    found = made_by_me(request, slug)
    require(found.stage == RoundStage.PREPARING)
    form = FORMS[page](posted(request), sheet=found.sheet)
    if form.is_valid() and done(form, lambda: actions.write(found, form.facts, by=me(request), at=timezone.now())):
        messages.success(request, _("This is kept. You see it here as everybody will read it."))
        return redirect("budgets:work_sheet", slug)
    back = reverse("budgets:work_sheet", args=[slug])
    return form_page(request, form, title=titles()[page], about=found.name, back=back)
