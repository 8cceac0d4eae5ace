"""`/werk/budgetten/<round>/vaststellen/`: one person writes the result as it was decided, another looks and says yes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.accounts.queries import names_of
from buurtdraad.budgets import access
from buurtdraad.budgets.actions import adopting as actions
from buurtdraad.budgets.forms.adopting import BackForm, ResultForm
from buurtdraad.budgets.models import Adoption, BudgetRound
from buurtdraad.budgets.queries.winners import plans_by_number, that_get_money, winners_of
from buurtdraad.budgets.states import RoundStage
from buurtdraad.budgets.views.pieces import crumbs_to, path_of, round_at_work
from buurtdraad.lib.access import allow, require
from buurtdraad.ui.asking import UNPROCESSABLE, deed_page, done, said


@allow(access.ADOPTER)
@never_cache
@require_form
def adopt_result(request: HttpRequest, slug: str) -> HttpResponse:
    """The form while nobody wrote the result or it came back; else the result, with yes and no for the second person."""
    round_ = seen(request, slug)
    adoption = Adoption.objects.filter(round=round_).first()
    if adoption and not adoption.back:
        return result_page(request, round_, adoption, BackForm())
    if round_.stage != RoundStage.CLOSED:
        says = _("There is a result once people have voted and the votes are counted.")
        return said(request, _("There is no result yet"), says, back=path_of(round_), go=_("Back to the round"))
    if not access.may_lay_before(me(request), round_):
        says = _("You made a plan of this round. Somebody else has to do this.")
        return said(request, _("Somebody else does this"), says, status=403, back=path_of(round_), go=_("Back to the round"))
    if not all_counted(round_):
        says = _("The votes are counted by two programs. Wait until both are ready.")
        return said(request, _("There is no result yet"), says, back=path_of(round_), go=_("Back to the round"))
    form = ResultForm(posted(request), round_=round_)
    if form.is_valid() and done(form, lambda: actions.propose(round_, form.facts, by=me(request), at=timezone.now())):
        messages.success(request, _("The result waits for a second person."))
        return redirect("budgets:adopt_result", slug)
    context = {"round": round_, "form": form, "won": form.won, "adoption": adoption, "crumbs": crumbs_to(round_)}
    return render(request, "budgets/write_result.html", context, status=UNPROCESSABLE if request.method == "POST" else 200)


def seen(request: HttpRequest, slug: str) -> BudgetRound:
    """The round of the address, for who prepares or adopts its result; else 404 or 403."""
    round_ = round_at_work(request, slug)
    require(access.may_see_to_plans(me(request), round_))
    return round_


def all_counted(round_: BudgetRound) -> bool:
    """Whether every budget was counted, twice."""
    parts = round_.parts.select_related("counted")
    return all(hasattr(part, "counted") and part.counted.verified_at for part in parts)


def result_page(request: HttpRequest, round_: BudgetRound, adoption: Adoption, form: BackForm) -> HttpResponse:
    person = me(request)
    won = winners_of(round_)
    context = {
        "round": round_,
        "adoption": adoption,
        "gets": that_get_money(round_, adoption),
        "left_out": [one.plan for one in won if one.plan.number in adoption.without],
        "added": plans_by_number(round_, adoption.also),
        "writer": names_of([adoption.proposed_by]).get(adoption.proposed_by, ""),
        "may_say_yes": adoption.waits and access.may_say_yes(person, round_, adoption.proposed_by),
        "back_form": form,
        "crumbs": crumbs_to(round_),
    }
    return render(request, "budgets/result_written.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@allow(access.ADOPTER)
@require_POST
def result_yes(request: HttpRequest, slug: str) -> HttpResponse:
    """The second person says that it was decided so."""
    round_, adoption = second(request, slug)
    if adoption is None:
        return redirect("budgets:adopt_result", slug)
    says = _("The result is known now. The makers of the plans hear it.")
    return deed_page(
        request, reverse("budgets:adopt_result", args=[slug]), lambda: actions.adopt(round_, by=me(request), at=timezone.now()), says
    )


@allow(access.ADOPTER)
@never_cache
@require_POST
def result_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Back to who wrote it, with what has to be otherwise."""
    round_, adoption = second(request, slug)
    if adoption is None:
        return redirect("budgets:adopt_result", slug)
    form = BackForm(request.POST)
    if form.is_valid():
        why = form.cleaned_data["why"]
        if done(form, lambda: actions.give_back(round_, why=why, by=me(request), at=timezone.now())):
            messages.success(request, _("The result went back to who wrote it."))
            return redirect(path_of(round_))
    return result_page(request, round_, adoption, form)


def second(request: HttpRequest, slug: str) -> tuple[BudgetRound, Adoption | None]:
    """The round and the result that waits, for the second person; else 404 or 403. None when nothing waits any more."""
    round_ = seen(request, slug)
    adoption = Adoption.objects.filter(round=round_).first()
    if adoption is None or not adoption.waits:
        return round_, None
    require(access.may_say_yes(me(request), round_, adoption.proposed_by))
    return round_, adoption
