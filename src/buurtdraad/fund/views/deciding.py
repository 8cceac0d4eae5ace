"""Proposing and deciding, for who handles and who decides: what waits, the proposal, the decision, and a small plan in one go."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.accounts.queries import names_of
from buurtdraad.fund import access
from buurtdraad.fund.actions import deciding as actions
from buurtdraad.fund.forms.deciding import GiveBackForm, ProposalForm, begun
from buurtdraad.fund.models import Application, TextBlock
from buurtdraad.fund.queries.checks import checks_of
from buurtdraad.fund.queries.letters import not_paid
from buurtdraad.fund.queries.to_decide import papers, pots_running_out, to_decide, unsent
from buurtdraad.fund.queries.worklist import rows_of
from buurtdraad.fund.states import Stage
from buurtdraad.fund.views.on_file import known
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.refusal import Refused
from buurtdraad.ui.asking import UNPROCESSABLE

A_PAGE = 50
BLOCKS = {"words": TextBlock.For.DECISION, "obligations": TextBlock.For.OBLIGATION}


@allow(access.FUND_STAFF)
@never_cache
@require_safe
def to_decide_list(request: HttpRequest) -> HttpResponse:
    """Proposals and small plans that wait for a decision, letters to send, and ceilings that run out."""
    page = Paginator(to_decide(me(request)), A_PAGE).get_page(request.GET.get("pagina"))
    letters = list(unsent(me(request))[:A_PAGE])
    context = {
        "page": page,
        "rows": rows_of(list(page), today=timezone.localdate()),
        "letters": letters,
        "papers": list(papers(me(request))[:A_PAGE]),
        "pots": [pot for pot in pots_running_out() if access.may_draw(request.user, pot)],
        "crumbs": [(_("Requests for money"), reverse("fund:worklist"))],
    }
    return render(request, "fund/to_decide.html", context)


# --- proposing -----------------------------------------------------------------------------------------


@allow(access.FUND_STAFF)
@never_cache
@require_form
def propose(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write what to decide, with standard texts to begin with."""
    application = known(request, uuid, access.may_see_file)
    if not access.has_declared(request.user, application):
        return redirect("fund:declare", application.uuid)
    require(access.may_propose(request.user, application))
    form = ProposalForm(posted(request), application=application, initial=begun(application) | from_blocks(request, application))
    if form.is_valid():
        try:
            actions.propose(application, **form.given, pot=form.pot_chosen, by=me(request), at=timezone.now())
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("Your proposal waits for somebody who decides."))
            return redirect("fund:file", application.uuid)
    return proposal_page(request, application, form, title=_("What do you propose?"), send=_("Send the proposal"))


@allow(access.DECIDER)
@never_cache
@require_form
def decide_small(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Decide on a small plan on one screen."""
    application = known(request, uuid, access.may_see_file)
    if not access.has_declared(request.user, application):
        return redirect("fund:declare", application.uuid)
    require(access.may_decide_small(request.user, application))
    form = ProposalForm(posted(request), application=application, initial=begun(application) | from_blocks(request, application))
    if form.is_valid():
        try:
            decision = actions.decide_small(application, **form.given, pot=form.pot_chosen, by=me(request), at=timezone.now())
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("You decided. Now read the letter and send it."))
            return redirect("fund:send_letter", decision.uuid)
    return proposal_page(request, application, form, title=_("Decide on this small plan"), send=_("Decide"))


def proposal_page(request: HttpRequest, application: Application, form: ProposalForm, **texts: str) -> HttpResponse:
    blocks = TextBlock.objects.filter(scheme=application.rules.scheme_id, used_for__in=BLOCKS.values(), ended_at=None)
    context = {"form": form, "application": application, "blocks": list(blocks), "back": reverse("fund:file", args=[application.uuid])}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "fund/propose.html", context | texts, status=status)


def from_blocks(request: HttpRequest, application: Application) -> dict[str, str]:
    """A standard text that was chosen, to change and not to type."""
    chosen = request.GET.get("tekst", "")
    block = next((one for one in TextBlock.objects.filter(scheme=application.rules.scheme_id) if str(one.uuid) == chosen), None)
    return {name: block.text for name, used_for in BLOCKS.items() if block and block.used_for == used_for}


# --- deciding ------------------------------------------------------------------------------------------


@allow(access.FUND_STAFF)
@never_cache
@require_form
def decide(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What is proposed, what a decision needs, and deciding so. Who may not decide reads why."""
    application = known(request, uuid, access.may_see_file)
    if application.stage != Stage.PROPOSED:
        return redirect("fund:file", application.uuid)
    if request.method == "POST":
        require(access.may_decide(request.user, application))
        try:
            decision = actions.decide(application, by=me(request), at=timezone.now())
        except Refused as no:
            return decision_page(request, application, refused=str(no), status=UNPROCESSABLE)
        if decision is None:
            messages.success(request, _("You said yes. A second person decides with you."))
            return redirect("fund:to_decide")
        messages.success(request, _("You decided. Now read the letter and send it."))
        return redirect("fund:send_letter", decision.uuid)
    return decision_page(request, application)


@allow(access.FUND_STAFF)
@never_cache
@require_POST
def give_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Back to who handles it, with what has to be otherwise."""
    application = known(request, uuid, access.may_give_back)
    form = GiveBackForm(request.POST)
    if not form.is_valid():
        return decision_page(request, application, back_form=form, status=UNPROCESSABLE)
    try:
        actions.give_back(application, form.cleaned_data["why"], by=me(request), at=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("The proposal went back."))
    return redirect("fund:file", application.uuid)


def decision_page(
    request: HttpRequest, application: Application, *, refused: str = "", back_form: GiveBackForm | None = None, status: int = 200
) -> HttpResponse:
    proposal = application.proposal
    checks = checks_of(application, proposal, me(request))
    context = {
        "application": application,
        "proposal": proposal,
        "checks": checks,
        "ready": all(check.right for check in checks) and access.may_decide(request.user, application),
        "not_paid": not_paid(application),
        "maker": names_of([proposal.made_by]).get(proposal.made_by, ""),
        "may_declare": not access.has_declared(request.user, application),
        "refused": refused,
        "back_form": back_form or GiveBackForm(),
        "may_give_back": access.may_give_back(request.user, application),
        "crumbs": [(_("To decide"), reverse("fund:to_decide")), (str(application), reverse("fund:file", args=[application.uuid]))],
    }
    return render(request, "fund/decide.html", context, status=status)
