"""`/werk/budgetten/<round>/geld/` and `delen/`: money into a round and back, and how it is divided over budgets."""

from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.budgets import access
from buurtdraad.budgets.actions import sheet as parts
from buurtdraad.budgets.actions import sources as actions
from buurtdraad.budgets.forms.rounds import BackForm, MoneyForm, PartForm
from buurtdraad.budgets.models import BudgetRound
from buurtdraad.budgets.states import RoundStage
from buurtdraad.budgets.views.pieces import crumbs_to, made_by_me, round_at_work
from buurtdraad.lib.access import allow, require
from buurtdraad.money.access import KEEPER, may_keep, where_to_keep
from buurtdraad.money.models import Pot
from buurtdraad.money.queries.pots import pots_to_spend
from buurtdraad.places.queries import last_name
from buurtdraad.ui.asking import UNPROCESSABLE, deed_page, done, form_page


@allow(access.STAFF)
@never_cache
@require_form
def work_sources(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the money of a round came from; and for who keeps pots: more of it."""
    found, person = round_at_work(request, slug), me(request)
    keeps = KEEPER.holds(request) and found.stage == RoundStage.PREPARING
    pots = pots_for(request, found) if keeps else []
    form = MoneyForm(posted(request), pots=pots)
    if request.method == "POST":
        require(keeps)
        if form.is_valid():
            pot, amount = form.cleaned_data["pot"], form.cleaned_data["amount"]
            if done(form, lambda: actions.add_money(found, pot, amount, by=person, at=timezone.now())):
                messages.success(request, _("The money lies in the round now."))
                return redirect("budgets:work_sources", slug)
    sources = list(found.sources.select_related("pot__area"))
    context = {
        "round": found,
        "rows": [(source, source.amount - source.back, keeps and may_keep(person, source.pot.area)) for source in sources],
        "form": form,
        "keeps": keeps,
        "pots": pots,
        "crumbs": crumbs_to(found),
    }
    return render(request, "budgets/work_sources.html", context, status=UNPROCESSABLE if form.errors else 200)


def pots_for(request: HttpRequest, round_: BudgetRound) -> list[tuple[Pot, Decimal]]:
    """The pots that this person keeps and that are of the place of the round, with what is free in them; none of another round."""
    reach = where_to_keep(me(request))
    return [(row.pot, row.free) for row in pots_to_spend(round_.area.code) if row.pot.area.code in reach and row.free > 0]


@allow(KEEPER)
@never_cache
@require_form
def give_back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = round_at_work(request, slug)
    source = get_object_or_404(found.sources.select_related("pot__area", "round"), pk=pk)
    require(may_keep(me(request), source.pot.area))
    back = reverse("budgets:work_sources", args=[slug])
    form = BackForm(posted(request), initial={"amount": source.amount - source.back})
    if form.is_valid():
        amount = form.cleaned_data["amount"]
        if done(form, lambda: actions.give_back(source, amount, by=me(request), at=timezone.now())):
            messages.success(request, _("The money is back in '%(pot)s'.") % {"pot": source.pot})
            return redirect(back)
    return form_page(request, form, title=_("Give money back"), about=str(source.pot), back=back)


# --- budgets within the round ------------------------------------------------------------------------


@allow(access.STAFF)
@never_cache
@require_safe
def work_parts(request: HttpRequest, slug: str) -> HttpResponse:
    """The budgets of a round: mostly one."""
    found = round_at_work(request, slug)
    context = {
        "round": found,
        "parts": list(found.parts.annotate(place=last_name("area"))),
        "lies": found.pot.free if found.pot else 0,
        "changes": access.may_make(me(request), found.area) and found.stage == RoundStage.PREPARING,
        "crumbs": crumbs_to(found),
    }
    return render(request, "budgets/work_parts.html", context)


@allow(access.MAKER)
@never_cache
@require_form
def add_part(request: HttpRequest, slug: str) -> HttpResponse:
    found = made_by_me(request, slug)
    form = PartForm(posted(request), initial={"area": found.area.code})
    if form.is_valid():
        given = form.cleaned_data
        if done(form, lambda: parts.add_part(found, **given, by=me(request), at=timezone.now())):
            return kept(request, slug)
    lead = _("Such as one budget for the neighbourhood and one for the whole city. People then vote about both.")
    return form_page(
        request,
        form,
        title=_("One more budget in this round"),
        about=found.name,
        lead=lead,
        back=reverse("budgets:work_parts", args=[slug]),
    )


@allow(access.MAKER)
@never_cache
@require_form
def change_part(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = made_by_me(request, slug)
    part = get_object_or_404(found.parts.select_related("round", "area"), pk=pk)
    form = PartForm(posted(request), initial={"name": part.name, "area": part.area.code, "amount": part.amount})
    if form.is_valid():
        given = form.cleaned_data
        if done(form, lambda: parts.change_part(part, **given, by=me(request), at=timezone.now())):
            return kept(request, slug)
    back = reverse("budgets:work_parts", args=[slug])
    return form_page(request, form, title=_("Change this budget"), about=found.name, back=back)


@allow(access.MAKER)
@require_POST
def remove_part(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = made_by_me(request, slug)
    part = get_object_or_404(found.parts.select_related("round"), pk=pk)
    back = reverse("budgets:work_parts", args=[slug])
    return deed_page(request, back, lambda: parts.remove_part(part, by=me(request), at=timezone.now()), _("The budget is gone."))


def kept(request: HttpRequest, slug: str) -> HttpResponse:
    messages.success(request, _("This is kept."))
    return redirect("budgets:work_parts", slug)
